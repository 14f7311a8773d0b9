//! What the encoder hears in a customer's words, where a desk has one: once a text, however often its page asks.

use std::collections::VecDeque;
use std::hash::{BuildHasher, RandomState};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use unruffled_engine::{Engine, Lean};
use unruffled_reader::Encoder;

use crate::limits;

/// In memory alone, and only for the texts that were opened last.
pub struct Leaning {
    encoder: Option<Encoder>,
    keys: RandomState,
    kept: Mutex<VecDeque<(u64, Vec<Lean>)>>,
}

impl Leaning {
    /// With no file there is none. A file that is missing or broken is told in the log, and the desk works without it.
    pub fn open(file: &Path) -> Self {
        let encoder = match file.as_os_str().is_empty() {
            true => None,
            false => Encoder::open(file)
                .inspect_err(|why| {
                    tracing::warn!(file = %file.display(), %why, "the desk reads without its encoder");
                })
                .ok(),
        };
        Self {
            encoder,
            keys: RandomState::new(),
            kept: Mutex::default(),
        }
    }

    /// What the encoder hears, from memory while somebody types under the same message.
    pub fn hear(&self, engine: &Engine, text: &str) -> Vec<Lean> {
        let Some(encoder) = &self.encoder else {
            return Vec::new();
        };
        let key = self.keys.hash_one(text);
        let kept = || self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, leans)) = kept().iter().find(|(known, _)| *known == key) {
            return leans.clone();
        }
        let leans = engine.leans(encoder, text);
        let mut kept = kept();
        if kept.len() >= limits::LEANS_KEPT_MAX {
            kept.pop_front();
        }
        kept.push_back((key, leans.clone()));
        leans
    }
}
