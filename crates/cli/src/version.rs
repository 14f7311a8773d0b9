//! `unruffled version`: which one this is.

use crate::failure::Failure;
use std::io::Write;
use std::process::ExitCode;

pub fn run() -> Result<ExitCode, Failure> {
    let built = if cfg!(debug_assertions) {
        "debug"
    } else {
        "release"
    };
    writeln!(
        std::io::stdout(),
        "unruffled {} ({built}, {} {})",
        env!("CARGO_PKG_VERSION"),
        std::env::consts::OS,
        std::env::consts::ARCH,
    )?;
    Ok(ExitCode::SUCCESS)
}
