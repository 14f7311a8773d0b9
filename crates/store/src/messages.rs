//! Messages: what was said in a conversation, by the customer, by us, and among ourselves.

use crate::limits::THREAD_MESSAGES_MAX;
use crate::outbox::{Delivery, DeliveryRow, newer, timed};
use crate::{
    AgentId, Attachment, ConversationId, ListeningCard, MessageId, RawId, Result, Store, Time,
};
use std::collections::HashMap;
use std::ops::Deref;

words! {
    /// Which way a message goes.
    Direction {
        /// From the customer to us.
        In = "in",
        /// From us to the customer.
        Out = "out",
        /// Among ourselves.
        Note = "note",
    }
}

words! {
    /// What a message is.
    MessageKind {
        /// Written by a person.
        Mail = "mail",
        /// Answered by a machine.
        AutoReply = "auto-reply",
        /// A report that something of ours was not delivered.
        Bounce = "bounce",
        /// A letter so damaged that only its bytes are kept.
        Unreadable = "unreadable",
        /// A private note.
        Note = "note",
        /// A listening card: kept in a table of its own, and shown in the thread as what the customer said.
        Listening = "listening",
    }
}

/// Marks of a message: plain words such as "new sender", stored as a JSON list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marks(pub Vec<String>);

impl From<String> for Marks {
    /// What is not a list reads as no marks: a mark is an aside, never a reason to fail.
    fn from(json: String) -> Self {
        Self(serde_json::from_str(&json).unwrap_or_default())
    }
}

impl Marks {
    pub(crate) fn json(marks: &[String]) -> String {
        serde_json::to_string(marks).unwrap_or_else(|_| "[]".into())
    }
}

impl Deref for Marks {
    type Target = [String];

    fn deref(&self) -> &[String] {
        &self.0
    }
}

/// A message.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Message {
    /// The conversation that it belongs to.
    pub conversation_id: ConversationId,
    /// The id of the row.
    pub id: MessageId,
    /// Which way it goes.
    pub direction: Direction,
    /// What it is.
    pub kind: MessageKind,
    /// Which agent wrote it, if one of us did.
    pub author_id: Option<AgentId>,
    /// The name it was sent under.
    pub from_name: String,
    /// The address it was sent from; empty for a note.
    pub from_address: String,
    /// The address to answer to, when the letter named another than the sender's.
    pub reply_to: Option<String>,
    /// Its To line, for reading.
    pub to_line: String,
    /// Its Cc line, for reading.
    pub cc_line: String,
    /// Its own subject.
    pub subject: String,
    /// Its text; always something to read.
    pub text: String,
    /// Whether there is an HTML form as well; [`Store::html_of`] gives it.
    pub has_html: bool,
    /// The `Message-ID` of its header.
    pub message_id: Option<String>,
    /// The `In-Reply-To` of its header.
    pub in_reply_to: Option<String>,
    /// The `References` of its header, separated by spaces.
    pub refs: String,
    /// Its bytes as they arrived, if it arrived.
    pub raw_id: Option<RawId>,
    /// What a reader should know about it.
    #[sqlx(try_from = "String")]
    pub marks: Marks,
    /// When it came to us or was written here; messages are shown in this order.
    pub created_at: Time,
    /// For a letter to us, the date that it bears; for a reply, when the mail server took it.
    pub sent_at: Option<Time>,
    /// Its files.
    #[sqlx(skip)]
    pub attachments: Vec<Attachment>,
    /// For a reply: what became of it.
    #[sqlx(skip)]
    pub delivery: Option<Delivery>,
    /// For a listening card: the card.
    #[sqlx(skip)]
    pub card: Option<Box<ListeningCard>>,
}

impl Message {
    /// The card as a message of the customer's, so that whoever reads a thread hears what was said as well as what was
    /// written. Its time is when it was kept; one that is being written is the newest of all.
    fn of_card(card: ListeningCard) -> Self {
        Self {
            conversation_id: card.conversation_id.clone(),
            id: MessageId::of_card(&card.id),
            direction: Direction::In,
            kind: MessageKind::Listening,
            author_id: None,
            from_name: card.heard.name.clone(),
            from_address: String::new(),
            reply_to: None,
            to_line: String::new(),
            cc_line: String::new(),
            subject: String::new(),
            text: card.heard.their_words(),
            has_html: false,
            message_id: None,
            in_reply_to: None,
            refs: String::new(),
            raw_id: None,
            marks: Marks::default(),
            created_at: card.kept_at.unwrap_or(card.version),
            sent_at: None,
            attachments: Vec::new(),
            delivery: None,
            card: Some(Box::new(card)),
        }
    }

