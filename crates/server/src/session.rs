//! Who is asking: the cookie, the session behind it, and the agent a handler is given.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use sha2::{Digest, Sha256};
use unruffled_store::{AgentId, Inbox, NewSession};

use crate::bus::Change;
use crate::clock::HOUR;
use crate::seal::{self, SealKey};
use crate::sheets::Person;
use crate::{Desk, Oops, limits};

pub const COOKIE: &str = "unruffled";

/// Somebody who is logged in. A handler that names this type cannot be reached without.
#[derive(Debug, Clone)]
pub struct Agent {
    pub id: AgentId,
    pub login: String,
    pub name: String,
    /// The inboxes this agent belongs to; everything else does not exist for them.
    pub inboxes: Vec<Inbox>,
    /// Opens this agent's own drafts, for as long as this request lasts.
    pub key: SealKey,
    pub token_hash: Vec<u8>,
    /// How far the bus was before this request read anything.
    pub mark: String,
}

impl Agent {
    pub fn person(&self) -> Person {
        Person {
            id: self.id.to_string(),
            login: self.login.clone(),
            name: self.name.clone(),
        }
    }
}

impl FromRequestParts<Desk> for Agent {
    type Rejection = Oops;

    async fn from_request_parts(parts: &mut Parts, desk: &Desk) -> Result<Self, Oops> {
        let jar = CookieJar::from_headers(&parts.headers);
        let token = jar.get(COOKIE).ok_or(Oops::SignedOut)?.value();
        let now = desk.now();
        let store = desk.store();
        let session = store
            .session(&token_hash(token), now)
            .await?
            .ok_or(Oops::SignedOut)?;
        let agent = store
            .agent(&session.agent_id)
            .await?
            .ok_or(Oops::SignedOut)?;
        let inboxes = store.inboxes_of(&agent.id).await?;
        if desk.presence().seen(&agent.id, now) {
            // Around again: whoever looks at the names sees it.
            for inbox in &inboxes {
                let inbox = inbox.id.to_string();
                desk.say(Change::Inbox { inbox });
            }
        }
        let key = SealKey::of_session(token)
            .unwrap(&session.sealed_key, agent.id.as_str())
            .map_err(|_| Oops::SignedOut)?;
        // A full disk must not keep anybody from reading: the session merely is not prolonged.
        if let Err(fault) = store.keep_session(&session, ends_at(now), now).await {
            tracing::warn!(%fault, "a session could not be prolonged");
        }
        Ok(Self {
            id: agent.id,
            login: agent.login,
            name: agent.name,
            inboxes,
            key,
            token_hash: session.token_hash,
            mark: desk.bus().mark(),
        })
    }
}

/// Opens a session and gives the token for the cookie; nobody else ever sees the token.
pub async fn open(desk: &Desk, agent: &AgentId, key: &SealKey) -> Result<String, Oops> {
    let token = hex(&seal::random());
    let sealed_key = SealKey::of_session(&token)
        .wrap(key, agent.as_str())
        .map_err(|fault| Oops::Broken(fault.to_string()))?;
    let now = desk.now();
    let session = NewSession {
        token_hash: &token_hash(&token),
        agent_id: agent,
        sealed_key: &sealed_key,
        expires_at: ends_at(now),
    };
    desk.store().open_session(&session, now).await?;
    Ok(token)
}

/// The store sees only this: a stolen database opens no session.
pub fn token_hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

/// The cookie for a token; `Secure` wherever the desk is reached by https.
pub fn cookie(token: String, secure: bool) -> Cookie<'static> {
    Cookie::build((COOKIE, token))
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(secure)
        .path("/")
        .build()
}

fn ends_at(now: i64) -> i64 {
    now + limits::SESSION_HOURS * HOUR
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
