//! The listening card: saved as it is typed, kept as the conversation's record, opened again when that was too early.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use serde_json::json;
use std::collections::HashMap;
use unruffled_store::{CardId, CardSaving, Heard, ListeningCard, LiveChannel, SaveCard};

use super::form::{Form, Json};
use super::here::Here;
use super::{message_page, wants_json};
use crate::{Desk, Oops, edge, facts, live, reader, words};

#[derive(Deserialize)]
pub struct Given {
    #[serde(default)]
    channel: String,
    #[serde(default)]
    version: i64,
    #[serde(flatten)]
    heard: Heard,
}

/// The same, as a form gives it: every field is text there.
#[derive(Deserialize)]
pub struct Kept {
    #[serde(default)]
    channel: String,
    #[serde(default)]
    version: i64,
    #[serde(default)]
    name: String,
    #[serde(default)]
    asks: String,
    #[serde(default)]
    matters: String,
    #[serde(default)]
    by_when: String,
    #[serde(default)]
    said_back: String,
    #[serde(default)]
    promised: String,
}

pub async fn save(
    State(desk): State<Desk>,
    here: Here,
    Json(given): Json<Given>,
) -> Result<Response, Oops> {
    let channel = channel(&given.channel)?;
    let before = desk.store().open_card(&here.conversation.id).await?;
    match save_as(&desk, &here, channel, given.version, &given.heard).await? {
        CardSaving::Saved(version) => {
            let before = before.map_or_else(String::new, |card| card.heard.their_words());
            let now = given.heard.their_words();
            facts::ask_aloud_if_new(&desk, &here.conversation.id, &before, &now);
            Ok(axum::Json(json!({
                "version": version,
                "kept": words::clock_time(desk.now(), desk.zone()),
                "edge": lines(&desk, &here, channel, &given.heard).await?,
            }))
            .into_response())
        }
        CardSaving::Conflict { current } => Ok(conflict(current.as_deref())),
    }
}

pub async fn keep(
    State(desk): State<Desk>,
    here: Here,
    headers: HeaderMap,
    Form(given): Form<Kept>,
) -> Result<Response, Oops> {
    let channel = channel(&given.channel)?;
    let heard = Heard {
        name: given.name,
        asks: given.asks,
        matters: given.matters,
        by_when: given.by_when,
        said_back: given.said_back,
        promised: given.promised,
    };
    if heard.is_blank() {
        return Err(Oops::Unusable(
            "The card has nothing on it but a name, so nothing was kept. Write what they ask, and keep it again.",
        ));
    }
    let version = match save_as(&desk, &here, channel, given.version, &heard).await? {
        CardSaving::Saved(version) => version,
        CardSaving::Conflict { current } if wants_json(&headers) => {
            return Ok(conflict(current.as_deref()));
        }
        CardSaving::Conflict { .. } => {
            return Err(Oops::TooLate(
                "A colleague wrote on this card meanwhile. What stands there is safe; go back, copy your words, and load the page again.",
            ));
        }
    };
    let promised = live::promised(&desk, &here, &heard.promised);
    let card = desk
        .store()
        .keep_card(&here.conversation.id, version, promised, desk.now())
        .await?
        .ok_or(Oops::TooLate(
            "The card was kept or changed meanwhile. Load the page again.",
        ))?;
    desk.wake();
    facts::ask_aloud(&desk, &here.conversation.id);
    here.changed(&desk);
    if !wants_json(&headers) {
        return Ok(Redirect::to(&here.address()).into_response());
    }
    let (message, _) = message_page(&desk, &here, card.as_str()).await?;
    let said = json!({ "number": here.conversation.number, "card": card, "message": message });
    Ok((StatusCode::CREATED, axum::Json(said)).into_response())
}

/// Takes keeping back: the card is written on again, and what it promised is out of the ledger.
pub async fn open_again(
    State(desk): State<Desk>,
    here: Here,
    Path(path): Path<HashMap<String, String>>,
    headers: HeaderMap,
) -> Result<Response, Oops> {
    let card = path
        .get("card")
        .and_then(|id| CardId::parse(id))
        .ok_or(Oops::NotFound)?;
    let opened = desk
        .store()
        .open_card_again(&here.conversation.id, &card, desk.now())
        .await?;
    if opened.is_none() {
        return Err(Oops::TooLate(
            "Another card is being written in this conversation by now. Keep that one first; nothing was changed.",
        ));
    }
    here.changed(&desk);
    Ok(super::done(
        &headers,
        &here.address(),
        json!({ "number": here.conversation.number }),
    ))
}

fn channel(word: &str) -> Result<LiveChannel, Oops> {
    LiveChannel::parse(word).ok_or(Oops::Unusable(
        "A card is of the counter or of the phone. Nothing was changed.",
    ))
}

async fn save_as(
    desk: &Desk,
    here: &Here,
    channel: LiveChannel,
    version: i64,
    heard: &Heard,
) -> Result<CardSaving, Oops> {
    let card = SaveCard {
        conversation_id: &here.conversation.id,
        author_id: &here.agent.id,
        channel,
        expected_version: version,
        heard,
    };
    match desk.store().save_card(&card, desk.now()).await {
        Err(unruffled_store::Error::Refused(says)) => Err(Oops::Said(says)),
        other => Ok(other?),
    }
}

/// The lines for the edge, from what is on the card now.
async fn lines(
    desk: &Desk,
    here: &Here,
    channel: LiveChannel,
    heard: &Heard,
) -> Result<Vec<String>, Oops> {
    let thread = desk.store().thread(&here.conversation.id).await?;
    let reading = reader::hear(&thread.messages, &here.conversation.customer_name)
        .filter(|heard| !heard.answered)
        .map(|heard| heard.read(desk));
    Ok(edge::lines(channel, heard, reading.as_ref()))
}

/// What stands on the card now, for a page that has something else.
fn conflict(current: Option<&ListeningCard>) -> Response {
    let said = json!({
        "says": "A colleague wrote on this card meanwhile.",
        "version": current.map_or(0, |card| card.version),
        "heard": current.map(|card| &card.heard),
    });
    (StatusCode::CONFLICT, axum::Json(said)).into_response()
}
