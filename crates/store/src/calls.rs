//! Calls for backup: one colleague asked into a conversation by another, for as long as its moment lasts.
//!
//! A conversation has one call at the most; a new one takes the place of the last. An ended one is
//! forgotten with the moment, within the hour otherwise, and no backup holds any, so that nothing
//! here can tell who asked for help how often.

use crate::engine::Tx;
use crate::limits::{CALL_FORGOTTEN_US, CALL_STALE_US, CALL_WANTED_CHARS_MAX};
use crate::preview::plain;
use crate::{AgentId, ConversationId, Error, Result, Store, Time};

words! {
    /// How far a call has got.
    CallState {
        /// Nobody has come yet.
        Waiting = "waiting",
        /// Somebody is there.
        Joined = "joined",
        /// One of the two has ended it.
        Over = "over",
        /// Its caller took it back before anybody came.
        Withdrawn = "withdrawn",
    }
}

/// A call, as its two people and those whom it is for may see it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Call {
    /// Into which conversation.
    pub conversation_id: ConversationId,
    /// The conversation's number.
    pub number: i64,
    /// What it is called.
    pub subject: String,
    /// Who wrote in.
    pub customer_name: String,
    /// Who calls.
    pub caller_id: AgentId,
    /// Their name.
    pub caller_name: String,
    /// Who is asked; nobody in particular when it is anyone.
    pub for_id: Option<AgentId>,
    /// Their name.
    pub for_name: Option<String>,
    /// What is wanted, in the caller's words; empty when they said nothing.
    pub wanted: String,
    /// How far it has got.
    pub state: CallState,
    /// Who came.
    pub came_id: Option<AgentId>,
    /// Their name.
    pub came_name: Option<String>,
    /// When it was made.
    pub called_at: Time,
    /// When somebody came.
    pub came_at: Option<Time>,
}

impl Call {
    /// Whether this agent is one of the two that a call joins.
    pub fn joins(&self, agent: &AgentId) -> bool {
        self.caller_id == *agent || self.came_id.as_ref() == Some(agent)
    }
}

/// A call to be made.
#[derive(Clone, Copy, Debug)]
pub struct NewCall<'a> {
    /// Into which conversation.
    pub conversation_id: &'a ConversationId,
    /// Who calls.
    pub caller_id: &'a AgentId,
    /// Whom; anyone when nobody is named.
    pub for_id: Option<&'a AgentId>,
    /// What is wanted of them, in a line.
    pub wanted: &'a str,
}

/// What became of a call to be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Called {
    /// It waits for somebody to come.
    Waiting,
    /// Somebody is there already, or another agent's call waits; that one stands.
    Another,
    /// The one who was asked does not answer from this inbox.
    NotHere,
}

macro_rules! calls {
    ($rest:literal) => {
        concat!(
            "select k.conversation_id, c.number, c.subject, u.name as customer_name, k.caller_id, a.name as caller_name,
                k.for_id, f.name as for_name, k.wanted, k.state, k.came_id, b.name as came_name, k.called_at, k.came_at
            from calls k
            join conversations c on c.id = k.conversation_id
            join customers u on u.id = c.customer_id
            join agents a on a.id = k.caller_id
            left join agents f on f.id = k.for_id
            left join agents b on b.id = k.came_id ",
            $rest
        )
    };
}

const OF: &str = calls!("where k.conversation_id = $1");
const FOR: &str = calls!(
    "where k.state = 'waiting' and k.caller_id <> $1 and (k.for_id is null or k.for_id = $1)
    and c.inbox_id in (select inbox_id from inbox_members where agent_id = $1)
    order by k.called_at, k.conversation_id"
);
const IN_THE_WAY: &str = "select 1 from calls where conversation_id = $1
    and (state = 'joined' or (state = 'waiting' and caller_id <> $2))";
const MEMBER: &str = "select 1 from conversations c join inbox_members m on m.inbox_id = c.inbox_id
    where c.id = $1 and m.agent_id = $2";
const FORGET: &str = "delete from calls where conversation_id = $1";
const CALL: &str =
    "insert into calls (conversation_id, caller_id, for_id, wanted, state, called_at)
    values ($1, $2, $3, $4, 'waiting', $5)";
