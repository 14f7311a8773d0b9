//! Old mail from files: an mbox, a Maildir, one letter, or a folder of any of these.

use std::path::{Path, PathBuf};

/// One letter found, with enough to go on from here another time.
#[derive(Clone, Debug)]
pub struct Found {
    /// Where it lay, such as `inbox.mbox:48213` or `cur/1699.M1P2.host:2,S`.
    pub origin: String,
    pub bytes: Vec<u8>,
    /// Hand this to [`Import::after`] to begin behind this letter.
    pub position: String,
    pub bytes_done: u64,
    pub bytes_total: u64,
}

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("{} could not be read ({source}). The other files are not touched by this.", path.display())]
    Unreadable {
        path: PathBuf,
        #[source]
        source: std::io::Error,
    },
    #[error("{} holds no letters: it is no mbox, no Maildir and no .eml file.", path.display())]
    NothingHere { path: PathBuf },
}

/// Letters of a path, one by one. A file that cannot be read is one `Err`, and the next one follows.
pub struct Import {}

/// Looks at a path and gets ready to read it. `after` is the position of the last letter already done.
pub fn open(path: &Path, after: Option<&str>) -> Result<Import, Error> {
    let _ = (path, after);
    todo!()
}

impl Import {
    pub fn bytes_total(&self) -> u64 {
        todo!()
    }
}

impl Iterator for Import {
    type Item = Result<Found, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        todo!()
    }
}
