//! What one rehearses with: the stories at hand, a story made from a nameless moment, and the hand-out of a workshop.
//!
//! Of a rehearsal itself nothing is kept: the page holds what was answered, and every answer plays it again from the start.

mod made;
mod standing;
pub mod workshop;

pub use made::{Telling, made_from, waiting};
pub use standing::Standing;
