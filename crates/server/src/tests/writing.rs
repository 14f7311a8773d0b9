//! Drafts, notes, reviews: what is typed before anything is sent.

use serde_json::json;

use super::{Browser, PASSWORD, TestDesk, gate_letter};

#[tokio::test]
async fn a_draft_survives_a_reload_and_another_session() {
    let desk = TestDesk::new().await;
    let ada = desk.with_agent("ada").await;
    let number = desk.letter(&gate_letter()).await;
    let draft = format!("/conversations/{number}/draft/reply");
    let kept = ada
        .put_json(
            &draft,
            &json!({ "body": "The gate knows you by", "version": 0 }),
        )
        .await
        .ok();
    assert!(kept.json()["version"].as_i64() > Some(0));
    ada.get(&format!("/conversations/{number}"))
        .await
        .ok()
        .says("The gate knows you by");
    let again = Browser::logged_in(&desk.desk, "ada").await;
    again
        .get(&format!("/conversations/{number}"))
        .await
        .ok()
        .says("The gate knows you by");
}

#[tokio::test]
async fn a_draft_cannot_be_read_in_the_database_or_by_a_colleague() {
    let desk = TestDesk::new().await;
    let ada = desk.with_agent("ada").await;
    let ben = desk.with_agent("ben").await;
    let number = desk.letter(&gate_letter()).await;
    let words = "Frankly I am at my wits end";
    for kind in ["reply", "note"] {
        let draft = format!("/conversations/{number}/draft/{kind}");
        ada.put_json(&draft, &json!({ "body": words, "version": 0 }))
            .await
            .ok();
    }
    ben.get(&format!("/conversations/{number}"))
        .await
        .ok()
        .lacks(words);
    let backup = desk.folder.path().join("backup.tar");
    desk.desk.store().backup(&backup).await.expect("a backup");
    for file in ["desk.db", "desk.db-wal", "secret", "backup.tar"] {
        let bytes = std::fs::read(desk.folder.path().join(file)).unwrap_or_default();
        assert!(!String::from_utf8_lossy(&bytes).contains(words), "{file}");
    }
    ada.get(&format!("/conversations/{number}"))
        .await
        .ok()
        .says(words);
}

#[tokio::test]
async fn two_tabs_lose_neither_draft() {
    let desk = TestDesk::new().await;
    let ada = desk.with_agent("ada").await;
    let number = desk.letter(&gate_letter()).await;
    let draft = format!("/conversations/{number}/draft/reply");
    let first = ada
        .put_json(&draft, &json!({ "body": "in one tab", "version": 0 }))
        .await
        .ok();
    let second = ada
        .put_json(&draft, &json!({ "body": "in the other", "version": 0 }))
        .await
        .is(409);
    assert_eq!(second.json()["body"], "in one tab");
    assert_eq!(second.json()["version"], first.json()["version"]);
    let overwrite = json!({ "body": "both", "version": first.json()["version"] });
    ada.put_json(&draft, &overwrite).await.ok();
}

#[tokio::test]
async fn a_draft_of_a_reply_and_one_of_a_note_are_two() {
    let desk = TestDesk::new().await;
    let ada = desk.with_agent("ada").await;
    let number = desk.letter(&gate_letter()).await;
    let here = format!("/conversations/{number}");
    ada.put_json(
        &format!("{here}/draft/note"),
        &json!({ "body": "the till was down", "version": 0 }),
    )
    .await
    .ok();
    ada.put_json(
        &format!("{here}/draft/reply"),
        &json!({ "body": "Dear Mr Jones", "version": 0 }),
    )
    .await
    .ok();
    ada.put_json(
        &format!("{here}/draft/letter"),
        &json!({ "body": "x", "version": 0 }),
    )
    .await
    .is(404);
    ada.get(&here)
        .await
        .ok()
        .says("the till was down")
        .says("Dear Mr Jones");
}

#[tokio::test]
async fn a_changed_password_keeps_the_drafts() {
    let desk = TestDesk::new().await;
    let ada = desk.with_agent("ada").await;
    let number = desk.letter(&gate_letter()).await;
    let here = format!("/conversations/{number}");
    ada.put_json(
        &format!("{here}/draft/reply"),
        &json!({ "body": "half a thought", "version": 0 }),
    )
    .await
    .ok();
    let wrong = desk
        .desk
        .change_password("ada", Some("not the password"), "a brand new password")
        .await;
    assert!(wrong.is_err());
    desk.desk
        .change_password("ada", Some(PASSWORD), "a brand new password")
        .await
        .expect("changed");
    ada.get(&here).await.is(303);
    let mut again = Browser::new(&desk.desk);
    again.log_in("ada", "a brand new password").await.is(303);
    again.get(&here).await.ok().says("half a thought");
}

