//! Opening: an empty place, a desk, a newer desk, and what is no desk at all.

use super::desk::*;
use crate::*;

pub async fn an_empty_place_becomes_a_desk_and_stays_one(desk: TestDesk) {
    let again = desk.opened_again().await;
    assert_eq!(again.agents().await.unwrap().len(), 2);
    again.is_well().await.unwrap();
}

pub async fn a_newer_schema_is_left_alone(desk: TestDesk) {
    let mut tx = desk.begin().await.unwrap();
    let raised = try_run!(tx, "insert into migrations (version) values ($1)", 999i64);
    assert_eq!(raised.unwrap(), 1);
    tx.commit().await.unwrap();
    let refused = Store::open(&desk.place, desk.folder.path())
        .await
        .unwrap_err();
    assert!(
        matches!(refused, Error::NewerSchema { found: 999, .. }),
        "{refused}"
    );
    let refused = Store::open_as_it_is(&desk.place, desk.folder.path())
        .await
        .unwrap_err();
    assert!(
        matches!(refused, Error::NewerSchema { found: 999, .. }),
        "{refused}"
    );
}

pub async fn a_full_desk_of_words_comes_back_unchanged(desk: TestDesk) {
    let raw = desk.stored("شكرا 👩‍👩‍👧 “ok”\r\n", MORNING).await;
    let mut parsed = letter(raw.clone(), "شكرا 👩‍👩‍👧 “ok”\r\n", MORNING);
    parsed.html = Some("<p>شكرا</p>".into());
    parsed.reply_to = Some("else@example.org".into());
    parsed.marks = vec!["charset guessed".into(), "new \"sender\"".into()];
    parsed.in_reply_to = Some("before@example.org".into());
    parsed.refs = "a@b c@d".into();
    let received = desk.receive(parsed.clone()).await.unwrap();
    let thread = desk.thread(&received.conversation_id).await.unwrap();
    let [message] = &thread.messages[..] else {
        panic!("one message")
    };
    assert_eq!(message.text, parsed.text);
    assert_eq!(message.marks.0, parsed.marks);
    assert_eq!(message.reply_to, parsed.reply_to);
    assert_eq!(message.in_reply_to, parsed.in_reply_to);
    assert_eq!(message.refs, parsed.refs);
    assert_eq!(message.raw_id, Some(raw.clone()));
    assert_eq!(message.sent_at, parsed.sent_at);
    assert_eq!(
        (message.direction, message.kind),
        (Direction::In, MessageKind::Mail)
    );
    assert!(message.has_html);
    assert_eq!(
        desk.html_of(&desk.ada, &message.id).await.unwrap(),
        parsed.html
    );
    assert_eq!(desk.html_of(&desk.ben, &message.id).await.unwrap(), None);
    assert_eq!(
        desk.raw(&raw).await.unwrap().unwrap().bytes,
        parsed.text.as_bytes()
    );
}

#[test]
fn what_is_no_database_is_left_as_it_is() {
    super::run(async {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("letter.txt");
        std::fs::write(&path, "Dear desk, this is not a database. ".repeat(50)).unwrap();
        let before = std::fs::read(&path).unwrap();
        let refused = Store::open(path.to_str().unwrap(), folder.path())
            .await
            .unwrap_err();
        assert!(matches!(refused, Error::NotADatabase { .. }), "{refused:?}");
        assert!(refused.to_string().contains("letter.txt"));
        assert_eq!(std::fs::read(&path).unwrap(), before);
    });
}

#[test]
fn a_desk_that_is_not_there_is_not_made_by_looking() {
    super::run(async {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("desk.sqlite");
        let refused = Store::open_as_it_is(path.to_str().unwrap(), folder.path())
            .await
            .unwrap_err();
        assert!(matches!(refused, Error::Unreachable { .. }), "{refused:?}");
        assert!(!path.exists());
    });
}

#[test]
fn a_server_that_is_not_there_is_named_without_its_password() {
    super::run(async {
        let refused = Store::open("postgres://desk:secret@127.0.0.1:1/desk", "/nowhere")
            .await
            .unwrap_err();
        let words = refused.to_string();
        assert!(
            words.contains("127.0.0.1:1/desk") && !words.contains("secret"),
            "{words}"
        );
    });
}

#[test]
fn only_its_owner_reads_the_desk() {
    use std::os::unix::fs::PermissionsExt;
    super::run(async {
        let desk = TestDesk::on_sqlite().await;
        let mode = |path: &str| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&desk.place), 0o600);
        assert_eq!(mode(&format!("{}-wal", desk.place)), 0o600);
        assert_eq!(mode(desk.attachments_folder().to_str().unwrap()), 0o700);
    });
}

#[test]
fn when_the_disk_is_full_it_says_so_and_keeps_what_it_has() {
    super::run(async {
        let desk = TestDesk::on_sqlite().await;
        let kept = desk.stored("The gate says no.", MORNING).await;
        // The disk of this test is as large as the desk is now.
        let engine::Engine::Sqlite { write, .. } = desk.engine() else {
            panic!("SQLite")
        };
        sqlx::query("pragma max_page_count = 1")
            .execute(write)
            .await
            .unwrap();

        let letter = vec![b'x'; 100_000];
        let mark = MailboxProgress {
            folder: "INBOX",
            uid_validity: 7,
            uid: 42,
        };
        let full = desk
            .store_raw(&desk.front, &letter, "test", Some(mark), MORNING)
            .await
            .unwrap_err();
        assert!(matches!(full, Error::DiskFull), "{full:?}");
        assert_eq!(
            desk.mailbox(&desk.front, "INBOX").await.unwrap(),
            None,
            "the mark is where it was"
        );
        assert_eq!(desk.jobs_left().await.unwrap(), 1);
        assert_eq!(
            desk.raw(&kept).await.unwrap().unwrap().bytes,
            b"The gate says no."
        );

        sqlx::query("pragma max_page_count = 1000000")
            .execute(write)
            .await
            .unwrap();
        let stored = desk
            .store_raw(&desk.front, &letter, "test", Some(mark), MORNING)
            .await
            .unwrap();
        assert!(stored.new);
        assert_eq!(
            desk.mailbox(&desk.front, "INBOX")
                .await
                .unwrap()
                .unwrap()
                .last_uid,
            42
        );
    });
}

#[test]
fn when_another_program_holds_the_desk_it_says_so() {
    super::run(async {
        let desk = TestDesk::on_sqlite().await;
        let other = desk.opened_again().await;
        let held = other.begin().await.unwrap();
        let busy = desk.login_succeeded("login:ada").await.unwrap_err();
        assert!(matches!(busy, Error::Locked), "{busy:?}");
        drop(held);
        desk.login_succeeded("login:ada").await.unwrap();
    });
}
