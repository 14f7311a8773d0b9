//! What was promised: written down by sending, brought up in time, kept, moved, broken, and asked about afterwards.

use serde_json::{Value, json};
use unruffled_store::{Promise, PromiseState, PromisesOf};

use super::{Browser, TestDesk, gate_letter, plain_letter};
use crate::clock::{Micros, SECOND};

const HOUR: Micros = 3600 * SECOND;

/// Everything in the ledger, settled or not, of this conversation.
async fn ledger(desk: &TestDesk, number: i64) -> Vec<Promise> {
    let store = desk.desk.store();
    let agents = store.agents().await.expect("agents");
    let found = store.conversation(&agents[0].id, number).await;
    let conversation = found.expect("read").expect("a conversation");
    store.promises_in(&conversation.id).await.expect("promises")
}

/// The soonest time that can be kept, as the desk words it.
async fn soonest(ada: &Browser) -> Value {
    ada.get("/times").await.ok().json()["times"][0].clone()
}

async fn send(ada: &Browser, number: i64, words: &str, said: &Value) -> Value {
    let path = format!("/conversations/{number}/replies");
    let said = said.to_string();
    let answer = ada
        .tell(&path, &[("body", words), ("promises", &said)])
        .await;
    answer.is(201).json()
}

async fn settle(ada: &Browser, promise: &Promise, state: &str) -> super::browser::Answer {
    let path = format!("/promises/{}/settlement", promise.id);
    ada.tell(&path, &[("state", state)]).await
}

/// "I will ring you by 16:00 today", sent.
async fn promised(desk: &TestDesk, ada: &Browser) -> (i64, Promise) {
    let number = desk.letter(&gate_letter()).await;
    let by = soonest(ada).await["by"].as_str().expect("words").to_owned();
    send(ada, number, &format!("I will ring you {by}."), &json!({})).await;
    desk.after_seconds(11).await;
    let mut found = ledger(desk, number).await;
    assert_eq!(found.len(), 1, "{found:?}");
    (number, found.remove(0))
}

#[tokio::test]
async fn a_clear_promise_is_written_down_by_sending_and_taken_back_with_the_reply() {
    let desk = TestDesk::new().await;
    let ada = desk.with_agent("ada").await;
    let number = desk.letter(&gate_letter()).await;
    let time = soonest(&ada).await;
    let words = format!(
        "Dear Mr Jones,\n\nI will ring you {}.",
        time["by"].as_str().expect("words")
    );
    let sent = send(&ada, number, &words, &json!({})).await;
    let found = ledger(&desk, number).await;
    assert_eq!(found.len(), 1);
    assert!(
        found[0].what.starts_with("ring you by "),
        "{}",
        found[0].what
    );
    assert!(!found[0].whole_day);
    let local = crate::words::in_zone(found[0].due_at.expect("a time"), desk.desk.zone());
    assert_eq!(local.strftime("%Y-%m-%dT%H:%M").to_string(), time["local"]);
    ada.get("/promises")
        .await
        .ok()
        .says("ring you by ")
        .says("Jones");
    ada.get(&format!("/conversations/{number}"))
        .await
        .ok()
        .says("data-promise=");
    let id = sent["delivery"]["id"].as_str().expect("an id");
    ada.tell(&format!("/replies/{id}/withdrawal"), &[("version", "1")])
        .await
        .ok();
    assert_eq!(ledger(&desk, number).await, []);
    ada.get("/promises").await.ok().says("Nothing is promised.");
}