const COME: &str = "update calls set state = 'joined', came_id = $2, came_at = $3
    where conversation_id = $1 and state = 'waiting' and caller_id <> $2
    and exists (select 1 from conversations c join inbox_members m on m.inbox_id = c.inbox_id
        where c.id = $1 and m.agent_id = $2)";
const WITHDRAW: &str = "update calls set state = 'withdrawn', ended_at = $3
    where conversation_id = $1 and caller_id = $2 and state = 'waiting'";
const END: &str = "update calls set state = 'over', ended_at = $3
    where conversation_id = $1 and (caller_id = $2 or came_id = $2) and state = 'joined'";
const FORGET_OLD: &str = "delete from calls
    where (state in ('over', 'withdrawn') and ended_at <= $1) or called_at <= $2";

impl Store {
    /// Calls somebody in. An ended call of this conversation, or one of the same caller that nobody
    /// has answered, makes room for it.
    pub async fn call_in(&self, call: &NewCall<'_>, now: Time) -> Result<Called> {
        if call.wanted.chars().count() > CALL_WANTED_CHARS_MAX {
            return Err(Error::Refused(format!(
                "What is wanted has more than {CALL_WANTED_CHARS_MAX} characters. Say it in a line."
            )));
        }
        let mut tx = self.begin().await?;
        for agent in [Some(call.caller_id), call.for_id].into_iter().flatten() {
            let member: Option<(i32,)> = find_in!(tx, MEMBER, call.conversation_id, agent);
            if member.is_none() {
                return Ok(Called::NotHere);
            }
        }
        let other: Option<(i32,)> = find_in!(tx, IN_THE_WAY, call.conversation_id, call.caller_id);
        if other.is_some() {
            return Ok(Called::Another);
        }
        run!(tx, FORGET, call.conversation_id);
        let called = try_run!(
            tx,
            CALL,
            call.conversation_id,
            call.caller_id,
            call.for_id,
            plain(call.wanted),
            now
        );
        match called {
            Ok(_) => {}
            // A colleague called in the same moment, on another connection.
            Err(said) if Error::is_taken(&said) => return Ok(Called::Another),
            Err(said) => return Err(said.into()),
        }
        tx.commit().await?;
        Ok(Called::Waiting)
    }

    /// The call of this conversation, if there is one. Ask for the conversation by number and agent
    /// first: that is where it is decided who may see it.
    pub async fn call_of(&self, conversation: &ConversationId) -> Result<Option<Call>> {
        Ok(find!(self, OF, conversation))
    }

    /// The calls that this agent could answer, the oldest first.
    pub async fn calls_for(&self, agent: &AgentId) -> Result<Vec<Call>> {
        Ok(list!(self, FOR, agent))
    }

    /// Somebody comes: the first is the one. `false` when there is nothing to come to any more.
    pub async fn come(
        &self,
        conversation: &ConversationId,
        agent: &AgentId,
        now: Time,
    ) -> Result<bool> {
        let mut tx = self.begin().await?;
        let came = run!(tx, COME, conversation, agent, now);
        tx.commit().await?;
        Ok(came > 0)
    }

    /// Ends the call: taken back by its caller while it waits, over for both once somebody came.
    /// `None` when this agent has no call here.
    pub async fn end_call(
        &self,
        conversation: &ConversationId,
        agent: &AgentId,
        now: Time,
    ) -> Result<Option<CallState>> {
        let mut tx = self.begin().await?;
        let ended = if run!(tx, WITHDRAW, conversation, agent, now) > 0 {
            Some(CallState::Withdrawn)
        } else if run!(tx, END, conversation, agent, now) > 0 {
            Some(CallState::Over)
        } else {
            None
        };
        tx.commit().await?;
        Ok(ended)
    }
}

/// The moment closes, and its call with it.
pub(crate) async fn forget(tx: &mut Tx, conversation: &ConversationId) -> Result<()> {
    run!(tx, FORGET, conversation);
    Ok(())
}

/// Calls that ended a while ago in moments that nobody closes, and calls of another day.
pub(crate) async fn forget_old(tx: &mut Tx, now: Time) -> Result<()> {
    run!(tx, FORGET_OLD, now - CALL_FORGOTTEN_US, now - CALL_STALE_US);
    Ok(())
}
