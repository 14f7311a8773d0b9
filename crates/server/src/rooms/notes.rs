//! A private note: kept for the team, never sent. Nothing in this file knows how to send.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use serde_json::json;
use unruffled_store::NewNote;

use super::form::Form;
use super::here::Here;
use super::{message_page, wants_json};
use crate::{Desk, Oops, limits};

#[derive(Deserialize)]
pub struct Given {
    #[serde(default)]
    body: String,
    #[serde(default)]
    draft_version: i64,
}

pub async fn keep(
    State(desk): State<Desk>,
    here: Here,
    headers: HeaderMap,
    Form(given): Form<Given>,
) -> Result<Response, Oops> {
    let text = given.body.replace("\r\n", "\n");
    if text.trim().is_empty() {
        return Err(Oops::Unusable(
            "The note is empty, so nothing was kept. Write it and keep it again.",
        ));
    }
    if text.len() > limits::DRAFT_BYTES_MAX {
        return Err(Oops::TooLarge);
    }
    let note = NewNote {
        conversation_id: &here.conversation.id,
        author_id: &here.agent.id,
        text: text.trim_end(),
        draft_version: given.draft_version,
    };
    let id = desk.store().add_note(&note, desk.now()).await?;
    here.changed(&desk);
    if !wants_json(&headers) {
        return Ok(Redirect::to(&here.address()).into_response());
    }
    let (message, _) = message_page(&desk, &here, id.as_str()).await?;
    let said = json!({ "number": here.conversation.number, "message": message });
    Ok((StatusCode::CREATED, axum::Json(said)).into_response())
}
