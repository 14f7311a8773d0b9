//! The wording of an option: its blanks, and whether it still stands in what was sent.

use std::collections::HashSet;
use std::ops::Range;

/// A blank is a word or a few; longer ones are sentences in braces by mistake.
const BLANK_CHARS_MAX: usize = 40;

/// Three words in a row are hardly there by chance.
const RUN: usize = 3;

/// Of ten runs of the wording, six still stand: the person made it theirs, and it is still this option.
const STILL: (usize, usize) = (6, 10);

/// Checks the braces; where one is amiss, its byte and what is wrong.
pub fn check(wording: &str) -> Result<(), (usize, String)> {
    let mut open: Option<usize> = None;
    for (at, letter) in wording.char_indices() {
        match (letter, open) {
            ('{', None) => open = Some(at),
            ('{', Some(_)) => {
                return Err((
                    at,
                    "a blank stands inside another: `{` twice before a `}`".into(),
                ));
            }
            ('}', None) => {
                return Err((at, "a `}` without its `{`: blanks are written {day}".into()));
            }
            ('}', Some(start)) => {
                let name = wording[start + 1..at].trim();
                if name.is_empty() || name.chars().count() > BLANK_CHARS_MAX || name.contains('\n')
                {
                    return Err((
                        start,
                        format!(
                            "a blank has a name of one to {BLANK_CHARS_MAX} letters on one line"
                        ),
                    ));
                }
                open = None;
            }
            _ => {}
        }
    }
    match open {
        Some(at) => Err((at, "a blank is never closed: its `}` is missing".into())),
        None => Ok(()),
    }
}

/// The blanks, braces included, as byte ranges.
pub fn blanks(wording: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = wording[from..].find('{').map(|at| from + at) {
        let Some(end) = wording[start..].find('}').map(|at| start + at + 1) else {
            break;
        };
        found.push(start..end);
        from = end;
    }
    found
}

/// What somebody wrote, ready to be asked whether a wording stands in it.
pub struct Said {
    runs: HashSet<Vec<String>>,
}

impl Said {
    pub fn of(text: &str) -> Self {
        let words = plain(text);
        let mut runs = HashSet::new();
        for size in 1..=RUN {
            runs.extend(words.windows(size).map(<[String]>::to_vec));
        }
        Self { runs }
    }

    /// Whether the wording still stands in it, mostly. What fills a blank is nobody's business.
    pub fn holds(&self, wording: &str) -> bool {
        let (mut all, mut still) = (0, 0);
        let mut from = 0;
        let end = wording.len();
        let parts = blanks(wording).into_iter().chain(std::iter::once(end..end));
        for blank in parts {
            let words = plain(&wording[from..blank.start]);
            from = blank.end;
            let size = words.len().min(RUN);
            if size == 0 {
                continue;
            }
            for run in words.windows(size) {
                all += 1;
                still += usize::from(self.runs.contains(run));
            }
        }
        // A wording of next to nothing would stand in everything.
        all >= 2 && still * STILL.1 >= all * STILL.0
    }
}

/// Words without case, marks and apostrophes.
fn plain(text: &str) -> Vec<String> {
    let text: String = text
        .chars()
        .filter(|letter| !['\'', '’'].contains(letter))
        .collect();
    text.split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}
