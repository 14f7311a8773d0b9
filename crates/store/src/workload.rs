//! What arrives at a team and what becomes of it, for looking at all of it together. No verb here names an agent, and none may.

use crate::{AgentId, ConversationId, Result, Store, Time};

/// A letter as it arrived, with its first words, for whoever reads what it is about.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Arrival {
    /// Which conversation it belongs to.
    pub conversation_id: ConversationId,
    /// When it came.
    pub created_at: Time,
    /// What its conversation is called.
    pub subject: String,
    /// Its first words.
    pub text: String,
}

/// Somebody who came to the counter or rang.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Coming {
    /// `counter` or `phone`.
    pub channel: String,
    /// When.
    pub created_at: Time,
}

/// How often what people say and what a source of ours holds did not agree, by conversation.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Disagreement {
    /// The source's name, as the settings have it.
    pub source: String,
    /// In how many conversations it said something else.
    pub contradicted: i64,
    /// In how many it had nothing.
    pub not_found: i64,
}

/// What was promised, all together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct PromisesTogether {
    /// By how many people: where they are few, nothing else of this may be shown.
    pub people: i64,
    /// Kept.
    pub kept: i64,
    /// Given another time at least once.
    pub moved: i64,
    /// Not kept.
    pub broken: i64,
    /// To be kept still, and late.
    pub late: i64,
}

macro_rules! mine {
    ($inbox:literal) => {
        concat!(
            $inbox,
            " in (select inbox_id from inbox_members where agent_id = $1)"
        )
    };
}

// A conversation in which nothing happened since then has no letter since then: its index spares looking through an old desk.
const ARRIVALS: &str = concat!(
    "select m.conversation_id, m.created_at, c.subject, substr(m.text, 1, cast($3 as integer)) as text
    from messages m join conversations c on c.id = m.conversation_id
    where c.state in ('open', 'waiting', 'done') and c.updated_at > $2 and m.direction = 'in' and m.kind = 'mail' and m.created_at > $2 and ",
    mine!("c.inbox_id"),
    " order by m.created_at desc, m.id desc limit $4"
);
const COMINGS: &str = concat!(
    "select channel, created_at from knocks where created_at > $2 and ",
    mine!("inbox_id"),
    " order by created_at desc limit $3"
);
const DISAGREEMENTS: &str = concat!(
    "select f.source,
        count(distinct case when f.state = 'contradicted' then f.conversation_id end) as contradicted,
        count(distinct case when f.state = 'not-found' then f.conversation_id end) as not_found
    from facts f join conversations c on c.id = f.conversation_id
    where f.found_at > $2 and f.source <> '' and f.of_ours = 0 and f.author_id is null and f.state in ('contradicted', 'not-found') and ",
    mine!("c.inbox_id"),
    " group by f.source order by f.source"
);
const PROMISES: &str = concat!(
    "select count(distinct p.promised_by) as people,
        count(case when p.state = 'kept' then 1 end) as kept,
        count(case when exists (select 1 from promise_moves v where v.promise_id = p.id) then 1 end) as moved,
        count(case when p.state = 'broken' then 1 end) as broken,
        count(case when p.state in ('open', 'moved') and p.due_at <= $3 then 1 end) as late
    from promises p join conversations c on c.id = p.conversation_id
    where p.created_at > $2 and p.kind = 'promise' and p.promised_by is not null and ",
    mine!("c.inbox_id")
);
const PEOPLE: &str = concat!(
    "select count(distinct agent_id) from inbox_members where ",
    mine!("inbox_id")
);

impl Store {
    /// Letters that came to this agent's inboxes, the newest first: so many, and so many characters of each, at the most.
    pub async fn arrivals(
        &self,
        agent: &AgentId,
        since: Time,
        chars: i64,
        most: i64,
    ) -> Result<Vec<Arrival>> {
        Ok(list!(self, ARRIVALS, agent, since, chars, most))
    }

    /// Who came to the counter or rang, the newest first.
    pub async fn comings(&self, agent: &AgentId, since: Time, most: i64) -> Result<Vec<Coming>> {
        Ok(list!(self, COMINGS, agent, since, most))
    }

    /// Where what people say and what our records hold did not agree.
    pub async fn disagreements(&self, agent: &AgentId, since: Time) -> Result<Vec<Disagreement>> {
        Ok(list!(self, DISAGREEMENTS, agent, since))
    }

    /// What this agent's team promised since then, and what became of it by now.
    pub async fn promises_together(
        &self,
        agent: &AgentId,
        since: Time,
        now: Time,
    ) -> Result<PromisesTogether> {
        let found: Option<PromisesTogether> = find!(self, PROMISES, agent, since, now);
        Ok(found.unwrap_or_default())
    }

    /// How many people answer from this agent's inboxes.
    pub async fn team_size(&self, agent: &AgentId) -> Result<i64> {
        let found: Option<(i64,)> = find!(self, PEOPLE, agent);
        Ok(found.map_or(0, |(people,)| people))
    }
}
