//! A draft, sealed and kept as it is typed.
//!
//! `PUT` with the version it was made from. Where another tab was faster, the answer is 409 with
//! what that tab kept, so that neither is lost.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use serde_json::json;
use unruffled_store::{Draft, DraftKind, SaveDraft, Saving};

use super::form::Json;
use super::here::Here;
use crate::promising::Said;
use crate::sheets::DraftSheet;
use crate::{Desk, Oops, limits, seal, words};

#[derive(Deserialize)]
pub struct Given {
    #[serde(flatten)]
    words: Words,
    #[serde(default)]
    version: i64,
}

/// What lies under the seal.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Words {
    pub body: String,
    #[serde(default)]
    pub ticks: Vec<usize>,
    #[serde(default)]
    pub answered_for: Option<String>,
    /// What was said about its promises.
    #[serde(default)]
    pub promises: Said,
}

pub async fn keep(
    State(desk): State<Desk>,
    Path((_, kind)): Path<(String, String)>,
    here: Here,
    Json(given): Json<Given>,
) -> Result<Response, Oops> {
    let kind = DraftKind::parse(&kind).ok_or(Oops::NotFound)?;
    if given.words.body.len() > limits::DRAFT_BYTES_MAX
        || given.words.ticks.len() > limits::TICKS_MAX
        || given.words.promises.written().len() > limits::PROMISES_SAID_BYTES_MAX
    {
        return Err(Oops::TooLarge);
    }
    let is_empty = given.words.body.is_empty() && given.words.ticks.is_empty();
    if is_empty && forget(&desk, &here, kind, given.version).await? {
        return Ok(axum::Json(json!({ "version": 0 })).into_response());
    }
    let sealed = sealed(&here, kind, &given.words)?;
    let draft = SaveDraft {
        agent_id: &here.agent.id,
        conversation_id: &here.conversation.id,
        kind,
        expected_version: given.version,
        sealed: &sealed,
    };
    let now = desk.now();
    match desk.store().save_draft(&draft, now).await? {
        Saving::Saved(version) => {
            let kept = words::clock_time(now, desk.zone());
            let said = json!({ "version": version, "kept_at": now, "kept": kept });
            Ok(axum::Json(said).into_response())
        }
        Saving::Conflict { current } => {
            let current = open(&here, kind, current.as_ref());
            let said = json!({
                "version": current.version,
                "body": current.body,
                "ticks": current.ticks,
                "answered_for": current.answered_for,
                "kept_at": current.kept_at,
                "kept": current.kept_at.map(|at| words::clock_time(at, desk.zone())),
            });
            Ok((StatusCode::CONFLICT, axum::Json(said)).into_response())
        }
    }
}

/// The draft as its author left it; empty when there is none, or when it no longer opens.
pub async fn opened(desk: &Desk, here: &Here, kind: DraftKind) -> Result<DraftSheet, Oops> {
    let draft = desk
        .store()
        .draft(&here.agent.id, &here.conversation.id, kind)
        .await?;
    Ok(DraftSheet {
        once: uuid::Uuid::new_v4().to_string(),
        ..open(here, kind, draft.as_ref())
    })
}

/// Puts words above what is being written now, and gives the version of the whole.
pub async fn add_above(desk: &Desk, here: &Here, words: &str) -> Result<i64, Oops> {
    let kind = DraftKind::Reply;
    let mut current = opened(desk, here, kind).await?;
    loop {
        let body = match current.body.trim_end() {
            "" => words.to_owned(),
            newer => format!("{words}\n\n{newer}"),
        };
        let both = Words {
            body,
            ticks: current.ticks,
            answered_for: current.answered_for,
            promises: Said::read(&current.promises),
        };
        let draft = SaveDraft {
            agent_id: &here.agent.id,
            conversation_id: &here.conversation.id,
            kind,
            expected_version: current.version,
            sealed: &sealed(here, kind, &both)?,
        };
        match desk.store().save_draft(&draft, desk.now()).await? {
            Saving::Saved(version) => return Ok(version),
            Saving::Conflict { current: newer } => current = open(here, kind, newer.as_ref()),
        }
    }
}

pub fn sealed(here: &Here, kind: DraftKind, words: &Words) -> Result<Vec<u8>, Oops> {
    here.agent
        .key
        .seal(&serde_json::to_vec(words)?, &about(here, kind))
        .map_err(|fault| Oops::Broken(fault.to_string()))
}

fn open(here: &Here, kind: DraftKind, draft: Option<&Draft>) -> DraftSheet {
    let Some(draft) = draft else {
        return DraftSheet::default();
    };
    let words = here
        .agent
        .key
        .open(&draft.sealed, &about(here, kind))
        .ok()
        .and_then(|words| serde_json::from_slice::<Words>(&words).ok())
        .unwrap_or_else(|| {
            tracing::warn!("a draft did not open with its owner's key");
            Words::default()
        });
    DraftSheet {
        body: words.body,
        ticks: words.ticks,
        version: draft.version,
        kept_at: Some(draft.updated_at),
        answered_for: words.answered_for,
        promises: words.promises.written(),
        once: String::new(),
    }
}

fn about(here: &Here, kind: DraftKind) -> String {
    seal::about_draft(
        here.agent.id.as_str(),
        here.conversation.id.as_str(),
        kind.word(),
    )
}

async fn forget(desk: &Desk, here: &Here, kind: DraftKind, version: i64) -> Result<bool, Oops> {
    if version == 0 {
        let kept = desk
            .store()
            .draft(&here.agent.id, &here.conversation.id, kind)
            .await?;
        return Ok(kept.is_none());
    }
    Ok(desk
        .store()
        .drop_draft(&here.agent.id, &here.conversation.id, kind, version)
        .await?)
}
