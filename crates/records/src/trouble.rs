//! Why a source did not answer, in words that go behind its name: "the till's list did not answer within 2 s".

use std::fmt;
use std::time::Duration;

/// Why there is no answer.
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
    /// It sent us elsewhere.
    Redirect,
    /// Its host lies where no record should lie.
    Private,
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Slow(patience) => write!(f, "did not answer within {}", Seconds(*patience)),
            Self::Down(why) => write!(f, "could not be reached ({})", one_line(why)),
            Self::Wrong(why) => write!(f, "could not be read ({})", one_line(why)),
            Self::TooMuch(bytes) => write!(
                f,
                "answered with more than {} kB, and was cut off there",
                bytes / 1024
            ),
            Self::Redirect => f.write_str("pointed to another address, which is not followed"),
            Self::Private => f.write_str(
                "lies at a private address, which is not asked unless its settings say private_address = true",
            ),
        }
    }
}

struct Seconds(Duration);

impl fmt::Display for Seconds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ms = self.0.as_millis();
        if ms.is_multiple_of(1000) {
            write!(f, "{} s", ms / 1000)
        } else {
            write!(f, "{ms} ms")
        }
    }
}

/// What others say may be long and have lines; this stands beside a letter.
fn one_line(why: &str) -> String {
    const CHARS_MAX: usize = 200;
    let words: Vec<&str> = why.split_whitespace().collect();
    let line = words.join(" ");
    let line = line.trim_end_matches('.');
    line.chars().take(CHARS_MAX).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trouble_is_a_sentence_behind_a_name() {
        let said = |trouble: Trouble| format!("The till's list {trouble}.");
        assert_eq!(
            said(Trouble::Slow(Duration::from_secs(2))),
            "The till's list did not answer within 2 s."
        );
        assert_eq!(
            said(Trouble::Slow(Duration::from_millis(150))),
            "The till's list did not answer within 150 ms."
        );
        assert_eq!(
            said(Trouble::Down("connection\nrefused.".into())),
            "The till's list could not be reached (connection refused)."
        );
    }
}
