//! Replies for later: with an undo until then, kept over a restart, and never sent blindly.

use serde_json::json;

use super::{Browser, TestDesk, gate_letter, plain_letter};
use crate::clock::{HOUR, MINUTE, SECOND};
use crate::words::in_zone;

/// A letter, and a reply to it for so many hours from now; its id.
async fn later(desk: &TestDesk, ada: &Browser, hours: i64) -> (i64, String) {
    let number = desk.letter(&gate_letter()).await;
    let at = in_zone(desk.desk.now() + hours * HOUR, desk.desk.zone());
    let at = at.strftime("%Y-%m-%dT%H:%M").to_string();
    let path = format!("/conversations/{number}/replies");
    let form = [("body", "The gate knows you again."), ("send_at", &at)];
    let answer = ada.tell(&path, &form).await.is(201).json();
    assert_eq!(answer["delivery"]["timed"], true);
    (
        number,
        answer["delivery"]["id"].as_str().expect("an id").to_owned(),
    )
}

/// The customer writes again into the same conversation.
async fn again(desk: &TestDesk) {
    let letter = plain_letter(
        "Martin Jones <martin.jones@example.net>",
        "Re: the gate says no",
        "It works now, never mind.",
    );
    let sent = desk.memory.taken();
    let ours = sent.last().expect("one went out").1.clone();
    let id = ours
        .lines()
        .find_map(|line| line.strip_prefix("Message-ID: "))
        .expect("an id")
        .to_owned();
    desk.letter(&letter.replacen("Subject:", &format!("In-Reply-To: {id}\nSubject:"), 1))
        .await;
}

#[tokio::test]
async fn a_reply_for_later_says_when_it_goes_and_goes_then() {
    let desk = TestDesk::new().await;
    let ada = desk.with_agent("ada").await;
    let (number, _) = later(&desk, &ada, 30).await;
    let here = format!("/conversations/{number}");
    ada.get(&here)
        .await
        .ok()
        .says("Goes out ")
        .says("Take it back")
        .says("Send it now")
        .says("Tell them when to expect it")
        .says("I have your letter and write to you by ");
    desk.after_seconds(29 * 3600 - 60).await;
    assert!(desk.memory.taken().is_empty());
    desk.after_seconds(3600 + 120).await;
    assert_eq!(desk.memory.taken().len(), 1);
    // A day later one logs in anew.
    let ada = Browser::logged_in(&desk.desk, "ada").await;
    ada.get(&here)
        .await
        .ok()
        .says("Sent ")
        .lacks("Tell them when to expect it");
}

#[tokio::test]
async fn a_reply_for_later_outlives_a_restart() {
    let desk = TestDesk::new().await.leaving_jobs();
    let ada = desk.with_agent("ada").await;
    let (number, _) = later(&desk, &ada, 3).await;
    let desk = desk.killed_and_started_again().await;
    let ada = Browser::logged_in(&desk.desk, "ada").await;
    ada.get(&format!("/conversations/{number}"))
        .await
        .ok()
        .says("Goes out ");
    desk.after_seconds(3 * 3600 + 60).await;
    assert_eq!(desk.memory.taken().len(), 1);
}

#[tokio::test]
async fn a_reply_for_later_can_be_taken_back_until_then() {
    let desk = TestDesk::new().await;
    let ada = desk.with_agent("ada").await;
    let (number, reply) = later(&desk, &ada, 3).await;
    desk.after_seconds(2 * 3600).await;
    let undo = format!("/replies/{reply}/withdrawal");
    let back = ada.tell(&undo, &[("version", "1")]).await.ok().json();
    assert_eq!(back["body"], "The gate knows you again.");
    desk.after_seconds(2 * 3600).await;
    assert!(desk.memory.taken().is_empty());
    ada.get(&format!("/conversations/{number}"))
        .await
        .ok()
        .lacks("Goes out ");
}

#[tokio::test]
async fn no_reply_goes_out_over_a_letter_that_came_before_it() {
    let desk = TestDesk::new().await;
    let ada = desk.with_agent("ada").await;
    let (number, reply) = later(&desk, &ada, 3).await;
    let here = format!("/conversations/{number}");
    // They are told when to expect it, by a normal short reply, and answer that.
    let told = [(
        "body",
        "I have your letter and write to you by tomorrow 9:00.",
    )];
    ada.post(&format!("{here}/replies"), &told).await.is(303);
    desk.after_seconds(11).await;
    ada.get(&here)
        .await
        .ok()
        .says("Goes out ")
        .lacks("Tell them when");
    again(&desk).await;
    ada.get(&here)
        .await
        .ok()
        .says("They have written since; it waits for you.")
        .says("Take it back")
        .says("Send it now");
    desk.after_seconds(4 * 3600).await;
    assert_eq!(desk.memory.taken().len(), 1, "the short one alone");
    ada.get(&here).await.ok().says("it waits for you");
    ada.get("/inbox?state=open")
        .await
        .ok()
        .says("the gate says no");
    // Whoever has read on says: send it.
    ada.post(&format!("/replies/{reply}/retry"), &[])
        .await
        .is(303);
    desk.work().await;
    assert_eq!(desk.memory.taken().len(), 2);
}

#[tokio::test]
async fn a_time_that_cannot_be_is_refused_and_nothing_is_sent() {
    let desk = TestDesk::new().await;
    let ada = desk.with_agent("ada").await;
    let number = desk.letter(&gate_letter()).await;
    let path = format!("/conversations/{number}/replies");
    for (at, says) in [
        ("2001-01-01T09:00", "has passed"),
        ("2999-01-01T09:00", "more than a month"),
        ("soon", "A day and a time"),
        ("other", "A day and a time"),
    ] {
        ada.tell(&path, &[("body", "x"), ("send_at", at)])
            .await
            .is(422)
            .says(says);
    }
    let at = in_zone(desk.desk.now() + 10 * MINUTE, desk.desk.zone());
    let at = at.strftime("%Y-%m-%dT%H:%M").to_string();
    ada.tell(
        &path,
        &[("body", "x"), ("send_at", "other"), ("send_at_other", &at)],
    )
    .await
    .is(201);
    desk.after_seconds(11 * 60 + SECOND / SECOND).await;
    assert_eq!(desk.memory.taken().len(), 1);
}

#[tokio::test]
async fn a_draft_of_hot_words_says_so_and_a_calm_one_does_not() {
    let desk = TestDesk::new().await;
    let ada = desk.with_agent("ada").await;
    let number = desk.letter(&gate_letter()).await;
    let path = format!("/conversations/{number}/review");
    for (draft, hot) in [
        ("Please calm down.", true),
        (
            "This is a complete joke!! You are useless and I am sick of this.",
            true,
        ),
        (
            "The gate reads the old card. I have renewed it, and it opens from now on.",
            false,
        ),
    ] {
        let answer = ada.post_json(&path, &json!({ "draft": draft })).await.ok();
        assert_eq!(answer.json()["hot"], hot, "{draft}");
    }
    ada.get(&format!("/conversations/{number}"))
        .await
        .ok()
        .says("id=\"pause-offers\"")
        .says("a colleague’s eye")
        .says("id=\"send-at\"");
}
