//! One command of a longer run: shown as it goes, counted when it ends.

use crate::complaint::Complaints;
use crate::count::Count;
use crate::machine;
use crate::tally::{Line, Outcome};
use std::io::{BufRead, BufReader, IsTerminal, Read, Write};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

/// A named command, run in the repository's root.
pub struct Step {
    name: String,
    command: Command,
}

impl Step {
    pub fn new(name: &str, program: &str, args: &[&str]) -> Step {
        let mut command = Command::new(program);
        command.args(args).current_dir(machine::root());
        if std::io::stdout().is_terminal() {
            command.env("CARGO_TERM_COLOR", "always");
        }
        Step {
            name: name.to_owned(),
            command,
        }
    }

    pub fn env(mut self, key: &str, value: impl AsRef<std::ffi::OsStr>) -> Step {
        self.command.env(key, value);
        self
    }

    pub fn within(mut self, folder: &str) -> Step {
        self.command.current_dir(machine::root().join(folder));
        self
    }

    /// Runs it, shows all it says, and counts the tests it reports.
    pub fn run(self) -> Line {
        self.run_and_hear().0
    }

    /// The same, and gives what it said on its standard output.
    pub fn run_and_hear(mut self) -> (Line, String) {
        println!("\n── {} ──", self.name);
        let began = Instant::now();
        let spawned = self
            .command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn();
        let mut child = match spawned {
            Ok(child) => child,
            Err(why) => {
                let outcome = Outcome::Failed(format!("could not be started: {why}"));
                let line = Line::new(&self.name, Count::default(), outcome, began.elapsed());
                return (line, String::new());
            }
        };
        let heard = Arc::new(Mutex::new(Heard::default()));
        let ends = [
            child.stdout.take().map(|end| echo(end, false, &heard)),
            child.stderr.take().map(|end| echo(end, true, &heard)),
        ];
        let status = child.wait();
        // A reader that panicked has already said so on stderr.
        let [said, _] = ends.map(|end| end.and_then(|end| end.join().ok()).unwrap_or_default());
        let outcome = match status {
            Ok(status) if status.success() => Outcome::Passed,
            Ok(status) => Outcome::Failed(format!("ended with {status}")),
            Err(why) => Outcome::Failed(format!("could not be waited for: {why}")),
        };
        let mut heard = heard.lock().unwrap_or_else(PoisonError::into_inner);
        let line = Line::new(&self.name, heard.count, outcome, began.elapsed())
            .complaining(heard.complaints.take_all());
        (line, said)
    }
}

/// What both ends of a command have said so far.
#[derive(Default)]
struct Heard {
    count: Count,
    complaints: Complaints,
}

fn echo(
    from: impl Read + Send + 'static,
    to_stderr: bool,
    heard: &Arc<Mutex<Heard>>,
) -> std::thread::JoinHandle<String> {
    let heard = Arc::clone(heard);
    std::thread::spawn(move || {
        let mut lines = BufReader::new(from);
        let mut bytes = Vec::new();
        let mut said = String::new();
        while lines.read_until(b'\n', &mut bytes).is_ok_and(|n| n > 0) {
            let line = String::from_utf8_lossy(&bytes);
            // A closed terminal is no reason to stop counting.
            let _ = if to_stderr {
                std::io::stderr().write_all(&bytes)
            } else {
                std::io::stdout().write_all(&bytes)
            };
            let mut heard = heard.lock().unwrap_or_else(PoisonError::into_inner);
            heard.count.take(&line);
            heard.complaints.take(&line);
            drop(heard);
            if !to_stderr {
                said.push_str(&line);
            }
            bytes.clear();
        }
        said
    })
}
