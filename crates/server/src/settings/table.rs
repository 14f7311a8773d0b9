//! Settings as people read them: the table of what is in force, and the example file.

use super::Settings;
use super::keys::{KEYS, Key, Kind, variable};
use super::load::password_in_url;

const EXAMPLE_HEAD: &str = "\
# Every setting of a desk with its default. Copy what you want to change.
# Each can also be given in the environment: imap.host is UNRUFFLED_IMAP_HOST.
# Relative paths are meant from the folder this file lies in.
";

impl Settings {
    /// What is in force, one key a line, secrets starred.
    pub fn table(&self) -> String {
        let width = KEYS.iter().map(|key| key.path.len()).max().unwrap_or(0);
        let mut out = String::new();
        for key in KEYS {
            let value = self.shown(key);
            out.push_str(&format!("{:width$}  {value}\n", key.path));
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
        out
    }

    fn shown(&self, key: &Key) -> String {
        let starred = |is_set: bool| if is_set { "***" } else { "(none)" }.to_owned();
        match (key.kind, key.path) {
            (Kind::Secret, "imap.password") => starred(!self.imap.password.reveal().is_empty()),
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
    fn the_table_stars_every_secret() {
        let mut settings = Settings {
            database: "postgres://desk:hunter2@db.example/desk".to_owned(),
            ..Settings::default()
        };
        settings.imap.password = Secret::new("hunter2");
        settings.smtp.password = Secret::new("hunter2");
        let shown = settings.table() + &format!("{:?}", settings.imap);
        assert!(!shown.contains("hunter2"), "{shown}");
        assert!(shown.contains("postgres://desk:***@db.example/desk"));
    }
}
