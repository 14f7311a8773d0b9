//! The room of one's own: its page, how it is locked, and sealed bytes in and out. Nothing in it can be read here.

use axum::Json as Answer;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum_extra::extract::cookie::CookieJar;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use unruffled_private::{key, limits as private, seal as private_seal};
use unruffled_store::{Error, OwnRoom, OwnThingId};

use super::around::{self, Listing};
use super::form::Json;
use super::page;
use crate::session::{self, Agent};
use crate::sheets::own::OwnSheet;
use crate::{Desk, Oops, pages, seal};

const BYTES: &str = "application/octet-stream";

/// How a room is locked, as the browser made it.
#[derive(Serialize, Deserialize)]
pub struct Lock {
    salt: Vec<u8>,
    memory_kib: u32,
    passes: u32,
    key_by_passphrase: Vec<u8>,
    recovery_salt: Vec<u8>,
    key_by_recovery: Vec<u8>,
}

#[derive(Deserialize)]
pub struct Given {
    lock: Lock,
    /// How it was locked before; none for a new room.
    before: Option<Lock>,
}

pub async fn show(State(desk): State<Desk>, agent: Agent) -> Result<Response, Oops> {
    page(pages::own(&OwnSheet {
        around: around::of(&desk, &agent, &Listing::default()).await?,
    }))
}

/// How this agent's own room is locked; `null` where there is none.
pub async fn room(State(desk): State<Desk>, agent: Agent) -> Result<Answer<Value>, Oops> {
    let lock = desk.store().own_room(&agent.id).await?.map(Lock::of);
    Ok(Answer(json!({ "lock": lock })))
}

/// Makes a room, or locks it anew.
pub async fn lock(
    State(desk): State<Desk>,
    agent: Agent,
    Json(given): Json<Given>,
) -> Result<Response, Oops> {
    let after = given.lock.checked()?;
    let store = desk.store();
    let done = match given.before {
        None => {
            store
                .make_own_room(&agent.id, &after, &seal::random())
                .await?
        }
        Some(before) => {
            store
                .change_own_room(&agent.id, &before.checked()?, &after)
                .await?
        }
    };
    if !done {
        return Err(Oops::TooLate(
            "Your room was locked otherwise meanwhile, in another tab perhaps. Nothing was changed; load the page again.",
        ));
    }
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Deletes the room with everything in it, whoever has lost both of its keys included.
pub async fn delete(State(desk): State<Desk>, agent: Agent) -> Result<Answer<Value>, Oops> {
    let overwritten = desk.store().delete_own_room(&agent.id).await?;
    Ok(Answer(json!({ "overwritten": overwritten })))
}

/// What the browser wraps the key of an open room with, from page to page; see [`seal::of_open_room`].
pub async fn session_key(_agent: Agent, jar: CookieJar) -> Result<Response, Oops> {
    let token = jar.get(session::COOKIE).ok_or(Oops::SignedOut)?;
    let key = seal::of_open_room(token.value());
    Ok(([(CONTENT_TYPE, BYTES)], key.to_vec()).into_response())
}

/// Everything that is kept: of each its id, how many bytes (four, little-endian), and these. A browser may keep the sealed
/// bytes, and asks each time whether they are still all.
pub async fn things(
    State(desk): State<Desk>,
    agent: Agent,
    headers: HeaderMap,
) -> Result<Response, Oops> {
    let mark = desk.store().own_mark(&agent.id).await?.unwrap_or_default();
    let mark: String = mark.iter().map(|byte| format!("{byte:02x}")).collect();
    let kept = [
        (ETAG, format!("\"{mark}\"")),
        (CACHE_CONTROL, "private, no-cache".to_owned()),
    ];
    let has = |tag: &HeaderValue| tag.as_bytes() == kept[0].1.as_bytes();
    if !mark.is_empty() && headers.get(IF_NONE_MATCH).is_some_and(has) {
        return Ok((StatusCode::NOT_MODIFIED, kept).into_response());
    }
    let mut all = Vec::new();
    for thing in desk.store().own_things(&agent.id).await? {
        all.extend_from_slice(thing.id.as_str().as_bytes());
        all.extend_from_slice(&(thing.sealed.len() as u32).to_le_bytes());
        all.extend_from_slice(&thing.sealed);
    }
    Ok((kept, [(CONTENT_TYPE, BYTES)], all).into_response())
}

pub async fn keep(
    State(desk): State<Desk>,
    agent: Agent,
    Path(id): Path<String>,
    sealed: Bytes,
) -> Result<Response, Oops> {
    let id = of_chance(&id)?;
    if !private_seal::is_a_length(sealed.len()) {
        return Err(Oops::Unusable(
            "This is not sealed and padded as a room of one's own keeps things, so it was not taken.",
        ));
    }
    match desk
        .store()
        .keep_own_thing(&agent.id, &id, &sealed, &seal::random())
        .await
    {
        Err(Error::Refused(says)) => Err(Oops::Said(says)),
        Err(Error::Missing(_)) => Err(Oops::TooLate(
            "There is no room to keep this in: it was deleted meanwhile. What you wrote is still on this page.",
        )),
        done => {
            done?;
            Ok(StatusCode::NO_CONTENT.into_response())
        }
    }
}

pub async fn remove(
    State(desk): State<Desk>,
    agent: Agent,
    Path(id): Path<String>,
) -> Result<Response, Oops> {
    desk.store()
        .remove_own_thing(&agent.id, &of_chance(&id)?, &seal::random())
        .await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// An id that tells nothing: one with a time in it would say when something was kept.
fn of_chance(id: &str) -> Result<OwnThingId, Oops> {
    uuid::Uuid::parse_str(id)
        .ok()
        .filter(|id| id.get_version() == Some(uuid::Version::Random))
        .and_then(|id| OwnThingId::parse(&id.to_string()))
        .ok_or(Oops::NotFound)
}

impl Lock {
    fn of(room: OwnRoom) -> Self {
        Self {
            salt: room.salt,
            memory_kib: room.memory_kib as u32,
            passes: room.passes as u32,
            key_by_passphrase: room.key_by_passphrase,
            recovery_salt: room.recovery_salt,
            key_by_recovery: room.key_by_recovery,
        }
    }

    fn checked(self) -> Result<OwnRoom, Oops> {
        let wrapped = key::KEY_BYTES + key::SEAL_BYTES;
        let fits = self.salt.len() == private::SALT_BYTES
            && self.recovery_salt.len() == private::SALT_BYTES
            && self.key_by_passphrase.len() == wrapped
            && self.key_by_recovery.len() == wrapped
            && self.memory_kib <= private::MEMORY_KIB_MAX
            && self.passes <= private::PASSES_MAX;
        if !fits {
            return Err(Oops::Unusable(
                "This is no lock of a room, so nothing was changed. Load the page again and try once more.",
            ));
        }
        Ok(OwnRoom {
            salt: self.salt,
            memory_kib: self.memory_kib.into(),
            passes: self.passes.into(),
            key_by_passphrase: self.key_by_passphrase,
            recovery_salt: self.recovery_salt,
            key_by_recovery: self.key_by_recovery,
        })
    }
}
