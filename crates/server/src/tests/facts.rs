//! Facts: looked up when a letter arrives, shown beside it, held against the reply, checked by hand.

use super::*;
use unruffled_records::{By, SourceSettings};

const LIST: &str = "email,name,signed_up,booklet\nneighbour@example.org,Nora,3 March 2026,sent\n";
const MEMBERS: &str = "receipt,holder,renewed,paid,card\nHB-20417,Carys Jones,3 March 2026,£214.50,not linked to the gate\n";

fn records(folder: &std::path::Path) -> Vec<SourceSettings> {
    let written = |name: &str, words: &str| {
        let file = folder.join(name);
        std::fs::write(&file, words).expect("written");
        file
    };
    vec![
        SourceSettings {
            name: "the mailing list".into(),
            file: written("list.csv", LIST),
            by: vec![By::Email, By::Name],
            says: "on the list, signed up on {signed_up}; the booklet was {booklet}".into(),
            absent: "not on the list, so the booklet has not been sent".into(),
            about: vec!["booklet".into(), "list".into(), "signed up".into()],
            ..SourceSettings::default()
        },
        SourceSettings {
            name: "the member list".into(),
            file: written("members.csv", MEMBERS),
            by: vec![By::Reference, By::Name],
            columns: [
                (By::Reference, "receipt".into()),
                (By::Name, "holder".into()),
            ]
            .into(),
            says: "receipt {receipt}: renewed by {holder} on {renewed}, {paid} paid; card {card}"
                .into(),
            ..SourceSettings::default()
        },
        SourceSettings {
            name: "the till's list".into(),
            kind: unruffled_records::Kind::Sqlite,
            file: folder.join("nothing.db"),
            query: "select name from cards where name = :value".into(),
            by: vec![By::Name],
            says: "{name}".into(),
            ..SourceSettings::default()
        },
    ]
}

const ROSA: &str = "Rosa Lindqvist <rosa@lindqvist.example>";

async fn asking_for_the_booklet(desk: &TestDesk) -> i64 {
    desk.letter(&plain_letter(
        ROSA,
        "The course booklet",
        "Friday has come and gone and there is no booklet. You told me it was in the mail.\n\nAm I on your list at all? I signed up at the counter.\n\nRosa",
    ))
    .await
}

#[tokio::test]
async fn a_letters_claims_stand_beside_what_the_records_say() {
    let desk = TestDesk::with_records(records).await;
    let ada = desk.with_agent("ada").await;
    let number = desk
        .letter(&plain_letter(
            "Gareth Jones <gareth@example.net>",
            "the gate says no",
            "I renewed the family pass in March, I paid £214.50 and I have the receipt, number HB-20417.\n\nGareth Jones",
        ))
        .await;
    let page = ada.get(&format!("/conversations/{number}")).await.ok().body;
    let facts = &page[page.find("id=\"facts\"").expect("the list")..];
    for words in [
        "They say:",
        "I renewed the family pass in March, I paid £214.50",
        "We know:",
        "receipt HB-20417: renewed by Carys Jones on 3 March 2026, £214.50 paid; card not linked to the gate",
        "<strong>checked</strong> · <bdi>the member list, ",
        "The till&#39;s list could not be reached (",
        "; asked at ",
    ] {
        assert!(facts.contains(words), "{words} is not in {facts}");
    }
}

#[tokio::test]
async fn a_reply_that_says_otherwise_than_the_list_is_questioned_and_the_list_is_named() {
    let desk = TestDesk::with_records(records).await;
    let ada = desk.with_agent("ada").await;
    let number = asking_for_the_booklet(&desk).await;
    let here = format!("/conversations/{number}");
    let page = ada.get(&here).await.ok().body;
    assert!(
        page.contains("not on the list, so the booklet has not been sent"),
        "{page}"
    );
    let notes = async |draft: &str| {
        let said = ada
            .post_json(
                &format!("{here}/review"),
                &serde_json::json!({ "draft": draft }),
            )
            .await
            .ok();
        let review = said.json()["review"]["notes"].clone();
        let notes = review.as_array().cloned().unwrap_or_default();
        let about: Vec<String> = notes
            .iter()
            .filter(|note| note["code"] == "V19")
            .map(|note| note["says"].as_str().unwrap_or_default().to_owned())
            .collect();
        about
    };
    for draft in [
        "Dear Rosa, it's in the mail.",
        "Your booklet went out on Tuesday.",
    ] {
        let said = notes(draft).await;
        assert!(
            said.iter().any(|says| says
                .contains("the mailing list: not on the list, so the booklet has not been sent")),
            "{draft}: {said:?}"
        );
    }
    assert!(
        notes("You are not on our list, so the booklet has not been sent to you.")
            .await
            .is_empty()
    );
}

