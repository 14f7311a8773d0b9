//! The next one: whoever waits longest, and calmer ones first for somebody who has had enough hard moments in a row.
//!
//! How many those were, only the browser knows: it asks for a calmer one, or it does not, and the desk remembers neither.

use unruffled_engine::Heat;
use unruffled_store::Turn;

use crate::session::Agent;
use crate::{Desk, Oops, limits, reader};

/// What is asked for.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wanted {
    /// The conversation that is left; what has waited less long than it comes after it.
    pub from: Option<i64>,
    /// Calmer ones first.
    pub calmer: bool,
}

/// What there is to take up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    One(i64),
    /// A calmer one was asked for, and none waits.
    OnlyHard,
    Nothing,
}

pub async fn find(desk: &Desk, agent: &Agent, wanted: Wanted) -> Result<Next, Oops> {
    let turns = desk
        .store()
        .turns(&agent.id, limits::TURNS_LOOKED_AT_MAX)
        .await?;
    let mut left_out = false;
    for (at, turn) in in_order(&turns, wanted.from).enumerate() {
        if wanted.calmer && (at >= limits::TURNS_READ_MAX || is_hard(desk, turn).await?) {
            left_out = true;
            continue;
        }
        // What is mine is mine, whoever else looks at it.
        let mine = turn.assignee_id.as_ref() == Some(&agent.id);
        if desk.presence().take_up(&agent.id, turn.number, desk.now()) || mine {
            return Ok(Next::One(turn.number));
        }
    }
    Ok(if left_out {
        Next::OnlyHard
    } else {
        Next::Nothing
    })
}

/// The longest waiting first; from one of them on, those after it and then those before.
fn in_order(turns: &[Turn], from: Option<i64>) -> impl Iterator<Item = &Turn> {
    let at = from.and_then(|from| turns.iter().position(|turn| turn.number == from));
    let (before, after) = match at {
        Some(at) => (&turns[..at], &turns[at + 1..]),
        None => (&turns[..0], turns),
    };
    after.iter().chain(before)
}

/// Whether its words are hot. Where somebody may be at risk nobody waits longer for the sake of a limit.
async fn is_hard(desk: &Desk, turn: &Turn) -> Result<bool, Oops> {
    let thread = desk.store().thread(&turn.id).await?;
    let heard = reader::hear(&thread.messages, &turn.customer_name);
    let reading = heard
        .filter(|heard| !heard.answered)
        .map(|heard| heard.read(desk));
    Ok(reading.is_some_and(|reading| reading.safety.is_none() && reading.heat >= Heat::Hot))
}

#[cfg(test)]
mod tests {
    use super::*;
    use unruffled_store::ConversationId;

    #[track_caller]
    fn check(from: Option<i64>, expect: &[i64]) {
        let turns: Vec<Turn> = [4, 7, 9]
            .into_iter()
            .map(|number| Turn {
                id: ConversationId::fresh(),
                number,
                customer_name: String::new(),
                assignee_id: None,
                waits_since: number,
            })
            .collect();
        let order: Vec<i64> = in_order(&turns, from).map(|turn| turn.number).collect();
        assert_eq!(order, expect);
    }

    #[test]
    fn the_next_one_after_a_moment_is_whoever_has_waited_longest_after_it() {
        check(None, &[4, 7, 9]);
        check(Some(7), &[9, 4]);
        check(Some(9), &[4, 7]);
        check(Some(12), &[4, 7, 9]);
    }
}
