//! How the desk is, for whoever looks after the machine; nobody's words are in it.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use crate::{Desk, words};

pub async fn show(State(desk): State<Desk>) -> Response {
    let database = match desk.store().is_well().await {
        Ok(()) => "ok".to_owned(),
        Err(fault) => {
            tracing::warn!(%fault, "the database is not well");
            "does not answer".to_owned()
        }
    };
    let weather = desk.weather();
    let fetched = match weather.fetched_at {
        Some(at) => format!("last fetched {}", words::when(at, desk.now(), desk.zone())),
        None if desk.settings().imap.host.is_empty() => "no mailbox is set up".to_owned(),
        None => "nothing fetched since the start".to_owned(),
    };
    let status = if database == "ok" {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    let says = serde_json::json!({
        "version": env!("CARGO_PKG_VERSION"),
        "database": database,
        // Anybody may ask here: host and login are named only in the log and above the inbox.
        "mail": match weather.problem {
            Some(_) => format!("letters cannot be fetched for now; {fetched}"),
            None => fetched,
        },
        // Paths are named only in the log and above the inbox.
        "own_words": match desk.own_words().faults {
            Some(_) => "a file has a fault; what was there before is in force",
            None => "ok",
        },
    });
    (status, Json(says)).into_response()
}
