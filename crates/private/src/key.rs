//! Keys: made by chance, made of a passphrase, wrapped by each other, and wiped when they are let go.

use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use zeroize::Zeroize;

use crate::{Fault, limits};

/// Bytes of a key.
pub const KEY_BYTES: usize = 32;
/// Bytes of a nonce: long enough to be drawn by chance, every time.
pub const NONCE_BYTES: usize = 24;
/// What sealing adds: the nonce before, the tag behind.
pub const SEAL_BYTES: usize = NONCE_BYTES + 16;

/// A key. It is never shown, and its bytes are overwritten when it goes.
#[derive(Clone)]
pub struct Key([u8; KEY_BYTES]);

impl Drop for Key {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key")
    }
}

/// What Argon2id is asked to spend on one passphrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Costs {
    pub memory_kib: u32,
    pub passes: u32,
}

/// What a wrapped key is wrapped for; one is never taken for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    Passphrase,
    Recovery,
    Session,
}

impl Purpose {
    fn about(self, agent: &str) -> String {
        let purpose = match self {
            Self::Passphrase => "passphrase",
            Self::Recovery => "recovery",
            Self::Session => "session",
        };
        format!("unruffled, a room of one's own, form 1: the key of {agent} by {purpose}")
    }
}

impl Key {
    /// A key of 32 bytes that nobody can guess.
    pub fn of(bytes: &[u8]) -> Result<Self, Fault> {
        bytes.try_into().map(Self).map_err(|_| Fault::Malformed)
    }

    /// The key that Argon2id makes of a secret.
    pub fn derived(secret: &[u8], salt: &[u8], costs: Costs) -> Result<Self, Fault> {
        if secret.is_empty()
            || secret.len() > limits::PASSPHRASE_BYTES_MAX
            || salt.len() != limits::SALT_BYTES
        {
            return Err(Fault::Malformed);
        }
        if costs.memory_kib > limits::MEMORY_KIB_MAX || costs.passes > limits::PASSES_MAX {
            return Err(Fault::Costs);
        }
        let params = Params::new(costs.memory_kib, costs.passes, 1, Some(KEY_BYTES))
            .map_err(|_| Fault::Costs)?;
        let mut key = Self([0; KEY_BYTES]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(secret, salt, &mut key.0)
            .map_err(|_| Fault::Costs)?;
        Ok(key)
    }

    /// Wraps the key of a room with this one.
    pub fn wrap(
        &self,
        room: &Self,
        nonce: &[u8],
        purpose: Purpose,
        agent: &str,
    ) -> Result<Vec<u8>, Fault> {
        self.encrypt(&room.0, nonce, &purpose.about(agent))
    }

    /// The key of a room, if this one wrapped it for this agent and purpose.
    pub fn unwrap(&self, wrapped: &[u8], purpose: Purpose, agent: &str) -> Result<Self, Fault> {
        let mut bytes = self.decrypt(wrapped, &purpose.about(agent))?;
        let key = Self::of(&bytes);
        bytes.zeroize();
        key
    }

    /// Nonce and ciphertext in one piece, bound to what it is about.
    pub(crate) fn encrypt(
        &self,
        words: &[u8],
        nonce: &[u8],
        about: &str,
    ) -> Result<Vec<u8>, Fault> {
        let nonce = <[u8; NONCE_BYTES]>::try_from(nonce).map_err(|_| Fault::Malformed)?;
        let payload = Payload {
            msg: words,
            aad: about.as_bytes(),
        };
        let sealed = self
            .cipher()
            .encrypt(&XNonce::from(nonce), payload)
            .map_err(|_| Fault::TooLong)?;
        Ok([&nonce[..], &sealed].concat())
    }

    pub(crate) fn decrypt(&self, sealed: &[u8], about: &str) -> Result<Vec<u8>, Fault> {
        let (nonce, sealed) = sealed
            .split_at_checked(NONCE_BYTES)
            .ok_or(Fault::DoesNotOpen)?;
        let nonce = <[u8; NONCE_BYTES]>::try_from(nonce).map_err(|_| Fault::DoesNotOpen)?;
        let payload = Payload {
            msg: sealed,
            aad: about.as_bytes(),
        };
        self.cipher()
            .decrypt(&XNonce::from(nonce), payload)
            .map_err(|_| Fault::DoesNotOpen)
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&self.0.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHEAP: Costs = Costs {
        memory_kib: 64,
        passes: 1,
    };
    const SALT: [u8; 16] = [3; 16];

    fn of_words(words: &str) -> Key {
        Key::derived(words.as_bytes(), &SALT, CHEAP).expect("derived")
    }

    #[test]
    fn only_the_right_passphrase_opens_the_room() {
        let room = Key::of(&[9; 32]).expect("a key");
        let wrapped = of_words("slow tide")
            .wrap(&room, &[1; 24], Purpose::Passphrase, "ada")
            .expect("wrapped");
        let open = |words: &str, purpose, agent: &str| {
            of_words(words)
                .unwrap(&wrapped, purpose, agent)
                .map(|key| key.0)
        };
        assert_eq!(open("slow tide", Purpose::Passphrase, "ada"), Ok([9; 32]));
        for (words, purpose, agent) in [
            ("slow tides", Purpose::Passphrase, "ada"),
            ("slow tide", Purpose::Recovery, "ada"),
            ("slow tide", Purpose::Session, "ada"),
            ("slow tide", Purpose::Passphrase, "ben"),
        ] {
            assert_eq!(
                open(words, purpose, agent),
                Err(Fault::DoesNotOpen),
                "{words} {agent}"
            );
        }
    }

    /// The same numbers as OpenSSL's Argon2id gives (asked through Python's `cryptography`), so that others could open it too.
    #[test]
    fn the_key_is_the_one_that_every_argon2id_makes() {
        let costs = Costs {
            memory_kib: 64,
            passes: 2,
        };
        let key = Key::derived(b"password", b"somesaltsomesalt", costs).expect("derived");
        let hex: String = key.0.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(
            hex,
            "1a98fba8e6394425c9bdc333a9c750aaf811df070f5fb4a5788e1cf4db5793a1"
        );
    }

    #[test]
    fn costs_that_no_browser_can_pay_are_refused() {
        for costs in [
            Costs {
                memory_kib: u32::MAX,
                passes: 1,
            },
            Costs {
                memory_kib: 64,
                passes: u32::MAX,
            },
            Costs {
                memory_kib: 0,
                passes: 0,
            },
        ] {
            assert_eq!(
                Key::derived(b"words", &SALT, costs).map(|_| ()),
                Err(Fault::Costs)
            );
        }
        assert_eq!(
            Key::derived(b"", &SALT, CHEAP).map(|_| ()),
            Err(Fault::Malformed)
        );
        assert_eq!(
            Key::derived(b"words", b"short", CHEAP).map(|_| ()),
            Err(Fault::Malformed)
        );
    }

    #[test]
    fn a_key_is_never_shown() {
        assert_eq!(format!("{:?}", of_words("slow tide")), "Key");
    }
}
