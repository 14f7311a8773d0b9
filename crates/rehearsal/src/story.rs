//! A story to rehearse with, as its file says.

use crate::deed::Deed;
use crate::state::{Clarity, State, Trust};
use jiff::Zoned;
use serde::Serialize;
use std::fmt;
use unruffled_engine::{FactState, Heat, KnownFact};

/// How hard a story is to keep calm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    Easy,
    Middle,
    Hard,
    VeryHard,
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Level::Easy => "easy",
            Level::Middle => "middle",
            Level::Hard => "hard",
            Level::VeryHard => "very hard",
        })
    }
}

/// Something a letter wants to know.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ask {
    pub words: String,
    /// How it is asked once more.
    pub again: Vec<String>,
    /// What answers it, in plain words.
    pub answers: Vec<String>,
}

/// What they say to a deed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reaction {
    pub deed: Deed,
    pub lines: Vec<String>,
}

/// One letter of the customer's, with two ways to answer it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Letter {
    /// One version at least.
    pub words: Vec<String>,
    /// Makes things calmer; one version at least.
    pub well: Vec<String>,
    /// Makes things hotter; one version at least.
    pub badly: Vec<String>,
    pub asks: Vec<Ask>,
    pub reactions: Vec<Reaction>,
}

/// A moment to rehearse.
#[derive(Debug, Clone, PartialEq)]
pub struct Story {
    /// The file's name without `.md`.
    pub id: String,
    pub title: String,
    /// Where one sits, in a sentence or two.
    pub place: String,
    pub trade: String,
    /// `H1` to `H8`.
    pub what_if: String,
    pub level: Level,
    /// Who writes.
    pub customer: String,
    pub heat: Heat,
    pub trust: Trust,
    pub clarity: Clarity,
    pub now: Option<Zoned>,
    /// What the desk can see.
    pub facts: Vec<KnownFact>,
    /// What may be done without asking anybody.
    pub offers: Vec<String>,
    /// What they do not say at first.
    pub behind: String,
    /// The if-then that may be taken along.
    pub plan: String,
    pub letters: Vec<Letter>,
    /// What they tell when a question fits.
    pub if_asked: Vec<String>,
    /// Last words when it went well, and when it did not.
    pub calm: Vec<String>,
    pub hot: Vec<String>,
}

impl Story {
    /// Where the moment begins.
    pub fn begins(&self) -> State {
        State::new(self.heat, self.trust, self.clarity)
    }

    /// Everything that may be stated: the facts, and what may be offered.
    pub(crate) fn known(&self) -> Vec<KnownFact> {
        let offers = self.offers.iter().map(|offer| KnownFact {
            text: offer.clone(),
            state: FactState::Checked,
            source: None,
        });
        self.facts.iter().cloned().chain(offers).collect()
    }
}

/// Something wrong in a file, ready to be printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub file: String,
    /// From 1; 0 where it is about the file as a whole.
    pub line: usize,
    pub says: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.file, self.says),
            line => write!(f, "{}:{line}: {}", self.file, self.says),
        }
    }
}

impl std::error::Error for Fault {}
