//! Our own labelled sets, `eval/sets/*.jsonl`: written blind to the engine's code. `dev` was looked at, `test` was not.

use serde::de::DeserializeOwned;

/// The two halves. Cards may be mended with `dev` in view; `test` is only counted.
pub const HALVES: [&str; 2] = ["dev", "test"];

/// Pairs written to be hard: answers that share no word with what was asked, and drafts full of its words that do not answer it.
/// They may be looked at, and learnt from.
pub const HARD: &str = "hard";

/// Every item of one half of a set.
pub fn items<T: DeserializeOwned>(half: &str, set: &str) -> Result<Vec<T>, String> {
    let path = crate::root().join(format!("eval/sets/{half}/{set}.jsonl"));
    let text = std::fs::read_to_string(&path)
        .map_err(|why| format!("eval/sets/{half}/{set}.jsonl: {why}"))?;
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(at, line)| {
            serde_json::from_str(line)
                .map_err(|why| format!("eval/sets/{half}/{set}.jsonl:{}: {why}", at + 1))
        })
        .collect()
}
