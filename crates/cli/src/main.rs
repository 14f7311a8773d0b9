//! The one binary, `unruffled`: the only room that reads the environment, talks to a terminal, or exits.
//!
//! Read `door` first: every command and its options. Each command then has a file of its own name.
//! `read`, `review` and `rehearse` need no desk and no database: text in, findings out, one at a time or, with
//! `lines`, as a stream. The rest opens a desk.

use std::process::ExitCode;

mod agent;
mod backup;
mod cards;
mod config;
mod demo;
mod desk;
mod doctor;
mod door;
mod failure;
mod import;
mod limits;
mod lines;
mod lists;
mod page;
mod paper;
mod playbook;
mod read;
mod reader;
mod rehearse;
mod restore;
mod review;
mod schema;
mod seed;
mod serve;
mod shapes;
mod shared;
mod story;
mod version;
mod when;

use clap::Parser;
use door::{Command, Door};
use failure::Failure;

fn main() -> ExitCode {
    quiet_panics();
    let door = match Door::try_parse() {
        Ok(door) => door,
        Err(said) => {
            // Clap prints help to stdout and faults to stderr, and knows which code belongs to which.
            let _ = said.print();
            return ExitCode::from(if said.use_stderr() {
                failure::WRONG_USE
            } else {
                0
            });
        }
    };
    match open(door.command) {
        Ok(code) => code,
        Err(failure) => failure.tell(),
    }
}

fn open(command: Command) -> Result<ExitCode, Failure> {
    match command {
        Command::Demo(order) => demo::run(&order),
        Command::Serve(order) => serve::run(&order),
        Command::Read(order) => read::run(&order),
        Command::Review(order) => review::run(&order),
        Command::Schema(order) => schema::run(&order),
        Command::Cards(order) => cards::run(&order),
        Command::Playbook(order) => playbook::run(&order),
        Command::Rehearse(order) => rehearse::run(&order),
        Command::Config(order) => config::run(&order),
        Command::Doctor(order) => doctor::run(&order),
        Command::Agent(order) => agent::run(&order),
        Command::Import(order) => import::run(&order),
        Command::Backup(order) => backup::run(&order),
        Command::Restore(order) => restore::run(&order),
        Command::Version => version::run(),
    }
}

/// A panic's own words can hold a customer's words, so only its place is told.
fn quiet_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map_or_else(
            || "an unknown place".to_owned(),
            |at| format!("{}:{}", at.file(), at.line()),
        );
        eprintln!(
            "Unruffled met a fault of its own at {place}. Please report that place; no letter is in this line."
        );
    }));
}
