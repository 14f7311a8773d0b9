//! What arrives, all together: by inbox, and by nobody's name.

use super::desk::*;
use crate::*;

pub async fn what_arrives_is_seen_by_its_own_team(desk: TestDesk) {
    let one = desk.with_letter("The gate says no.", MORNING + 1).await;
    desk.with_letter("Where is the booklet?", MORNING + SECOND)
        .await;
    let here = desk
        .arrivals(&desk.ada, MORNING, 8, 10)
        .await
        .expect("asked");
    let texts: Vec<&str> = here.iter().map(|it| it.text.as_str()).collect();
    assert_eq!(texts, ["Where is", "The gate"]);
    assert_eq!(here[1].conversation_id, one.conversation_id);
    assert!(
        desk.arrivals(&desk.ada, MORNING + SECOND, 8, 10)
            .await
            .expect("asked")
            .is_empty()
    );
    assert!(
        desk.arrivals(&desk.ben, MORNING, 8, 10)
            .await
            .expect("asked")
            .is_empty()
    );
    assert_eq!(desk.team_size(&desk.ada).await.expect("asked"), 1);
    desk.join_inbox(&desk.front, &desk.ben)
        .await
        .expect("joined");
    assert_eq!(desk.team_size(&desk.ada).await.expect("asked"), 2);
    let knock = NewKnock {
        inbox_id: &desk.front,
        channel: LiveChannel::Counter,
        customer_id: None,
        who: "Mr Vane",
        about: "",
        said_by: Some(&desk.ada),
        meant_for: None,
    };
    desk.add_knock(&knock, MORNING + 2)
        .await
        .expect("announced");
    let comings = desk.comings(&desk.ada, MORNING, 10).await.expect("asked");
    assert_eq!(comings[0].channel, "counter");
}

pub async fn promises_are_added_up_with_how_many_made_them(desk: TestDesk) {
    let received = desk.with_letter("The gate says no.", MORNING).await;
    let promise = |by: &AgentId, what: &str, at: Time| NewPromise {
        conversation_id: received.conversation_id.clone(),
        kind: PromiseKind::Promise,
        what: what.into(),
        promised_by: Some(by.clone()),
        source: PromiseSource::Told,
        message_id: None,
        card_id: None,
        due: Some(Due {
            at,
            whole_day: false,
            bring_up_at: at,
        }),
    };
    let late = promise(&desk.ada, "ring", MORNING + SECOND);
    desk.add_promise(&late, MORNING + 1)
        .await
        .expect("promised");
    let kept = promise(&desk.ben, "send it", MORNING + 9 * SECOND);
    let kept = desk
        .add_promise(&kept, MORNING + 2)
        .await
        .expect("promised");
    let due = Due {
        at: MORNING + 10 * SECOND,
        whole_day: false,
        bring_up_at: MORNING + 10 * SECOND,
    };
    desk.move_promise(&kept, &due, MORNING + 3)
        .await
        .expect("moved");
    desk.settle_promise(&kept, PromiseState::Kept, None, MORNING + 4)
        .await
        .expect("kept");
    let together = desk
        .promises_together(&desk.ada, MORNING, MORNING + 2 * SECOND)
        .await
        .expect("asked");
    let expect = PromisesTogether {
        people: 2,
        kept: 1,
        moved: 1,
        broken: 0,
        late: 1,
    };
    assert_eq!(together, expect);
    let after = desk
        .promises_together(&desk.ada, MORNING + 5, MORNING + 2 * SECOND)
        .await
        .expect("asked");
    assert_eq!(after, PromisesTogether::default());
}

pub async fn records_that_do_not_agree_are_counted_by_source(desk: TestDesk) {
    let received = desk.with_letter("I renewed in March.", MORNING).await;
    let line = |known: &str, source: &str, state| NewFact {
        claim: "I renewed in March.".into(),
        known: known.into(),
        source: source.into(),
        state,
        of_ours: source == "our letters",
    };
    let facts = [
        line("until May", "the list", FactState::Contradicted),
        line("until June", "the list", FactState::Contradicted),
        line("", "the till", FactState::NotFound),
        line("in March", "the gate", FactState::Checked),
        line("in May", "our letters", FactState::Contradicted),
    ];
    let looked = LookedUp {
        conversation_id: &received.conversation_id,
        message_id: Some(&received.message_id),
        facts: &facts,
        troubles: &[],
    };
    desk.keep_facts(&looked, MORNING).await.expect("kept");
    let found = desk
        .disagreements(&desk.ada, MORNING - 1)
        .await
        .expect("asked");
    let disagreement = |source: &str, contradicted, not_found| Disagreement {
        source: source.into(),
        contradicted,
        not_found,
    };
    // A conversation counts once, whatever its lines.
    let expect = [
        disagreement("the list", 1, 0),
        disagreement("the till", 0, 1),
    ];
    assert_eq!(found, expect);
}
