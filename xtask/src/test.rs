//! `cargo x test`: everything that this machine allows, and plain words for the rest.

use crate::step::Step;
use crate::tally::{Line, Tally};
use crate::{browser, machine, own_room};
use std::process::ExitCode;

pub fn run() -> ExitCode {
    let mut tally = Tally::default();
    all(&mut tally);
    tally.finish()
}

/// The same parts in the same order for a person and for CI.
pub fn all(tally: &mut Tally) {
    tally.add(workspace());
    tally.add(examples_in_docs());
    tally.add(if machine::has_postgres() {
        Line::within("store on PostgreSQL", WORKSPACE)
    } else {
        Line::left_out(
            "store on PostgreSQL",
            "no PostgreSQL 15 here (apt-get install postgresql-15), and UNRUFFLED_TEST_POSTGRES is not set",
        )
    });
    tally.add(if machine::program("mariadbd").is_some() {
        Line::within("records on MariaDB", WORKSPACE)
    } else {
        Line::left_out(
            "records on MariaDB",
            "no MariaDB here (apt-get install mariadb-server)",
        )
    });
    tally.add(if machine::has_mail_servers() {
        Line::within("mail against real servers", WORKSPACE)
    } else {
        Line::left_out(
            "mail against real servers",
            "no Dovecot and Postfix here (apt-get install dovecot-imapd dovecot-lmtpd postfix)",
        )
    });
    tally.add(killed());
    tally.add(engine_for_the_web());
    tally.add(own_room::same_as_its_source());
    tally.add(browser::journeys());
}

/// A page has to fetch it: about as much as one photograph, and less than half of it once compressed (2.1 of 4.6 MB measured; a third of
/// it is what was learned of single words, and grows with it).
const WEB_BYTES_MAX: u64 = 5 * 1024 * 1024;

const WORKSPACE: &str = "all crates";

fn workspace() -> Line {
    if machine::program("cargo-nextest").is_some() {
        let args = ["nextest", "run", "--workspace", "--no-fail-fast"];
        Step::new(WORKSPACE, "cargo", &args)
            .env("NEXTEST_STATUS_LEVEL", "fail")
            .run()
    } else {
        // Named one by one, because `--all-targets` would run the benches too.
        let args = [
            "test",
            "--workspace",
            "--no-fail-fast",
            "--lib",
            "--bins",
            "--tests",
            "--examples",
        ];
        Step::new(WORKSPACE, "cargo", &args).run()
    }
}

fn examples_in_docs() -> Line {
    let args = ["test", "--workspace", "--doc"];
    Step::new("examples in the documentation", "cargo", &args).run()
}

/// A step of its own, alone on the machine, so that its moments are the ones that were chosen and its counts are seen.
fn killed() -> Line {
    const NAME: &str = "killed in the middle";
    if !machine::has_mail_servers() {
        return Line::left_out(NAME, "it needs Dovecot and Postfix");
    }
    let args = [
        "test",
        "--package",
        "unruffled-cli",
        "--test",
        "kill",
        "--",
        "--nocapture",
        "--test-threads=1",
    ];
    Step::new(NAME, "cargo", &args).run()
}

/// The engine promises no I/O, clock, threads or randomness; that it builds for the web holds it to that.
fn engine_for_the_web() -> Line {
    const NAME: &str = "engine as WebAssembly";
    if !machine::has_wasm_target() {
        return Line::left_out(
            NAME,
            "that build target is not installed (rustup target add wasm32-unknown-unknown)",
        );
    }
    let args = [
        "build",
        "--package",
        "unruffled-web",
        "--target",
        "wasm32-unknown-unknown",
        "--profile",
        "web",
    ];
    let built = Step::new(NAME, "cargo", &args).run();
    if built.failed() {
        return built;
    }
    let module = machine::target().join("wasm32-unknown-unknown/web/unruffled_web.wasm");
    let bytes = std::fs::metadata(&module).map_or(0, |about| about.len());
    if bytes == 0 || bytes > WEB_BYTES_MAX {
        let why = format!("{bytes} bytes, and at most {WEB_BYTES_MAX} are allowed");
        return Line::timed(NAME, || Err(why));
    }
    if machine::program("node").is_none() {
        return Line::left_out("engine asked from Node", "there is no node here");
    }
    let path = module.display().to_string();
    println!("The module has {} kB.", bytes / 1024);
    Step::new(NAME, "node", &["tests/web/smoke.mjs", &path]).run()
}
