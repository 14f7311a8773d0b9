//! Where somebody may be at risk, and where words cross a line: a procedure and a person, and no coaching.

use serde_json::json;

use super::{TestDesk, gate_letter, plain_letter};

fn letter(text: &str) -> String {
    plain_letter("Ines Marlow <ines@example.net>", "the alarm", text)
}

const RISK: &str = "My mother's pendant alarm has stopped and she is on her own in the house.";
const ABUSE: &str = "You filthy foreigners are all the same.";

#[tokio::test]
async fn a_risk_brings_the_procedure_and_says_plainly_what_is_not_filled_in() {
    let desk = TestDesk::new().await;
    let ada = desk.with_agent("ada").await;
    let number = desk.letter(&letter(RISK)).await;
    ada.get(&format!("/conversations/{number}"))
        .await
        .ok()
        .says("role=\"alert\"")
        .says("Somebody may be at risk")
        .says("Stay with this letter; nothing else is more urgent now.")
        .says("Nobody has been filled in on this desk.")
        .says("No number has been filled in on this desk.")
        .says("Call a colleague in")
        .lacks("id=\"breath\"")
        .lacks("id=\"what-ifs\"")
        .lacks("id=\"look-again\"")
        .lacks("id=\"pause-offers\"")
        .lacks("data-hot");
}

#[tokio::test]
async fn the_organisations_own_words_and_numbers_are_shown() {
    let desk = TestDesk::with_settings(|settings| {
        settings.safety.risk_call = "Mara Quayle, extension 20".to_owned();
        settings.safety.emergency_number = "112".to_owned();
        settings.safety.risk_procedure = "1. Ring first.\n2. Then write.".to_owned();
    })
    .await;
    let ada = desk.with_agent("ada").await;
    let number = desk.letter(&letter(RISK)).await;
    ada.get(&format!("/conversations/{number}"))
        .await
        .ok()
        .says("<strong>Mara Quayle, extension 20</strong>")
        .says("<strong>112</strong>")
        .says("<li>1. Ring first.</li><li>2. Then write.</li>")
        .lacks("filled in on this desk");
}

#[tokio::test]
async fn no_style_is_remarked_on_beside_a_risk() {
    let desk = TestDesk::new().await;
    let ada = desk.with_agent("ada").await;
    let number = desk.letter(&letter(RISK)).await;
    let path = format!("/conversations/{number}/review");
    let answer = ada
        .post_json(
            &path,
            &json!({ "draft": "Please calm down. We will get back to you soon." }),
        )
        .await
        .ok()
        .json();
    assert_eq!(answer["review"]["notes"], json!([]));
    assert_eq!(answer["review"]["virtues"], json!([]));
    assert_ne!(
        answer["review"]["promises"],
        json!([]),
        "promises are still kept"
    );
    // Once it is answered, the desk is as always again.
    ada.post(
        &format!("/conversations/{number}/replies"),
        &[("body", "I am on the phone with you now.")],
    )
    .await
    .is(303);
    let answer = ada
        .post_json(&path, &json!({ "draft": "Please calm down." }))
        .await
        .ok()
        .json();
    assert_ne!(answer["review"]["notes"], json!([]));
    desk.after_seconds(11).await;
}

#[tokio::test]
async fn a_draft_that_shows_a_risk_brings_the_procedure_too() {
    let desk = TestDesk::new().await;
    let ada = desk.with_agent("ada").await;
    let number = desk.letter(&gate_letter()).await;
    let path = format!("/conversations/{number}/review");
    let answer = ada
        .post_json(
            &path,
            &json!({ "draft": "He said on the phone that he wants to kill himself." }),
        )
        .await
        .ok()
        .json();
    assert_eq!(answer["safety"], "risk");
    assert_eq!(answer["review"]["notes"], json!([]));
    ada.get("/safety/risk")
        .await
        .ok()
        .says("Somebody may be at risk")
        .lacks("<html");
    ada.get("/safety/other").await.is(404);
    let calm = ada
        .post_json(&path, &json!({ "draft": "The gate opens again." }))
        .await
        .ok();
    assert_eq!(calm.json()["safety"], json!(null));
}

#[tokio::test]
async fn words_that_cross_a_line_give_leave_to_stop() {
    let desk = TestDesk::new().await;
    let ada = desk.with_agent("ada").await;
    let ben = desk.with_agent("ben").await;
    let number = desk.letter(&letter(ABUSE)).await;
    let here = format!("/conversations/{number}");
    ada.post(&format!("{here}/assignment"), &[("to", &me(&desk).await)])
        .await
        .is(303);
    ada.get(&here)
        .await
        .ok()
        .says("These words cross a line")
        .says("You may stop here")
        .says("Put these words in")
        .says("I want to help with this, and I can only do so without insults.")
        .says("A break of 15 minutes")
        .lacks("Emergency number")
        .lacks("id=\"breath\"");
    // One key: released, and anyone is called.
    ada.post(&format!("{here}/call/handover"), &[])
        .await
        .is(303);
    ada.get(&here)
        .await
        .ok()
        .says("<option value=\"\">with nobody yet")
        .lacks("selected>with me")
        .says("You called anyone at");
    ben.get("/inbox").await.ok().says("take it over");
    // And a break, which colleagues see as a word.
    ada.post("/availability", &[("state", "break")])
        .await
        .is(303);
    ben.get("/inbox").await.ok().says("on a break, back about");
}

async fn me(desk: &TestDesk) -> String {
    let ada = desk.desk.store().agent_by_login("ada").await;
    ada.expect("asked").expect("there").id.to_string()
}
