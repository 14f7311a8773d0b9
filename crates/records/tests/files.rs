//! CSV and SQLite files: as they are, slow, gone, wrong, and asked by somebody hostile.

mod parts;

use parts::{HOSTILE, ask, ask_again, csv, database, entries};
use std::time::{Duration, Instant};
use tempfile::TempDir;
use unruffled_records::{By, Kind, Records, SourceSettings, Trouble};

const MEMBERS: &str = "name,email,card,until\nCarys Jones,carys@jones.example,HB-20417,31 May 2026\nM Tran,m@tran.example,7781,\n";

fn written(words: &str) -> (TempDir, SourceSettings) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("members.csv");
    std::fs::write(&file, words).expect("written");
    let source = csv(&file);
    (folder, source)
}

async fn sqlite(statements: &'static str) -> (TempDir, SourceSettings) {
    use sqlx::ConnectOptions;
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("till.db");
    let open = sqlx::sqlite::SqliteConnectOptions::new()
        .filename(&file)
        .create_if_missing(true);
    let mut db = open.connect().await.expect("a database");
    sqlx::raw_sql(statements)
        .execute(&mut db)
        .await
        .expect("statements");
    sqlx::Connection::close(db).await.expect("closed");
    let source = database(Kind::Sqlite, &file, "");
    (folder, source)
}

const TILL: &str = "create table members (name text, card text, until text);
    insert into members values ('Carys Jones', 'HB-20417', '31 May 2026'), ('M Tran', '7781', null);";

#[tokio::test]
async fn a_line_of_a_list_is_found_by_number_name_and_address() {
    let (_folder, source) = written(MEMBERS);
    let records = Records::open(&[source]).expect("right");
    for (by, value) in [
        (By::Reference, "hb20417"),
        (By::Name, "carys jones"),
        (By::Email, "CARYS@jones.example"),
    ] {
        assert_eq!(
            entries(ask_again(&records, by, value).await),
            ["Carys Jones, card HB-20417, until 31 May 2026"]
        );
    }
    assert_eq!(
        entries(ask_again(&records, By::Reference, "7781").await),
        ["M Tran, card 7781"]
    );
    for value in ["HB-9", HOSTILE] {
        assert!(entries(ask_again(&records, By::Name, value).await).is_empty());
    }
}

#[tokio::test]
async fn a_changed_list_is_read_again_and_a_broken_one_leaves_the_old_one_in_force() {
    let (folder, source) = written(MEMBERS);
    let file = folder.path().join("members.csv");
    let records = Records::open(&[source]).expect("right");
    records.look().await;
    assert!(records.faults().is_empty());

    std::fs::write(&file, format!("{MEMBERS}Rosa,rosa@lindqvist.example\n")).expect("written");
    records.look().await;
    let faults = records.faults();
    assert_eq!(faults.len(), 1);
    assert!(faults[0].starts_with("the member list: "), "{faults:?}");
    assert!(
        faults[0].contains("members.csv, line 4: it has 2 fields, and the first line has 4"),
        "{faults:?}"
    );
    assert!(
        faults[0].ends_with("What was read before stays in force."),
        "{faults:?}"
    );
    assert_eq!(
        entries(ask_again(&records, By::Reference, "7781").await).len(),
        1
    );

    std::fs::write(
        &file,
        format!("{MEMBERS}Rosa,rosa@lindqvist.example,12,June\n"),
    )
    .expect("written");
    records.look().await;
    assert!(records.faults().is_empty());
    assert_eq!(
        entries(ask_again(&records, By::Name, "Rosa").await),
        ["Rosa, card 12, until June"]
    );
}

#[tokio::test]
async fn a_list_that_is_gone_or_has_other_columns_says_so() {
    let gone = csv(std::path::Path::new("/nowhere/members.csv"));
    let Err(Trouble::Wrong(why)) = ask(gone, By::Name, "Rosa").await else {
        panic!("an answer")
    };
    assert!(why.contains("/nowhere/members.csv"), "{why}");
    let (_folder, source) = written("name,email,card\nRosa,r@x,1\n");
    let Err(Trouble::Wrong(why)) = ask(source, By::Name, "Rosa").await else {
        panic!("an answer")
    };
    assert!(
        why.contains("members.csv, line 1: there is no column \"until\""),
        "{why}"
    );
}

