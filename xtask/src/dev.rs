//! `cargo x dev`: the demo on one port and in one folder, rebuilt whenever a file changes.

use crate::machine;
use std::path::Path;
use std::process::{Child, Command, ExitCode};
use std::time::{Duration, SystemTime};

/// Often enough to feel immediate, seldom enough not to be noticed.
const LOOK_EVERY: Duration = Duration::from_millis(700);

pub fn run() -> ExitCode {
    let desk = machine::target().join("dev-desk");
    loop {
        let seen = newest();
        let mut serving = build().then(|| serve(&desk)).flatten();
        if serving.is_none() {
            println!("It does not build or start yet; the next change tries again.");
        }
        while newest() == seen {
            std::thread::sleep(LOOK_EVERY);
        }
        if let Some(child) = serving.as_mut() {
            // It may have ended by itself; either way it is gone afterwards.
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

fn build() -> bool {
    let args = ["build", "--quiet", "--package", "unruffled-cli"];
    let built = Command::new("cargo")
        .args(args)
        .current_dir(machine::root())
        .status();
    built.is_ok_and(|status| status.success())
}

fn serve(desk: &Path) -> Option<Child> {
    Command::new(machine::target().join("debug/unruffled"))
        .args(["demo", "--port", "8020", "--folder"])
        .arg(desk)
        .spawn()
        .ok()
}

/// When the youngest file that the program is made of was written.
fn newest() -> Option<SystemTime> {
    let root = machine::root();
    ["crates", "cards", "Cargo.toml"]
        .iter()
        .filter_map(|part| youngest(&root.join(part)))
        .max()
}

fn youngest(place: &Path) -> Option<SystemTime> {
    if place.is_dir() {
        let inside = std::fs::read_dir(place).ok()?;
        inside
            .flatten()
            .filter_map(|entry| youngest(&entry.path()))
            .max()
    } else {
        place.metadata().ok()?.modified().ok()
    }
}
