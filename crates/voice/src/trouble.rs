//! Why a model did not answer, in words that go behind "the model".

use std::fmt;
use std::time::Duration;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// It was not waited for any longer.
    Slow(Duration),
    /// Nobody was there; why, in the words of whoever tried.
    Down(String),
    /// What it said could not be used.
    Wrong(String),
    /// It said more than anybody reads.
    TooMuch(usize),
    /// Without TLS it would have gone out of one's own network.
    Open,
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Slow(wait) => write!(f, "did not answer within {} ms", wait.as_millis()),
            Self::Down(why) => write!(f, "could not be reached ({})", one_line(why)),
            Self::Wrong(why) => write!(f, "could not be read ({})", one_line(why)),
            Self::TooMuch(bytes) => write!(f, "answered with more than {} kB", bytes / 1024),
            Self::Open => f.write_str(
                "was not asked: http is taken only inside your own network, and its address lies outside",
            ),
        }
    }
}

impl std::error::Error for Trouble {}

/// What others say may be long and have lines; this is one sentence of a page.
fn one_line(why: &str) -> String {
    const CHARS_MAX: usize = 200;
    let words: Vec<&str> = why.split_whitespace().collect();
    let line = words.join(" ");
    line.trim_end_matches('.').chars().take(CHARS_MAX).collect()
}
