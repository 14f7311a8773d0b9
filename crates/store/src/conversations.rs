//! Conversations: what one customer and the desk talk about, from the first letter to done.

use crate::limits::{COUNTED_MAX, PAGE_LINES_MAX};
use crate::{AgentId, ConversationId, CustomerId, InboxId, Result, Store, Time, calls};
use std::fmt;

words! {
    /// Whose turn it is.
    ConversationState {
        /// Ours.
        Open = "open",
        /// The customer's.
        Waiting = "waiting",
        /// Nobody's.
        Done = "done",
    }
}

words! {
    /// Which conversations an inbox page shows.
    Whose {
        /// Those assigned to the agent who asks.
        Mine = "mine",
        /// Everybody's in the agent's inboxes.
        All = "all",
    }
}

/// A conversation.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Conversation {
    /// The id.
    pub id: ConversationId,
    /// The number by which people speak of it, unique on this desk.
    pub number: i64,
    /// Where it takes place.
    pub inbox_id: InboxId,
    /// Who wrote in.
    pub customer_id: CustomerId,
    /// Their name.
    pub customer_name: String,
    /// What the first letter called it.
    pub subject: String,
    /// Whose turn it is.
    pub state: ConversationState,
    /// Who has taken it on.
    pub assignee_id: Option<AgentId>,
    /// Their name.
    pub assignee_name: Option<String>,
    /// How it came: `mail`.
    pub channel: String,
    /// When it began.
    pub created_at: Time,
    /// When something last happened in it.
    pub updated_at: Time,
}

/// A conversation as one line of a list.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ConversationLine {
    /// The id.
    pub id: ConversationId,
    /// See [`Conversation::number`].
    pub number: i64,
    /// Where it takes place.
    pub inbox_id: InboxId,
    /// Who wrote in.
    pub customer_id: CustomerId,
    /// Their name.
    pub customer_name: String,
    /// What it is called.
    pub subject: String,
    /// Whose turn it is.
    pub state: ConversationState,
    /// The first words of its last message; never of a note.
    pub preview: String,
    /// Who wrote that message.
    pub last_from: String,
    /// Who has taken it on.
    pub assignee_id: Option<AgentId>,
    /// Their name.
    pub assignee_name: Option<String>,
    /// When something last happened in it.
    pub updated_at: Time,
}

/// A page of the list, the newest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The lines.
    pub lines: Vec<ConversationLine>,
    /// Where the next page begins, if there is one.
    pub next: Option<Before>,
}

/// Where a page begins: before this line. Prints and parses as one word of an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Before {
    updated_at: Time,
    id: String,
}

impl Before {
    /// Reads what [`fmt::Display`] printed; `None` when it is something else.
    pub fn parse(word: &str) -> Option<Self> {
        let (updated_at, id) = word.split_once('_')?;
        Some(Self {
            updated_at: updated_at.parse().ok()?,
            id: ConversationId::parse(id)?.to_string(),
        })
    }
}

impl fmt::Display for Before {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}_{}", self.updated_at, self.id)
    }
}

/// How many conversations there are in each state, counted up to [`COUNTED_MAX`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Counts {
    /// Our turn.
    pub open: i64,
    /// The customer's turn.
    pub waiting: i64,
    /// Nobody's.
    pub done: i64,
}

macro_rules! lines {
    ($rest:literal) => {
        concat!(
            "select c.id, c.number, c.inbox_id, c.customer_id, u.name as customer_name, c.subject, c.state,
                c.preview, c.last_from, c.assignee_id, a.name as assignee_name, c.updated_at
            from conversations c
            join customers u on u.id = c.customer_id
            left join agents a on a.id = c.assignee_id
            where c.inbox_id in (select inbox_id from inbox_members where agent_id = $1) ",
            $rest
        )
    };
}
macro_rules! one {
    ($rest:literal) => {
        concat!(
            "select c.id, c.number, c.inbox_id, c.customer_id, u.name as customer_name, c.subject, c.state,
                c.assignee_id, a.name as assignee_name, c.channel, c.created_at, c.updated_at
            from conversations c
            join customers u on u.id = c.customer_id
            left join agents a on a.id = c.assignee_id
            where ",
            $rest
        )
    };
}

const LIST_ALL: &str = lines!(
    "and c.state = $2 and (c.updated_at, c.id) < ($3, $4) order by c.updated_at desc, c.id desc limit $5"
);
const LIST_MINE: &str = lines!(
    "and c.assignee_id = $1 and c.state = $2 and (c.updated_at, c.id) < ($3, $4)
    order by c.updated_at desc, c.id desc limit $5"
);
/// A customer's conversations, for [`crate::customers`].
pub(crate) const HISTORY: &str =
    lines!("and c.customer_id = $2 order by c.updated_at desc, c.id desc limit $3");
