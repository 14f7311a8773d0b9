//! `cargo x`: the project's own commands, one file each, without dependencies so that the first one starts in seconds.

use std::process::ExitCode;

mod bench;
mod bless;
mod browser;
mod card;
mod ci;
mod complaint;
mod count;
mod dev;
mod engine_speed;
mod eval;
mod fuzz;
mod idle;
mod machine;
mod own_room;
mod round_trip;
mod step;
mod tally;
mod test;

const USAGE: &str = "\
The project's own commands.

  cargo x dev                   serve the demo, rebuilt whenever a file changes
  cargo x test                  every test that this machine allows, and what was left out
  cargo x bless [PACKAGE]       accept the snapshots as they are now (read the diff afterwards)
  cargo x card KIND/NAME CODE   start a card: `cargo x card checks/promise-without-a-time V16`
  cargo x own-room [--check]    build the module that locks a room of one's own, and lay it where it is served;
                                --check only compares it with what lies there
  cargo x browser               only the journeys in a real Chromium
  cargo x bench [--smoke]       how fast, how small; --smoke only proves that the benches still run
  cargo x eval [--bless]        how right the engine is, beside the figures to beat; --bless records the floors
  cargo x fuzz [SECONDS] [NAME] every fuzz target, or one; 60 seconds each unless told
  cargo x ci                    what must hold before a change lands, step by step

UNRUFFLED_ALL_TESTS=1 makes whatever is left out a failure.";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let rest = words.get(1..).unwrap_or_default();
    match words.first().map(String::as_str) {
        Some("dev") => dev::run(),
        Some("test") => test::run(),
        Some("bless") => bless::run(rest),
        Some("card") => card::run(rest),
        Some("own-room") => own_room::run(rest),
        Some("browser") => browser::run(),
        Some("bench") => bench::run(rest),
        Some("eval") => eval::run(rest),
        Some("fuzz") => fuzz::run(rest),
        Some("ci") => ci::run(),
        None | Some("help" | "--help" | "-h") => {
            println!("{USAGE}");
            ExitCode::SUCCESS
        }
        Some(other) => {
            eprintln!("There is no command `{other}`.\n\n{USAGE}");
            ExitCode::from(2)
        }
    }
}
