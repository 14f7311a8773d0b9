//! `cargo x own-room`: the module that locks a room of one's own, built anew and laid where the server serves it.
//!
//! It is committed, because `cargo run` needs no WebAssembly target. So that nobody has to believe it, `cargo x test` builds
//! it from its source and compares: byte for byte where the compiler is the one that built it, and by what it does elsewhere.

use crate::machine;
use crate::step::Step;
use crate::tally::{Line, Tally};
use std::path::PathBuf;
use std::process::{Command, ExitCode};

const NAME: &str = "one's own room as WebAssembly";
const COMMITTED: &str = "crates/server/assets/own.wasm";
/// Which compiler built what is committed.
const BUILT_BY: &str = "crates/private/built-by.txt";

pub fn run(words: &[String]) -> ExitCode {
    if words.first().is_some_and(|word| word == "--check") {
        let mut tally = Tally::default();
        tally.add(same_as_its_source());
        return tally.finish();
    }
    let built = build();
    if built.failed() {
        return ExitCode::FAILURE;
    }
    let root = machine::root();
    let laid = std::fs::copy(module(), root.join(COMMITTED))
        .and_then(|_| std::fs::write(root.join(BUILT_BY), format!("{}\n", compiler())));
    match laid {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{COMMITTED}: {why}");
            ExitCode::FAILURE
        }
    }
}

/// What is committed is what the source gives, and it does what it says.
pub fn same_as_its_source() -> Line {
    if !machine::has_wasm_target() {
        return Line::left_out(
            NAME,
            "that build target is not installed (rustup target add wasm32-unknown-unknown)",
        );
    }
    let built = build();
    if built.failed() {
        return built;
    }
    let root = machine::root();
    let (ours, theirs) = (std::fs::read(module()), std::fs::read(root.join(COMMITTED)));
    let built_by = std::fs::read_to_string(root.join(BUILT_BY)).unwrap_or_default();
    let same = matches!((&ours, &theirs), (Ok(ours), Ok(theirs)) if ours == theirs);
    if !same && built_by.trim() == compiler() {
        let why = format!("{COMMITTED} is not what crates/private gives: `cargo x own-room`");
        return Line::timed(NAME, || Err(why));
    }
    if !same {
        println!(
            "Another compiler built {COMMITTED} ({}); both are asked the same.",
            built_by.trim()
        );
    }
    if machine::program("node").is_none() {
        return Line::left_out("one's own room asked from Node", "there is no node here");
    }
    let paths = [root.join(COMMITTED), module()].map(|path| path.display().to_string());
    Step::new(
        NAME,
        "node",
        &["tests/web/own-room.mjs", &paths[0], &paths[1]],
    )
    .run()
}

/// Paths of this machine are kept out of it, so that every machine builds the same.
fn build() -> Line {
    let home = std::env::var_os("CARGO_HOME").map_or_else(
        || PathBuf::from(std::env::var_os("HOME").unwrap_or_default()).join(".cargo"),
        PathBuf::from,
    );
    let sources = home.join("registry/src");
    let mut flags: Vec<String> = std::fs::read_dir(&sources)
        .into_iter()
        .flatten()
        .flatten()
        .map(|registry| format!("--remap-path-prefix={}=registry", registry.path().display()))
        .collect();
    flags.push(format!(
        "--remap-path-prefix={}=.",
        machine::root().display()
    ));
    let args = [
        "build",
        "--package",
        "unruffled-private",
        "--target",
        "wasm32-unknown-unknown",
        "--profile",
        "web",
        "--locked",
    ];
    Step::new(NAME, "cargo", &args)
        .env("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}"))
        .run()
}

fn module() -> PathBuf {
    machine::target().join("wasm32-unknown-unknown/web/unruffled_private.wasm")
}

fn compiler() -> String {
    rustc(&["--version"])
}

fn rustc(args: &[&str]) -> String {
    Command::new("rustc")
        .args(args)
        .current_dir(machine::root())
        .output()
        .map_or_else(
            |_| String::new(),
            |said| String::from_utf8_lossy(&said.stdout).trim().to_owned(),
        )
}
