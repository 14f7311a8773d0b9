//! `unruffled config`: what is in force, secrets starred. Also how every command finds its settings.

use crate::door::{Config, Desk};
use crate::failure::Failure;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;
use unruffled_server::Settings;

/// Taken when no file is named and it is there.
const USUAL_FILE: &str = "unruffled.toml";

/// What the project's own tests are told by; a desk that they start inherits it.
const NOT_SETTINGS: [&str; 6] = [
    "UNRUFFLED_BIN",
    "UNRUFFLED_BLESS_PICTURE",
    "UNRUFFLED_FUZZ_SEED",
    "UNRUFFLED_KILL_ROUNDS",
    "UNRUFFLED_KILL_SEED",
    "UNRUFFLED_MAIL_SERVERS",
];

pub fn run(order: &Config) -> Result<ExitCode, Failure> {
    let settings = settings(&order.desk)?;
    write!(std::io::stdout(), "{}", settings.table())?;
    Ok(ExitCode::SUCCESS)
}

/// The file that is named, else `unruffled.toml` where it is there, then the environment.
pub fn settings(desk: &Desk) -> Result<Settings, Failure> {
    let (file, environment) = sources(desk);
    Settings::load(file.as_deref(), environment).map_err(Failure::says)
}

/// Where the settings of a desk come from: its file, and the environment.
pub fn sources(desk: &Desk) -> (Option<PathBuf>, Vec<(String, String)>) {
    let file = desk
        .config
        .clone()
        .or_else(|| Some(PathBuf::from(USUAL_FILE)).filter(|usual| usual.is_file()));
    // A variable whose name or value is no text cannot be one of ours.
    let environment = std::env::vars_os()
        .filter_map(|(key, value)| Some((key.into_string().ok()?, value.into_string().ok()?)))
        .filter(|(key, _)| !NOT_SETTINGS.contains(&key.as_str()));
    (file, environment.collect())
}
