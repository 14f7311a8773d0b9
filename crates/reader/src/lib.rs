//! A second learned reader, off the typing path: MiniLM fine-tuned, in our own integer inference.
//!
//! Three bodies share a table of words. The first three layers, with a head for each task, hear what a sentence does
//! (`reader.int8`); all six, trained on pairs of our own, hear what is asked and which asks a draft answers (`answers.int8`); all six
//! once more, trained on drafts beside what is on file, hear what is stated, known and undertaken (`statements.int8`).
//!
//! It leans on the engine's interface alone: [`Encoder`] is a [`Reader`](unruffled_engine::Reader), and what it hears goes to
//! the engine with the message ([`MessageInput::leans`](unruffled_engine::MessageInput)) and with the draft
//! ([`DraftInput::answers`](unruffled_engine::DraftInput), [`DraftInput::statements`](unruffled_engine::DraftInput)). That is
//! too slow for a keystroke and nothing when somebody pauses. Where it is off or its file is missing, everything works without.
//!
//! The weights lie in `model/`, with NOTICE.md; `eval/train/train.py` makes them.

mod answers;
mod body;
mod bytes;
mod encoder;
mod fold;
mod layer;
mod model;
mod numbers;
mod pieces;
mod statements;

pub use bytes::ModelFault;
pub use encoder::{BUILT_IN, Encoder, OFF};
pub use fold::held_out;
