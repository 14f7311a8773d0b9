//! The door: a page to log in, a session to hold, a way out.

use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts, Query, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::cookie::CookieJar;
use serde::Deserialize;
use unruffled_store::LoginGate;

use super::form::Form;
use super::page;
use crate::clock::MINUTE;
use crate::sheets::LoginSheet;
use crate::{Desk, Oops, limits, pages, password, session, words};

#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    next: String,
}

#[derive(Deserialize)]
pub struct Given {
    #[serde(default)]
    login: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    next: String,
}

pub async fn show(Query(asked): Query<Asked>) -> Result<Response, Oops> {
    page(pages::login(&LoginSheet {
        next: ours(&asked.next),
        ..LoginSheet::default()
    }))
}

pub async fn enter(
    State(desk): State<Desk>,
    Peer(peer): Peer,
    jar: CookieJar,
    Form(given): Form<Given>,
) -> Result<Response, Oops> {
    let wrong = || {
        let words = "This login and password do not belong together. Nothing is locked; try again.";
        again(&given, StatusCode::UNPROCESSABLE_ENTITY, words)
    };
    if given.login.len() > limits::LOGIN_BYTES_MAX
        || given.password.len() > limits::PASSWORD_BYTES_MAX
    {
        return wrong();
    }
    let (store, now) = (desk.store(), desk.now());
    let keys = [
        format!("login:{}", given.login.trim().to_lowercase()),
        format!("peer:{peer}"),
    ];
    for key in &keys {
        if let LoginGate::ClosedUntil(at) = store.login_allowed(key, now).await? {
            let at = words::clock_time(at + MINUTE, desk.zone());
            let words = format!(
                "There were many tries. The door opens again at {at}; your drafts are safe."
            );
            return again(&given, StatusCode::TOO_MANY_REQUESTS, &words);
        }
    }
    let Some(agent) = store.agent_by_login(&given.login).await? else {
        let secret = given.password.clone();
        password::apart(move || password::pretend(&secret)).await?;
        return wrong();
    };
    let locked = password::Locked {
        hash: agent.password_hash.clone(),
        salt: agent.seal_salt.clone(),
        sealed_key: agent.sealed_key.clone(),
    };
    let (whose, secret) = (agent.login.clone(), given.password.clone());
    let Some(key) = password::apart(move || password::unlock(&secret, &whose, &locked)).await??
    else {
        return wrong();
    };
    for key in &keys {
        store.login_succeeded(key).await?;
    }
    // A session that was there before is not carried on: what somebody planted opens nothing.
    if let Some(old) = jar.get(session::COOKIE) {
        store
            .close_session(&session::token_hash(old.value()))
            .await?;
    }
    let token = session::open(&desk, &agent.id, &key).await?;
    let jar = jar.add(session::cookie(token, desk.settings().is_https()));
    let to = ours(&given.next);
    let to = if to.is_empty() {
        "/inbox".to_owned()
    } else {
        to
    };
    Ok((jar, Redirect::to(&to)).into_response())
}

pub async fn leave(State(desk): State<Desk>, jar: CookieJar) -> Result<Response, Oops> {
    if let Some(token) = jar.get(session::COOKIE) {
        let hash = session::token_hash(token.value());
        if let Some(session) = desk.store().session(&hash, desk.now()).await? {
            desk.presence().gone(&session.agent_id);
        }
        desk.store().close_session(&hash).await?;
    }
    let mut gone = session::cookie(String::new(), desk.settings().is_https());
    gone.make_removal();
    Ok((jar.add(gone), Redirect::to("/login")).into_response())
}

fn again(given: &Given, status: StatusCode, problem: &str) -> Result<Response, Oops> {
    let sheet = LoginSheet {
        login: given.login.clone(),
        next: ours(&given.next),
        problem: Some(problem.to_owned()),
    };
    Ok((status, page(pages::login(&sheet))?).into_response())
}

/// Only addresses on this desk are gone on to: `//elsewhere.example` is not one.
fn ours(next: &str) -> String {
    let is_ours = next.starts_with('/')
        && !next.starts_with("//")
        && !next.contains('\\')
        && !next.chars().any(char::is_control);
    if is_ours {
        next.to_owned()
    } else {
        String::new()
    }
}

/// The address a request comes from. Another machine's word about it is believed only when it
/// comes through a proxy on this very machine, and then only the last word of it.
pub struct Peer(String);

impl FromRequestParts<Desk> for Peer {
    type Rejection = Oops;

    async fn from_request_parts(parts: &mut Parts, _: &Desk) -> Result<Self, Oops> {
        let direct = parts
            .extensions
            .get::<ConnectInfo<SocketAddr>>()
            .map(|ConnectInfo(peer)| peer.ip());
        let told = parts
            .headers
            .get("x-forwarded-for")
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.rsplit(',').next())
            .and_then(|last| last.trim().parse::<IpAddr>().ok());
        let peer = match (direct, told) {
            (Some(direct), Some(told)) if direct.is_loopback() => Some(told),
            (direct, _) => direct,
        };
        Ok(Self(peer.map_or_else(
            || "unknown".to_owned(),
            |peer| peer.to_string(),
        )))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_logging_in_one_stays_on_this_desk() {
        assert_eq!(ours("/conversations/12"), "/conversations/12");
        for elsewhere in [
            "//a.example",
            "https://a.example",
            "/\\a.example",
            "/a\r\nb",
            "",
        ] {
            assert_eq!(ours(elsewhere), "", "{elsewhere:?}");
        }
    }
}
