//! Sessions: who is logged in. Only a hash of the token is kept, so a copy of the database opens no door.

use crate::{AgentId, Result, Store, Time, limits::SESSION_SEEN_US, logins};

/// Somebody who is logged in.
#[derive(Clone, sqlx::FromRow)]
pub struct Session {
    /// SHA-256 of the token in the cookie.
    pub token_hash: Vec<u8>,
    /// Whose it is.
    pub agent_id: AgentId,
    /// The agent's key, sealed with a key made from the token itself.
    pub sealed_key: Vec<u8>,
    /// When they logged in.
    pub created_at: Time,
    /// When they were last seen, to about a minute.
    pub seen_at: Time,
    /// When it ends.
    pub expires_at: Time,
}

/// A session to be opened.
#[derive(Clone, Copy)]
pub struct NewSession<'a> {
    /// SHA-256 of the token.
    pub token_hash: &'a [u8],
    /// Whose it is.
    pub agent_id: &'a AgentId,
    /// See [`Session::sealed_key`].
    pub sealed_key: &'a [u8],
    /// When it ends.
    pub expires_at: Time,
}

const OPEN: &str =
    "insert into sessions (token_hash, agent_id, sealed_key, created_at, seen_at, expires_at)
    values ($1, $2, $3, $4, $4, $5)";
const FORGET_EXPIRED: &str = "delete from sessions where expires_at <= $1";
const FIND: &str = "select * from sessions where token_hash = $1 and expires_at > $2";
const SEEN: &str = "update sessions set seen_at = $2, expires_at = $3 where token_hash = $1";
const CLOSE: &str = "delete from sessions where token_hash = $1";

impl Store {
    /// Opens a session, and forgets those that have ended and the tries that no longer count.
    pub async fn open_session(&self, new: &NewSession<'_>, now: Time) -> Result<()> {
        let mut tx = self.begin().await?;
        run!(tx, FORGET_EXPIRED, now);
        logins::forget_old(&mut tx, now).await?;
        run!(
            tx,
            OPEN,
            new.token_hash,
            new.agent_id,
            new.sealed_key,
            now,
            new.expires_at
        );
        tx.commit().await
    }

    /// The session with this token's hash, unless it has ended.
    pub async fn session(&self, token_hash: &[u8], now: Time) -> Result<Option<Session>> {
        Ok(find!(self, FIND, token_hash, now))
    }

    /// Notes that the session is in use and moves its end; at most one write a minute.
    pub async fn keep_session(&self, session: &Session, expires_at: Time, now: Time) -> Result<()> {
        if now - session.seen_at < SESSION_SEEN_US {
            return Ok(());
        }
        let mut tx = self.begin().await?;
        run!(tx, SEEN, &session.token_hash, now, expires_at);
        tx.commit().await
    }

    /// Logs out.
    pub async fn close_session(&self, token_hash: &[u8]) -> Result<()> {
        let mut tx = self.begin().await?;
        run!(tx, CLOSE, token_hash);
        tx.commit().await
    }
}
