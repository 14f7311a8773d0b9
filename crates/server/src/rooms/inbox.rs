//! The list: what is open, waiting, done.

use axum::extract::{Query, State};
use axum::response::{Redirect, Response};

use super::around::{self, Listing};
use super::page;
use crate::session::Agent;
use crate::sheets::InboxSheet;
use crate::{Desk, Oops, pages};

pub async fn home() -> Redirect {
    Redirect::to("/inbox")
}

pub async fn show(
    State(desk): State<Desk>,
    agent: Agent,
    Query(listing): Query<Listing>,
) -> Result<Response, Oops> {
    let around = around::of(&desk, &agent, &listing).await?;
    page(pages::inbox(&InboxSheet { around }))
}