/// Counts no further than it must: an old desk has a hundred thousand that are done.
macro_rules! counts {
    ($and:literal) => {
        concat!(
            "select ",
            count_of!("open", $and),
            " as open, ",
            count_of!("waiting", $and),
            " as waiting, ",
            count_of!("done", $and),
            " as done"
        )
    };
}
macro_rules! count_of {
    ($state:literal, $and:literal) => {
        concat!(
            "(select count(*) from (select 1 from conversations
                where inbox_id in (select inbox_id from inbox_members where agent_id = $1)
                and state = '",
            $state,
            "' ",
            $and,
            " limit $2) as counted)"
        )
    };
}
const COUNT_ALL: &str = counts!("");
const COUNT_MINE: &str = counts!("and assignee_id = $1");
const BY_NUMBER: &str = one!(
    "c.number = $2 and c.inbox_id in (select inbox_id from inbox_members where agent_id = $1)"
);
const BY_ID: &str = one!("c.id = $1");
const TURN: &str = "update conversations set state = $2, updated_at = case when updated_at > $3 then updated_at else $3 end
    where id = $1 and state <> $2";
const ASSIGN: &str = "update conversations set assignee_id = $2 where id = $1
    and exists (select 1 from inbox_members m where m.inbox_id = conversations.inbox_id and m.agent_id = $2)";
const UNASSIGN: &str = "update conversations set assignee_id = null where id = $1";

impl Store {
    /// A page of the inbox, the newest first.
    pub async fn list(
        &self,
        agent: &AgentId,
        state: ConversationState,
        whose: Whose,
        before: Option<&Before>,
    ) -> Result<Page> {
        let sql = match whose {
            Whose::All => LIST_ALL,
            Whose::Mine => LIST_MINE,
        };
        let (at, id) = before.map_or((Time::MAX, ""), |before| (before.updated_at, &before.id));
        let mut lines: Vec<ConversationLine> =
            list!(self, sql, agent, state, at, id, PAGE_LINES_MAX + 1);
        let more = lines.len() as i64 > PAGE_LINES_MAX;
        lines.truncate(PAGE_LINES_MAX as usize);
        let next = lines.last().filter(|_| more).map(|line| Before {
            updated_at: line.updated_at,
            id: line.id.to_string(),
        });
        Ok(Page { lines, next })
    }

    /// How many conversations there are in each state, counted up to [`COUNTED_MAX`].
    pub async fn counts(&self, agent: &AgentId, whose: Whose) -> Result<Counts> {
        let sql = match whose {
            Whose::All => COUNT_ALL,
            Whose::Mine => COUNT_MINE,
        };
        let counts: Option<Counts> = find!(self, sql, agent, COUNTED_MAX);
        Ok(counts.unwrap_or_default())
    }

    /// The conversation with this number, if this agent may see it.
    pub async fn conversation(&self, agent: &AgentId, number: i64) -> Result<Option<Conversation>> {
        Ok(find!(self, BY_NUMBER, agent, number))
    }

    /// The conversation with this id, for jobs; pages ask by number and agent.
    pub async fn conversation_by_id(&self, id: &ConversationId) -> Result<Option<Conversation>> {
        Ok(find!(self, BY_ID, id))
    }

    /// Closes a conversation: it is nobody's turn. `false` when it was closed before.
    pub async fn close_conversation(&self, id: &ConversationId, now: Time) -> Result<bool> {
        self.turn(id, ConversationState::Done, now).await
    }

    /// Opens a conversation again: it is our turn. `false` when it was open.
    pub async fn reopen_conversation(&self, id: &ConversationId, now: Time) -> Result<bool> {
        self.turn(id, ConversationState::Open, now).await
    }

    async fn turn(&self, id: &ConversationId, state: ConversationState, now: Time) -> Result<bool> {
        let mut tx = self.begin().await?;
        let turned = run!(tx, TURN, id, state, now);
        if state == ConversationState::Done {
            calls::forget(&mut tx, id).await?;
        }
        tx.commit().await?;
        Ok(turned > 0)
    }

    /// Gives a conversation to an agent of its inbox, or to nobody. `false` when the agent does not
    /// answer from that inbox, or there is no such conversation.
    pub async fn assign(&self, id: &ConversationId, to: Option<&AgentId>) -> Result<bool> {
        let mut tx = self.begin().await?;
        let assigned = match to {
            Some(agent) => run!(tx, ASSIGN, id, agent),
            None => run!(tx, UNASSIGN, id),
        };
        tx.commit().await?;
        Ok(assigned > 0)
    }
}
