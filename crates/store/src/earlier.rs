//! Earlier on: what a customer's other conversations asked and how they stand, for the lines of history that are made of them.

use crate::limits::{EARLIER_CHARS_MAX, EARLIER_LINES_MAX};
use crate::{AgentId, ConversationId, ConversationState, CustomerId, Result, Store, Time};

/// An earlier conversation.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct EarlierOn {
    /// Its number.
    pub number: i64,
    /// What it is called.
    pub subject: String,
    /// How it came.
    pub channel: String,
    /// Whose turn it is.
    pub state: ConversationState,
    /// When it began.
    pub created_at: Time,
    /// When something last happened in it.
    pub updated_at: Time,
    /// The first words that the customer wrote in it.
    pub wrote: Option<String>,
    /// What they asked at the counter or on the phone.
    pub said: Option<String>,
    /// When something of ours last went to them.
    pub answered_at: Option<Time>,
}

const EARLIER: &str = "select c.number, c.subject, c.channel, c.state, c.created_at, c.updated_at,
        (select substr(m.text, 1, cast($5 as integer)) from messages m where m.conversation_id = c.id and m.direction = 'in'
            and m.kind = 'mail' order by m.created_at, m.id limit 1) as wrote,
        (select l.asks from listening_cards l where l.conversation_id = c.id and l.kept_at is not null
            order by l.begun_at limit 1) as said,
        (select max(m.created_at) from messages m where m.conversation_id = c.id and m.direction = 'out') as answered_at
    from conversations c
    where c.inbox_id in (select inbox_id from inbox_members where agent_id = $1)
    and c.customer_id = $2 and c.id <> $3
    order by c.updated_at desc, c.id desc limit $4";

const KEPT: &str = "select p.what, p.settled_at from promises p
    join conversations c on c.id = p.conversation_id
    where c.customer_id = $2 and p.state = 'kept' and p.settled_at is not null
    and c.inbox_id in (select inbox_id from inbox_members where agent_id = $1)
    order by p.settled_at desc limit 1";

impl Store {
    /// The last promise to the customer that was kept, and when: it worked.
    pub async fn last_kept_promise(
        &self,
        agent: &AgentId,
        customer: &CustomerId,
    ) -> Result<Option<(String, Time)>> {
        Ok(find!(self, KEPT, agent, customer))
    }

    /// The customer's last conversations beside this one, the newest first.
    pub async fn earlier_on(
        &self,
        agent: &AgentId,
        customer: &CustomerId,
        beside: Option<&ConversationId>,
    ) -> Result<Vec<EarlierOn>> {
        let beside = beside.map_or("", ConversationId::as_str);
        Ok(list!(
            self,
            EARLIER,
            agent,
            customer,
            beside,
            EARLIER_LINES_MAX,
            EARLIER_CHARS_MAX
        ))
    }
}
