//! Promises: what we said that we would do, by when, and what became of it.
//!
//! ```text
//!   open → kept, broken, dismissed          a person says which
//!    ↓ moved, as often as the customer is told
//!   moved → kept, broken, dismissed
//! ```
//!
//! *Open* and *moved* are still to be kept. What a reply promises is written with the reply and is withdrawn
//! with it; what a reply keeps or moves is undone with it. Nothing here counts anything by agent.

mod ledger;
mod looking;

pub(crate) use ledger::{add, withdraw_with, write_with};

use crate::{AgentId, ConversationId, MessageId, PromiseId, Result, Store, Time};

words! {
    /// Where a promise is.
    PromiseState {
        /// To be kept.
        Open = "open",
        /// Kept.
        Kept = "kept",
        /// To be kept, at a later time than was said first.
        Moved = "moved",
        /// Not kept: the first fact of the next moment.
        Broken = "broken",
        /// No promise after all.
        Dismissed = "dismissed",
    }
}

impl PromiseState {
    /// Still to be kept.
    pub fn is_live(self) -> bool {
        matches!(self, Self::Open | Self::Moved)
    }
}

words! {
    /// What kind of promise it is.
    PromiseKind {
        /// To a customer.
        Promise = "promise",
        /// To oneself: to look whether it has stayed well.
        FollowUp = "follow-up",
    }
}

words! {
    /// Where a promise comes from.
    PromiseSource {
        /// A reply of ours.
        Reply = "reply",
        /// A listening card.
        Card = "card",
        /// The customer's word, confirmed by one of us.
        Told = "told",
        /// The closing of a conversation.
        Closing = "closing",
    }
}

/// By when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    /// The moment after which it is late.
    pub at: Time,
    /// A day was named and no time.
    pub whole_day: bool,
    /// When it is brought up to whoever promised it.
    pub bring_up_at: Time,
}

/// A promise to be written down.
#[derive(Clone, Debug)]
pub struct NewPromise {
    /// To whose conversation it belongs.
    pub conversation_id: ConversationId,
    /// To a customer, or to oneself.
    pub kind: PromiseKind,
    /// What is promised, in words: "ring you by Friday".
    pub what: String,
    /// Who is responsible for it.
    pub promised_by: Option<AgentId>,
    /// Where it comes from.
    pub source: PromiseSource,
    /// The reply or letter that says so.
    pub message_id: Option<MessageId>,
    /// The listening card that says so.
    pub card_id: Option<String>,
    /// By when; unknown where nobody said.
    pub due: Option<Due>,
}

/// A promise.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Promise {
    /// The id.
    pub id: PromiseId,
    /// To whose conversation it belongs.
    pub conversation_id: ConversationId,
    /// The number of that conversation.
    pub number: i64,
    /// The customer's name.
    pub customer_name: String,
    /// To a customer, or to oneself.
    pub kind: PromiseKind,
    /// What is promised, in words.
    pub what: String,
    /// Who is responsible for it.
    pub promised_by: Option<AgentId>,
    /// Their name.
    pub promised_by_name: Option<String>,
    /// Where it comes from.
    pub source: PromiseSource,
    /// The reply or letter that says so.
    pub message_id: Option<MessageId>,
    /// By when.
    pub due_at: Option<Time>,
    /// A day was named and no time.
    pub whole_day: bool,
    /// When it is brought up.
    pub bring_up_at: Option<Time>,
    /// Where it is.
    pub state: PromiseState,
    /// When a person said what became of it.
    pub settled_at: Option<Time>,
    /// When it was made.
    pub created_at: Time,
    /// When it was due at first, where it was moved.
    pub first_due_at: Option<Time>,
}

/// What a reply does to the ledger, in the reply's own transaction.
#[derive(Clone, Debug, Default)]
pub struct WithReply {
    /// What it promises: the words, and by when.
    pub made: Vec<(String, Option<Due>)>,
    /// What it keeps.
    pub kept: Vec<PromiseId>,
    /// What it moves, and to when.
    pub moved: Vec<(PromiseId, Due)>,
}

/// Whose promises a page shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PromisesOf {
    /// Those that this agent is responsible for.
    Agent,
    /// Those of everybody in the agent's inboxes.
    Team,
}

impl Store {
    /// Writes down a promise, and the jobs that bring it up.
    pub async fn add_promise(&self, promise: &NewPromise, now: Time) -> Result<PromiseId> {
        let mut tx = self.begin().await?;
        let id = add(&mut tx, promise, now).await?;
        tx.commit().await?;
        Ok(id)
    }
}
