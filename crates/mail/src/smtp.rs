//! Mail out: one letter handed to the mail server, with an honest answer about what became of it.

use std::path::PathBuf;

use crate::{Envelope, Secret, Tls};

#[derive(Clone, Debug)]
pub struct Account {
    pub host: String,
    pub port: u16,
    pub tls: Tls,
    /// `None` for a server that asks for no login.
    pub user: Option<String>,
    pub secret: Secret,
    /// A PEM file with a certificate to trust beside the public ones, for a server of one's own.
    pub ca_file: Option<PathBuf>,
    /// The name this machine greets with; its own host name when `None`.
    pub hello: Option<String>,
}

/// What became of a letter. `words` are for the agent: what happened, what is safe, what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The server has taken it over; `response` is what it said.
    Accepted { response: String },
    /// Not handed over. It is safe to try again.
    Later { words: String },
    /// Not handed over, and trying again unchanged will not help.
    Refused { words: String },
    /// The connection broke after the last byte went and before the answer came. It may have been sent or
    /// not; only a person should decide whether to send again.
    Unsure { words: String },
}

/// Hands one letter over. `before_data` runs when the server has agreed to take the letter and before its
/// first byte goes: the place to commit "handing over". If it fails, nothing goes.
pub async fn send<B, F>(
    account: &Account,
    envelope: &Envelope,
    letter: &[u8],
    before_data: B,
) -> Outcome
where
    B: FnOnce() -> F,
    F: Future<Output = Result<(), String>>,
{
    let _ = (account, envelope, letter, before_data);
    todo!()
}
