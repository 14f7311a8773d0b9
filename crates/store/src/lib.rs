//! The store: the only room of Unruffled that knows there is a database.
//!
//! # What lives here
//!
//! Every noun of the desk has one file, and that file holds its rows, its SQL and its verbs:
//!
//! * people: [`agents`], [`sessions`], [`logins`], [`inboxes`], [`customers`]
//! * what arrives: [`mailboxes`] (how far fetching got), [`raws`] (the bytes, for ever), [`receive`]
//!   (one verb that turns a parsed letter into a message)
//! * what is talked about: [`conversations`], [`messages`], [`notes`], [`attachments`], [`drafts`],
//!   what they say in it beside what we know: [`facts`], and what was promised in it: [`promises`]
//! * what may be offered: [`options`] (how often each was used, never by whom), [`nods`]
//! * what is talked about together: [`circle`] (moments without names), [`lessons`], [`shelf`] (thanks that were put there)
//! * a colleague called in: [`calls`], [`whispers`]
//! * what leaves: [`outbox`]; what is to be done: [`jobs`]
//! * live moments: [`knocks`], [`phone_calls`], [`listening`] (the cards), [`joined`] (a letter and a moment that are one matter)
//! * the person before us: [`candidates`] (who may be meant), [`phones`], [`earlier`] (what was before), [`holdings`] and
//!   [`erasing`] (all that is held about somebody, shown and gone)
//! * a room of one's own, sealed in the browser: [`own_rooms`]
//! * the whole desk in one file: [`backup`] and [`restore`]
//!
//! # Promises
//!
//! 1. **Nothing is lost.** A letter's bytes, how far fetching got and the job that will read it are
//!    committed together, before anybody looks inside. SQLite waits for the disk at every commit.
//! 2. **Nothing is sent twice by us.** A reply and the job that sends it are written in one
//!    transaction; only one claimer wins; "handing over" is committed before the first byte of the
//!    letter leaves. What was being handed over when the light went out becomes *unsure*, and only
//!    a person decides about it.
//! 3. **A note cannot be sent.** Notes and replies have different types and verbs, and the database
//!    itself refuses an outbox row that points at anything but an outgoing message.
//! 4. **The inner life is opaque.** Drafts and keys are sealed before they come here; the store
//!    keeps bytes that it cannot read.
//!
//! # One text, two databases
//!
//! Each statement is written once, with `$1` placeholders, and runs on SQLite and on PostgreSQL.
//! The few words that must differ stand side by side, next to their verb. Times are microseconds since
//! 1970 in UTC and are passed in; ids are UUIDv7 as text. Children of a conversation are keyed by
//! `(conversation_id, id)` and joined on both, so that a distributed PostgreSQL can follow.
//!
//! Verbs that pages use to *read* take the agent who asks and answer `None` for anything outside
//! that agent's inboxes.

#[macro_use]
mod engine;
#[macro_use]
mod words;
mod error;
mod migrate;
mod open;
mod preview;

pub mod agents;
pub mod attachments;
pub mod backup;
pub mod calls;
pub mod candidates;
pub mod circle;
pub mod conversations;
pub mod customers;
pub mod drafts;
pub mod earlier;
pub mod erasing;
pub mod facts;
pub mod holdings;
pub mod ids;
pub mod inboxes;
pub mod jobs;
pub mod joined;
pub mod knocks;
pub mod lessons;
pub mod limits;
pub mod listening;
pub mod logins;
pub mod mailboxes;
pub mod messages;
pub mod nods;
pub mod notes;
pub mod options;
pub mod outbox;
pub mod own_rooms;
pub mod phone_calls;
pub mod phones;
pub mod promises;
pub mod raws;
pub mod receive;
pub mod restore;
pub mod sessions;
pub mod shelf;
pub mod turns;
pub mod whispers;
pub mod workload;

#[cfg(test)]
mod tests;

pub use agents::{Agent, NewAgent};
pub use attachments::{Attachment, NewAttachment};
pub use backup::BackedUp;
pub use calls::{Call, CallState, Called, NewCall};
pub use candidates::Candidate;
pub use circle::{
    CircleMoment, CircleNotes, CircleState, CircleVoice, CircleWords, NewCircleMoment,
};
pub use conversations::{Conversation, ConversationLine, ConversationState, Counts, Page, Whose};
pub use customers::{Customer, CustomerPage, SaysOfThemselves};
pub use drafts::{Draft, DraftKind, SaveDraft, Saving};
pub use earlier::EarlierOn;
pub use erasing::Erased;
pub use error::{Error, Result};
pub use facts::{Fact, FactCheck, FactState, FactTrouble, LookedUp, NewFact};
pub use holdings::Holdings;
pub use ids::{
    AgentId, AttachmentId, CardId, CircleId, ConversationId, CustomerId, ErasureId, FactId,
    InboxId, JobId, KnockId, LessonId, MessageId, NodId, OutboxId, OwnThingId, PhoneCallId,
    PromiseId, RawId, ShelfId, WhisperId,
};
pub use inboxes::Inbox;
pub use jobs::Job;
pub use joined::AlsoLive;
pub use knocks::{Knock, NewKnock, OpenFor, Opened};
pub use lessons::{Became, Lesson};
pub use listening::{CardSaving, Heard, ListeningCard, LiveChannel, SaveCard};
pub use logins::LoginGate;
pub use mailboxes::{Mailbox, MailboxProgress};
pub use messages::{Direction, Marks, Message, MessageKind, Thread};
pub use nods::{NewNod, Nod, NodState};
pub use notes::NewNote;
pub use open::Store;
pub use options::{Granted, OptionCount};
pub use outbox::{
    BackToComposer, Claim, Delivery, Leases, NewReply, OutboxState, Queued, Recovered, Reply,
    ToSend, Withdrawal,
};
pub use own_rooms::{OwnRoom, OwnThing};
pub use phone_calls::{PhoneCall, PhoneDirection, PhoneEvent, PhoneNews};
pub use promises::{
    Due, NewPromise, Promise, PromiseKind, PromiseSource, PromiseState, PromisesOf, WithReply,
};
pub use raws::{NewRaw, Raw, RawState, Stored};
pub use receive::{LetterKind, Parsed, Received, Target, ThreadFound};
pub use restore::Restored;
pub use sessions::{NewSession, Session};
pub use shelf::ShelfThanks;
pub use turns::Turn;
pub use whispers::Whisper;
pub use workload::{Arrival, Coming, Disagreement, PromisesTogether};

/// Microseconds since 1970-01-01 in UTC.
pub type Time = i64;
