//! What is offered after a moment: a landing to whoever closed a hard one, thanks to those whose work it was.

use super::{Browser, TestDesk, gate_letter, plain_letter};

const OFFER: &str = "id=\"thanks\"";
const LAND: &str = "data-land ";

/// The customer answers the last letter that went out.
async fn answer(desk: &TestDesk, words: &str) -> i64 {
    let sent = desk.memory.taken();
    let ours = &sent.last().expect("one went out").1;
    let id = ours
        .lines()
        .find_map(|line| line.strip_prefix("Message-ID: "))
        .expect("an id")
        .to_owned();
    let letter = plain_letter(
        "Martin Jones <martin.jones@example.net>",
        "Re: the gate says no",
        words,
    );
    desk.letter(&letter.replacen("Subject:", &format!("In-Reply-To: {id}\nSubject:"), 1))
        .await
}

async fn reply(desk: &TestDesk, who: &Browser, number: i64) {
    let path = format!("/conversations/{number}/replies");
    who.tell(&path, &[("body", "The gate knows you again.")])
        .await
        .is(201);
    desk.after_seconds(15).await;
}

#[tokio::test]
async fn thanks_are_offered_to_whoever_answered_and_to_nobody_else() {
    let desk = TestDesk::new().await;
    let (ada, ben) = (desk.with_agent("ada").await, desk.with_agent("ben").await);
    let number = desk.letter(&gate_letter()).await;
    let here = format!("/conversations/{number}");
    ada.get(&here).await.ok().lacks(OFFER);
    reply(&desk, &ada, number).await;
    answer(
        &desk,
        "The gate knew us.\n\nThank you so much for sorting this! The kids are in the water.\n\nM. Jones",
    )
    .await;
    ada.get(&here)
        .await
        .ok()
        .says(OFFER)
        .says("Thank you so much for sorting this!</q>");
    ben.get(&here).await.ok().lacks(OFFER);
}

#[tokio::test]
async fn thanks_that_name_a_colleague_are_the_colleagues() {
    let desk = TestDesk::new().await;
    let (ada, ben) = (desk.with_agent("ada").await, desk.with_agent("ben").await);
    let number = desk.letter(&gate_letter()).await;
    let here = format!("/conversations/{number}");
    reply(&desk, &ada, number).await;
    answer(
        &desk,
        "Thank you, Ben, for staying on the line with me yesterday.",
    )
    .await;
    ada.get(&here)
        .await
        .ok()
        .lacks(OFFER)
        .says("They thank Ben Okoro, who has not got this letter.");
    ben.get(&here)
        .await
        .ok()
        .says(OFFER)
        .lacks("who has not got this letter");
    let agents = desk.desk.store().agents().await.expect("agents");
    let to = agents.iter().find(|agent| agent.login == "ben");
    let to = to.expect("ben").id.to_string();
    let assignment = format!("{here}/assignment");
    ada.post(&assignment, &[("to", &to)]).await.is(303);
    ada.get(&here)
        .await
        .ok()
        .lacks("who has not got this letter");
}

#[tokio::test]
async fn what_only_sounds_like_thanks_is_not_offered() {
    let desk = TestDesk::new().await;
    let ada = desk.with_agent("ada").await;
    let number = desk.letter(&gate_letter()).await;
    let here = format!("/conversations/{number}");
    for words in [
        "Thanks in advance.",
        "Thanks for nothing.",
        "Great job losing my pass again. You are useless, this is a complete joke.",
    ] {
        reply(&desk, &ada, number).await;
        answer(&desk, words).await;
        ada.get(&here).await.ok().lacks(OFFER);
    }
}

#[tokio::test]
async fn a_hard_moment_may_be_landed_when_it_is_closed_even_where_it_ended_well() {
    let desk = TestDesk::new().await;
    let ada = desk.with_agent("ada").await;
    let hot = plain_letter(
        "Martin Jones <martin.jones@example.net>",
        "the gate says no",
        "This is the third time and it is ridiculous. Your gate is a complete joke and nobody cares!!",
    );
    let number = desk.letter(&hot).await;
    let here = format!("/conversations/{number}");
    reply(&desk, &ada, number).await;
    answer(&desk, "It works now, thank you so much.").await;
    ada.get(&here).await.ok().lacks(LAND);
    ada.get(&format!("{here}?closed=1")).await.ok().lacks(LAND);
    let closed = ada.post(&format!("{here}/closure"), &[]).await.is(303);
    assert_eq!(closed.to(), format!("{here}?closed=1"));
    ada.get(closed.to()).await.ok().says(LAND).says(OFFER);
    ada.get(&here).await.ok().lacks(LAND);

    let quiet = desk
        .letter(&plain_letter(
            "Ann <ann@example.net>",
            "Sunday",
            "Is the pool open on Sunday?",
        ))
        .await;
    let closed = ada
        .post(&format!("/conversations/{quiet}/closure"), &[])
        .await
        .is(303);
    ada.get(closed.to()).await.ok().lacks(LAND);
}
