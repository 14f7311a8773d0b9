//! `unruffled doctor`: one line for everything a desk needs, with what to do where something is to be done.

use crate::config;
use crate::desk;
use crate::door::Doctor;
use crate::failure::{Failure, NOT_DONE};
use std::io::Write;
use std::process::ExitCode;
use unruffled_server::Settings;
use unruffled_server::doctor::{self, Finding, Verdict};

pub fn run(order: &Doctor) -> Result<ExitCode, Failure> {
    let mut out = std::io::stdout().lock();
    let (file, environment) = config::sources(&order.desk);
    let faults = Settings::faults(file.as_deref(), environment);
    if !faults.is_empty() {
        for fault in faults {
            line(&mut out, Verdict::Broken, "settings", &fault)?;
        }
        // What else there is to look at hangs on them.
        writeln!(out, "\nMend the settings first; then ask again.")?;
        return Ok(ExitCode::from(NOT_DONE));
    }
    let settings = config::settings(&order.desk)?;
    line(&mut out, Verdict::Fine, "settings", "They can be read.")?;
    let found = desk::one_thread()?.block_on(doctor::examine(&settings, order.offline));
    for Finding {
        about,
        verdict,
        words,
    } in &found
    {
        line(&mut out, *verdict, about, words)?;
    }
    let is_broken = found.iter().any(|it| it.verdict == Verdict::Broken);
    Ok(ExitCode::from(if is_broken { NOT_DONE } else { 0 }))
}

fn line(out: &mut impl Write, verdict: Verdict, about: &str, words: &str) -> Result<(), Failure> {
    let verdict = match verdict {
        Verdict::Fine => "fine",
        Verdict::Look => "look at this",
        Verdict::Broken => "broken",
    };
    // One line each, whatever a server or a parser said.
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    writeln!(out, "{verdict:<12}  {about}: {words}")?;
    Ok(())
}
