//! Our own labelled sets, `eval/sets/*.jsonl`: written blind to the engine's code. `dev` was looked at, `test` was not.

use serde::de::DeserializeOwned;
use std::path::PathBuf;

/// The half that is only counted, and stays unread by whoever mends.
pub const COUNTED: &str = "test";

/// The two halves. Cards may be mended with `dev` in view.
const HALVES: [&str; 2] = ["dev", COUNTED];

/// Pairs written to be hard: answers that share no word with what was asked, and drafts full of its words that do not answer it.
/// They may be looked at, and learnt from.
pub const HARD: &str = "hard";

/// Pairs and good replies as they are written every day. Only counted.
pub const ORDINARY: &str = "ordinary";

/// Letters in difficult moments. Only counted.
pub const DIFFICULT: &str = "difficult";

/// The only part of a folder that was named by hand.
const FRESH: &str = "fresh";

/// Where the labelled sets lie.
#[derive(Debug)]
pub enum Sets {
    /// In `eval/sets`, a folder a part.
    Ours,
    /// In a folder of files in the same shape, with no parts: lines that were written since.
    Fresh(PathBuf),
}

impl Sets {
    /// The parts that every set has.
    pub fn parts(&self) -> Vec<&'static str> {
        match self {
            Sets::Ours => HALVES.to_vec(),
            Sets::Fresh(_) => vec![FRESH],
        }
    }

    /// The same, and those that only some sets of ours have.
    pub fn parts_and(&self, more: &[&'static str]) -> Vec<&'static str> {
        let mut parts = self.parts();
        if matches!(self, Sets::Ours) {
            parts.extend(more);
        }
        parts
    }

    /// Every item of one part of a set.
    pub fn items<T: DeserializeOwned>(&self, part: &str, set: &str) -> Result<Vec<T>, String> {
        let folder = match self {
            Sets::Ours => crate::root().join("eval/sets").join(part),
            Sets::Fresh(folder) => folder.clone(),
        };
        let path = folder.join(format!("{set}.jsonl"));
        let shown = path.display();
        let text = std::fs::read_to_string(&path).map_err(|why| format!("{shown}: {why}"))?;
        text.lines()
            .enumerate()
            .filter(|(_, line)| !line.trim().is_empty())
            .map(|(at, line)| {
                serde_json::from_str(line).map_err(|why| format!("{shown}:{}: {why}", at + 1))
            })
            .collect()
    }
}
