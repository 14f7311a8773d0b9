//! The playbook: what this organisation may offer, one option a file, in its own words.
//!
//! Nothing in [`mod@parse`], [`mod@rank`], [`grant`] or [`wording`] touches a disk or a clock: text in, options out; a moment
//! in, an order with its reasons out. [`folder`] is where the files are, [`standing`] what is in force while the
//! desk runs.

mod folder;
mod grant;
mod parse;
mod rank;
mod standing;
mod values;
mod wording;
mod write;

#[cfg(test)]
mod tests;

use std::fmt;
use std::path::Path;

use jiff::civil::Date;

pub use folder::{Folder, Kept, Refusal, files, whole as write_whole};
pub use grant::{NodBy, needs_nod};
pub use rank::{FactStanding, Known, Moment, rank, topics};
pub use standing::{Standing, watch};
pub use write::{Fields, id_of, text};

pub use parse::parse;

/// The set that comes with the program, as `(ID.md, text)`; it is what a new desk begins with.
pub const STARTING: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/playbook.rs"));

/// What may be offered, as its file says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Choice {
    /// The file's name without `.md`; kept for ever, because uses are counted by it.
    pub id: String,
    /// The folder that it lies in below the playbook's own; empty at the top.
    pub group: String,
    /// The remedy in words.
    pub says: String,
    pub kind: Kind,
    pub fits: Fits,
    pub limits: Limits,
    pub costs: String,
    /// What it usually leads to.
    pub leads_to: String,
    /// The last day on which it may be offered.
    pub until: Option<Date>,
    /// Words to edit, with `{blanks}`.
    pub wording: String,
}

/// What an option is there for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Kind {
    /// It puts something right.
    #[default]
    Remedy,
    /// A small surprise that is allowed: shown last, "if you like".
    Wow,
}

/// When an option fits.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fits {
    /// Words of the matter; several words have to stand in one sentence.
    pub topics: Vec<String>,
    /// Codes of cues, such as `C10`.
    pub cues: Vec<String>,
    /// `membership: not found`.
    pub facts: Vec<FactWanted>,
    /// Codes of what-ifs, `H1` to `H8`.
    pub what_ifs: Vec<String>,
}

/// A fact in a state that an option is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactWanted {
    pub what: String,
    pub state: String,
}

/// How far an option goes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Limits {
    /// With its currency, as written.
    pub amount: Option<String>,
    /// How often for one customer.
    pub often: Option<Often>,
    /// Who may grant it alone: logins, `leads` or `everybody`; empty and no `nod` is everybody.
    pub alone: Vec<String>,
    /// Whose nod everybody else needs: a login, or `a lead`.
    pub nod: Option<String>,
}

/// "Once a year", "twice a month", "once".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Often {
    pub times: u32,
    /// `None` is: ever.
    pub per: Option<Period>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

impl Period {
    const ALL: [(&'static str, Self); 5] = [
        ("day", Self::Day),
        ("week", Self::Week),
        ("month", Self::Month),
        ("quarter", Self::Quarter),
        ("year", Self::Year),
    ];

    fn word(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(_, period)| *period == self)
            .map_or("", |(word, _)| word)
    }
}

impl fmt::Display for Often {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.times {
            1 => f.write_str("once")?,
            2 => f.write_str("twice")?,
            times => write!(f, "{times} times")?,
        }
        match self.per {
            Some(per) => write!(f, " a {}", per.word()),
            None => Ok(()),
        }
    }
}

impl fmt::Display for FactWanted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.what, self.state)
    }
}

/// Something wrong in a file, ready to be printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub file: String,
    /// From 1; 0 where it is about the file as a whole.
    pub line: usize,
    pub says: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.file, self.says),
            line => write!(f, "{}:{line}: {}", self.file, self.says),
        }
    }
}

/// Everything that may be offered, in order of ids.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Playbook {
    pub options: Vec<Choice>,
}

/// A file of a playbook, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// As it is named in a fault.
    pub path: String,
    pub group: String,
    pub text: String,
}

impl Playbook {
    /// Reads every file; the options that are well, and every fault of the others at once.
    pub fn load(files: &[File]) -> (Self, Vec<Fault>) {
        let mut options: Vec<(Choice, &str)> = Vec::new();
        let mut faults = Vec::new();
        for file in files {
            match parse(&file.path, &file.group, &file.text) {
                Ok(option) => match options.iter().find(|(other, _)| other.id == option.id) {
                    Some((_, other)) => faults.push(Fault {
                        file: file.path.clone(),
                        line: 0,
                        says: format!(
                            "the name `{}` is taken by {other}: uses are counted by name, so give one of the two another",
                            option.id
                        ),
                    }),
                    None => options.push((option, &file.path)),
                },
                Err(found) => faults.extend(found),
            }
        }
        let mut options: Vec<Choice> = options.into_iter().map(|(option, _)| option).collect();
        options.sort_by(|a, b| a.id.cmp(&b.id));
        (Self { options }, faults)
    }

    /// The set that comes with the program.
    pub fn starting() -> Self {
        let files: Vec<File> = STARTING
            .iter()
            .map(|(name, text)| File {
                path: (*name).to_owned(),
                group: String::new(),
                text: (*text).to_owned(),
            })
            .collect();
        Self::load(&files).0
    }

    pub fn get(&self, id: &str) -> Option<&Choice> {
        self.options.iter().find(|option| option.id == id)
    }

    /// The options whose wording still stands, mostly, in a text.
    pub fn in_text<'a>(&'a self, text: &str) -> Vec<&'a Choice> {
        let said = wording::Said::of(text);
        self.options
            .iter()
            .filter(|option| said.holds(&option.wording))
            .collect()
    }
}

/// What `unruffled playbook test` found.
#[derive(Debug)]
pub struct PlaybookTest {
    /// How many options are well.
    pub well: usize,
    /// Every fault, ready to be printed.
    pub faults: Vec<String>,
}

/// Reads a folder as the desk would.
pub fn test_playbook(folder: &Path) -> std::io::Result<PlaybookTest> {
    let (playbook, faults) = Playbook::load(&files(folder)?);
    Ok(PlaybookTest {
        well: playbook.options.len(),
        faults: faults.iter().map(ToString::to_string).collect(),
    })
}
