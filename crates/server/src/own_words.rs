//! The organisation's own cards and words: a folder, looked at again every few seconds while the desk runs.
//!
//! What is changed there is in force soon after, without a restart. A file with a fault changes nothing: the engine from
//! before stays, and the inbox says which file and which line.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use unruffled_engine::{CardKind, Engine};

use crate::{Desk, limits};

/// Folders of a card folder that hold no cards but what cards are made of.
const BESIDE_CARDS: [&str; 2] = ["words", "grammar"];
/// Files that lie beside those folders.
const OWN_WORDS: [&str; 3] = ["glossary.txt", "names.txt", "house.txt"];
/// A language's folder, a kind's folder, a file.
const DEPTH_MAX: usize = 3;

/// What is seen of a file without reading it.
type Look = BTreeMap<PathBuf, (Option<SystemTime>, u64)>;

/// Where the organisation's own words stand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Standing {
    seen: Look,
    /// What is wrong with the files as they are now, one fault a line; the ones from before are in force.
    pub faults: Option<String>,
}

/// Every card, word list and own word under `folder`, as `(path, text)`, in order of their paths.
pub fn own_files(folder: &Path) -> std::io::Result<Vec<(String, String)>> {
    paths(folder)?
        .into_iter()
        .map(|path| {
            let text = std::fs::read_to_string(&path).map_err(|fault| {
                std::io::Error::new(fault.kind(), format!("{}: {fault}", path.display()))
            })?;
            Ok((path.display().to_string(), text))
        })
        .collect()
}

/// What stands in `names.txt`: products, which are named by everybody and tell of nobody.
pub(crate) fn product_names(folder: &Path) -> Vec<String> {
    let names = std::fs::read_to_string(folder.join(OWN_WORDS[1])).unwrap_or_default();
    names
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(str::to_owned)
        .collect()
}

fn paths(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    walk(folder, true, DEPTH_MAX, &mut found)?;
    found.sort();
    Ok(found)
}

fn walk(folder: &Path, top: bool, depth: usize, found: &mut Vec<PathBuf>) -> std::io::Result<()> {
    let name = folder
        .file_name()
        .and_then(|name| name.to_str())
        .unwrap_or("");
    let inside = !top && (CardKind::of_folder(name).is_some() || BESIDE_CARDS.contains(&name));
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let file = path
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or("");
        if path.is_dir() {
            if depth > 1 && !file.starts_with('.') {
                walk(&path, false, depth - 1, found)?;
            }
        } else if (inside && (file.ends_with(".md") || file.ends_with(".txt")))
            || (top && OWN_WORDS.contains(&file))
        {
            found.push(path);
        }
    }
    Ok(())
}

/// When each file was changed last, and its size: enough to see that something is new.
fn look(folder: &Path) -> std::io::Result<Look> {
    let seen = paths(folder)?.into_iter().map(|path| {
        let about = std::fs::metadata(&path);
        let about = about.map_or((None, 0), |about| (about.modified().ok(), about.len()));
        (path, about)
    });
    Ok(seen.collect())
}

/// The engine with the folder's cards and words, or what is wrong with them.
pub(crate) fn load(folder: &Path) -> Result<Engine, String> {
    let files = own_files(folder).map_err(|fault| format!("{}: {fault}", folder.display()))?;
    Engine::load(
        files
            .iter()
            .map(|(path, text)| (path.as_str(), text.as_str())),
    )
    .map_err(|faults| {
        let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
        lines.join("\n")
    })
}

impl Desk {
    /// Faults in an organisation's own cards are told at the start, not at the first letter.
    pub(crate) fn load_own_words(&self) -> Result<(), String> {
        let folder = &self.settings().cards_folder;
        if folder.as_os_str().is_empty() {
            return Ok(());
        }
        let seen = look(folder).map_err(|fault| format!("{}: {fault}", folder.display()))?;
        self.take_engine(load(folder)?);
        self.set_own_words(Standing { seen, faults: None });
        Ok(())
    }

    /// Looks at the folder once; where something has changed, what stands there now comes into force, or its faults are told.
    pub(crate) fn look_at_own_words(&self) {
        let folder = &self.settings().cards_folder;
        let before = self.own_words();
        let seen = match look(folder) {
            Ok(seen) if seen == before.seen => return,
            Ok(seen) => seen,
            // Gone for a moment, as when somebody replaces the folder: the next look shows.
            Err(_) if before.faults.is_some() => return,
            Err(fault) => {
                let faults = format!("{}: {fault}", folder.display());
                tracing::warn!(%faults, "own cards and words cannot be read; those from before are in force");
                return self.set_own_words(Standing {
                    seen: Look::new(),
                    faults: Some(faults),
                });
            }
        };
        let faults = match load(folder) {
            Ok(engine) => {
                self.take_engine(engine);
                tracing::info!("own cards and words were changed and are in force");
                None
            }
            Err(faults) => {
                tracing::warn!(%faults, "own cards and words have faults; those from before are in force");
                Some(faults)
            }
        };
        self.set_own_words(Standing { seen, faults });
    }

    /// One calm sentence for the inbox, with file and line, while something is wrong.
    pub(crate) fn own_words_problem(&self) -> Option<String> {
        let faults = self.own_words().faults?;
        let first = first_of(&faults);
        Some(format!(
            "Your own cards and words were changed and cannot be used as they are; those from before are in force. {first}."
        ))
    }
}

/// The first fault, and how many more there are: one line has room for no more.
pub(crate) fn first_of(faults: &str) -> String {
    let first = faults.lines().next().unwrap_or_default();
    let first = first.trim_end_matches('.');
    match faults.lines().count().saturating_sub(1) {
        0 => first.to_owned(),
        1 => format!("{first} (and one more)"),
        more => format!("{first} (and {more} more)"),
    }
}

/// Looks at the folder until the desk closes; does nothing where there is none.
pub async fn watch(desk: Desk) {
    if !desk.settings().cards_folder.as_os_str().is_empty() {
        keep_looking(desk, Desk::look_at_own_words).await;
    }
}

/// Looks every few seconds until the desk closes, on a thread of its own: a disk may take its time.
pub(crate) async fn keep_looking(desk: Desk, look: fn(&Desk)) {
    let mut closing = desk.closing();
    loop {
        tokio::select! {
            () = tokio::time::sleep(limits::OWN_WORDS_LOOK) => {}
            _ = closing.wait_for(|closing| *closing) => return,
        }
        let looking = desk.clone();
        let _ = tokio::task::spawn_blocking(move || look(&looking)).await;
    }
}
