//! The room of one's own: how what a person keeps for themselves is locked, so that only their passphrase opens it.
//!
//! Everything here runs in the browser, as a small WebAssembly module inside a worker; the server only serves it and keeps
//! what comes out. Natively it is the same code, so that tests can be the browser.
//!
//! * A room has one random key ([`Key`]). It is wrapped twice: with a key that Argon2id makes of the passphrase, and with
//!   one that it makes of the printed recovery key ([`recovery`]). A new passphrase wraps it anew; nothing else is sealed again.
//! * What is kept is sealed with XChaCha20-Poly1305, bound to its owner and to its own random id, and padded to one of a
//!   few lengths ([`mod@seal`]).
//! * While a room is open, its key is lent out once more, wrapped with a key that the server makes of the session's token;
//!   after logging out the server cannot make that key any more.
//!
//! No I/O, no clock, and no chance of its own: nonces, salts and keys are arguments.

mod fields;
pub mod key;
pub mod limits;
pub mod recovery;
pub mod seal;
pub mod web;

pub use key::{Costs, Key, Purpose};
pub use recovery::Recovery;

/// Why something could not be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// What was given is not what is asked for: a length, a missing part.
    Malformed,
    /// This key does not open these bytes: a wrong passphrase, or bytes that belong somewhere else.
    DoesNotOpen,
    /// No room is open.
    Locked,
    /// Longer than what is kept in one piece.
    TooLong,
    /// Less work than a passphrase needs, or more than a browser can do.
    Costs,
    /// This group of a recovery key (the first is 1) does not hold together: a slip of the pen.
    Typo(u8),
}