#[tokio::test]
async fn a_question_too_wide_says_that_there_are_more() {
    let lines: String = (0..9).map(|n| format!("Rosa,r@x,{n},May\n")).collect();
    let (_folder, source) = written(&format!("name,email,card,until\n{lines}"));
    let found = ask(source, By::Name, "Rosa").await.expect("an answer");
    assert_eq!((found.entries.len(), found.more), (3, true));
}

#[tokio::test]
async fn a_sqlite_file_is_asked_and_a_replaced_one_is_seen() {
    let (folder, source) = sqlite(TILL).await;
    let records = Records::open(&[source]).expect("right");
    let found = entries(ask_again(&records, By::Reference, "HB-20417").await);
    assert_eq!(found, ["Carys Jones, card HB-20417, until 31 May 2026"]);
    assert!(entries(ask_again(&records, By::Name, HOSTILE).await).is_empty());
    assert_eq!(
        entries(ask_again(&records, By::Name, "M TRAN").await),
        ["M Tran, card 7781"]
    );
    let (other, _) = sqlite("create table members (name text, card text, until text);").await;
    std::fs::rename(other.path().join("till.db"), folder.path().join("till.db")).expect("replaced");
    assert!(entries(ask_again(&records, By::Name, "M Tran").await).is_empty());
}

#[tokio::test]
async fn a_sqlite_file_that_is_gone_slow_or_other_says_so() {
    let (folder, source) = sqlite(TILL).await;
    let wrong = SourceSettings {
        says: "{valid_to}".into(),
        ..source.clone()
    };
    let Err(Trouble::Wrong(why)) = ask(wrong, By::Name, "x").await else {
        panic!("an answer")
    };
    assert!(why.contains("valid_to"), "{why}");

    let endless = "with recursive n(name, card, until) as (select 'a', 'b', 'c' union all select name, card, until from n)
        select * from n where card = :value";
    let slow = SourceSettings {
        query: endless.into(),
        timeout_ms: 150,
        ..source.clone()
    };
    let begun = Instant::now();
    assert_eq!(
        ask(slow, By::Name, "x").await,
        Err(Trouble::Slow(Duration::from_millis(150)))
    );
    assert!(begun.elapsed() < Duration::from_secs(5));

    let writes = SourceSettings {
        query: "select load_extension(:value) as name, '' as card, '' as until".into(),
        ..source.clone()
    };
    assert!(matches!(
        ask(writes, By::Name, "x").await,
        Err(Trouble::Wrong(_))
    ));

    std::fs::write(
        folder.path().join("till.db"),
        "no database at all, but long enough to be looked at",
    )
    .expect("written");
    assert!(ask(source.clone(), By::Name, "x").await.is_err());
    std::fs::remove_file(folder.path().join("till.db")).expect("gone");
    let Err(Trouble::Down(why)) = ask(source, By::Name, "x").await else {
        panic!("an answer")
    };
    assert!(why.contains("till.db"), "{why}");
    assert!(
        !folder.path().join("till.db").exists(),
        "asking makes no file"
    );
}

#[tokio::test]
async fn a_slow_source_does_not_hold_up_the_others() {
    let (_folder, quick) = written(MEMBERS);
    let (_till, till) = sqlite(TILL).await;
    let endless = "with recursive n(name, card, until) as (select 'a', 'b', 'c' union all select name, card, until from n)
        select * from n where card = :value";
    let slow = SourceSettings {
        name: "the till".into(),
        query: endless.into(),
        timeout_ms: 1_500,
        ..till
    };
    let records = Records::open(&[slow, quick]).expect("right");
    records.look().await;
    let begun = Instant::now();
    let mut answers = records.ask(&[parts::question(By::Name, "M Tran")]);
    let first = answers.join_next().await.expect("one").expect("no panic");
    assert_eq!(records.sources()[first.source].name(), "the member list");
    assert!(first.found.is_ok() && begun.elapsed() < Duration::from_millis(1_400));
    let second = answers.join_next().await.expect("two").expect("no panic");
    let said = second.found.expect_err("too slow").to_string();
    assert_eq!(said, "did not answer within 1500 ms");
}
