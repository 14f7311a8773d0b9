//! Why mail could not be fetched, in words that say what is safe and what to do.

use std::io;

use crate::tls::CaFileError;

#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    #[error(
        "The mail server {host} could not be reached on port {port} ({}). Letters wait there safely; check the name, the port and the network.",
        crate::unreached::words(source)
    )]
    Unreachable {
        host: String,
        port: u16,
        source: io::Error,
    },
    #[error(
        "The mail server {host} did not answer in time. Letters wait there safely; it is tried again."
    )]
    Slow { host: String },
    #[error(
        "The connection to the mail server {host} ended in the middle. Letters wait there safely; it is tried again."
    )]
    Lost { host: String },
    #[error(
        "Mail from {host} would travel in the open. Set tls to \"implicit\" or \"start-tls\"; \"none\" is only for this machine itself."
    )]
    InTheOpen { host: String },
    #[error(
        "The mail server {host} cannot turn to an encrypted connection here. Nothing was said to it; try tls = \"implicit\" with port 993."
    )]
    NoStartTls { host: String },
    #[error(
        "The mail server {host} could not prove who it is ({reason}). No password was given to it. If it is your own server, name its certificate in ca_file."
    )]
    Certificate { host: String, reason: String },
    #[error(transparent)]
    CaFile(#[from] CaFileError),
    #[error(
        "The mail server refused the password for {user}. Letters wait there safely; correct the password in the settings."
    )]
    Password { user: String },
    #[error(
        "The mail server {host} has no folder named {folder}. Letters wait there safely; correct the folder in the settings."
    )]
    NoFolder { host: String, folder: String },
    #[error(
        "The mail server {host} would not hand over letter {uid} of {folder} ({said}). It lies there safely; it is tried again."
    )]
    LetterRefused {
        host: String,
        folder: String,
        uid: u32,
        said: String,
    },
    #[error(
        "The mail server {host} said something that could not be understood ({said}). Letters wait there safely; it is tried again."
    )]
    Odd { host: String, said: String },
    #[error(
        "A letter was fetched but could not be stored ({0}). It lies on the mail server safely and is fetched again."
    )]
    NotKept(String),
}

impl Error {
    /// One word for logs, which hold no addresses.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Unreachable { .. } => "unreachable",
            Self::Slow { .. } => "slow",
            Self::Lost { .. } => "lost",
            Self::InTheOpen { .. } => "in-the-open",
            Self::NoStartTls { .. } => "no-start-tls",
            Self::Certificate { .. } => "certificate",
            Self::CaFile(_) => "ca-file",
            Self::Password { .. } => "password",
            Self::NoFolder { .. } => "no-folder",
            Self::LetterRefused { .. } => "letter-refused",
            Self::Odd { .. } => "odd",
            Self::NotKept(_) => "not-kept",
        }
    }
}
