//! `cargo x browser`: the journeys in a real Chromium, against the binary that was just built.

use crate::machine;
use crate::step::Step;
use crate::tally::{Line, Outcome, Tally};
use std::process::{Command, ExitCode};
use std::time::Duration;

const NAME: &str = "journeys in a browser";

pub fn run() -> ExitCode {
    let mut tally = Tally::default();
    tally.add(journeys());
    tally.finish()
}

pub fn journeys() -> Line {
    let folder = machine::root().join("tests/browser");
    if machine::program("node").is_none() || machine::program("npm").is_none() {
        return Line::left_out(NAME, "no Node here (apt-get install nodejs npm)");
    }
    let Some(chromium) = machine::chromium() else {
        return Line::left_out(NAME, "no Chromium here (apt-get install chromium)");
    };
    if !folder.join("package.json").exists() {
        return Line::left_out(NAME, "tests/browser has no package.json yet");
    }
    if !folder.join("node_modules").exists() {
        return Line::left_out(
            NAME,
            "its modules are not installed (run `npm ci` in tests/browser)",
        );
    }
    if let Some(failed) = build() {
        return failed;
    }
    Step::new(NAME, "npm", &["test", "--silent"])
        .within("tests/browser")
        .env("UNRUFFLED_BIN", machine::target().join("debug/unruffled"))
        .env("CHROMIUM", chromium)
        .run()
}

/// The journeys live in the program as it is now, never in an old build.
fn build() -> Option<Line> {
    let built = Command::new("cargo")
        .args(["build", "--package", "unruffled-cli"])
        .args(["--package", "unruffled-mail", "--bins", "--examples"])
        .current_dir(machine::root())
        .status();
    if built.is_ok_and(|status| status.success()) {
        return None;
    }
    let outcome = Outcome::Failed("the program did not build".to_owned());
    Some(Line::new(NAME, Default::default(), outcome, Duration::ZERO))
}
