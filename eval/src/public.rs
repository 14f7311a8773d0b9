//! Public labelled text, read from `../shared/data` where it is beside the repository. See the README there for sources.

use flate2::read::GzDecoder;
use serde_json::Value;
use std::io::{BufRead, BufReader};

/// One row of a public set.
#[derive(Debug)]
pub struct Row {
    pub text: String,
    pub labels: Value,
}

impl Row {
    /// The part that the labels are about: what stands in [brackets], where something does.
    pub fn labelled_text(&self) -> &str {
        match (self.text.find('['), self.text.rfind(']')) {
            (Some(from), Some(to)) if from < to => &self.text[from + 1..to],
            _ => &self.text,
        }
    }

    pub fn label(&self, name: &str) -> &str {
        self.labels[name].as_str().unwrap_or("")
    }
    pub fn is(&self, name: &str) -> bool {
        self.labels[name].as_i64() == Some(1) || self.labels[name].as_bool() == Some(true)
    }
}

/// Every row of the set, or words on why it cannot be had.
pub fn rows(set: &str) -> Result<Vec<Row>, String> {
    let path = crate::root().join(format!("../shared/data/{set}.train.jsonl.gz"));
    let file = std::fs::File::open(&path)
        .map_err(|_| format!("{set} is not beside the repository (../shared/data)"))?;
    BufReader::new(GzDecoder::new(file))
        .lines()
        .map(|line| {
            let line = line.map_err(|why| format!("{set}: {why}"))?;
            let row: Value = serde_json::from_str(&line).map_err(|why| format!("{set}: {why}"))?;
            Ok(Row {
                text: row["text"].as_str().unwrap_or("").to_owned(),
                labels: row["labels"].clone(),
            })
        })
        .collect()
}
