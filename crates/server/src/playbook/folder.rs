//! The playbook's folder: read as a whole, written one file at a time, never half, with what was there before kept.
//!
//! An option lies in the folder itself or one folder below it (a firm, a team). What was changed or removed lies in
//! `.history` beside it, so that it can be had back.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use super::File;
use crate::limits::{OPTION_VERSIONS_KEPT_MAX, OPTIONS_MAX};

const HISTORY: &str = ".history";
/// Tells a stranger how an option is written; no option itself.
const README: &str = "README.md";

/// Two people who save at once take turns: the second is told what the first has saved.
static SAVING: Mutex<()> = Mutex::new(());

type Write = fn(&Path, &[u8]) -> io::Result<()>;

/// Where the options lie.
pub struct Folder {
    path: PathBuf,
    write: Write,
    /// What it holds, as a sentence names it.
    holds: &'static str,
}

/// A file as it is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    pub path: PathBuf,
    pub group: String,
    pub text: String,
    /// Changes whenever the text does.
    pub version: String,
}

/// Why nothing was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// Somebody else changed it since; this is what stands there now, or nothing when it was removed.
    Changed(Option<Box<Kept>>),
    /// There is nothing to bring back.
    Nothing,
    /// The folder could not be written; the sentence says what is safe and what to do.
    Unwritable(String),
}

/// Every option's file, in order of their paths.
pub fn files(folder: &Path) -> io::Result<Vec<File>> {
    let mut found = Vec::new();
    for (group, place) in groups(folder)? {
        for path in inside(&place)? {
            let text = std::fs::read_to_string(&path).map_err(|fault| {
                io::Error::new(fault.kind(), format!("{}: {fault}", path.display()))
            })?;
            found.push(File {
                path: path.display().to_string(),
                group: group.clone(),
                text,
            });
        }
    }
    if found.len() > OPTIONS_MAX {
        return Err(io::Error::other(format!(
            "{}: holds more than {OPTIONS_MAX} options, more than anybody looks through",
            folder.display()
        )));
    }
    Ok(found)
}

/// The folder itself and those directly below it, by name.
fn groups(folder: &Path) -> io::Result<Vec<(String, PathBuf)>> {
    let mut found = vec![(String::new(), folder.to_owned())];
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let name = name_of(&path);
        if path.is_dir() && !name.starts_with('.') {
            found.push((name.to_owned(), path));
        }
    }
    found.sort();
    Ok(found)
}

