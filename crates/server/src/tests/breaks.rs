//! The next one, and breaks: protected, told in a word, and written down nowhere.

use super::{Browser, TestDesk, gate_letter, plain_letter};
use crate::clock::MINUTE;

const HOT: &str =
    "This is a complete joke of a service, and you are useless. I have been lied to twice!";

async fn next(browser: &Browser, form: &[(&str, &str)]) -> serde_json::Value {
    browser.tell("/next", form).await.ok().json()
}

fn from(name: &str, words: &str) -> String {
    plain_letter(&format!("{name} <{name}@example.net>"), "a letter", words)
}

#[tokio::test]
async fn the_next_one_is_whoever_waits_longest_and_is_mine_or_nobodys() {
    let desk = TestDesk::new().await;
    let ada = desk.with_agent("ada").await;
    let ben = desk.with_agent("ben").await;
    assert_eq!(next(&ada, &[]).await["says"], "Nothing is waiting for you.");
    let first = desk.letter(&from("iris", "When do you open?")).await;
    let second = desk.letter(&from("omar", "When do you close?")).await;
    let third = desk.letter(&from("lena", "Is the sauna open?")).await;
    assert_eq!(next(&ada, &[]).await["number"], first);
    // The same moment is not given to two.
    assert_eq!(next(&ben, &[]).await["number"], second);
    // On from there, and round again; Ada's stays hers as long as it lies open before her.
    let here = format!("/conversations/{second}");
    assert_eq!(next(&ben, &[("from", &here)]).await["number"], third);
    ben.post(&format!("/conversations/{third}/closure"), &[])
        .await
        .is(303);
    assert_eq!(next(&ben, &[]).await["number"], second);
    assert_eq!(
        next(&ben, &[("from", &here)]).await["says"],
        "Nothing else is waiting for you."
    );
    // Without a script the same key is a form.
    assert_eq!(ben.post("/next", &[]).await.is(303).to(), here);
}

#[tokio::test]
async fn after_enough_hard_ones_a_calmer_one_comes_first() {
    let desk = TestDesk::with_settings(|settings| settings.hot_in_a_row = 2).await;
    let ada = desk.with_agent("ada").await;
    let hard = desk.letter(&from("iris", HOT)).await;
    let calm = desk.letter(&from("omar", "When do you close?")).await;
    ada.get("/inbox").await.ok().says("data-in-a-row=\"2\"");
    assert_eq!(next(&ada, &[]).await["number"], hard);
    assert_eq!(next(&ada, &[("calmer", "1")]).await["number"], calm);
    ada.post(&format!("/conversations/{calm}/closure"), &[])
        .await
        .is(303);
    // Where only hard ones wait, that is said; asking again goes on.
    let said = next(&ada, &[("calmer", "1")]).await;
    assert_eq!(said["again"], true);
    assert!(
        said["says"]
            .as_str()
            .unwrap_or("")
            .contains("Only hard moments wait")
    );
    let again = next(&ada, &[("calmer", "1"), ("anyway", "1")]).await;
    assert_eq!(again["number"], hard);
    // Somebody at risk waits no longer for the sake of a limit.
    let risk = from(
        "ines",
        "I do not want to live any more, I am going to end it tonight.",
    );
    let risk = desk.letter(&risk).await;
    assert_eq!(next(&ada, &[("calmer", "1")]).await["number"], risk);
}

#[tokio::test]
async fn a_break_is_protected_and_nobody_sees_why() {
    let desk = TestDesk::new().await;
    let ada = desk.with_agent("ada").await;
    let ben = desk.with_agent("ben").await;
    let number = desk.letter(&gate_letter()).await;
    ben.get("/inbox").await.ok();
    ada.get("/break")
        .await
        .ok()
        .says("five minutes")
        .lacks("Back about");
    ada.post("/availability", &[("state", "break"), ("minutes", "500")])
        .await
        .is(422);
    let form = [("state", "break"), ("minutes", "5"), ("back", "/break")];
    assert_eq!(
        ada.post("/availability", &form).await.is(303).to(),
        "/break"
    );
    let least = desk.desk.now() + 5 * MINUTE;
    let until = (least + 5 * MINUTE - 1) / (5 * MINUTE) * (5 * MINUTE);
    let at = crate::words::clock_time(until, desk.desk.zone());
    let back = format!("back about {at}");
    ada.get("/break")
        .await
        .ok()
        .says(&format!("Back about {at}."));
    ada.get("/inbox")
        .await
        .ok()
        .says(&format!("You are on a break, {back}."));
    // What colleagues see is one word, with no reason in it.
    ben.get("/inbox")
        .await
        .ok()
        .says(&format!("on a break, {back}"));
    // Knocks and calls for whoever is free pass by; what is for Ada by name does not.
    let line = [
        ("line", "Mr Vane is here about his locker"),
        ("customer", "new"),
    ];
    ben.tell("/knocks", &line).await.ok();
    ben.post(
        &format!("/conversations/{number}/call"),
        &[("wanted", "look on")],
    )
    .await
    .is(303);
    // Ben stands with the customer, so that nobody else is there: then it is shown all the same.
    ada.get("/inbox")
        .await
        .ok()
        .says("Mr Vane")
        .lacks("Ben Okoro</b> calls");
    let cid = desk.with_agent("cid").await;
    cid.get("/inbox")
        .await
        .ok()
        .says("Mr Vane")
        .says("Ben Okoro</b> calls");
    ada.get("/inbox").await.ok().lacks("Mr Vane");
    // F says so first, and then ends it.
    let said = next(&ada, &[]).await;
    assert_eq!(said["again"], true);
    assert!(said["says"].as_str().unwrap_or("").contains(&at));
    assert_eq!(next(&ada, &[("anyway", "1")]).await["number"], number);
    ada.get("/inbox")
        .await
        .ok()
        .lacks("You are on a break")
        .says("Mr Vane");
    // Longer is longer, and over is over.
    ada.post("/availability", &form).await.is(303);
    ada.post(
        "/availability",
        &[("state", "break"), ("minutes", "5"), ("longer", "1")],
    )
    .await
    .is(303);
    let later = crate::words::clock_time(until + 5 * MINUTE, desk.desk.zone());
    ada.get("/break")
        .await
        .ok()
        .says(&format!("Back about {later}."));
    desk.desk.clock().advance(20 * MINUTE);
    ada.get("/break").await.ok().lacks("Back about");
    // No trace of it is on the disk.
    for file in ["desk.db", "desk.db-wal"] {
        let bytes = std::fs::read(desk.folder.path().join(file)).unwrap_or_default();
        let held = String::from_utf8_lossy(&bytes);
        assert!(
            !held.contains("on a break") && !held.contains("minutes"),
            "{file}"
        );
    }
}
