//! A reply as bytes: plain text, well-formed headers, the words it answers quoted below.

use jiff::{Timestamp, Zoned};

use crate::{Address, Envelope};

#[derive(Clone, Debug)]
pub struct Outgoing {
    pub from: Address,
    pub to: Vec<Address>,
    pub cc: Vec<Address>,
    pub subject: String,
    /// What the agent wrote, and nothing else.
    pub text: String,
    /// From [`crate::thread::sign`], without brackets.
    pub message_id: String,
    /// Now, in the desk's time zone.
    pub date: Zoned,
    /// The letter answered, quoted below the reply. `None` starts a conversation.
    pub answering: Option<Answered>,
}

#[derive(Clone, Debug)]
pub struct Answered {
    pub from: Address,
    pub date: Option<Timestamp>,
    pub message_id: String,
    pub references: Vec<String>,
    /// The words to quote: usually the fresh part of the letter, without older history.
    pub text: String,
}

#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum Error {
    #[error("There is nobody to send this to. Add an address and send again.")]
    NoRecipient,
    #[error("The address {0:?} cannot be written to. Correct it and send again.")]
    Address(String),
    #[error("The letter could not be written down: {0}.")]
    Form(String),
}

/// Writes a letter for [`crate::smtp::send`]: the envelope and the bytes.
pub fn letter(outgoing: &Outgoing) -> Result<(Envelope, Vec<u8>), Error> {
    let _ = outgoing;
    todo!()
}
