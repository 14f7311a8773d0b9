//! The list: what is open, waiting, done.

use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::{Redirect, Response};

use super::around::{self, Listing};
use super::{availability, page};
use crate::session::Agent;
use crate::sheets::InboxSheet;
use crate::{Desk, Oops, pages};

pub async fn home() -> Redirect {
    Redirect::to("/inbox")
}

pub async fn show(
    State(desk): State<Desk>,
    agent: Agent,
    headers: HeaderMap,
    Query(listing): Query<Listing>,
) -> Result<Response, Oops> {
    // A page that only looks again is nobody's coming.
    if !headers.contains_key("x-part") && desk.presence().at(&agent.id, None, desk.now()) {
        availability::changed(&desk, &agent);
    }
    let around = around::of(&desk, &agent, &listing).await?;
    page(pages::inbox(&InboxSheet { around }))
}
