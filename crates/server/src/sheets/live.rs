//! Live moments, and all that is held about a person, as pages are given them.

use unruffled_store::{Heard, LiveChannel};

/// Somebody who waits: one line above the list.
#[derive(Debug, Clone)]
pub struct KnockSheet {
    pub id: String,
    /// "Mr Jones is at the counter about his pool pass"
    pub words: String,
    /// Whether it waits for whoever reads this: then Enter opens it. Else they announced it, and see that it waits.
    pub for_me: bool,
}

/// The line in which somebody is announced, and what goes with it.
#[derive(Debug, Clone, Default)]
pub struct AnnouncingSheet {
    pub line: String,
    pub channel: String,
    /// Whom it is for; "" for whoever is free.
    pub meant_for: String,
    pub colleagues: Vec<super::Person>,
    /// Who may be meant; shown and chosen from, never guessed.
    pub candidates: Vec<CandidateSheet>,
    pub problem: Option<String>,
}

/// A customer who may be meant.
#[derive(Debug, Clone, serde::Serialize)]
pub struct CandidateSheet {
    pub id: String,
    pub name: String,
    /// What tells them apart from another of the same name.
    pub known_by: String,
}

/// Who is meant by a knock of which nobody said it yet.
#[derive(Debug, Clone)]
pub struct ChoosingSheet {
    pub id: String,
    pub words: String,
    pub candidates: Vec<CandidateSheet>,
}

/// The card that is written on.
#[derive(Debug, Clone)]
pub struct ListeningSheet {
    pub channel: LiveChannel,
    pub version: i64,
    pub heard: Heard,
    pub kept_at: Option<i64>,
    /// What to say and do now, the first line first.
    pub edge: Vec<String>,
    /// Whether the conversation is a live moment whose card waits to be written: it is shown first.
    pub first: bool,
    /// The card that was kept last, if keeping it can be taken back.
    pub kept_card: Option<String>,
}

/// A card that was kept, in the thread.
#[derive(Debug, Clone)]
pub struct KeptCardSheet {
    pub channel: LiveChannel,
    pub by: String,
    pub heard: Heard,
}

/// A live moment of the same person, beside this conversation.
#[derive(Debug, Clone)]
pub struct AlsoSheet {
    pub number: i64,
    pub subject: String,
    pub channel: LiveChannel,
    pub at: i64,
    pub joined: bool,
}

/// One line of history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistorySheet {
    pub number: i64,
    pub words: String,
}

/// Everything that is held about a customer: shown, written out, erased.
#[derive(Debug, Clone)]
pub struct CustomerPageSheet {
    pub around: super::Around,
    pub person: super::CustomerSheet,
    /// What is held, and how many.
    pub holdings: Vec<(&'static str, i64)>,
    /// How many conversations belong to inboxes of others.
    pub elsewhere: i64,
    pub conversations: Vec<super::Row>,
    pub problem: Option<String>,
}
