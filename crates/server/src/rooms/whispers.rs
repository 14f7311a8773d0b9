//! A private line between the two of a call. Nothing in this file knows how to send.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Deserialize;
use serde_json::json;
use unruffled_store::{NewNote, limits as store_limits};

use super::form::Form;
use super::here::Here;
use super::{calls, done};
use crate::{Desk, Oops};

#[derive(Deserialize)]
pub struct Given {
    #[serde(default)]
    text: String,
}

pub async fn say(
    State(desk): State<Desk>,
    here: Here,
    headers: HeaderMap,
    Form(given): Form<Given>,
) -> Result<Response, Oops> {
    let text = given.text.replace("\r\n", "\n");
    let text = text.trim();
    if text.is_empty() {
        return Err(Oops::Unusable("The whisper is empty, so nothing was said."));
    }
    if text.chars().count() > store_limits::WHISPER_CHARS_MAX {
        return Err(Oops::Unusable(
            "The whisper is too long, so nothing was said. Shorten it, or say it in person.",
        ));
    }
    let (store, id) = (desk.store(), &here.conversation.id);
    if !store.whisper(id, &here.agent.id, text, desk.now()).await? {
        return Err(Oops::TooLate(
            "The call is over, so nothing was said. What was whispered before can still be kept as a note.",
        ));
    }
    let call = store.call_of(id).await?;
    if call.is_some_and(|call| call.came_id.as_ref() == Some(&here.agent.id)) {
        // The draft was shown for a look, and this is the answer.
        desk.looks().take_back(id);
    }
    calls::called(&desk, &here);
    let said = json!({ "number": here.conversation.number });
    Ok(done(&headers, &here.address(), said))
}

/// One of the two wants to keep it: then it is a private note, in that one's name.
pub async fn keep(
    State(desk): State<Desk>,
    here: Here,
    Path((_, id)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Oops> {
    let heard = desk
        .store()
        .whispers(&here.conversation.id, &here.agent.id)
        .await?;
    let whisper = heard
        .iter()
        .find(|whisper| whisper.id.as_str() == id)
        .ok_or(Oops::NotFound)?;
    let note = NewNote {
        conversation_id: &here.conversation.id,
        author_id: &here.agent.id,
        text: &format!("{}: {}", whisper.author_name, whisper.text),
        draft_version: 0,
    };
    desk.store().add_note(&note, desk.now()).await?;
    here.changed(&desk);
    let said = json!({ "number": here.conversation.number });
    Ok(done(&headers, &here.address(), said))
}
