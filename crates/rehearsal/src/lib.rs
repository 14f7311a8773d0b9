//! A difficult moment to practise on: a simulated customer whose heat, trust and clarity move by what a reply does.
//!
//! ```
//! use unruffled_engine::Engine;
//! use unruffled_rehearsal::{Rehearsal, Shelf};
//!
//! let engine = Engine::embedded();
//! let shelf = Shelf::embedded();
//! let story = shelf.get("the-gate-beeps").expect("it is one of ours");
//! let mut rehearsal = Rehearsal::begin(&engine, &shelf.lines, story, 7);
//! let turn = rehearsal.reply("You should have told us about your new name.").expect("it is not over");
//! assert!(turn.after.heat() > turn.before.heat());
//! ```
//!
//! No clock, no disk and no chance of its own: the same story, seed and replies give the same rehearsal. What a reply does is
//! what the engine's review finds in it ([`deed`](Deed)); nothing here looks for words. A story is a file, see `stories/README.md`.

mod chance;
mod deed;
mod heard;
pub mod limits;
mod lines;
mod model;
mod parse;
mod prove;
mod rehearsal;
mod sections;
mod shelf;
mod state;
mod story;

pub use deed::Deed;
pub use lines::Lines;
pub use model::{Line, Role, Slip};
pub use parse::parse;
pub use prove::prove;
pub use rehearsal::{Contrast, Ending, Reason, Rehearsal, Turn, Voice};
pub use shelf::Shelf;
pub use state::{Clarity, State, Trust, Way, Ways, heat_word};
pub use story::{Ask, Fault, Letter, Level, Reaction, Story};
