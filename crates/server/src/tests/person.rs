//! The person before us: told in their own words, shown whole, written out, erased.

use serde_json::json;

use super::{Browser, TestDesk, gate_letter};

async fn jones(desk: &TestDesk, ada: &Browser) -> (String, i64) {
    let number = desk.letter(&gate_letter()).await;
    let found = ada.get("/knocks/candidates?line=Jones").await.ok().json();
    let id = found["candidates"][0]["id"]
        .as_str()
        .expect("Mr Jones")
        .to_owned();
    (format!("/customers/{id}"), number)
}

#[tokio::test]
async fn what_matters_is_kept_with_their_word_and_not_without() {
    let desk = TestDesk::new().await;
    let ada = desk.with_agent("ada").await;
    let (customer, number) = jones(&desk, &ada).await;
    let says = [
        ("name", "Martin Jones"),
        ("addressed_as", "Mr Jones"),
        ("matters", "The Tuesday lesson"),
    ];
    ada.tell(&customer, &says)
        .await
        .is(422)
        .says("tick that they said we may keep it");
    ada.get(&customer)
        .await
        .ok()
        .lacks("The Tuesday lesson")
        .lacks("value=\"Mr Jones\"");
    let agreed = [&says[..], &[("agreed", "1")]].concat();
    ada.tell(&customer, &agreed).await.ok();
    ada.get(&format!("/conversations/{number}"))
        .await
        .ok()
        .says("value=\"Mr Jones\"")
        .says("The Tuesday lesson")
        .says("They said that we may keep this, ");
    ada.tell(&customer, &says[..2]).await.ok();
    ada.get(&customer).await.ok().lacks("The Tuesday lesson");
    ada.tell(&customer, &[("name", " ")]).await.is(422);
}

#[tokio::test]
async fn addresses_and_numbers_come_and_go() {
    let desk = TestDesk::new().await;
    let ada = desk.with_agent("ada").await;
    let (customer, number) = jones(&desk, &ada).await;
    let at = |words| [("at", words), ("conversation", "1")];
    let to = ada
        .post(&format!("{customer}/reached"), &at("+44 7700 900123"))
        .await
        .is(303);
    assert_eq!(to.to(), format!("/conversations/{number}"));
    ada.get(&customer).await.ok().says("+44 7700 900123");
    ada.tell(&format!("{customer}/reached"), &at("jones"))
        .await
        .is(422);
    ada.tell(&format!("{customer}/reached"), &at("mj@example.net"))
        .await
        .ok();
    ada.post(
        &format!("{customer}/reached/removal"),
        &at("+44 7700 900123"),
    )
    .await
    .is(303);
    ada.get(&customer)
        .await
        .ok()
        .lacks("7700")
        .says("mj@example.net");
}

#[tokio::test]
async fn a_label_is_caught_in_a_note_and_what_happened_is_not() {
    let desk = TestDesk::new().await;
    let ada = desk.with_agent("ada").await;
    let caught = ada
        .post_json("/labels", &json!({ "text": "Grüße. He's a nightmare." }))
        .await
        .ok()
        .json();
    let note = &caught["notes"][0];
    assert_eq!(note["with"], "[what was said or done]");
    let (start, end) = (note["start"].as_u64(), note["end"].as_u64());
    let text: Vec<u16> = "Grüße. He's a nightmare.".encode_utf16().collect();
    let words = String::from_utf16_lossy(
        &text[start.expect("a start") as usize..end.expect("an end") as usize],
    );
    assert_eq!(words, note["text"].as_str().expect("words"));
    for fair in [
        "Third contact, no heating for ten days. Wants a date.",
        "The traffic was a nightmare.",
        "",
    ] {
        let caught = ada
            .post_json("/labels", &json!({ "text": fair }))
            .await
            .ok()
            .json();
        assert_eq!(caught["notes"], json!([]), "{fair}");
    }
    // A label of a note is caught, and nothing else is said of one: it goes to nobody.
    let reply = ada
        .post_json(
            "/labels",
            &json!({ "text": "We will get back to you soon. Calm down." }),
        )
        .await
        .ok()
        .json();
    assert_eq!(reply["notes"], json!([]));
}

#[tokio::test]
async fn one_page_shows_writes_out_and_erases_everything() {
    let desk = TestDesk::new().await;
    let ada = desk.with_agent("ada").await;
    let (customer, number) = jones(&desk, &ada).await;
    ada.post(
        &format!("/conversations/{number}/notes"),
        &[("body", "the till was down")],
    )
    .await
    .is(303);
    ada.get(&customer)
        .await
        .ok()
        .says("letters, replies and notes")
        .says("the gate says no");
    let all = ada.get(&format!("{customer}/everything.zip")).await.ok();
    assert_eq!(all.header("content-type"), "application/zip");
    for words in [
        "PK",
        "everything.json",
        "the till was down",
        "martin.jones@example.net",
        "letters/",
        "Message-ID:",
    ] {
        assert!(all.body.contains(words), "{words}");
    }
    ada.post(&format!("{customer}/erasure"), &[("name", "Martin")])
        .await
        .is(422)
        .says("Nothing was erased");
    ada.get(&customer).await.ok();
    let to = ada
        .post(
            &format!("{customer}/erasure"),
            &[("name", " martin  JONES")],
        )
        .await
        .is(303);
    ada.get(to.to())
        .await
        .ok()
        .says("Everything about them is erased");
    ada.get(&customer).await.is(404);
    ada.get(&format!("/conversations/{number}")).await.is(404);
    ada.get("/inbox").await.ok().lacks("Jones</bdi>");
    for file in ["desk.db", "desk.db-wal"] {
        let bytes = std::fs::read(desk.folder.path().join(file)).unwrap_or_default();
        let words = String::from_utf8_lossy(&bytes);
        assert!(
            !words.contains("martin.jones") && !words.contains("the till was down"),
            "{file}"
        );
    }
}

#[tokio::test]
async fn nobody_outside_sees_a_customer() {
    let desk = TestDesk::new().await;
    let ada = desk.with_agent("ada").await;
    let (customer, _) = jones(&desk, &ada).await;
    let stranger = Browser::new(&desk.desk);
    stranger.get(&customer).await.is(303);
    stranger
        .tell(&format!("{customer}/erasure"), &[("name", "Martin Jones")])
        .await
        .is(401);
    let mut foreign = Browser::logged_in(&desk.desk, "ada").await;
    foreign.site = "cross-site";
    foreign
        .post(&format!("{customer}/erasure"), &[("name", "Martin Jones")])
        .await
        .is(403);
    ada.get(&customer).await.ok();
    ada.get("/customers/0190c0de-0000-7000-8000-000000000000")
        .await
        .is(404);
}
