//! Text in, findings out: what a customer's message says, and what a draft reply leaves out.
//!
//! ```
//! use unruffled_engine::{DraftInput, Engine, MessageInput};
//!
//! let engine = Engine::embedded();
//! let message = "Where is my parcel, and can I still change the size?";
//! let reading = engine.read(&MessageInput { text: message, ..Default::default() });
//! let review = engine.review(&DraftInput { draft: "It left us on Monday.", message: Some(message), ..Default::default() });
//! assert_eq!(reading.asks.len(), review.asks.len());
//! ```
//!
//! The engine has no I/O, no clock and no randomness: "now" is an argument. Once its cards are loaded it cannot fail.
//! Spans are byte ranges of the text that was given, never of a changed copy.

mod card;
mod condition;
mod deck;
mod detect;
mod engine;
mod glossary;
mod grammar;
mod house;
mod language;
mod learned;
mod list;
mod pattern;
mod prompt;
mod reading;
mod review;
mod scene;
mod sense;
mod text;
mod tongue;
mod typed;
mod words;

pub use card::{Card, CardFault, CardKind, Example, Front};
pub use engine::{DraftInput, Engine, MessageInput};
pub use glossary::Term;
pub use language::Language;
pub use learned::{
    ASK, Answer, Lean, Learned, LearnedFault, NO_ASK, NOT, PROMISE, Reader, Stated, TOLD, Wordings,
    heaviest,
};
pub use reading::*;
pub use review::*;
