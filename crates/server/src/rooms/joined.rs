//! A letter and a moment at the counter that are one matter: joined with one key, parted again with the same.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use serde_json::json;
use std::collections::HashMap;
use unruffled_store::Conversation;

use super::done;
use super::here::Here;
use crate::{Desk, Oops};

pub async fn join(
    State(desk): State<Desk>,
    here: Here,
    Path(path): Path<HashMap<String, String>>,
    headers: HeaderMap,
) -> Result<Response, Oops> {
    let other = other(&desk, &here, &path).await?;
    let id = &here.conversation.id;
    let joined = desk
        .store()
        .join_conversations(id, &other.id, desk.now())
        .await?;
    if !joined && other.customer_id != here.conversation.customer_id {
        return Err(Oops::Unusable(
            "These two are not of one customer, so nothing was joined.",
        ));
    }
    here.changed(&desk);
    Ok(done(
        &headers,
        &here.address(),
        json!({ "joined": other.number }),
    ))
}

pub async fn part(
    State(desk): State<Desk>,
    here: Here,
    Path(path): Path<HashMap<String, String>>,
    headers: HeaderMap,
) -> Result<Response, Oops> {
    let other = other(&desk, &here, &path).await?;
    desk.store()
        .part_conversations(&here.conversation.id, &other.id)
        .await?;
    here.changed(&desk);
    Ok(done(
        &headers,
        &here.address(),
        json!({ "parted": other.number }),
    ))
}

async fn other(
    desk: &Desk,
    here: &Here,
    path: &HashMap<String, String>,
) -> Result<Conversation, Oops> {
    let number = path
        .get("other")
        .and_then(|number| number.parse().ok())
        .ok_or(Oops::NotFound)?;
    desk.store()
        .conversation(&here.agent.id, number)
        .await?
        .ok_or(Oops::NotFound)
}
