//! Backup: the whole desk in one file, while it runs.

use crate::{Result, Store};
use std::path::Path;

/// What a backup holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BackedUp {
    /// Bytes of the file.
    pub bytes: u64,
    /// How many attachments are in it.
    pub attachments: u64,
}

impl Store {
    /// Writes the whole desk into one new file. The desk may go on working meanwhile.
    pub async fn backup(&self, file: &Path) -> Result<BackedUp> {
        let _ = file;
        todo!()
    }
}
