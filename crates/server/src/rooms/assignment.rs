//! Who has a conversation in hand.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Deserialize;
use serde_json::json;
use unruffled_store::AgentId;

use super::form::Form;
use super::here::Here;
use super::{around, done};
use crate::{Desk, Oops};

#[derive(Deserialize)]
pub struct Given {
    /// Somebody of this inbox; empty for nobody.
    #[serde(default)]
    to: String,
}

pub async fn assign(
    State(desk): State<Desk>,
    here: Here,
    headers: HeaderMap,
    Form(given): Form<Given>,
) -> Result<Response, Oops> {
    if given.to.is_empty() {
        return give(&desk, &here, &headers, None).await;
    }
    let to = AgentId::parse(&given.to).ok_or(Oops::NotFound)?;
    give(&desk, &here, &headers, Some(&to)).await
}

pub async fn release(
    State(desk): State<Desk>,
    here: Here,
    headers: HeaderMap,
) -> Result<Response, Oops> {
    give(&desk, &here, &headers, None).await
}

async fn give(
    desk: &Desk,
    here: &Here,
    headers: &HeaderMap,
    to: Option<&AgentId>,
) -> Result<Response, Oops> {
    if !desk.store().assign(&here.conversation.id, to).await? {
        return Err(Oops::Unusable(
            "This colleague does not answer from this inbox, so nothing was changed. Choose somebody else.",
        ));
    }
    here.changed(desk);
    let standing = around::standing(here.conversation.state);
    let said = json!({ "number": here.conversation.number, "standing": standing });
    Ok(done(headers, &here.address(), said))
}
