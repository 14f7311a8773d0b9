//! Conversations that are about the same: a letter, and the moment at the counter two days before.
//!
//! They are linked, not melted into one: each keeps its number, its letters and its turn, and the cards of each show in the
//! other. So joining can be undone by forgetting one row, and nothing is ever moved that would have to be moved back.

use crate::limits::ALSO_LIVE_US;
use crate::listening::LiveChannel;
use crate::{AgentId, Conversation, ConversationId, Result, Store, Time};

/// A live moment of the same customer, beside a conversation that it may belong to.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct AlsoLive {
    /// Its conversation.
    pub id: ConversationId,
    /// That conversation's number.
    pub number: i64,
    /// What it is called.
    pub subject: String,
    /// Where it was.
    pub channel: LiveChannel,
    /// When it was.
    pub begun_at: Time,
    /// Whether it is joined to the conversation that was asked about.
    pub joined: bool,
}

const ALSO: &str = "select o.id, o.number, o.subject, o.channel, o.created_at as begun_at,
        exists (select 1 from joined_conversations j where (j.conversation_id = $2 and j.other_id = o.id)
            or (j.conversation_id = o.id and j.other_id = $2)) as joined
    from conversations o
    where o.inbox_id in (select inbox_id from inbox_members where agent_id = $1)
    and o.customer_id = $3 and o.id <> $2 and o.channel in ('counter', 'phone') and o.created_at > $4
    order by o.created_at desc limit 3";
const JOIN: &str = "insert into joined_conversations (conversation_id, other_id, joined_at)
    select $1, o.id, $3 from conversations o, conversations c
    where o.id = $2 and c.id = $1 and o.customer_id = c.customer_id and o.inbox_id = c.inbox_id and o.id <> c.id
    on conflict do nothing";
const PART: &str = "delete from joined_conversations
    where (conversation_id = $1 and other_id = $2) or (conversation_id = $2 and other_id = $1)";

impl Store {
    /// Live moments of the same customer in the last two weeks, that this agent may see.
    pub async fn also_live(
        &self,
        agent: &AgentId,
        conversation: &Conversation,
        now: Time,
    ) -> Result<Vec<AlsoLive>> {
        Ok(list!(
            self,
            ALSO,
            agent,
            &conversation.id,
            &conversation.customer_id,
            now - ALSO_LIVE_US
        ))
    }

    /// Joins two conversations of one customer. `false` when they are joined, or are not one customer's.
    pub async fn join_conversations(
        &self,
        id: &ConversationId,
        other: &ConversationId,
        now: Time,
    ) -> Result<bool> {
        let mut tx = self.begin().await?;
        let joined = run!(tx, JOIN, id, other, now);
        tx.commit().await?;
        Ok(joined > 0)
    }

    /// Parts them again.
    pub async fn part_conversations(
        &self,
        id: &ConversationId,
        other: &ConversationId,
    ) -> Result<bool> {
        let mut tx = self.begin().await?;
        let parted = run!(tx, PART, id, other);
        tx.commit().await?;
        Ok(parted > 0)
    }
}
