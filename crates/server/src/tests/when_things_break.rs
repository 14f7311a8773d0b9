//! Killed in the middle, a database that does not answer, a page that panics: what is safe then.

use std::time::Duration;

use axum::body::Body;
use axum::http::Request;
use tower::ServiceExt;

use super::{Browser, Moment, TestDesk, gate_letter};
use crate::{Oops, jobs};

/// Starts work and kills it once it hangs.
async fn killed_while_working(desk: &TestDesk) {
    let work = jobs::work_off(&desk.desk);
    let done = tokio::time::timeout(Duration::from_millis(400), work).await;
    assert!(
        done.is_err(),
        "it should have been in the middle of something"
    );
}

#[tokio::test]
async fn killed_between_claim_and_handing_over_a_reply_is_sent_once() {
    let desk = TestDesk::new().await;
    let ada = desk.with_agent("ada").await;
    let number = desk.letter(&gate_letter()).await;
    desk.memory.then(Moment::KilledBefore);
    let path = format!("/conversations/{number}/replies");
    ada.post(&path, &[("body", "Once.")]).await.is(303);
    desk.desk.clock().advance(11_000_000);
    killed_while_working(&desk).await;
    let desk = desk.killed_and_started_again().await;
    desk.work().await;
    desk.after_seconds(11 * 60).await;
    desk.after_seconds(11 * 60).await;
    assert_eq!(desk.memory.taken().len(), 1);
    let ada = Browser::logged_in(&desk.desk, "ada").await;
    ada.get(&format!("/conversations/{number}"))
        .await
        .ok()
        .says("Sent ");
}

#[tokio::test]
async fn only_one_program_takes_itself_for_the_only_one() {
    let desk = TestDesk::new().await;
    let alone = desk.desk.work_alone();
    assert!(alone.is_some());
    assert!(desk.desk.work_alone().is_none());
    drop(alone);
    assert!(desk.desk.work_alone().is_some());
}

#[tokio::test]
async fn killed_after_handing_over_a_reply_is_unsure_and_not_sent_again() {
    let desk = TestDesk::new().await;
    let ada = desk.with_agent("ada").await;
    let number = desk.letter(&gate_letter()).await;
    desk.memory.then(Moment::KilledAfter);
    let path = format!("/conversations/{number}/replies");
    ada.post(&path, &[("body", "Perhaps once.")]).await.is(303);
    desk.desk.clock().advance(11_000_000);
    killed_while_working(&desk).await;
    let desk = desk.killed_and_started_again().await;
    for _ in 0..3 {
        desk.after_seconds(11 * 60).await;
    }
    assert_eq!(desk.memory.taken().len(), 1);
    let ada = Browser::logged_in(&desk.desk, "ada").await;
    ada.get(&format!("/conversations/{number}"))
        .await
        .ok()
        .says("It may have been delivered")
        .says("Send it again");
}

#[tokio::test]
async fn a_desk_that_starts_again_keeps_its_secret_its_inbox_and_its_letters() {
    let desk = TestDesk::new().await;
    desk.with_agent("ada").await;
    let number = desk.letter(&gate_letter()).await;
    let (secret, inbox) = (desk.desk.secret().to_vec(), desk.desk.inbox().clone());
    let desk = desk.killed_and_started_again().await;
    assert_eq!(desk.desk.secret(), secret);
    assert_eq!(*desk.desk.inbox(), inbox);
    let ada = Browser::logged_in(&desk.desk, "ada").await;
    ada.get(&format!("/conversations/{number}"))
        .await
        .ok()
        .says("in front of the kids");
}

#[cfg(unix)]
#[tokio::test]
async fn the_secret_is_readable_by_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let desk = TestDesk::new().await;
    let file = std::fs::metadata(desk.folder.path().join("secret")).expect("a file");
    assert_eq!(file.permissions().mode() & 0o777, 0o600);
}

#[tokio::test]
async fn a_database_that_does_not_answer_is_told_in_words() {
    let desk = TestDesk::new().await.leaving_jobs();
    let ada = desk.with_agent("ada").await;
    desk.desk.store().close().await;
    let page = ada.get("/inbox").await;
    assert!(page.status.is_server_error(), "{}", page.status);
    let page = page.says("is safe");
    page.lacks("sqlx").lacks("pool").lacks("panic");
    Browser::new(&desk.desk).get("/health").await.is(503);
}

#[tokio::test]
async fn a_full_disk_and_a_busy_database_have_words_of_their_own() {
    let full = Oops::from(unruffled_store::Error::DiskFull);
    let busy = Oops::from(unruffled_store::Error::Locked);
    assert!(matches!(full, Oops::Full));
    assert!(matches!(busy, Oops::Locked));
}

#[tokio::test]
async fn an_open_page_hears_what_changes_and_its_stream_ends_with_the_desk() {
    let desk = TestDesk::new().await;
    let ada = desk.with_agent("ada").await;
    let stream = stream(&desk, &ada, "/events").await;
    tokio::time::sleep(Duration::from_millis(50)).await;
    let number = desk.letter(&gate_letter()).await;
    desk.desk.close();
    let text = to_its_end(stream).await;
    assert!(text.contains("event: inbox"), "{text}");
    assert!(text.contains(&format!("{{\"number\":{number}}}")), "{text}");
    assert!(!text.contains("Jones"), "ids only: {text}");
}

#[tokio::test]
async fn what_changes_between_a_page_and_its_stream_is_told() {
    let desk = TestDesk::new().await;
    let ada = desk.with_agent("ada").await;
    let mark = async || {
        let page = ada.get("/inbox").await.body;
        let (_, after) = page.split_once("data-live=\"").expect("a mark");
        after.split('"').next().expect("its end").to_owned()
    };
    let before = mark().await;
    desk.letter(&gate_letter()).await;
    let after = mark().await;
    let late = stream(&desk, &ada, &format!("/events?since={before}")).await;
    let in_time = stream(&desk, &ada, &format!("/events?since={after}")).await;
    desk.desk.close();
    assert!(to_its_end(late).await.contains("event: all"));
    assert!(!to_its_end(in_time).await.contains("event: all"));
}

async fn stream(desk: &TestDesk, agent: &Browser, address: &str) -> Body {
    let request = Request::get(address)
        .header("cookie", &agent.cookie)
        .body(Body::empty())
        .expect("a request");
    let response = crate::router(desk.desk.clone())
        .oneshot(request)
        .await
        .expect("an answer");
    assert!(response.status().is_success());
    response.into_body()
}

async fn to_its_end(stream: Body) -> String {
    let all = axum::body::to_bytes(stream, 1 << 20);
    let all = tokio::time::timeout(Duration::from_secs(5), all)
        .await
        .expect("it ends")
        .expect("read");
    String::from_utf8_lossy(&all).into_owned()
}
