//! `cargo x bench`: how fast a message is read, how quickly the desk answers, how small it sits.

use crate::step::Step;
use crate::tally::{Line, Tally};
use crate::{idle, machine, round_trip};
use std::process::ExitCode;

/// The benches of the engine that the table shows, with what they are called there.
const SHOWN: [(&str, &str, Option<f64>); 4] = [
    (
        "read_a_long_message",
        "Reading a message of 100 words",
        None,
    ),
    (
        "review_a_draft_of_150_words_with_its_message_read",
        "Reviewing a draft of 150 words",
        Some(200.0),
    ),
    (
        "review_a_draft_of_150_words",
        "The same, and reading the message it answers",
        None,
    ),
    ("load_all_cards", "Loading all cards", None),
];

/// One line of the table.
pub struct Row {
    pub what: String,
    pub measured: String,
    /// What we aim at, and whether it was met.
    pub aim: Option<(&'static str, bool)>,
}

pub fn run(rest: &[String]) -> ExitCode {
    let mut tally = Tally::default();
    if rest.iter().any(|word| word == "--smoke") {
        smoke(&mut tally);
    } else {
        let mut rows = engine(&mut tally);
        rows.extend(desk(&mut tally));
        show(&rows);
    }
    tally.finish()
}

/// Each bench once: it still builds, it still runs. Numbers from a busy machine would prove nothing.
pub fn smoke(tally: &mut Tally) {
    for package in with_benches() {
        let args = ["bench", "--package", &package, "--benches", "--", "--test"];
        tally.add(Step::new(&format!("benches of {package}"), "cargo", &args).run());
    }
}

fn engine(tally: &mut Tally) -> Vec<Row> {
    let mut rows = Vec::new();
    for package in with_benches() {
        let args = ["bench", "--package", &package, "--benches"];
        let step = Step::new(&format!("benches of {package}"), "cargo", &args);
        let (line, said) = step.run_and_hear();
        tally.add(line);
        for (bench, what, aim_us) in SHOWN {
            if let Some((words, us)) = median(&said, bench) {
                rows.push(Row {
                    what: what.to_owned(),
                    measured: words,
                    aim: aim_us.map(|aim| ("under 200 µs", us < aim)),
                });
            }
        }
    }
    rows
}

/// The median that divan prints for a bench, as it says it and in microseconds.
fn median(said: &str, bench: &str) -> Option<(String, f64)> {
    let line = said.lines().find(|line| {
        let mut words = line.split_whitespace();
        words.any(|word| word == bench)
    })?;
    // Fastest, slowest, median, mean, samples, iterations.
    let words = line.split('│').nth(2)?.trim();
    let (number, unit) = words.split_once(' ')?;
    let number: f64 = number.parse().ok()?;
    let us = match unit {
        "ns" => number / 1e3,
        "µs" => number,
        "ms" => number * 1e3,
        "s" => number * 1e6,
        _ => return None,
    };
    Some((words.to_owned(), us))
}

/// Start, memory and the typing round trip, on the program people run.
fn desk(tally: &mut Tally) -> Vec<Row> {
    let args = ["build", "--release", "--package", "unruffled-cli"];
    let built = Step::new("the program, optimised", "cargo", &args).run();
    tally.add(built);
    let program = machine::target().join("release/unruffled");
    let mut rows = Vec::new();
    let mut measured = |name: &str, measure: &dyn Fn() -> Result<Vec<Row>, String>| {
        tally.add(Line::timed(name, || {
            let found = measure()?;
            let words: Vec<String> = found
                .iter()
                .map(|row| format!("{}: {}", row.what, row.measured))
                .collect();
            rows.extend(found);
            Ok(words.join("; "))
        }));
    };
    measured("typing round trip", &|| round_trip::measure(&program));
    measured("start and memory", &|| idle::measure(&program));
    rows
}

/// A table to be read here or put into a Markdown page. A missed aim is news, not a failure: a busy or
/// an old machine misses it too.
fn show(rows: &[Row]) {
    println!("\n| What | Measured | Aim |\n| --- | --- | --- |");
    for row in rows {
        let aim = match row.aim {
            None => "".to_owned(),
            Some((aim, true)) => aim.to_owned(),
            Some((aim, false)) => format!("{aim} (missed)"),
        };
        println!("| {} | {} | {aim} |", row.what, row.measured);
    }
}

/// Crates that have a `benches` folder, by package name.
fn with_benches() -> Vec<String> {
    let mut packages: Vec<String> = std::fs::read_dir(machine::root().join("crates"))
        .into_iter()
        .flatten()
        .flatten()
        .filter(|entry| entry.path().join("benches").is_dir())
        .filter_map(|entry| entry.file_name().into_string().ok())
        .map(|name| format!("unruffled-{name}"))
        .collect();
    packages.sort();
    packages
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_read_from_what_divan_prints() {
        let said = "engine   fastest       │ slowest       │ median        │ mean          │ samples │ iters\n\
             ├─ review_a_draft_of_150_words                 120.1 µs      │ 1.2 ms        │ 131.5 µs      │ 140 µs        │ 100     │ 100\n\
             ╰─ review_a_draft_of_150_words_under_20_turns  2.1 ms        │ 3.2 ms        │ 2.2 ms        │ 2.3 ms        │ 100     │ 100\n";
        let found = median(said, "review_a_draft_of_150_words");
        assert_eq!(found, Some(("131.5 µs".to_owned(), 131.5)));
        assert_eq!(median(said, "read_a_long_message"), None);
    }
}
