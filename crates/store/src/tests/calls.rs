//! Calls and whispers: one at a time in a conversation, and nothing left to count.

use super::desk::*;
use crate::*;

/// A letter at the front desk, where Ben answers too.
async fn with_both(desk: &TestDesk) -> ConversationId {
    desk.join_inbox(&desk.front, &desk.ben).await.unwrap();
    desk.with_letter("The gate says no.", MORNING)
        .await
        .conversation_id
}

fn call<'a>(
    desk: &'a TestDesk,
    to: &'a ConversationId,
    for_id: Option<&'a AgentId>,
) -> NewCall<'a> {
    NewCall {
        conversation_id: to,
        caller_id: &desk.ada,
        for_id,
        wanted: "a word on the offer",
    }
}

async fn rows(desk: &TestDesk, table: &'static str) -> i64 {
    let sql = match table {
        "calls" => "select count(*) from calls",
        _ => "select count(*) from whispers",
    };
    let count: Option<(i64,)> = async { Ok::<_, Error>(find!(desk.store, sql)) }
        .await
        .unwrap();
    count.map_or(0, |(count,)| count)
}

pub async fn a_call_is_heard_by_those_it_is_for(desk: TestDesk) {
    let to = with_both(&desk).await;
    assert_eq!(
        desk.call_in(&call(&desk, &to, None), MORNING)
            .await
            .unwrap(),
        Called::Waiting
    );
    assert_eq!(desk.calls_for(&desk.ada).await.unwrap(), []);
    let heard = desk.calls_for(&desk.ben).await.unwrap();
    assert_eq!(heard.len(), 1);
    assert_eq!(heard[0].wanted, "a word on the offer");
    assert_eq!(heard[0].caller_name, "Ada");
    // Asked by name, it is for that one alone.
    let cid = desk.add_agent(&agent("cid", "Cid"), MORNING).await.unwrap();
    assert_eq!(
        desk.call_in(&call(&desk, &to, Some(&cid)), MORNING)
            .await
            .unwrap(),
        Called::NotHere
    );
    desk.join_inbox(&desk.front, &cid).await.unwrap();
    assert_eq!(
        desk.call_in(&call(&desk, &to, Some(&cid)), MORNING)
            .await
            .unwrap(),
        Called::Waiting
    );
    assert_eq!(desk.calls_for(&desk.ben).await.unwrap(), []);
    assert_eq!(desk.calls_for(&cid).await.unwrap().len(), 1);
}

pub async fn the_first_who_comes_is_the_one(desk: TestDesk) {
    let to = with_both(&desk).await;
    let cid = desk.add_agent(&agent("cid", "Cid"), MORNING).await.unwrap();
    assert!(!desk.come(&to, &desk.ben, MORNING).await.unwrap());
    desk.call_in(&call(&desk, &to, None), MORNING)
        .await
        .unwrap();
    assert!(
        !desk.come(&to, &desk.ada, MORNING).await.unwrap(),
        "oneself"
    );
    assert!(!desk.come(&to, &cid, MORNING).await.unwrap(), "a stranger");
    assert!(desk.come(&to, &desk.ben, MORNING + SECOND).await.unwrap());
    assert!(!desk.come(&to, &desk.ben, MORNING + SECOND).await.unwrap());
    let there = desk.call_of(&to).await.unwrap().unwrap();
    assert_eq!(there.state, CallState::Joined);
    assert_eq!(there.came_name.as_deref(), Some("Ben"));
    assert!(there.joins(&desk.ada) && there.joins(&desk.ben) && !there.joins(&cid));
    assert_eq!(
        desk.call_in(&call(&desk, &to, None), MORNING)
            .await
            .unwrap(),
        Called::Another
    );
    assert_eq!(desk.end_call(&to, &cid, MORNING).await.unwrap(), None);
    assert_eq!(
        desk.end_call(&to, &desk.ben, MORNING).await.unwrap(),
        Some(CallState::Over)
    );
    assert_eq!(desk.end_call(&to, &desk.ada, MORNING).await.unwrap(), None);
}

