//! The stories that are at hand: ours and, over them, the team's own, read again when their folder has changed.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};
use std::time::SystemTime;

use unruffled_rehearsal::{Shelf, limits as story_limits};

use crate::playbook::Folder;
use crate::{Desk, limits};

static OURS: LazyLock<Arc<Shelf>> = LazyLock::new(|| Arc::new(Shelf::embedded()));

/// What is seen of a file without reading it.
type Look = BTreeMap<PathBuf, (Option<SystemTime>, u64)>;

/// What is on the shelf, and what could not be put there.
#[derive(Debug, Clone, Default)]
pub struct Standing {
    shelf: Option<Arc<Shelf>>,
    /// Stories that come from the team's own folder.
    pub own: BTreeSet<String>,
    /// What is wrong in that folder, a sentence each.
    pub faults: Vec<String>,
    seen: Look,
}

impl Standing {
    pub fn shelf(&self) -> Arc<Shelf> {
        self.shelf.clone().unwrap_or_else(|| Arc::clone(&OURS))
    }
}

/// Every story's file, with when it was changed last and how long it is.
fn look(place: &Path) -> std::io::Result<Look> {
    let mut seen = Look::new();
    for entry in std::fs::read_dir(place)? {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str());
        let is_story = name.is_some_and(|name| name.ends_with(".md") && !name.starts_with('.'));
        if is_story && path.is_file() {
            let about = std::fs::metadata(&path)?;
            seen.insert(path, (about.modified().ok(), about.len()));
        }
    }
    Ok(seen)
}

fn read(seen: Look) -> Standing {
    let mut faults = Vec::new();
    let mut files: Vec<(String, String)> = Vec::new();
    if seen.len() > limits::STORIES_MAX {
        faults.push(format!(
            "There are more than {} files; the rest was not read.",
            limits::STORIES_MAX
        ));
    }
    for (path, (_, bytes)) in seen.iter().take(limits::STORIES_MAX) {
        let name = path.display().to_string();
        if *bytes > story_limits::STORY_FILE_BYTES_MAX as u64 {
            faults.push(format!(
                "{name}: is larger than {} kB, so it is no story.",
                story_limits::STORY_FILE_BYTES_MAX / 1024
            ));
            continue;
        }
        match std::fs::read_to_string(path) {
            Ok(text) => files.push((name, text)),
            Err(fault) => faults.push(format!("{name}: {fault}")),
        }
    }
    let own = files
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()));
    let (shelf, found) = Shelf::with(own);
    faults.extend(found.iter().map(ToString::to_string));
    let id = |name: &str| {
        let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
        file.trim_end_matches(".md").to_owned()
    };
    let broken: BTreeSet<String> = found.iter().map(|fault| id(&fault.file)).collect();
    let own = files.iter().map(|(name, _)| id(name));
    Standing {
        own: own.filter(|id| !broken.contains(id)).collect(),
        shelf: Some(Arc::new(shelf)),
        faults,
        seen,
    }
}

impl Desk {
    /// The stories as they are now. A rehearsal is begun a few times a day, so the folder is looked at then and not all the time.
    pub(crate) async fn stories(&self) -> Standing {
        let desk = self.clone();
        let looked = tokio::task::spawn_blocking(move || desk.look_at_stories());
        looked.await.unwrap_or_default()
    }

    fn look_at_stories(&self) -> Standing {
        let place = &self.settings().stories_folder;
        if place.as_os_str().is_empty() || !place.exists() {
            return Standing::default();
        }
        let before = self.stories_standing();
        let now = match look(place) {
            Ok(seen) if seen == before.seen && before.shelf.is_some() => return before,
            Ok(seen) => read(seen),
            Err(fault) => Standing {
                faults: vec![format!("{}: {fault}", place.display())],
                ..before
            },
        };
        for fault in &now.faults {
            tracing::warn!(%fault, "a story cannot be rehearsed with");
        }
        self.set_stories(now.clone());
        now
    }

    /// The folder that stories are kept in; none where the settings name none.
    pub(crate) fn stories_folder(&self) -> Option<Folder> {
        let place = &self.settings().stories_folder;
        (!place.as_os_str().is_empty()).then(|| Folder::of_stories(place))
    }
}
