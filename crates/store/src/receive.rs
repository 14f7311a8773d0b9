//! Receiving: one verb that turns a parsed letter into a message, once, however often it is run.

use crate::engine::Tx;
use crate::limits::THREAD_LOOKUPS_MAX;
use crate::messages::Marks;
use crate::preview::{plain, preview};
use crate::{
    ConversationId, Error, InboxId, MessageId, MessageKind, NewAttachment, RawId, Result, Store,
    Time, attachments, customers, facts, jobs,
};
use std::collections::BTreeSet;

/// What a letter can be: any kind of message but a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LetterKind {
    /// Written by a person.
    Mail,
    /// Answered by a machine. It is shown, and changes nobody's turn.
    AutoReply,
    /// A report that something of ours was not delivered.
    Bounce,
    /// So damaged that only its bytes are kept.
    Unreadable,
}

impl From<LetterKind> for MessageKind {
    fn from(kind: LetterKind) -> Self {
        match kind {
            LetterKind::Mail => Self::Mail,
            LetterKind::AutoReply => Self::AutoReply,
            LetterKind::Bounce => Self::Bounce,
            LetterKind::Unreadable => Self::Unreadable,
        }
    }
}

/// Where a letter goes. The caller decides, by signed Message-IDs first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A conversation of its own.
    New,
    /// This conversation. If it is not in the letter's inbox, the letter gets one of its own.
    Conversation(ConversationId),
}

/// A letter that was read.
#[derive(Clone, Debug)]
pub struct Parsed {
    /// Its bytes.
    pub raw_id: RawId,
    /// Where it goes.
    pub target: Target,
    /// What it is.
    pub kind: LetterKind,
    /// Its sender's name, or nothing.
    pub from_name: String,
    /// Its sender's address, or nothing.
    pub from_address: String,
    /// The address to answer to, when it names another.
    pub reply_to: Option<String>,
    /// Its To line, for reading.
    pub to_line: String,
    /// Its Cc line, for reading.
    pub cc_line: String,
    /// Its subject.
    pub subject: String,
    /// Its text; always something to read.
    pub text: String,
    /// Its HTML form, sanitised already.
    pub html: Option<String>,
    /// Its `Message-ID`, the one that was made for it if it had none.
    pub message_id: String,
    /// Its `In-Reply-To`.
    pub in_reply_to: Option<String>,
    /// Its `References`, separated by spaces.
    pub refs: String,
    /// What a reader should know, in plain words.
    pub marks: Vec<String>,
    /// Its files.
    pub attachments: Vec<NewAttachment>,
    /// Its place in the order of messages: when it was stored, or, for an import, its own date.
    pub created_at: Time,
    /// The date that it bears.
    pub sent_at: Option<Time>,
}

/// What receiving did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// Where the letter went.
    pub conversation_id: ConversationId,
    /// That conversation's number.
    pub number: i64,
    /// The letter's inbox.
    pub inbox_id: InboxId,
    /// Its message.
    pub message_id: MessageId,
    /// Whether it was received just now, and not before.
    pub first_time: bool,
}

/// A conversation that knows one of the Message-IDs asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThreadFound {
    /// The conversation.
    pub conversation_id: ConversationId,
    /// Every address that has written in it or was written to, lower-case.
    pub participants: Vec<String>,
}

const TAKE: &str =
    "update raws set state = 'parsed', problem = null where id = $1 and state <> 'parsed'";
const RAW: &str = "select inbox_id from raws where id = $1";
const BEFORE: &str = "select c.id, c.number, r.inbox_id, r.message_id from raws r
    join conversations c on c.id = r.conversation_id where r.id = $1";
const MADE: &str = "update raws set conversation_id = $2, message_id = $3 where id = $1";
const NUMBER: &str =
    "update counters set value = value + 1 where name = 'conversation' returning value";
const THERE: &str = "select number from conversations where id = $1 and inbox_id = $2";
const BEGIN: &str =
    "insert into conversations (id, number, inbox_id, customer_id, subject, state, channel,
        preview, last_from, created_at, updated_at)
    values ($1, $2, $3, $4, $5, 'open', 'mail', '', '', $6, $6)";
const ADD: &str = "insert into messages (conversation_id, id, direction, kind, from_name, from_address, reply_to,
        to_line, cc_line, subject, message_id, in_reply_to, refs, raw_id, marks, created_at, sent_at, text, html)
    values ($1, $2, 'in', $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)";
const ADD_MESSAGE_ID: &str = "insert into message_ids (message_id, conversation_id, id) values ($1, $2, $3) on conflict do nothing";
// An older letter, as an import brings them, does not push itself in front of a newer one.
const SAID: &str = "update conversations set preview = $2, last_from = $3, updated_at = $4
    where id = $1 and updated_at <= $4";
const OUR_TURN: &str = "update conversations set state = 'open' where id = $1";
const KNOWS: &str = "select m.conversation_id from message_ids m
    join conversations c on c.id = m.conversation_id where m.message_id = $2 and c.inbox_id = $1";
const WROTE: &str = "select distinct from_address from messages
    where conversation_id = $1 and direction = 'in' and kind in ('mail', 'auto-reply')";
const WRITTEN_TO: &str = "select distinct envelope_to from outbox where conversation_id = $1";
const CUSTOMERS: &str = "select a.address from customer_addresses a
    join conversations c on c.customer_id = a.customer_id where c.id = $1";

