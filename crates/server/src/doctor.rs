//! What `unruffled doctor` looks at: everything a desk needs that is not the desk itself, one line each.
//!
//! Nothing is changed by looking. What is broken keeps the desk from its work; what wants a look does not.

mod voice;

use std::path::{Path, PathBuf};
use std::time::Duration;

use unruffled_mail::imap::Fetcher;
use unruffled_mail::smtp;
use unruffled_records::{By, Question, Records};
use unruffled_store::Store;

use crate::jobs::fetch_account;
use crate::post::account;
use crate::{Settings, own_words};
use unruffled_reader::{BUILT_IN, OFF};

/// How long a mail server may take to let somebody in.
const MAIL_WAIT: Duration = Duration::from_secs(10);

/// Less is broken: a letter may bring fifty megabytes, and the database wants room to write down a commit.
const DISK_LEAST: u64 = 200 << 20;
/// Less wants a look: a busy month of letters.
const DISK_LOOK: u64 = 2 << 30;

/// How it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Fine,
    /// The desk works, and somebody should look at this.
    Look,
    /// The desk does not work, or not safely, while this is so.
    Broken,
}

/// One line: what was looked at, how it is, and what to do where something is to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub about: &'static str,
    pub verdict: Verdict,
    pub words: String,
}

fn fine(about: &'static str, words: impl Into<String>) -> Finding {
    finding(about, Verdict::Fine, words)
}

fn look(about: &'static str, words: impl Into<String>) -> Finding {
    finding(about, Verdict::Look, words)
}

fn broken(about: &'static str, words: impl Into<String>) -> Finding {
    finding(about, Verdict::Broken, words)
}

fn finding(about: &'static str, verdict: Verdict, words: impl Into<String>) -> Finding {
    Finding {
        about,
        verdict,
        words: words.into(),
    }
}

/// Looks at everything that these settings name. `offline` leaves the mail servers alone.
pub async fn examine(settings: &Settings, offline: bool) -> Vec<Finding> {
    let mut found = safety(settings);
    found.push(database(settings).await);
    found.extend(disks(settings));
    found.push(secret(&settings.secret_file));
    found.push(cards(&settings.cards_folder));
    found.push(reader(&settings.reader_file));
    found.extend(records(settings, offline).await);
    found.push(voice::voice(settings, offline).await);
    found.push(fetching(settings, offline).await);
    found.push(sending(settings, offline).await);
    found
}

/// Words that stand in the place of everything else, and must not be missing when they are needed.
fn safety(settings: &Settings) -> Vec<Finding> {
    let words = &settings.safety;
    let mut found: Vec<Finding> = [
        (&words.risk_procedure, "safety.risk_procedure is empty: where somebody may be at risk, the page has no steps to show. Remove the line to have ours."),
        (&words.risk_call, "No person has been filled in (safety.risk_call): where somebody may be at risk, the page can only say so. Give a name and a number."),
        (&words.emergency_number, "No emergency number has been filled in (safety.emergency_number). Give the one of the place you answer for."),
        (&words.abuse_procedure, "safety.abuse_procedure is empty: where words cross a line, the page has nothing to allow. Remove the line to have ours."),
        (&words.boundary_wording, "safety.boundary_wording is empty: no words are offered that say a limit. Remove the line to have ours."),
    ]
    .into_iter()
    .filter(|(value, _)| value.trim().is_empty())
    .map(|(_, says)| look("safety words", says))
    .collect();
    if found.is_empty() {
        found.push(fine("safety words", "All are filled in."));
    }
    found
}

async fn database(settings: &Settings) -> Finding {
    let about = "database";
    if !settings.is_postgres() && !Path::new(&settings.database).exists() {
        return look(
            about,
            format!(
                "There is none at {} yet; the first start makes it.",
                settings.database
            ),
        );
    }
    let store = match Store::open_as_it_is(&settings.database, &settings.attachments).await {
        Ok(store) => store,
        Err(fault) => return broken(about, fault.to_string()),
    };
    let schema = store.schema().await;
    store.close().await;
    match schema {
        Ok((found, known)) if found < known => look(
            about,
            format!(
                "It answers; its schema is no. {found} of {known}, and the next start brings it up to date. Make a backup before."
            ),
        ),
        Ok((found, _)) => fine(
            about,
            format!("It answers; its schema is no. {found}, the newest."),
        ),
        Err(fault) => broken(about, fault.to_string()),
    }
}

