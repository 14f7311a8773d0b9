//! Calling somebody in, coming, taking over, ending it. Each is one verb of the store.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Deserialize;
use serde_json::json;
use unruffled_store::{AgentId, CallState, Called, DraftKind, NewCall, limits as store_limits};

use super::form::Form;
use super::here::Here;
use super::{done, drafts};
use crate::bus::Change;
use crate::{Desk, Oops};

#[derive(Deserialize)]
pub struct Given {
    /// Somebody of this inbox; empty for anyone.
    #[serde(default, rename = "for")]
    whom: String,
    #[serde(default)]
    wanted: String,
    /// Not empty where the caller shows their draft.
    #[serde(default)]
    draft: String,
}

pub async fn call(
    State(desk): State<Desk>,
    here: Here,
    headers: HeaderMap,
    Form(given): Form<Given>,
) -> Result<Response, Oops> {
    let wanted = given
        .wanted
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    if wanted.chars().count() > store_limits::CALL_WANTED_CHARS_MAX {
        return Err(Oops::Unusable(
            "What is wanted is longer than a line, so nobody was called. Shorten it; the rest can be whispered.",
        ));
    }
    let whom = match given.whom.as_str() {
        "" => None,
        id => Some(AgentId::parse(id).ok_or(Oops::NotFound)?),
    };
    let call = NewCall {
        conversation_id: &here.conversation.id,
        caller_id: &here.agent.id,
        for_id: whom.as_ref(),
        wanted: &wanted,
    };
    match desk.store().call_in(&call, desk.now()).await? {
        Called::Waiting => {}
        Called::Another => {
            return Err(Oops::TooLate(
                "A colleague is called into this conversation already. Load it again to see who.",
            ));
        }
        Called::NotHere => {
            return Err(Oops::Unusable(
                "This colleague does not answer from this inbox, so nobody was called. Choose somebody else.",
            ));
        }
    }
    desk.looks().take_back(&here.conversation.id);
    if !given.draft.is_empty() {
        show(&desk, &here).await?;
    }
    called(&desk, &here);
    Ok(answer(&headers, &here))
}

/// Somebody comes; the first is the one.
pub async fn come(
    State(desk): State<Desk>,
    here: Here,
    headers: HeaderMap,
) -> Result<Response, Oops> {
    let came = desk
        .store()
        .come(&here.conversation.id, &here.agent.id, desk.now())
        .await?;
    if !came {
        return Err(Oops::TooLate(
            "Nobody is needed here any more: somebody else came, or the call was taken back. Nothing was changed.",
        ));
    }
    called(&desk, &here);
    let address = format!("{}#briefing", here.address());
    Ok(done(&headers, &address, said(&here)))
}

/// Either of the two ends it, or its caller takes it back.
pub async fn end(
    State(desk): State<Desk>,
    here: Here,
    headers: HeaderMap,
) -> Result<Response, Oops> {
    desk.store()
        .end_call(&here.conversation.id, &here.agent.id, desk.now())
        .await?;
    desk.looks().take_back(&here.conversation.id);
    called(&desk, &here);
    Ok(answer(&headers, &here))
}

/// The one who came goes on with it. The draft of whoever called stays theirs.
pub async fn take_over(
    State(desk): State<Desk>,
    here: Here,
    headers: HeaderMap,
) -> Result<Response, Oops> {
    let call = desk.store().call_of(&here.conversation.id).await?;
    let came = call.is_some_and(|call| {
        call.state == CallState::Joined && call.came_id.as_ref() == Some(&here.agent.id)
    });
    if !came {
        return Err(Oops::TooLate(
            "This call is over, so nothing was taken over. The conversation can still be assigned to you.",
        ));
    }
    desk.store()
        .assign(&here.conversation.id, Some(&here.agent.id))
        .await?;
    called(&desk, &here);
    let address = format!("{}#offers", here.address());
    Ok(done(&headers, &address, said(&here)))
}

/// Away from words that crossed a line: with nobody for now, and anyone is called.
pub async fn hand_over(
    State(desk): State<Desk>,
    here: Here,
    headers: HeaderMap,
) -> Result<Response, Oops> {
    desk.store().assign(&here.conversation.id, None).await?;
    let call = NewCall {
        conversation_id: &here.conversation.id,
        caller_id: &here.agent.id,
        for_id: None,
        wanted: "take it over",
    };
    // Where somebody is there already, that one is the help.
    desk.store().call_in(&call, desk.now()).await?;
    called(&desk, &here);
    Ok(answer(&headers, &here))
}

/// The caller shows their draft to whoever comes.
pub async fn show_draft(
    State(desk): State<Desk>,
    here: Here,
    headers: HeaderMap,
) -> Result<Response, Oops> {
    let call = desk.store().call_of(&here.conversation.id).await?;
    let mine = call.is_some_and(|call| {
        call.caller_id == here.agent.id
            && matches!(call.state, CallState::Waiting | CallState::Joined)
    });
    if !mine {
        return Err(Oops::TooLate(
            "Nobody is called in by you here, so your draft was shown to nobody.",
        ));
    }
    show(&desk, &here).await?;
    called(&desk, &here);
    Ok(answer(&headers, &here))
}

pub async fn hide_draft(
    State(desk): State<Desk>,
    here: Here,
    headers: HeaderMap,
) -> Result<Response, Oops> {
    let call = desk.store().call_of(&here.conversation.id).await?;
    if call.is_some_and(|call| call.caller_id == here.agent.id) {
        desk.looks().take_back(&here.conversation.id);
        called(&desk, &here);
    }
    Ok(answer(&headers, &here))
}

/// Opened with the author's own key, in the author's own request.
async fn show(desk: &Desk, here: &Here) -> Result<(), Oops> {
    let draft = drafts::opened(desk, here, DraftKind::Reply).await?;
    if draft.body.trim().is_empty() {
        return Ok(());
    }
    if desk.looks().show(&here.conversation.id, draft.body) {
        Ok(())
    } else {
        Err(Oops::Busy)
    }
}

/// The conversation changed for its two, and the line above everybody's list.
pub(super) fn called(desk: &Desk, here: &Here) {
    let inbox = here.conversation.inbox_id.to_string();
    desk.say(Change::Conversation {
        inbox: inbox.clone(),
        number: here.conversation.number,
    });
    desk.say(Change::Inbox { inbox });
}

fn said(here: &Here) -> serde_json::Value {
    json!({ "number": here.conversation.number })
}

fn answer(headers: &HeaderMap, here: &Here) -> Response {
    done(headers, &here.address(), said(here))
}