#[tokio::test]
async fn what_we_are_said_to_have_said_is_looked_up_in_our_own_letters() {
    let desk = TestDesk::with_records(records).await;
    let ada = desk.with_agent("ada").await;
    let first = plain_letter(
        ROSA,
        "The course booklet",
        "Could you tell me whether my booklet has been posted?\n\nRosa",
    );
    let number = desk.letter(&first).await;
    let here = format!("/conversations/{number}");
    let reply = "It's in the mail; you should have it by Friday.";
    ada.tell(&format!("{here}/replies"), &[("body", reply)])
        .await
        .is(201);
    desk.after_seconds(60).await;
    let again = asking_for_the_booklet(&desk).await;
    let page = ada.get(&format!("/conversations/{again}")).await.ok().body;
    let facts = &page[page.find("id=\"facts\"").expect("the list")..];
    assert!(facts.contains("You told me it was in the mail."), "{facts}");
    assert!(
        facts.contains("“It&#39;s in the mail; you should have it by Friday.”"),
        "{facts}"
    );
    assert!(facts.contains("our reply of "), "{facts}");
    // That we said so does not make it so.
    let review = ada
        .post_json(
            &format!("/conversations/{again}/review"),
            &serde_json::json!({ "draft": "It's in the mail." }),
        )
        .await
        .ok();
    assert!(review.body.contains("has not been sent"), "{}", review.body);
}

#[tokio::test]
async fn a_fact_is_checked_by_hand_and_taken_back() {
    let desk = TestDesk::with_records(records).await;
    let ada = desk.with_agent("ada").await;
    let number = asking_for_the_booklet(&desk).await;
    let here = format!("/conversations/{number}");
    let page = ada.get(&here).await.ok().body;
    let list = &page[page.find("id=\"facts\"").expect("the list")..];
    let before = &list[..list
        .find("You told me it was in the mail")
        .expect("the line")];
    let id = &before[before.rfind("data-fact=\"").expect("an id") + 11..][..36];
    let check = format!("{here}/facts/{id}/check");
    let done = ada
        .tell(&check, &[("state", "checked"), ("source", "in the till")])
        .await
        .ok();
    assert_eq!(done.json()["says"], "Marked as checked.");
    let html = done.json()["html"].as_str().expect("the list").to_owned();
    assert!(html.contains("by Ada Jones, in the till, "), "{html}");
    let undone = ada.tell(&format!("{check}/reversal"), &[]).await.ok();
    assert!(
        !undone.json()["html"]
            .as_str()
            .expect("the list")
            .contains("in the till")
    );
    ada.post(&check, &[("state", "disputed")]).await.is(303);
    assert!(
        ada.get(&here)
            .await
            .ok()
            .body
            .contains("<strong>disputed</strong>")
    );
    ada.tell(&check, &[("state", "angry")]).await.is(422);
    ada.tell(&format!("{here}/facts"), &[("known", " ")])
        .await
        .is(422);
    ada.tell(
        &format!("{here}/facts"),
        &[
            ("known", "Her form is in the blue folder"),
            ("source", "blue folder"),
        ],
    )
    .await
    .ok();
    ada.tell(&format!("{here}/lookups"), &[]).await.ok();
    desk.work().await;
    let page = ada.get(&here).await.ok().body;
    assert!(
        page.contains("Her form is in the blue folder")
            && page.contains("<strong>disputed</strong>")
    );
    let eve = desk.with_agent("eve").await;
    let inbox = desk.desk.inbox().clone();
    let agents = desk.desk.store().agents().await.expect("agents");
    let other = agents
        .iter()
        .find(|agent| agent.login == "eve")
        .expect("eve");
    desk.desk
        .store()
        .leave_inbox(&inbox, &other.id)
        .await
        .expect("left");
    for path in [
        check.as_str(),
        &format!("{here}/facts"),
        &format!("{here}/lookups"),
        &format!("{check}/reversal"),
    ] {
        eve.post(path, &[("known", "x")]).await.is(404);
    }
}
