//! What each page is given: plain facts, ready to be shown, nothing left to look up.
//!
//! A sheet is filled by a handler in `rooms` and read by a template in `pages`. Times are
//! microseconds UTC; [`Around::tz`] is the desk's time zone to show them in.

pub mod breaks;
mod facts;
mod landing;
mod live;
mod options;
mod promises;
mod rehearsal;

pub use facts::{FactSheet, FactState, FactsSheet, HandCheck, TroubleSheet};
pub use landing::{LandingSheet, ThanksSheet};
pub use live::{
    AlsoSheet, AnnouncingSheet, CandidateSheet, ChoosingSheet, CustomerPageSheet, HistorySheet,
    KeptCardSheet, KnockSheet, ListeningSheet,
};
pub use options::{
    NodNeeded, NodSheet, OptionRow, OptionSheet, OptionsSheet, PlaybookGroup, PlaybookLine,
    PlaybookSheet,
};
pub use promises::{LedgerSheet, PromisesSheet, ToldSheet};
pub use rehearsal::{
    Possibility, RehearsalSheet, RoomSheet, ScreenSheet, ShelfSheet, StoryGroup, StoryLine,
    StorySheet, WorkshopSheet,
};
pub mod backup;
pub mod circle;
pub mod own;
pub mod workload;

use backup::{BackupSheet, CallLine, Colleague, OwnWord, SafetySheet};
use breaks::BreaksSheet;
use unruffled_engine::{Heat, Reading};

/// Which conversations the list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Standing {
    #[default]
    Open,
    Waiting,
    Done,
}

impl Standing {
    pub fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Waiting => "waiting",
            Self::Done => "done",
        }
    }
}

/// Mine, or everybody's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Whose {
    Mine,
    #[default]
    All,
}

impl Whose {
    pub fn word(self) -> &'static str {
        match self {
            Self::Mine => "mine",
            Self::All => "all",
        }
    }
}

/// The log-in page.
#[derive(Debug, Clone, Default)]
pub struct LoginSheet {
    /// What was typed, so that it need not be typed again.
    pub login: String,
    /// Where to go afterwards: always an address on this desk, "" for the inbox.
    pub next: String,
    /// What went wrong, in a sentence.
    pub problem: Option<String>,
}

/// What surrounds every page inside the desk: who is here, and the list at the left.
#[derive(Debug, Clone)]
pub struct Around {
    pub agent: Person,
    pub inbox_name: String,
    pub standing: Standing,
    pub whose: Whose,
    pub rows: Vec<Row>,
    /// `?before=` of the next page, when there is one.
    pub older: Option<String>,
    pub open_count: i64,
    pub waiting_count: i64,
    pub done_count: i64,
    /// How far the bus was before anything here was read.
    pub mark: String,
    pub now: i64,
    pub tz: jiff::tz::TimeZone,
    /// True where outgoing letters go to a folder on this machine and nowhere else.
    pub drop_folder: bool,
    /// One calm sentence while mail cannot be fetched; nothing while all is well.
    pub mail_problem: Option<String>,
    /// One sentence while the organisation's own cards and words have a fault.
    pub words_problem: Option<String>,
    /// Promises that are brought up to this agent now.
    pub brought_up: Vec<unruffled_store::Promise>,
    /// Everybody at this desk with whether they are around: whoever is first, this agent last.
    pub people: Vec<Colleague>,
    pub own: OwnWord,
    pub breaks: BreaksSheet,
    /// Colleagues who call for this agent, or for anyone.
    pub calls: Vec<CallLine>,
    /// The same while an option of the playbook has one.
    pub playbook_problem: Option<String>,
    /// Nods that wait for this agent, the longest first.
    pub nods: Vec<NodSheet>,
    /// Who waits at the counter or on the phone.
    pub knocks: Vec<KnockSheet>,
}

/// Somebody who works at this desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub id: String,
    pub login: String,
    pub name: String,
}

/// One line of the list.
#[derive(Debug, Clone)]
pub struct Row {
    pub number: i64,
    pub customer_name: String,
    pub subject: String,
    pub preview: String,
    pub assignee_name: Option<String>,
    pub updated_at: i64,
}

/// The inbox with no conversation chosen.
#[derive(Debug, Clone)]
pub struct InboxSheet {
    pub around: Around,
}