fn disks(settings: &Settings) -> Vec<Finding> {
    let mut folders: Vec<(&'static str, PathBuf)> =
        vec![("room for files", settings.attachments.clone())];
    if !settings.is_postgres() {
        let file = Path::new(&settings.database);
        let folder = file.parent().unwrap_or(Path::new("")).to_owned();
        folders.push(("room for the database", folder));
    }
    if settings.drops() {
        folders.push(("room for sent letters", settings.drop_folder.clone()));
    }
    folders
        .into_iter()
        .map(|(about, folder)| disk(about, &folder))
        .collect()
}

/// The room in a folder, or in the nearest one above it that is there.
fn disk(about: &'static str, folder: &Path) -> Finding {
    let there = folder.ancestors().find(|above| above.is_dir());
    let there = match there {
        Some(above) if !above.as_os_str().is_empty() => above,
        _ => Path::new("."),
    };
    let room = match rustix::fs::statvfs(there) {
        Ok(stat) => stat.f_bavail.saturating_mul(stat.f_frsize),
        Err(fault) => {
            return broken(
                about,
                format!("{} cannot be looked at: {fault}.", there.display()),
            );
        }
    };
    let named = if there == Path::new(".") {
        "this folder".to_owned()
    } else {
        there.display().to_string()
    };
    let words = format!("{} free in {named}", amount(room));
    if room < DISK_LEAST {
        broken(
            about,
            format!("Only {words}: letters can no longer be kept. Make room."),
        )
    } else if room < DISK_LOOK {
        look(about, format!("Only {words}. Make room in time."))
    } else {
        fine(about, format!("{words}."))
    }
}

fn amount(bytes: u64) -> String {
    match bytes >> 30 {
        0 => format!("{} MB", bytes >> 20),
        gigabytes => format!("{gigabytes} GB"),
    }
}

fn secret(path: &Path) -> Finding {
    use std::os::unix::fs::PermissionsExt;
    let about = "secret";
    let shown = path.display();
    let meta = match std::fs::metadata(path) {
        Ok(meta) => meta,
        Err(fault) if fault.kind() == std::io::ErrorKind::NotFound => {
            return look(
                about,
                format!(
                    "There is none at {shown} yet; the first start makes it. Keep it with the backups."
                ),
            );
        }
        Err(fault) => return broken(about, format!("{shown} cannot be looked at: {fault}.")),
    };
    let mode = meta.permissions().mode() & 0o777;
    if meta.len() != 32 {
        return broken(
            about,
            format!("{shown} is not a secret of ours. Restore the one that belongs to this desk."),
        );
    }
    if mode & 0o077 != 0 {
        return broken(
            about,
            format!(
                "Others on this machine can open {shown} (mode {mode:o}). Do: chmod 600 {shown}"
            ),
        );
    }
    fine(about, format!("{shown} is its owner's alone."))
}

fn cards(folder: &Path) -> Finding {
    let about = "own cards and words";
    if folder.as_os_str().is_empty() {
        return fine(about, "There are none, so ours speak alone.");
    }
    match own_words::load(folder) {
        Ok(_) => fine(about, format!("{} can be read.", folder.display())),
        Err(faults) => {
            let more = faults.lines().count().saturating_sub(1);
            let first = faults
                .lines()
                .next()
                .unwrap_or_default()
                .trim_end_matches('.');
            let others = if more == 0 {
                String::new()
            } else {
                format!(
                    " And {more} more: unruffled cards test {}",
                    folder.display()
                )
            };
            broken(about, format!("{first}.{others}"))
        }
    }
}

fn reader(file: &Path) -> Finding {
    let about = "reader";
    if file.as_os_str().is_empty() || file == Path::new(OFF) {
        return fine(
            about,
            "The encoder is off: drafts and messages are read by words alone.",
        );
    }
    if file == Path::new(BUILT_IN) {
        return fine(about, "The encoder that comes with the program is in use.");
    }
    if file.is_file() {
        fine(about, format!("{} is there.", file.display()))
    } else {
        broken(
            about,
            format!(
                "reader_file names {}, which is not there. Correct it or remove the line.",
                file.display()
            ),
        )
    }
}

/// The organisation's own records: each is asked for something that nobody is called.
async fn records(settings: &Settings, offline: bool) -> Vec<Finding> {
    let about = "records";
    if settings.records.is_empty() {
        return vec![fine(
            about,
            "None are named, so letters are held against nothing but the desk itself.",
        )];
    }
    let records = match Records::open(&settings.records) {
        Ok(records) => records,
        Err(fault) => return vec![broken(about, fault.to_string())],
    };
    records.look().await;
    if offline {
        let faults = records.faults();
        if faults.is_empty() {
            return vec![fine(
                about,
                "Lists can be read; databases and endpoints were not asked.",
            )];
        }
        return faults
            .into_iter()
            .map(|fault| broken(about, fault))
            .collect();
    }
    let questions: Vec<Question> = NOBODY
        .iter()
        .filter_map(|(by, value)| Question::new(*by, value))
        .collect();
    let mut asked = records.ask(&questions);
    let mut found = Vec::new();
    while let Some(answer) = asked.join_next().await {
        let Ok(answer) = answer else { continue };
        let name = records.sources()[answer.source].name();
        found.push(match answer.found {
            Ok(_) => fine(about, format!("{name} answers.")),
            Err(trouble) => broken(about, format!("{name} {trouble}.")),
        });
    }
    found
}

/// A value of each kind that no record bears.
const NOBODY: [(By, &str); 5] = [
    (By::Reference, "UNRUFFLED-0"),
    (By::Name, "Nobody Atall"),
    (By::Email, "nobody@unruffled.invalid"),
    (By::Amount, "0.01"),
    (By::Date, "1970-01-01"),
];

async fn fetching(settings: &Settings, offline: bool) -> Finding {
    let about = "mail in";
    let host = &settings.imap.host;
    let Some(account) = fetch_account(settings) else {
        return look(
            about,
            "No server is named (imap.host), so no letters are fetched.",
        );
    };
    if offline {
        return fine(about, format!("{host} was not asked."));
    }
    match tokio::time::timeout(MAIL_WAIT, Fetcher::new(account).try_login()).await {
        Ok(Ok(())) => fine(about, format!("{host} lets the desk in.")),
        Ok(Err(fault)) => broken(about, fault.to_string()),
        Err(_) => broken(about, late(host)),
    }
}

async fn sending(settings: &Settings, offline: bool) -> Finding {
    let about = "mail out";
    let host = &settings.smtp.host;
    if settings.drops() {
        let folder = settings.drop_folder.display();
        return look(
            about,
            format!("Replies go into {folder} and leave this machine by no other way."),
        );
    }
    if host.is_empty() {
        return look(
            about,
            "No server is named (smtp.host), so replies are kept and not sent.",
        );
    }
    if offline {
        return fine(about, format!("{host} was not asked."));
    }
    match tokio::time::timeout(MAIL_WAIT, smtp::try_login(&account(&settings.smtp))).await {
        Ok(Ok(())) => fine(about, format!("{host} lets the desk in.")),
        Ok(Err(words)) => broken(about, words),
        Err(_) => broken(about, late(host)),
    }
}

fn late(host: &str) -> String {
    format!(
        "{host} did not answer within {} seconds. Look at the address, the port and the firewall; --offline leaves this out.",
        MAIL_WAIT.as_secs()
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    fn settings(at: &Path) -> Settings {
        Settings {
            database: at.join("desk.db").display().to_string(),
            attachments: at.join("attachments"),
            secret_file: at.join("secret"),
            ..Settings::default()
        }
    }

    async fn of(settings: &Settings, about: &str) -> Finding {
        let all = examine(settings, true).await;
        let found = all.into_iter().find(|finding| finding.about == about);
        found.unwrap_or_else(|| panic!("nothing about {about}"))
    }

    #[tokio::test]
    async fn empty_safety_words_want_a_look_each() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut settings = settings(folder.path());
        let empty = |found: &[Finding]| {
            let about = found.iter().filter(|it| it.about == "safety words");
            about
                .map(|it| it.words.clone())
                .collect::<Vec<_>>()
                .join("\n")
        };
        let said = empty(&examine(&settings, true).await);
        assert!(
            said.contains("safety.risk_call") && said.contains("safety.emergency_number"),
            "{said}"
        );
        assert!(!said.contains("boundary_wording"), "{said}");
        settings.safety.risk_call = "Mara Quayle, extension 20".to_owned();
        settings.safety.emergency_number = "112".to_owned();
        assert_eq!(of(&settings, "safety words").await.verdict, Verdict::Fine);
        settings.safety.boundary_wording = " ".to_owned();
        assert_eq!(of(&settings, "safety words").await.verdict, Verdict::Look);
    }

    #[tokio::test]
    async fn a_desk_that_is_there_is_fine_and_one_to_come_wants_a_look() {
        let folder = tempfile::tempdir().expect("a folder");
        let settings = settings(folder.path());
        assert_eq!(of(&settings, "database").await.verdict, Verdict::Look);
        assert!(
            !folder.path().join("desk.db").exists(),
            "nothing is made by looking"
        );
        let store = Store::open(&settings.database, &settings.attachments)
            .await
            .expect("a desk");
        store.close().await;
        let found = of(&settings, "database").await;
        assert_eq!(found.verdict, Verdict::Fine, "{found:?}");
        std::fs::write(&settings.database, "no database at all").expect("written");
        assert_eq!(of(&settings, "database").await.verdict, Verdict::Broken);
    }

    #[tokio::test]
    async fn a_secret_that_others_can_open_is_broken() {
        let folder = tempfile::tempdir().expect("a folder");
        let settings = settings(folder.path());
        assert_eq!(of(&settings, "secret").await.verdict, Verdict::Look);
        std::fs::write(&settings.secret_file, [7; 32]).expect("written");
        let mode = |mode| {
            let mode = std::fs::Permissions::from_mode(mode);
            std::fs::set_permissions(&settings.secret_file, mode).expect("set");
        };
        mode(0o644);
        assert_eq!(of(&settings, "secret").await.verdict, Verdict::Broken);
        mode(0o600);
        assert_eq!(of(&settings, "secret").await.verdict, Verdict::Fine);
        std::fs::write(&settings.secret_file, "short").expect("written");
        assert_eq!(of(&settings, "secret").await.verdict, Verdict::Broken);
    }

    #[tokio::test]
    async fn own_cards_with_a_fault_are_named_with_their_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut settings = settings(folder.path());
        settings.cards_folder = folder.path().join("own");
        assert_eq!(
            of(&settings, "own cards and words").await.verdict,
            Verdict::Broken
        );
        std::fs::create_dir_all(settings.cards_folder.join("checks")).expect("made");
        assert_eq!(
            of(&settings, "own cards and words").await.verdict,
            Verdict::Fine
        );
        std::fs::write(settings.cards_folder.join("checks/odd.md"), "no card").expect("written");
        let found = of(&settings, "own cards and words").await;
        assert_eq!(found.verdict, Verdict::Broken);
        assert!(found.words.contains("odd.md"), "{found:?}");
    }

    #[tokio::test]
    async fn records_that_are_not_there_are_broken_and_named() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut settings = settings(folder.path());
        assert_eq!(of(&settings, "records").await.verdict, Verdict::Fine);
        let list = folder.path().join("members.csv");
        let text = format!(
            "[[records]]\nname = \"the member list\"\nkind = \"csv\"\nfile = {:?}\nby = [\"name\"]\nsays = \"{{name}} is a member\"\n",
            list.display().to_string()
        );
        let file: Settings = toml::from_str(&text).expect("records");
        settings.records = file.records;
        let found = examine(&settings, false).await;
        let it = found
            .iter()
            .find(|it| it.about == "records")
            .expect("looked at");
        assert_eq!(it.verdict, Verdict::Broken, "{it:?}");
        assert!(it.words.contains("the member list"), "{it:?}");
        std::fs::write(&list, "name\nIda Holm\n").expect("written");
        assert_eq!(of(&settings, "records").await.verdict, Verdict::Fine);
    }

    #[tokio::test]
    async fn a_mail_server_that_is_not_there_is_broken_and_offline_leaves_it_out() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut settings = settings(folder.path());
        assert_eq!(of(&settings, "mail in").await.verdict, Verdict::Look);
        // A port on which nobody listens.
        let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = free.local_addr().expect("an address").port();
        drop(free);
        for end in [&mut settings.imap, &mut settings.smtp] {
            end.host = "127.0.0.1".to_owned();
            end.port = port;
        }
        assert_eq!(of(&settings, "mail in").await.verdict, Verdict::Fine);
        let found = examine(&settings, false).await;
        for about in ["mail in", "mail out"] {
            let it = found
                .iter()
                .find(|it| it.about == about)
                .expect("looked at");
            assert_eq!(it.verdict, Verdict::Broken, "{it:?}");
            assert!(!it.words.contains("letter is kept here"), "{it:?}");
        }
    }
}
