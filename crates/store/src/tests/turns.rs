//! The next one: who waits longest, and for whom.

use super::desk::*;
use crate::*;

async fn numbers(desk: &TestDesk, agent: &AgentId) -> Vec<i64> {
    let turns = desk.turns(agent, 10).await.expect("asked");
    turns.into_iter().map(|turn| turn.number).collect()
}

pub async fn whoever_waits_longest_comes_first(desk: TestDesk) {
    let (answered, _) = desk.with_reply("It opens.", MORNING).await;
    let one = desk.with_letter("One.", MORNING + 2 * SECOND).await;
    let two = desk.with_letter("Two.", MORNING + SECOND).await;
    assert_eq!(
        numbers(&desk, &desk.ada).await,
        [two.number, one.number],
        "the turn of {} is the customer's",
        answered.number
    );
    // A note makes nobody wait less.
    let note = NewNote {
        conversation_id: &two.conversation_id,
        author_id: &desk.ada,
        text: "Asked the pool.",
        draft_version: 0,
    };
    desk.add_note(&note, MORNING + 9 * SECOND)
        .await
        .expect("kept");
    let turns = desk.turns(&desk.ada, 10).await.expect("asked");
    assert_eq!(
        (turns[0].number, turns[0].waits_since),
        (two.number, MORNING + SECOND)
    );
    assert_eq!(desk.turns(&desk.ada, 1).await.expect("asked").len(), 1);
    desk.close_conversation(&two.conversation_id, MORNING + 10 * SECOND)
        .await
        .expect("closed");
    assert_eq!(numbers(&desk, &desk.ada).await, [one.number]);
}

pub async fn what_a_colleague_has_taken_on_is_not_mine(desk: TestDesk) {
    desk.join_inbox(&desk.front, &desk.ben)
        .await
        .expect("joined");
    let mine = desk.with_letter("Mine.", MORNING).await;
    let free = desk.with_letter("Nobody's.", MORNING + SECOND).await;
    desk.assign(&mine.conversation_id, Some(&desk.ada))
        .await
        .expect("given");
    assert_eq!(numbers(&desk, &desk.ada).await, [mine.number, free.number]);
    assert_eq!(numbers(&desk, &desk.ben).await, [free.number]);
}
