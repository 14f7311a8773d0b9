//! What the pages of a folder's files (options, stories) share: an id that names a file, and why a file stays as it is.

use serde::Deserialize;

use crate::Oops;
use crate::playbook::Refusal;

/// The version that was looked at when somebody asked for the change.
#[derive(Deserialize)]
pub struct Version {
    #[serde(default)]
    pub version: String,
}

/// An id names a file, so it is one word of ours and never a path.
pub fn plain(id: &str) -> Result<&str, Oops> {
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if id.is_empty() || id.len() > 60 || !id.chars().all(is_plain) {
        return Err(Oops::NotFound);
    }
    Ok(id)
}

pub fn removed(done: Result<(), Refusal>) -> Result<(), Oops> {
    kept(
        done,
        "Somebody else changed this since you opened it, so it was not removed. Look at it again first.",
    )
}

pub fn brought_back(done: Result<(), Refusal>) -> Result<(), Oops> {
    kept(
        done,
        "There is no earlier version of this, so nothing was changed.",
    )
}

fn kept(done: Result<(), Refusal>, too_late: &'static str) -> Result<(), Oops> {
    done.map_err(|why| match why {
        Refusal::Unwritable(says) => Oops::Said(says),
        Refusal::Changed(_) | Refusal::Nothing => Oops::TooLate(too_late),
    })
}
