//! Agents: the people who answer. Their keys are sealed before they come here.

use crate::{AgentId, Error, Result, Store, Time};
use std::fmt;

/// Somebody who answers.
#[derive(Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Agent {
    /// The id.
    pub id: AgentId,
    /// What they log in with, lower-case.
    pub login: String,
    /// What colleagues and customers call them.
    pub name: String,
    /// The password's hash, with its own salt and settings, as one line of text.
    pub password_hash: String,
    /// The salt of the key that wraps `sealed_key`.
    pub seal_salt: Vec<u8>,
    /// The key of their private entries, sealed with their password: bytes that nobody here can read.
    pub sealed_key: Vec<u8>,
    /// Since when.
    pub created_at: Time,
}

impl fmt::Debug for Agent {
    /// Hashes and keys stay out of logs.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Agent")
            .field("id", &self.id)
            .field("login", &self.login)
            .finish_non_exhaustive()
    }
}

/// An agent to be added.
#[derive(Clone, Copy)]
pub struct NewAgent<'a> {
    /// Stored lower-case, without surrounding space.
    pub login: &'a str,
    /// Their name.
    pub name: &'a str,
    /// See [`Agent::password_hash`].
    pub password_hash: &'a str,
    /// See [`Agent::seal_salt`].
    pub seal_salt: &'a [u8],
    /// See [`Agent::sealed_key`].
    pub sealed_key: &'a [u8],
}

const BY_LOGIN: &str = "select * from agents where login = $1";
const BY_ID: &str = "select * from agents where id = $1";
const ALL: &str = "select * from agents order by name, login";
const ADD: &str =
    "insert into agents (id, login, name, password_hash, seal_salt, sealed_key, created_at)
    values ($1, $2, $3, $4, $5, $6, $7)";
const CHANGE_PASSWORD: &str =
    "update agents set password_hash = $2, seal_salt = $3, sealed_key = $4 where id = $1";
const CLOSE_SESSIONS: &str = "delete from sessions where agent_id = $1";

/// Logins are compared without case and surrounding space.
fn plain(login: &str) -> String {
    login.trim().to_lowercase()
}

impl Store {
    /// Adds an agent; [`Error::Taken`] when the login is somebody's already.
    pub async fn add_agent(&self, new: &NewAgent<'_>, now: Time) -> Result<AgentId> {
        let id = AgentId::fresh();
        let mut tx = self.begin().await?;
        let added = try_run!(
            tx,
            ADD,
            &id,
            plain(new.login),
            new.name,
            new.password_hash,
            new.seal_salt,
            new.sealed_key,
            now
        );
        match added {
            Ok(_) => tx.commit().await.map(|()| id),
            Err(said) if Error::is_taken(&said) => Err(Error::Taken("login")),
            Err(said) => Err(said.into()),
        }
    }

    /// The agent with this login, in any case of letters.
    pub async fn agent_by_login(&self, login: &str) -> Result<Option<Agent>> {
        Ok(find!(self, BY_LOGIN, plain(login)))
    }

    /// The agent with this id.
    pub async fn agent(&self, id: &AgentId) -> Result<Option<Agent>> {
        Ok(find!(self, BY_ID, id))
    }

    /// Everybody who answers, by name.
    pub async fn agents(&self) -> Result<Vec<Agent>> {
        Ok(list!(self, ALL))
    }

    /// Changes the password together with the key that it seals, and ends every session of theirs.
    pub async fn change_password(
        &self,
        id: &AgentId,
        password_hash: &str,
        seal_salt: &[u8],
        sealed_key: &[u8],
    ) -> Result<()> {
        let mut tx = self.begin().await?;
        let changed = run!(
            tx,
            CHANGE_PASSWORD,
            id,
            password_hash,
            seal_salt,
            sealed_key
        );
        if changed == 0 {
            return Err(Error::Missing("agent"));
        }
        run!(tx, CLOSE_SESSIONS, id);
        tx.commit().await
    }
}
