//! Nods: asked for, in sight while they wait, answered by a colleague, and never in a letter.

use super::options::{SAID, desk};

#[tokio::test]
async fn a_nod_is_asked_waits_in_sight_and_is_answered_with_a_word() {
    let (_desk, ada, ben, number) = desk().await;
    let conversation = format!("/conversations/{number}");
    let asked = ada
        .tell(&format!("{conversation}/nods"), &[("option", "free-month")])
        .await
        .ok();
    let words = asked.json()["words"].as_str().expect("words").to_owned();
    assert!(
        words.starts_with("Waiting for Ben Okoro’s nod on: a free month, asked "),
        "{words}"
    );
    ada.get(&conversation)
        .await
        .ok()
        .says(&words)
        .says("Take the question back");
    ada.get("/inbox").await.ok().lacks("asks for your nod");
    ben.get("/inbox")
        .await
        .ok()
        .says("Ada Jones asks for your nod on: a free month");
    ben.get(&conversation).await.ok().says("Yes, but …");
    let id = asked.json()["id"].as_str().expect("an id").to_owned();
    // Whoever asked cannot answer.
    ada.tell(&format!("/nods/{id}/answer"), &[("answer", "yes")])
        .await
        .is(422);
    ben.tell(&format!("/nods/{id}/answer"), &[("answer", "perhaps")])
        .await
        .is(422);
    let answer = [("answer", "yes"), ("word", "one month only")];
    ben.tell(&format!("/nods/{id}/answer"), &answer).await.ok();
    ben.tell(&format!("/nods/{id}/answer"), &answer)
        .await
        .is(409);
    ada.get(&conversation)
        .await
        .ok()
        .says("Ben Okoro nodded to: a free month")
        .says("but: “one month only”");
    ben.get("/inbox").await.ok().lacks("asks for your nod");
    // The answer is taken back: it waits again, and can be withdrawn.
    ben.post(&format!("/nods/{id}/answer/reversal"), &[])
        .await
        .is(303);
    ben.get("/inbox").await.ok().says("asks for your nod");
    ada.post(&format!("/nods/{id}/withdrawal"), &[])
        .await
        .is(303);
    ada.get(&conversation)
        .await
        .ok()
        .says("Ada Jones took the question back: a free month.");
    ben.get("/inbox").await.ok().lacks("asks for your nod");
}

#[tokio::test]
async fn nobody_asks_for_a_nod_that_is_not_needed_or_for_an_option_that_is_gone() {
    let (_desk, ada, ben, number) = desk().await;
    let nods = format!("/conversations/{number}/nods");
    ada.tell(&nods, &[("option", "day-ticket")]).await.is(422);
    ada.tell(&nods, &[("option", "nothing")]).await.is(422);
    // Ben is the one who nods.
    ben.tell(&nods, &[("option", "free-month")]).await.is(422);
    let nowhere = uuid::Uuid::now_v7();
    ada.tell(&format!("/nods/{nowhere}/answer"), &[("answer", "yes")])
        .await
        .is(404);
}

#[tokio::test]
async fn a_reply_that_grants_what_takes_a_nod_says_so_and_is_never_stopped() {
    let (desk, ada, ben, number) = desk().await;
    let open = |draft: &str| {
        let (ada, draft) = (&ada, serde_json::json!({ "draft": draft }));
        let address = format!("/conversations/{number}/open-nods");
        async move { ada.post_json(&address, &draft).await.ok().json()["open"].to_string() }
    };
    let grants = "Dear Mr Jones, for the weeks in which the gate stayed shut I have added a month to your pass. Ada";
    assert!(
        open(grants)
            .await
            .contains("This takes Ben Okoro’s nod: a free month. It was not asked for.")
    );
    assert_eq!(open(SAID).await, "[]");
    let nods = format!("/conversations/{number}/nods");
    let asked = ada.tell(&nods, &[("option", "free-month")]).await.ok();
    assert!(open(grants).await.contains("Ben Okoro has not nodded yet"));
    let id = asked.json()["id"].as_str().expect("an id").to_owned();
    ben.tell(
        &format!("/nods/{id}/answer"),
        &[("answer", "no"), ("word", "not again")],
    )
    .await
    .ok();
    assert!(open(grants).await.contains("Ben Okoro said no"));
    ada.tell(
        &format!("/conversations/{number}/replies"),
        &[("body", grants)],
    )
    .await
    .ok();
    desk.after_seconds(60).await;
    ben.tell(&format!("/nods/{id}/answer/reversal"), &[])
        .await
        .ok();
    ben.tell(&format!("/nods/{id}/answer"), &[("answer", "yes")])
        .await
        .ok();
    assert_eq!(open(grants).await, "[]");
}

#[tokio::test]
async fn a_nod_is_in_no_letter_and_another_inbox_sees_none() {
    let (desk, ada, ben, number) = desk().await;
    let asked = ada
        .tell(
            &format!("/conversations/{number}/nods"),
            &[("option", "free-month")],
        )
        .await
        .ok();
    let id = asked.json()["id"].as_str().expect("an id").to_owned();
    ben.tell(
        &format!("/nods/{id}/answer"),
        &[("answer", "yes"), ("word", "for him alone")],
    )
    .await
    .ok();
    ada.tell(
        &format!("/conversations/{number}/replies"),
        &[("body", "It works again.")],
    )
    .await
    .ok();
    desk.after_seconds(60).await;
    let letters = desk.memory.taken();
    assert_eq!(letters.len(), 1);
    assert!(!letters[0].1.contains("for him alone") && !letters[0].1.contains("nodded"));
    let cleo = desk.with_agent("cleo").await;
    let agents = desk.desk.store().agents().await.expect("agents");
    let cleo_id = &agents
        .iter()
        .find(|agent| agent.login == "cleo")
        .expect("cleo")
        .id;
    desk.desk
        .store()
        .leave_inbox(desk.desk.inbox(), cleo_id)
        .await
        .expect("left");
    cleo.tell(&format!("/nods/{id}/answer"), &[("answer", "yes")])
        .await
        .is(404);
}
