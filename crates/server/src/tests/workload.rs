//! What arrives, all together: hours and causes, no names, nothing of a few.

use super::{TestDesk, plain_letter};

async fn waited(desk: &TestDesk, who: usize) {
    let from = format!("Guest {who} <guest{who}@example.net>");
    let words = "I have been waiting three weeks for the booklet.";
    desk.letter(&plain_letter(&from, "the booklet", words))
        .await;
}

#[tokio::test]
async fn a_lead_sees_hours_and_causes_and_no_person() {
    let desk = TestDesk::with_settings(|settings| settings.leads = vec!["ada".to_owned()]).await;
    let ada = desk.with_agent("ada").await;
    let ben = desk.with_agent("ben").await;
    ada.get("/workload")
        .await
        .ok()
        .says("Nothing has arrived in these weeks.");
    for who in 0..4 {
        waited(&desk, who).await;
    }
    ada.get("/workload")
        .await
        .ok()
        .says("<td>few</td>")
        .lacks("A wait, named");
    waited(&desk, 4).await;
    ben.post("/availability", &[("state", "break"), ("minutes", "5")])
        .await
        .is(303);
    let lead = ada.get("/workload").await.ok();
    let lead = lead
        .says("A wait, named by those who wait")
        .says("in 5 conversations")
        .says("Fewer than five people have promised anything");
    // Nobody's name, nobody's break, nobody's warmth; and no page for leads alone.
    for hidden in [
        "Ben Okoro",
        "break until",
        "on a break",
        "Guest",
        "hot",
        "warm",
    ] {
        assert!(!lead.body.contains(hidden), "{hidden}");
    }
    let colleague = ben.get("/workload").await.ok();
    assert_eq!(
        main_of(&lead.body),
        main_of(&colleague.body),
        "a lead sees what everybody sees"
    );
    ada.get("/workload/unseen")
        .await
        .ok()
        .says("Who took a break, when, how often, how long and why")
        .says("there is no place at all");
}

fn main_of(page: &str) -> &str {
    let from = page.find("<main").unwrap_or(0);
    let to = page.find("</main>").unwrap_or(page.len());
    &page[from..to]
}
