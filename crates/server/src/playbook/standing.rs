//! The playbook that is in force, looked at again every few seconds while the desk runs, as own cards and words are.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use super::{Folder, Playbook, STARTING, folder};
use crate::{Desk, own_words};

type Look = BTreeMap<PathBuf, (Option<SystemTime>, u64)>;

/// Where the playbook stands.
#[derive(Debug, Clone, Default)]
pub struct Standing {
    pub playbook: Arc<Playbook>,
    seen: Look,
    /// What is wrong with the files as they are now, one fault a line.
    pub faults: Option<String>,
}

fn look(place: &Path) -> std::io::Result<Look> {
    let seen = folder::files(place)?.into_iter().map(|file| {
        let path = PathBuf::from(file.path);
        let about = std::fs::metadata(&path);
        let about = about.map_or((None, 0), |about| (about.modified().ok(), about.len()));
        (path, about)
    });
    Ok(seen.collect())
}

fn lines(faults: &[super::Fault]) -> Option<String> {
    let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

/// A first start finds a playbook that can be made one's own.
fn begin(place: &Path) -> std::io::Result<()> {
    if place.exists() {
        return Ok(());
    }
    std::fs::create_dir_all(place)?;
    for (name, text) in STARTING {
        folder::whole(&place.join(name), text.as_bytes())?;
    }
    Ok(())
}

impl Desk {
    /// At the start nothing was in force before: what is well is, and the rest is named above the inbox.
    pub(crate) fn open_playbook(&self) {
        let place = &self.settings().playbook_folder;
        if place.as_os_str().is_empty() {
            return self.set_playbook(Standing {
                playbook: Arc::new(Playbook::starting()),
                ..Standing::default()
            });
        }
        let read = begin(place).and_then(|()| Ok((look(place)?, folder::files(place)?)));
        let standing = match read {
            Ok((seen, files)) => {
                let (playbook, faults) = Playbook::load(&files);
                Standing {
                    playbook: Arc::new(playbook),
                    seen,
                    faults: lines(&faults),
                }
            }
            Err(fault) => Standing {
                playbook: Arc::new(Playbook::starting()),
                seen: Look::new(),
                faults: Some(format!("{}: {fault}", place.display())),
            },
        };
        if let Some(faults) = &standing.faults {
            tracing::warn!(%faults, "options of the playbook have faults");
        }
        self.set_playbook(standing);
    }

    /// Looks at the folder once; what has changed there comes into force as a whole, or its faults are told.
    pub(crate) fn look_at_playbook(&self) {
        let place = &self.settings().playbook_folder;
        if place.as_os_str().is_empty() {
            return;
        }
        let before = self.playbook_standing();
        let (seen, files) = match look(place).and_then(|seen| Ok((seen, folder::files(place)?))) {
            Ok((seen, _)) if seen == before.seen => return,
            Ok(read) => read,
            Err(_) if before.faults.is_some() => return,
            Err(fault) => {
                let faults = format!("{}: {fault}", place.display());
                tracing::warn!(%faults, "the playbook cannot be read; the one from before is in force");
                return self.set_playbook(Standing {
                    seen: Look::new(),
                    faults: Some(faults),
                    ..before
                });
            }
        };
        let (playbook, faults) = Playbook::load(&files);
        let standing = match lines(&faults) {
            None => {
                tracing::info!("the playbook was changed and is in force");
                Standing {
                    playbook: Arc::new(playbook),
                    seen,
                    faults: None,
                }
            }
            Some(faults) => {
                tracing::warn!(%faults, "the playbook has faults; the one from before is in force");
                Standing {
                    playbook: before.playbook,
                    seen,
                    faults: Some(faults),
                }
            }
        };
        self.set_playbook(standing);
    }

    pub(crate) fn playbook(&self) -> Arc<Playbook> {
        self.playbook_standing().playbook
    }

    /// The folder that can be written; none where the playbook is the one that comes with the program.
    pub(crate) fn playbook_folder(&self) -> Option<Folder> {
        let place = &self.settings().playbook_folder;
        (!place.as_os_str().is_empty()).then(|| Folder::new(place))
    }

    /// One calm sentence for the inbox, with file and line, while something is wrong.
    pub(crate) fn playbook_problem(&self) -> Option<String> {
        let faults = self.playbook_standing().faults?;
        let first = own_words::first_of(&faults);
        Some(format!(
            "The playbook was changed and cannot be used as it is; what was well before is in force. {first}."
        ))
    }
}

/// Looks at the folder until the desk closes.
pub async fn watch(desk: Desk) {
    if !desk.settings().playbook_folder.as_os_str().is_empty() {
        own_words::keep_looking(desk, Desk::look_at_playbook).await;
    }
}
