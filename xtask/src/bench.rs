//! `cargo x bench`: how fast a message is read, how quickly the desk answers, how small it sits.

use crate::step::Step;
use crate::tally::{Line, Tally};
use crate::{idle, machine, round_trip};
use std::process::ExitCode;

pub fn run(rest: &[String]) -> ExitCode {
    let mut tally = Tally::default();
    if rest.iter().any(|word| word == "--smoke") {
        smoke(&mut tally);
    } else {
        benches(&mut tally, &[]);
        measured(&mut tally);
    }
    tally.finish()
}

/// Each bench once: it still builds, it still runs. Numbers from a busy machine would prove nothing.
pub fn smoke(tally: &mut Tally) {
    benches(tally, &["--", "--test"]);
}

fn benches(tally: &mut Tally, more: &[&str]) {
    for package in with_benches() {
        let mut args = vec!["bench", "--package", &package, "--benches"];
        args.extend(more);
        tally.add(Step::new(&format!("benches of {package}"), "cargo", &args).run());
    }
}

/// Start, memory and the typing round trip, on the program people run.
fn measured(tally: &mut Tally) {
    let args = ["build", "--release", "--package", "unruffled-cli"];
    let built = Step::new("the program, optimised", "cargo", &args).run();
    tally.add(built);
    let program = machine::target().join("release/unruffled");
    tally.add(Line::timed("start and memory", || idle::measure(&program)));
    tally.add(Line::timed("typing round trip", || {
        round_trip::measure(&program)
    }));
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
