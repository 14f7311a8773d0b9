//! Sheets of backup: who is around, who calls, the two of a call, what a pause offers, what comes first.

use crate::send_times::SendTime;
use crate::summary::Line;

/// Somebody of this desk and whether they are around, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Colleague {
    pub id: String,
    pub name: String,
    /// "around", "in a moment", "on a break, back about 14:20", "away".
    pub word: String,
    pub me: bool,
}

/// What this agent says of themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OwnWord {
    #[default]
    Here,
    Break,
    Away,
}

/// A colleague's call that this agent could answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallLine {
    pub number: i64,
    pub caller: String,
    /// "" where they did not say.
    pub wanted: String,
    pub customer: String,
    pub subject: String,
    /// Asked by name, and not as anyone.
    pub by_name: bool,
}

/// Where the call of a conversation stands, as this agent sees it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum CallStanding {
    /// Nobody is called, or it is between two others.
    #[default]
    None,
    /// This agent called and nobody has come yet.
    Waiting {
        /// None for anyone.
        whom: Option<String>,
        since: i64,
        /// Nobody came for some minutes: whom one could ask next.
        late: bool,
        next: Option<Colleague>,
    },
    /// A colleague calls, and this agent looks at the conversation without having come.
    Asked { caller: String, wanted: String },
    /// This agent called, and somebody came.
    Helped {
        by: String,
        /// They have the conversation before them now.
        here: bool,
        /// They have taken it over.
        taken: bool,
        /// Whether the draft is shown to them.
        shows_draft: bool,
    },
    /// This agent came.
    Helping {
        whom: String,
        taken: bool,
        /// The draft that is shown to them.
        draft: Option<String>,
    },
    /// It is over, and what was whispered can still be kept.
    Over { other: String },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WhisperSheet {
    pub id: String,
    pub author: String,
    pub mine: bool,
    pub text: String,
    pub at: i64,
}

/// What the one who comes reads first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BriefingSheet {
    pub caller: String,
    pub wanted: String,
    pub lines: Vec<Line>,
}

/// Words that are offered for the reply: a person puts them in, and sends them or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfferSheet {
    pub label: String,
    pub words: String,
}

/// Everything about backup and pause that a conversation shows.
#[derive(Debug, Clone, Default)]
pub struct BackupSheet {
    pub call: CallStanding,
    pub whispers: Vec<WhisperSheet>,
    pub briefing: Option<BriefingSheet>,
    pub offers: Vec<OfferSheet>,
    pub send_times: Vec<SendTime>,
    /// The line for calling somebody in stands open: asked for by address, for pages without script.
    pub asking: bool,
}

/// What stands in the place of all coaching where somebody may be at risk, or words cross a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SafetySheet {
    pub risk: bool,
    /// The words that are the reason.
    pub words: Vec<String>,
    /// The organisation's procedure, a step a line.
    pub steps: Vec<String>,
    /// A name and a number; "" where none was filled in.
    pub call: String,
    /// "" where none was filled in.
    pub emergency: String,
    pub boundary: String,
    /// Where deeds go: the conversation's number; none in a fragment for a draft.
    pub number: Option<i64>,
}
