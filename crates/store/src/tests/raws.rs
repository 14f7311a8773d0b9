//! Raws: what arrives is stored once, with its mark and its job, before anything is read.

use super::desk::*;
use crate::*;

fn mark(uid_validity: i64, uid: i64) -> Option<MailboxProgress<'static>> {
    Some(MailboxProgress {
        folder: "INBOX",
        uid_validity,
        uid,
    })
}

pub async fn the_same_bytes_twice_change_nothing(desk: TestDesk) {
    let first = desk
        .store_raw(&desk.front, b"A letter.", "imap:INBOX:7:1", None, MORNING)
        .await
        .unwrap();
    let second = desk
        .store_raw(&desk.front, b"A letter.", "import:old", None, MORNING)
        .await
        .unwrap();
    assert!(first.new && !second.new);
    assert_eq!(first.raw_id, second.raw_id);
    assert_eq!(desk.jobs_left().await.unwrap(), 1);
    assert_eq!(
        desk.raw(&first.raw_id).await.unwrap().unwrap().origin,
        "imap:INBOX:7:1"
    );

    let elsewhere = desk
        .store_raw(&desk.repairs, b"A letter.", "imap", None, MORNING)
        .await
        .unwrap();
    assert!(elsewhere.new, "another inbox has its own");
}

pub async fn a_letter_its_mark_and_its_job_are_stored_together(desk: TestDesk) {
    assert_eq!(
        desk.mailbox_opened(&desk.front, "INBOX", 7).await.unwrap(),
        0
    );
    let stored = desk
        .store_raw(
            &desk.front,
            b"One.",
            "imap:INBOX:7:41",
            mark(7, 41),
            MORNING,
        )
        .await
        .unwrap();
    let mailbox = desk.mailbox(&desk.front, "INBOX").await.unwrap().unwrap();
    assert_eq!((mailbox.uid_validity, mailbox.last_uid), (7, 41));
    let jobs = desk
        .claim_jobs(10, MORNING + SECOND, MORNING)
        .await
        .unwrap();
    let [job] = &jobs[..] else { panic!("one job") };
    assert_eq!(
        (job.kind.as_str(), job.payload.as_str()),
        (jobs::PARSE, stored.raw_id.as_str())
    );
    assert_eq!(
        desk.raw(&stored.raw_id).await.unwrap().unwrap().state,
        RawState::New
    );
    desk.raw_failed(&stored.raw_id, "nothing in it could be read")
        .await
        .unwrap();
    assert_eq!(
        desk.raw(&stored.raw_id).await.unwrap().unwrap().state,
        RawState::Failed
    );
}

pub async fn a_changed_uid_validity_starts_over_and_doubles_nothing(desk: TestDesk) {
    desk.store_raw(&desk.front, b"One.", "imap", mark(7, 41), MORNING)
        .await
        .unwrap();
    assert_eq!(
        desk.mailbox_opened(&desk.front, "INBOX", 7).await.unwrap(),
        41
    );
    assert_eq!(
        desk.mailbox_opened(&desk.front, "INBOX", 8).await.unwrap(),
        0
    );
    let again = desk
        .store_raw(&desk.front, b"One.", "imap", mark(8, 1), MORNING)
        .await
        .unwrap();
    assert!(!again.new);
    let mailbox = desk.mailbox(&desk.front, "INBOX").await.unwrap().unwrap();
    assert_eq!((mailbox.uid_validity, mailbox.last_uid), (8, 1));
    assert_eq!(desk.jobs_left().await.unwrap(), 1);
}

pub async fn an_older_uid_never_turns_the_mark_back(desk: TestDesk) {
    desk.store_raw(&desk.front, b"Two.", "imap", mark(7, 42), MORNING)
        .await
        .unwrap();
    desk.store_raw(&desk.front, b"One.", "imap", mark(7, 41), MORNING)
        .await
        .unwrap();
    assert_eq!(
        desk.mailbox(&desk.front, "INBOX")
            .await
            .unwrap()
            .unwrap()
            .last_uid,
        42
    );
}

pub async fn many_letters_are_stored_together(desk: TestDesk) {
    let texts: Vec<String> = (0..20).map(|n| format!("Letter {}.", n / 2)).collect();
    let letters: Vec<_> = texts
        .iter()
        .map(|text| NewRaw {
            bytes: text.as_bytes(),
            origin: "import",
            mailbox: None,
        })
        .collect();
    let stored = desk
        .store_raws(&desk.front, &letters, MORNING)
        .await
        .unwrap();
    assert_eq!(stored.iter().filter(|stored| stored.new).count(), 10);
    assert_eq!(stored[0].raw_id, stored[1].raw_id);
    assert_eq!(desk.jobs_left().await.unwrap(), 10);
}

pub async fn fifty_megabytes_are_stored_as_they_are(desk: TestDesk) {
    let bytes = vec![b'x'; 50 * 1024 * 1024];
    let stored = desk
        .store_raw(&desk.front, &bytes, "imap", None, MORNING)
        .await
        .unwrap();
    let raw = desk.raw(&stored.raw_id).await.unwrap().unwrap();
    assert!(raw.bytes == bytes);
}