fn inside(place: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(place)? {
        let path = entry?.path();
        let name = name_of(&path);
        if name.ends_with(".md") && !name.starts_with('.') && name != README && !path.is_dir() {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

fn name_of(path: &Path) -> &str {
    path.file_name()
        .and_then(|name| name.to_str())
        .unwrap_or_default()
}

fn version(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    digest
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

impl Folder {
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self {
            path: path.into(),
            write: whole,
            holds: "the playbook was",
        }
    }

    /// Stories to rehearse with lie in a folder of the same kind.
    pub fn of_stories(path: impl Into<PathBuf>) -> Self {
        Self {
            holds: "your stories were",
            ..Self::new(path)
        }
    }

    #[cfg(test)]
    pub fn writing_with(path: impl Into<PathBuf>, write: Write) -> Self {
        Self {
            write,
            ..Self::new(path)
        }
    }

    /// An option's file as it is now.
    pub fn find(&self, id: &str) -> io::Result<Option<Kept>> {
        for (group, place) in groups(&self.path)? {
            let path = place.join(format!("{id}.md"));
            match std::fs::read_to_string(&path) {
                Ok(text) => {
                    let version = version(&text);
                    return Ok(Some(Kept {
                        path,
                        group,
                        text,
                        version,
                    }));
                }
                Err(fault) if fault.kind() == io::ErrorKind::NotFound => {}
                Err(fault) => return Err(fault),
            }
        }
        Ok(None)
    }

    /// Writes an option whole or not at all. `made_from` is the version that it was made from, or empty for a new one.
    pub fn save(&self, id: &str, text: &str, made_from: &str) -> Result<(), Refusal> {
        let _turn = SAVING.lock().unwrap_or_else(PoisonError::into_inner);
        let now = self.find(id).map_err(|fault| self.refused(&fault))?;
        let there = now.as_ref().map_or("", |kept| kept.version.as_str());
        if there != made_from {
            return Err(Refusal::Changed(now.map(Box::new)));
        }
        let path = match &now {
            Some(kept) if kept.text == text => return Ok(()),
            Some(kept) => {
                self.keep(kept, id)?;
                kept.path.clone()
            }
            None => self.path.join(format!("{id}.md")),
        };
        (self.write)(&path, text.as_bytes()).map_err(|fault| self.refused(&fault))
    }

    /// Takes an option out of the playbook; it stays in the history.
    pub fn remove(&self, id: &str, made_from: &str) -> Result<(), Refusal> {
        let _turn = SAVING.lock().unwrap_or_else(PoisonError::into_inner);
        let now = self.find(id).map_err(|fault| self.refused(&fault))?;
        match now {
            Some(kept) if kept.version == made_from => {
                self.keep(&kept, id)?;
                std::fs::remove_file(&kept.path).map_err(|fault| self.refused(&fault))
            }
            now => Err(Refusal::Changed(now.map(Box::new))),
        }
    }

    /// Brings back what was there before the last change or removal. Done twice, it is undone.
    pub fn bring_back(&self, id: &str) -> Result<(), Refusal> {
        let _turn = SAVING.lock().unwrap_or_else(PoisonError::into_inner);
        let refused = |fault: io::Error| self.refused(&fault);
        let (last, place) = self.last_of(id).map_err(refused)?.ok_or(Refusal::Nothing)?;
        let text = std::fs::read_to_string(&last).map_err(refused)?;
        let path = place.join(format!("{id}.md"));
        if let Some(kept) = self.find(id).map_err(refused)? {
            self.keep(&kept, id)?;
        }
        (self.write)(&path, text.as_bytes()).map_err(refused)?;
        std::fs::remove_file(&last).map_err(refused)
    }

    /// Whether there is something to bring back.
    pub fn has_history(&self, id: &str) -> bool {
        matches!(self.last_of(id), Ok(Some(_)))
    }

    fn last_of(&self, id: &str) -> io::Result<Option<(PathBuf, PathBuf)>> {
        let mut last: Option<(PathBuf, PathBuf)> = None;
        for (_, place) in groups(&self.path)? {
            let newest = versions(&place.join(HISTORY).join(id))?.pop();
            if let Some(newest) = newest
                && last
                    .as_ref()
                    .is_none_or(|(path, _)| name_of(path) < name_of(&newest))
            {
                last = Some((newest, place));
            }
        }
        Ok(last)
    }

    fn keep(&self, kept: &Kept, id: &str) -> Result<(), Refusal> {
        let refused = |fault: io::Error| self.refused(&fault);
        let place = kept
            .path
            .parent()
            .unwrap_or(&self.path)
            .join(HISTORY)
            .join(id);
        std::fs::create_dir_all(&place).map_err(refused)?;
        let stamp = Timestamp::now().as_microsecond();
        (self.write)(&place.join(format!("{stamp:020}.md")), kept.text.as_bytes())
            .map_err(refused)?;
        let mut all = versions(&place).map_err(refused)?;
        while all.len() > OPTION_VERSIONS_KEPT_MAX {
            std::fs::remove_file(all.remove(0)).map_err(refused)?;
        }
        Ok(())
    }

    fn refused(&self, fault: &io::Error) -> Refusal {
        use io::ErrorKind::{PermissionDenied, QuotaExceeded, ReadOnlyFilesystem, StorageFull};
        let (folder, holds) = (self.path.display(), self.holds);
        Refusal::Unwritable(match fault.kind() {
            StorageFull | QuotaExceeded => {
                format!(
                    "The disk is full, so {holds} not changed. Your words are still here; when there is room, save again."
                )
            }
            PermissionDenied | ReadOnlyFilesystem => format!(
                "The desk may not write into {folder}, so {holds} not changed. Your words are still here; whoever looks after the machine can allow it."
            ),
            _ => format!(
                "{folder} could not be written ({fault}), so {holds} not changed. Your words are still here; save again in a moment."
            ),
        })
    }
}

/// The kept versions in a folder of the history, the oldest first.
fn versions(place: &Path) -> io::Result<Vec<PathBuf>> {
    match inside(place) {
        Err(fault) if fault.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        found => found,
    }
}

/// Writes beside the file and then puts it in its place, so that nobody ever reads half of one.
pub fn whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    use std::io::Write as _;
    let folder = path.parent().unwrap_or(Path::new("."));
    let beside = folder.join(format!(".{}.{}.new", name_of(path), uuid::Uuid::new_v4()));
    let written = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&beside)
        .and_then(|mut file| {
            file.write_all(bytes)?;
            file.sync_all()
        })
        .and_then(|()| std::fs::rename(&beside, path))
        .and_then(|()| std::fs::File::open(folder)?.sync_all());
    if written.is_err() {
        // What was half written is in nobody's way, whether it can be taken away or not.
        let _ = std::fs::remove_file(&beside);
    }
    written
}