    /// Whether this is a card that somebody is writing on at this moment.
    pub fn is_being_heard(&self) -> bool {
        self.card
            .as_ref()
            .is_some_and(|card| card.kept_at.is_none())
    }
}

/// A conversation's messages in the order in which they came.
#[derive(Clone, Debug, Default)]
pub struct Thread {
    /// The messages; of a very long conversation the last ones.
    pub messages: Vec<Message>,
    /// How many earlier ones were left out.
    pub left_out: i64,
}

/// The columns of a message without its HTML form, which is asked for alone.
macro_rules! message_columns {
    ($rest:literal) => {
        concat!(
            "select m.conversation_id, m.id, m.direction, m.kind, m.author_id, m.from_name, m.from_address,
                m.reply_to, m.to_line, m.cc_line, m.subject, m.text, m.html is not null as has_html,
                m.message_id, m.in_reply_to, m.refs, m.raw_id, m.marks, m.created_at, m.sent_at
            from messages m ",
            $rest
        )
    };
}
pub(crate) use message_columns;

const LAST: &str =
    message_columns!("where m.conversation_id = $1 order by m.created_at desc, m.id desc limit $2");
const COUNT: &str = "select count(*) from messages where conversation_id = $1";
const FILES: &str =
    "select * from attachments where conversation_id = $1 order by message_id, position";
const DELIVERIES: &str = concat!(
    "select o.id, o.message_id, o.version, o.state, o.problem, o.attempts, o.send_after, o.next_try_at, o.sent_at, ",
    timed!("o"),
    " as timed, ",
    newer!("o"),
    " as newer
    from outbox o where o.conversation_id = $1"
);
const HTML: &str = "select m.html from messages m
    join conversations c on c.id = m.conversation_id
    where m.id = $2 and m.html is not null
    and c.inbox_id in (select inbox_id from inbox_members where agent_id = $1)";

impl Store {
    /// The conversation's messages with their files and deliveries. Ask for the conversation by
    /// number and agent first: that is where it is decided who may see it.
    pub async fn thread(&self, conversation: &ConversationId) -> Result<Thread> {
        let mut messages: Vec<Message> = list!(self, LAST, conversation, THREAD_MESSAGES_MAX);
        messages.reverse();
        let count: Option<(i64,)> = find!(self, COUNT, conversation);
        let left_out = count
            .map_or(0, |(count,)| count - messages.len() as i64)
            .max(0);

        let files: Vec<Attachment> = list!(self, FILES, conversation);
        let mut files_of: HashMap<MessageId, Vec<Attachment>> = HashMap::new();
        for file in files {
            files_of
                .entry(file.message_id.clone())
                .or_default()
                .push(file);
        }
        let deliveries: Vec<DeliveryRow> = list!(self, DELIVERIES, conversation);
        let mut delivery_of: HashMap<MessageId, Delivery> =
            deliveries.into_iter().map(DeliveryRow::split).collect();
        for message in &mut messages {
            message.attachments = files_of.remove(&message.id).unwrap_or_default();
            message.delivery = delivery_of.remove(&message.id);
        }
        let cards = self.cards_of(conversation).await?;
        if !cards.is_empty() {
            messages.extend(cards.into_iter().map(Message::of_card));
            // A card that is being written stays last, whatever came meanwhile: it is what they say now.
            messages.sort_by_key(|message| (message.is_being_heard(), message.created_at));
        }
        Ok(Thread { messages, left_out })
    }

    /// The sanitised HTML form of a message, if it has one and this agent may see it.
    pub async fn html_of(&self, agent: &AgentId, message: &MessageId) -> Result<Option<String>> {
        let found: Option<(String,)> = find!(self, HTML, agent, message);
        Ok(found.map(|(html,)| html))
    }
}
