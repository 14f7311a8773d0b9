//! Settings as people read them: the table of what is in force, and the example file.

use super::Settings;
use super::keys::{KEYS, Key, Kind, variable};
use super::load::password_in_url;

const EXAMPLE_HEAD: &str = "\
# Every setting of a desk with its default. Copy what you want to change.
# Each can also be given in the environment: imap.host is UNRUFFLED_IMAP_HOST.
# Relative paths are meant from the folder this file lies in.
";

/// The organisation's own records are a list, so that they stand here and not among the keys.
const EXAMPLE_RECORDS: &str = r#"
# The organisation's own records, read only: what a letter says is looked up in all of them at once when it arrives.
# One [[records]] for each source; take the # away from what you use.
#
# [[records]]
# # As people say it.
# name = "the mailing list"
# # csv, sqlite, postgres, mysql or http.
# kind = "csv"
# # The file of a csv or sqlite source; it is watched, and while a new one is broken the one before stays in force.
# file = "records/mailing-list.csv"
# # What it is looked up by: reference, name, email, amount, date.
# by = ["email", "name"]
# # For csv: the column that each of them stands in, where it has another name.
# columns = { email = "E-mail", name = "Full name" }
# # How an entry is said; what stands in square brackets only where its columns hold something.
# says = "on the list[, signed up on {signed_up}]; the booklet was {booklet}"
# # What it means that nothing was found, where it means something.
# absent = "not on the list, so the booklet has not been sent"
# # Words of a letter that are about this source.
# about = ["booklet", "mailing list", "signed up"]
# # How long it is waited for, in milliseconds: 50 to 15000.
# timeout_ms = 2000
#
# [[records]]
# name = "the till"
# # For sqlite, postgres and mysql: one query that begins with select; :value is what is looked up, always bound, as text.
# kind = "postgres"
# address = "postgres://reader@db.example.org/till"
# # A file that holds the password (or an endpoint's token) and nothing else; or give UNRUFFLED_RECORDS_THE_TILL_SECRET.
# secret_file = "till-password"
# query = "select card, holder, valid_to from cards where card = :value or lower(holder) = lower(:value)"
# by = ["reference", "name"]
# says = "card {card} of {holder}, valid until {valid_to}"
#
# [[records]]
# name = "the shop"
# # For http: asked with GET; {value} and {by} are filled in behind the host, percent-encoded; no redirect is followed.
# kind = "http"
# address = "https://shop.example.org/orders?number={value}"
# # Where the entries stand in its answer, such as "data.orders"; empty for the whole answer.
# entries = "orders"
# # True where it lies in your own network; only then may it be http.
# private_address = false
# # A certificate authority of your own, in PEM; empty for the public ones.
# ca_file = ""
# by = ["reference"]
# says = "order {number}, {state}[, sent {sent_on}]"
"#;

impl Settings {
    /// What is in force, one key a line, secrets starred.
    pub fn table(&self) -> String {
        let width = KEYS.iter().map(|key| key.path.len()).max().unwrap_or(0);
        let mut out = String::new();
        for key in KEYS {
            let value = self.shown(key);
            out.push_str(&format!("{:width$}  {value}\n", key.path));
        }
        for source in &self.records {
            let place = if source.address.is_empty() {
                source.file.display().to_string()
            } else {
                source.address.clone()
            };
            let secret = if source.secret.is_set() {
                ", secret ***"
            } else {
                ""
            };
            out.push_str(&format!(
                "{:width$}  {}: {place}{secret}\n",
                "records", source.name
            ));
        }
        out
    }

    /// `unruffled.example.toml`: every key, its default, one sentence each.
    pub fn example() -> String {
        let settings = Self::default();
        let mut out = EXAMPLE_HEAD.to_owned();
        let mut room = "";
        for key in KEYS {
            let (here, name) = key.path.split_once('.').unwrap_or(("", key.path));
            if here != room {
                out.push_str(&format!("\n[{here}]\n"));
                room = here;
            }
            let blank = if here.is_empty() { "\n" } else { "" };
            if key.kind == Kind::Secret {
                let variable = variable(key.path);
                out.push_str(&format!(
                    "# The password itself is never written here: {variable}.\n"
                ));
            } else {
                let value = settings.value(key.path);
                out.push_str(&format!("{blank}# {}\n{name} = {value}\n", key.says));
            }
        }
        out.push_str(EXAMPLE_RECORDS);
        out
    }