/// A conversation: the product.
#[derive(Debug, Clone)]
pub struct ConversationSheet {
    pub around: Around,
    pub number: i64,
    pub subject: String,
    pub standing: Standing,
    pub assignee: Option<Person>,
    /// Everybody it could be assigned to, this agent first.
    pub colleagues: Vec<Person>,
    pub customer: CustomerSheet,
    /// Oldest first.
    pub messages: Vec<MessageSheet>,
    /// True when the middle of a very long conversation is left out of the page.
    pub cut: bool,
    /// The reading of the last message the customer wrote; none when nothing is to be said.
    pub reading: Option<ReadingSheet>,
    /// What they say beside what we know.
    pub facts: FactsSheet,
    /// What is possible, beside the composer.
    pub options: OptionsSheet,
    /// Nods asked for here, in the order in which they were.
    pub nods: Vec<NodSheet>,
    /// The card of what is heard, written on or blank.
    pub listening: ListeningSheet,
    /// Live moments of the same person in the last two weeks.
    pub also: Vec<AlsoSheet>,
    /// Whom a reply goes to; none when no address is known.
    pub to: Option<Address>,
    /// What was promised to this customer.
    pub promises: PromisesSheet,
    /// A landing, and thanks to keep, for this agent alone.
    pub landing: LandingSheet,
    pub reply: DraftSheet,
    pub note: DraftSheet,
    /// A sentence above the composer, when a form without script was refused.
    pub problem: Option<String>,
    pub undo_seconds: u32,
    /// What comes before everything else; none where all is well.
    pub safety: Option<SafetySheet>,
    pub backup: BackupSheet,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Address {
    pub name: String,
    pub address: String,
}

/// The person before us, as far as they told us; nothing here is worked out about them.
#[derive(Debug, Clone, Default)]
pub struct CustomerSheet {
    pub id: String,
    /// As they sign it.
    pub name: String,
    /// How they want to be addressed.
    pub addressed_as: String,
    /// What matters to them, in their own words, and since when we may keep that.
    pub matters: String,
    pub matters_agreed_at: Option<i64>,
    pub addresses: Vec<String>,
    pub phones: Vec<String>,
    pub since: i64,
    /// Their other conversations, a line each, newest first.
    pub history: Vec<HistorySheet>,
    /// What worked last time, where it is known.
    pub worked: Option<String>,
}

/// Who speaks in a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Voice {
    Customer,
    Agent,
    /// Private: only the team sees it.
    Note,
    /// An automatic answer, or a letter saying that a letter did not arrive.
    Machine,
}

#[derive(Debug, Clone)]
pub struct MessageSheet {
    pub id: String,
    pub voice: Voice,
    pub from: Address,
    /// What was newly written.
    pub fresh: String,
    /// Quoted history and signature, folded; "" when there is none.
    pub quoted: String,
    /// True when the letter came with a layout of its own: `/messages/{id}/frame` shows it.
    pub has_layout: bool,
    /// True when the letter as it came is kept: `/messages/{id}/raw`.
    pub has_raw: bool,
    /// Plain words such as "new sender", "answered by a machine".
    pub marks: Vec<String>,
    pub attachments: Vec<AttachmentSheet>,
    pub at: i64,
    pub delivery: Option<DeliverySheet>,
    /// For a listening card: what is on it.
    pub card: Option<KeptCardSheet>,
}

#[derive(Debug, Clone)]
pub struct AttachmentSheet {
    pub id: String,
    pub name: String,
    pub bytes: i64,
}

/// How far a reply has got.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DeliveryState {
    Waiting,
    HandingOver,
    Sent,
    Refused,
    Unsure,
}

/// The state of one reply; the same shape is sent to the browser as JSON.
#[derive(Debug, Clone, serde::Serialize)]
pub struct DeliverySheet {
    /// The id for `/replies/{id}/withdrawal` and its kin.
    pub id: String,
    pub version: i64,
    pub state: DeliveryState,
    /// One line in words: "Waiting; goes out at 10:14:05." "Sent 10:14." "Not delivered yet: …"
    pub words: String,
    /// While it can still be taken back: the moment it goes out (microseconds UTC).
    pub undo_until: Option<i64>,
    /// Whether its author chose when it goes.
    pub timed: bool,
    pub sent_at: Option<i64>,
}

/// What the customer's last message says; its spans are bytes of that message's `fresh` words.
#[derive(Debug, Clone)]
pub struct ReadingSheet {
    pub reading: Reading,
    /// The languages that the desk reads, in words: "English".
    pub languages: String,
    /// True for hot and very hot words: the breath and the what-if are offered.
    pub hot: bool,
    /// How warm the words before these were; none when these are the first.
    pub before: Option<Heat>,
}

/// A draft as its author left it; opened with their own key.
#[derive(Debug, Clone, Default)]
pub struct DraftSheet {
    pub body: String,
    /// Indices of asks that were ticked by hand.
    pub ticks: Vec<usize>,
    /// 0 when there is none yet; sent back with every save.
    pub version: i64,
    pub kept_at: Option<i64>,
    /// The message the draft was begun against; differs when something new arrived since.
    pub answered_for: Option<String>,
    /// What was said about the draft's promises, as JSON; "" where nothing was.
    pub promises: String,
    /// A random word for the form's hidden `once`: the same form sent twice is one reply.
    pub once: String,
}

/// The demo's outgoing letters.
#[derive(Debug, Clone)]
pub struct DropSheet {
    pub around: Around,
    pub folder: String,
    pub letters: Vec<DroppedLetter>,
}

#[derive(Debug, Clone)]
pub struct DroppedLetter {
    pub to: String,
    pub from: String,
    pub subject: String,
    pub text: String,
    pub at: i64,
}

/// "Why this?": a card's own words.
#[derive(Debug, Clone)]
pub struct CardSheet {
    pub title: String,
    /// The card in blocks, so that no Markdown reaches a page as HTML.
    pub blocks: Vec<CardBlock>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CardBlock {
    Heading(String),
    Paragraph(String),
    List(Vec<String>),
    /// An example, line for line.
    Example(String),
}

/// The one error page.
#[derive(Debug, Clone)]
pub struct OopsSheet {
    /// What happened, as a heading.
    pub title: String,
    /// What happened, what is safe, in one or two sentences.
    pub says: String,
    /// What to do: words of the link.
    pub way_out: String,
    pub way_out_href: String,
}