#[tokio::test]
async fn a_password_reset_without_the_old_one_opens_no_old_draft() {
    let desk = TestDesk::new().await;
    let ada = desk.with_agent("ada").await;
    let number = desk.letter(&gate_letter()).await;
    let here = format!("/conversations/{number}");
    ada.put_json(
        &format!("{here}/draft/reply"),
        &json!({ "body": "half a thought", "version": 0 }),
    )
    .await
    .ok();
    desk.desk
        .change_password("ada", None, "a brand new password")
        .await
        .expect("changed");
    let mut again = Browser::new(&desk.desk);
    again.log_in("ada", "a brand new password").await.is(303);
    again.get(&here).await.ok().lacks("half a thought");
}

#[tokio::test]
async fn a_note_is_kept_for_the_team_and_never_sent() {
    let desk = TestDesk::new().await;
    let ada = desk.with_agent("ada").await;
    let ben = desk.with_agent("ben").await;
    let number = desk.letter(&gate_letter()).await;
    let here = format!("/conversations/{number}");
    ada.post(
        &format!("{here}/notes"),
        &[("body", "The till was down in March.")],
    )
    .await
    .is(303);
    ben.get(&here)
        .await
        .ok()
        .says("The till was down in March.");
    desk.after_seconds(3600).await;
    assert!(desk.memory.taken().is_empty());
    ada.post(
        &format!("{here}/replies"),
        &[("body", "We will look today.")],
    )
    .await
    .is(303);
    desk.after_seconds(11).await;
    let taken = desk.memory.taken();
    assert_eq!(taken.len(), 1);
    assert!(
        !taken[0].1.contains("till was down"),
        "a note in quoted history"
    );
    // The list shows what was said to and by the customer, never a note.
    ben.get("/inbox?state=waiting")
        .await
        .ok()
        .lacks("till was down");
}

#[tokio::test]
async fn an_empty_reply_or_note_is_refused_in_words() {
    let desk = TestDesk::new().await;
    let ada = desk.with_agent("ada").await;
    let number = desk.letter(&gate_letter()).await;
    for kind in ["replies", "notes"] {
        let path = format!("/conversations/{number}/{kind}");
        ada.post(&path, &[("body", " \r\n ")])
            .await
            .is(422)
            .says("is empty");
    }
}

#[tokio::test]
async fn a_review_counts_as_a_browser_counts() {
    let desk = TestDesk::new().await;
    let ada = desk.with_agent("ada").await;
    let number = desk.letter(&gate_letter()).await;
    let draft = "\u{1f600} Hello “Mr Jones”. Please calm down. We will get back to you soon.";
    let path = format!("/conversations/{number}/review");
    let answer = ada
        .post_json(&path, &json!({ "draft": draft, "ticks": [0] }))
        .await
        .ok()
        .json();
    let units: Vec<u16> = draft.encode_utf16().collect();
    let notes = answer["review"]["notes"].as_array().expect("notes").clone();
    assert!(!notes.is_empty());
    for note in &notes {
        let at = |key: &str| usize::try_from(note[key].as_u64().expect("a number")).expect("small");
        let words = String::from_utf16(&units[at("start")..at("end")]).expect("whole characters");
        assert_eq!(words, note["text"].as_str().expect("text"));
    }
    assert_eq!(answer["review"]["asks"][0]["answered"], true);
    assert_eq!(answer["standing"], "open");
}

#[tokio::test]
async fn a_draft_of_a_hundred_kilobytes_is_reviewed_and_one_of_a_megabyte_refused() {
    let desk = TestDesk::new().await;
    let ada = desk.with_agent("ada").await;
    let number = desk.letter(&gate_letter()).await;
    let path = format!("/conversations/{number}/review");
    let long = "We looked into it on Monday and found the card. ".repeat(2_100);
    ada.post_json(&path, &json!({ "draft": long })).await.ok();
    let longer = "x".repeat(1_000_000);
    ada.post_json(&path, &json!({ "draft": longer }))
        .await
        .is(413);
    let draft = format!("/conversations/{number}/draft/reply");
    ada.put_json(
        &draft,
        &json!({ "body": "x".repeat(250_000), "version": 0 }),
    )
    .await
    .is(413);
}
