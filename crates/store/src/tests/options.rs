//! Options in use and the nods asked for them: counted by option, answered by people, sent nowhere.

use super::desk::*;
use crate::*;

/// A reply in this conversation that grants a day ticket, waiting for its ten seconds.
async fn granting(desk: &TestDesk, received: &Received, now: Time) -> Queued {
    let mut reply = reply(
        desk,
        received,
        "You swim today on a day ticket of ours.",
        now,
    );
    reply.options = vec!["day-ticket".into()];
    desk.queue_reply(&reply, now).await.expect("queued")
}

async fn counts(desk: &TestDesk) -> Vec<(String, i64, i64, i64)> {
    let counts = desk.option_counts().await.expect("counted");
    counts
        .into_iter()
        .map(|it| (it.option_id, it.used, it.closed, it.wrote_again))
        .collect()
}

async fn customer_of(desk: &TestDesk, received: &Received) -> CustomerId {
    let found = desk.conversation_by_id(&received.conversation_id).await;
    found.expect("asked").expect("there").customer_id
}

pub async fn a_use_is_counted_with_its_reply_and_not_once_it_is_taken_back(desk: TestDesk) {
    let received = desk.with_letter("The gate says no.", MORNING).await;
    assert_eq!(counts(&desk).await, []);
    let queued = granting(&desk, &received, MORNING + SECOND).await;
    assert_eq!(counts(&desk).await, [("day-ticket".into(), 1, 0, 0)]);
    let customer = customer_of(&desk, &received).await;
    let granted = desk.granted_to(&customer).await.unwrap();
    assert_eq!(granted.len(), 1);
    assert_eq!(
        (&*granted[0].option_id, granted[0].used_at),
        ("day-ticket", MORNING + SECOND)
    );
    let undone = desk
        .withdraw(
            &queued.outbox_id,
            queued.version,
            None,
            MORNING + 2 * SECOND,
        )
        .await
        .unwrap();
    assert!(matches!(undone, Withdrawal::Back { .. }));
    assert_eq!(counts(&desk).await, []);
    assert_eq!(desk.granted_to(&customer).await.unwrap(), []);
}

pub async fn what_an_option_led_to_is_counted_by_option(desk: TestDesk) {
    let stays_closed = desk.with_letter("The gate says no.", MORNING).await;
    granting(&desk, &stays_closed, MORNING + SECOND).await;
    desk.close_conversation(&stays_closed.conversation_id, MORNING + 2 * SECOND)
        .await
        .unwrap();
    let again = desk
        .with_letter("And the locker.", MORNING + 3 * SECOND)
        .await;
    granting(&desk, &again, MORNING + 4 * SECOND).await;
    let raw = desk.stored("It still says no.", MORNING + 5 * SECOND).await;
    let mut more = letter(raw, "It still says no.", MORNING + 5 * SECOND);
    more.target = Target::Conversation(again.conversation_id.clone());
    desk.receive(more).await.unwrap();
    assert_eq!(counts(&desk).await, [("day-ticket".into(), 2, 1, 1)]);
}

/// Ben asks Ada, who answers at the front desk, in the one letter there; both are members.
async fn asked(desk: &TestDesk, of: Option<&AgentId>) -> (Received, NodId) {
    desk.join_inbox(&desk.front, &desk.ben)
        .await
        .expect("joined");
    let received = desk.with_letter("A month was lost.", MORNING).await;
    let nod = NewNod {
        conversation_id: &received.conversation_id,
        option_id: "free-month",
        says: "A month free",
        asked_by: &desk.ben,
        asked_of: of,
    };
    let id = desk.ask_for_nod(&nod, MORNING).await.expect("asked");
    let twice = desk
        .ask_for_nod(&nod, MORNING + SECOND)
        .await
        .expect("asked");
    assert_eq!(id, twice, "asking twice asks once");
    (received, id)
}

