//! Options in use: how often each was granted, and what became of it. Never by whom: no row here names an agent.
//!
//! The options themselves are the organisation's own files; the store knows them by their ids alone.

use crate::engine::Tx;
use crate::{ConversationId, CustomerId, Result, Store, Time};

/// How often an option was used, and what it led to, as plain counts.
#[derive(Clone, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct OptionCount {
    /// The option's id: its file name without `.md`.
    pub option_id: String,
    /// How many replies held its wording.
    pub used: i64,
    /// How many of those conversations are done now: closed, and not open again.
    pub closed: i64,
    /// After how many of them the customer wrote again.
    pub wrote_again: i64,
}

/// One time that an option was granted to a customer.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Granted {
    /// The option.
    pub option_id: String,
    /// When the reply that granted it was written.
    pub used_at: Time,
}

const USE: &str = "insert into option_uses (conversation_id, option_id, used_at) values ($1, $2, $3) on conflict do nothing";
const UNUSE: &str = "delete from option_uses where conversation_id = $1 and used_at = $2";
const COUNTS: &str = "select u.option_id, count(*) as used,
        count(case when c.state = 'done' then 1 end) as closed,
        count(case when exists (select 1 from messages m where m.conversation_id = u.conversation_id
            and m.direction = 'in' and m.kind = 'mail' and m.created_at > u.used_at) then 1 end) as wrote_again
    from option_uses u join conversations c on c.id = u.conversation_id
    group by u.option_id order by u.option_id";
const GRANTED: &str = "select u.option_id, u.used_at from option_uses u
    join conversations c on c.id = u.conversation_id
    where c.customer_id = $1 order by u.used_at, u.option_id";

impl Store {
    /// Every option that was ever used, with its counts, in order of their ids.
    pub async fn option_counts(&self) -> Result<Vec<OptionCount>> {
        Ok(list!(self, COUNTS))
    }

    /// What this customer was granted so far, the earliest first.
    pub async fn granted_to(&self, customer: &CustomerId) -> Result<Vec<Granted>> {
        Ok(list!(self, GRANTED, customer))
    }
}

/// Notes which options a reply grants, in the reply's own transaction. `at` is the time of its message.
pub(crate) async fn note_uses(
    tx: &mut Tx,
    conversation: &ConversationId,
    options: &[String],
    at: Time,
) -> Result<()> {
    for option in options {
        run!(tx, USE, conversation, option, at);
    }
    Ok(())
}

/// A reply that was taken back granted nothing.
pub(crate) async fn forget_uses(
    tx: &mut Tx,
    conversation: &ConversationId,
    at: Time,
) -> Result<()> {
    run!(tx, UNUSE, conversation, at);
    Ok(())
}
