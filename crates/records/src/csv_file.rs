//! A CSV file, watched: read again when it changes, and while a new one is broken the old one stays in force.

use crate::question::Question;
use crate::records::Found;
use crate::table::{FileFault, Table, Wanted};
use crate::trouble::Trouble;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::SystemTime;

#[derive(Debug)]
pub(crate) struct CsvFile {
    path: PathBuf,
    wanted: Wanted,
    standing: RwLock<Standing>,
    /// Held while it is read, so that it is read once.
    reading: tokio::sync::Mutex<()>,
}

#[derive(Debug, Default, Clone)]
struct Standing {
    table: Option<Arc<Table>>,
    /// What the file looked like when it was read last, well or not.
    seen: Option<Stamp>,
    fault: Option<FileFault>,
}

/// What tells one saving of a file from the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp {
    changed: Option<SystemTime>,
    size: u64,
    inode: u64,
}

impl CsvFile {
    pub(crate) fn new(path: &Path, wanted: Wanted) -> Self {
        Self {
            path: path.to_owned(),
            wanted,
            standing: RwLock::default(),
            reading: tokio::sync::Mutex::default(),
        }
    }

    pub(crate) async fn ask(&self, questions: &[Question]) -> Result<Vec<Found>, Trouble> {
        if self.standing().seen.is_none() {
            self.look().await;
        }
        let standing = self.standing();
        let Some(table) = standing.table else {
            return Err(Trouble::Wrong(standing.fault.unwrap_or_default()));
        };
        let says = &self.wanted.says;
        let ask = |question: &Question| {
            let plain = question.plain();
            let lines = table.lines(question.by, &plain);
            Found::of(lines.map(|line| says.fill(|at| Some(table.said(line, at)))))
        };
        Ok(questions.iter().map(ask).collect())
    }

    /// Reads the file if it is another than the one that was read last.
    pub(crate) async fn look(&self) {
        let _reading = self.reading.lock().await;
        let stamp = stamp(&self.path);
        if self.standing().seen == Some(stamp) {
            return;
        }
        let (path, wanted) = (self.path.clone(), self.wanted.clone());
        let read = tokio::task::spawn_blocking(move || Table::read(&path, &wanted)).await;
        let read =
            read.unwrap_or_else(|_| Err(format!("{}: it broke the reader", self.path.display())));
        let mut standing = self
            .standing
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        // Somebody may be writing it at this moment; then its stamp differs and it is read once more.
        standing.seen = Some(stamp);
        match read {
            Ok(table) => {
                standing.table = Some(Arc::new(table));
                standing.fault = None;
            }
            Err(fault) => standing.fault = Some(fault),
        }
    }

    /// What is wrong with the file as it lies there now, and whether an earlier one is in force.
    pub(crate) fn fault(&self) -> Option<(FileFault, bool)> {
        let standing = self.standing();
        standing
            .fault
            .map(|fault| (fault, standing.table.is_some()))
    }

    fn standing(&self) -> Standing {
        self.standing
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

/// A file that is not there has a stamp as well, so that it is not looked for in vain.
fn stamp(path: &Path) -> Stamp {
    let Ok(about) = std::fs::metadata(path) else {
        return Stamp {
            changed: None,
            size: 0,
            inode: 0,
        };
    };
    #[cfg(unix)]
    let inode = std::os::unix::fs::MetadataExt::ino(&about);
    #[cfg(not(unix))]
    let inode = 0;
    Stamp {
        changed: about.modified().ok(),
        size: about.len(),
        inode,
    }
}
