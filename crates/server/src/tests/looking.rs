//! What an agent sees, and what stays out of sight.

use super::{Browser, PASSWORD, TestDesk, gate_letter, plain_letter};
use unruffled_store::AgentId;

/// Somebody who works at this desk and not for this inbox.
async fn outsider(desk: &TestDesk) -> Browser {
    let id: AgentId = desk
        .desk
        .add_agent("eve", "Eve", PASSWORD)
        .await
        .expect("an agent");
    let inbox = desk.desk.inbox();
    desk.desk
        .store()
        .leave_inbox(inbox, &id)
        .await
        .expect("left");
    Browser::logged_in(&desk.desk, "eve").await
}

#[tokio::test]
async fn an_agent_of_another_inbox_finds_nothing_at_any_address() {
    let desk = TestDesk::new().await;
    let ada = desk.with_agent("ada").await;
    let eve = outsider(&desk).await;
    let number = desk.letter(&letter_with_everything()).await;
    let page = ada.get(&format!("/conversations/{number}")).await.ok();
    let message = between(&page.body, "/messages/", "/frame");
    let file = between(&page.body, "/attachments/", "\"");
    let here = format!("/conversations/{number}");
    let sent = ada
        .tell(&format!("{here}/replies"), &[("body", "We look into it.")])
        .await
        .is(201);
    let reply = sent.json()["delivery"]["id"]
        .as_str()
        .expect("an id")
        .to_owned();
    for path in [
        here.clone(),
        format!("/messages/{message}/frame"),
        format!("/messages/{message}/raw"),
        format!("/attachments/{file}"),
    ] {
        ada.get(&path).await.ok();
        eve.get(&path).await.is(404);
    }
    for path in [
        "replies",
        "notes",
        "closure",
        "closure/reversal",
        "assignment",
        "assignment/reversal",
    ] {
        eve.post(&format!("{here}/{path}"), &[("body", "x"), ("to", "")])
            .await
            .is(404);
    }
    for path in ["withdrawal", "retry", "settlement"] {
        let form = [("version", "1"), ("outcome", "went")];
        eve.post(&format!("/replies/{reply}/{path}"), &form)
            .await
            .is(404);
    }
    let draft = serde_json::json!({ "body": "x", "draft": "x" });
    eve.put_json(&format!("{here}/draft/reply"), &draft)
        .await
        .is(404);
    eve.post_json(&format!("{here}/review"), &draft)
        .await
        .is(404);
    eve.get("/inbox").await.ok().lacks("the gate says no");
    desk.after_seconds(11).await;
}

#[tokio::test]
async fn an_address_that_names_nothing_says_so_kindly() {
    let desk = TestDesk::new().await;
    let ada = desk.with_agent("ada").await;
    for path in [
        "/conversations/99",
        "/conversations/x",
        "/messages/x/raw",
        "/cards/none",
        "/nowhere",
    ] {
        ada.get(path).await.is(404).says("Nothing is here");
    }
}

#[tokio::test]
async fn the_list_shows_what_is_open_and_whose_it_is() {
    let desk = TestDesk::new().await;
    let ada = desk.with_agent("ada").await;
    ada.get("/inbox").await.ok().lacks("the gate says no");
    let number = desk.letter(&gate_letter()).await;
    ada.get("/inbox")
        .await
        .ok()
        .says("the gate says no")
        .says("Martin Jones");
    ada.get("/inbox?whose=mine")
        .await
        .ok()
        .lacks("the gate says no");
    let me = desk
        .desk
        .store()
        .agent_by_login("ada")
        .await
        .expect("read")
        .expect("there")
        .id;
    let form = [("to", me.as_str())];
    ada.post(&format!("/conversations/{number}/assignment"), &form)
        .await
        .is(303);
    ada.get("/inbox?whose=mine")
        .await
        .ok()
        .says("the gate says no");
    ada.post(&format!("/conversations/{number}/closure"), &[])
        .await
        .is(303);
    ada.get("/inbox?state=open")
        .await
        .ok()
        .lacks("the gate says no");
    ada.get("/inbox?state=done")
        .await
        .ok()
        .says("the gate says no");
    ada.post(&format!("/conversations/{number}/closure/reversal"), &[])
        .await
        .is(303);
    ada.get("/inbox?state=open")
        .await
        .ok()
        .says("the gate says no");
}

#[tokio::test]
async fn a_hot_letter_is_read_and_nothing_of_it_is_stored() {
    let desk = TestDesk::new().await;
    let ada = desk.with_agent("ada").await;
    let number = desk.letter(&gate_letter()).await;
    ada.get(&format!("/conversations/{number}"))
        .await
        .ok()
        .says("in front of the kids")
        .says("Can you open it today?");
    let bytes = std::fs::read(desk.folder.path().join("desk.db")).expect("a file");
    let text = String::from_utf8_lossy(&bytes);
    for word in ["very-hot", "what_if", "heat"] {
        assert!(!text.contains(word), "{word} is in the database");
    }
}

