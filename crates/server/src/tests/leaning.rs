//! The encoder on a desk: what is asked and answered in other words, and a desk whose encoder cannot be read.

use serde_json::{Value, json};

use super::{Browser, TestDesk, plain_letter};

const ASKED: &str = "Can I bring the dog, and when do you close on Sundays?";

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
    let letter = plain_letter("Martin Jones <martin.jones@example.net>", "the dog", ASKED);
    let number = desk.letter(&letter).await;
    (desk, ada, number)
}

#[tokio::test]
async fn an_ask_is_ticked_by_an_answer_in_other_words() {
    let (_desk, ada, number) = desk_with("built-in").await;
    let said = asks(
        &ada,
        number,
        "Four-legged guests are welcome on the terrace.",
    )
    .await;
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(said[0].1, "the dog is answered: {said:?}");
    assert!(!said[1].1, "Sunday is not: {said:?}");
    let said = asks(
        &ada,
        number,
        "Four-legged guests are welcome on the terrace. Ten at night.",
    )
    .await;
    assert!(said[0].1 && said[1].1, "{said:?}");
}

#[tokio::test]
async fn a_desk_whose_encoder_cannot_be_read_works_without_it() {
    let (_desk, ada, number) = desk_with("/nowhere/reader.int8").await;
    let said = asks(&ada, number, "We close at ten on Sundays.").await;
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(said[1].1, "{said:?}");
}
