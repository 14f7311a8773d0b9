//! `cargo x fuzz`: every fuzz target for a while.

use crate::machine;
use crate::step::Step;
use crate::tally::{Line, Outcome, Tally};
use std::process::ExitCode;

/// What CI gives each target.
const SECONDS: &str = "60";
/// The same inputs in the same order each time, so that a change is judged by what it changed; set
/// `UNRUFFLED_FUZZ_SEED` for others.
const SEED: &str = "2026";
/// An input that takes so many seconds, sanitizer included, hangs.
const HANG: &str = "-timeout=20";
/// Far more than any letter needs.
const MEMORY: &str = "-rss_limit_mb=2048";

pub fn run(rest: &[String]) -> ExitCode {
    let (numbers, names): (Vec<_>, Vec<_>) =
        rest.iter().partition(|word| word.parse::<u32>().is_ok());
    let mut tally = Tally::default();
    let seconds = numbers.first().map_or(SECONDS, |n| n.as_str());
    all(&mut tally, seconds, names.first().map(|n| n.as_str()));
    tally.finish()
}

/// Every target, or the one that is named.
pub fn all(tally: &mut Tally, seconds: &str, only: Option<&str>) {
    let targets: Vec<String> = targets()
        .into_iter()
        .filter(|name| only.is_none_or(|wanted| wanted == name))
        .collect();
    if targets.is_empty() {
        tally.add(Line::left_out(
            "fuzz",
            "no such target in fuzz/fuzz_targets",
        ));
    }
    for target in targets {
        let name = format!("fuzz {target}, {seconds} s");
        tally.add(if machine::program("cargo-fuzz").is_some() {
            run_one(&name, &target, seconds)
        } else {
            Line::left_out(
                &name,
                "no cargo-fuzz here (cargo install cargo-fuzz --locked)",
            )
        });
    }
}

/// What it finds of its own lies in `fuzz/corpus`, what breaks it in `fuzz/artifacts`.
fn run_one(name: &str, target: &str, seconds: &str) -> Line {
    let own = format!("fuzz/corpus/{target}");
    if let Err(why) = std::fs::create_dir_all(machine::root().join(&own)) {
        let outcome = Outcome::Failed(format!("{own} could not be made: {why}"));
        return Line::new(name, Default::default(), outcome, Default::default());
    }
    let limit = format!("-max_total_time={seconds}");
    let mut args = vec!["fuzz", "run", "--release", target, &own];
    args.extend(seeds(target));
    let seed = std::env::var("UNRUFFLED_FUZZ_SEED").unwrap_or_else(|_| SEED.to_owned());
    let seed = format!("-seed={seed}");
    args.extend(["--", &limit, &seed, HANG, MEMORY]);
    args.extend(longest(target));
    // The sanitizer needs flags that the stable compiler keeps behind this switch.
    Step::new(name, "cargo", &args)
        .env("RUSTC_BOOTSTRAP", "1")
        .run()
}

/// Where a target begins: with what the tests and the cards already know to be worth reading.
fn seeds(target: &str) -> &'static [&'static str] {
    match target {
        "mail_parse" | "quote_split" => &["crates/mail/tests/eml"],
        "card_load" => &["cards"],
        "engine" => &["cards", "crates/cli/demo"],
        _ => &[],
    }
}

/// Longer inputs find no more and take longer.
fn longest(target: &str) -> Option<&'static str> {
    (target == "engine").then_some("-max_len=4096")
}

fn targets() -> Vec<String> {
    let folder = machine::root().join("fuzz/fuzz_targets");
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            name.strip_suffix(".rs").map(str::to_owned)
        })
        .collect();
    names.sort();
    names
}
