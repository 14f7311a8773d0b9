//! What a person reads who made a slip in the settings.

use super::Settings;

fn env(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs
        .iter()
        .map(|(a, b)| ((*a).to_owned(), (*b).to_owned()))
        .collect()
}

#[track_caller]
fn check_file(text: &str, expect: &str) {
    let folder = std::env::temp_dir().join(format!("unruffled-settings-{}", uuid::Uuid::new_v4()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let path = folder.join("desk.toml");
    std::fs::write(&path, text).expect("a file");
    let said = match Settings::load(Some(&path), []) {
        Ok(_) => String::new(),
        Err(fault) => fault.to_string(),
    };
    std::fs::remove_dir_all(&folder).expect("cleared away");
    assert!(
        said.contains("desk.toml, line") || said.contains(':'),
        "{said}"
    );
    assert!(said.contains(expect), "{said:?} lacks {expect:?}");
}

#[track_caller]
fn check_env(pairs: &[(&str, &str)], expect: &str) {
    let said = match Settings::load(None, env(pairs)) {
        Ok(_) => String::new(),
        Err(fault) => fault.to_string(),
    };
    assert!(said.contains(expect), "{said:?} lacks {expect:?}");
}

#[test]
fn a_slip_in_the_file_is_named_with_its_line() {
    check_file(
        "undo_seconds = 5\nlisen = \"x\"\n",
        "line 2: unknown field `lisen`",
    );
    check_file("\n\nundo_seconds = \"ten\"\n", "line 3");
    check_file(
        "[imap]\npassword = \"x\"\n",
        "A password may not stand in the settings file",
    );
    check_file(
        "database = \"postgres://a:b@c/d\"\n",
        "line 1: database: a password",
    );
    check_file("time_zone = \"Atlantis/North\"\n", "time_zone");
}

#[test]
fn a_slip_in_the_environment_is_named_by_its_variable() {
    check_env(
        &[("UNRUFFLED_LISEN", "x")],
        "UNRUFFLED_LISEN: there is no such setting",
    );
    check_env(
        &[("UNRUFFLED_UNDO_SECONDS", "ten")],
        "UNRUFFLED_UNDO_SECONDS: a whole number",
    );
    check_env(&[("UNRUFFLED_LISTEN", "nowhere")], "UNRUFFLED_LISTEN: ");
}

#[test]
fn settings_that_would_be_unsafe_are_refused() {
    check_env(
        &[
            ("UNRUFFLED_SMTP_HOST", "mail.example.org"),
            ("UNRUFFLED_SMTP_TLS", "none"),
        ],
        "only towards this machine",
    );
    check_env(
        &[
            ("UNRUFFLED_SMTP_HOST", "localhost"),
            ("UNRUFFLED_DROP_FOLDER", "out"),
        ],
        "only one of the two",
    );
    check_env(
        &[("UNRUFFLED_PUBLIC_URL", "https://a.example/desk")],
        "without a path",
    );
    check_env(
        &[("UNRUFFLED_INBOX_ADDRESS", "a@b\r\nBcc: c@d")],
        "inbox.address",
    );
}

#[test]
fn a_model_is_set_up_and_its_faults_are_named() {
    check_env(&[("UNRUFFLED_VOICE_URL", "ollama")], "voice.url: http://");
    let url = ("UNRUFFLED_VOICE_URL", "http://127.0.0.1:11434/v1");
    check_env(&[url], "voice.model: the name of a model");
    check_env(
        &[
            url,
            ("UNRUFFLED_VOICE_MODEL", "x"),
            ("UNRUFFLED_VOICE_WAIT_MS", "5"),
        ],
        "voice.wait_ms: 100 to",
    );
    let settings = Settings::load(
        None,
        env(&[
            url,
            ("UNRUFFLED_VOICE_MODEL", "x"),
            ("UNRUFFLED_VOICE_KEY", "hunter2"),
        ]),
    )
    .expect("it loads");
    let voice = settings.voice().expect("it is well").expect("there is one");
    assert_eq!(
        (voice.host().as_str(), voice.model()),
        ("127.0.0.1:11434", "x")
    );
    assert!(!settings.table().contains("hunter2"));
}

#[test]
fn hours_that_nobody_could_keep_are_refused() {
    check_env(&[("UNRUFFLED_HOURS_FRIDAY", "9 to 5")], "hours.friday: ");
    check_env(
        &[("UNRUFFLED_HOURS_HOLIDAYS", "2026-12-25, boxing day")],
        "hours.holidays: \"boxing day\"",
    );
    check_file("[hours]\nmonday = 9\n", "line 2");
    let settings = Settings::load(
        None,
        env(&[
            ("UNRUFFLED_HOURS_SATURDAY", "10:00-12:00, 13:00-15:00"),
            ("UNRUFFLED_HOURS_HOLIDAYS", "2026-12-25,2026-12-26"),
        ]),
    );
    assert_eq!(settings.expect("it loads").hours.holidays.len(), 2);
}

#[test]
fn the_environment_comes_after_the_file_and_carries_the_secrets() {
    let settings = Settings::load(
        None,
        env(&[
            ("UNRUFFLED_IMAP_HOST", "mail.example.org"),
            ("UNRUFFLED_IMAP_USER", "help"),
            ("UNRUFFLED_IMAP_PASSWORD", "hunter2"),
            ("UNRUFFLED_NAMES", "Larkline, Harbour Baths"),
            ("UNRUFFLED_ALL_TESTS", "1"),
            ("HOME", "/root"),
        ]),
    )
    .expect("it loads");
    assert_eq!(settings.imap.host, "mail.example.org");
    assert_eq!(settings.imap.password.reveal(), "hunter2");
    assert_eq!(settings.names, ["Larkline", "Harbour Baths"]);
}

#[test]
fn records_are_set_up_and_their_faults_are_named() {
    let till = "[[records]]\nname = \"the till\"\nkind = \"postgres\"\naddress = \"postgres://reader@db/till\"\n\
        query = \"select card from cards where card = :value\"\nby = [\"reference\"]\nsays = \"card {card}\"\n";
    check_file(
        &till.replace(":value", "1"),
        "records, \"the till\", query: ",
    );
    check_file(&till.replace("reference", "colour"), "line 6");
    check_file(&till.replace("says", "sais"), "line 7");
    check_file(&format!("{till}secret = \"x\"\n"), "line 8");
    let settings = loaded(
        till,
        &[
            ("UNRUFFLED_RECORDS_THE_TILL_SECRET", "harbour"),
            ("UNRUFFLED_UNDO_SECONDS", "7"),
        ],
    );
    let settings = settings.expect("it loads");
    assert!(
        settings.records[0].secret.is_set(),
        "other settings leave it alone"
    );
    let shown = settings.table() + &format!("{settings:?}");
    assert!(
        shown.contains("the till: postgres://reader@db/till, secret ***")
            && !shown.contains("harbour\"")
    );
    let stray = loaded(till, &[("UNRUFFLED_RECORDS_THE_TIL_SECRET", "x")]);
    assert!(
        stray
            .expect_err("no such source")
            .to_string()
            .contains("no source of records")
    );
}

fn loaded(text: &str, pairs: &[(&str, &str)]) -> Result<Settings, super::SettingsFault> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("desk.toml");
    std::fs::write(&path, text).expect("a file");
    Settings::load(Some(&path), env(pairs))
}
