//! A desk from the terminal: the demo, settings, agents, old mail, backup and restore, on the real program.

mod program;

use program::{Serving, unruffled_in};
use std::path::Path;

/// A folder with settings of its own and a free port.
fn place() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let settings = "listen = \"127.0.0.1:0\"\ndrop_folder = \"sent\"\nlog = \"warn\"\n\
        [inbox]\nname = \"Front desk\"\naddress = \"desk@house.example\"\n";
    std::fs::write(folder.path().join("unruffled.toml"), settings).expect("a file can be written");
    folder
}

#[track_caller]
fn done(folder: &Path, args: &[&str], input: &str, words: &str) {
    let said = unruffled_in(folder, args, input);
    assert_eq!(said.code, 0, "{args:?}: {}{}", said.out, said.err);
    assert!(said.out.contains(words), "{args:?}: {}", said.out);
}

#[track_caller]
fn refused(folder: &Path, args: &[&str], input: &str, words: &str) {
    let said = unruffled_in(folder, args, input);
    assert_eq!(said.code, 1, "{args:?}: {}{}", said.out, said.err);
    assert!(said.err.contains(words), "{args:?}: {}", said.err);
}

/// Five letters, the first three of today, the others of years ago.
fn letters(folder: &Path) -> String {
    let today = jiff::Timestamp::now().strftime("%a, %-d %b %Y").to_string();
    let inside = folder.join("old");
    std::fs::create_dir(&inside).expect("a folder can be made");
    for n in 1..=5 {
        let day = if n <= 3 {
            today.as_str()
        } else {
            "Mon, 4 May 2020"
        };
        let letter = format!(
            "From: Writer {n} <writer{n}@post.example>\r\nTo: desk@house.example\r\nSubject: Letter {n}\r\n\
             Date: {day} 10:0{n}:00 +0000\r\nMessage-ID: <letter-{n}@post.example>\r\n\r\n\
             Is the house open on day {n}?\r\n"
        );
        std::fs::write(inside.join(format!("{n}.eml")), letter).expect("a file can be written");
    }
    inside.display().to_string()
}

#[test]
fn the_demo_tells_its_story_and_takes_everything_away() {
    let folder = tempfile::tempdir().expect("a folder");
    let inside = || {
        std::fs::read_dir(folder.path())
            .expect("the folder is there")
            .count()
    };
    let demo = Serving::start(folder.path(), &["demo", "--port", "0"]);
    assert_eq!(inside(), 1, "the demo lies in a temporary folder");
    assert!(demo.log_in("ada", "wrong-password").is_none());
    let cookie = demo.log_in("ada", "harbour-light").expect("ada can log in");
    assert!(demo.log_in("ben", "larks-in-line").is_some());
    let open = demo.ask("GET /inbox?state=open&whose=all", &cookie, "");
    for words in [
        "Gareth Jones",
        "the gate says no",
        "Chidinma Okafor",
        "Refund. Order 7781.",
        "ليلى حداد",
    ] {
        assert!(open.contains(words), "the open inbox lacks {words}");
    }
    assert!(
        demo.ask("GET /inbox?state=waiting&whose=all", &cookie, "")
            .contains("Augustin Fontaine")
    );
    assert!(
        demo.ask("GET /inbox?state=done&whose=all", &cookie, "")
            .contains("Kwame Osei")
    );
    let sent = demo.ask("GET /drop", &cookie, "");
    assert!(sent.contains("moves with you"), "{sent}");
    assert_eq!(demo.end(), Some(0));
    assert_eq!(inside(), 0, "the demo took its folder away");
}

#[test]
fn a_kept_demo_is_there_the_next_time_and_is_not_told_twice() {
    let folder = tempfile::tempdir().expect("a folder");
    let kept = folder.path().join("desk").display().to_string();
    for _ in 0..2 {
        let demo = Serving::start(folder.path(), &["demo", "--port", "0", "--folder", &kept]);
        let cookie = demo.log_in("ben", "larks-in-line").expect("ben can log in");
        let open = demo.ask("GET /inbox?state=open&whose=all", &cookie, "");
        assert_eq!(open.matches("the gate says no").count(), 1);
        assert_eq!(demo.end(), Some(0));
    }
    let other = folder.path().display().to_string();
    refused(
        folder.path(),
        &["demo", "--folder", &other],
        "",
        "holds other things",
    );
}

