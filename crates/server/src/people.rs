//! Adding agents and changing their passwords, for the door and for seeding.

use unruffled_store::{AgentId, NewAgent};

use crate::seal::SealKey;
use crate::{Desk, Oops, limits, password};

/// Why somebody could not be added, or a password not be changed; ready to be printed.
#[derive(Debug, thiserror::Error)]
pub enum PeopleFault {
    #[error("{0}")]
    Unusable(&'static str),
    #[error("There is nobody here with the login {0:?}.")]
    Nobody(String),
    #[error("The old password is not the right one. Nothing was changed.")]
    WrongPassword,
    #[error(transparent)]
    Store(#[from] unruffled_store::Error),
    #[error("{0}")]
    Broken(String),
}

impl From<Oops> for PeopleFault {
    fn from(fault: Oops) -> Self {
        Self::Broken(fault.to_string())
    }
}

impl Desk {
    /// Adds an agent with a key of their own and lets them into the inbox.
    pub async fn add_agent(
        &self,
        login: &str,
        name: &str,
        password: &str,
    ) -> Result<AgentId, PeopleFault> {
        let login = login.trim();
        let is_plain = |c: char| c.is_alphanumeric() || "._-@+".contains(c);
        if login.is_empty() || login.len() > limits::LOGIN_BYTES_MAX || !login.chars().all(is_plain)
        {
            return Err(PeopleFault::Unusable(
                "A login is made of letters, digits and . _ - @ +, a hundred at most.",
            ));
        }
        if name.trim().is_empty() || name.chars().any(char::is_control) {
            return Err(PeopleFault::Unusable(
                "A name is wanted: customers see it under replies.",
            ));
        }
        if let Some(words) = password::refuse(password) {
            return Err(PeopleFault::Unusable(words));
        }
        // The key is wrapped for this login, because the store makes the id only when it writes.
        let (secret, whose) = (password.to_owned(), login.to_lowercase());
        let locked =
            password::apart(move || password::lock(&secret, &whose, &SealKey::fresh())).await??;
        let agent = NewAgent {
            login,
            name: name.trim(),
            password_hash: &locked.hash,
            seal_salt: &locked.salt,
            sealed_key: &locked.sealed_key,
        };
        let id = self.store().add_agent(&agent, self.now()).await?;
        self.store().join_inbox(self.inbox(), &id).await?;
        Ok(id)
    }

    /// Changes a password. With the old one, kept drafts stay readable; without it they are lost to
    /// everybody, because nobody else ever had the key. Every session of theirs ends.
    pub async fn change_password(
        &self,
        login: &str,
        old: Option<&str>,
        new: &str,
    ) -> Result<(), PeopleFault> {
        if let Some(words) = password::refuse(new) {
            return Err(PeopleFault::Unusable(words));
        }
        let agent = self
            .store()
            .agent_by_login(login)
            .await?
            .ok_or_else(|| PeopleFault::Nobody(login.to_owned()))?;
        let locked = password::Locked {
            hash: agent.password_hash,
            salt: agent.seal_salt,
            sealed_key: agent.sealed_key,
        };
        let (old, new, whose) = (old.map(str::to_owned), new.to_owned(), agent.login);
        let changed = password::apart(move || {
            let key = match old {
                Some(old) => password::unlock(&old, &whose, &locked)?,
                None => Some(SealKey::fresh()),
            };
            key.map(|key| password::lock(&new, &whose, &key))
                .transpose()
        })
        .await??
        .ok_or(PeopleFault::WrongPassword)?;
        self.store()
            .change_password(&agent.id, &changed.hash, &changed.salt, &changed.sealed_key)
            .await?;
        Ok(())
    }
}