pub async fn a_whisper_is_between_two_and_never_a_message(desk: TestDesk) {
    let to = with_both(&desk).await;
    let whisper = async |who| desk.whisper(&to, who, "Offer the swap.", MORNING).await;
    desk.call_in(&call(&desk, &to, None), MORNING)
        .await
        .unwrap();
    assert!(!whisper(&desk.ben).await.unwrap(), "nobody has come yet");
    desk.come(&to, &desk.ben, MORNING).await.unwrap();
    assert!(whisper(&desk.ben).await.unwrap());
    let cid = desk.add_agent(&agent("cid", "Cid"), MORNING).await.unwrap();
    desk.join_inbox(&desk.front, &cid).await.unwrap();
    assert!(!whisper(&cid).await.unwrap());
    assert_eq!(desk.whispers(&to, &cid).await.unwrap(), []);
    let heard = desk.whispers(&to, &desk.ada).await.unwrap();
    assert_eq!(
        (heard[0].author_name.as_str(), heard[0].text.as_str()),
        ("Ben", "Offer the swap.")
    );
    let thread = desk.thread(&to).await.unwrap();
    assert_eq!(thread.messages.len(), 1, "the letter alone");
    let long = "x".repeat(limits::WHISPER_CHARS_MAX + 1);
    assert!(matches!(
        desk.whisper(&to, &desk.ben, &long, MORNING).await,
        Err(Error::Refused(_))
    ));
}

pub async fn nothing_of_a_call_is_left_to_count(desk: TestDesk) {
    let to = with_both(&desk).await;
    // However often somebody calls, one row stands for it.
    for _ in 0..3 {
        desk.call_in(&call(&desk, &to, None), MORNING)
            .await
            .unwrap();
        desk.come(&to, &desk.ben, MORNING).await.unwrap();
        desk.whisper(&to, &desk.ben, "I am here.", MORNING)
            .await
            .unwrap();
        desk.end_call(&to, &desk.ada, MORNING).await.unwrap();
    }
    assert_eq!(
        (rows(&desk, "calls").await, rows(&desk, "whispers").await),
        (1, 1)
    );
    // With the moment it goes.
    desk.close_conversation(&to, MORNING + SECOND)
        .await
        .unwrap();
    assert_eq!(
        (rows(&desk, "calls").await, rows(&desk, "whispers").await),
        (0, 0)
    );
    // And within the hour where nobody closes.
    desk.call_in(&call(&desk, &to, None), MORNING)
        .await
        .unwrap();
    desk.end_call(&to, &desk.ada, MORNING).await.unwrap();
    desk.recover(Leases::Ended, MORNING + limits::CALL_FORGOTTEN_US - 1)
        .await
        .unwrap();
    assert_eq!(rows(&desk, "calls").await, 1);
    desk.recover(Leases::Ended, MORNING + limits::CALL_FORGOTTEN_US)
        .await
        .unwrap();
    assert_eq!(rows(&desk, "calls").await, 0);
    // A call that nobody answered does not outlive its shift.
    desk.call_in(&call(&desk, &to, None), MORNING)
        .await
        .unwrap();
    desk.recover(Leases::Ended, MORNING + limits::CALL_STALE_US)
        .await
        .unwrap();
    assert_eq!(rows(&desk, "calls").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_holds_no_call() {
    let desk = TestDesk::on_sqlite().await;
    let to = with_both(&desk).await;
    desk.call_in(&call(&desk, &to, None), MORNING)
        .await
        .unwrap();
    desk.come(&to, &desk.ben, MORNING).await.unwrap();
    desk.whisper(&to, &desk.ben, "Offer the swap of the larkspur.", MORNING)
        .await
        .unwrap();
    let file = desk.folder.path().join("backup.tar");
    desk.backup(&file).await.unwrap();
    let bytes = std::fs::read(&file).unwrap();
    let held = String::from_utf8_lossy(&bytes);
    assert!(!held.contains("larkspur") && !held.contains("a word on the offer"));
    assert_eq!(rows(&desk, "calls").await, 1, "the desk itself goes on");
}
