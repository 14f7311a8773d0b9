//! Old mail from files: an mbox, a Maildir, one letter, or a folder of any of these.
//!
//! Letters come one by one, in an order that stays the same, so that an import can go on where it was
//! stopped. Files are only read, never changed, moved or marked.

mod mbox;
mod walk;

use std::{
    fs, io,
    io::Read,
    path::{Path, PathBuf},
};

use mbox::Mbox;
use walk::{Shape, Source};

use crate::{limits, mime};

/// One letter found, with enough to go on from here another time.
#[derive(Clone, Debug)]
pub struct Found {
    /// Where it lay, such as `inbox.mbox:48213` or `cur/1699.M1P2.host:2,S`.
    pub origin: String,
    pub bytes: Vec<u8>,
    /// Hand this to [`open`] to begin behind this letter.
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
        source: io::Error,
    },
    #[error("{} holds no letters: it is no mbox, no Maildir and no .eml file. Nothing was imported.", path.display())]
    NothingHere { path: PathBuf },
}

impl Error {
    fn unreadable(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Unreadable { path, source }
    }
}

/// Letters of a path, one by one. A file that cannot be read is one `Err`, and the next one follows.
#[derive(Debug)]
pub struct Import {
    sources: std::vec::IntoIter<Source>,
    troubles: std::vec::IntoIter<Error>,
    open: Option<(Source, Mbox)>,
    /// Where in the first mbox to go on.
    offset: Option<u64>,
    bytes_done: u64,
    bytes_total: u64,
}

/// Looks at a path and gets ready to read it. `after` is the position of the last letter already done.
pub fn open(path: &Path, after: Option<&str>) -> Result<Import, Error> {
    let (sources, troubles) = walk::sources(path)?;
    if sources.is_empty() && troubles.is_empty() {
        return Err(Error::NothingHere { path: path.into() });
    }
    let bytes_total = sources.iter().map(|source| source.bytes).sum();
    let (key, offset) = match after.map(|after| after.rsplit_once('\t').unwrap_or((after, ""))) {
        Some((key, offset)) => (Some(key.to_owned()), offset.parse().ok()),
        None => (None, None),
    };
    let begins_inside = offset.is_some()
        && sources
            .iter()
            .any(|source| Some(&source.key) == key.as_ref() && source.shape == Shape::Mbox);
    let (done, rest): (Vec<_>, Vec<_>) = sources.into_iter().partition(|source| match &key {
        Some(key) if begins_inside => source.key < *key,
        Some(key) => source.key <= *key,
        None => false,
    });
    Ok(Import {
        sources: rest.into_iter(),
        troubles: troubles.into_iter(),
        open: None,
        offset: offset.filter(|_| begins_inside),
        bytes_done: done.iter().map(|source| source.bytes).sum(),
        bytes_total,
    })
}

impl Import {
    /// All that there is to read, counted before the first letter.
    pub fn bytes_total(&self) -> u64 {
        self.bytes_total
    }

    /// What has been read or was done before.
    pub fn bytes_done(&self) -> u64 {
        self.bytes_done.min(self.bytes_total)
    }

    fn found(&self, origin: String, bytes: Vec<u8>, position: String) -> Found {
        Found {
            origin,
            bytes,
            position,
            bytes_done: self.bytes_done(),
            bytes_total: self.bytes_total,
        }
    }

    /// The next letter of the mbox that is open, if there is one.
    fn next_of_mbox(&mut self) -> Option<Result<Found, Error>> {
        let (source, mut mbox) = self.open.take()?;
        let from = mbox.offset();
        match mbox.next_letter() {
            Ok(Some(bytes)) => {
                let to = mbox.offset();
                self.bytes_done += to - from;
                let position = format!("{}\t{to}", source.key);
                let origin = format!("{}:{from}", source.key);
                self.open = Some((source, mbox));
                Some(Ok(self.found(origin, bytes, position)))
            }
            Ok(None) => None,
            Err(error) => Some(Err(Error::unreadable(&source.path)(error))),
        }
    }
}

impl Iterator for Import {
    type Item = Result<Found, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(trouble) = self.troubles.next() {
            return Some(Err(trouble));
        }
        loop {
            if let Some(item) = self.next_of_mbox() {
                return Some(item);
            }
            let source = self.sources.next()?;
            match source.shape {
                Shape::Letter => {
                    self.bytes_done += source.bytes;
                    return Some(match whole(&source) {
                        Ok(bytes) => Ok(self.found(source.name, bytes, source.key)),
                        Err(error) => Err(Error::unreadable(&source.path)(error)),
                    });
                }
                Shape::Mbox => match Mbox::open(&source.path, self.offset.take()) {
                    Ok(mbox) => {
                        self.bytes_done += mbox.offset();
                        self.open = Some((source, mbox));
                    }
                    Err(error) => return Some(Err(Error::unreadable(&source.path)(error))),
                },
            }
        }
    }
}

/// A file that is one letter; the beginning of it, when it is over the limit.
fn whole(source: &Source) -> io::Result<Vec<u8>> {
    let file = fs::File::open(&source.path)?;
    let size = file.metadata()?.len();
    let mut bytes = Vec::new();
    if size > limits::LETTER_BYTES_MAX {
        bytes.extend(in_part(size));
        file.take(limits::LETTER_BYTES_IN_PART)
            .read_to_end(&mut bytes)?;
    } else {
        file.take(limits::LETTER_BYTES_MAX)
            .read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}

/// The line on top of a letter that is kept only in part.
fn in_part(size: u64) -> Vec<u8> {
    format!("{}: {size}\n", mime::IN_PART).into_bytes()
}

#[cfg(test)]
mod tests;
