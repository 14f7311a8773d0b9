//! What reviewing a draft yields. Every span is a byte range of the draft that was given.

pub(crate) mod answered;
pub(crate) mod echo;
pub(crate) mod families;
pub(crate) mod notes;
pub(crate) mod opposites;
pub(crate) mod promises;

use crate::reading::{Prompt, Span};
use serde::Serialize;

/// How loudly a note may speak.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Weight {
    /// In the panel, only when opened.
    Quiet,
    /// An underline and a line at the side.
    LookAgain,
    /// An underline, a sentence, and one more key at Send. Never a block.
    Pause,
}

/// How far an edit may be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Trust {
    /// Keeps the meaning; one key takes it.
    Safe,
    /// A person has to choose between or fill in something first.
    Choose,
    /// Shown as an example only.
    DisplayOnly,
}

/// Replace `start..end` of the draft by `with`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fix {
    pub start: usize,
    pub end: usize,
    pub with: String,
    pub trust: Trust,
}

/// Something in a draft to look at again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Note {
    /// Taxonomy code, such as `V16`.
    pub code: String,
    /// The card's id: its file name without `.md`.
    pub card: String,
    pub weight: Weight,
    #[serde(flatten)]
    pub span: Span,
    /// One sentence of reason.
    pub says: String,
    /// Other ways to say it.
    pub instead: Vec<String>,
    pub fix: Option<Fix>,
    /// Heard by a learned reader where the card's own patterns are silent: worth a glance, and nothing may be worked out from it.
    pub hint: bool,
}

/// Something a draft already does well.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Virtue {
    pub code: String,
    pub card: String,
    #[serde(flatten)]
    pub span: Span,
}

/// An ask of the customer, ticked or open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AskState {
    /// The ask, in the customer's words.
    pub text: String,
    pub answered: bool,
    /// The words of the draft that answer it.
    pub by: Option<Span>,
}

/// What a draft says back of the customer's message. Words, never a score: two of their nouns show that somebody read it
/// (EVIDENCE 7d, G01).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Echo {
    /// Their content words, or forms of them, where the draft first uses each.
    pub words: Vec<Span>,
    /// The sentence that names their situation, when nothing is explained before it: two of their words or words of the
    /// same family, or one beside an apology or an acknowledgement.
    pub named_before_explaining: Option<Span>,
}

/// Something the draft promises.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Promise {
    #[serde(flatten)]
    pub span: Span,
    /// Who will do it, where the words name a person or us: "I", "our engineer". A thing ("your refund") is nobody.
    pub who: Option<Span>,
    /// What will be done, its time included: "ring you by four".
    pub what: Span,
    /// RFC 3339, where it can be worked out from "now".
    pub due: Option<String>,
    /// True when a time is promised that is none ("soon"), or an answer at no time at all.
    pub vague: bool,
    /// True when it hangs on something ("if the part comes").
    pub conditional: bool,
}

/// How sure we are of a known fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FactState {
    #[default]
    Checked,
    Claimed,
    Disputed,
}

/// A fact the desk knows, given with a draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, serde::Deserialize)]
pub struct KnownFact {
    /// The fact in words: "dispatched at 9:12 on 4 May".
    pub text: String,
    #[serde(default)]
    pub state: FactState,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// What one draft says and leaves out.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Review {
    /// The language that the draft is in; none where it is not one we know, and then only what does not depend on language
    /// was looked at.
    pub language: Option<crate::Language>,
    pub notes: Vec<Note>,
    pub virtues: Vec<Virtue>,
    pub asks: Vec<AskState>,
    pub promises: Vec<Promise>,
    /// What it says back of the message; `None` when there is no message, or one in another language.
    pub echo: Option<Echo>,
    /// What its notes make an offer; what the message makes one stands in its reading.
    pub prompts: Vec<Prompt>,
}
