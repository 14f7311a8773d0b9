//! The organisation's own cards and words, changed while the desk runs.

use serde_json::json;

use super::{TestDesk, gate_letter};

const CARD: &str = "+++\ncode = \"V12\"\nsays = \"We do not say duck.\"\nweight = \"quiet\"\nfind = [\"duck\"]\n+++\n\n# Duck\n\nNot here.\n\n## Fires\nThere you go, duck.\n\n## Stays quiet\nThere you go.\n";

/// A desk with a folder of its own, and one draft reviewed at it.
async fn cards_of(ada: &super::Browser, number: i64) -> Vec<String> {
    let review = ada
        .post_json(
            &format!("/conversations/{number}/review"),
            &json!({ "draft": "Your pass works again, duck." }),
        )
        .await
        .ok();
    let notes = review.json()["review"]["notes"].clone();
    let notes = notes.as_array().expect("notes").iter();
    notes
        .filter_map(|note| note["card"].as_str().map(str::to_owned))
        .collect()
}

#[tokio::test]
async fn own_cards_and_words_come_into_force_without_a_restart() {
    let desk = TestDesk::with_own_words(&[("names.txt", "Harbour Baths\n")]).await;
    let ada = desk.with_agent("ada").await;
    let number = desk.letter(&gate_letter()).await;
    assert!(!cards_of(&ada, number).await.contains(&"duck".to_owned()));

    desk.write_own("checks/duck.md", CARD);
    desk.desk.look_at_own_words();
    assert!(cards_of(&ada, number).await.contains(&"duck".to_owned()));

    // In this house, a duck is a kindness.
    desk.write_own("house.txt", "duck\n");
    desk.desk.look_at_own_words();
    assert!(!cards_of(&ada, number).await.contains(&"duck".to_owned()));
    ada.get("/inbox").await.ok().lacks("cannot be used");
}

#[tokio::test]
async fn a_faulty_file_leaves_what_was_in_force_and_says_where_it_is() {
    let desk = TestDesk::with_own_words(&[("checks/duck.md", CARD)]).await;
    let ada = desk.with_agent("ada").await;
    let number = desk.letter(&gate_letter()).await;
    desk.write_own("glossary.txt", "RMA = return number\nPO\n");
    desk.desk.look_at_own_words();
    assert!(cards_of(&ada, number).await.contains(&"duck".to_owned()));
    ada.get("/inbox")
        .await
        .ok()
        .says("those from before are in force")
        .says("glossary.txt:2:");
    let health = ada.get("/health").await.ok();
    assert_eq!(
        health.json()["own_words"],
        "a file has a fault; what was there before is in force"
    );
    assert!(!health.body.contains("glossary"), "paths stay out of it");

    desk.write_own("glossary.txt", "RMA = return number\nPO = order number\n");
    desk.desk.look_at_own_words();
    ada.get("/inbox")
        .await
        .ok()
        .lacks("those from before are in force");
    let health = ada.get("/health").await.ok();
    assert_eq!(health.json()["own_words"], "ok");
}

#[tokio::test]
async fn a_message_in_a_language_the_desk_does_not_read_is_owned_up_to() {
    let desk = TestDesk::new().await;
    let ada = desk.with_agent("ada").await;
    let letter = super::plain_letter(
        "Jana Weber <jana@example.net>",
        "Karte",
        "Guten Tag, meine Karte geht seit gestern nicht mehr. Wann kann ich sie abholen?",
    );
    let number = desk.letter(&letter).await;
    ada.get(&format!("/conversations/{number}"))
        .await
        .ok()
        .says(
            "This message is not in English: only what does not depend on language was looked at.",
        )
        .says("Wann kann ich sie abholen?");
    let english = desk.letter(&gate_letter()).await;
    ada.get(&format!("/conversations/{english}"))
        .await
        .ok()
        .lacks("This message is not in English");
}