#[tokio::test]
async fn a_letters_scripts_are_gone_and_its_frame_is_sandboxed() {
    let desk = TestDesk::new().await;
    let ada = desk.with_agent("ada").await;
    let number = desk.letter(&letter_with_everything()).await;
    let page = ada
        .get(&format!("/conversations/{number}"))
        .await
        .ok()
        .lacks("<script>alert");
    let message = between(&page.body, "/messages/", "/frame");
    let frame = ada.get(&format!("/messages/{message}/frame")).await.ok();
    let policy = frame.header("content-security-policy").to_owned();
    assert!(
        policy.contains("default-src 'none'") && policy.contains("sandbox"),
        "{policy}"
    );
    assert!(
        !policy.contains("allow-scripts") && !policy.contains("allow-same-origin"),
        "{policy}"
    );
    frame
        .says("The gate says")
        .lacks("<script")
        .lacks("onerror")
        .lacks("tracker.example");
}

#[tokio::test]
async fn a_file_is_only_ever_saved_and_never_shown() {
    let desk = TestDesk::new().await;
    let ada = desk.with_agent("ada").await;
    let number = desk.letter(&letter_with_everything()).await;
    let page = ada.get(&format!("/conversations/{number}")).await.ok();
    let file = between(&page.body, "/attachments/", "\"");
    let answer = ada.get(&format!("/attachments/{file}")).await.ok();
    let disposition = answer.header("content-disposition");
    assert!(
        disposition.starts_with("attachment; filename=\""),
        "{disposition}"
    );
    assert!(
        !disposition.contains('/') && !disposition.contains('\u{200b}'),
        "{disposition}"
    );
    assert_eq!(answer.header("content-type"), "application/octet-stream");
    assert!(answer.header("content-security-policy").contains("sandbox"));
    let raw = page
        .body
        .find("/raw")
        .map(|_| between(&page.body, "/messages/", "/"));
    if let Some(message) = raw {
        let raw = ada.get(&format!("/messages/{message}/raw")).await.ok();
        assert_eq!(raw.header("content-type"), "application/octet-stream");
        assert!(raw.header("content-disposition").starts_with("attachment"));
    }
}

#[tokio::test]
async fn why_this_shows_the_card_itself() {
    let desk = TestDesk::new().await;
    let ada = desk.with_agent("ada").await;
    let engine = desk.desk.engine();
    let card = engine.cards().next().expect("a card");
    let (id, code, title) = (card.id.clone(), card.front.code.clone(), card.title.clone());
    ada.get(&format!("/cards/{id}")).await.ok().says(&title);
    let part = ada.get(&format!("/cards/{code}?part")).await.ok();
    assert!(!part.body.contains("<html"), "only the card: {}", part.body);
}

#[tokio::test]
async fn health_says_how_things_are_and_nothing_about_anybody() {
    let desk = TestDesk::new().await;
    desk.with_agent("ada").await;
    desk.letter(&gate_letter()).await;
    let health = Browser::new(&desk.desk).get("/health").await.ok();
    assert_eq!(health.json()["database"], "ok");
    health.lacks("ones").lacks("ada");
}

#[tokio::test]
async fn assets_are_kept_for_ever_under_their_hash() {
    let desk = TestDesk::new().await;
    let browser = Browser::new(&desk.desk);
    for (name, _) in crate::assets::FILES {
        let answer = browser.get(&crate::assets::url(name)).await.ok();
        assert!(answer.header("cache-control").contains("immutable"));
        assert_ne!(
            answer.header("content-type"),
            "application/octet-stream",
            "{name}"
        );
    }
    browser.get("/assets/0/../Cargo.toml").await.is(404);
}

fn letter_with_everything() -> String {
    let head = plain_letter(
        "Martin Jones <martin.jones@example.net>",
        "the gate says no",
        "",
    );
    let head = head.trim_end();
    format!(
        "{head}\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=a\n\n\
         --a\nContent-Type: text/html; charset=utf-8\n\n\
         <p>The gate says <b>no</b>.</p><script>alert(1)</script>\
         <img src=\"https://tracker.example/pixel.gif\" onerror=\"alert(2)\">\n\
         --a\nContent-Type: text/html; name=\"../\u{200b}.htaccess\"\n\
         Content-Disposition: attachment; filename=\"../\u{200b}.htaccess\"\n\n\
         <script>alert(3)</script>\n--a--\n"
    )
}

#[track_caller]
fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    let from = text
        .find(start)
        .unwrap_or_else(|| panic!("{start:?} is not in {text}"))
        + start.len();
    let to = text[from..].find(end).expect("an end");
    &text[from..from + to]
}
