//! Passwords: hashed with argon2id off the event loop, one at a time, and never in unequal time.

use std::sync::OnceLock;

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::Semaphore;

use crate::seal::{SealKey, random};
use crate::{Oops, limits};

/// Each hash takes 46 MiB while it lasts; more at once would outgrow a small machine.
static PLACES: Semaphore = Semaphore::const_new(limits::HASHES_AT_ONCE_MAX);

/// What is stored of a password: a hash to compare with, and an agent's key wrapped with it.
#[derive(Clone)]
pub struct Locked {
    pub hash: String,
    pub salt: Vec<u8>,
    pub sealed_key: Vec<u8>,
}

/// Locks `key` with a new password.
pub fn lock(password: &str, agent: &str, key: &SealKey) -> Result<Locked, Oops> {
    let broken = |fault: &dyn std::fmt::Display| Oops::Broken(format!("argon2: {fault}"));
    let hash = hasher()
        .hash_password(password.as_bytes())
        .map_err(|fault| broken(&fault))?
        .to_string();
    let salt = random().to_vec();
    let sealed_key = derive(password, &salt)?
        .wrap(key, agent)
        .map_err(|fault| broken(&fault))?;
    Ok(Locked {
        hash,
        salt,
        sealed_key,
    })
}

/// The agent's key, if the password is right.
pub fn unlock(password: &str, agent: &str, locked: &Locked) -> Result<Option<SealKey>, Oops> {
    if !matches(password, &locked.hash) {
        return Ok(None);
    }
    let key = derive(password, &locked.salt)?
        .unwrap(&locked.sealed_key, agent)
        .map_err(|fault| Oops::Broken(fault.to_string()))?;
    Ok(Some(key))
}

/// Takes as long as [`unlock`] takes with a wrong password, so that nobody learns which logins exist.
pub fn pretend(password: &str) {
    static NOBODY: OnceLock<String> = OnceLock::new();
    let hash = NOBODY.get_or_init(|| {
        hasher()
            .hash_password(b"nobody")
            .map(|hash| hash.to_string())
            .unwrap_or_default()
    });
    let _ = matches(password, hash);
}

/// Runs a hash on a thread of its own, when its turn has come.
pub async fn apart<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Oops> {
    let _place = PLACES.acquire().await.map_err(|_| Oops::Busy)?;
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|_| Oops::Broken("hashing stopped".to_owned()))
}

/// Why a new password cannot be taken, in a sentence; none when it can.
pub fn refuse(password: &str) -> Option<&'static str> {
    if password.chars().count() < limits::PASSWORD_CHARS_MIN {
        Some("A password needs at least ten characters; a few words in a row are easy to keep.")
    } else if password.len() > limits::PASSWORD_BYTES_MAX {
        Some("That password is longer than a thousand characters; a shorter one is as safe.")
    } else {
        None
    }
}

/// One pass over 46 MiB, as strong as the usual two over 19. The size also matters for what is left
/// afterwards: the system's allocator gives blocks above 32 MiB back at once and keeps smaller ones.
fn hasher() -> Argon2<'static> {
    let params = Params::new(limits::HASH_KIB, 1, 1, None).unwrap_or(Params::DEFAULT);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

fn matches(password: &str, hash: &str) -> bool {
    PasswordHash::new(hash)
        .is_ok_and(|hash| hasher().verify_password(password.as_bytes(), &hash).is_ok())
}

fn derive(password: &str, salt: &[u8]) -> Result<SealKey, Oops> {
    let mut derived = [0; 32];
    hasher()
        .hash_password_into(password.as_bytes(), salt, &mut derived)
        .map_err(|fault| Oops::Broken(format!("argon2: {fault}")))?;
    Ok(SealKey::of_password(derived))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_right_password_opens_the_key() {
        let key = SealKey::fresh();
        let sealed = key.seal(b"mine", "x").expect("sealed");
        let locked = lock("correct horse", "ada", &key).expect("locked");
        let opened = unlock("correct horse", "ada", &locked)
            .expect("ran")
            .expect("right");
        assert_eq!(opened.open(&sealed, "x").expect("opened"), b"mine");
        assert!(
            unlock("wrong horse", "ada", &locked)
                .expect("ran")
                .is_none()
        );
    }
}
