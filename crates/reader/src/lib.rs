//! A second learned reader, off the typing path: the first three layers of MiniLM, fine-tuned as one body with a head for
//! each task, in our own integer inference.
//!
//! It leans on the engine's interface alone: [`Encoder`] is a [`Reader`](unruffled_engine::Reader), and what it hears goes to
//! the engine with the message ([`MessageInput::leans`](unruffled_engine::MessageInput)). Two milliseconds a sentence are too
//! much for a keystroke and nothing when a message arrives. Where it is off or its file is missing, everything works without.
//!
//! The weights lie in `model/reader.int8` beside this crate, with NOTICE.md; `eval/train/train.py` makes them.

mod encoder;
mod fold;
mod layer;
mod model;
mod numbers;
mod pieces;

pub use encoder::Encoder;
pub use fold::held_out;
pub use model::ModelFault;
