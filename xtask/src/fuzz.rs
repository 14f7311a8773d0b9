//! `cargo x fuzz`: every fuzz target for a while.

use crate::machine;
use crate::step::Step;
use crate::tally::{Line, Tally};
use std::process::ExitCode;

/// What CI gives each target.
const SECONDS: &str = "60";

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
            let limit = format!("-max_total_time={seconds}");
            // The sanitizer needs flags that the stable compiler keeps behind this switch.
            Step::new(
                &name,
                "cargo",
                &["fuzz", "run", &target, "--", &limit, "-rss_limit_mb=2048"],
            )
            .env("RUSTC_BOOTSTRAP", "1")
            .run()
        } else {
            Line::left_out(
                &name,
                "no cargo-fuzz here (cargo install cargo-fuzz --locked)",
            )
        });
    }
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
