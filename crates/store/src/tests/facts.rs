//! Facts: kept, looked up again, checked by hand, taken back.

use super::desk::{MORNING, SECOND, TestDesk};
use crate::*;

fn line(claim: &str, known: &str, state: FactState) -> NewFact {
    NewFact {
        claim: claim.into(),
        known: known.into(),
        source: "the member list".into(),
        state,
        of_ours: false,
    }
}

async fn with_two(desk: &TestDesk) -> Received {
    let received = desk
        .with_letter("I renewed in March. I was told so.", MORNING)
        .await;
    let facts = [
        line(
            "I renewed in March.",
            "renewed on 3 March 2026",
            FactState::Checked,
        ),
        line("I was told so.", "", FactState::NotFound),
    ];
    let slow = FactTrouble {
        source: "the till's list".into(),
        problem: "did not answer within 2 s".into(),
        asked_at: MORNING,
    };
    keep(desk, &received, &facts, &[slow]).await;
    received
}

async fn keep(desk: &TestDesk, received: &Received, facts: &[NewFact], troubles: &[FactTrouble]) {
    let looked = LookedUp {
        conversation_id: &received.conversation_id,
        message_id: Some(&received.message_id),
        facts,
        troubles,
    };
    desk.keep_facts(&looked, MORNING).await.unwrap();
}

pub async fn what_they_say_stands_beside_what_we_know(desk: TestDesk) {
    let received = with_two(&desk).await;
    let facts = desk.facts(&received.conversation_id).await.unwrap();
    assert_eq!(facts.len(), 2);
    assert_eq!(facts[0].claim, "I renewed in March.");
    assert_eq!(facts[0].known, "renewed on 3 March 2026");
    assert_eq!(facts[0].standing(), FactState::Checked);
    assert_eq!(facts[0].message_id.as_ref(), Some(&received.message_id));
    assert_eq!(facts[1].standing(), FactState::NotFound);
    let troubles = desk.fact_troubles(&received.conversation_id).await.unwrap();
    assert_eq!(troubles[0].problem, "did not answer within 2 s");
    // An answer that came after all takes the trouble away.
    keep(&desk, &received, &[], &[]).await;
    assert!(
        desk.fact_troubles(&received.conversation_id)
            .await
            .unwrap()
            .is_empty()
    );
    assert!(
        desk.facts(&received.conversation_id)
            .await
            .unwrap()
            .is_empty()
    );
}

pub async fn a_second_look_keeps_what_was_checked_by_hand(desk: TestDesk) {
    let received = with_two(&desk).await;
    let conversation = &received.conversation_id;
    let facts = desk.facts(conversation).await.unwrap();
    let told = &facts[1];
    desk.check_fact(
        conversation,
        &told.id,
        FactState::Checked,
        "in the till",
        &desk.ada,
        MORNING + SECOND,
    )
    .await
    .unwrap();
    let now = [line(
        "I renewed in March.",
        "renewed on 4 March 2026",
        FactState::Contradicted,
    )];
    keep(&desk, &received, &now, &[]).await;
    let after = desk.facts(conversation).await.unwrap();
    assert_eq!(after.len(), 2, "what somebody checked stays");
    let renewed = after
        .iter()
        .find(|fact| fact.id == facts[0].id)
        .expect("the same line");
    assert_eq!(renewed.standing(), FactState::Contradicted);
    let checked = after
        .iter()
        .find(|fact| fact.id == told.id)
        .expect("the same line");
    assert_eq!(checked.standing(), FactState::Checked);
    let check = checked.check.as_ref().expect("a check");
    assert_eq!(
        (check.author.as_str(), check.source.as_str()),
        ("Ada", "in the till")
    );
}

pub async fn a_check_is_taken_back_and_the_record_shows_again(desk: TestDesk) {
    let received = with_two(&desk).await;
    let conversation = &received.conversation_id;
    let fact = desk.facts(conversation).await.unwrap().remove(0);
    for state in [FactState::Contradicted, FactState::Disputed] {
        desk.check_fact(
            conversation,
            &fact.id,
            state,
            "by phone",
            &desk.ben,
            MORNING,
        )
        .await
        .unwrap();
        assert_eq!(desk.facts(conversation).await.unwrap()[0].standing(), state);
    }
    assert!(desk.uncheck_fact(conversation, &fact.id).await.unwrap());
    assert_eq!(desk.facts(conversation).await.unwrap()[0], fact);
    assert!(!desk.uncheck_fact(conversation, &fact.id).await.unwrap());
    let elsewhere = desk.with_letter("Hello.", MORNING + SECOND).await;
    let refused = desk
        .check_fact(
            &elsewhere.conversation_id,
            &fact.id,
            FactState::Checked,
            "",
            &desk.ada,
            MORNING,
        )
        .await;
    assert!(matches!(refused, Err(Error::Missing("fact"))));
}

pub async fn a_line_written_by_hand_goes_as_it_came(desk: TestDesk) {
    let received = with_two(&desk).await;
    let conversation = &received.conversation_id;
    let by_hand = line("", "the card is in the blue folder", FactState::Checked);
    let id = desk
        .add_fact(conversation, &by_hand, &desk.ada, MORNING)
        .await
        .unwrap();
    keep(&desk, &received, &[], &[]).await;
    let facts = desk.facts(conversation).await.unwrap();
    assert_eq!(facts.len(), 1, "a look at the records leaves it alone");
    assert_eq!(facts[0].author.as_deref(), Some("Ada"));
    assert!(desk.uncheck_fact(conversation, &id).await.unwrap());
    assert!(desk.facts(conversation).await.unwrap().is_empty());
}

pub async fn a_letter_asks_for_its_facts_once(desk: TestDesk) {
    let received = desk.with_letter("Am I on the list?", MORNING).await;
    let jobs = desk.claim_jobs(9, MORNING + SECOND, MORNING).await.unwrap();
    let asked: Vec<_> = jobs
        .iter()
        .filter(|job| job.kind == facts::LOOK_UP)
        .collect();
    assert_eq!(asked.len(), 1);
    let about = facts::parse_payload(&asked[0].payload).expect("it can be read");
    assert_eq!(about, (received.conversation_id, Some(received.message_id)));
}

pub async fn what_was_said_aloud_has_lines_of_its_own(desk: TestDesk) {
    let received = with_two(&desk).await;
    let conversation = &received.conversation_id;
    let said = [line("The gate beeps.", "", FactState::NotFound)];
    for _ in 0..2 {
        let looked = LookedUp {
            conversation_id: conversation,
            message_id: None,
            facts: &said,
            troubles: &[],
        };
        desk.keep_facts(&looked, MORNING).await.unwrap();
    }
    assert_eq!(desk.facts(conversation).await.unwrap().len(), 3);
    desk.ask_for_facts(conversation, None, MORNING)
        .await
        .unwrap();
    let jobs = desk.claim_jobs(9, MORNING + SECOND, MORNING).await.unwrap();
    let asked = facts::parse_payload(&jobs.last().expect("a job").payload);
    assert_eq!(asked, Some((conversation.clone(), None)));
}
