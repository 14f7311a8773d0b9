//! What was said is kept, moved, broken, and never forgotten on the way.

use super::desk::{MORNING, SECOND, TestDesk, reply};
use crate::*;

const HOUR: Time = 3600 * SECOND;

fn due(at: Time) -> Option<Due> {
    Some(Due {
        at,
        whole_day: false,
        bring_up_at: at - HOUR,
    })
}

async fn promised(desk: &TestDesk, received: &Received, what: &str, due: Option<Due>) -> Queued {
    let mut form = reply(desk, received, "I will ring you.", MORNING);
    form.promises.made.push((what.to_owned(), due));
    desk.queue_reply(&form, MORNING).await.unwrap()
}

async fn only(desk: &TestDesk, received: &Received) -> Promise {
    let mut found = desk.promises_in(&received.conversation_id).await.unwrap();
    assert_eq!(found.len(), 1, "{found:?}");
    found.remove(0)
}

pub async fn a_reply_and_what_it_promises_are_written_together(desk: TestDesk) {
    let received = desk.with_letter("The gate says no.", MORNING).await;
    let at = MORNING + 5 * HOUR;
    let queued = promised(&desk, &received, "ring you\n  by four", due(at)).await;
    let promise = only(&desk, &received).await;
    assert_eq!(promise.what, "ring you by four");
    assert_eq!(promise.promised_by, Some(desk.ada.clone()));
    assert_eq!(promise.message_id, Some(queued.message_id.clone()));
    assert_eq!(
        (promise.due_at, promise.state),
        (Some(at), PromiseState::Open)
    );
    assert_eq!(promise.customer_name, "Mr Jones");
    let jobs = desk.claim_jobs(9, MORNING + 9 * HOUR, at).await.unwrap();
    let times: Vec<Time> = jobs
        .iter()
        .filter(|job| job.kind == jobs::PROMISE && job.payload == promise.id.as_str())
        .map(|job| job.run_at)
        .collect();
    assert_eq!(times, [at - HOUR, at], "brought up, and due");
    let by = desk
        .promises_made_by(&received.conversation_id, &queued.message_id)
        .await
        .unwrap();
    assert_eq!(by, [promise]);
}

pub async fn a_withdrawn_reply_takes_its_promises_and_undoes_what_it_did(desk: TestDesk) {
    let received = desk.with_letter("The gate says no.", MORNING).await;
    promised(&desk, &received, "ring you", due(MORNING + HOUR)).await;
    promised(&desk, &received, "post the card", due(MORNING + 2 * HOUR)).await;
    let before = desk.promises_in(&received.conversation_id).await.unwrap();
    let mut form = reply(&desk, &received, "Done, and one thing later.", MORNING);
    form.promises = WithReply {
        made: vec![("look in again".to_owned(), None)],
        kept: vec![before[0].id.clone()],
        moved: vec![(before[1].id.clone(), due(MORNING + 9 * HOUR).unwrap())],
    };
    let now = MORNING + 2 * SECOND;
    let queued = desk.queue_reply(&form, now).await.unwrap();
    let after = desk.promises_in(&received.conversation_id).await.unwrap();
    assert_eq!(after.len(), 3);
    assert_eq!(after[0].state, PromiseState::Kept);
    assert_eq!(after[1].state, PromiseState::Moved);
    assert_eq!(after[1].due_at, Some(MORNING + 9 * HOUR));
    assert_eq!(after[1].first_due_at, before[1].due_at);
    assert_eq!(after[2].due_at, None, "a promise without a time is one too");
    let back = desk
        .withdraw(&queued.outbox_id, queued.version, None, now + SECOND)
        .await
        .unwrap();
    assert!(matches!(back, Withdrawal::Back { .. }));
    let undone = desk.promises_in(&received.conversation_id).await.unwrap();
    assert_eq!(undone, before, "as if the reply had never been");
}

pub async fn a_promise_is_brought_up_from_its_time_on_until_it_is_settled(desk: TestDesk) {
    desk.join_inbox(&desk.front, &desk.ben).await.unwrap();
    let received = desk.with_letter("The gate says no.", MORNING).await;
    let at = MORNING + 5 * HOUR;
    promised(&desk, &received, "ring you by four", due(at)).await;
    promised(&desk, &received, "write", due(at + 9 * HOUR)).await;
    let seen = async |now: Time| {
        let found = desk.promises_brought_up(&desk.ben, now).await;
        found.unwrap().len()
    };
    assert_eq!(seen(at - HOUR - 1).await, 0, "not too early");
    assert_eq!(seen(at - HOUR).await, 1);
    assert_eq!(seen(at + 9 * HOUR).await, 2, "late ones too");
    let mine = desk
        .promises_of(&desk.ada, PromisesOf::Agent)
        .await
        .unwrap();
    let bens = desk
        .promises_of(&desk.ben, PromisesOf::Agent)
        .await
        .unwrap();
    let team = desk.promises_of(&desk.ben, PromisesOf::Team).await.unwrap();
    assert_eq!((mine.len(), bens.len(), team.len()), (2, 0, 2));
    let id = &mine[0].id;
    assert!(
        desk.settle_promise(id, PromiseState::Kept, None, at)
            .await
            .unwrap()
    );
    assert!(
        !desk
            .settle_promise(id, PromiseState::Kept, None, at)
            .await
            .unwrap()
    );
    assert_eq!(seen(at + HOUR).await, 0, "kept is done");
    let jobs = desk.claim_jobs(9, at + HOUR, at + HOUR).await.unwrap();
    assert!(jobs.iter().all(|job| job.kind != jobs::PROMISE), "{jobs:?}");
}

