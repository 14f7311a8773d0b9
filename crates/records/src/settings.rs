//! How a source is set up, and the sentences for what is wrong with it.

use crate::limits::{TIMEOUT_MS, TIMEOUT_MS_MAX, TIMEOUT_MS_MIN};
use crate::question::By;
use crate::says::Says;
use crate::{http, sql};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

/// What kind of source it is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A file of lines, fields separated by commas, semicolons or tabs, their names in the first line.
    #[default]
    Csv,
    /// A SQLite file.
    Sqlite,
    /// A PostgreSQL server.
    Postgres,
    /// A MySQL or MariaDB server.
    Mysql,
    /// An endpoint that answers JSON.
    Http,
}

/// A password or token: never printed.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Keeps it.
    pub fn new(secret: impl Into<String>) -> Self {
        Self(secret.into())
    }

    pub(crate) fn reveal(&self) -> Option<&str> {
        (!self.0.is_empty()).then_some(self.0.as_str())
    }

    /// Whether there is one.
    pub fn is_set(&self) -> bool {
        !self.0.is_empty()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

/// One `[[records]]` of the settings.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct SourceSettings {
    /// As people say it: "the member list".
    pub name: String,
    /// What kind of source it is.
    pub kind: Kind,
    /// The file of a CSV or SQLite source.
    pub file: PathBuf,
    /// Where a database or an endpoint is: `postgres://…`, `mysql://…`, `https://…/cards?number={value}`.
    pub address: String,
    /// A file that holds the database's password or the endpoint's token and nothing else.
    pub secret_file: PathBuf,
    /// A certificate authority of one's own for an endpoint, in PEM.
    pub ca_file: PathBuf,
    /// The one query of a database; `:value` is what is looked up, always bound and never part of the text.
    pub query: String,
    /// What it can be looked up by.
    pub by: Vec<By>,
    /// The column of a CSV file that each of them stands in, where it has another name.
    pub columns: BTreeMap<By, String>,
    /// How an entry is said: `valid until {until}[, renewed on {renewed}]`.
    pub says: String,
    /// What it means that nothing was found, where it means something: "not on the mailing list".
    pub absent: String,
    /// Words of a letter that are about this source: "booklet", "signed up".
    pub about: Vec<String>,
    /// Where the entries stand in an endpoint's answer: `results`, `data.cards`; empty for the whole answer.
    pub entries: String,
    /// How long it is waited for.
    pub timeout_ms: u64,
    /// An endpoint may lie at an address of one's own network.
    pub private_address: bool,
    /// Filled from `secret_file` or the environment, never from the settings file.
    #[serde(skip)]
    pub secret: Secret,
}

impl Default for SourceSettings {
    fn default() -> Self {
        Self {
            name: String::new(),
            kind: Kind::Csv,
            file: PathBuf::new(),
            address: String::new(),
            secret_file: PathBuf::new(),
            ca_file: PathBuf::new(),
            query: String::new(),
            by: Vec::new(),
            columns: BTreeMap::new(),
            says: String::new(),
            absent: String::new(),
            about: Vec::new(),
            entries: String::new(),
            timeout_ms: TIMEOUT_MS,
            private_address: false,
            secret: Secret::default(),
        }
    }
}

/// What is wrong with a source's settings: which source, which key, and why.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("records, {source_name:?}, {key}: {why}")]
pub struct SettingsFault {
    source_name: String,
    key: &'static str,
    why: String,
}

impl SourceSettings {
    /// The name as a part of an environment variable: "the till's list" is `THE_TILLS_LIST`.
    pub fn variable(&self) -> String {
        let words: Vec<String> = self
            .name
            .replace(['\'', '’'], "")
            .split(|c: char| !c.is_ascii_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_uppercase)
            .collect();
        words.join("_")
    }

    pub(crate) fn fault(&self, key: &'static str, why: impl Into<String>) -> SettingsFault {
        SettingsFault {
            source_name: self.name.clone(),
            key,
            why: why.into(),
        }
    }

    pub(crate) fn sentence(&self) -> Result<Says, SettingsFault> {
        Says::parse(&self.says).map_err(|why| self.fault("says", format!("{why}.")))
    }

    /// The column of a CSV file that this stands in.
    pub(crate) fn column(&self, by: By) -> &str {
        self.columns.get(&by).map_or(by.word(), String::as_str)
    }