    fn shown(&self, key: &Key) -> String {
        let starred = |is_set: bool| if is_set { "***" } else { "(none)" }.to_owned();
        match (key.kind, key.path) {
            (Kind::Secret, "imap.password") => starred(!self.imap.password.reveal().is_empty()),
            (Kind::Secret, "voice.key") => starred(!self.voice.key.reveal().is_empty()),
            (Kind::Secret, "knock_secret") => starred(!self.knock_secret.reveal().is_empty()),
            (Kind::Secret, _) => starred(!self.smtp.password.reveal().is_empty()),
            (_, "database") => {
                let mut url = self.database.clone();
                if let Some(range) = password_in_url(&url) {
                    url.replace_range(range, "***");
                }
                toml::Value::from(url).to_string()
            }
            _ => self.value(key.path),
        }
    }

    /// A key's value as TOML.
    fn value(&self, path: &str) -> String {
        let Ok(table) = toml::Table::try_from(self) else {
            return String::new();
        };
        let value = match path.split_once('.') {
            Some((room, name)) => table.get(room).and_then(|room| room.get(name)),
            None => table.get(path),
        };
        value.map_or_else(|| "\"\"".to_owned(), ToString::to_string)
    }
}

#[cfg(test)]
mod tests {
    use super::super::Settings;
    use super::*;
    use unruffled_mail::Secret;

    #[test]
    fn every_setting_has_its_sentence_and_every_sentence_its_setting() {
        let table = toml::Table::try_from(Settings::default()).expect("settings are a table");
        let mut fields = Vec::new();
        for (name, value) in &table {
            match value.as_table() {
                Some(room) => fields.extend(room.keys().map(|key| format!("{name}.{key}"))),
                None => fields.push(name.clone()),
            }
        }
        let mut keys: Vec<String> = KEYS
            .iter()
            .filter(|key| key.kind != Kind::Secret)
            .map(|key| key.path.to_owned())
            .collect();
        fields.sort();
        keys.sort();
        assert_eq!(fields, keys);
    }

    #[test]
    fn the_example_file_is_true() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../unruffled.example.toml");
        let file = std::fs::read_to_string(path).expect("unruffled.example.toml");
        assert_eq!(
            file,
            Settings::example(),
            "write what is at the right into the file"
        );
        let loaded = Settings::load(Some(std::path::Path::new(path)), []).expect("it loads");
        assert_eq!(loaded.undo_seconds, Settings::default().undo_seconds);
    }

    #[test]
    fn the_records_of_the_example_are_right() {
        let text: Vec<&str> = EXAMPLE_RECORDS
            .lines()
            .filter_map(|line| line.strip_prefix("# "))
            .collect();
        let from = text
            .iter()
            .position(|line| *line == "[[records]]")
            .unwrap_or_default();
        let settings: Settings = toml::from_str(&text[from..].join("\n")).expect("it reads");
        assert_eq!(settings.records.len(), 3);
        unruffled_records::check(&settings.records).expect("each is right");
    }

    #[test]
    fn the_table_stars_every_secret() {
        let mut settings = Settings {
            database: "postgres://desk:hunter2@db.example/desk".to_owned(),
            ..Settings::default()
        };
        settings.imap.password = Secret::new("hunter2");
        settings.smtp.password = Secret::new("hunter2");
        settings.voice.key = Secret::new("hunter2");
        let shown = settings.table() + &format!("{:?} {:?}", settings.imap, settings.voice);
        assert!(!shown.contains("hunter2"), "{shown}");
        assert!(shown.contains("postgres://desk:***@db.example/desk"));
    }
}
