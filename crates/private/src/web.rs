//! The room for a browser, without a generator of bindings: bytes in, bytes out, and the open key in here alone.
//!
//! 1. `input(length)` makes room and gives its address; write the question's fields there, each with its length (four
//!    bytes, little-endian) before it.
//! 2. A verb answers with the length of what it gives, or with a number below nought that says why not.
//! 3. `output()` gives its address.
//!
//! Between the calls the key of the room that is open stays in this module's memory; JavaScript sees it only wrapped.
//! Whatever was put in is wiped when the verb is done. Chance is JavaScript's: it hands over what it drew.

use std::cell::RefCell;

use zeroize::Zeroize;

use crate::fields::{number, read, text};
use crate::key::{Costs, Key, Purpose};
use crate::recovery::Recovery;
use crate::{Fault, limits, seal};

thread_local! {
    static INPUT: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    static OUTPUT: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    static ROOM: RefCell<Option<Key>> = const { RefCell::new(None) };
}

/// The longest question: the longest thing to be kept, and its names.
const INPUT_BYTES_MAX: usize = limits::LENGTHS[limits::LENGTHS.len() - 1] + 4096;

/// Names that JavaScript calls; anywhere else they are ordinary functions.
macro_rules! verbs {
    ($($(#[$doc:meta])* $name:ident => $work:expr;)*) => {$(
        $(#[$doc])*
        #[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
        #[cfg_attr(target_arch = "wasm32", expect(unsafe_code, reason = "JavaScript calls it by this name"))]
        pub extern "C" fn $name() -> i32 {
            answer($work)
        }
    )*};
}

/// Makes room for so many bytes and gives its address; a longer question gets none (0).
#[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
#[cfg_attr(
    target_arch = "wasm32",
    expect(unsafe_code, reason = "JavaScript calls it by this name")
)]
pub extern "C" fn input(length: usize) -> usize {
    if length > INPUT_BYTES_MAX {
        return 0;
    }
    INPUT.with_borrow_mut(|input| {
        input.zeroize();
        input.resize(length, 0);
        input.as_mut_ptr() as usize
    })
}

/// The address of the last answer.
#[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
#[cfg_attr(
    target_arch = "wasm32",
    expect(unsafe_code, reason = "JavaScript calls it by this name")
)]
pub extern "C" fn output() -> usize {
    OUTPUT.with_borrow(|output| output.as_ptr() as usize)
}

verbs! {
    /// A new room, open: `key`.
    room_begin => |asked| {
        let [key] = read(asked)?;
        enter(Key::of(key)?)
    };

    /// The open room's key wrapped by a passphrase: `passphrase, salt, memory, passes, nonce, agent`.
    room_by_passphrase => |asked| {
        let [passphrase, salt, memory, passes, nonce, agent] = read(asked)?;
        let by = Key::derived(passphrase, salt, costs(memory, passes)?)?;
        with_room(|room| by.wrap(room, nonce, Purpose::Passphrase, text(agent)?))
    };

    /// The same by a recovery key: `bytes, salt, nonce, agent`. [`room_recovery_words`] gives its words.
    room_by_recovery => |asked| {
        let [bytes, salt, nonce, agent] = read(asked)?;
        let by = Recovery::of(bytes)?.key(salt)?;
        with_room(|room| by.wrap(room, nonce, Purpose::Recovery, text(agent)?))
    };

    /// A recovery key as it is printed: `bytes`.
    room_recovery_words => |asked| {
        let [bytes] = read(asked)?;
        Ok(Recovery::of(bytes)?.words().into_bytes())
    };

    /// Opens a room: `passphrase, salt, memory, passes, wrapped, agent`.
    room_enter => |asked| {
        let [passphrase, salt, memory, passes, wrapped, agent] = read(asked)?;
        let by = Key::derived(passphrase, salt, costs(memory, passes)?)?;
        enter(by.unwrap(wrapped, Purpose::Passphrase, text(agent)?)?)
    };

    /// Opens a room with what was printed: `words, salt, wrapped, agent`.
    room_recover => |asked| {
        let [words, salt, wrapped, agent] = read(asked)?;
        let by = Recovery::read(text(words)?)?.key(salt)?;
        enter(by.unwrap(wrapped, Purpose::Recovery, text(agent)?)?)
    };

    /// The open room's key for the next page: `session key, nonce, agent`.
    room_lend => |asked| {
        let [by, nonce, agent] = read(asked)?;
        let by = Key::of(by)?;
        with_room(|room| by.wrap(room, nonce, Purpose::Session, text(agent)?))
    };

    /// Opens the room that an earlier page lent: `session key, wrapped, agent`.
    room_take_back => |asked| {
        let [by, wrapped, agent] = read(asked)?;
        enter(Key::of(by)?.unwrap(wrapped, Purpose::Session, text(agent)?)?)
    };

    /// Seals: `agent, id, nonce, words`.
    room_seal => |asked| {
        let [agent, id, nonce, words] = read(asked)?;
        with_room(|room| seal::seal(room, text(agent)?, text(id)?, nonce, words))
    };

    /// Opens what was sealed: `agent, id, sealed`.
    room_open => |asked| {
        let [agent, id, sealed] = read(asked)?;
        with_room(|room| seal::open(room, text(agent)?, text(id)?, sealed))
    };

    /// Locks the room: nothing in here can open anything any more.
    room_leave => |_| {
        ROOM.set(None);
        Ok(Vec::new())
    };
}