#[test]
fn an_agent_is_added_logs_in_and_gets_a_new_password() {
    let folder = place();
    let at = folder.path();
    refused(
        at,
        &["agent", "add", "ada", "--name", "Ada"],
        "short\n",
        "at least ten characters",
    );
    done(
        at,
        &["agent", "add", "ada", "--name", "Ada"],
        "a quiet evening\n",
        "ada can log in now",
    );
    refused(
        at,
        &["agent", "add", "Ada", "--name", "Ada"],
        "a quiet evening\n",
        "login is taken",
    );
    let desk = Serving::start(at, &["serve"]);
    assert!(desk.log_in("ada", "a+quiet+evening").is_some());
    assert_eq!(desk.end(), Some(0));
    done(
        at,
        &["agent", "password", "ada"],
        "a quiet morning\n",
        "ada has a new password",
    );
    refused(
        at,
        &["agent", "password", "eve"],
        "a quiet morning\n",
        "nobody here with the login",
    );
    let desk = Serving::start(at, &["serve"]);
    assert!(desk.log_in("ada", "a+quiet+evening").is_none());
    assert!(desk.log_in("ada", "a+quiet+morning").is_some());
}

#[test]
fn old_mail_comes_in_once_however_often_it_is_imported() {
    let folder = place();
    let at = folder.path();
    let old = letters(at);
    done(
        at,
        &["import", &old],
        "",
        "5 letters are new here, 0 were here already.",
    );
    done(
        at,
        &["import", &old],
        "",
        "0 letters are new here, 5 were here already.",
    );
    refused(at, &["import", "/nowhere"], "", "/nowhere");
    done(
        at,
        &["agent", "add", "ada", "--name", "Ada"],
        "a quiet evening\n",
        "",
    );
    let desk = Serving::start(at, &["serve"]);
    let cookie = desk
        .log_in("ada", "a+quiet+evening")
        .expect("ada can log in");
    let open = desk.ask("GET /inbox?state=open&whose=all", &cookie, "");
    let done = desk.ask("GET /inbox?state=done&whose=all", &cookie, "");
    for n in 1..=5 {
        let list = if n <= 3 { &open } else { &done };
        assert_eq!(
            list.matches(&format!("Is the house open on day {n}?"))
                .count(),
            1,
            "letter {n}"
        );
    }
}

#[test]
fn a_desk_comes_back_from_its_backup_and_never_over_another() {
    let folder = place();
    let at = folder.path();
    let old = letters(at);
    done(at, &["import", &old], "", "5 letters");
    done(
        at,
        &["agent", "add", "ada", "--name", "Ada"],
        "a quiet evening\n",
        "",
    );
    let desk = Serving::start(at, &["serve"]);
    done(
        at,
        &["backup", "desk.backup"],
        "",
        "desk.backup holds the desk",
    );
    assert_eq!(desk.end(), Some(0));
    refused(at, &["backup", "desk.backup"], "", "desk.backup");
    refused(at, &["restore", "desk.backup"], "", "already");

    let other = place();
    std::fs::copy(at.join("desk.backup"), other.path().join("desk.backup"))
        .expect("a file can be copied");
    done(
        other.path(),
        &["restore", "desk.backup"],
        "",
        "holds 5 conversations",
    );
    let desk = Serving::start(other.path(), &["serve"]);
    let cookie = desk
        .log_in("ada", "a+quiet+evening")
        .expect("ada can log in");
    assert!(
        desk.ask("GET /inbox?state=open&whose=all", &cookie, "")
            .contains("Letter 3")
    );

    let third = place();
    std::fs::write(third.path().join("noise"), "not a backup").expect("a file can be written");
    refused(third.path(), &["restore", "noise"], "", "noise");
}

#[test]
fn settings_are_shown_with_their_secrets_starred_and_faults_with_their_line() {
    let folder = place();
    let at = folder.path();
    done(at, &["config"], "", "desk@house.example");
    let said = program::command(at, &["config"])
        .envs([
            ("UNRUFFLED_IMAP_HOST", "mail.house.example"),
            ("UNRUFFLED_IMAP_USER", "desk"),
            ("UNRUFFLED_IMAP_PASSWORD", "moonlight"),
        ])
        .output()
        .expect("the program runs");
    let out = String::from_utf8_lossy(&said.stdout).into_owned();
    assert!(
        out.contains("mail.house.example") && !out.contains("moonlight"),
        "{out}"
    );
    std::fs::write(at.join("unruffled.toml"), "\nlisen = \"x\"\n").expect("a file can be written");
    refused(at, &["config"], "", "line 2");
    refused(
        at,
        &["serve", "--config", "nowhere.toml"],
        "",
        "nowhere.toml",
    );
}

#[test]
fn a_desk_with_nobody_in_it_says_how_to_add_somebody() {
    let folder = place();
    let desk = Serving::start(folder.path(), &["serve"]);
    assert!(desk.said.contains("agent add LOGIN"), "{}", desk.said);
    assert_eq!(desk.end(), Some(0));
}
