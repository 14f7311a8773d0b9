//! From a file and the environment to settings, or to a sentence that names key, file and line.

use std::ffi::OsStr;
use std::net::IpAddr;
use std::path::{Path, PathBuf};

use super::keys::{KEYS, Kind, variable};
use super::{Ending, Settings};
use unruffled_mail::{Secret, Tls};
use unruffled_reader::{BUILT_IN, OFF};
use unruffled_records::{Secret as RecordsSecret, SourceSettings};

/// A shorter word is guessed; the telephone system takes any length.
const KNOCK_SECRET_CHARS_MIN: usize = 20;

/// What is wrong with the settings, in a sentence ready to be printed.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct SettingsFault(String);

fn fault<T>(words: impl Into<String>) -> Result<T, SettingsFault> {
    Err(SettingsFault(words.into()))
}

impl Settings {
    /// Reads `file` when one is given, lays the `UNRUFFLED_*` pairs of `environment` over it,
    /// reads the password files, and checks everything that can be checked without starting.
    pub fn load(
        file: Option<&Path>,
        environment: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, SettingsFault> {
        let from_file = match file {
            Some(path) => {
                let text = std::fs::read_to_string(path).or_else(|error| {
                    fault(format!("{}: cannot be read: {error}.", path.display()))
                })?;
                Self::from_toml(&text, &path.display().to_string())?
            }
            None => Self::default(),
        };
        let mut settings = from_file.with_environment(environment)?;
        let folder = file.and_then(Path::parent).unwrap_or(Path::new(""));
        settings.place_paths(folder);
        settings.read_secrets()?;
        settings.check()?;
        Ok(settings)
    }

    pub(super) fn from_toml(text: &str, name: &str) -> Result<Self, SettingsFault> {
        let line_of = |at: usize| 1 + text.bytes().take(at).filter(|byte| *byte == b'\n').count();
        let settings: Self = toml::from_str(text).or_else(|error| {
            let line = error.span().map_or(1, |span| line_of(span.start));
            let message = error.message().trim_end_matches('.');
            let hint = if message.contains("unknown field `password`") {
                " A password may not stand in the settings file: give it in the environment or as password_file."
            } else {
                ""
            };
            fault(format!("{name}, line {line}: {message}.{hint}"))
        })?;
        if password_in_url(&settings.database).is_some() {
            let line = text.find("database").map_or(1, line_of);
            return fault(format!(
                "{name}, line {line}: database: a password may not stand in the settings file; give the whole address as UNRUFFLED_DATABASE."
            ));
        }
        Ok(settings)
    }

    pub(super) fn with_environment(
        self,
        environment: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, SettingsFault> {
        let mut settings = self;
        for (name, value) in environment {
            let Some(rest) = name.strip_prefix("UNRUFFLED_") else {
                continue;
            };
            // Not settings: which file to read, and what the tests may leave out.
            if rest == "CONFIG" || rest == "ALL_TESTS" || rest.starts_with("TEST_") {
                continue;
            }
            if let Some(rest) = rest.strip_prefix("RECORDS_") {
                let mut sources = settings.records.iter_mut();
                let named = |source: &&mut SourceSettings| {
                    rest.strip_suffix("_SECRET") == Some(source.variable().as_str())
                };
                let Some(source) = sources.find(named) else {
                    return fault(format!(
                        "{name}: no source of records has this name; UNRUFFLED_RECORDS_THE_TILL_SECRET belongs to the one called \"the till\"."
                    ));
                };
                source.secret = RecordsSecret::new(value);
                continue;
            }
            let Some(key) = KEYS.iter().find(|key| variable(key.path) == name) else {
                return fault(format!(
                    "{name}: there is no such setting. `unruffled config` lists them all."
                ));
            };
            if key.kind == Kind::Secret {
                let secret = Secret::new(value);
                match key.path {
                    "imap.password" => settings.imap.password = secret,
                    "knock_secret" => settings.knock_secret = secret,
                    "voice.key" => settings.voice.key = secret,
                    _ => settings.smtp.password = secret,
                }
                continue;
            }
            settings = settings
                .with_value(key.path, key.kind, &value)
                .or_else(|problem| fault(format!("{name}: {}.", problem.trim_end_matches('.'))))?;
        }
        Ok(settings)
    }

    /// Sets one key by its dotted path, through the same reader the file goes through.
    fn with_value(self, path: &str, kind: Kind, value: &str) -> Result<Self, String> {
        let value = match kind {
            Kind::Number => toml::Value::Integer(
                value
                    .trim()
                    .parse()
                    .map_err(|_| "a whole number is wanted".to_owned())?,
            ),
            Kind::List => toml::Value::Array(
                value
                    .split(',')
                    .map(str::trim)
                    .filter(|name| !name.is_empty())
                    .map(toml::Value::from)
                    .collect(),
            ),
            Kind::Text | Kind::Secret => toml::Value::from(value),
        };
        let mut table = toml::Table::try_from(&self).map_err(|error| error.to_string())?;
        match path.split_once('.') {
            Some((room, name)) => {
                if let Some(room) = table.get_mut(room).and_then(toml::Value::as_table_mut) {
                    room.insert(name.to_owned(), value);
                }
            }
            None => {
                table.insert(path.to_owned(), value);
            }
        }
        let mut settings: Self = table
            .try_into()
            .map_err(|error: toml::de::Error| error.message().to_owned())?;
        settings.records = self.records;
        settings.imap.password = self.imap.password;
        settings.smtp.password = self.smtp.password;
        settings.knock_secret = self.knock_secret;
        settings.voice.key = self.voice.key;
        Ok(settings)
    }

    /// Relative paths are meant from where the settings file lies.
    pub(super) fn place_paths(&mut self, folder: &Path) {
        let place = |path: &mut PathBuf| {
            if !path.as_os_str().is_empty() && path.is_relative() {
                *path = folder.join(&*path);
            }
        };
        place(&mut self.attachments);
        place(&mut self.secret_file);
        place(&mut self.cards_folder);
        place(&mut self.playbook_folder);
        if ![BUILT_IN, OFF]
            .map(OsStr::new)
            .contains(&self.reader_file.as_os_str())
        {
            place(&mut self.reader_file);
        }
        place(&mut self.drop_folder);
        place(&mut self.knock_secret_file);
        place(&mut self.voice.key_file);
        place(&mut self.voice.ca_file);
        for end in [&mut self.imap, &mut self.smtp] {
            place(&mut end.password_file);
            place(&mut end.ca_file);
        }
        for source in &mut self.records {
            place(&mut source.file);
            place(&mut source.secret_file);
            place(&mut source.ca_file);
        }
        if !self.is_postgres() {
            let mut path = PathBuf::from(&self.database);
            place(&mut path);
            self.database = path.to_string_lossy().into_owned();
        }
    }

    pub fn is_postgres(&self) -> bool {
        self.database.starts_with("postgres://") || self.database.starts_with("postgresql://")
    }

    pub(super) fn read_secrets(&mut self) -> Result<(), SettingsFault> {
        let path = &self.knock_secret_file;
        if self.knock_secret.reveal().is_empty() && !path.as_os_str().is_empty() {
            let text = std::fs::read_to_string(path).or_else(|error| {
                fault(format!(
                    "knock_secret_file: {} cannot be read: {error}.",
                    path.display()
                ))
            })?;
            self.knock_secret = Secret::new(text.trim());
        }
        let path = &self.voice.key_file;
        if self.voice.key.reveal().is_empty() && !path.as_os_str().is_empty() {
            let text = std::fs::read_to_string(path).or_else(|error| {
                fault(format!(
                    "voice.key_file: {} cannot be read: {error}.",
                    path.display()
                ))
            })?;
            self.voice.key = Secret::new(text.trim());
        }
        for (room, end) in [("imap", &mut self.imap), ("smtp", &mut self.smtp)] {
            if end.password.reveal().is_empty() && !end.password_file.as_os_str().is_empty() {
                let path = &end.password_file;
                let text = std::fs::read_to_string(path).or_else(|error| {
                    fault(format!(
                        "{room}.password_file: {} cannot be read: {error}.",
                        path.display()
                    ))
                })?;
                end.password = Secret::new(text.trim_end_matches(['\r', '\n']));
            }
        }
        for source in &mut self.records {
            let path = &source.secret_file;
            if !source.secret.is_set() && !path.as_os_str().is_empty() {
                let text = std::fs::read_to_string(path).or_else(|error| {
                    fault(format!(
                        "records, {:?}, secret_file: {} cannot be read: {error}.",
                        source.name,
                        path.display()
                    ))
                })?;
                source.secret = RecordsSecret::new(text.trim_end_matches(['\r', '\n']));
            }
        }
        Ok(())
    }

    pub(super) fn check(&self) -> Result<(), SettingsFault> {
        let host = self
            .public_url
            .strip_prefix("https://")
            .or_else(|| self.public_url.strip_prefix("http://"))
            .map(|rest| rest.trim_end_matches('/'));
        if !host.is_some_and(|host| !host.is_empty() && !host.contains(['/', '?', '#', '@', ' '])) {
            return fault(
                "public_url: http:// or https:// and a host are wanted, without a path behind it.",
            );
        }
        if self.undo_seconds > 120 {
            return fault("undo_seconds: 120 is the most; a customer is waiting.");
        }
        if self.hot_in_a_row > 20 {
            return fault(
                "hot_in_a_row: 20 is the most; a limit beyond that limits nothing, and 0 is none.",
            );
        }
        if jiff::tz::TimeZone::get(&self.time_zone).is_err() {
            return fault(format!(
                "time_zone: {:?} is not a time zone known here; Europe/London is one.",
                self.time_zone
            ));
        }
        self.open_hours().map_err(SettingsFault)?;
        self.voice().map_err(SettingsFault)?;
        let address = &self.inbox.address;
        let has_two_ends = address
            .split_once('@')
            .is_some_and(|(name, domain)| !name.is_empty() && !domain.is_empty());
        if !has_two_ends || address.contains(|c: char| c.is_whitespace() || c.is_control()) {
            return fault("inbox.address: an e-mail address is wanted.");
        }
        let secret = self.knock_secret.reveal();
        let is_word = |c: char| c.is_ascii_alphanumeric() || "-._~".contains(c);
        if !secret.is_empty()
            && (secret.len() < KNOCK_SECRET_CHARS_MIN || !secret.chars().all(is_word))
        {
            return fault(format!(
                "knock_secret: {KNOCK_SECRET_CHARS_MIN} letters and digits at least are wanted, because it stands in an address and is all that keeps strangers from ringing."
            ));
        }
        if self.drops() && !self.smtp.host.is_empty() {
            return fault(
                "drop_folder and smtp.host: only one of the two can be where replies go; leave the other empty.",
            );
        }
        unruffled_records::check(&self.records).map_err(|why| SettingsFault(why.to_string()))?;
        self.imap.check("imap")?;
        self.smtp.check("smtp")
    }
}

impl Ending {
    fn check(&self, room: &str) -> Result<(), SettingsFault> {
        if self.tls == Tls::None && !self.host.is_empty() && !is_loopback(&self.host) {
            return fault(format!(
                "{room}.tls: none is taken only towards this machine itself; use implicit or start-tls."
            ));
        }
        if !self.user.is_empty() && !self.host.is_empty() && self.password.reveal().is_empty() {
            return fault(format!(
                "{room}: a user without a password; give {} or {room}.password_file.",
                variable(&format!("{room}.password"))
            ));
        }
        Ok(())
    }
}

fn is_loopback(host: &str) -> bool {
    host == "localhost"
        || host
            .parse::<IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

/// The byte range of a password inside `scheme://user:password@host`.
pub(super) fn password_in_url(url: &str) -> Option<std::ops::Range<usize>> {
    let start = url.find("://")? + 3;
    let rest = &url[start..];
    let authority = &rest[..rest.find('/').unwrap_or(rest.len())];
    let at = authority.rfind('@')?;
    let colon = authority[..at].find(':')?;
    (colon + 1 < at).then(|| start + colon + 1..start + at)
}
