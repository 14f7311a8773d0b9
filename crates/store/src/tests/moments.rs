//! Live moments: who waits, what the telephone system tells, what was heard.

use super::desk::*;
use crate::*;

const CALLER: &str = "+44 7700 900123";

fn knock<'a>(desk: &'a TestDesk, meant_for: Option<&'a AgentId>) -> NewKnock<'a> {
    NewKnock {
        inbox_id: &desk.front,
        channel: LiveChannel::Counter,
        customer_id: None,
        who: "Mr Jones",
        about: "his pool pass",
        said_by: Some(&desk.ada),
        meant_for,
    }
}

async fn waiting(desk: &TestDesk, agent: &AgentId) -> Vec<Knock> {
    desk.waiting_knocks(agent, MORNING + SECOND).await.unwrap()
}

async fn cleo_at_the_front(desk: &TestDesk) -> AgentId {
    let cleo = desk
        .add_agent(&agent("cleo", "Cleo"), MORNING)
        .await
        .unwrap();
    desk.join_inbox(&desk.front, &cleo).await.unwrap();
    cleo
}

pub async fn a_knock_waits_for_whom_it_is_meant(desk: TestDesk) {
    let (cleo, dan) = (cleo_at_the_front(&desk).await, {
        let dan = desk.add_agent(&agent("dan", "Dan"), MORNING).await.unwrap();
        desk.join_inbox(&desk.front, &dan).await.unwrap();
        dan
    });
    let id = desk
        .add_knock(&knock(&desk, Some(&cleo)), MORNING)
        .await
        .unwrap();
    let seen = waiting(&desk, &cleo).await;
    assert_eq!(seen.len(), 1);
    assert_eq!(
        (seen[0].who.as_str(), seen[0].about.as_str()),
        ("Mr Jones", "his pool pass")
    );
    assert_eq!(seen[0].said_by_name.as_deref(), Some("Ada"));
    assert_eq!(
        waiting(&desk, &desk.ada).await.len(),
        1,
        "whoever announced them sees that they wait"
    );
    assert!(waiting(&desk, &dan).await.is_empty(), "it is not his");
    assert!(
        waiting(&desk, &desk.ben).await.is_empty(),
        "another inbox's"
    );
    assert!(!desk.let_knock_go(&desk.ben, &id, MORNING).await.unwrap());
    assert!(desk.let_knock_go(&cleo, &id, MORNING).await.unwrap());
    assert!(waiting(&desk, &cleo).await.is_empty());
    assert!(
        desk.knock_waits_again(&cleo, &id).await.unwrap(),
        "and back"
    );
    assert_eq!(waiting(&desk, &cleo).await.len(), 1);
    let tonight = MORNING + 13 * 3600 * SECOND;
    assert!(
        desk.waiting_knocks(&cleo, tonight)
            .await
            .unwrap()
            .is_empty()
    );
}

pub async fn two_who_open_a_knock_open_one_moment(desk: TestDesk) {
    let cleo = cleo_at_the_front(&desk).await;
    let id = desk.add_knock(&knock(&desk, None), MORNING).await.unwrap();
    let seen = desk.waiting_knock(&cleo, &id).await.unwrap().unwrap();
    let open = |agent: AgentId| {
        let (store, seen) = (desk.store.clone(), seen.clone());
        async move {
            store
                .open_knock(&agent, &seen, OpenFor::New, "pool pass", MORNING + SECOND)
                .await
        }
    };
    let (first, second) = tokio::join!(open(cleo.clone()), open(desk.ada.clone()));
    let (first, second) = (first.unwrap().unwrap(), second.unwrap().unwrap());
    assert_eq!(first.number, second.number);
    assert_ne!(first.first_time, second.first_time);
    let conversation = desk
        .conversation(&desk.ada, first.number)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (conversation.channel.as_str(), conversation.subject.as_str()),
        ("counter", "pool pass")
    );
    assert_eq!(conversation.customer_name, "Mr Jones");
    let card = desk.open_card(&conversation.id).await.unwrap().unwrap();
    assert_eq!(card.heard.name, "Mr Jones");
    assert_eq!(
        desk.list(&cleo, ConversationState::Open, Whose::All, None)
            .await
            .unwrap()
            .lines
            .len(),
        1
    );
    assert_eq!(
        desk.opened_knock(&cleo, &id).await.unwrap(),
        Some(first.number)
    );
    assert_eq!(
        desk.open_knock(&desk.ben, &seen, OpenFor::New, "x", MORNING)
            .await
            .unwrap(),
        None
    );
}

