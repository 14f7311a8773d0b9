//! How a command that did not work says so: one sentence on stderr, and an exit code with a meaning.

use std::fmt::Display;
use std::path::Path;
use std::process::ExitCode;

/// It could not be done; the sentence says what and where.
pub const NOT_DONE: u8 = 1;
/// The command line itself was wrong.
pub const WRONG_USE: u8 = 2;
/// Done to the end, but something on the way was not right: a bad line, a card whose example fails.
pub const NOT_ALL_WELL: u8 = 3;

/// The end of every `--help`.
pub const EXIT_CODES: &str = "\
Exit codes:
  0  done
  1  it could not be done; one sentence on stderr says what and where
  2  the command line was wrong
  3  done to the end, but a line, a letter or a card on the way was not right";

/// Why a command ends early.
#[derive(Debug)]
pub enum Failure {
    /// A sentence for the person at the terminal.
    Says { words: String, code: u8 },
    /// Whoever read our output has stopped reading (`… | head`). Nothing to say, nobody to say it to.
    NobodyReads,
}

impl Failure {
    pub fn says(words: impl Display) -> Failure {
        Failure::Says {
            words: words.to_string(),
            code: NOT_DONE,
        }
    }

    pub fn wrong_use(words: impl Display) -> Failure {
        Failure::Says {
            words: words.to_string(),
            code: WRONG_USE,
        }
    }

    /// A file that could not be read or written: which one, and what the system says.
    pub fn file(path: &Path, did: &str, why: &std::io::Error) -> Failure {
        Failure::says(format!(
            "{} could not be {did}: {}.",
            path.display(),
            reason(why)
        ))
    }

    /// Prints the sentence and turns into the exit code.
    pub fn tell(self) -> ExitCode {
        match self {
            Failure::NobodyReads => ExitCode::SUCCESS,
            Failure::Says { words, code } => {
                eprintln!("{words}");
                ExitCode::from(code)
            }
        }
    }
}

/// The system's words without its numbers: "No such file or directory".
pub fn reason(why: &std::io::Error) -> String {
    let words = why.to_string();
    words
        .split(" (os error")
        .next()
        .unwrap_or(&words)
        .to_owned()
}

/// Only for writing to stdout: files are reported through [`Failure::file`], with their name.
impl From<std::io::Error> for Failure {
    fn from(why: std::io::Error) -> Failure {
        if why.kind() == std::io::ErrorKind::BrokenPipe {
            Failure::NobodyReads
        } else {
            Failure::says(format!(
                "The output could not be written: {}.",
                reason(&why)
            ))
        }
    }
}
