//! What the pages show of the ledger of promises.

use super::Around;
use unruffled_store::Promise;

/// Everything the side of a conversation says about promises.
#[derive(Debug, Clone, Default)]
pub struct PromisesSheet {
    /// Not kept, or late and not settled: the first facts of this moment.
    pub first: Vec<Promise>,
    /// To be kept, and what was settled a moment ago.
    pub lines: Vec<Promise>,
    /// What the customer says that we promised, and nobody has confirmed.
    pub told: Vec<ToldSheet>,
    /// The day on which somebody may look again, offered when a hard moment has just been closed.
    pub check_back: Option<i64>,
    /// One line to begin a letter with, when a look again is due.
    pub look_again: Option<String>,
}

/// What the customer says that we promised.
#[derive(Debug, Clone)]
pub struct ToldSheet {
    pub what: String,
    /// "2026-05-01T16:00" on the desk's clock; empty where they name no time.
    pub local: String,
}

/// The page of promises: what is still to be kept.
#[derive(Debug, Clone)]
pub struct LedgerSheet {
    pub around: Around,
    /// Mine alone, or everybody's.
    pub mine: bool,
    /// The next that is due first, those without a time last.
    pub promises: Vec<Promise>,
}
