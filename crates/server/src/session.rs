//! Who is asking: the cookie, the session behind it, and the agent a handler is given.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use sha2::{Digest, Sha256};

use crate::{Desk, Oops};

pub const COOKIE: &str = "unruffled";

/// Somebody who is logged in. A handler that names this type cannot be reached without.
#[derive(Debug, Clone)]
pub struct Agent {
    pub id: String,
    pub login: String,
    pub name: String,
    /// Opens this agent's own drafts, for as long as this request lasts.
    pub token_hash: Vec<u8>,
}

impl FromRequestParts<Desk> for Agent {
    type Rejection = Oops;

    async fn from_request_parts(parts: &mut Parts, desk: &Desk) -> Result<Self, Oops> {
        let jar = CookieJar::from_headers(&parts.headers);
        let _token = jar.get(COOKIE).ok_or(Oops::SignedOut)?.value().to_owned();
        let _ = desk;
        Err(Oops::SignedOut)
    }
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