fn call<'a>(desk: &'a TestDesk, call_id: &'a str, news: PhoneNews<'a>) -> PhoneEvent<'a> {
    PhoneEvent {
        inbox_id: &desk.front,
        call_id,
        direction: PhoneDirection::In,
        number: CALLER,
        line: "+44 1632 960000",
        meant_for: None,
        news,
    }
}

fn ended<'a>(cause: &'a str) -> PhoneNews<'a> {
    PhoneNews::Ended {
        cause,
        may_be_missed: cause != "forwarded",
    }
}

pub async fn a_call_is_told_once_in_any_order(desk: TestDesk) {
    let answered = PhoneNews::Answered {
        by: "Ada",
        agent: Some(&desk.ada),
    };
    assert!(
        desk.hear_phone(&call(&desk, "one", answered), MORNING)
            .await
            .unwrap(),
        "the first thing heard of it"
    );
    assert!(
        !desk
            .hear_phone(&call(&desk, "one", PhoneNews::Rings), MORNING)
            .await
            .unwrap(),
        "late, and known"
    );
    assert!(
        !desk
            .hear_phone(&call(&desk, "one", answered), MORNING)
            .await
            .unwrap()
    );
    let seen = waiting(&desk, &desk.ada).await;
    assert_eq!(seen.len(), 1);
    assert_eq!(seen[0].number.as_deref(), Some(CALLER));
    assert_eq!(
        seen[0].meant_for.as_ref(),
        Some(&desk.ada),
        "whoever picked it up"
    );
    assert!(
        desk.hear_phone(&call(&desk, "one", ended("normalClearing")), MORNING)
            .await
            .unwrap()
    );
    assert!(
        !desk
            .hear_phone(&call(&desk, "one", ended("normalClearing")), MORNING)
            .await
            .unwrap()
    );
    let out = PhoneEvent {
        direction: PhoneDirection::Out,
        ..call(&desk, "two", PhoneNews::Rings)
    };
    assert!(desk.hear_phone(&out, MORNING).await.unwrap());
    assert!(
        waiting(&desk, &desk.ada).await.is_empty(),
        "we rang them: nobody waits"
    );
}

pub async fn a_missed_call_waits_and_one_that_was_answered_does_not(desk: TestDesk) {
    for (id, answer, cause, waits) in [
        ("a", false, "cancel", 1),
        ("b", true, "normalClearing", 0),
        ("c", false, "noAnswer", 1),
        ("d", false, "forwarded", 0),
    ] {
        let before = waiting(&desk, &desk.ada).await.len();
        desk.hear_phone(&call(&desk, id, PhoneNews::Rings), MORNING)
            .await
            .unwrap();
        if answer {
            let answered = PhoneNews::Answered {
                by: "Emma Taylor",
                agent: None,
            };
            desk.hear_phone(&call(&desk, id, answered), MORNING)
                .await
                .unwrap();
        }
        desk.hear_phone(&call(&desk, id, ended(cause)), MORNING)
            .await
            .unwrap();
        let after = waiting(&desk, &desk.ada).await;
        assert_eq!(after.len() - before, waits, "{cause}");
    }
    let missed = waiting(&desk, &desk.ada).await;
    assert!(
        missed
            .iter()
            .all(|it| it.answered_at.is_none() && it.ended_at.is_some())
    );
}

