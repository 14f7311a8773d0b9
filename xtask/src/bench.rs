//! `cargo x bench`: how fast a message is read, how quickly the desk answers, how small it sits.

use crate::step::Step;
use crate::tally::{Line, Tally};
use crate::{engine_speed, idle, machine, round_trip};
use std::process::ExitCode;

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
        let mut rows = engine_speed::measure(&mut tally);
        rows.extend(desk(&mut tally));
        show(&rows);
    }
    tally.finish()
}

/// Each bench once: it still builds, it still runs. Numbers from a busy machine would prove nothing, so nothing is optimised for
/// them: that takes ten minutes for the desk's.
pub fn smoke(tally: &mut Tally) {
    for (package, benches) in with_benches() {
        // Named one by one: `--benches` would run the library's own tests once more.
        let mut args = vec!["bench", "--profile", "dev", "--package", &package];
        args.extend(benches.iter().flat_map(|bench| ["--bench", bench]));
        args.extend(["--", "--test"]);
        tally.add(Step::new(&format!("benches of {package}"), "cargo", &args).run());
    }
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
    measured("lines through the program", &|| {
        engine_speed::lines(&program)
    });
    measured("facts of a new letter", &facts);
    measured("typing round trip", &|| round_trip::measure(&program));
    measured("start and memory", &|| idle::measure(&program));
    rows
}

/// From a stored letter to its facts, with five sources of 100,000 entries.
fn facts() -> Result<Vec<Row>, String> {
    const AIM_MS: f64 = 300.0;
    let args = ["bench", "--package", "unruffled-server", "--bench", "facts"];
    let ran = std::process::Command::new("cargo")
        .args(args)
        .output()
        .map_err(|why| why.to_string())?;
    let said = String::from_utf8_lossy(&ran.stdout);
    let line = said
        .lines()
        .find(|line| line.starts_with("facts of a new letter"))
        .ok_or("the bench of the facts printed no figure")?;
    let (what, measured) = line.split_once(": ").ok_or("its line has no figure")?;
    let most = measured
        .split("95 of 100 within ")
        .nth(1)
        .and_then(|rest| rest.split(' ').next()?.parse::<f64>().ok())
        .ok_or("its line has no figure for 95 of 100")?;
    Ok(vec![Row {
        what: what.to_owned(),
        measured: measured.to_owned(),
        aim: Some(("95 of 100 under 300 ms", most < AIM_MS)),
    }])
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
fn with_benches() -> Vec<(String, Vec<String>)> {
    let mut packages: Vec<(String, Vec<String>)> = names_in(&machine::root().join("crates"))
        .map(|name| {
            let benches = machine::root().join("crates").join(&name).join("benches");
            let files =
                names_in(&benches).filter_map(|file| Some(file.strip_suffix(".rs")?.to_owned()));
            (format!("unruffled-{name}"), files.collect())
        })
        .filter(|(_, benches): &(String, Vec<String>)| !benches.is_empty())
        .collect();
    packages.sort();
    packages
}

fn names_in(folder: &std::path::Path) -> impl Iterator<Item = String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries.filter_map(|entry| entry.file_name().into_string().ok())
}
