//! `unruffled playbook test FOLDER`: an organisation's own options, read as the desk would read them.

use crate::door::{Playbook, PlaybookVerb};
use crate::failure::{Failure, NOT_ALL_WELL, reason};
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

/// What the demo's two firms may offer, as `(GROUP/ID.md, text)`.
const DEMO: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/playbook.rs"));

pub fn run(order: &Playbook) -> Result<ExitCode, Failure> {
    let PlaybookVerb::Test { folder } = &order.verb;
    let found = unruffled_server::test_playbook(folder).map_err(|why| {
        Failure::says(format!(
            "{} could not be read: {}.",
            folder.display(),
            reason(&why)
        ))
    })?;
    if found.well == 0 && found.faults.is_empty() {
        return Err(Failure::says(format!(
            "{} holds no options: an option is a .md file in it or one folder below.",
            folder.display()
        )));
    }
    let mut out = std::io::stdout().lock();
    for fault in &found.faults {
        writeln!(out, "{fault}")?;
    }
    writeln!(
        out,
        "{} options as they should be, {} faults",
        found.well,
        found.faults.len()
    )?;
    Ok(if found.faults.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(NOT_ALL_WELL)
    })
}

/// Puts the demo's playbook where its desk will read it; what is there already stays.
pub fn put_demo(folder: &Path) -> Result<(), Failure> {
    if folder.exists() {
        return Ok(());
    }
    for (name, text) in DEMO {
        let path = folder.join(name);
        let place = path.parent().unwrap_or(folder);
        std::fs::create_dir_all(place).map_err(|why| Failure::file(place, "made", &why))?;
        std::fs::write(&path, text).map_err(|why| Failure::file(&path, "written", &why))?;
    }
    Ok(())
}
