//! Which files under a path hold letters, in an order that stays the same.

use std::{
    fs,
    io::Read,
    path::{Path, PathBuf},
};

use super::Error;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Letter,
    Mbox,
}

#[derive(Debug)]
pub(super) struct Source {
    pub path: PathBuf,
    pub shape: Shape,
    pub bytes: u64,
    /// Its path as shown to people, from where the import began.
    pub name: String,
    /// What it is sorted and remembered by. Mail programs move Maildir letters from `new` to `cur` and write
    /// flags behind their names, so those do not count.
    pub key: String,
}

/// Deeper folders are an accident, or a link that leads back.
const DEPTH_MAX: usize = 30;

pub(super) fn sources(path: &Path) -> Result<(Vec<Source>, Vec<Error>), Error> {
    let meta = fs::metadata(path).map_err(Error::unreadable(path))?;
    if meta.is_file() {
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let shape = shape_alone(path).map_err(Error::unreadable(path))?;
        return Ok((
            shape
                .map(|shape| Source {
                    path: path.into(),
                    shape,
                    bytes: meta.len(),
                    key: name.clone(),
                    name,
                })
                .into_iter()
                .collect(),
            Vec::new(),
        ));
    }
    let (mut found, mut troubles) = (Vec::new(), Vec::new());
    let mut open = vec![(path.to_owned(), 0)];
    while let Some((folder, depth)) = open.pop() {
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) => {
                troubles.push(Error::unreadable(&folder)(error));
                continue;
            }
        };
        for entry in entries.flatten() {
            let here = entry.path();
            // Links are not followed: they may lead round in circles or out of the folder.
            let Ok(kind) = entry.file_type() else {
                continue;
            };
            if kind.is_dir() && depth < DEPTH_MAX && entry.file_name() != "tmp" {
                open.push((here, depth + 1));
            } else if kind.is_file() {
                match shape_in_folder(&here) {
                    Ok(Some(shape)) => found.push(source(
                        path,
                        here,
                        shape,
                        entry.metadata().map_or(0, |meta| meta.len()),
                    )),
                    Ok(None) => {}
                    Err(error) => troubles.push(Error::unreadable(&here)(error)),
                }
            }
        }
    }
    found.sort_by(|a, b| a.key.cmp(&b.key));
    Ok((found, troubles))
}

fn source(root: &Path, path: PathBuf, shape: Shape, bytes: u64) -> Source {
    let name = path
        .strip_prefix(root)
        .unwrap_or(&path)
        .to_string_lossy()
        .into_owned();
    let key = if in_maildir(&path) {
        let bare = name
            .rsplit_once(":2,")
            .map_or(name.as_str(), |(bare, _)| bare);
        let (folder, file) = bare.rsplit_once('/').unwrap_or(("", bare));
        let folder = folder
            .strip_suffix("cur")
            .or_else(|| folder.strip_suffix("new"))
            .unwrap_or(folder);
        format!("{folder}{file}")
    } else {
        name.clone()
    };
    // A tab separates the key from an offset in a position.
    Source {
        path,
        shape,
        bytes,
        name,
        key: key.replace('\t', " "),
    }
}

fn in_maildir(path: &Path) -> bool {
    path.parent()
        .and_then(Path::file_name)
        .is_some_and(|folder| folder == "cur" || folder == "new")
}

fn shape_in_folder(path: &Path) -> std::io::Result<Option<Shape>> {
    let hidden = path
        .file_name()
        .is_some_and(|name| name.to_string_lossy().starts_with('.'));
    if hidden {
        return Ok(None);
    }
    if in_maildir(path) || has_extension(path, "eml") {
        return Ok(Some(Shape::Letter));
    }
    // Mail programs keep mboxes under names without an extension.
    let may_be =
        path.extension().is_none() || has_extension(path, "mbox") || has_extension(path, "mbx");
    Ok((may_be && beginning(path)?.starts_with(b"From ")).then_some(Shape::Mbox))
}

/// A file that somebody named: an mbox if it begins like one, a letter if it has a head.
fn shape_alone(path: &Path) -> std::io::Result<Option<Shape>> {
    if has_extension(path, "eml") {
        return Ok(Some(Shape::Letter));
    }
    let beginning = beginning(path)?;
    if beginning.starts_with(b"From ") {
        return Ok(Some(Shape::Mbox));
    }
    let first = beginning.split(|&b| b == b'\n').next().unwrap_or_default();
    let name = first.split(|&b| b == b':').next().unwrap_or_default();
    let head = name.len() < first.len()
        && !name.is_empty()
        && name.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'-');
    Ok(head.then_some(Shape::Letter))
}

fn beginning(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    fs::File::open(path)?.take(1_000).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn has_extension(path: &Path, wanted: &str) -> bool {
    path.extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case(wanted))
}
