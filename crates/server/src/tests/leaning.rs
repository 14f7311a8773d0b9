//! The encoder on a desk: what is asked and answered in other words, and a desk whose encoder cannot be read.

use serde_json::{Value, json};

use super::{Browser, TestDesk, plain_letter};

const ASKED: &str = "Can you refund the £12? And do I need to send the box back?";

async fn asks(ada: &Browser, number: i64, draft: &str) -> Vec<(String, bool)> {
    let path = format!("/conversations/{number}/review");
    let review = ada.post_json(&path, &json!({ "draft": draft })).await.ok();
    let asks: Vec<Value> = review.json()["review"]["asks"]
        .as_array()
        .expect("asks")
        .clone();
    asks.iter()
        .map(|ask| {
            let words = ask["text"].as_str().expect("words").to_owned();
            (words, ask["answered"].as_bool().expect("yes or no"))
        })
        .collect()
}

async fn desk_with(reader_file: &str) -> (TestDesk, Browser, i64) {
    let desk = TestDesk::with_settings(|settings| settings.reader_file = reader_file.into()).await;
    let ada = desk.with_agent("ada").await;
    let letter = plain_letter("Martin Jones <martin.jones@example.net>", "the box", ASKED);
    let number = desk.letter(&letter).await;
    (desk, ada, number)
}

#[tokio::test]
async fn an_ask_is_ticked_by_an_answer_in_other_words() {
    let (_desk, ada, number) = desk_with("built-in").await;
    let draft = "The money is on its way to your card. No need, keep it.";
    let said = asks(&ada, number, draft).await;
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(said[0].1 && said[1].1, "{said:?}");
    let thanks = "Thank you for writing to us. We love to hear from our guests.";
    let said = asks(&ada, number, thanks).await;
    assert!(!said[0].1 && !said[1].1, "{said:?}");
}

#[tokio::test]
async fn a_desk_whose_encoder_cannot_be_read_works_without_it() {
    let (_desk, ada, number) = desk_with("/nowhere/reader.int8").await;
    let said = asks(&ada, number, "You need not send the box back.").await;
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(said[1].1, "{said:?}");
}
