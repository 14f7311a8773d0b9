//! From "send" to "sent", and back again in time.

use super::{Memory, Moment, TestDesk, gate_letter};
use unruffled_mail::smtp::Outcome;

async fn sent_reply(desk: &TestDesk, ada: &super::Browser, text: &str) -> (i64, String) {
    let number = desk.letter(&gate_letter()).await;
    let path = format!("/conversations/{number}/replies");
    let answer = ada.tell(&path, &[("body", text)]).await.is(201);
    let reply = answer.json()["delivery"]["id"]
        .as_str()
        .expect("an id")
        .to_owned();
    (number, reply)
}

#[tokio::test]
async fn a_reply_waits_and_then_goes_to_whoever_wrote() {
    let desk = TestDesk::new().await;
    let ada = desk.with_agent("ada").await;
    let (number, _) = sent_reply(&desk, &ada, "The gate knows you again.").await;
    desk.after_seconds(5).await;
    assert!(desk.memory.taken().is_empty());
    ada.get(&format!("/conversations/{number}"))
        .await
        .ok()
        .says("Undo");
    desk.after_seconds(6).await;
    let taken = desk.memory.taken();
    assert_eq!(taken.len(), 1);
    assert_eq!(taken[0].0.to, ["martin.jones@example.net"]);
    assert!(taken[0].1.contains("The gate knows you again."));
    assert!(
        taken[0].1.contains("In-Reply-To:") && taken[0].1.contains("Subject: Re: the gate says no")
    );
    ada.get(&format!("/conversations/{number}"))
        .await
        .ok()
        .says("Sent ");
    ada.get("/inbox?state=waiting")
        .await
        .ok()
        .says("the gate says no");
}

#[tokio::test]
async fn the_same_form_sent_twice_is_one_reply() {
    let desk = TestDesk::new().await;
    let ada = desk.with_agent("ada").await;
    let number = desk.letter(&gate_letter()).await;
    let path = format!("/conversations/{number}/replies");
    for _ in 0..2 {
        ada.post(&path, &[("body", "Once."), ("once", "6f1d")])
            .await
            .is(303);
    }
    desk.after_seconds(11).await;
    assert_eq!(desk.memory.taken().len(), 1);
}

#[tokio::test]
async fn undo_puts_the_words_back_and_nothing_leaves() {
    let desk = TestDesk::new().await;
    let ada = desk.with_agent("ada").await;
    let (number, reply) = sent_reply(&desk, &ada, "Too quick a word.").await;
    let undo = format!("/replies/{reply}/withdrawal");
    let back = ada.tell(&undo, &[("version", "1")]).await.ok().json();
    assert_eq!(back["body"], "Too quick a word.");
    desk.after_seconds(3600).await;
    assert!(desk.memory.taken().is_empty());
    let page = ada.get(&format!("/conversations/{number}")).await.ok();
    assert_eq!(
        page.body.matches("Too quick a word.").count(),
        1,
        "in the composer only"
    );
    ada.get("/inbox?state=open")
        .await
        .ok()
        .says("the gate says no");
    ada.tell(&undo, &[("version", "1")]).await.is(404);
}

#[tokio::test]
async fn what_was_written_after_an_undone_reply_is_not_lost_to_it() {
    let desk = TestDesk::new().await;
    let ada = desk.with_agent("ada").await;
    let (number, reply) = sent_reply(&desk, &ada, "The first words.").await;
    let draft = format!("/conversations/{number}/draft/reply");
    let newer = serde_json::json!({ "body": "And one thing more.", "version": 0 });
    ada.put_json(&draft, &newer).await.ok();
    ada.post(&format!("/replies/{reply}/withdrawal"), &[("version", "1")])
        .await
        .is(303);
    ada.get(&format!("/conversations/{number}"))
        .await
        .ok()
        .says("The first words.\n\nAnd one thing more.");
}

#[tokio::test]
async fn undo_that_comes_too_late_says_so() {
    let desk = TestDesk::new().await;
    let ada = desk.with_agent("ada").await;
    let (_, reply) = sent_reply(&desk, &ada, "Gone already.").await;
    desk.after_seconds(11).await;
    let undo = format!("/replies/{reply}/withdrawal");
    ada.post(&undo, &[("version", "1")])
        .await
        .is(409)
        .says("already left");
}