fn costs(memory: &[u8], passes: &[u8]) -> Result<Costs, Fault> {
    Ok(Costs {
        memory_kib: number(memory)?,
        passes: number(passes)?,
    })
}

fn enter(key: Key) -> Result<Vec<u8>, Fault> {
    ROOM.set(Some(key));
    Ok(Vec::new())
}

fn with_room<T>(work: impl FnOnce(&Key) -> Result<T, Fault>) -> Result<T, Fault> {
    ROOM.with_borrow(|room| work(room.as_ref().ok_or(Fault::Locked)?))
}

fn answer(work: impl FnOnce(&[u8]) -> Result<Vec<u8>, Fault>) -> i32 {
    let done = INPUT.with_borrow_mut(|input| {
        let done = work(input);
        input.zeroize();
        done
    });
    OUTPUT.with_borrow_mut(Zeroize::zeroize);
    match done {
        Ok(words) => {
            let length = words.len() as i32;
            OUTPUT.set(words);
            length
        }
        Err(fault) => number_of(fault),
    }
}

/// What JavaScript is told instead of a length; `own-worker.js` has the same numbers.
fn number_of(fault: Fault) -> i32 {
    match fault {
        Fault::Malformed => -1,
        Fault::DoesNotOpen => -2,
        Fault::Locked => -3,
        Fault::TooLong => -4,
        Fault::Costs => -5,
        Fault::Typo(group) => -10 - i32::from(group),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(verb: extern "C" fn() -> i32, fields: &[&[u8]]) -> Result<Vec<u8>, i32> {
        let mut bytes = Vec::new();
        for field in fields {
            bytes.extend_from_slice(&(field.len() as u32).to_le_bytes());
            bytes.extend_from_slice(field);
        }
        INPUT.set(bytes);
        match verb() {
            length @ 0.. => Ok(OUTPUT.with_borrow(|output| output[..length as usize].to_vec())),
            fault => Err(fault),
        }
    }

    const SALT: &[u8] = &[3; 16];
    const CHEAP: [&[u8]; 2] = [&[64, 0, 0, 0], &[1, 0, 0, 0]];

    #[test]
    fn a_room_is_made_left_and_opened_by_three_keys() {
        let (salt, [memory, passes], nonce): (_, _, &[u8]) = (SALT, CHEAP, &[8; 24]);
        assert_eq!(asked(room_seal, &[b"ada", b"7", nonce, b"mine"]), Err(-3));
        asked(room_begin, &[&[9; 32]]).expect("begun");
        let by_passphrase = asked(
            room_by_passphrase,
            &[b"slow tide", salt, memory, passes, nonce, b"ada"],
        )
        .expect("wrapped");
        let by_recovery =
            asked(room_by_recovery, &[&[5; 20], salt, nonce, b"ada"]).expect("wrapped");
        let printed = asked(room_recovery_words, &[&[5; 20]]).expect("words");
        let lent = asked(room_lend, &[&[4; 32], nonce, b"ada"]).expect("lent");
        let sealed = asked(room_seal, &[b"ada", b"7", nonce, b"mine"]).expect("sealed");
        assert_eq!(sealed.len(), 1024);

        let opens = || asked(room_open, &[b"ada", b"7", &sealed]);
        assert_eq!(opens(), Ok(b"mine".to_vec()));
        for (verb, fields) in [
            (
                room_enter as extern "C" fn() -> i32,
                vec![
                    &b"slow tide"[..],
                    salt,
                    memory,
                    passes,
                    &by_passphrase,
                    b"ada",
                ],
            ),
            (room_recover, vec![&printed[..], salt, &by_recovery, b"ada"]),
            (room_take_back, vec![&[4; 32][..], &lent, b"ada"]),
        ] {
            asked(room_leave, &[]).expect("left");
            assert_eq!(opens(), Err(-3));
            asked(verb, &fields).expect("opened");
            assert_eq!(opens(), Ok(b"mine".to_vec()));
        }
    }

    #[test]
    fn a_fault_is_a_number_and_what_was_typed_is_wiped() {
        let [memory, passes] = CHEAP;
        let wrong: &[&[u8]] = &[b"wrong", SALT, memory, passes, &[0; 72], b"ada"];
        assert_eq!(asked(room_enter, wrong), Err(-2));
        INPUT.with_borrow(|input| assert!(input.is_empty()));
        let typo: &[&[u8]] = &[b"7K3M", SALT, &[0; 72], b"ada"];
        assert_eq!(asked(room_recover, typo), Err(-11));
        assert_eq!(asked(room_enter, &[b"alone"]), Err(-1));
        assert_eq!(
            asked(room_enter, &[b"w", SALT, &[255; 4], passes, &[], b"ada"]),
            Err(-5)
        );
        assert_eq!(input(INPUT_BYTES_MAX + 1), 0);
    }
}
