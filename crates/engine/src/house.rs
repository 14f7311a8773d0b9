//! The organisation's own words, beside its cards: `glossary.txt`, `names.txt` and `house.txt`.
//!
//! | file | a line |
//! | --- | --- |
//! | `glossary.txt` | `RMA = return number`: a word that only the house knows, and the plain words for it |
//! | `names.txt` | `Calm Down blanket`: the name of a product, never read as words |
//! | `house.txt` | `duck`: a word that is part of how this house speaks, and draws no note |
//!
//! A line that begins with `#` says something to whoever keeps the file.

use crate::card::CardFault;
use crate::glossary::Term;
use crate::pattern::Match;
use crate::text::{Kind, Text, intern_words};
use crate::words::{WordId, Words};

/// Codes of the checks that a word of the house silences: being too familiar, sounding like a form, pictures in words.
const SILENCED: [&str; 3] = ["V12", "V21", "V32"];
/// Lines of one file; more than these is a dictionary, not a house's own words.
const LINES_MAX: usize = 2_000;
/// Longest term, name or word, in bytes.
const ENTRY_BYTES_MAX: usize = 120;

/// What an organisation says of its own words, as read.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct OwnWords {
    pub glossary: Vec<Term>,
    pub names: Vec<String>,
    pub house: Vec<String>,
}

impl OwnWords {
    /// Whether a file is one of the three, by its path: they lie beside the folders of cards, not in one.
    pub fn is_one(file: &str) -> bool {
        let mut parts = file.rsplit(['/', '\\']);
        let name = parts.next().unwrap_or("");
        let folder = parts.next().unwrap_or("");
        matches!(name, "glossary.txt" | "names.txt" | "house.txt")
            && !matches!(folder, "words" | "grammar")
    }

    /// Takes in one of the three files; what is wrong with it is told line by line.
    pub fn take(&mut self, file: &str, source: &str, faults: &mut Vec<CardFault>) {
        let name = file.rsplit(['/', '\\']).next().unwrap_or("");
        let source = source.strip_prefix('\u{feff}').unwrap_or(source);
        let mut seen: Vec<String> = Vec::new();
        for (index, line) in source.lines().enumerate() {
            let entry = line.split(" #").next().unwrap_or("").trim();
            if entry.is_empty() || entry.starts_with('#') {
                continue;
            }
            let said = if seen.len() >= LINES_MAX {
                Err(format!(
                    "a file holds {LINES_MAX} lines at the most; this is one more"
                ))
            } else {
                self.entry(name, entry, &mut seen)
            };
            if let Err(says) = said {
                faults.push(CardFault {
                    file: file.to_string(),
                    line: index + 1,
                    says,
                });
                if seen.len() >= LINES_MAX {
                    return;
                }
            }
        }
    }

    fn entry(&mut self, name: &str, entry: &str, seen: &mut Vec<String>) -> Result<(), String> {
        let (word, plain) = match (name, entry.split_once('=')) {
            ("glossary.txt", Some((term, plain))) => (term.trim(), plain.trim()),
            ("glossary.txt", None) => {
                return Err(format!(
                    "`{entry}` lacks its plain words: write `TERM = PLAIN WORDS`"
                ));
            }
            _ => (entry, ""),
        };
        if !word.chars().any(char::is_alphanumeric) {
            return Err(format!("`{entry}` names no word"));
        }
        if name == "glossary.txt" && !plain.chars().any(char::is_alphanumeric) {
            return Err(format!("`{word}` has no plain words behind its `=`"));
        }
        if word.len() > ENTRY_BYTES_MAX || plain.len() > ENTRY_BYTES_MAX {
            return Err(format!("`{word}` is longer than {ENTRY_BYTES_MAX} bytes"));
        }
        let lower = word.to_lowercase();
        if seen.contains(&lower) {
            return Err(format!("`{word}` stands here twice"));
        }
        seen.push(lower);
        match name {
            "glossary.txt" => self.glossary.push(Term {
                term: word.to_string(),
                plain: plain.to_string(),
            }),
            "names.txt" => self.names.push(word.to_string()),
            _ => self.house.push(word.to_string()),
        }
        Ok(())
    }
}

/// Words that are part of how the house speaks.
#[derive(Debug, Default)]
pub struct House(Vec<Vec<WordId>>);

impl House {
    pub fn new<S: AsRef<str>>(phrases: impl IntoIterator<Item = S>, words: &mut Words) -> House {
        let phrases = phrases.into_iter().map(|phrase| {
            phrase
                .as_ref()
                .to_lowercase()
                .split(|c: char| c.is_whitespace() || c == '-')
                .filter(|word| !word.is_empty())
                .flat_map(|word| intern_words(word, words))
                .collect()
        });
        House(
            phrases
                .filter(|phrase: &Vec<WordId>| !phrase.is_empty())
                .collect(),
        )
    }

    /// Whether a finding of the check `code` is about a word of the house and about nothing else.
    pub fn silences(&self, code: &str, found: Match, text: &Text<'_>) -> bool {
        if self.0.is_empty() || !SILENCED.contains(&code) {
            return false;
        }
        let (from, to) = found.show;
        let shown = || {
            text.tokens[from.min(text.tokens.len())..to.min(text.tokens.len())]
                .iter()
                .filter(|t| !matches!(t.kind, Kind::Punct | Kind::Newline))
                .map(|t| t.word)
        };
        self.0
            .iter()
            .any(|phrase| shown().eq(phrase.iter().copied()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(file: &str, source: &str) -> (OwnWords, Vec<String>) {
        let (mut own, mut faults) = (OwnWords::default(), Vec::new());
        own.take(file, source, &mut faults);
        (own, faults.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn a_glossary_gives_each_term_its_plain_words() {
        let (own, faults) = read(
            "desk/glossary.txt",
            "# ours\nRMA = return number\n\nSIM swap = a new card for your phone # asked for often\n",
        );
        assert!(faults.is_empty(), "{faults:?}");
        assert_eq!(own.glossary.len(), 2);
        assert_eq!(own.glossary[1].plain, "a new card for your phone");
    }

    #[test]
    fn each_fault_says_file_and_line() {
        let (own, faults) = read(
            "desk/glossary.txt",
            "RMA\nPO =\nSIM = card\nsim = phone card\n= x\n",
        );
        assert_eq!(own.glossary.len(), 1);
        assert_eq!(
            faults,
            [
                "desk/glossary.txt:1: `RMA` lacks its plain words: write `TERM = PLAIN WORDS`",
                "desk/glossary.txt:2: `PO` has no plain words behind its `=`",
                "desk/glossary.txt:4: `sim` stands here twice",
                "desk/glossary.txt:5: `= x` names no word",
            ]
        );
    }

    #[test]
    fn only_files_beside_the_cards_are_the_houses_own() {
        assert!(OwnWords::is_one("desk/names.txt") && OwnWords::is_one("house.txt"));
        assert!(!OwnWords::is_one("words/names.txt") && !OwnWords::is_one("desk/notes.txt"));
    }
}
