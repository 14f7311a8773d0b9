//! Whose turn is ours: the conversations that one agent could take up next, the longest waiting first.

use crate::{AgentId, ConversationId, Result, Store, Time};

/// A conversation that waits for us.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Turn {
    /// The id.
    pub id: ConversationId,
    /// Its number.
    pub number: i64,
    /// Who wrote in.
    pub customer_name: String,
    /// Who has taken it on; the agent who asks, or nobody.
    pub assignee_id: Option<AgentId>,
    /// Since when they wait: the first letter that nothing of ours has followed yet.
    pub waits_since: Time,
}

// The oldest are looked for by when something last happened, which an index knows; how long they have waited, by their letters.
const TURNS: &str = "select w.id, w.number, w.customer_name, w.assignee_id, coalesce((
            select min(m.created_at) from messages m
            where m.conversation_id = w.id and m.direction = 'in' and m.created_at > coalesce((
                select max(o.created_at) from messages o where o.conversation_id = w.id and o.direction = 'out'), 0)
        ), w.updated_at) as waits_since
    from (select c.id, c.number, u.name as customer_name, c.assignee_id, c.updated_at
        from conversations c join customers u on u.id = c.customer_id
        where c.state = 'open' and (c.assignee_id is null or c.assignee_id = $1)
        and c.inbox_id in (select inbox_id from inbox_members where agent_id = $1)
        order by c.updated_at, c.id limit $2) w
    order by waits_since, w.id";

impl Store {
    /// What waits for this agent, or for nobody in particular: the longest waiting first, so many at the most.
    pub async fn turns(&self, agent: &AgentId, most: i64) -> Result<Vec<Turn>> {
        Ok(list!(self, TURNS, agent, most))
    }
}
