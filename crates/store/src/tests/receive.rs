//! Receiving: a letter becomes a message once, in the right place, whatever is odd about it.

use super::desk::*;
use crate::*;

pub async fn a_letter_becomes_a_conversation_once(desk: TestDesk) {
    let raw = desk.stored("The gate says no.", MORNING).await;
    let parsed = letter(raw.clone(), "The gate\n\n  says no.", MORNING);
    let first = desk.receive(parsed.clone()).await.unwrap();
    let second = desk.receive(parsed).await.unwrap();
    assert!(first.first_time && !second.first_time);
    assert_eq!(
        Received {
            first_time: true,
            ..second
        },
        first
    );
    assert_eq!(
        desk.raw(&raw).await.unwrap().unwrap().state,
        RawState::Parsed
    );
    assert_eq!(
        desk.thread(&first.conversation_id)
            .await
            .unwrap()
            .messages
            .len(),
        1
    );

    let page = desk
        .list(&desk.ada, ConversationState::Open, Whose::All, None)
        .await
        .unwrap();
    let [line] = &page.lines[..] else {
        panic!("one line")
    };
    assert_eq!(line.number, first.number);
    assert_eq!(line.preview, "The gate says no.");
    assert_eq!(
        (line.customer_name.as_str(), line.last_from.as_str()),
        ("Mr Jones", "Mr Jones")
    );
    let missing = desk
        .receive(letter(RawId::fresh(), "Nothing.", MORNING))
        .await
        .unwrap_err();
    assert!(matches!(missing, Error::Missing("letter")), "{missing:?}");
}

pub async fn two_workers_on_one_letter_make_one_message(desk: TestDesk) {
    let raw = desk.stored("The gate says no.", MORNING).await;
    let mut workers = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let (store, raw) = (desk.store.clone(), raw.clone());
        workers.spawn(async move {
            store
                .receive(letter(raw, "The gate says no.", MORNING))
                .await
        });
    }
    let all: Vec<Received> = workers
        .join_all()
        .await
        .into_iter()
        .map(Result::unwrap)
        .collect();
    assert_eq!(all.iter().filter(|received| received.first_time).count(), 1);
    assert!(
        all.iter()
            .all(|received| received.message_id == all[0].message_id)
    );
    assert_eq!(desk.counts(&desk.ada, Whose::All).await.unwrap().open, 1);
}

pub async fn letters_at_once_from_a_new_address_make_one_customer(desk: TestDesk) {
    let mut workers = tokio::task::JoinSet::new();
    for number in 0..8 {
        let raw = desk.stored(&format!("Letter {number}."), MORNING).await;
        let store = desk.store.clone();
        workers.spawn(async move {
            store
                .receive(letter(raw, "The gate says no.", MORNING))
                .await
        });
    }
    let mut customers = std::collections::BTreeSet::new();
    for received in workers.join_all().await {
        let conversation = desk
            .conversation_by_id(&received.unwrap().conversation_id)
            .await
            .unwrap();
        customers.insert(conversation.unwrap().customer_id);
    }
    assert_eq!(customers.len(), 1);
}

pub async fn a_letter_reopens_what_was_done(desk: TestDesk) {
    let first = desk.with_letter("The gate says no.", MORNING).await;
    assert!(
        desk.close_conversation(&first.conversation_id, MORNING)
            .await
            .unwrap()
    );
    let raw = desk.stored("It says no again.", MORNING + SECOND).await;
    let mut parsed = letter(raw, "It says no again.", MORNING + SECOND);
    parsed.target = Target::Conversation(first.conversation_id.clone());
    let second = desk.receive(parsed).await.unwrap();
    assert_eq!(
        (second.conversation_id.clone(), second.number),
        (first.conversation_id.clone(), first.number)
    );
    assert_eq!(desk.state(&first).await, ConversationState::Open);
    let texts: Vec<_> = desk
        .thread(&first.conversation_id)
        .await
        .unwrap()
        .messages
        .into_iter()
        .map(|m| m.text)
        .collect();
    assert_eq!(texts, ["The gate says no.", "It says no again."]);
}

pub async fn an_answering_machine_changes_nobodys_turn(desk: TestDesk) {
    let first = desk.with_letter("The gate says no.", MORNING).await;
    desk.close_conversation(&first.conversation_id, MORNING)
        .await
        .unwrap();
    let raw = desk.stored("I am away.", MORNING + SECOND).await;
    let mut parsed = letter(raw, "I am away.", MORNING + SECOND);
    parsed.kind = LetterKind::AutoReply;
    parsed.target = Target::Conversation(first.conversation_id.clone());
    desk.receive(parsed).await.unwrap();
    assert_eq!(desk.state(&first).await, ConversationState::Done);
    let thread = desk.thread(&first.conversation_id).await.unwrap();
    assert_eq!(thread.messages[1].kind, MessageKind::AutoReply);
}