impl Store {
    /// Turns a letter into a message: its conversation and customer if they are new, its files, its
    /// Message-ID, the mark that its bytes are read and the job that looks up what it says, all together. Run twice, it changes nothing
    /// and tells what it did the first time. A person's letter makes it our turn again.
    pub async fn receive(&self, letter: Parsed) -> Result<Received> {
        let mut letter = letter;
        let _laying = self.laying().read().await;
        let files = self
            .lay_down(std::mem::take(&mut letter.attachments))
            .await?;
        let mut tx = self.begin().await?;
        if run!(tx, TAKE, &letter.raw_id) == 0 {
            let before: Option<(ConversationId, i64, InboxId, MessageId)> =
                find_in!(tx, BEFORE, &letter.raw_id);
            let (conversation_id, number, inbox_id, message_id) =
                before.ok_or(Error::Missing("letter"))?;
            return Ok(Received {
                conversation_id,
                number,
                inbox_id,
                message_id,
                first_time: false,
            });
        }
        let inbox: Option<(InboxId,)> = find_in!(tx, RAW, &letter.raw_id);
        let (inbox_id,) = inbox.ok_or(Error::Missing("letter"))?;
        let (conversation_id, number) = conversation(&mut tx, &inbox_id, &letter).await?;
        let message_id = MessageId::fresh();
        let text = plain(&letter.text);
        run!(
            tx,
            ADD,
            &conversation_id,
            &message_id,
            MessageKind::from(letter.kind),
            plain(&letter.from_name),
            plain(&letter.from_address),
            letter.reply_to.as_deref().map(plain),
            plain(&letter.to_line),
            plain(&letter.cc_line),
            plain(&letter.subject),
            plain(&letter.message_id),
            letter.in_reply_to.as_deref().map(plain),
            plain(&letter.refs),
            &letter.raw_id,
            Marks::json(&letter.marks),
            letter.created_at,
            letter.sent_at,
            &text,
            letter.html.as_deref().map(plain)
        );
        run!(
            tx,
            ADD_MESSAGE_ID,
            plain(&letter.message_id),
            &conversation_id,
            &message_id
        );
        attachments::add(&mut tx, &conversation_id, &message_id, &files).await?;
        let from = if letter.from_name.trim().is_empty() {
            &letter.from_address
        } else {
            &letter.from_name
        };
        run!(
            tx,
            SAID,
            &conversation_id,
            preview(&text),
            plain(from),
            letter.created_at
        );
        if letter.kind != LetterKind::AutoReply {
            run!(tx, OUR_TURN, &conversation_id);
        }
        run!(tx, MADE, &letter.raw_id, &conversation_id, &message_id);
        if letter.kind == LetterKind::Mail {
            let what = facts::payload(&conversation_id, Some(&message_id));
            jobs::enqueue(&mut tx, facts::LOOK_UP, &what, letter.created_at).await?;
        }
        tx.commit().await?;
        Ok(Received {
            conversation_id,
            number,
            inbox_id,
            message_id,
            first_time: true,
        })
    }

    /// The first of these Message-IDs that a conversation of this inbox knows, and who takes part in it.
    pub async fn threads_for(
        &self,
        inbox: &InboxId,
        message_ids: &[String],
    ) -> Result<Option<ThreadFound>> {
        for message_id in message_ids.iter().take(THREAD_LOOKUPS_MAX) {
            let known: Option<(ConversationId,)> = find!(self, KNOWS, inbox, message_id);
            if let Some((conversation_id,)) = known {
                let participants = self.participants(&conversation_id).await?;
                return Ok(Some(ThreadFound {
                    conversation_id,
                    participants,
                }));
            }
        }
        Ok(None)
    }

    /// Every address that has written in this conversation or was written to, lower-case.
    pub async fn participants(&self, conversation: &ConversationId) -> Result<Vec<String>> {
        let wrote: Vec<(String,)> = list!(self, WROTE, conversation);
        let written_to: Vec<(String,)> = list!(self, WRITTEN_TO, conversation);
        let customers: Vec<(String,)> = list!(self, CUSTOMERS, conversation);
        let all: BTreeSet<String> = [wrote, written_to, customers]
            .iter()
            .flatten()
            .flat_map(|(addresses,)| addresses.lines())
            .map(|address| address.trim().to_lowercase())
            .filter(|address| !address.is_empty())
            .collect();
        Ok(all.into_iter().collect())
    }
}

/// The conversation that was decided on, or a new one.
async fn conversation(
    tx: &mut Tx,
    inbox: &InboxId,
    letter: &Parsed,
) -> Result<(ConversationId, i64)> {
    if let Target::Conversation(id) = &letter.target {
        let there: Option<(i64,)> = find_in!(tx, THERE, id, inbox);
        if let Some((number,)) = there {
            return Ok((id.clone(), number));
        }
    }
    let customer = customers::whose(
        tx,
        &plain(&letter.from_address),
        &plain(&letter.from_name),
        letter.created_at,
    )
    .await?;
    let number = new_number(tx).await?;
    let id = ConversationId::fresh();
    run!(
        tx,
        BEGIN,
        &id,
        number,
        inbox,
        customer,
        plain(&letter.subject),
        letter.created_at
    );
    Ok((id, number))
}

/// The next number by which people speak of a conversation.
pub(crate) async fn new_number(tx: &mut Tx) -> Result<i64> {
    let number: Option<(i64,)> = find_in!(tx, NUMBER);
    number
        .map(|(number,)| number)
        .ok_or(Error::Missing("counter"))
}