#[tokio::test]
async fn a_promise_is_changed_dismissed_or_given_a_time_before_it_is_sent() {
    let desk = TestDesk::new().await;
    let ada = desk.with_agent("ada").await;
    let number = desk.letter(&gate_letter()).await;
    let path = format!("/conversations/{number}/review");
    let time = soonest(&ada).await;
    let draft = format!(
        "I will ring you {}. Our engineer will look at the gate {0}. We will get back to you soon.",
        time["by"].as_str().expect("words")
    );
    let review = ada
        .post_json(&path, &json!({ "draft": draft }))
        .await
        .ok()
        .json();
    let found = review["promised"].as_array().expect("promises").clone();
    assert_eq!(found.len(), 3, "{review}");
    assert_eq!(found[0]["sure"], true);
    assert_eq!(found[2]["sure"], false, "soon is no time");
    assert_eq!(review["soon"].as_array().map(Vec::len), Some(3));
    let said = json!({ "changed": [
        { "found": found[0]["found"], "what": "call you at home", "due": found[0]["local"], "keep": true },
        { "found": found[1]["found"], "keep": false },
        { "found": found[2]["found"], "due": time["local"], "keep": true },
    ] });
    // What was said about a draft is sealed and kept with it.
    let kept = json!({ "body": draft, "version": 0, "promises": said });
    ada.put_json(&format!("/conversations/{number}/draft/reply"), &kept)
        .await
        .ok();
    ada.get(&format!("/conversations/{number}"))
        .await
        .ok()
        .says("call you at home");
    send(&ada, number, &draft, &said).await;
    desk.after_seconds(11).await;
    let written = ledger(&desk, number).await;
    let words: Vec<&str> = written.iter().map(|it| it.what.as_str()).collect();
    assert_eq!(words.len(), 2, "{words:?}");
    assert!(words.contains(&"call you at home"), "{words:?}");
    assert!(written.iter().all(|it| it.due_at.is_some()));
}

#[tokio::test]
async fn a_promise_without_a_clear_time_is_not_written_down_by_itself() {
    let desk = TestDesk::new().await;
    let ada = desk.with_agent("ada").await;
    let number = desk.letter(&gate_letter()).await;
    send(
        &ada,
        number,
        "We will get back to you soon.",
        &json!("nonsense"),
    )
    .await;
    desk.after_seconds(11).await;
    assert_eq!(ledger(&desk, number).await, []);
}

#[tokio::test]
async fn it_is_brought_up_to_whoever_promised_it_and_then_to_the_team() {
    let desk = TestDesk::new().await;
    let ada = desk.with_agent("ada").await;
    let ben = desk.with_agent("ben").await;
    let (number, promise) = promised(&desk, &ada).await;
    let line = format!("/conversations/{number}#promises");
    let now = desk.desk.now();
    let up = promise.bring_up_at.expect("a time");
    if up > now {
        ada.get("/inbox").await.ok().lacks(&line);
        desk.after_seconds((up - now) / SECOND + 1).await;
    }
    // Nights and weekends end sessions.
    let ada_again = Browser::logged_in(&desk.desk, "ada").await;
    let ben_again = Browser::logged_in(&desk.desk, "ben").await;
    drop((ada, ben));
    ada_again.get("/inbox").await.ok().says(&line);
    ben_again.get("/inbox").await.ok().lacks(&line);
    ben_again.get("/promises").await.ok().lacks(&line);
    ben_again
        .get("/promises?whose=all")
        .await
        .ok()
        .says(&line)
        .says("promised by Ada Jones");
    let due = promise.due_at.expect("a time");
    desk.after_seconds((due - desk.desk.now()) / SECOND + 1)
        .await;
    let ben_again = Browser::logged_in(&desk.desk, "ben").await;
    ben_again
        .get("/inbox")
        .await
        .ok()
        .says(&line)
        .says("Was due today");
    let page = ben_again
        .get(&format!("/conversations/{number}"))
        .await
        .ok();
    let (late, reply) = (
        page.body.find("Was it kept?"),
        page.body.find("id=\"reply\""),
    );
    assert!(
        late.is_some() && late < reply,
        "the first thing at the side"
    );
    settle(&ben_again, &promise, "kept").await.ok();
    ben_again.get("/inbox").await.ok().lacks(&line);
    settle(&ben_again, &promise, "kept").await.is(409);
    ben_again
        .get(&format!("/conversations/{number}"))
        .await
        .ok()
        .says("Take this back");
    settle(&ben_again, &promise, "open").await.ok();
    settle(&ben_again, &promise, "perhaps").await.is(422);
}

