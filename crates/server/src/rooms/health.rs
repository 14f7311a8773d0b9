//! How the desk is, for whoever looks after the machine; nobody's words are in it.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use crate::{Desk, words};

pub async fn show(State(desk): State<Desk>) -> Response {
    let database = match desk.store().is_well().await {
        Ok(()) => "ok".to_owned(),
        Err(fault) => fault.to_string(),
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
        "mail": weather.problem.unwrap_or(fetched),
    });
    (status, Json(says)).into_response()
}
