//! One file an address: read the request, call one verb, fill a sheet.

pub mod assets;
pub mod assignment;
pub mod attachments;
pub mod availability;
pub mod breaks;
pub mod calls;
pub mod cards;
pub mod circle;
pub mod closure;
pub mod conversation;
pub mod customers;
pub mod drafts;
pub mod drop_folder;
pub mod events;
pub mod facts;
pub mod health;
pub mod inbox;
pub mod joined;
mod kept_files;
pub mod knocks;
pub mod labels;
pub mod lessons;
pub mod listening;
pub mod login;
pub mod messages;
pub mod nameless;
pub mod next;
pub mod nods;
pub mod notes;
pub mod options;
pub mod own;
pub mod phone_calls;
pub mod promises;
pub mod rehearsals;
pub mod replies;
pub mod review;
pub mod safety;
pub mod shelf;
pub mod stories;
pub mod whispers;
pub mod workload;
pub mod workshop;

mod around;
mod backup;
mod form;
pub(crate) mod here;
mod letters;

use axum::http::HeaderMap;
use axum::http::header::ACCEPT;
use axum::response::{Html, IntoResponse, Redirect, Response};

use crate::pages::{self, Page};
use crate::sheets::DeliverySheet;
use crate::{Desk, Oops};
use around::Listing;
pub use here::Here;
pub use nameless::cut;

/// A page that a template made.
fn page(page: Page) -> Result<Response, Oops> {
    Ok(Html(page?).into_response())
}

/// A module asks for JSON; a form asks for a page.
fn wants_json(headers: &HeaderMap) -> bool {
    headers
        .get(ACCEPT)
        .and_then(|accept| accept.to_str().ok())
        .is_some_and(|accept| accept.contains("application/json") && !accept.contains("text/html"))
}

/// What a change answers: JSON for a module, the page it belongs to for a form.
fn done(headers: &HeaderMap, address: &str, said: serde_json::Value) -> Response {
    if wants_json(headers) {
        axum::Json(said).into_response()
    } else {
        Redirect::to(address).into_response()
    }
}

/// One message of this conversation as HTML, with its delivery if it is a reply.
async fn message_page(
    desk: &Desk,
    here: &Here,
    id: &str,
) -> Result<(String, Option<DeliverySheet>), Oops> {
    let thread = desk.store().thread(&here.conversation.id).await?;
    let message = thread
        .messages
        .iter()
        .rfind(|message| message.id.as_str() == id)
        .ok_or(Oops::NotFound)?;
    let sheet = letters::sheet(desk, message);
    let around = around::of(desk, &here.agent, &Listing::default()).await?;
    Ok((pages::message(&sheet, &around)?, sheet.delivery))
}
