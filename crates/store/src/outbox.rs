//! The outbox: replies on their way out, and an honest account of where each of them is.
//!
//! ```text
//!            withdraw: the row is gone, its words are back in the composer
//!               ↑
//!  queue → waiting → handing-over → sent
//!            ↑  ↓           ↓   ↘
//!            └ retry ←──────┘     refused, or unsure when nobody can know
//! ```
//!
//! The line between *waiting* and *handing-over* is the point of no return: before it, a crash or an
//! undo costs nothing; after it, the mail server may have the letter, so only a person sends it again.
//! `attempts` fences claims: a worker whose lease ran out can change nothing any more.

mod queue;
mod recovery;
mod sending;
mod settling;
mod undo;

use crate::messages::message_columns;
use crate::{AgentId, ConversationId, Message, MessageId, OutboxId, Time, WithReply};

words! {
    /// Where a reply is.
    OutboxState {
        /// Here; it can still be withdrawn.
        Waiting = "waiting",
        /// Being handed to the mail server at this moment.
        HandingOver = "handing-over",
        /// The mail server took it.
        Sent = "sent",
        /// The mail server, or the one after it, did not want it; `problem` says why.
        Refused = "refused",
        /// Handed over when the line or the light went out; only a person decides.
        Unsure = "unsure",
    }
}

/// A reply to be sent to the customer. Its letter is written already.
#[derive(Clone, Debug)]
pub struct NewReply {
    /// In which conversation.
    pub conversation_id: ConversationId,
    /// Who wrote it.
    pub author_id: AgentId,
    /// The name it is sent under.
    pub from_name: String,
    /// The address it is sent from.
    pub from_address: String,
    /// Its To line, for reading.
    pub to_line: String,
    /// Its Cc line, for reading.
    pub cc_line: String,
    /// Its subject.
    pub subject: String,
    /// What the agent wrote.
    pub text: String,
    /// Its `Message-ID`.
    pub message_id: String,
    /// Its `In-Reply-To`.
    pub in_reply_to: Option<String>,
    /// Its `References`, separated by spaces.
    pub refs: String,
    /// Who hears of it when it bounces.
    pub envelope_from: String,
    /// Whom it goes to.
    pub envelope_to: Vec<String>,
    /// The whole letter, ready to send.
    pub eml: Vec<u8>,
    /// When it may leave: now, and the time for an undo.
    pub send_after: Time,
    /// Whether its author chose that time: then it does not go over a letter that comes before it.
    pub timed: bool,
    /// The version of the draft that it was made from, or 0: that draft is forgotten. A later
    /// version, from another tab, stays.
    pub draft_version: i64,
    /// A random word that the form carried: the same form sent twice queues one reply.
    pub once: Option<String>,
    /// Ids of the options whose wording it holds: counted with it, and no more once it is taken back.
    pub options: Vec<String>,
    /// What it promises, keeps and moves.
    pub promises: WithReply,
}

/// A reply that was queued.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Queued {
    /// The row.
    #[sqlx(rename = "id")]
    pub outbox_id: OutboxId,
    /// Its version; undo names it.
    pub version: i64,
    /// Its message in the conversation.
    pub message_id: MessageId,
    /// When it may leave.
    pub send_after: Time,
}

/// What became of a reply so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// The row.
    pub outbox_id: OutboxId,
    /// Its version; it grows when a person sends it again.
    pub version: i64,
    /// Where it is.
    pub state: OutboxState,
    /// What went wrong, in words for the page.
    pub problem: Option<String>,
    /// How often it was tried.
    pub attempts: i64,
    /// When it may leave.
    pub send_after: Time,
    /// When it is tried next, while it is waiting.
    pub next_try_at: Time,
    /// When the mail server took it.
    pub sent_at: Option<Time>,
    /// Whether its author chose when it goes.
    pub timed: bool,
    /// Whether the customer has written since, so that it waits for a person.
    pub overtaken: bool,
}

#[derive(sqlx::FromRow)]
pub(crate) struct DeliveryRow {
    id: OutboxId,
    message_id: MessageId,
    version: i64,
    state: OutboxState,
    problem: Option<String>,
    attempts: i64,
    send_after: Time,
    next_try_at: Time,
    sent_at: Option<Time>,
    timed: bool,
    newer: bool,
}

