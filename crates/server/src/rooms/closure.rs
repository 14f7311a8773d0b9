//! Closing a conversation, and reopening it. Closing drops nothing and sends nothing.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde_json::json;

use super::done;
use super::here::Here;
use crate::{Desk, Oops};

pub async fn close(
    State(desk): State<Desk>,
    here: Here,
    headers: HeaderMap,
) -> Result<Response, Oops> {
    desk.store()
        .close_conversation(&here.conversation.id, desk.now())
        .await?;
    desk.looks().take_back(&here.conversation.id);
    here.changed(&desk);
    let said = json!({ "number": here.conversation.number, "standing": "done" });
    // The page then knows that it was closed just now, and may offer to look again.
    Ok(done(
        &headers,
        &format!("{}?closed=1", here.address()),
        said,
    ))
}

pub async fn reopen(
    State(desk): State<Desk>,
    here: Here,
    headers: HeaderMap,
) -> Result<Response, Oops> {
    desk.store()
        .reopen_conversation(&here.conversation.id, desk.now())
        .await?;
    here.changed(&desk);
    let said = json!({ "number": here.conversation.number, "standing": "open" });
    Ok(done(&headers, &here.address(), said))
}