pub async fn a_number_of_two_people_names_neither(desk: TestDesk) {
    let jones = desk.with_letter("The gate says no.", MORNING).await;
    let jones = desk
        .conversation_by_id(&jones.conversation_id)
        .await
        .unwrap()
        .unwrap()
        .customer_id;
    assert!(
        desk.add_customer_phone(&jones, "07700 900123", MORNING)
            .await
            .unwrap()
    );
    desk.hear_phone(&call(&desk, "one", PhoneNews::Rings), MORNING)
        .await
        .unwrap();
    let seen = waiting(&desk, &desk.ada).await;
    assert_eq!(seen[0].customer_name.as_deref(), Some("Mr Jones"));
    let raw = desk.stored("another", MORNING).await;
    let other = desk
        .receive(Parsed {
            from_address: "anna@example.org".into(),
            from_name: "Anna".into(),
            ..letter(raw, "hello", MORNING)
        })
        .await
        .unwrap();
    let anna = desk
        .conversation_by_id(&other.conversation_id)
        .await
        .unwrap()
        .unwrap()
        .customer_id;
    assert!(
        desk.add_customer_phone(&anna, "+44 7700 900 123", MORNING)
            .await
            .unwrap()
    );
    desk.hear_phone(&call(&desk, "two", PhoneNews::Rings), MORNING + 1)
        .await
        .unwrap();
    assert_eq!(waiting(&desk, &desk.ada).await[1].customer_id, None);
    assert_eq!(
        desk.candidates(&desk.ada, CALLER).await.unwrap().len(),
        2,
        "both are offered"
    );
}

async fn opened(desk: &TestDesk) -> Conversation {
    let id = desk.add_knock(&knock(desk, None), MORNING).await.unwrap();
    let knock = desk.waiting_knock(&desk.ada, &id).await.unwrap().unwrap();
    let opened = desk
        .open_knock(&desk.ada, &knock, OpenFor::New, "pool pass", MORNING)
        .await
        .unwrap()
        .unwrap();
    desk.conversation(&desk.ada, opened.number)
        .await
        .unwrap()
        .unwrap()
}

fn card<'a>(
    desk: &'a TestDesk,
    conversation: &'a Conversation,
    expected_version: i64,
    heard: &'a Heard,
) -> SaveCard<'a> {
    SaveCard {
        conversation_id: &conversation.id,
        author_id: &desk.ada,
        channel: LiveChannel::Counter,
        expected_version,
        heard,
    }
}

pub async fn a_card_is_written_by_two_and_loses_nothing(desk: TestDesk) {
    let conversation = opened(&desk).await;
    let begun = desk.open_card(&conversation.id).await.unwrap().unwrap();
    let heard = Heard {
        asks: "Why does the gate beep?".into(),
        ..begun.heard.clone()
    };
    let CardSaving::Saved(version) = desk
        .save_card(&card(&desk, &conversation, begun.version, &heard), MORNING)
        .await
        .unwrap()
    else {
        panic!("saved")
    };
    assert!(
        version > begun.version,
        "versions grow even within one moment"
    );
    let late = Heard {
        matters: "The children".into(),
        ..begun.heard.clone()
    };
    match desk
        .save_card(&card(&desk, &conversation, begun.version, &late), MORNING)
        .await
        .unwrap()
    {
        CardSaving::Conflict {
            current: Some(current),
        } => assert_eq!(current.heard, heard),
        other => panic!("{other:?}"),
    }
    match desk
        .save_card(&card(&desk, &conversation, 0, &late), MORNING)
        .await
        .unwrap()
    {
        CardSaving::Conflict { current: Some(_) } => {}
        other => panic!("a second card beside an open one: {other:?}"),
    }
    let long = Heard {
        asks: "x".repeat(9000),
        ..Heard::default()
    };
    let refused = desk
        .save_card(&card(&desk, &conversation, version, &long), MORNING)
        .await;
    assert!(matches!(refused, Err(Error::Refused(_))));
}

