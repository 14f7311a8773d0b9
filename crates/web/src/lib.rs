//! The engine for a browser or Node, without a generator of bindings: JSON in, JSON out, through two buffers.
//!
//! 1. `input(length)` makes room and gives its address; write the JSON there, as UTF-8.
//! 2. `read()` or `review()` answers with the length of the result, in bytes.
//! 3. `output()` gives its address.
//!
//! What goes in is what `unruffled schema` describes for one line of `--jsonl`; what comes out is the reading or the review
//! itself, or `{"error": "…"}`. The first call loads the cards. `tests/web/smoke.mjs` is an example of fifteen lines.

use jiff::Zoned;
use serde::{Deserialize, Serialize};
use std::cell::RefCell;
use std::sync::LazyLock;
use unruffled_engine::{DraftInput, Earlier, Engine, KnownFact, MessageInput};

// The names are plain for JavaScript alone: anywhere else `read` is the C library's.
static ENGINE: LazyLock<Engine> = LazyLock::new(Engine::embedded);

thread_local! {
    static INPUT: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    static OUTPUT: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// More than this is no message; the engine would not read it to its end either.
const INPUT_BYTES_MAX: usize = 4 * 1024 * 1024;

#[derive(Deserialize)]
struct Message {
    text: String,
    #[serde(default)]
    earlier: Vec<Earlier>,
    now: Option<String>,
}

#[derive(Deserialize)]
struct Draft {
    draft: String,
    message: Option<String>,
    #[serde(default)]
    earlier: Vec<Earlier>,
    #[serde(default)]
    facts: Vec<KnownFact>,
    customer_name: Option<String>,
    now: Option<String>,
}

#[derive(Serialize)]
struct Refused {
    error: String,
}

/// Makes room for so many bytes of JSON and gives its address; a longer text than four megabytes gets none (0).
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
        input.clear();
        input.resize(length, 0);
        input.as_mut_ptr() as usize
    })
}

/// Reads the message in the input; the length of the answer in bytes.
#[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
#[cfg_attr(
    target_arch = "wasm32",
    expect(unsafe_code, reason = "JavaScript calls it by this name")
)]
pub extern "C" fn read() -> usize {
    answer(|message: Message| {
        let now = moment(message.now.as_deref())?;
        Ok(ENGINE.read(&MessageInput {
            text: &message.text,
            earlier: &message.earlier,
            now: now.as_ref(),
            ..Default::default()
        }))
    })
}

/// Reviews the draft in the input; the length of the answer in bytes.
#[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
#[cfg_attr(
    target_arch = "wasm32",
    expect(unsafe_code, reason = "JavaScript calls it by this name")
)]
pub extern "C" fn review() -> usize {
    answer(|draft: Draft| {
        let now = moment(draft.now.as_deref())?;
        Ok(ENGINE.review(&DraftInput {
            draft: &draft.draft,
            message: draft.message.as_deref(),
            earlier: &draft.earlier,
            facts: &draft.facts,
            customer_name: draft.customer_name.as_deref(),
            now: now.as_ref(),
            ..Default::default()
        }))
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

/// RFC 3339 with an offset; a zone's name in brackets needs a database that a page does not have.
fn moment(now: Option<&str>) -> Result<Option<Zoned>, String> {
    let Some(now) = now else { return Ok(None) };
    let offset = now.get(now.len().saturating_sub(OFFSET_BYTES)..);
    let named = format!("{now}[{}]", offset.unwrap_or_default());
    let parsed = now.parse().or_else(|_| named.parse());
    parsed
        .map(Some)
        .map_err(|why: jiff::Error| format!("now: {why}"))
}

/// "+01:00".
const OFFSET_BYTES: usize = 6;

fn answer<In, Out>(work: impl FnOnce(In) -> Result<Out, String>) -> usize
where
    In: for<'de> Deserialize<'de>,
    Out: Serialize,
{
    let parsed = INPUT.with_borrow(|input| serde_json::from_slice::<In>(input));
    let json = match parsed.map_err(|why| why.to_string()).and_then(work) {
        Ok(found) => serde_json::to_vec(&found),
        Err(error) => serde_json::to_vec(&Refused { error }),
    };
    let json = json.unwrap_or_default();
    let length = json.len();
    OUTPUT.set(json);
    length
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a page would get: the words of the answer.
    fn asked(call: extern "C" fn() -> usize, json: &str) -> String {
        INPUT.set(json.as_bytes().to_vec());
        let length = call();
        OUTPUT.with_borrow(|output| {
            assert_eq!(output.len(), length);
            String::from_utf8_lossy(output).into_owned()
        })
    }

    #[test]
    fn a_page_reads_and_reviews_in_json() {
        let said = asked(read, r#"{"text": "Where is my parcel?"}"#);
        assert!(said.contains(r#""kind":"where""#), "{said}");
        let said = asked(
            review,
            r#"{"draft": "I'll write by 4 pm.", "message": "Where is it?", "now": "2026-05-04T10:00:00+01:00"}"#,
        );
        assert!(said.contains("2026-05-04T16:00:00+01:00"), "{said}");
    }

    #[test]
    fn a_wrong_line_is_refused_in_words() {
        for json in [
            "",
            "{",
            r#"{"text": 5}"#,
            r#"{"text": "a", "now": "soon é"}"#,
        ] {
            let said = asked(read, json);
            assert!(said.starts_with(r#"{"error":"#), "{json}: {said}");
        }
        assert_eq!(input(INPUT_BYTES_MAX + 1), 0);
    }
}
