//! A letter's own layout in a frame, and the letter as it came.

use axum::extract::{Path, State};
use axum::http::header::{
    CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY,
};
use axum::response::{IntoResponse, Response};
use unruffled_store::MessageId;

use crate::session::Agent;
use crate::{Desk, Oops, headers};

/// The letter was sanitised when it came; the policy and the sandbox hold even if that failed.
pub async fn frame(
    State(desk): State<Desk>,
    agent: Agent,
    Path(id): Path<String>,
) -> Result<Response, Oops> {
    let id = MessageId::parse(&id).ok_or(Oops::NotFound)?;
    let html = desk
        .store()
        .html_of(&agent.id, &id)
        .await?
        .ok_or(Oops::NotFound)?;
    let document = format!(
        "<!doctype html><html><head><meta charset=\"utf-8\"><meta name=\"color-scheme\" content=\"light\">\
         <base target=\"_blank\"><title>A letter</title></head><body>{html}</body></html>"
    );
    Ok((
        [
            (CONTENT_TYPE, "text/html; charset=utf-8"),
            (CONTENT_SECURITY_POLICY, headers::LETTER_POLICY),
            (REFERRER_POLICY, "no-referrer"),
        ],
        document,
    )
        .into_response())
}

pub async fn raw(
    State(desk): State<Desk>,
    agent: Agent,
    Path(id): Path<String>,
) -> Result<Response, Oops> {
    let id = MessageId::parse(&id).ok_or(Oops::NotFound)?;
    let raw = desk
        .store()
        .raw_of(&agent.id, &id)
        .await?
        .ok_or(Oops::NotFound)?;
    let name = format!("attachment; filename=\"letter-{id}.eml\"");
    // Not message/rfc822: a browser that shows such things would show what is in it.
    Ok((
        [
            (CONTENT_TYPE, "application/octet-stream".to_owned()),
            (CONTENT_DISPOSITION, name),
            (CONTENT_SECURITY_POLICY, headers::FILE_POLICY.to_owned()),
        ],
        raw.bytes,
    )
        .into_response())
}
