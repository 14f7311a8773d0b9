//! Drafts are sealed: neither the database nor a backup can show an unsent draft to anybody.
//!
//! Each agent has one random key. At rest it is wrapped with a key that only the password yields;
//! while a session lasts it is wrapped with a key that only the session's token yields, and the
//! token itself is in the agent's browser alone. The store sees wrapped keys and sealed bytes.

use chacha20poly1305::aead::{Aead, Generate, Payload};
use chacha20poly1305::{Key, KeyInit, XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac};
use sha2::Sha256;

const NONCE_BYTES: usize = 24;

/// An agent's own key, open for the length of a request.
#[derive(Clone)]
pub struct SealKey([u8; 32]);

impl std::fmt::Debug for SealKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SealKey")
    }
}

/// Bytes could not be opened: a wrong key, or bytes that belong somewhere else.
#[derive(Debug, thiserror::Error)]
#[error("sealed bytes that this key does not open")]
pub struct Sealed;

/// 32 bytes nobody can guess.
pub fn random() -> [u8; 32] {
    Key::generate().into()
}

impl SealKey {
    pub fn fresh() -> Self {
        Self(random())
    }

    /// The key that an agent's key is wrapped with while a session lasts.
    pub fn of_session(token: &str) -> Self {
        Self(of_token(token, b"unruffled: sealed by a session"))
    }

    /// The key that an agent's key is wrapped with at rest; `derived` comes from the password.
    pub fn of_password(derived: [u8; 32]) -> Self {
        Self(derived)
    }

    /// Seals `words` so that they open only here and only as what they are.
    pub fn seal(&self, words: &[u8], about: &str) -> Result<Vec<u8>, Sealed> {
        let nonce = XNonce::generate();
        let sealed = self
            .cipher()
            .encrypt(
                &nonce,
                Payload {
                    msg: words,
                    aad: about.as_bytes(),
                },
            )
            .map_err(|_| Sealed)?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    pub fn open(&self, sealed: &[u8], about: &str) -> Result<Vec<u8>, Sealed> {
        let (nonce, sealed) = sealed.split_at_checked(NONCE_BYTES).ok_or(Sealed)?;
        let nonce = <[u8; NONCE_BYTES]>::try_from(nonce).map_err(|_| Sealed)?;
        self.cipher()
            .decrypt(
                &XNonce::from(nonce),
                Payload {
                    msg: sealed,
                    aad: about.as_bytes(),
                },
            )
            .map_err(|_| Sealed)
    }

    /// Wraps another key; `agent` keeps one agent's key from being passed for another's.
    pub fn wrap(&self, key: &Self, agent: &str) -> Result<Vec<u8>, Sealed> {
        self.seal(&key.0, &format!("key of {agent}"))
    }

    pub fn unwrap(&self, wrapped: &[u8], agent: &str) -> Result<Self, Sealed> {
        let key = self.open(wrapped, &format!("key of {agent}"))?;
        <[u8; 32]>::try_from(key).map(Self).map_err(|_| Sealed)
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&Key::from(self.0))
    }
}

/// With this the browser wraps the key of its owner's open room from page to page. It can be made only while the token is
/// shown, and the token is shown by requests of a session alone: after logging out nobody here can make it again.
pub fn of_open_room(token: &str) -> [u8; 32] {
    of_token(token, b"unruffled: a room of one's own, open for a session")
}

fn of_token(token: &str, purpose: &[u8]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(purpose)
        .unwrap_or_else(|_| unreachable!("HMAC takes keys of every length"));
    mac.update(token.as_bytes());
    mac.finalize().into_bytes().into()
}

/// What a draft's seal is bound to: it opens for this agent, this conversation, this kind.
pub fn about_draft(agent: &str, conversation: &str, kind: &str) -> String {
    format!("draft of {agent} in {conversation} as {kind}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sealed_draft_opens_only_where_it_belongs() {
        let key = SealKey::fresh();
        let about = about_draft("ada", "12", "reply");
        let sealed = key.seal(b"not yet", &about).expect("sealed");
        assert_eq!(key.open(&sealed, &about).expect("opened"), b"not yet");
        assert!(
            key.open(&sealed, &about_draft("ada", "12", "note"))
                .is_err()
        );
        assert!(
            key.open(&sealed, &about_draft("ben", "12", "reply"))
                .is_err()
        );
        assert!(SealKey::fresh().open(&sealed, &about).is_err());
        assert!(key.open(b"short", &about).is_err());
    }

    #[test]
    fn a_key_goes_from_password_to_session_and_stays_the_same() {
        let key = SealKey::fresh();
        let at_rest = SealKey::of_password([7; 32]);
        let wrapped = at_rest.wrap(&key, "ada").expect("wrapped");
        let unwrapped = at_rest.unwrap(&wrapped, "ada").expect("unwrapped");
        assert_eq!(unwrapped.0, key.0);
        assert!(at_rest.unwrap(&wrapped, "ben").is_err());
        assert!(SealKey::of_session("a").unwrap(&wrapped, "ada").is_err());
    }
}
