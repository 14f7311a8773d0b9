//! How fast the engine is: the figures that its bench prints, pinned to one core, instructions and allocations a message,
//! and lines a second through the program.

use crate::bench::Row;
use crate::machine;
use crate::step::Step;
use crate::tally::Tally;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

const PACKAGE: &str = "unruffled-engine";
/// One core, not the first: that one has the machine's own chores.
const CORE: &str = "1";
/// Read so many times five messages under the instruction counter, beyond a run that reads once.
const ROUNDS: u64 = 200;
const MESSAGES_A_ROUND: u64 = 5;
const LINES: usize = 40_000;

pub fn measure(tally: &mut Tally) -> Vec<Row> {
    // Built on all cores first, so that only the run is pinned.
    let built = ["bench", "--package", PACKAGE, "--benches", "--no-run"];
    tally.add(Step::new("the engine's benches, optimised", "cargo", &built).run());
    let mut rows = figures(tally);
    rows.extend(allocations(tally));
    rows.push(instructions(tally));
    rows
}

fn figures(tally: &mut Tally) -> Vec<Row> {
    let bench = ["bench", "--package", PACKAGE, "--bench", "figures"];
    let pinned = machine::program("taskset").is_some();
    let step = if pinned {
        let args = [&["-c", CORE, "cargo"], &bench[..]].concat();
        Step::new("figures of the engine, on one core", "taskset", &args)
    } else {
        Step::new("figures of the engine, not pinned", "cargo", &bench)
    };
    let (line, said) = step.run_and_hear();
    tally.add(line);
    let figure = |name: &str| figure(&said, name);
    let mut rows = Vec::new();
    let mut row = |what: &str, measured: Option<String>, aim: Option<(&'static str, bool)>| {
        rows.extend(measured.map(|measured| Row {
            what: what.to_owned(),
            measured,
            aim,
        }));
    };
    let best = figure("messages_best_per_s");
    row(
        "Short messages read, on one core",
        best.zip(figure("messages_usual_per_s"))
            .map(|(best, usual)| {
                format!("{} a second, usually {}", thousands(best), thousands(usual))
            }),
        best.map(|best| ("at least 200,000 a second", best >= 200_000.0)),
    );
    row(
        "Replies of 50 words reviewed, their messages read",
        figure("reviews_best_per_s")
            .zip(figure("reviews_usual_per_s"))
            .map(|(best, usual)| {
                format!("{} a second, usually {}", thousands(best), thousands(usual))
            }),
        None,
    );
    let us = |name: &str| {
        let p50 = figure(&format!("{name}_p50_us"))?;
        let p99 = figure(&format!("{name}_p99_us"))?;
        Some((
            p99,
            format!("half within {p50:.0} µs, 99 of 100 within {p99:.0} µs"),
        ))
    };
    let aim = "99 of 100 under 1 ms";
    let drafts = [
        ("draft", "4,000 drafts of 300 words under 20 turns"),
        (
            "draft_and_message",
            "The same, and reading the message it answers",
        ),
    ];
    for (name, what) in drafts {
        let met = us(name).map(|(p99, _)| (aim, p99 < 1_000.0));
        row(what, us(name).map(|(_, words)| words), met);
    }
    let load = figure("load_ms");
    row(
        &format!("Loading all {:.0} cards", figure("cards").unwrap_or(0.0)),
        load.map(|ms| format!("{ms:.0} ms")),
        load.map(|ms| ("under 20 ms", ms < 20.0)),
    );
    rows
}

/// The figure of this name in what the bench said.
fn figure(said: &str, name: &str) -> Option<f64> {
    said.lines().find_map(|line| {
        let (known, value) = line.strip_prefix("figure ")?.split_once(' ')?;
        (known == name).then(|| value.parse().ok())?
    })
}

fn thousands(number: f64) -> String {
    let whole = format!("{number:.0}");
    let mut words = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            words.push(',');
        }
        words.push(digit);
    }
    words
}

fn allocations(tally: &mut Tally) -> Option<Row> {
    let bench = ["bench", "--package", PACKAGE, "--bench", "allocations"];
    let (line, said) = Step::new("allocations of the engine", "cargo", &bench).run_and_hear();
    tally.add(line);
    let count = allocated(&said)?;
    Some(Row {
        what: "Allocations for a short message".to_owned(),
        measured: format!("{:.0}", count / MESSAGES_A_ROUND as f64),
        aim: None,
    })
}

/// The count that divan prints below `alloc:`.
fn allocated(said: &str) -> Option<f64> {
    let mut lines = said.lines().skip_while(|line| {
        let words = line.trim_start_matches(['│', '├', '╰', '─', ' ']);
        !words.starts_with("alloc:")
    });
    let line = lines.nth(1)?;
    let number = line
        .trim_start_matches(['│', ' '])
        .split_whitespace()
        .next()?;
    number.parse().ok()
}

