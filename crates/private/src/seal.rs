//! What is kept, sealed: bound to its owner and its id, and as long as one of a few lengths.

use zeroize::Zeroize;

use crate::key::{Key, SEAL_BYTES};
use crate::{Fault, limits};

/// The bytes before the words that say how many of them are no padding.
const LENGTH_BYTES: usize = 4;

/// Whether sealed bytes have a length that sealing gives; whatever has another was not padded.
pub fn is_a_length(bytes: usize) -> bool {
    limits::LENGTHS.contains(&bytes)
}

/// Seals `words` for this agent under this id, padded.
pub fn seal(
    key: &Key,
    agent: &str,
    id: &str,
    nonce: &[u8],
    words: &[u8],
) -> Result<Vec<u8>, Fault> {
    let needed = words.len() + LENGTH_BYTES + SEAL_BYTES;
    let length = limits::LENGTHS
        .into_iter()
        .find(|length| needed <= *length)
        .ok_or(Fault::TooLong)?;
    let mut padded = Vec::with_capacity(length);
    padded.extend_from_slice(&(words.len() as u32).to_le_bytes());
    padded.extend_from_slice(words);
    padded.resize(length - SEAL_BYTES, 0);
    let sealed = key.encrypt(&padded, nonce, &about(agent, id));
    padded.zeroize();
    sealed
}

/// The words, if they were sealed with this key for this agent under this id.
pub fn open(key: &Key, agent: &str, id: &str, sealed: &[u8]) -> Result<Vec<u8>, Fault> {
    let mut padded = key.decrypt(sealed, &about(agent, id))?;
    let words = unpadded(&padded).map(<[u8]>::to_vec);
    padded.zeroize();
    words.ok_or(Fault::DoesNotOpen)
}

fn unpadded(padded: &[u8]) -> Option<&[u8]> {
    let (length, rest) = padded.split_first_chunk::<LENGTH_BYTES>()?;
    rest.get(..u32::from_le_bytes(*length) as usize)
}

fn about(agent: &str, id: &str) -> String {
    format!("unruffled, a room of one's own, form 1: {id} of {agent}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(byte: u8) -> Key {
        Key::of(&[byte; 32]).expect("a key")
    }

    #[track_caller]
    fn sealed(words: &[u8]) -> Vec<u8> {
        seal(&key(1), "ada", "7", &[5; 24], words).expect("sealed")
    }

    #[test]
    fn what_is_kept_opens_for_its_owner_in_its_place_alone() {
        let sealed = sealed("a line for me".as_bytes());
        assert_eq!(
            open(&key(1), "ada", "7", &sealed),
            Ok(b"a line for me".to_vec())
        );
        for (byte, agent, id) in [(2, "ada", "7"), (1, "ben", "7"), (1, "ada", "8")] {
            assert_eq!(
                open(&key(byte), agent, id, &sealed),
                Err(Fault::DoesNotOpen)
            );
        }
        for at in [0, 23, 24, 600, 1023] {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert_eq!(
                open(&key(1), "ada", "7", &changed),
                Err(Fault::DoesNotOpen),
                "{at}"
            );
        }
        assert_eq!(open(&key(1), "ada", "7", b"short"), Err(Fault::DoesNotOpen));
    }

    #[test]
    fn a_length_says_little() {
        for (words, length) in [
            (0, 1 << 10),
            (1, 1 << 10),
            (980, 1 << 10),
            (981, 1 << 12),
            (4_000, 1 << 12),
            (60_000, 1 << 16),
            ((1 << 18) - 44, 1 << 18),
        ] {
            let words = vec![b'a'; words];
            let sealed = sealed(&words);
            assert_eq!(sealed.len(), length, "{} bytes", words.len());
            assert!(is_a_length(sealed.len()));
            assert_eq!(open(&key(1), "ada", "7", &sealed), Ok(words));
        }
        let longest = vec![b'a'; (1 << 18) - 43];
        assert_eq!(
            seal(&key(1), "ada", "7", &[5; 24], &longest),
            Err(Fault::TooLong)
        );
        assert!(!is_a_length(1000));
    }
}
