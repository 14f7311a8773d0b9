//! What ran, what failed, what was left out and why: the last table of a run.

use crate::count::Count;
use crate::machine;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// How one step ended.
pub enum Outcome {
    Passed,
    /// It passed, and these words are what it found.
    Measured(String),
    /// It ran inside another step, named here.
    Within(&'static str),
    Failed(String),
    /// This machine does not allow it; the words say what is missing.
    LeftOut(String),
}

/// One row.
pub struct Line {
    name: String,
    count: Count,
    outcome: Outcome,
    took: Duration,
    complaints: Vec<String>,
}

impl Line {
    pub fn new(name: &str, count: Count, outcome: Outcome, took: Duration) -> Line {
        Line {
            name: name.to_owned(),
            count,
            outcome,
            took,
            complaints: Vec::new(),
        }
    }

    /// What it said when it failed, to be read again at the end of a long run.
    pub fn complaining(mut self, complaints: Vec<String>) -> Line {
        self.complaints = complaints;
        self
    }

    /// Runs a measurement whose words are shown in the table.
    pub fn timed(name: &str, measure: impl FnOnce() -> Result<String, String>) -> Line {
        println!("\n── {name} ──");
        let began = Instant::now();
        let outcome = match measure() {
            Ok(words) => {
                println!("{words}");
                Outcome::Measured(words)
            }
            Err(why) => Outcome::Failed(why),
        };
        Line::new(name, Count::default(), outcome, began.elapsed())
    }

    pub fn failed(&self) -> bool {
        matches!(self.outcome, Outcome::Failed(_))
    }

    pub fn left_out(name: &str, why: &str) -> Line {
        let outcome = Outcome::LeftOut(why.to_owned());
        Line::new(name, Count::default(), outcome, Duration::ZERO)
    }

    pub fn within(name: &str, step: &'static str) -> Line {
        Line::new(
            name,
            Count::default(),
            Outcome::Within(step),
            Duration::ZERO,
        )
    }

    /// A step that reports no tests of its own counts as one.
    fn counted(&self, all_wanted: bool) -> Count {
        let mut count = self.count;
        match &self.outcome {
            Outcome::Measured(_) => count.passed = 1,
            Outcome::Passed if count == Count::default() => count.passed = 1,
            // A run can fail without a failing test: it did not build, or it was killed.
            Outcome::Failed(_) if count.failed == 0 => count.failed = 1,
            Outcome::LeftOut(_) if all_wanted => count.failed = 1,
            _ => {}
        }
        count
    }

    fn words(&self) -> String {
        let Count { passed, failed } = self.count;
        let counted = match (passed, failed) {
            (0, 0) => String::new(),
            (passed, 0) => format!(", {passed} tests"),
            (passed, failed) => format!(", {failed} of {} tests failed", passed + failed),
        };
        match &self.outcome {
            Outcome::Passed => format!("passed{counted} ({:.1} s)", self.took.as_secs_f32()),
            Outcome::Measured(words) => words.clone(),
            Outcome::Within(step) => format!("passed or failed with “{step}”"),
            Outcome::Failed(why) => format!("FAILED{counted}: {why}"),
            Outcome::LeftOut(why) => format!("left out: {why}"),
        }
    }
}

/// All rows of a run.
#[derive(Default)]
pub struct Tally {
    lines: Vec<Line>,
}

impl Tally {
    pub fn add(&mut self, line: Line) {
        self.lines.push(line);
    }

    /// Prints the table and the one line that says it all; that line comes last.
    pub fn finish(&self) -> ExitCode {
        let all_wanted = machine::all_tests_wanted();
        let width = self.lines.iter().map(|l| l.name.chars().count()).max();
        let width = width.unwrap_or(0);
        println!("\n── what ran, and what did not ──");
        for line in &self.lines {
            println!("  {:width$}  {}", line.name, line.words());
        }
        let left_out = self
            .lines
            .iter()
            .filter(|l| matches!(l.outcome, Outcome::LeftOut(_)))
            .count();
        for line in self.lines.iter().filter(|line| line.failed()) {
            println!("\n  {}:", line.name);
            line.complaints
                .iter()
                .for_each(|said| println!("    {said}"));
        }
        if left_out > 0 && all_wanted {
            println!("  UNRUFFLED_ALL_TESTS=1 counts what is left out as failed.");
        }
        let total = self.lines.iter().map(|l| l.counted(all_wanted)).fold(
            Count::default(),
            |mut sum, c| {
                sum.passed += c.passed;
                sum.failed += c.failed;
                sum
            },
        );
        println!("\n{} passed, {} failed", total.passed, total.failed);
        if total.failed == 0 {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_without_tests_of_its_own_counts_as_one() {
        let line = Line::new("fmt", Count::default(), Outcome::Passed, Duration::ZERO);
        assert_eq!(line.counted(false).passed, 1);
    }

    #[test]
    fn a_run_that_did_not_build_is_a_failure() {
        let outcome = Outcome::Failed("ended with 101".to_owned());
        let line = Line::new("tests", Count::default(), outcome, Duration::ZERO);
        assert_eq!(line.counted(false).failed, 1);
    }

    #[test]
    fn what_is_left_out_fails_only_when_everything_is_wanted() {
        let line = Line::left_out("browser", "no Chromium here");
        assert_eq!(line.counted(false).failed, 0);
        assert_eq!(line.counted(true).failed, 1);
    }
}
