//! Old mail is found wherever it lies, once each, and an import can go on where it stopped.

use super::*;
use crate::letter::parse;

const MBOX: &str = "From ada@a.test Mon May  4 10:02:00 2026\nSubject: one\n\nHello\n>From here on\n>>From there\n\nFrom the heart, thanks\n\n\
From - Mon May 04 11:02:00 2026\nSubject: two\n\nBye\n\nFrom x@a.test Mon May  4 12:02:00 2026\nSubject: three\n\nlast\n";

fn subjects(path: &Path, after: Option<&str>) -> Vec<String> {
    open(path, after)
        .expect("an import")
        .map(|found| parse(&found.expect("a letter").bytes).subject)
        .collect()
}

#[test]
fn an_mbox_gives_its_letters_and_their_own_lines() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("old.mbox");
    fs::write(&path, MBOX).expect("a file");
    let found: Vec<_> = open(&path, None)
        .expect("an import")
        .map(|found| found.expect("a letter"))
        .collect();
    assert_eq!(
        String::from_utf8_lossy(&found[0].bytes),
        "Subject: one\n\nHello\nFrom here on\n>From there\n\nFrom the heart, thanks\n"
    );
    assert_eq!(
        String::from_utf8_lossy(&found[2].bytes),
        "Subject: three\n\nlast\n"
    );
    assert_eq!(found.len(), 3);
    assert_eq!(
        found[1].origin,
        format!("old.mbox:{}", MBOX.find("From -").expect("two"))
    );
    let last = found.last().expect("three");
    assert_eq!(
        (last.bytes_done, last.bytes_total),
        (MBOX.len() as u64, MBOX.len() as u64)
    );
    assert_eq!(subjects(&path, Some(&found[0].position)), ["two", "three"]);
    assert_eq!(subjects(&path, Some(&found[1].position)), ["three"]);
    assert_eq!(subjects(&path, Some(&last.position)), [""; 0]);
    assert_eq!(
        subjects(&path, Some("old.mbox\t17")),
        ["one", "two", "three"],
        "a changed file is read from its start"
    );
}

#[test]
fn an_mbox_with_windows_line_ends_and_empty_letters_is_read_too() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("Inbox");
    fs::write(&path, MBOX.replace('\n', "\r\n")).expect("a file");
    assert_eq!(subjects(folder.path(), None), ["one", "two", "three"]);
    fs::write(&path, "From a Mon May 4 10:02:00 2026\n\nFrom b Mon May 4 10:03:00 2026\nSubject: only\n\nx\n\nFrom c Mon May 4 10:03:00 2026\n").expect("a file");
    assert_eq!(subjects(folder.path(), None), ["only"]);
}

#[test]
fn a_line_without_end_needs_no_memory_and_loses_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("long.mbox");
    let long = "x".repeat(300_000);
    fs::write(&path, format!("From a Mon May 4 10:02:00 2026\nSubject: long\n\n{long}\nFrom me 10:02\n\nFrom b Mon May 4 10:02:00 2026\nSubject: two\n\ny\n")).expect("a file");
    let found: Vec<_> = open(&path, None)
        .expect("an import")
        .map(|found| found.expect("a letter").bytes)
        .collect();
    assert_eq!(
        String::from_utf8_lossy(&found[0]),
        format!("Subject: long\n\n{long}\nFrom me 10:02\n")
    );
    assert_eq!(found.len(), 2);
}

#[test]
fn a_maildir_goes_on_even_when_letters_were_read_meanwhile() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    for made in ["cur", "new", "tmp", ".Sent/cur"] {
        fs::create_dir_all(at(made)).expect("a folder");
    }
    for (name, subject) in [
        ("new/1.host", "one"),
        ("cur/2.host:2,S", "two"),
        ("new/3.host", "three"),
        (".Sent/cur/4.host:2,", "sent"),
        ("tmp/5.host", "unfinished"),
        ("dovecot-uidlist", "no letter"),
    ] {
        fs::write(at(name), format!("Subject: {subject}\n\nx\n")).expect("a file");
    }
    assert_eq!(
        subjects(folder.path(), None),
        ["sent", "one", "two", "three"]
    );
    let second = open(folder.path(), None)
        .expect("an import")
        .nth(2)
        .expect("two")
        .expect("a letter");
    assert_eq!(second.origin, "cur/2.host:2,S");
    fs::rename(at("new/3.host"), at("cur/3.host:2,RS")).expect("moved");
    fs::rename(at("cur/2.host:2,S"), at("cur/2.host:2,FS")).expect("flagged");
    assert_eq!(subjects(folder.path(), Some(&second.position)), ["three"]);
}

#[test]
fn a_folder_of_letters_and_one_letter_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    fs::create_dir(at("deep")).expect("a folder");
    for name in ["b.eml", "a.EML", "deep/c.eml"] {
        fs::write(at(name), format!("Subject: {name}\n\nx\n")).expect("a file");
    }
    fs::write(at("picture.png"), "From nothing").expect("a file");
    fs::write(at("empty.eml"), "").expect("a file");
    assert_eq!(
        subjects(folder.path(), None),
        ["a.EML", "b.eml", "deep/c.eml", ""]
    );
    assert_eq!(subjects(&at("b.eml"), None), ["b.eml"]);
    fs::write(at("letter"), "Subject: bare\n\nx\n").expect("a file");
    assert_eq!(subjects(&at("letter"), None), ["bare"]);
}

#[test]
fn a_path_without_letters_is_told_kindly() {
    let folder = tempfile::tempdir().expect("a folder");
    let error = open(folder.path(), None).expect_err("nothing is there");
    assert!(
        error.to_string().ends_with(
            "holds no letters: it is no mbox, no Maildir and no .eml file. Nothing was imported."
        ),
        "{error}"
    );
    assert!(matches!(
        open(&folder.path().join("gone"), None),
        Err(Error::Unreadable { .. })
    ));
    let zip = folder.path().join("a.zip");
    fs::write(&zip, b"PK\x03\x04: no").expect("a file");
    assert!(matches!(open(&zip, None), Err(Error::NothingHere { .. })));
}