impl DeliveryRow {
    pub(crate) fn split(self) -> (MessageId, Delivery) {
        let delivery = Delivery {
            outbox_id: self.id,
            version: self.version,
            state: self.state,
            problem: self.problem,
            attempts: self.attempts,
            send_after: self.send_after,
            next_try_at: self.next_try_at,
            sent_at: self.sent_at,
            timed: self.timed,
            overtaken: self.timed && self.newer && self.state == OutboxState::Waiting,
        };
        (self.message_id, delivery)
    }
}

/// A reply in the outbox, for the pages that undo, retry and settle.
#[derive(Clone, Debug)]
pub struct Reply {
    /// The message, with its delivery in [`Message::delivery`].
    pub message: Message,
    /// Where it is; the same as in the message.
    pub delivery: Delivery,
    /// The number of its conversation.
    pub number: i64,
}

/// Where an undone reply's words go: sealed, as a draft again, in the same transaction.
#[derive(Clone, Copy)]
pub struct BackToComposer<'a> {
    /// Whose draft.
    pub agent_id: &'a AgentId,
    /// The words, sealed.
    pub sealed: &'a [u8],
}

/// What an undo did.
#[derive(Clone, Debug)]
pub enum Withdrawal {
    /// It is withdrawn and was never sent.
    Back {
        /// What it said.
        message: Box<Message>,
        /// The version of the draft that holds its words again. `None` when there was a newer draft,
        /// which stays as it is, or no draft was asked for.
        draft_version: Option<i64>,
    },
    /// Too late; this is where it is.
    AlreadyLeft(OutboxState),
    /// There is no such version: it was withdrawn before, or sent again since.
    Gone,
}

/// The right to send one version, until its lease ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The row.
    pub outbox_id: OutboxId,
    /// Its version.
    pub version: i64,
    /// Which attempt this is.
    pub attempt: i64,
}

/// A letter to be sent, and the right to do so.
#[derive(Clone, Debug)]
pub struct ToSend {
    /// The right.
    pub claim: Claim,
    /// Its conversation.
    pub conversation_id: ConversationId,
    /// Its message.
    pub message_id: MessageId,
    /// The envelope's sender.
    pub envelope_from: String,
    /// The envelope's recipients.
    pub envelope_to: Vec<String>,
    /// The letter.
    pub eml: Vec<u8>,
}

/// Whose claims count as abandoned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leases {
    /// Those whose lease has ended: at any time, by any worker.
    Ended,
    /// All of them: on start-up, when this is the only program that works on the desk.
    All,
}

/// What was found abandoned.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recovered {
    /// Replies that were claimed and not yet handed over: they are sent as if nothing had been.
    pub back_in_line: u64,
    /// Replies that were being handed over: they wait for a person.
    pub unsure: Vec<(OutboxId, ConversationId)>,
    /// Jobs that nobody was working on any more.
    pub jobs: u64,
}

/// Whether the author of this row chose its time.
macro_rules! timed {
    ($row:literal) => {
        concat!(
            "exists (select 1 from timed_replies t where t.outbox_id = ",
            $row,
            ".id)"
        )
    };
}
/// Whether a letter of the customer's was read after this row was written. Ids grow with time, and
/// the time that a letter bears is its sender's.
macro_rules! newer {
    ($row:literal) => {
        concat!(
            "exists (select 1 from messages n where n.conversation_id = ",
            $row,
            ".conversation_id
                and n.direction = 'in' and n.kind = 'mail' and n.id > ",
            $row,
            ".message_id)"
        )
    };
}
pub(crate) use {newer, timed};

const UNTIMED: &str = "delete from timed_replies where outbox_id = $1";
const MESSAGE: &str = message_columns!("where m.conversation_id = $1 and m.id = $2");
const DROP_JOB: &str = "delete from jobs where kind = $1 and payload = $2";
const MESSAGE_SENT: &str = "update messages set sent_at = $2 where (conversation_id, id) in
    (select conversation_id, message_id from outbox where id = $1)";
const OUR_TURN: &str = "update conversations set state = 'open',
        updated_at = case when updated_at > $2 then updated_at else $2 end
    where id = $1";
const PLACE: &str = "select o.conversation_id, c.number from outbox o
    join conversations c on c.id = o.conversation_id where o.id = $1";

/// The payload of the job that sends this version.
pub fn payload(id: &OutboxId, version: i64) -> String {
    format!("{id}:{version}")
}

/// Reads such a payload.
pub fn read_payload(payload: &str) -> Option<(OutboxId, i64)> {
    let (id, version) = payload.split_once(':')?;
    Some((OutboxId::parse(id)?, version.parse().ok()?))
}
