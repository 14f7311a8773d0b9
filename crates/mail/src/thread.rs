//! Which conversation a letter belongs to: Message-IDs that only this desk can have made.
//!
//! The caller decides in this order: an id of ours in In-Reply-To or References ([`ours`]) first, then
//! ids of letters it already knows ([`known`]), and never the subject alone.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use uuid::Uuid;

use crate::{Letter, limits};

/// Half of SHA-256 is beyond guessing and keeps the id short enough for one header line.
const MAC_BYTES: usize = 16;

/// A fresh Message-ID (without brackets) that carries the conversation and proves that we made it:
/// `conversation.random.hmac@domain`.
pub fn sign(conversation: Uuid, domain: &str, secret: &[u8]) -> String {
    let random = hex(&Uuid::new_v4().as_bytes()[..8]);
    let signed = format!("{}.{random}", conversation.simple());
    let mac = mac(&signed, secret).finalize().into_bytes();
    let domain: String = domain
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-'))
        .collect();
    let domain = if domain.is_empty() {
        "unruffled.invalid"
    } else {
        &domain
    };
    format!("{signed}.{}@{domain}", hex(&mac[..MAC_BYTES]))
}

/// The conversation, if this id was made by [`sign`] with this secret. Brackets and upper case, which
/// some mail servers add, do no harm; the domain may have changed since.
pub fn verify(message_id: &str, secret: &[u8]) -> Option<Uuid> {
    let id = message_id
        .trim()
        .trim_start_matches('<')
        .trim_end_matches('>');
    let (left, _domain) = id.split_once('@')?;
    let left = left.to_ascii_lowercase();
    let (signed, tag) = left.rsplit_once('.')?;
    let tag = unhex(tag)?;
    if tag.len() != MAC_BYTES {
        return None;
    }
    mac(signed, secret).verify_truncated_left(&tag).ok()?;
    Uuid::try_parse(signed.split_once('.')?.0).ok()
}

/// The conversation that a letter answers by an id of ours, nearest answer first.
pub fn ours(letter: &Letter, secret: &[u8]) -> Option<Uuid> {
    known(letter).into_iter().find_map(|id| verify(id, secret))
}

/// The ids a letter says it answers, nearest first, each once: In-Reply-To, then References from the end.
pub fn known(letter: &Letter) -> Vec<&str> {
    let mut ids: Vec<&str> = Vec::new();
    for id in letter
        .in_reply_to
        .iter()
        .chain(letter.references.iter().rev())
    {
        if !ids.contains(&id.as_str()) {
            ids.push(id);
        }
    }
    ids
}

/// The References to write when answering: the first (where the conversation began) and the last few,
/// because some servers refuse long headers.
pub fn references(of_answered: &[String], answered: &str) -> Vec<String> {
    let mut all: Vec<&str> = of_answered
        .iter()
        .map(String::as_str)
        .filter(|id| *id != answered)
        .collect();
    all.push(answered);
    all.retain(|id| is_id(id));
    let length = |ids: &[&str]| ids.iter().map(|id| id.len() + 3).sum::<usize>();
    while length(&all) > limits::REFERENCES_BYTES_MAX && all.len() > 2 {
        all.remove(1);
    }
    if length(&all) > limits::REFERENCES_BYTES_MAX && all.len() == 2 {
        all.remove(0);
    }
    all.into_iter().map(str::to_owned).collect()
}

/// Whether this can stand between angle brackets in a header of ours.
pub(crate) fn is_id(id: &str) -> bool {
    !id.is_empty()
        && id.len() <= limits::MESSAGE_ID_BYTES_MAX
        && id
            .bytes()
            .all(|b| b.is_ascii_graphic() && !matches!(b, b'<' | b'>'))
}

fn mac(signed: &str, secret: &[u8]) -> Hmac<Sha256> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret)
        .unwrap_or_else(|_| unreachable!("HMAC takes keys of any length"));
    mac.update(signed.as_bytes());
    mac
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
            let _ = write!(out, "{byte:02x}");
            out
        })
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(2) || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    (0..text.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_desk_can_have_made_an_id() {
        let conversation = Uuid::from_u128(42);
        let id = sign(conversation, "baths.test", b"secret");
        assert!(is_id(&id) && id.len() < 120, "{id}");
        assert_eq!(verify(&id, b"secret"), Some(conversation));
        assert_eq!(
            verify(&format!(" <{}> ", id.to_uppercase()), b"secret"),
            Some(conversation)
        );
        assert_eq!(
            verify(&id.replace("@baths.test", "@new.test"), b"secret"),
            Some(conversation)
        );
        assert_eq!(verify(&id, b"other"), None);
        let (left, _) = id.split_once('@').expect("an id");
        let shorter = format!("{}@baths.test", &left[..left.len() - 2]);
        for wrong in [
            "",
            "@",
            "a@b",
            "..@b",
            "a.b.@c",
            "a.b.zz@c",
            "é.é.éé@c",
            &id.replacen("2a", "2b", 1),
            &shorter,
            left,
        ] {
            assert_eq!(verify(wrong, b"secret"), None, "{wrong}");
        }
        assert_ne!(id, sign(conversation, "baths.test", b"secret"));
    }

    #[test]
    fn a_domain_cannot_smuggle_anything_in() {
        assert!(is_id(&sign(Uuid::nil(), "a.test>\r\nBcc: x", b"")));
        assert!(is_id(&sign(Uuid::nil(), "", b"")));
    }
}
