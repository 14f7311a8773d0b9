//! Sheets of breaks: what is set, and what a person sees of their own.

/// What every page with the list needs to know of breaks.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BreaksSheet {
    /// How many hard moments in a row the team has set; 0 for no limit.
    pub hot_in_a_row: u32,
    /// This agent's own break: "14:20".
    pub back_at: Option<String>,
    /// How long it lasts still, for its page to say when it is over.
    pub left_ms: i64,
}

/// The page of a break.
#[derive(Debug, Clone)]
pub struct BreakSheet {
    pub agent: super::Person,
    pub inbox_name: String,
    pub breaks: BreaksSheet,
}
