//! Bytes to letters and letters to bytes, and the two network ends: IMAP in, SMTP out.
//!
//! This crate knows MIME and the mail servers, and nothing of databases, pages or the engine.
//! Three promises hold it together:
//!
//! 1. **Nothing is dropped.** [`letter::parse`] takes any bytes at all and gives a [`Letter`]. What
//!    was wrong with them becomes [`Mark`]s in plain words, never an error.
//! 2. **Nothing is taken before it is kept.** [`imap::Fetcher`] hands over one letter at a time and
//!    asks for the next only when the caller has stored the one before. It keeps no flags on the
//!    server; the place reached is the caller's, as UIDVALIDITY and last UID.
//! 3. **Nothing is said to be sent that may not be.** [`smtp::send`] tells apart accepted, later,
//!    refused and unsure, and lets the caller write down "handing over" just before the bytes go.
//!
//! A letter's way in: `imap` or `import` → raw bytes → `letter::parse` (with `html`, `flowed`, `auto`,
//! `bounce`) → `quote::split` when it is shown. A letter's way out: `thread::sign` →
//! `compose::letter` → `smtp::send` or `drop_folder::send`.
//!
//! Message-IDs are written without their angle brackets everywhere in this crate.

pub mod auto;
pub mod bounce;
pub mod compose;
pub mod drop_folder;
pub mod html;
pub mod imap;
pub mod import;
pub mod letter;
pub mod limits;
pub mod quote;
pub mod smtp;
pub mod thread;

mod address;
mod flowed;
mod mark;
mod mime;
mod secret;
mod tls;
mod unreached;
mod visible;

pub use address::{Address, Envelope};
pub use bounce::{Action, Bounce};
pub use letter::{Attachment, Kind, Letter};
pub use mark::Mark;
pub use secret::Secret;
pub use tls::Tls;
