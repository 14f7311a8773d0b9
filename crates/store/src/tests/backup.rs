//! Backup and restore: the whole desk in one file while it works, and back, never over another.

use super::desk::*;
use super::{cluster, run};
use crate::*;
use std::path::PathBuf;

fn with_file(raw: RawId, words: &str, now: Time) -> Parsed {
    let file = NewAttachment {
        name: "pass.png".into(),
        media_type: "image/png".into(),
        bytes: words.into(),
    };
    Parsed {
        attachments: vec![file],
        ..letter(raw, words, now)
    }
}

/// Somewhere that no desk is yet.
fn elsewhere(desk: &TestDesk) -> (PathBuf, PathBuf) {
    (
        desk.folder.path().join("new/desk.sqlite"),
        desk.folder.path().join("new/attachments"),
    )
}

#[test]
fn a_desk_that_goes_on_working_is_backed_up_whole() {
    run(async {
        let desk = TestDesk::on_sqlite().await;
        let raw = desk.stored("The gate says no.", MORNING).await;
        let kept = desk
            .receive(with_file(raw, "The gate says no.", MORNING))
            .await
            .unwrap();
        let writer = {
            let (store, inbox) = (desk.store.clone(), desk.front.clone());
            tokio::spawn(async move {
                for number in 0.. {
                    let words = format!("Letter {number}.");
                    let stored = store
                        .store_raw(&inbox, words.as_bytes(), "test", None, MORNING)
                        .await
                        .unwrap();
                    store
                        .receive(with_file(stored.raw_id, &words, MORNING))
                        .await
                        .unwrap();
                }
            })
        };
        let file = desk.folder.path().join("desk.backup");
        let mut written = None;
        for round in 0..5 {
            let file = file.with_extension(round.to_string());
            written = Some((desk.backup(&file).await.unwrap(), file));
            tokio::task::yield_now().await;
        }
        writer.abort();
        let (done, file) = written.unwrap();
        assert_eq!(done.bytes, std::fs::metadata(&file).unwrap().len());
        let mode = std::os::unix::fs::PermissionsExt::mode(
            &std::fs::metadata(&file).unwrap().permissions(),
        );
        assert_eq!(mode & 0o777, 0o600);

        let (database, attachments) = elsewhere(&desk);
        let restored = Store::restore(&file, &database, &attachments)
            .await
            .unwrap();
        assert!(restored.conversations >= 1 && restored.attachments >= restored.conversations);
        let new = Store::open(database.to_str().unwrap(), &attachments)
            .await
            .unwrap();
        let thread = new.thread(&kept.conversation_id).await.unwrap();
        let file = &thread.messages[0].attachments[0];
        assert_eq!(
            new.read_attachment(file).await.unwrap(),
            b"The gate says no."
        );
        let left_over: Vec<_> = std::fs::read_dir(desk.folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| name.ends_with(".part"))
            .collect();
        assert_eq!(left_over, Vec::<String>::new());
    });
}

#[test]
fn what_was_under_way_is_not_sent_by_a_restored_desk() {
    run(async {
        let desk = TestDesk::on_sqlite().await;
        let (received, _) = desk.with_reply("Bring the pass along.", MORNING).await;
        let session = NewSession {
            token_hash: b"one",
            agent_id: &desk.ada,
            sealed_key: b"sealed",
            expires_at: MORNING + SECOND,
        };
        desk.open_session(&session, MORNING).await.unwrap();
        let file = desk.folder.path().join("desk.backup");
        desk.backup(&file).await.unwrap();
        let (database, attachments) = elsewhere(&desk);
        assert_eq!(
            Store::restore(&file, &database, &attachments)
                .await
                .unwrap()
                .unsure,
            1
        );
        let new = Store::open(database.to_str().unwrap(), &attachments)
            .await
            .unwrap();
        new.recover(Leases::All, MORNING).await.unwrap();
        let jobs = new
            .claim_jobs(9, Time::MAX, MORNING + 999 * SECOND)
            .await
            .unwrap();
        assert!(jobs.iter().all(|job| job.kind != jobs::SEND));
        let thread = new.thread(&received.conversation_id).await.unwrap();
        assert_eq!(
            thread.messages[1].delivery.as_ref().unwrap().state,
            OutboxState::Unsure
        );
        assert!(new.session(b"one", MORNING).await.unwrap().is_none());
    });
}

#[test]
fn a_restore_never_writes_over_a_desk() {
    run(async {
        let desk = TestDesk::on_sqlite().await;
        let file = desk.folder.path().join("desk.backup");
        desk.backup(&file).await.unwrap();
        let (database, attachments) = elsewhere(&desk);
        let here = PathBuf::from(&desk.place);
        let refused = Store::restore(&file, &here, &attachments)
            .await
            .unwrap_err();
        assert!(matches!(refused, Error::Refused(_)), "{refused:?}");
        std::fs::create_dir_all(&attachments).unwrap();
        std::fs::write(attachments.join("something"), "of mine").unwrap();
        let refused = Store::restore(&file, &database, &attachments)
            .await
            .unwrap_err();
        assert!(matches!(refused, Error::Refused(_)), "{refused:?}");
        assert!(attachments.join("something").exists() && !database.exists());
        let refused = desk.backup(&file).await.unwrap_err();
        assert!(matches!(refused, Error::Refused(_)), "{refused:?}");
    });
}

#[test]
fn a_damaged_backup_makes_no_desk() {
    run(async {
        let desk = TestDesk::on_sqlite().await;
        let raw = desk.stored("The gate says no.", MORNING).await;
        desk.receive(with_file(raw, "The gate says no.", MORNING))
            .await
            .unwrap();
        let file = desk.folder.path().join("desk.backup");
        desk.backup(&file).await.unwrap();
        let whole = std::fs::read(&file).unwrap();
        let mut flipped = whole.clone();
        let middle = flipped
            .windows(17)
            .rposition(|bytes| bytes == b"The gate says no.")
            .unwrap();
        flipped[middle] ^= 1;
        let half = whole[..whole.len() / 2].to_vec();
        let (database, attachments) = elsewhere(&desk);
        for damaged in [
            half,
            flipped,
            b"Dear desk".to_vec(),
            Vec::new(),
            vec![0; 4096],
        ] {
            std::fs::write(&file, damaged).unwrap();
            let refused = Store::restore(&file, &database, &attachments)
                .await
                .unwrap_err();
            assert!(matches!(refused, Error::Refused(_)), "{refused:?}");
            assert!(!database.exists());
        }
        std::fs::write(&file, whole).unwrap();
        Store::restore(&file, &database, &attachments)
            .await
            .unwrap();
    });
}

#[test]
fn a_desk_on_postgres_names_the_tool_for_it() {
    let Some(cluster) = cluster::Cluster::found_or_started() else {
        return;
    };
    run(async {
        let desk = TestDesk::on_postgres(&cluster.address_of_a_new_schema()).await;
        let refused = desk
            .backup(&desk.folder.path().join("desk.backup"))
            .await
            .unwrap_err();
        assert!(refused.to_string().contains("pg_dump"), "{refused}");
    });
}
