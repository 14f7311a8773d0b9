//! The lines in which a run says what went wrong, kept so that the end of a long run can say them again.

use crate::count::without_colour;

/// More than this nobody reads at the end of a run; the whole output stands above.
const LINES_MAX: usize = 40;
const CHARS_MAX: usize = 240;

/// How such a line begins: Node's runner, what its tests throw, nextest, panics and the compiler.
const OPENINGS: &[&str] = &[
    "✖ ",
    "AssertionError",
    "TimeoutError",
    "Error:",
    "Error [",
    "TypeError",
    "locator.",
    "page.",
    "FAIL [",
    "SIGKILL",
    "thread '",
    "error:",
    "error[",
];

/// What was complained about so far.
#[derive(Default)]
pub struct Complaints(Vec<String>);

impl Complaints {
    /// Keeps the line, if it complains and has not been said before.
    pub fn take(&mut self, line: &str) {
        let line = without_colour(line);
        let line = line.trim();
        if self.0.len() >= LINES_MAX || !OPENINGS.iter().any(|opening| line.starts_with(opening)) {
            return;
        }
        let said: String = line.chars().take(CHARS_MAX).collect();
        if !self.0.contains(&said) {
            self.0.push(said);
        }
    }

    /// Everything that was kept.
    pub fn take_all(&mut self) -> Vec<String> {
        std::mem::take(&mut self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_complaint_is_kept_once_and_other_lines_not_at_all() {
        let mut complaints = Complaints::default();
        for line in [
            "\u{1b}[31m✖ a reply is sent twice\u{1b}[39m",
            "✔ a reply is kept",
            "    ✖ a reply is sent twice",
            "  TimeoutError: waited in vain",
        ] {
            complaints.take(line);
        }
        assert_eq!(
            complaints.take_all(),
            ["✖ a reply is sent twice", "TimeoutError: waited in vain"]
        );
    }
}
