//! How many tests passed and failed, read from what the runners print.

/// Tests seen so far.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    pub passed: u32,
    pub failed: u32,
}

impl Count {
    /// Adds what one line of output says, if it is a runner's last word.
    pub fn take(&mut self, line: &str) {
        let line = without_colour(line);
        let line = line.trim();
        if let Some((passed, failed)) = last_word(line) {
            // A runner that sums up for itself has counted what came before.
            *self = Count { passed, failed };
        } else if line.starts_with("test result:") {
            // cargo test: "test result: ok. 12 passed; 0 failed; 0 ignored; …"
            self.passed += before(line, " passed");
            self.failed += before(line, " failed");
        } else if line.starts_with("Summary [") {
            // nextest: "Summary [ 0.1s] 12 tests run: 11 passed, 1 failed, 0 skipped"
            self.passed += before(line, " passed");
            self.failed += before(line, " failed") + before(line, " timed out");
        } else if let Some(n) = after(line, "pass ") {
            self.passed += n;
        } else if let Some(n) = after(line, "fail ") {
            self.failed += n;
        }
    }
}

/// "12 passed, 0 failed" and nothing else, as our own runs end.
fn last_word(line: &str) -> Option<(u32, u32)> {
    let (passed, failed) = line.split_once(", ")?;
    let passed = passed.strip_suffix(" passed")?.parse().ok()?;
    let failed = failed.strip_suffix(" failed")?.parse().ok()?;
    Some((passed, failed))
}

/// The number standing right before a word.
fn before(line: &str, word: &str) -> u32 {
    line.find(word)
        .map(|at| {
            let digits = line[..at].rsplit(|c: char| !c.is_ascii_digit()).next();
            digits.and_then(|d| d.parse().ok()).unwrap_or(0)
        })
        .unwrap_or(0)
}

/// Node's runner: "# pass 5" in one of its manners, "ℹ pass 5" in the other.
fn after(line: &str, word: &str) -> Option<u32> {
    let said = line
        .strip_prefix("# ")
        .or_else(|| line.strip_prefix("ℹ "))?;
    said.strip_prefix(word)?.trim().parse().ok()
}

/// Colour is for eyes; numbers are read without it.
pub fn without_colour(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    let mut letters = line.chars();
    while let Some(c) = letters.next() {
        if c == '\u{1b}' {
            // An escape runs to its first letter: ESC [ 3 1 m.
            letters.by_ref().find(char::is_ascii_alphabetic);
        } else {
            plain.push(c);
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(lines: &[&str], passed: u32, failed: u32) {
        let mut count = Count::default();
        lines.iter().for_each(|line| count.take(line));
        assert_eq!(count, Count { passed, failed });
    }

    #[test]
    fn cargo_test_is_read() {
        check(
            &["test result: FAILED. 12 passed; 3 failed; 0 ignored; 0 measured; 0 filtered out"],
            12,
            3,
        );
    }

    #[test]
    fn nextest_is_read_through_its_colours() {
        check(
            &[
                "\u{1b}[32;1m     Summary\u{1b}[0m [   0.1s] \u{1b}[1m15\u{1b}[0m tests run: \u{1b}[1m14\u{1b}[0m \u{1b}[32;1mpassed\u{1b}[0m, \u{1b}[1m1\u{1b}[0m failed, 0 skipped",
            ],
            14,
            1,
        );
    }

    #[test]
    fn node_is_read_in_both_its_manners() {
        check(&["# pass 5", "# fail 1", "ℹ pass 2", "ℹ fail 0"], 7, 1);
    }

    #[test]
    fn a_run_that_sums_up_for_itself_is_not_counted_twice() {
        check(&["ℹ pass 5", "ℹ fail 1", "5 passed, 1 failed"], 5, 1);
    }

    #[test]
    fn other_words_count_nothing() {
        check(&["all 12 passed, they said", "pass 5"], 0, 0);
    }
}