#[tokio::test]
async fn a_broken_promise_is_the_first_fact_of_the_next_moment() {
    let desk = TestDesk::new().await;
    let ada = desk.with_agent("ada").await;
    let (number, promise) = promised(&desk, &ada).await;
    settle(&ada, &promise, "broken").await.ok();
    let page = ada.get(&format!("/conversations/{number}")).await.ok();
    page.says("We promised: ").says("We did not.");
    desk.desk.clock().advance(HOUR);
    let from = "Martin Jones <martin.jones@example.net>";
    let next = desk
        .letter(&plain_letter(from, "Locker", "Which lockers are free?"))
        .await;
    assert_ne!(next, number);
    let path = format!("/conversations/{next}");
    let page = ada
        .get(&path)
        .await
        .ok()
        .says("We did not.")
        .says("In an earlier conversation");
    let (broken, asked) = (
        page.body.find("id=\"broken\""),
        page.body.find("id=\"asked\""),
    );
    assert!(broken.is_some() && broken < asked);
    desk.desk.clock().advance(SECOND);
    send(
        &ada,
        next,
        "I am sorry that I did not ring you. All the red ones are free.",
        &json!({}),
    )
    .await;
    desk.after_seconds(11).await;
    ada.get(&path).await.ok().lacks("We did not.");
}

#[tokio::test]
async fn a_letter_moves_a_promise_and_its_undoing_moves_it_back() {
    let desk = TestDesk::new().await;
    let ada = desk.with_agent("ada").await;
    let (number, promise) = promised(&desk, &ada).await;
    let later = ada.get("/times").await.ok().json()["times"][2].clone();
    let words = format!(
        "We promised to ring you. We will do it {}.",
        later["by"].as_str().expect("words")
    );
    let said = json!({ "moved": [{ "id": promise.id, "due": later["local"] }] });
    let sent = send(&ada, number, &words, &said).await;
    let moved = ledger(&desk, number).await;
    assert_eq!(
        moved.len(),
        1,
        "the same promise, and no second one: {moved:?}"
    );
    assert_eq!(moved[0].state, PromiseState::Moved);
    assert_eq!(moved[0].first_due_at, promise.due_at);
    let id = sent["delivery"]["id"].as_str().expect("an id");
    ada.tell(&format!("/replies/{id}/withdrawal"), &[("version", "1")])
        .await
        .ok();
    assert_eq!(ledger(&desk, number).await, std::slice::from_ref(&promise));
    // Without a word: for what the customer knows already.
    let path = format!("/promises/{}/time", promise.id);
    ada.tell(&path, &[("at", "yesterday")])
        .await
        .is(422)
        .says("no time within a year");
    ada.tell(&path, &[("at", "2020-01-01T10:00")]).await.is(422);
    ada.tell(&path, &[("at", later["local"].as_str().expect("a time"))])
        .await
        .ok();
    assert_eq!(ledger(&desk, number).await[0].state, PromiseState::Moved);
}

#[tokio::test]
async fn what_a_reply_kept_is_to_be_kept_again_once_the_reply_is_taken_back() {
    let desk = TestDesk::new().await;
    let ada = desk.with_agent("ada").await;
    let (number, promise) = promised(&desk, &ada).await;
    let sent = send(&ada, number, "I have just rung you.", &json!({})).await;
    let html = sent["message"].as_str().expect("a message");
    let (_, rest) = html.split_once("id=\"m-").expect("its id");
    let with = rest.split('"').next().expect("its end");
    let path = format!("/promises/{}/settlement", promise.id);
    ada.tell(&path, &[("state", "kept"), ("with", with)])
        .await
        .ok();
    assert_eq!(ledger(&desk, number).await[0].state, PromiseState::Kept);
    ada.get("/promises").await.ok().says("Nothing is promised.");
    let id = sent["delivery"]["id"].as_str().expect("an id");
    ada.tell(&format!("/replies/{id}/withdrawal"), &[("version", "1")])
        .await
        .ok();
    assert_eq!(ledger(&desk, number).await, std::slice::from_ref(&promise));
}

#[tokio::test]
async fn what_they_say_we_promised_is_ours_once_one_of_us_says_so() {
    let desk = TestDesk::new().await;
    let ada = desk.with_agent("ada").await;
    let words = "You said you would ring me by Tuesday, and nobody rang.";
    let number = desk
        .letter(&plain_letter("May <may@example.org>", "The gate", words))
        .await;
    let path = format!("/conversations/{number}");
    ada.get(&path)
        .await
        .ok()
        .says("They say that we promised")
        .says("It is ours");
    assert_eq!(
        ledger(&desk, number).await,
        [],
        "a word of theirs is no promise of ours yet"
    );
    let confirm = format!("{path}/promises");
    ada.post(
        &confirm,
        &[("what", "ring me by Tuesday"), ("due", "2026-05-05T17:00")],
    )
    .await
    .is(303);
    ada.post(&confirm, &[("what", "  ")]).await.is(422);
    let found = ledger(&desk, number).await;
    assert_eq!(found.len(), 1);
    assert!(
        found[0].due_at.is_some_and(|at| at < desk.desk.now()),
        "it lies behind us"
    );
    ada.get(&path).await.ok().says("Was it kept?");
}