/// Instructions do not depend on who else uses the machine.
fn instructions(tally: &mut Tally) -> Row {
    let what = "Instructions for a short message".to_owned();
    let aim = None;
    if machine::program("valgrind").is_none() {
        let measured = "left out: no valgrind here".to_owned();
        return Row {
            what,
            measured,
            aim,
        };
    }
    let counted = |rounds: u64| {
        let args = [
            "bench",
            "--package",
            PACKAGE,
            "--bench",
            "figures",
            "--",
            "--read",
            &rounds.to_string(),
        ];
        let out = Command::new("cargo")
            .args(args)
            .current_dir(machine::root())
            .env(
                runner()?,
                "valgrind --tool=callgrind --callgrind-out-file=/dev/null",
            )
            .output()
            .ok()?;
        refs(&String::from_utf8_lossy(&out.stderr))
    };
    let mut measured = "valgrind did not say".to_owned();
    tally.add(crate::tally::Line::timed(
        "instructions of the engine",
        || {
            let (less, more) = counted(1)
                .zip(counted(1 + ROUNDS))
                .ok_or("valgrind did not say how many")?;
            let each = more.saturating_sub(less) / (ROUNDS * MESSAGES_A_ROUND);
            measured = thousands(each as f64);
            Ok(measured.clone())
        },
    ));
    Row {
        what,
        measured,
        aim,
    }
}

/// The variable by which cargo learns what to run a bench with.
fn runner() -> Option<String> {
    let out = Command::new("rustc").arg("-vV").output().ok()?;
    let said = String::from_utf8(out.stdout).ok()?;
    let host = said.lines().find_map(|line| line.strip_prefix("host: "))?;
    Some(format!(
        "CARGO_TARGET_{}_RUNNER",
        host.to_uppercase().replace('-', "_")
    ))
}

/// What callgrind counted: `==1== Collected : 123` or `==1== I   refs:      1,234`.
fn refs(said: &str) -> Option<u64> {
    let line = said.lines().find(|line| line.contains("refs:"))?;
    let number = line.rsplit(':').next()?.replace(',', "");
    number.trim().parse().ok()
}

/// Lines a second through `unruffled read --jsonl`, with one job and with two.
pub fn lines(program: &Path) -> Result<Vec<Row>, String> {
    let input = machine::target().join("bench-lines.jsonl");
    let texts = [
        "Where is my order 88213? It was due on Tuesday.",
        "Thanks, that fixed it.",
        "I was told the refund would be here by the 5th. You keep telling me different things.",
        "Need the invoice.",
        "The screen has a line down the middle, can I swap it?",
    ];
    let mut file = std::fs::File::create(&input).map_err(|why| why.to_string())?;
    let all: String = texts
        .iter()
        .cycle()
        .take(LINES)
        .map(|text| format!("{{\"text\":\"{text}\"}}\n"))
        .collect();
    file.write_all(all.as_bytes())
        .map_err(|why| why.to_string())?;
    // What starting and loading take is no line's time.
    let empty = machine::target().join("bench-no-lines.jsonl");
    std::fs::write(&empty, "").map_err(|why| why.to_string())?;
    let took = |input: &Path, jobs: &str| -> Result<f64, String> {
        let began = Instant::now();
        let status = Command::new(program)
            .args(["read", "--jsonl", "--jobs", jobs])
            .arg(input)
            .stdout(Stdio::null())
            .status()
            .map_err(|why| why.to_string())?;
        match status.success() {
            true => Ok(began.elapsed().as_secs_f64()),
            false => Err(format!("reading lines ended with {status}")),
        }
    };
    let rate = |jobs: &str| -> Result<f64, String> {
        let mut best = f64::MAX;
        for _ in 0..5 {
            let start = took(&empty, jobs)?;
            best = best.min((took(&input, jobs)? - start).max(1e-6));
        }
        Ok(LINES as f64 / best)
    };
    let (one, two) = (rate("1")?, rate("2")?);
    let size = std::fs::metadata(program).map_or(0, |meta| meta.len());
    let _ = (std::fs::remove_file(&input), std::fs::remove_file(&empty));
    Ok(vec![
        Row {
            what: "Lines a second through `read --jsonl`, one job".to_owned(),
            measured: thousands(one),
            aim: None,
        },
        Row {
            what: "The same, two jobs".to_owned(),
            measured: format!("{} ({:.1} times as many)", thousands(two), two / one),
            aim: Some(("twice as many", two / one >= 1.8)),
        },
        Row {
            what: "The program, before packaging".to_owned(),
            measured: format!("{:.0} MB", size as f64 / 1e6),
            aim: None,
        },
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_read_from_what_is_printed() {
        assert_eq!(
            figure("figure cards 12.00\nfigure load_ms 3.50\n", "load_ms"),
            Some(3.5)
        );
        assert_eq!(
            refs("==1== \n==1== I   refs:      1,234,567\n"),
            Some(1_234_567)
        );
        assert_eq!(thousands(1_234_567.2), "1,234,567");
        let said = "╰─ five   1 µs │ 2 µs\n│  max alloc:  │\n│    3   │ 3\n│  alloc:   │\n│    135    │ 135\n";
        assert_eq!(allocated(said), Some(135.0));
    }
}
