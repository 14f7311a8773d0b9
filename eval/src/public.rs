//! Public labelled text, read from `../shared/data` where it is beside the repository. See the README there for sources.

use flate2::read::GzDecoder;
use serde_json::Value;
use std::io::{BufRead, BufReader};

/// One row of a public set.
#[derive(Debug)]
pub struct Row {
    set: &'static str,
    /// What belongs together: a dialogue, a session, an issue.
    group: String,
    pub text: String,
    pub labels: Value,
}

impl Row {
    /// The part that the labels are about: what stands in square brackets, where something does.
    pub fn labelled_text(&self) -> &str {
        match (self.text.find('['), self.text.rfind(']')) {
            (Some(from), Some(to)) if from < to => &self.text[from + 1..to],
            _ => &self.text,
        }
    }

    /// Whether it lies in the part that learned readers were never trained on: fifth 0 of FNV-1a over "set/group", as in
    /// `eval/train/rows.py`; GoEmotions names its own.
    pub fn is_held_out(&self) -> bool {
        if !self.label("split").is_empty() {
            return self.label("split") == "dev";
        }
        let hash = format!("{}/{}", self.set, self.group)
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
                (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
            });
        (hash >> 32) % 5 == 0
    }

    pub fn label(&self, name: &str) -> &str {
        self.labels[name].as_str().unwrap_or("")
    }
    pub fn list(&self, name: &str) -> impl Iterator<Item = &str> {
        self.labels[name]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
    }
    pub fn number(&self, name: &str) -> Option<f64> {
        self.labels[name].as_f64()
    }
    pub fn is(&self, name: &str) -> bool {
        self.labels[name].as_i64() == Some(1) || self.labels[name].as_bool() == Some(true)
    }
}

/// Every row of the set, or words on why it cannot be had.
pub fn rows(set: &'static str) -> Result<Vec<Row>, String> {
    let path = crate::root().join(format!("../shared/data/{set}.train.jsonl.gz"));
    let file = std::fs::File::open(&path)
        .map_err(|_| format!("{set} is not beside the repository (../shared/data)"))?;
    BufReader::new(GzDecoder::new(file))
        .lines()
        .map(|line| {
            let line = line.map_err(|why| format!("{set}: {why}"))?;
            let row: Value = serde_json::from_str(&line).map_err(|why| format!("{set}: {why}"))?;
            Ok(Row {
                set,
                group: match &row["group"] {
                    Value::String(group) => group.clone(),
                    other => other.to_string(),
                },
                text: row["text"].as_str().unwrap_or("").to_owned(),
                labels: row["labels"].clone(),
            })
        })
        .collect()
}
