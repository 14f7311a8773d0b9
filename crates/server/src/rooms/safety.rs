//! The procedure as a fragment, for words that are not a customer's letter: a draft, a listening card.

use axum::extract::{Path, State};
use axum::response::Response;
use unruffled_engine::Safety;

use super::page;
use crate::session::Agent;
use crate::{Desk, Oops, pages, safety};

pub async fn show(
    State(desk): State<Desk>,
    _: Agent,
    Path(kind): Path<String>,
) -> Result<Response, Oops> {
    let kind = match kind.as_str() {
        "risk" => Safety::Risk,
        "abuse" => Safety::Abuse,
        _ => return Err(Oops::NotFound),
    };
    page(pages::safety(&safety::of_kind(&desk, kind, None)))
}