pub async fn a_kept_card_stands_in_the_thread_and_can_be_opened_again(desk: TestDesk) {
    let conversation = opened(&desk).await;
    let begun = desk.open_card(&conversation.id).await.unwrap().unwrap();
    let heard = Heard {
        asks: "Why does the gate beep?".into(),
        by_when: "by Friday".into(),
        promised: "A new card by Friday.".into(),
        ..begun.heard.clone()
    };
    let CardSaving::Saved(version) = desk
        .save_card(&card(&desk, &conversation, begun.version, &heard), MORNING)
        .await
        .unwrap()
    else {
        panic!("saved")
    };
    let writing = desk.thread(&conversation.id).await.unwrap().messages;
    assert!(writing[0].is_being_heard());
    assert_eq!(
        writing[0].text,
        "Why does the gate beep?\nI need this by Friday."
    );
    let id = desk
        .keep_card(&conversation.id, version, vec![], MORNING + SECOND)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        desk.keep_card(&conversation.id, version, vec![], MORNING + SECOND)
            .await
            .unwrap(),
        Some(id.clone()),
        "once"
    );
    let thread = desk.thread(&conversation.id).await.unwrap().messages;
    assert_eq!((thread.len(), thread[0].kind), (1, MessageKind::Listening));
    assert!(!thread[0].is_being_heard());
    let line = &desk
        .list(&desk.ada, ConversationState::Open, Whose::All, None)
        .await
        .unwrap()
        .lines[0];
    assert_eq!(line.preview, "Why does the gate beep?");
    assert!(desk.open_card(&conversation.id).await.unwrap().is_none());
    let again = desk
        .open_card_again(&conversation.id, &id, MORNING + 2 * SECOND)
        .await
        .unwrap();
    assert_eq!(again, Some(MORNING + 2 * SECOND));
    assert_eq!(
        desk.open_card(&conversation.id)
            .await
            .unwrap()
            .unwrap()
            .heard,
        heard
    );
}

pub async fn a_letter_and_a_moment_are_joined_and_parted(desk: TestDesk) {
    let received = desk.with_letter("The gate says no.", MORNING).await;
    let letter = desk
        .conversation_by_id(&received.conversation_id)
        .await
        .unwrap()
        .unwrap();
    let id = desk.add_knock(&knock(&desk, None), MORNING).await.unwrap();
    let seen = desk.waiting_knock(&desk.ada, &id).await.unwrap().unwrap();
    let open = desk.open_knock(
        &desk.ada,
        &seen,
        OpenFor::Known(&letter.customer_id),
        "pool pass",
        MORNING,
    );
    let moment = desk
        .conversation(&desk.ada, open.await.unwrap().unwrap().number)
        .await
        .unwrap()
        .unwrap();
    let begun = desk.open_card(&moment.id).await.unwrap().unwrap();
    desk.keep_card(&moment.id, begun.version, vec![], MORNING)
        .await
        .unwrap();

    let also = desk.also_live(&desk.ada, &letter, MORNING).await.unwrap();
    assert_eq!(
        (also.len(), also[0].number, also[0].joined),
        (1, moment.number, false)
    );
    assert_eq!(desk.thread(&letter.id).await.unwrap().messages.len(), 1);
    assert!(
        desk.join_conversations(&letter.id, &moment.id, MORNING)
            .await
            .unwrap()
    );
    assert!(
        !desk
            .join_conversations(&letter.id, &moment.id, MORNING)
            .await
            .unwrap()
    );
    assert_eq!(
        desk.thread(&letter.id).await.unwrap().messages.len(),
        2,
        "the card shows beside the letter"
    );
    assert!(desk.also_live(&desk.ada, &letter, MORNING).await.unwrap()[0].joined);
    assert!(
        desk.part_conversations(&moment.id, &letter.id)
            .await
            .unwrap(),
        "from either side"
    );
    assert_eq!(desk.thread(&letter.id).await.unwrap().messages.len(), 1);

    let raw = desk.stored("another", MORNING).await;
    let strange = Parsed {
        from_address: "anna@example.org".into(),
        ..super::desk::letter(raw, "hello", MORNING)
    };
    let strange = desk.receive(strange).await.unwrap();
    assert!(
        !desk
            .join_conversations(&strange.conversation_id, &moment.id, MORNING)
            .await
            .unwrap(),
        "another customer's"
    );
}
