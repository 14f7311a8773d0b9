//! What is offered after a moment, to the person whose it was.

use super::Person;

/// Both are worked out when the page is opened; what becomes of them the desk never hears.
#[derive(Debug, Clone, Default)]
pub struct LandingSheet {
    /// Closed just now, and it was a hard moment.
    pub hard: bool,
    /// Thanks for this agent's work, in the customer's last words.
    pub thanks: Option<ThanksSheet>,
    /// They thank a colleague, who has not got this conversation and would not see it.
    pub thanks_of: Option<Person>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThanksSheet {
    pub message_id: String,
    /// Whole sentences.
    pub words: String,
}
