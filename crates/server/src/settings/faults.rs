//! Every fault of the settings at once, for `unruffled doctor`: whoever mends one file mends it once.
//!
//! A desk that starts stops at the first fault, as it should. Here each fault is noted and put aside, so that the next can be seen.

use std::path::Path;

use super::Settings;

/// More faults than this are one: it is another file than was meant.
const FAULTS_MAX: usize = 20;

impl Settings {
    /// What is wrong, a sentence a fault; empty where `load` takes the same file and environment.
    pub fn faults(
        file: Option<&Path>,
        environment: impl IntoIterator<Item = (String, String)>,
    ) -> Vec<String> {
        let mut faults = Vec::new();
        let mut settings = match file.map(|path| (path, std::fs::read_to_string(path))) {
            None => Self::default(),
            Some((path, Err(error))) => {
                faults.push(format!("{}: cannot be read: {error}.", path.display()));
                Self::default()
            }
            Some((path, Ok(text))) => from_file(text, &path.display().to_string(), &mut faults),
        };
        for pair in environment {
            match settings.clone().with_environment([pair]) {
                Ok(more) => settings = more,
                Err(fault) => faults.push(fault.to_string()),
            }
        }
        settings.place_paths(file.and_then(Path::parent).unwrap_or(Path::new("")));
        if let Err(fault) = settings.read_secrets() {
            faults.push(fault.to_string());
        }
        while faults.len() < FAULTS_MAX {
            let Err(fault) = settings.check() else { break };
            let fault = fault.to_string();
            let mended = mended(&settings, &fault);
            let seen = faults.contains(&fault);
            if !seen {
                faults.push(fault);
            }
            match mended {
                Some(next) if !seen => settings = next,
                _ => break,
            }
        }
        faults
    }
}

/// The file without the lines that cannot be read; what is wrong with them is noted.
fn from_file(mut text: String, name: &str, faults: &mut Vec<String>) -> Settings {
    loop {
        let fault = match Settings::from_toml(&text, name) {
            Ok(settings) => return settings,
            Err(fault) => fault.to_string(),
        };
        // "desk.toml, line 3: …"
        let line = fault
            .strip_prefix(name)
            .and_then(|rest| rest.strip_prefix(", line "))
            .and_then(|rest| rest.split(':').next()?.parse::<usize>().ok());
        let is_one_line = [
            "unknown field",
            "invalid type",
            "invalid value",
            "unknown variant",
            "a password",
        ]
        .iter()
        .any(|kind| fault.contains(kind));
        // What follows a line that was put aside may only be its rest.
        if is_one_line || faults.is_empty() {
            faults.push(fault);
        }
        let Some(line) = line.filter(|_| is_one_line && faults.len() < FAULTS_MAX) else {
            return Settings::default();
        };
        text = without(&text, line);
    }
}

fn without(text: &str, line: usize) -> String {
    text.lines()
        .enumerate()
        .map(|(at, words)| if at + 1 == line { "" } else { words })
        .collect::<Vec<_>>()
        .join("\n")
}

/// The same with the setting that a fault names as it is by default.
fn mended(settings: &Settings, fault: &str) -> Option<Settings> {
    let named = fault.split(':').next()?.split(" and ").next()?;
    let (is, by_default) = (
        toml::Table::try_from(settings).ok()?,
        toml::Table::try_from(Settings::default()).ok()?,
    );
    let mut table = is;
    match named.split_once('.') {
        Some((room, name)) => {
            let value = by_default.get(room)?.get(name)?.clone();
            table
                .get_mut(room)?
                .as_table_mut()?
                .insert(name.to_owned(), value);
        }
        // "imap: a user without a password": the whole end.
        None => {
            table.insert(named.to_owned(), by_default.get(named)?.clone());
        }
    }
    let mut next: Settings = table.try_into().ok()?;
    next.imap.password = settings.imap.password.clone();
    next.smtp.password = settings.smtp.password.clone();
    next.records.clone_from(&settings.records);
    next.knock_secret = settings.knock_secret.clone();
    Some(next)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults_of(text: &str, env: &[(&str, &str)]) -> Vec<String> {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("desk.toml");
        std::fs::write(&path, text).expect("a file");
        let env = env
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Settings::faults(Some(&path), env)
    }

    #[track_caller]
    fn check(faults: &[String], expect: &[&str]) {
        assert_eq!(faults.len(), expect.len(), "{faults:#?}");
        for (fault, words) in faults.iter().zip(expect) {
            assert!(fault.contains(words), "{fault:?} lacks {words:?}");
        }
    }

    #[test]
    fn every_fault_is_told_and_not_the_first_alone() {
        let faults = faults_of(
            "lisen = \"x\"\nundo_seconds = \"ten\"\ntime_zone = \"Atlantis/North\"\n[inbox]\naddress = \"nobody\"\n",
            &[("UNRUFFLED_LISEN", "x"), ("UNRUFFLED_UNDO_SECONDS", "500")],
        );
        check(
            &faults,
            &[
                "line 1: unknown field `lisen`",
                "line 2",
                "UNRUFFLED_LISEN: there is no such setting",
                "undo_seconds: 120 is the most",
                "time_zone: \"Atlantis/North\"",
                "inbox.address",
            ],
        );
    }

    #[test]
    fn settings_that_load_have_no_fault() {
        check(&faults_of("undo_seconds = 5\n", &[]), &[]);
        assert_eq!(Settings::faults(None, []), Vec::<String>::new());
    }

    #[test]
    fn a_file_that_is_no_settings_file_is_one_fault() {
        assert_eq!(faults_of("{ \"json\": true }", &[]).len(), 1);
        let missing = Settings::faults(Some(Path::new("/nowhere/desk.toml")), []);
        check(&missing, &["cannot be read"]);
    }
}
