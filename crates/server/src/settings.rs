//! Every setting of a desk: one struct, a file and then `UNRUFFLED_*`, secrets never in the file.

mod faults;
mod keys;
mod load;
mod table;
#[cfg(test)]
mod tests;

use std::net::SocketAddr;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use unruffled_mail::{Secret, Tls};
use unruffled_reader::BUILT_IN;
use unruffled_records::SourceSettings;

use crate::hours::Hours;

pub use load::SettingsFault;

/// What is in force. `Default` is a desk on this machine alone, sending nothing.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    pub listen: SocketAddr,
    pub public_url: String,
    pub database: String,
    pub attachments: PathBuf,
    pub secret_file: PathBuf,
    pub time_zone: String,
    pub undo_seconds: u32,
    pub hot_in_a_row: u32,
    pub cards_folder: PathBuf,
    pub playbook_folder: PathBuf,
    pub stories_folder: PathBuf,
    pub leads: Vec<String>,
    pub reader_file: PathBuf,
    pub names: Vec<String>,
    pub knock_secret_file: PathBuf,
    pub log: String,
    /// Where outgoing letters are put instead of being sent; empty means they are sent.
    pub drop_folder: PathBuf,
    pub hours: OpenHours,
    pub voice: Voice,
    /// Filled from the environment or `knock_secret_file`; empty means that no telephone system is heard.
    #[serde(skip)]
    pub knock_secret: Secret,
    pub inbox: Inbox,
    pub safety: Safety,
    pub imap: Ending,
    pub smtp: Ending,
    /// The organisation's own records, read only.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub records: Vec<SourceSettings>,
}

/// What takes the place of everything else where somebody may be at risk, or words cross a line.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Safety {
    pub risk_procedure: String,
    /// A name and a number.
    pub risk_call: String,
    pub emergency_number: String,
    pub abuse_procedure: String,
    pub boundary_wording: String,
}

/// A model that may lend its words to the customer of a rehearsal, and to nobody else.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Voice {
    /// Empty means that there is none: the stories have words of their own.
    pub url: String,
    pub model: String,
    pub key_file: PathBuf,
    pub wait_ms: u64,
    pub ca_file: PathBuf,
    /// Filled from the environment or `key_file`, never from the settings file.
    #[serde(skip)]
    pub key: Secret,
}

/// The one inbox of a desk, and the team that reads it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Inbox {
    pub name: String,
    pub address: String,
}

/// When somebody is there to keep a promise: spans of hours for each day, in the desk's own time zone.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct OpenHours {
    pub monday: String,
    pub tuesday: String,
    pub wednesday: String,
    pub thursday: String,
    pub friday: String,
    pub saturday: String,
    pub sunday: String,
    pub holidays: Vec<String>,
}

/// One network end of the mail: where letters are fetched (`imap`) or handed over (`smtp`).
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Ending {
    /// Empty means: not used.
    pub host: String,
    /// 0 means the usual port of this end.
    pub port: u16,
    pub tls: Tls,
    pub user: String,
    pub password_file: PathBuf,
    pub ca_file: PathBuf,
    /// The mailbox to fetch from; of no meaning for smtp.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub folder: String,
    /// Filled from the environment or `password_file`, never from the settings file.
    #[serde(skip)]
    pub password: Secret,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 7070)),
            public_url: "http://127.0.0.1:7070".to_owned(),
            database: "desk/unruffled.db".to_owned(),
            attachments: "desk/attachments".into(),
            secret_file: "desk/secret".into(),
            time_zone: "UTC".to_owned(),
            undo_seconds: 10,
            hot_in_a_row: 3,
            cards_folder: PathBuf::new(),
            playbook_folder: "desk/playbook".into(),
            stories_folder: "desk/stories".into(),
            leads: Vec::new(),
            reader_file: BUILT_IN.into(),
            names: Vec::new(),
            knock_secret_file: PathBuf::new(),
            log: "info".to_owned(),
            drop_folder: PathBuf::new(),
            hours: OpenHours::default(),
            voice: Voice::default(),
            knock_secret: Secret::default(),
            inbox: Inbox::default(),
            safety: Safety::default(),
            imap: Ending {
                folder: "INBOX".to_owned(),
                ..Ending::default()
            },
            smtp: Ending::default(),
            records: Vec::new(),
        }
    }
}

