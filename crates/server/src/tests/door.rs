//! Who may come in, and from where.

use axum::http::Method;

use super::{Browser, PASSWORD, TestDesk, gate_letter};
use crate::clock::{HOUR, MINUTE};

#[tokio::test]
async fn somebody_who_is_not_logged_in_is_asked_to_and_led_on() {
    let desk = TestDesk::new().await;
    let browser = Browser::new(&desk.desk);
    let answer = browser.get("/conversations/12").await.is(303);
    assert_eq!(answer.to(), "/login?next=/conversations/12");
    browser
        .get("/login?next=/conversations/12")
        .await
        .ok()
        .says("/conversations/12");
    let told = browser
        .tell("/conversations/12/notes", &[("body", "x")])
        .await
        .is(401);
    assert_eq!(told.json()["title"], "You are logged out");
}

#[tokio::test]
async fn a_session_opens_with_the_password_and_ends_by_logging_out() {
    let desk = TestDesk::new().await;
    let ada = desk.with_agent("ada").await;
    ada.get("/inbox").await.ok();
    let gone = ada.post("/session/end", &[]).await.is(303);
    assert_eq!(gone.to(), "/login");
    assert!(gone.header("set-cookie").contains("Max-Age=0"));
    // The cookie that somebody may have copied opens nothing any more.
    ada.get("/inbox").await.is(303);
}

#[tokio::test]
async fn a_session_ends_by_itself() {
    let desk = TestDesk::new().await;
    let ada = desk.with_agent("ada").await;
    desk.desk.clock().advance(11 * HOUR);
    ada.get("/inbox").await.ok();
    desk.desk.clock().advance(11 * HOUR);
    ada.get("/inbox").await.ok();
    desk.desk.clock().advance(13 * HOUR);
    ada.get("/inbox").await.is(303);
}

#[tokio::test]
async fn the_cookie_is_out_of_reach_of_scripts_and_other_sites() {
    let desk = TestDesk::new().await;
    desk.with_agent("ada").await;
    let mut browser = Browser::new(&desk.desk);
    let answer = browser.log_in("ada", PASSWORD).await;
    let cookie = answer.header("set-cookie");
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"),
        "{cookie}"
    );
}

#[tokio::test]
async fn guessing_is_limited_by_login() {
    let desk = TestDesk::new().await;
    desk.with_agent("ada").await;
    let mut browser = Browser::new(&desk.desk);
    for _ in 0..10 {
        browser
            .log_in("ada", "a guess that is wrong")
            .await
            .is(422)
            .says("do not belong together");
    }
    browser
        .log_in("ada", PASSWORD)
        .await
        .is(429)
        .says("many tries");
    desk.desk.clock().advance(16 * MINUTE);
    browser.log_in("ada", PASSWORD).await.is(303);
}

#[tokio::test]
async fn an_unknown_login_and_a_wrong_password_read_the_same() {
    let desk = TestDesk::new().await;
    desk.with_agent("ada").await;
    let mut browser = Browser::new(&desk.desk);
    let wrong = browser.log_in("ada", "a guess that is wrong").await.is(422);
    let unknown = browser.log_in("eve", "a guess that is wrong").await.is(422);
    assert_eq!(
        wrong.body.replace("ada", ""),
        unknown.body.replace("eve", "")
    );
}

#[tokio::test]
async fn a_foreign_origin_is_refused_with_a_plain_page() {
    let desk = TestDesk::new().await;
    let mut ada = desk.with_agent("ada").await;
    let number = desk.letter(&gate_letter()).await;
    ada.site = "cross-site";
    let path = format!("/conversations/{number}/closure");
    ada.post(&path, &[])
        .await
        .is(403)
        .says("This came from another site");
    ada.ask(Method::DELETE, &path, "text/html", "", String::new())
        .await
        .is(403);
    ada.get("/inbox").await.ok();
    ada.site = "same-origin";
    ada.get("/inbox?state=open")
        .await
        .ok()
        .says("the gate says no");
}

#[tokio::test]
async fn every_answer_is_guarded() {
    let desk = TestDesk::new().await;
    let ada = desk.with_agent("ada").await;
    for path in ["/inbox", "/login", "/nowhere", "/health"] {
        let answer = ada.get(path).await;
        let policy = answer.header("content-security-policy");
        assert!(policy.contains("script-src 'self'") && policy.contains("frame-ancestors 'none'"));
        assert!(!policy.contains("unsafe"), "{policy}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("cache-control"), "no-store", "{path}");
    }
}
