//! Drafts: saved as one types, by one tab or two, and forgotten when they are sent.

use super::desk::*;
use crate::*;

fn draft<'a>(
    desk: &'a TestDesk,
    to: &'a Received,
    expected_version: i64,
    sealed: &'a [u8],
) -> SaveDraft<'a> {
    SaveDraft {
        agent_id: &desk.ada,
        conversation_id: &to.conversation_id,
        kind: DraftKind::Reply,
        expected_version,
        sealed,
    }
}

async fn saved(desk: &TestDesk, draft: SaveDraft<'_>, now: Time) -> i64 {
    match desk.save_draft(&draft, now).await.unwrap() {
        Saving::Saved(version) => version,
        Saving::Conflict { current } => panic!("a conflict with {current:?}"),
    }
}

pub async fn a_draft_is_saved_and_saved_again(desk: TestDesk) {
    let to = desk.with_letter("The gate says no.", MORNING).await;
    let one = saved(&desk, draft(&desk, &to, 0, b"one"), MORNING).await;
    // Within the same microsecond, the version still grows.
    let two = saved(&desk, draft(&desk, &to, one, b"two"), MORNING).await;
    assert!(two > one);
    let kept = desk
        .draft(&desk.ada, &to.conversation_id, DraftKind::Reply)
        .await
        .unwrap()
        .unwrap();
    assert_eq!((kept.version, &kept.sealed[..]), (two, &b"two"[..]));
    assert_eq!(
        desk.draft(&desk.ben, &to.conversation_id, DraftKind::Reply)
            .await
            .unwrap(),
        None
    );
    assert!(
        !desk
            .drop_draft(&desk.ada, &to.conversation_id, DraftKind::Reply, one)
            .await
            .unwrap()
    );
    assert!(
        desk.drop_draft(&desk.ada, &to.conversation_id, DraftKind::Reply, two)
            .await
            .unwrap()
    );
    let long = vec![0; limits::DRAFT_BYTES_MAX + 1];
    assert!(matches!(
        desk.save_draft(&draft(&desk, &to, 0, &long), MORNING).await,
        Err(Error::Refused(_))
    ));
}

pub async fn another_tab_is_told_and_nothing_is_lost(desk: TestDesk) {
    let to = desk.with_letter("The gate says no.", MORNING).await;
    let one = saved(&desk, draft(&desk, &to, 0, b"one"), MORNING).await;
    let two = saved(&desk, draft(&desk, &to, one, b"two"), MORNING + 1).await;
    for stale in [0, one] {
        let saving = desk
            .save_draft(&draft(&desk, &to, stale, b"other"), MORNING + 2)
            .await
            .unwrap();
        let Saving::Conflict {
            current: Some(current),
        } = saving
        else {
            panic!("{saving:?}")
        };
        assert_eq!((current.version, &current.sealed[..]), (two, &b"two"[..]));
    }
}

pub async fn a_sent_draft_does_not_come_back(desk: TestDesk) {
    let to = desk.with_letter("The gate says no.", MORNING).await;
    let version = saved(&desk, draft(&desk, &to, 0, b"words"), MORNING).await;
    let mut sent = reply(&desk, &to, "words", MORNING);
    sent.draft_version = version;
    desk.queue_reply(&sent, MORNING + SECOND).await.unwrap();
    let late = desk
        .save_draft(&draft(&desk, &to, version, b"words!"), MORNING + SECOND)
        .await
        .unwrap();
    assert_eq!(late, Saving::Conflict { current: None });
    let anew = saved(&desk, draft(&desk, &to, 0, b"more"), MORNING + 2 * SECOND).await;
    assert!(anew > version);
    let late = desk
        .save_draft(&draft(&desk, &to, version, b"words!"), MORNING + 2 * SECOND)
        .await
        .unwrap();
    assert!(matches!(late, Saving::Conflict { current: Some(_) }));
}

pub async fn a_reply_and_a_note_are_written_apart(desk: TestDesk) {
    let to = desk.with_letter("The gate says no.", MORNING).await;
    let reply_version = saved(&desk, draft(&desk, &to, 0, b"to Mr Jones"), MORNING).await;
    let note = SaveDraft {
        kind: DraftKind::Note,
        ..draft(&desk, &to, 0, b"to ourselves")
    };
    let note_version = saved(&desk, note, MORNING + SECOND).await;
    let new = NewNote {
        conversation_id: &to.conversation_id,
        author_id: &desk.ada,
        text: "to ourselves",
        draft_version: note_version,
    };
    desk.add_note(&new, MORNING + SECOND).await.unwrap();
    assert_eq!(
        desk.draft(&desk.ada, &to.conversation_id, DraftKind::Note)
            .await
            .unwrap(),
        None
    );
    let kept = desk
        .draft(&desk.ada, &to.conversation_id, DraftKind::Reply)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (kept.version, &kept.sealed[..]),
        (reply_version, &b"to Mr Jones"[..])
    );
}

pub async fn a_later_draft_survives_the_sending_of_an_earlier_one(desk: TestDesk) {
    let to = desk.with_letter("The gate says no.", MORNING).await;
    let one = saved(&desk, draft(&desk, &to, 0, b"one"), MORNING).await;
    saved(
        &desk,
        draft(&desk, &to, one, b"two, from another tab"),
        MORNING + SECOND,
    )
    .await;
    let mut sent = reply(&desk, &to, "one", MORNING);
    sent.draft_version = one;
    desk.queue_reply(&sent, MORNING + SECOND).await.unwrap();
    let kept = desk
        .draft(&desk.ada, &to.conversation_id, DraftKind::Reply)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(kept.sealed, b"two, from another tab");
}
