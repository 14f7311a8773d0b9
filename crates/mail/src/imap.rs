//! Mail in: every new letter of one folder, one after another, each kept before the next is asked for.

use std::{path::PathBuf, time::Duration};

use crate::{Secret, Tls};

#[derive(Clone, Debug)]
pub struct Account {
    pub host: String,
    pub port: u16,
    pub tls: Tls,
    pub user: String,
    pub secret: Secret,
    /// `INBOX` unless told otherwise.
    pub folder: String,
    /// A PEM file with a certificate to trust beside the public ones, for a server of one's own.
    pub ca_file: Option<PathBuf>,
    /// Mark letters as read on the server once they are kept. The desk does not need it.
    pub mark_seen: bool,
}

/// How far a folder has been fetched. The caller stores it in the same transaction as the letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reached {
    pub uid_validity: u32,
    pub last_uid: u32,
}

/// One letter from the server. Store `bytes` and `reached()` together, then return `Ok`.
#[derive(Clone, Debug)]
pub struct Fetched {
    pub folder: String,
    pub uid_validity: u32,
    pub uid: u32,
    /// The letter as the server has it, or its beginning with a line saying so (see [`crate::limits`]).
    pub bytes: Vec<u8>,
}

impl Fetched {
    pub fn reached(&self) -> Reached {
        Reached {
            uid_validity: self.uid_validity,
            last_uid: self.uid,
        }
    }
}

/// What the fetcher is doing, for the health page.
#[derive(Debug)]
pub enum State<'a> {
    Connecting,
    /// Everything there is has been kept; waiting for more, by IDLE or by asking every minute.
    Waiting {
        by_idle: bool,
        reached: Option<Reached>,
    },
    /// The server's numbering began anew; everything is looked at again. Letters already kept are the
    /// caller's to recognise, by their bytes.
    Renumbered {
        was: u32,
        now: u32,
    },
    Trouble {
        error: &'a Error,
        next_try: Duration,
    },
}

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(
        "The mail server {host} could not be found or reached on port {port}. Letters wait there safely; check the name, the port and the network."
    )]
    Unreachable {
        host: String,
        port: u16,
        #[source]
        source: std::io::Error,
    },
}

pub struct Fetcher {
    account: Account,
}

impl Fetcher {
    pub fn new(account: Account) -> Self {
        Self { account }
    }

    /// Fetches what is new and returns. `keep` must have stored the letter when it returns `Ok`; its
    /// error words end the run, and the same letter comes again next time.
    pub async fn fetch_new<K, F>(
        &self,
        since: Option<Reached>,
        keep: K,
    ) -> Result<Option<Reached>, Error>
    where
        K: FnMut(Fetched) -> F,
        F: Future<Output = Result<(), String>>,
    {
        let _ = (&self.account, since, keep);
        todo!()
    }

    /// Fetches what is new, waits for more, connects again after trouble: for ever. Drop the future to stop.
    pub async fn run<K, F>(&self, since: Option<Reached>, keep: K, tell: impl FnMut(State<'_>))
    where
        K: FnMut(Fetched) -> F,
        F: Future<Output = Result<(), String>>,
    {
        let _ = (since, keep, tell);
        todo!()
    }
}
