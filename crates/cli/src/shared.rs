//! What the demo's team shares already: a moment that somebody brought without names, a lesson, thanks on the shelf.

use std::fmt::Display;
use unruffled_server::Desk;
use unruffled_store::{AgentId, Became, CircleVoice, NewCircleMoment};

const ASKED: &str = "For four months I have had voicemail that nobody can hear, me included. I have rung you five times and each time \
    somebody was going to look into it. I pay for this.\n\nWhat is it waiting for?";
const ANSWERED: &str = "Dear customer,\n\nthank you for your patience. We are looking into the matter and will get back to you as soon \
    as we can.";
const THANKS: &str = "I rang in tears about my mother’s telephone and you stayed on the line until it rang at her end. Thank you for \
    not hurrying me.";

/// Puts it there. `agent` is somebody of the team; nothing of it is theirs.
pub async fn put(desk: &Desk, agent: &AgentId) -> Result<(), String> {
    let (store, inbox, now) = (desk.store(), desk.inbox(), desk.now());
    let words = [
        (CircleVoice::Customer, ASKED.to_owned()),
        (CircleVoice::Us, ANSWERED.to_owned()),
    ];
    let moment = NewCircleMoment {
        inbox_id: inbox,
        about: "four months of voicemail, and an answer without a time",
        question: "What could I have said, when I did not know myself when it would work?",
        brought_by: None,
        words: &words,
    };
    store.bring_to_circle(&moment, now).await.map_err(said)?;
    let lesson = "The counter’s own list is newer than the member list; we look there before we say that somebody is not on it.";
    let lesson = store.add_lesson(inbox, lesson, now).await.map_err(said)?;
    let place = "the list at the counter";
    let became = store.lesson_became(agent, &lesson, Became::Place, place);
    became.await.map_err(said)?;
    store
        .put_on_shelf(inbox, THANKS, "", now)
        .await
        .map_err(said)?;
    Ok(())
}

fn said(why: impl Display) -> String {
    why.to_string()
}