pub async fn a_thread_is_found_in_its_own_inbox_only(desk: TestDesk) {
    let (received, _) = desk.with_reply("Bring the pass along.", MORNING).await;
    let ours = desk
        .thread(&received.conversation_id)
        .await
        .unwrap()
        .messages[1]
        .message_id
        .clone()
        .unwrap();
    let asked = ["unknown@example.org".to_owned(), ours];
    let found = desk
        .threads_for(&desk.front, &asked)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(found.conversation_id, received.conversation_id);
    assert_eq!(
        found.participants,
        ["jones@example.org", "mrs.jones@example.org"]
    );
    assert_eq!(desk.threads_for(&desk.repairs, &asked).await.unwrap(), None);
    assert_eq!(
        desk.threads_for(&desk.front, &asked[..1]).await.unwrap(),
        None
    );
}

pub async fn a_conversation_in_another_inbox_is_not_joined(desk: TestDesk) {
    let first = desk.with_letter("The gate says no.", MORNING).await;
    let stored = desk
        .store_raw(&desk.repairs, b"Let me in.", "test", None, MORNING)
        .await
        .unwrap();
    let mut parsed = letter(stored.raw_id, "Let me in.", MORNING);
    parsed.target = Target::Conversation(first.conversation_id.clone());
    let second = desk.receive(parsed).await.unwrap();
    assert_ne!(second.conversation_id, first.conversation_id);
    assert_eq!(second.inbox_id, desk.repairs);
}

pub async fn attachments_are_named_by_us(desk: TestDesk) {
    let raw = desk.stored("See the pass.", MORNING).await;
    let mut parsed = letter(raw, "See the pass.", MORNING);
    let file = |name: &str, bytes: &[u8]| NewAttachment {
        name: name.into(),
        media_type: "image/png".into(),
        bytes: bytes.into(),
    };
    parsed.attachments = vec![
        file("../../pass.png", b"a pass"),
        file("b.png", b"a gate"),
        file("c.png", b"a pass"),
    ];
    let received = desk.receive(parsed).await.unwrap();
    let thread = desk.thread(&received.conversation_id).await.unwrap();
    let [first, second, third] = &thread.messages[0].attachments[..] else {
        panic!("three files")
    };
    assert_eq!((first.name.as_str(), first.size), ("../../pass.png", 6));
    assert_eq!(desk.read_attachment(first).await.unwrap(), b"a pass");
    assert_eq!(desk.read_attachment(second).await.unwrap(), b"a gate");
    assert_eq!(
        desk.attachment_path(first),
        desk.attachment_path(third),
        "the same bytes lie there once"
    );
    assert!(
        desk.attachment_path(first)
            .starts_with(desk.attachments_folder())
    );
    assert!(desk.attachment_path(first).ends_with(&first.sha256));
    assert!(
        desk.attachment(&desk.ada, &first.id)
            .await
            .unwrap()
            .is_some()
    );
    assert!(
        desk.attachment(&desk.ben, &first.id)
            .await
            .unwrap()
            .is_none()
    );
}

pub async fn a_nul_in_a_letter_is_no_reason_to_lose_it(desk: TestDesk) {
    let raw = desk.stored("a\0b", MORNING).await;
    let mut parsed = letter(raw, "a\0b", MORNING);
    parsed.subject = "\0".into();
    parsed.from_name = "J\0nes".into();
    parsed.message_id = "x\0y@z".into();
    let received = desk.receive(parsed).await.unwrap();
    assert_eq!(
        desk.thread(&received.conversation_id)
            .await
            .unwrap()
            .messages[0]
            .text,
        "a\u{fffd}b"
    );
}

pub async fn strangers_without_an_address_are_not_one_customer(desk: TestDesk) {
    let mut customers = Vec::new();
    for words in ["One.", "Two."] {
        let raw = desk.stored(words, MORNING).await;
        let mut parsed = letter(raw, words, MORNING);
        parsed.from_address = String::new();
        parsed.from_name = String::new();
        parsed.kind = LetterKind::Unreadable;
        let received = desk.receive(parsed).await.unwrap();
        let conversation = desk
            .conversation_by_id(&received.conversation_id)
            .await
            .unwrap()
            .unwrap();
        customers.push(conversation.customer_id);
    }
    assert_ne!(customers[0], customers[1]);
}
