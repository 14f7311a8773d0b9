//! The printed recovery key: 160 bits in eight groups of five letters, each with a letter that shows a slip of the pen.

use zeroize::Zeroize;

use crate::Fault;
use crate::key::{Costs, Key};

/// Bytes of the secret in it: too many to be guessed, few enough to be typed.
pub const RECOVERY_BYTES: usize = 20;

const GROUPS: usize = 8;
const LETTERS: usize = 4;

/// No letter that looks like another one: i, l and o are read as 1, 1 and 0; u is left out.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The largest prime below the alphabet's length: one wrong letter or two exchanged ones show.
const CHECK: usize = 31;

/// A recovery key.
#[derive(Clone, PartialEq, Eq)]
pub struct Recovery([u8; RECOVERY_BYTES]);

impl Drop for Recovery {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl std::fmt::Debug for Recovery {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Recovery")
    }
}

impl Recovery {
    /// Of twenty bytes that nobody can guess.
    pub fn of(bytes: &[u8]) -> Result<Self, Fault> {
        bytes.try_into().map(Self).map_err(|_| Fault::Malformed)
    }

    /// As it is printed: `7K3MC-…`.
    pub fn words(&self) -> String {
        let mut words = String::new();
        for (group, values) in self.values().chunks(LETTERS).enumerate() {
            if group > 0 {
                words.push('-');
            }
            for value in values.iter().copied().chain([check(group, values)]) {
                words.push(char::from(ALPHABET[value]));
            }
        }
        words
    }

    /// As it was typed: in any case of letters, with spaces, lines and dashes anywhere.
    pub fn read(words: &str) -> Result<Self, Fault> {
        let mut values = Vec::with_capacity(GROUPS * (LETTERS + 1));
        for letter in words.chars().filter(|it| it.is_alphanumeric()) {
            let group = (values.len() / (LETTERS + 1) + 1).min(GROUPS) as u8;
            values.push(value_of(letter).ok_or(Fault::Typo(group))?);
        }
        let mut bits = Vec::with_capacity(GROUPS * LETTERS);
        for (group, all) in values.chunks(LETTERS + 1).enumerate() {
            let (letters, last) = all.split_at(LETTERS.min(all.len()));
            if group >= GROUPS || last.len() != 1 || last[0] != check(group, letters) {
                return Err(Fault::Typo((group + 1).min(GROUPS) as u8));
            }
            bits.extend_from_slice(letters);
        }
        if bits.len() != GROUPS * LETTERS {
            return Err(Fault::Typo((bits.len() / LETTERS + 1) as u8));
        }
        let mut bytes = [0; RECOVERY_BYTES];
        for (at, value) in bits.iter().enumerate() {
            for bit in 0..5 {
                if value >> (4 - bit) & 1 == 1 {
                    let place = at * 5 + bit;
                    bytes[place / 8] |= 1 << (7 - place % 8);
                }
            }
        }
        values.zeroize();
        bits.zeroize();
        Ok(Self(bytes))
    }

    /// The key that it wraps a room's key with. 160 bits are not guessed, so this spends next to nothing.
    pub fn key(&self, salt: &[u8]) -> Result<Key, Fault> {
        const COSTS: Costs = Costs {
            memory_kib: 1024,
            passes: 1,
        };
        Key::derived(&self.0, salt, COSTS)
    }

    fn values(&self) -> Vec<usize> {
        (0..GROUPS * LETTERS)
            .map(|at| {
                (0..5).fold(0, |value, bit| {
                    let place = at * 5 + bit;
                    value << 1 | usize::from(self.0[place / 8] >> (7 - place % 8) & 1)
                })
            })
            .collect()
    }
}

/// The group's own place counts, so that two groups exchanged show as well.
fn check(group: usize, values: &[usize]) -> usize {
    let sum: usize = values
        .iter()
        .zip(1..)
        .map(|(value, weight)| value * weight)
        .sum();
    (sum + (group + 1) * 11) % CHECK
}

fn value_of(letter: char) -> Option<usize> {
    let plain = match letter.to_ascii_uppercase() {
        'I' | 'L' => '1',
        'O' => '0',
        other => other,
    };
    ALPHABET
        .iter()
        .position(|known| char::from(*known) == plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recovery() -> Recovery {
        let bytes: Vec<u8> = (0..20).map(|at| at * 13 + 7).collect();
        Recovery::of(&bytes).expect("twenty bytes")
    }

    #[test]
    fn what_is_printed_reads_back_however_it_is_typed() {
        let words = recovery().words();
        assert_eq!(words.len(), 8 * 5 + 7);
        assert_eq!(Recovery::read(&words), Ok(recovery()));
        let typed = words
            .to_lowercase()
            .replace('-', " \n ")
            .replace('0', "o")
            .replace('1', "l");
        assert_eq!(Recovery::read(&typed), Ok(recovery()));
        for byte in [0, 255] {
            let edge = Recovery::of(&[byte; 20]).expect("twenty bytes");
            assert_eq!(Recovery::read(&edge.words()), Ok(edge));
        }
    }

    #[test]
    fn a_slip_names_its_group() {
        let words = recovery().words();
        let groups: Vec<&str> = words.split('-').collect();
        for (at, group) in groups.iter().enumerate() {
            let swapped: String = {
                let mut letters: Vec<char> = group.chars().collect();
                letters[0] = if letters[0] == '5' { '6' } else { '5' };
                letters.into_iter().collect()
            };
            let mut with_a_slip = groups.clone();
            with_a_slip[at] = &swapped;
            assert_eq!(
                Recovery::read(&with_a_slip.join("-")),
                Err(Fault::Typo(at as u8 + 1))
            );
        }
        let mut exchanged = groups.clone();
        exchanged.swap(2, 3);
        assert_eq!(Recovery::read(&exchanged.join("-")), Err(Fault::Typo(3)));
        assert_eq!(Recovery::read(&groups[..7].join("-")), Err(Fault::Typo(8)));
        assert_eq!(Recovery::read(""), Err(Fault::Typo(1)));
        assert_eq!(
            Recovery::read(&format!("{words}-{}", groups[0])),
            Err(Fault::Typo(8))
        );
        assert_eq!(Recovery::read("ünder"), Err(Fault::Typo(1)));
    }
}