pub async fn a_moved_promise_remembers_when_it_was_due_first(desk: TestDesk) {
    let received = desk.with_letter("The gate says no.", MORNING).await;
    let first = MORNING + HOUR;
    promised(&desk, &received, "ring you", due(first)).await;
    let id = only(&desk, &received).await.id;
    for hours in [3, 7] {
        let to = due(MORNING + hours * HOUR).unwrap();
        assert!(desk.move_promise(&id, &to, MORNING + hours).await.unwrap());
    }
    let moved = only(&desk, &received).await;
    assert_eq!(moved.first_due_at, Some(first));
    assert_eq!(moved.due_at, Some(MORNING + 7 * HOUR));
    let jobs = desk
        .claim_jobs(9, MORNING + 9 * HOUR, MORNING + 8 * HOUR)
        .await
        .unwrap();
    let jobs = jobs.iter().filter(|job| job.kind == jobs::PROMISE);
    assert_eq!(jobs.count(), 2, "brought up for its new time alone");
    desk.settle_promise(&id, PromiseState::Dismissed, None, MORNING)
        .await
        .unwrap();
    assert!(
        !desk
            .move_promise(&id, &due(first).unwrap(), MORNING + 9)
            .await
            .unwrap()
    );
    assert_eq!(
        desk.promises_in(&received.conversation_id).await.unwrap(),
        []
    );
}

pub async fn a_broken_promise_stands_until_it_is_answered_for(desk: TestDesk) {
    let received = desk.with_letter("The gate says no.", MORNING).await;
    promised(&desk, &received, "ring you", due(MORNING + HOUR)).await;
    let id = only(&desk, &received).await.id;
    let now = MORNING + 2 * HOUR;
    let broken = async |received: &Received, now| {
        let found = desk
            .promises_broken(&desk.ada, &received.conversation_id, now)
            .await;
        found.unwrap().len()
    };
    assert_eq!(broken(&received, now).await, 0);
    desk.settle_promise(&id, PromiseState::Broken, None, now)
        .await
        .unwrap();
    let later = desk.with_letter("Nobody rang me.", now + HOUR).await;
    assert_eq!(broken(&received, now + HOUR).await, 1, "in this one");
    assert_eq!(broken(&later, now + HOUR).await, 1, "and in the next");
    let answer = reply(&desk, &later, "I am sorry, I did not ring.", now);
    desk.queue_reply(&answer, now + 2 * HOUR).await.unwrap();
    assert_eq!(broken(&later, now + 3 * HOUR).await, 0, "answered for");
    assert_eq!(broken(&received, now + 3 * HOUR).await, 1);
    assert_eq!(
        broken(&received, now + 2_400 * HOUR).await,
        0,
        "not for ever"
    );
}

pub async fn what_was_said_of_a_promise_can_be_taken_back(desk: TestDesk) {
    let received = desk.with_letter("The gate says no.", MORNING).await;
    let at = MORNING + HOUR;
    promised(&desk, &received, "ring you", due(at)).await;
    let before = only(&desk, &received).await;
    let id = &before.id;
    for state in [
        PromiseState::Kept,
        PromiseState::Broken,
        PromiseState::Dismissed,
    ] {
        assert!(desk.settle_promise(id, state, None, MORNING).await.unwrap());
        assert!(desk.reopen_promise(id, MORNING).await.unwrap());
        assert!(!desk.reopen_promise(id, MORNING).await.unwrap());
        assert_eq!(only(&desk, &received).await, before, "{state}");
    }
    let jobs = desk.claim_jobs(9, at + HOUR, at).await.unwrap();
    let jobs = jobs.iter().filter(|job| job.kind == jobs::PROMISE);
    assert!(jobs.count() >= 1, "it is brought up again");
    assert!(desk.word_promise(id, "call you").await.unwrap());
    assert_eq!(only(&desk, &received).await.what, "call you");
}

pub async fn another_inboxs_promises_are_not_seen(desk: TestDesk) {
    let received = desk.with_letter("The gate says no.", MORNING).await;
    promised(&desk, &received, "ring you", due(MORNING)).await;
    let id = only(&desk, &received).await.id;
    desk.settle_promise(&id, PromiseState::Broken, None, MORNING)
        .await
        .unwrap();
    let place = &received.conversation_id;
    assert!(desk.promise(&desk.ada, &id).await.unwrap().is_some());
    assert!(desk.promise(&desk.ben, &id).await.unwrap().is_none());
    assert_eq!(
        desk.promises_broken(&desk.ben, place, MORNING)
            .await
            .unwrap(),
        []
    );
    desk.reopen_promise(&id, MORNING).await.unwrap();
    assert_eq!(
        desk.promises_of(&desk.ben, PromisesOf::Team).await.unwrap(),
        []
    );
    assert_eq!(
        desk.promises_brought_up(&desk.ben, MORNING).await.unwrap(),
        []
    );
}

pub async fn a_reply_settles_nothing_in_another_conversation(desk: TestDesk) {
    let received = desk.with_letter("The gate says no.", MORNING).await;
    promised(&desk, &received, "ring you", due(MORNING + HOUR)).await;
    let before = only(&desk, &received).await;
    let other = desk.with_letter("Something else.", MORNING).await;
    let mut form = reply(&desk, &other, "Done.", MORNING);
    form.promises.kept.push(before.id.clone());
    form.promises
        .moved
        .push((before.id.clone(), due(MORNING).unwrap()));
    desk.queue_reply(&form, MORNING).await.unwrap();
    assert_eq!(only(&desk, &received).await, before);
}