pub async fn a_nod_is_asked_once_and_answered_by_a_colleague(desk: TestDesk) {
    let ada = desk.ada.clone();
    let (received, id) = asked(&desk, Some(&ada)).await;
    let waiting = desk.nods_waiting_for(&desk.ada, false).await.unwrap();
    assert_eq!(waiting.len(), 1);
    assert_eq!(waiting[0].says, "A month free");
    assert_eq!(waiting[0].asked_by_name, "Ben");
    assert_eq!(desk.nods_waiting_for(&desk.ben, true).await.unwrap(), []);
    let now = MORNING + 2 * SECOND;
    let own = desk
        .answer_nod(&id, &desk.ben, NodState::Yes, "", now)
        .await
        .unwrap();
    assert!(!own, "nobody nods to their own question");
    let odd = desk
        .answer_nod(&id, &desk.ada, NodState::Withdrawn, "", now)
        .await
        .unwrap();
    assert!(!odd, "a withdrawal is no answer");
    assert!(
        desk.answer_nod(&id, &desk.ada, NodState::YesBut, "one month only", now)
            .await
            .unwrap()
    );
    assert!(
        !desk
            .answer_nod(&id, &desk.ada, NodState::No, "", now)
            .await
            .unwrap(),
        "it was answered"
    );
    let nods = desk.nods_of(&received.conversation_id).await.unwrap();
    assert_eq!(nods.len(), 1);
    assert_eq!(nods[0].state, NodState::YesBut);
    assert_eq!(nods[0].word, "one month only");
    assert_eq!(nods[0].answered_by_name.as_deref(), Some("Ada"));
    assert_eq!(desk.nods_waiting_for(&desk.ada, true).await.unwrap(), []);
    let thread = desk.thread(&received.conversation_id).await.unwrap();
    assert_eq!(thread.messages.len(), 1, "a nod is no message");
}

pub async fn an_answer_can_be_taken_back_and_a_question_too(desk: TestDesk) {
    let (received, id) = asked(&desk, None).await;
    assert_eq!(
        desk.nods_waiting_for(&desk.ada, false).await.unwrap(),
        [],
        "asked of whoever may nod, and Ada may not"
    );
    assert_eq!(
        desk.nods_waiting_for(&desk.ada, true).await.unwrap().len(),
        1
    );
    let now = MORNING + SECOND;
    desk.answer_nod(&id, &desk.ada, NodState::No, "not this time", now)
        .await
        .unwrap();
    assert!(!desk.take_back_answer(&id, &desk.ben).await.unwrap());
    assert!(desk.take_back_answer(&id, &desk.ada).await.unwrap());
    let nods = desk.nods_of(&received.conversation_id).await.unwrap();
    assert_eq!((nods[0].state, &*nods[0].word), (NodState::Waiting, ""));
    assert!(
        !desk.withdraw_nod(&id, &desk.ada).await.unwrap(),
        "not hers"
    );
    assert!(desk.withdraw_nod(&id, &desk.ben).await.unwrap());
    assert!(
        !desk
            .answer_nod(&id, &desk.ada, NodState::Yes, "", now)
            .await
            .unwrap(),
        "nobody waits for it any more"
    );
    let nods = desk.nods_of(&received.conversation_id).await.unwrap();
    assert_eq!(nods[0].state, NodState::Withdrawn);
}

pub async fn a_nod_shows_only_to_those_who_may_see_its_conversation(desk: TestDesk) {
    let received = desk.with_letter("A month was lost.", MORNING).await;
    let nod = NewNod {
        conversation_id: &received.conversation_id,
        option_id: "free-month",
        says: "A month free",
        asked_by: &desk.ada,
        asked_of: None,
    };
    let id = desk.ask_for_nod(&nod, MORNING).await.unwrap();
    assert!(desk.nod(&desk.ada, &id).await.unwrap().is_some());
    assert!(desk.nod(&desk.ben, &id).await.unwrap().is_none());
    assert_eq!(desk.nods_waiting_for(&desk.ben, true).await.unwrap(), []);
    let nowhere = ConversationId::fresh();
    let nod = NewNod {
        conversation_id: &nowhere,
        ..nod
    };
    assert!(matches!(
        desk.ask_for_nod(&nod, MORNING).await,
        Err(Error::Missing("conversation"))
    ));
}
