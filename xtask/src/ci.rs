//! `cargo x ci`: what must hold before a change lands, as a list of steps from the quickest to the slowest.

use crate::step::Step;
use crate::tally::Tally;
use crate::{eval, fuzz, test};
use std::process::ExitCode;

pub fn run() -> ExitCode {
    let mut tally = Tally::default();

    tally.add(cargo("layout of the code", "fmt --all --check"));
    tally.add(cargo(
        "clippy",
        "clippy --workspace --all-targets --test kill --locked -- -D warnings",
    ));

    test::all(&mut tally);

    // Private items are shown, so a link to one leads somewhere.
    tally.add(
        Step::new(
            "documentation",
            "cargo",
            &[
                "doc",
                "--workspace",
                "--no-deps",
                "--document-private-items",
                "--quiet",
            ],
        )
        .env(
            "RUSTDOCFLAGS",
            "-D warnings -A rustdoc::private-intra-doc-links",
        )
        .run(),
    );

    tally.add(eval::measured(&[]));
    // Benches are compiled by clippy, with every target; whoever states a figure runs them (`cargo x bench`).
    fuzz::all(&mut tally, "15", None);

    tally.finish()
}

fn cargo(name: &str, line: &str) -> crate::tally::Line {
    let args: Vec<&str> = line.split(' ').collect();
    Step::new(name, "cargo", &args).run()
}
