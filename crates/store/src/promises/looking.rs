//! Looking into the ledger.

use super::{Promise, PromisesOf};
use crate::limits::{BROKEN_SHOWN_US, PROMISES_MAX};
use crate::{AgentId, ConversationId, MessageId, PromiseId, Result, Store, Time};

macro_rules! promises {
    ($rest:literal) => {
        concat!(
            "select p.id, p.conversation_id, c.number, u.name as customer_name, p.kind, p.what, p.promised_by,
                a.name as promised_by_name, p.source, p.message_id, p.due_at, p.whole_day <> 0 as whole_day,
                p.bring_up_at, p.state, p.settled_at, p.created_at,
                (select m.due_at from promise_moves m where m.promise_id = p.id order by m.moved_at limit 1) as first_due_at
            from promises p
            join conversations c on c.id = p.conversation_id
            join customers u on u.id = c.customer_id
            left join agents a on a.id = p.promised_by
            where ",
            $rest
        )
    };
}

const ONE: &str = promises!(
    "p.id = $2 and c.inbox_id in (select inbox_id from inbox_members where agent_id = $1)"
);
const BY_ID: &str = promises!("p.id = $1");
const OF_CONVERSATION: &str = promises!(
    "p.conversation_id = $1 and p.state <> 'dismissed'
    order by case when p.due_at is null then 1 else 0 end, p.due_at, p.id limit $2"
);
const OF_AGENT: &str = promises!(
    "p.state in ('open', 'moved') and p.promised_by = $1
    and c.inbox_id in (select inbox_id from inbox_members where agent_id = $1)
    order by case when p.due_at is null then 1 else 0 end, p.due_at, p.id limit $2"
);
const OF_TEAM: &str = promises!(
    "p.state in ('open', 'moved')
    and c.inbox_id in (select inbox_id from inbox_members where agent_id = $1)
    order by case when p.due_at is null then 1 else 0 end, p.due_at, p.id limit $2"
);
/// What can still be kept comes first.
const BROUGHT_UP: &str = promises!(
    "p.state in ('open', 'moved') and p.bring_up_at <= $2
    and c.inbox_id in (select inbox_id from inbox_members where agent_id = $1)
    order by case when p.due_at > $2 then 0 else 1 end, p.due_at, p.id limit $3"
);
/// Broken to this customer, in whichever conversation, until it was answered in this one.
const BROKEN: &str = promises!(
    "p.state = 'broken' and p.settled_at > $3
    and c.customer_id = (select h.customer_id from conversations h where h.id = $2)
    and c.inbox_id in (select inbox_id from inbox_members where agent_id = $1)
    and not exists (select 1 from messages o where o.conversation_id = $2 and o.direction = 'out'
        and o.created_at > p.settled_at)
    order by p.settled_at desc, p.id limit $4"
);
const MADE_BY: &str =
    promises!("p.conversation_id = $1 and p.message_id = $2 and p.source = 'reply' order by p.id");

impl Store {
    /// The promise, if this agent may see it.
    pub async fn promise(&self, agent: &AgentId, id: &PromiseId) -> Result<Option<Promise>> {
        Ok(find!(self, ONE, agent, id))
    }

    /// The promise, for jobs; pages ask with their agent.
    pub async fn promise_by_id(&self, id: &PromiseId) -> Result<Option<Promise>> {
        Ok(find!(self, BY_ID, id))
    }

    /// What was promised in a conversation, the next that is due first; what was dismissed is left out.
    pub async fn promises_in(&self, conversation: &ConversationId) -> Result<Vec<Promise>> {
        Ok(list!(self, OF_CONVERSATION, conversation, PROMISES_MAX))
    }

    /// What is still to be kept, the next that is due first, those without a time last.
    pub async fn promises_of(&self, agent: &AgentId, whose: PromisesOf) -> Result<Vec<Promise>> {
        let sql = match whose {
            PromisesOf::Agent => OF_AGENT,
            PromisesOf::Team => OF_TEAM,
        };
        Ok(list!(self, sql, agent, PROMISES_MAX))
    }

    /// What is brought up by now in this agent's inboxes, whoever promised it: who is shown which of it depends on who is
    /// here, which the store does not know.
    pub async fn promises_brought_up(&self, agent: &AgentId, now: Time) -> Result<Vec<Promise>> {
        Ok(list!(self, BROUGHT_UP, agent, now, PROMISES_MAX))
    }

    /// What was promised to this conversation's customer and not kept, and not answered for in this conversation yet.
    pub async fn promises_broken(
        &self,
        agent: &AgentId,
        conversation: &ConversationId,
        now: Time,
    ) -> Result<Vec<Promise>> {
        let since = now - BROKEN_SHOWN_US;
        Ok(list!(
            self,
            BROKEN,
            agent,
            conversation,
            since,
            PROMISES_MAX
        ))
    }

    /// What this reply promises.
    pub async fn promises_made_by(
        &self,
        conversation: &ConversationId,
        message: &MessageId,
    ) -> Result<Vec<Promise>> {
        Ok(list!(self, MADE_BY, conversation, message))
    }
}
