//! `cargo x eval`: how right the engine is, beside the figures to beat; a figure below its floor fails.

use crate::step::Step;
use crate::tally::{Line, Tally};
use std::process::ExitCode;

pub fn run(rest: &[String]) -> ExitCode {
    let mut tally = Tally::default();
    tally.add(measured(rest));
    tally.finish()
}

/// Optimised, since it reads some hundred thousand texts.
pub fn measured(rest: &[String]) -> Line {
    let mut args = vec![
        "run",
        "--release",
        "--package",
        "unruffled-eval",
        "--quiet",
        "--",
    ];
    args.extend(rest.iter().map(String::as_str));
    Step::new("how right the engine is", "cargo", &args).run()
}
