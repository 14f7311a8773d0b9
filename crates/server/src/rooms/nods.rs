//! Nods: asked for, answered, taken back. Nothing in this file knows how to send.

use std::collections::HashMap;

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Deserialize;
use serde_json::json;
use unruffled_store::{NewNod, Nod, NodId, NodState};

use super::done;
use super::form::{Form, Json};
use super::here::Here;
use crate::bus::Change;
use crate::session::Agent;
use crate::{Desk, Oops, limits, nodding};

#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    option: String,
}

pub async fn ask(
    State(desk): State<Desk>,
    here: Here,
    headers: HeaderMap,
    Form(asked): Form<Asked>,
) -> Result<Response, Oops> {
    let book = desk.playbook();
    let option = book.get(&asked.option).ok_or(Oops::Unusable(
        "This option is not in the playbook any more, so nobody was asked. Load the conversation again.",
    ))?;
    let asked_of = nodding::to_ask(&desk, &here, option)
        .await?
        .ok_or(Oops::Unusable(
            "This may be granted without anybody's nod, so nobody was asked.",
        ))?;
    let nod = NewNod {
        conversation_id: &here.conversation.id,
        option_id: &option.id,
        says: &option.says,
        asked_by: &here.agent.id,
        asked_of: asked_of.as_ref(),
    };
    let id = desk.store().ask_for_nod(&nod, desk.now()).await?;
    here.changed(&desk);
    let nod = find(&desk, &here.agent, id.as_str()).await?;
    let said = json!({ "number": nod.number, "id": nod.id, "words": nodding::said(&desk, &nod) });
    Ok(done(&headers, &address(&nod), said))
}

#[derive(Deserialize)]
pub struct Answered {
    #[serde(default)]
    answer: String,
    #[serde(default)]
    word: String,
}

pub async fn answer(
    State(desk): State<Desk>,
    agent: Agent,
    Path(id): Path<String>,
    headers: HeaderMap,
    Form(given): Form<Answered>,
) -> Result<Response, Oops> {
    let nod = find(&desk, &agent, &id).await?;
    let word = given.word.split_whitespace().collect::<Vec<_>>().join(" ");
    if word.chars().count() > limits::NOD_WORD_CHARS_MAX {
        return Err(Oops::Unusable(
            "The word with it is too long, so nothing was answered. A line or two is taken; the rest fits in a private note.",
        ));
    }
    let answer = match (NodState::parse(&given.answer), word.is_empty()) {
        // A yes with a word is a yes with a condition: whoever asked has to see it.
        (Some(NodState::Yes), false) => NodState::YesBut,
        (Some(NodState::YesBut), true) => NodState::Yes,
        (Some(answer @ (NodState::Yes | NodState::YesBut | NodState::No)), _) => answer,
        _ => {
            return Err(Oops::Unusable(
                "Say yes, yes but, or no. Nothing was answered.",
            ));
        }
    };
    if !nodding::nod_sheet(&desk, &agent, &nod, 0).may_answer && nod.state == NodState::Waiting {
        return Err(Oops::Unusable(
            "This nod was asked of somebody else, so nothing was answered.",
        ));
    }
    let now = desk.now();
    let answered = desk
        .store()
        .answer_nod(&nod.id, &agent.id, answer, &word, now)
        .await?;
    if !answered {
        return Err(Oops::TooLate(
            "It was answered or taken back before this. The conversation shows how it stands.",
        ));
    }
    settled(&desk, &agent, &nod, &headers).await
}

/// The answer is taken back: it waits again.
pub async fn take_back(
    State(desk): State<Desk>,
    agent: Agent,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Oops> {
    let nod = find(&desk, &agent, &id).await?;
    if !desk.store().take_back_answer(&nod.id, &agent.id).await? {
        return Err(Oops::TooLate(
            "There is no answer of yours to take back here. The conversation shows how it stands.",
        ));
    }
    settled(&desk, &agent, &nod, &headers).await
}

/// The question is taken back.
pub async fn withdraw(
    State(desk): State<Desk>,
    agent: Agent,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Oops> {
    let nod = find(&desk, &agent, &id).await?;
    if !desk.store().withdraw_nod(&nod.id, &agent.id).await? {
        return Err(Oops::TooLate(
            "It was answered before this, or somebody else asked. The conversation shows how it stands.",
        ));
    }
    settled(&desk, &agent, &nod, &headers).await
}

#[derive(Deserialize)]
pub struct Draft {
    draft: String,
}

/// What a draft grants without the nod that it takes: for the line under Send, which never blocks.
pub async fn open(
    State(desk): State<Desk>,
    here: Here,
    Json(given): Json<Draft>,
) -> Result<axum::Json<serde_json::Value>, Oops> {
    if given.draft.len() > limits::DRAFT_BYTES_MAX {
        return Err(Oops::TooLarge);
    }
    let nods = desk.store().nods_of(&here.conversation.id).await?;
    let members = desk.store().members_of(&here.conversation.inbox_id).await?;
    let names: HashMap<String, String> = members
        .into_iter()
        .map(|agent| (agent.login, agent.name))
        .collect();
    let says = nodding::without_nod(&desk, &here.agent, &given.draft, &nods, &names);
    Ok(axum::Json(json!({ "open": says })))
}

async fn find(desk: &Desk, agent: &Agent, id: &str) -> Result<Nod, Oops> {
    let id = NodId::parse(id).ok_or(Oops::NotFound)?;
    desk.store()
        .nod(&agent.id, &id)
        .await?
        .ok_or(Oops::NotFound)
}

async fn settled(
    desk: &Desk,
    agent: &Agent,
    before: &Nod,
    headers: &HeaderMap,
) -> Result<Response, Oops> {
    let nod = find(desk, agent, before.id.as_str()).await?;
    let conversation = desk
        .store()
        .conversation(&agent.id, nod.number)
        .await?
        .ok_or(Oops::NotFound)?;
    let inbox = conversation.inbox_id.to_string();
    desk.say(Change::Conversation {
        inbox: inbox.clone(),
        number: nod.number,
    });
    desk.say(Change::Inbox { inbox });
    let said = json!({ "number": nod.number, "id": nod.id, "words": nodding::said(desk, &nod) });
    Ok(done(headers, &address(&nod), said))
}

/// A nod stands in its conversation.
fn address(nod: &Nod) -> String {
    format!("/conversations/{}#nods", nod.number)
}