    fn check(&self) -> Result<(), SettingsFault> {
        let wants = |key, is_there: bool, why: &str| {
            if is_there {
                Ok(())
            } else {
                Err(self.fault(key, why))
            }
        };
        let unused = |key, is_there: bool| {
            let why = "it means nothing for this kind of source; leave it out.";
            if is_there {
                Err(self.fault(key, why))
            } else {
                Ok(())
            }
        };
        wants(
            "name",
            !self.name.trim().is_empty(),
            "a name is wanted, as people say it: \"the member list\".",
        )?;
        wants(
            "by",
            !self.by.is_empty(),
            "say what it is looked up by: reference, name, email, amount or date.",
        )?;
        self.sentence()?;
        let patience = TIMEOUT_MS_MIN..=TIMEOUT_MS_MAX;
        if !patience.contains(&self.timeout_ms) {
            let why = format!(
                "{TIMEOUT_MS_MIN} to {TIMEOUT_MS_MAX} is wanted; somebody is waiting to reply."
            );
            return Err(self.fault("timeout_ms", why));
        }
        let is_file = matches!(self.kind, Kind::Csv | Kind::Sqlite);
        if is_file {
            wants(
                "file",
                !self.file.as_os_str().is_empty(),
                "a file is wanted.",
            )?;
            unused("address", !self.address.is_empty())?;
            unused("secret_file", !self.secret_file.as_os_str().is_empty())?;
        } else {
            wants("address", !self.address.is_empty(), "an address is wanted.")?;
            unused("file", !self.file.as_os_str().is_empty())?;
        }
        match self.kind {
            Kind::Csv | Kind::Http => unused("query", !self.query.is_empty())?,
            _ => sql::check(&self.query).map_err(|why| self.fault("query", why))?,
        }
        if self.kind != Kind::Csv {
            unused("columns", !self.columns.is_empty())?;
        }
        if self.kind != Kind::Http {
            unused("entries", !self.entries.is_empty())?;
            unused("private_address", self.private_address)?;
            unused("ca_file", !self.ca_file.as_os_str().is_empty())?;
        }
        for by in self.columns.keys() {
            wants(
                "columns",
                self.by.contains(by),
                &format!("{} stands here and not under `by`.", by.word()),
            )?;
        }
        match self.kind {
            Kind::Csv | Kind::Sqlite => Ok(()),
            Kind::Postgres | Kind::Mysql => self.check_database_address(),
            Kind::Http => http::Endpoint::parse(&self.address, self.private_address)
                .map(drop)
                .map_err(|why| self.fault("address", why)),
        }
    }

    fn check_database_address(&self) -> Result<(), SettingsFault> {
        let schemes: &[&str] = match self.kind {
            Kind::Mysql => &["mysql://", "mariadb://"],
            _ => &["postgres://", "postgresql://"],
        };
        let Some(rest) = schemes
            .iter()
            .find_map(|scheme| self.address.strip_prefix(scheme))
        else {
            return Err(self.fault("address", format!("it begins with {}.", schemes[0])));
        };
        let authority = rest.split(['/', '?']).next().unwrap_or_default();
        let user = authority.rsplit_once('@').map_or("", |(user, _)| user);
        if user.contains(':') {
            return Err(self.fault(
                "address",
                "a password may not stand here; give it as secret_file or in the environment.",
            ));
        }
        Ok(())
    }
}

/// Everything that can be checked without asking anybody.
pub fn check(sources: &[SourceSettings]) -> Result<(), SettingsFault> {
    for (at, source) in sources.iter().enumerate() {
        source.check()?;
        let variable = source.variable();
        if sources[..at]
            .iter()
            .any(|other| other.variable() == variable)
        {
            return Err(source.fault("name", "another source has this name already."));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn members() -> SourceSettings {
        SourceSettings {
            name: "the member list".into(),
            file: "members.csv".into(),
            by: vec![By::Reference, By::Name],
            says: "valid until {until}".into(),
            ..SourceSettings::default()
        }
    }

    #[track_caller]
    fn refused(source: SourceSettings, key: &str, why: &str) {
        let fault = check(&[source]).expect_err(key).to_string();
        assert!(
            fault.contains(&format!(", {key}: ")) && fault.contains(why),
            "{fault}"
        );
    }

    #[test]
    fn a_wrong_setting_is_named_with_its_source_and_its_key() {
        check(&[members()]).expect("it is right");
        refused(
            SourceSettings {
                says: "valid until {until".into(),
                ..members()
            },
            "says",
            "a `{`",
        );
        refused(
            SourceSettings {
                by: vec![],
                ..members()
            },
            "by",
            "looked up by",
        );
        refused(
            SourceSettings {
                timeout_ms: 60_000,
                ..members()
            },
            "timeout_ms",
            "waiting to reply",
        );
        refused(
            SourceSettings {
                query: "select 1".into(),
                ..members()
            },
            "query",
            "means nothing",
        );
        refused(
            SourceSettings {
                columns: [(By::Email, "mail".into())].into(),
                ..members()
            },
            "columns",
            "not under `by`",
        );
        let asked = |kind, address: &str, query: &str| SourceSettings {
            kind,
            file: PathBuf::new(),
            address: address.into(),
            query: query.into(),
            ..members()
        };
        let ask = "select until from cards where card = :value";
        check(&[asked(Kind::Postgres, "postgres://reader@db/till", ask)]).expect("it is right");
        refused(
            asked(Kind::Postgres, "mysql://db/till", ask),
            "address",
            "postgres://",
        );
        refused(
            asked(Kind::Mysql, "mysql://reader:pw@db/till", ask),
            "address",
            "password",
        );
        refused(
            asked(Kind::Postgres, "postgres://db/till", "select 1"),
            "query",
            ":value",
        );
        refused(
            asked(
                Kind::Postgres,
                "postgres://db/till",
                "delete from cards where card = :value",
            ),
            "query",
            "select",
        );
        refused(
            asked(Kind::Http, "https://{value}.example/", ""),
            "address",
            "host",
        );
        refused(
            asked(Kind::Http, "http://till.example/{value}", ""),
            "address",
            "https",
        );
        let twice = check(&[members(), members()])
            .expect_err("twice")
            .to_string();
        assert!(twice.contains("another source"), "{twice}");
    }

    #[test]
    fn a_secret_is_not_printed() {
        let source = SourceSettings {
            secret: Secret::new("hunter2"),
            ..members()
        };
        assert!(!format!("{source:?}").contains("hunter2"));
        let till = SourceSettings {
            name: "the till's list".into(),
            ..members()
        };
        assert_eq!(till.variable(), "THE_TILLS_LIST");
    }
}