impl Default for Voice {
    fn default() -> Self {
        Self {
            url: String::new(),
            model: String::new(),
            key_file: PathBuf::new(),
            wait_ms: unruffled_voice::WAIT_MS,
            ca_file: PathBuf::new(),
            key: Secret::default(),
        }
    }
}

impl Default for OpenHours {
    fn default() -> Self {
        let usual = || "09:00-17:00".to_owned();
        Self {
            monday: usual(),
            tuesday: usual(),
            wednesday: usual(),
            thursday: usual(),
            friday: usual(),
            saturday: String::new(),
            sunday: String::new(),
            holidays: Vec::new(),
        }
    }
}

/// First texts of our own; whom to call and the local numbers are the organisation's to fill in.
impl Default for Safety {
    fn default() -> Self {
        Self {
            risk_procedure: "Stay with this letter; nothing else is more urgent now. \
                Where somebody is in danger at this moment, the emergency number comes first. \
                Call the person named here, read the letter to them, and do the next step together. \
                Write to the customer only what the two of you have agreed on. \
                When it is over, take the time you need; somebody else takes your letters."
                .to_owned(),
            risk_call: String::new(),
            emergency_number: String::new(),
            abuse_procedure: "You may stop here: nobody has to bear this. \
                Say once where the limit is, in the words below or in your own, and leave it at that. \
                Or hand it over and take a break; both are part of the work. \
                What was written stays as it is, and whoever leads the desk decides what follows."
                .to_owned(),
            boundary_wording: "I want to help with this, and I can only do so without insults. \
                Please write to me about the matter itself, and I will answer it."
                .to_owned(),
        }
    }
}

impl Default for Inbox {
    fn default() -> Self {
        Self {
            name: "Help".to_owned(),
            address: "help@example.org".to_owned(),
        }
    }
}

impl Settings {
    /// The zone times are shown in; `load` has checked that it exists.
    pub fn zone(&self) -> jiff::tz::TimeZone {
        jiff::tz::TimeZone::get(&self.time_zone).unwrap_or(jiff::tz::TimeZone::UTC)
    }

    /// When the desk is open, or the sentence that says what is wrong with it.
    pub fn open_hours(&self) -> Result<Hours, String> {
        let OpenHours {
            monday,
            tuesday,
            wednesday,
            thursday,
            friday,
            saturday,
            sunday,
            holidays,
        } = &self.hours;
        let days = [
            monday, tuesday, wednesday, thursday, friday, saturday, sunday,
        ];
        Hours::new(self.zone(), days.map(String::as_str), holidays)
    }

    /// The model that may lend its words in a rehearsal, or the sentence that says what is wrong with it.
    pub fn voice(&self) -> Result<Option<unruffled_voice::Voice>, String> {
        unruffled_voice::Voice::new(&unruffled_voice::VoiceSettings {
            url: self.voice.url.clone(),
            model: self.voice.model.clone(),
            key: self.voice.key.reveal().to_owned(),
            wait_ms: self.voice.wait_ms,
            ca_file: self.voice.ca_file.clone(),
        })
        .map_err(|why| format!("voice.{why}."))
    }

    pub fn is_https(&self) -> bool {
        self.public_url.starts_with("https://")
    }

    pub fn drops(&self) -> bool {
        !self.drop_folder.as_os_str().is_empty()
    }

    /// The domain of the inbox's address: it ends our Message-IDs.
    pub fn domain(&self) -> &str {
        self.inbox
            .address
            .rsplit_once('@')
            .map_or("localhost", |(_, domain)| domain)
    }
}
