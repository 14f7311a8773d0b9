//! What they say beside what we know.

pub use unruffled_store::FactState;

/// One line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactSheet {
    pub id: String,
    /// The message that says it; none where no message does.
    pub message: Option<String>,
    /// What they say, in their words; "" where it is only we who know it.
    pub claim: String,
    /// What we know, in words; "" where nothing is known.
    pub known: String,
    /// Where from, as people say it: "the member list".
    pub source: String,
    /// How it stands, the check by hand included.
    pub state: FactState,
    /// When the records said it.
    pub at: i64,
    /// Who checked it by hand, where and when; none where nobody did.
    pub by_hand: Option<HandCheck>,
    /// Who wrote the line down; none where the records gave it.
    pub author: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandCheck {
    pub who: String,
    /// Where they looked, in their words; may be "".
    pub source: String,
    pub at: i64,
}

/// All of it, and what could not be asked.
#[derive(Debug, Clone, Default)]
pub struct FactsSheet {
    pub lines: Vec<FactSheet>,
    pub troubles: Vec<TroubleSheet>,
    /// Places to look that a circle has named.
    pub places: Vec<String>,
}

/// A source that did not answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TroubleSheet {
    pub source: String,
    /// "did not answer within 2 s".
    pub problem: String,
    pub asked_at: i64,
}
