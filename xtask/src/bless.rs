//! `cargo x bless`: accept the snapshots as they are now.

use crate::step::Step;
use crate::tally::Tally;
use std::process::ExitCode;

pub fn run(rest: &[String]) -> ExitCode {
    let mut args = vec!["test"];
    match rest.first() {
        Some(package) => args.extend(["--package", package.as_str()]),
        None => args.push("--workspace"),
    }
    let mut tally = Tally::default();
    tally.add(
        Step::new("snapshots", "cargo", &args)
            .env("INSTA_UPDATE", "always")
            .run(),
    );
    println!("\nRead what changed before it is kept: git diff -- '*.snap'");
    tally.finish()
}
