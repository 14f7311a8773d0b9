//! Conversations: lists, turns, assignments, notes and the customer beside them.

use super::desk::*;
use crate::conversations::Before;
use crate::limits::PAGE_LINES_MAX;
use crate::*;
use std::collections::BTreeSet;

pub async fn pages_hold_every_line_once(desk: TestDesk) {
    let count = PAGE_LINES_MAX + 7;
    for number in 0..count {
        // Several at the same moment, so that the time alone does not order them.
        let received = desk
            .with_letter(&format!("Letter {number}."), MORNING + number / 3)
            .await;
        assert_eq!(received.number, number + 1);
    }
    let first = desk
        .list(&desk.ada, ConversationState::Open, Whose::All, None)
        .await
        .unwrap();
    assert_eq!(first.lines.len() as i64, PAGE_LINES_MAX);
    let word = first.next.unwrap().to_string();
    let before = Before::parse(&word).unwrap();
    let second = desk
        .list(
            &desk.ada,
            ConversationState::Open,
            Whose::All,
            Some(&before),
        )
        .await
        .unwrap();
    assert_eq!((second.lines.len(), second.next), (7, None));
    let lines = || first.lines.iter().chain(&second.lines);
    let numbers: BTreeSet<i64> = lines().map(|line| line.number).collect();
    assert_eq!(numbers.len() as i64, count);
    assert!(lines().is_sorted_by(|a, b| a.updated_at >= b.updated_at));
    assert_eq!(Before::parse("now"), None);
    assert_eq!(Before::parse("1_' or 1=1"), None);
}

pub async fn turns_are_counted_and_given(desk: TestDesk) {
    let one = desk.with_letter("One.", MORNING).await;
    let two = desk.with_letter("Two.", MORNING).await;
    assert!(
        desk.close_conversation(&one.conversation_id, MORNING + SECOND)
            .await
            .unwrap()
    );
    assert!(
        !desk
            .close_conversation(&one.conversation_id, MORNING + SECOND)
            .await
            .unwrap()
    );
    let counts = desk.counts(&desk.ada, Whose::All).await.unwrap();
    assert_eq!(
        counts,
        Counts {
            open: 1,
            waiting: 0,
            done: 1
        }
    );
    assert!(
        desk.assign(&two.conversation_id, Some(&desk.ada))
            .await
            .unwrap()
    );
    let mine = desk
        .list(&desk.ada, ConversationState::Open, Whose::Mine, None)
        .await
        .unwrap();
    assert_eq!(mine.lines[0].assignee_name.as_deref(), Some("Ada"));
    assert_eq!(
        desk.counts(&desk.ada, Whose::Mine).await.unwrap(),
        Counts {
            open: 1,
            waiting: 0,
            done: 0
        }
    );
    assert!(
        desk.reopen_conversation(&one.conversation_id, MORNING)
            .await
            .unwrap()
    );
    assert_eq!(desk.state(&one).await, ConversationState::Open);
}

pub async fn only_a_member_is_given_a_conversation(desk: TestDesk) {
    let received = desk.with_letter("The gate says no.", MORNING).await;
    assert!(
        !desk
            .assign(&received.conversation_id, Some(&desk.ben))
            .await
            .unwrap()
    );
    assert!(
        desk.assign(&received.conversation_id, Some(&desk.ada))
            .await
            .unwrap()
    );
    let given = desk
        .conversation(&desk.ada, received.number)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(given.assignee_id, Some(desk.ada.clone()));
    assert!(desk.assign(&received.conversation_id, None).await.unwrap());
    let free = desk
        .conversation(&desk.ada, received.number)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(free.assignee_name, None);
}

pub async fn a_note_shows_in_the_thread_and_nowhere_else(desk: TestDesk) {
    let received = desk.with_letter("The gate says no.", MORNING).await;
    let note = NewNote {
        conversation_id: &received.conversation_id,
        author_id: &desk.ada,
        text: "His pass ran out in March.",
        draft_version: 0,
    };
    let id = desk.add_note(&note, MORNING + SECOND).await.unwrap();
    let thread = desk.thread(&received.conversation_id).await.unwrap();
    let kept = &thread.messages[1];
    assert_eq!(
        (&kept.id, kept.direction, kept.kind),
        (&id, Direction::Note, MessageKind::Note)
    );
    assert_eq!(
        (kept.from_name.as_str(), kept.author_id.as_ref()),
        ("Ada", Some(&desk.ada))
    );
    assert_eq!(kept.delivery, None);
    let page = desk
        .list(&desk.ada, ConversationState::Open, Whose::All, None)
        .await
        .unwrap();
    assert_eq!(page.lines[0].preview, "The gate says no.");
    assert_eq!(
        desk.participants(&received.conversation_id).await.unwrap(),
        ["jones@example.org"]
    );
    let nowhere = NewNote {
        conversation_id: &ConversationId::fresh(),
        ..note
    };
    assert!(matches!(
        desk.add_note(&nowhere, MORNING).await,
        Err(Error::Missing("conversation"))
    ));
}

pub async fn a_customer_page_shows_what_this_agent_may_see(desk: TestDesk) {
    let one = desk.with_letter("One.", MORNING).await;
    desk.with_letter("Two.", MORNING + SECOND).await;
    let conversation = desk
        .conversation(&desk.ada, one.number)
        .await
        .unwrap()
        .unwrap();
    let customer = &conversation.customer_id;
    assert!(
        desk.add_customer_address(customer, " Work@Jones.example ")
            .await
            .unwrap()
    );
    assert!(
        !desk
            .add_customer_address(customer, "work@jones.example")
            .await
            .unwrap()
    );
    desk.rename_customer(customer, "Mr Tom Jones")
        .await
        .unwrap();

    let page = desk
        .customer_page(&desk.ada, customer)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(page.customer.name, "Mr Tom Jones");
    assert_eq!(
        page.customer.addresses,
        ["jones@example.org", "work@jones.example"]
    );
    let previews: Vec<_> = page
        .conversations
        .iter()
        .map(|line| line.preview.as_str())
        .collect();
    assert_eq!(previews, ["Two.", "One."]);
    assert!(
        desk.customer_page(&desk.ben, customer)
            .await
            .unwrap()
            .is_none()
    );
}

pub async fn numbers_are_given_once_when_letters_come_at_once(desk: TestDesk) {
    let mut workers = tokio::task::JoinSet::new();
    for number in 0..12 {
        let raw = desk.stored(&format!("Letter {number}."), MORNING).await;
        let store = desk.store.clone();
        workers.spawn(async move {
            let mut parsed = letter(raw, "Hello.", MORNING);
            parsed.from_address = format!("{number}@example.org");
            store.receive(parsed).await.unwrap().number
        });
    }
    let numbers: BTreeSet<i64> = workers.join_all().await.into_iter().collect();
    assert_eq!(numbers, (1..=12).collect());
}