#[tokio::test]
async fn closing_a_hard_moment_offers_to_look_again_and_a_calm_one_does_not() {
    let desk = TestDesk::new().await;
    let ada = desk.with_agent("ada").await;
    let calm = desk
        .letter(&plain_letter(
            "May <may@example.org>",
            "Lockers",
            "Which lockers are free?",
        ))
        .await;
    ada.post(&format!("/conversations/{calm}/closure"), &[])
        .await
        .is(303);
    ada.get(&format!("/conversations/{calm}?closed=1"))
        .await
        .ok()
        .lacks("Check back");
    let words = "This is unacceptable and I am furious. You promised twice and NOBODY called. I want my money back!";
    let hot = desk
        .letter(&plain_letter("Kim <kim@example.org>", "Enough", words))
        .await;
    let path = format!("/conversations/{hot}");
    send(
        &ada,
        hot,
        "I am sorry. Your money is on its way.",
        &json!({}),
    )
    .await;
    desk.after_seconds(11).await;
    let closed = ada.post(&format!("{path}/closure"), &[]).await.is(303);
    assert_eq!(closed.to(), format!("{path}?closed=1"));
    ada.get(closed.to())
        .await
        .ok()
        .says("Check back in three working days");
    ada.get(&path).await.ok().lacks("Check back");
    ada.post(&format!("{path}/follow-up"), &[]).await.is(303);
    ada.get(closed.to()).await.ok().lacks("Check back");
    let found = ledger(&desk, hot).await;
    let ahead = (found[0].due_at.expect("a time") - desk.desk.now()) / (24 * HOUR);
    assert!((2..=6).contains(&ahead), "{ahead} days");
    ada.get(&path)
        .await
        .ok()
        .says("Has it stayed well since then");
    ada.get("/promises")
        .await
        .ok()
        .says("look whether it has stayed well");
}

#[tokio::test]
async fn nobody_reaches_a_promise_of_another_inbox() {
    let desk = TestDesk::new().await;
    let ada = desk.with_agent("ada").await;
    let (number, promise) = promised(&desk, &ada).await;
    let store = desk.desk.store();
    let elsewhere = store
        .add_inbox("Elsewhere", "elsewhere@example.org", 1)
        .await
        .expect("an inbox");
    let eve = desk.with_agent("eve").await;
    let id = store
        .agents()
        .await
        .expect("agents")
        .into_iter()
        .find(|it| it.login == "eve")
        .expect("her")
        .id;
    store.join_inbox(&elsewhere, &id).await.expect("joined");
    store
        .leave_inbox(desk.desk.inbox(), &id)
        .await
        .expect("left");
    settle(&eve, &promise, "kept").await.is(404);
    eve.tell(
        &format!("/promises/{}/time", promise.id),
        &[("at", "2027-01-01T10:00")],
    )
    .await
    .is(404);
    eve.get("/promises?whose=all")
        .await
        .ok()
        .lacks(&format!("/conversations/{number}"));
    let found = store
        .promises_of(&id, PromisesOf::Team)
        .await
        .expect("read");
    assert_eq!(found, []);
}

#[tokio::test]
async fn a_time_that_nobody_could_keep_is_not_worded() {
    let desk = TestDesk::new().await;
    let ada = desk.with_agent("ada").await;
    ada.get("/times?at=soon").await.is(422);
    ada.get("/times?at=2001-01-01T10:00").await.is(422);
    let times = ada.get("/times").await.ok().json();
    assert_eq!(times["times"].as_array().map(Vec::len), Some(3));
    for time in times["times"].as_array().expect("times") {
        assert_eq!(time["says"], Value::Null, "somebody is there: {time}");
    }
}
