//! Asked against answered: which sentence of the draft answers which ask.

use crate::scene::Scene;
use crate::{Ask, AskState};

/// Each ask, ticked with the words that answer it, or open.
pub fn match_asks(_scene: &Scene<'_>, asks: &[Ask]) -> Vec<AskState> {
    asks.iter().map(|ask| AskState { text: ask.span.text.clone(), answered: false, by: None }).collect()
}
