//! Telephone calls: what a telephone system tells us, each event once, in whatever order it comes.

use crate::knocks::{self, NewKnock};
use crate::listening::LiveChannel;
use crate::phones::{OWNERS, tail};
use crate::preview::plain;
use crate::{AgentId, CustomerId, InboxId, PhoneCallId, Result, Store, Time};

words! {
    /// Who rang whom.
    PhoneDirection {
        /// They rang us.
        In = "in",
        /// We rang them.
        Out = "out",
    }
}

/// What happened to a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhoneNews<'a> {
    /// It rings.
    Rings,
    /// Somebody picked it up.
    Answered {
        /// Whom the telephone system names.
        by: &'a str,
        /// Who of us that is.
        agent: Option<&'a AgentId>,
    },
    /// It is over.
    Ended {
        /// Why, in the telephone system's word.
        cause: &'a str,
        /// Whether an unanswered call of this cause waits for us: not one that was passed on.
        may_be_missed: bool,
    },
}

/// An event of a call.
#[derive(Clone, Copy, Debug)]
pub struct PhoneEvent<'a> {
    /// Where the calls of this telephone system come to.
    pub inbox_id: &'a InboxId,
    /// The telephone system's own id of the call.
    pub call_id: &'a str,
    /// Who rang whom.
    pub direction: PhoneDirection,
    /// The customer's number.
    pub number: &'a str,
    /// Our number.
    pub line: &'a str,
    /// Whom it rings for, if one of us is named.
    pub meant_for: Option<&'a AgentId>,
    /// What happened.
    pub news: PhoneNews<'a>,
}

/// A call, for the page of a customer.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct PhoneCall {
    /// Who rang whom.
    pub direction: PhoneDirection,
    /// The customer's number.
    pub number: String,
    /// Whom the telephone system names as the one who answered.
    pub answered_by: String,
    /// Why it ended, in the telephone system's word.
    pub cause: String,
    /// When it rang.
    pub rang_at: Time,
    /// When it was answered.
    pub answered_at: Option<Time>,
    /// When it ended.
    pub ended_at: Option<Time>,
}

const ADD: &str = "insert into phone_calls (id, inbox_id, call_id, direction, number, tail, line, customer_id, answered_by, cause, rang_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, '', '', $9) on conflict (inbox_id, call_id) do nothing";
const KNOWN: &str = "select id from phone_calls where inbox_id = $1 and call_id = $2";
const ANSWER: &str = "update phone_calls set answered_at = $2, answered_by = $3 where id = $1 and answered_at is null and ended_at is null";
const END: &str =
    "update phone_calls set ended_at = $2, cause = $3 where id = $1 and ended_at is null";
const FOR_WHOM: &str = "update knocks set meant_for = $2 where call_row = $1 and state = 'waiting'";
/// An answered call was helped on the telephone; so was one that was passed on. Only a missed one waits on.
const HELPED: &str =
    "update knocks set state = 'gone', settled_at = $2 where call_row = $1 and state = 'waiting'
    and exists (select 1 from phone_calls c where c.id = $1 and (c.answered_at is not null or $3 = 0))";
/// Nobody in particular missed it: whoever is free takes it.
const MISSED: &str = "update knocks set meant_for = null where call_row = $1 and state = 'waiting'";

impl Store {
    /// Writes down what the telephone system tells. `false` when it was told before: nothing changes then. A call to us
    /// is announced like a person at the counter.
    pub async fn hear_phone(&self, event: &PhoneEvent<'_>, now: Time) -> Result<bool> {
        let mut tx = self.begin().await?;
        let owners: Vec<(CustomerId,)> = list_in!(tx, OWNERS, tail(event.number));
        // A number that two people share names neither of them.
        let customer = match owners.as_slice() {
            [(one,)] => Some(one),
            _ => None,
        };
        let id = PhoneCallId::fresh();
        let new = run!(
            tx,
            ADD,
            &id,
            event.inbox_id,
            plain(event.call_id),
            event.direction,
            plain(event.number),
            tail(event.number),
            plain(event.line),
            customer,
            now
        ) > 0;
        let id = if new {
            id
        } else {
            let known: Option<(PhoneCallId,)> =
                find_in!(tx, KNOWN, event.inbox_id, plain(event.call_id));
            known.map_or(id, |(known,)| known)
        };
        if new && event.direction == PhoneDirection::In {
            let knock = NewKnock {
                inbox_id: event.inbox_id,
                channel: LiveChannel::Phone,
                customer_id: customer,
                who: event.number,
                about: "",
                said_by: None,
                meant_for: event.meant_for,
            };
            knocks::add(&mut tx, &knock, Some(&id), now).await?;
        }
        let changed = match event.news {
            PhoneNews::Rings => new,
            PhoneNews::Answered { by, agent } => {
                let answered = run!(tx, ANSWER, &id, now, plain(by)) > 0;
                if answered && agent.is_some() {
                    run!(tx, FOR_WHOM, &id, agent);
                }
                answered
            }
            PhoneNews::Ended {
                cause,
                may_be_missed,
            } => {
                let ended = run!(tx, END, &id, now, plain(cause)) > 0;
                if ended {
                    run!(tx, HELPED, &id, now, i64::from(may_be_missed));
                    run!(tx, MISSED, &id);
                }
                ended
            }
        };
        if new || changed {
            tx.commit().await?;
        }
        Ok(new || changed)
    }
}