#[tokio::test]
async fn a_colleagues_reply_is_theirs_to_take_back() {
    let desk = TestDesk::new().await;
    let ada = desk.with_agent("ada").await;
    let ben = desk.with_agent("ben").await;
    let (_, reply) = sent_reply(&desk, &ada, "Mine.").await;
    ben.post(&format!("/replies/{reply}/withdrawal"), &[("version", "1")])
        .await
        .is(422);
    desk.after_seconds(11).await;
    assert_eq!(desk.memory.taken().len(), 1);
}

#[tokio::test]
async fn a_reply_is_not_sent_twice_by_two_workers() {
    let desk = TestDesk::new().await;
    let ada = desk.with_agent("ada").await;
    sent_reply(&desk, &ada, "Once is enough.").await;
    desk.desk.clock().advance(11_000_000);
    tokio::join!(desk.work(), desk.work(), desk.work());
    assert_eq!(desk.memory.taken().len(), 1);
}

#[tokio::test]
async fn a_mail_server_that_is_gone_is_told_in_words_and_tried_again() {
    let desk = TestDesk::new().await;
    let ada = desk.with_agent("ada").await;
    let words = "The mail server did not answer".to_owned();
    desk.memory.then(Moment::Answer(Outcome::Later { words }));
    let (number, _) = sent_reply(&desk, &ada, "Patience.").await;
    desk.after_seconds(11).await;
    ada.get(&format!("/conversations/{number}"))
        .await
        .ok()
        .says("Not delivered yet: the mail server did not answer. Next try at ");
    desk.after_seconds(61).await;
    assert_eq!(desk.memory.taken().len(), 1);
}

#[tokio::test]
async fn a_reply_that_waits_for_its_next_try_can_be_tried_now() {
    let desk = TestDesk::new().await;
    let ada = desk.with_agent("ada").await;
    let words = "The mail server did not answer".to_owned();
    desk.memory.then(Moment::Answer(Outcome::Later { words }));
    let (_, reply) = sent_reply(&desk, &ada, "Patience.").await;
    desk.after_seconds(11).await;
    ada.tell(&format!("/replies/{reply}/retry"), &[]).await.ok();
    desk.work().await;
    assert_eq!(desk.memory.taken().len(), 1);
}

#[tokio::test]
async fn what_the_mail_server_refuses_is_open_again_with_its_words() {
    let desk = TestDesk::new().await;
    let ada = desk.with_agent("ada").await;
    let words = "The mail server knows no such address".to_owned();
    desk.memory.then(Moment::Answer(Outcome::Refused { words }));
    let (number, _) = sent_reply(&desk, &ada, "To nobody.").await;
    desk.after_seconds(11).await;
    ada.get(&format!("/conversations/{number}"))
        .await
        .ok()
        .says("Not delivered: the mail server knows no such address.");
    ada.get("/inbox?state=open")
        .await
        .ok()
        .says("the gate says no");
}

#[tokio::test]
async fn an_unsure_reply_waits_for_a_person() {
    for outcome in ["went", "again"] {
        let desk = TestDesk::new().await;
        let ada = desk.with_agent("ada").await;
        let words = "It may have been sent or not.".to_owned();
        desk.memory.then(Moment::Answer(Outcome::Unsure { words }));
        let (number, reply) = sent_reply(&desk, &ada, "Perhaps.").await;
        desk.after_seconds(11).await;
        desk.after_seconds(86_400).await;
        assert_eq!(desk.memory.taken().len(), 1, "not sent again by itself");
        let page = format!("/conversations/{number}");
        ada.get(&page).await.is(303);
        let ada = super::Browser::logged_in(&desk.desk, "ada").await;
        ada.get(&page)
            .await
            .ok()
            .says("It may have been sent or not.");
        let settle = format!("/replies/{reply}/settlement");
        ada.post(&settle, &[("outcome", "perhaps")]).await.is(422);
        ada.post(&settle, &[("outcome", outcome)]).await.is(303);
        ada.post(&settle, &[("outcome", outcome)]).await.is(409);
        desk.work().await;
        let expect = if outcome == "went" { 1 } else { 2 };
        assert_eq!(desk.memory.taken().len(), expect, "{outcome}");
        ada.get(&page).await.ok().says("Sent ");
    }
}

#[tokio::test]
async fn without_a_way_out_replies_are_kept_and_say_so() {
    let desk = TestDesk::new().await;
    let post = crate::post::Post::of(desk.desk.settings());
    let envelope = unruffled_mail::Envelope {
        from: String::new(),
        to: Vec::new(),
    };
    let outcome = post.send(&envelope, b"", || async { Ok(()) }).await;
    assert!(matches!(outcome, Outcome::Later { words } if words.contains("smtp.host")));
    let _: &Memory = &desk.memory;
}
