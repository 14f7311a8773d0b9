//! What the encoder hears, where a desk has one: in a customer's words, which asks a draft answers, and what it states. Once a text,
//! however often its page asks.

use std::collections::VecDeque;
use std::hash::{BuildHasher, Hash, RandomState};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};

use unruffled_engine::{Answer, DraftInput, Engine, FactState, From, Lean, Stated};
use unruffled_reader::Encoder;

use crate::limits;

/// In memory alone, and only for the texts that were opened or written last.
pub struct Leaning {
    file: PathBuf,
    /// Read when it is first wanted: who only adds an agent need not wait for it.
    encoder: OnceLock<Option<Encoder>>,
    keys: RandomState,
    leans: Mutex<Kept<Lean>>,
    answers: Mutex<Kept<Option<Answer>>>,
    statements: Mutex<Kept<Stated>>,
}

impl Leaning {
    pub fn new(file: &Path) -> Self {
        Self {
            file: file.to_owned(),
            encoder: OnceLock::new(),
            keys: RandomState::new(),
            leans: Mutex::default(),
            answers: Mutex::default(),
            statements: Mutex::default(),
        }
    }

    /// Whether there is one: what it hears takes some hundredths of a second.
    pub fn is_there(&self) -> bool {
        self.encoder().is_some()
    }

    /// With no file there is none. A file that is missing or broken is told in the log, and the desk works without it.
    fn encoder(&self) -> Option<&Encoder> {
        let open = || {
            Encoder::named(&self.file).unwrap_or_else(|why| {
                let file = self.file.display();
                tracing::warn!(%file, %why, "the desk reads without its encoder");
                None
            })
        };
        self.encoder.get_or_init(open).as_ref()
    }

    /// What the encoder hears, from memory while somebody types under the same message.
    pub fn hear(&self, engine: &Engine, text: &str, from: From) -> Vec<Lean> {
        let key = (text, from == From::Customer);
        self.kept(&self.leans, limits::LEANS_KEPT_MAX, key, |encoder| {
            engine.leans(encoder, text, from)
        })
    }

    /// Which asks it says the draft answers, from memory where the same draft was looked at just now.
    pub fn answers(&self, engine: &Engine, input: &DraftInput<'_>) -> Vec<Option<Answer>> {
        let earlier: Vec<&str> = input.earlier.iter().map(|said| &*said.text).collect();
        let key = (input.draft, input.message, earlier);
        self.kept(&self.answers, limits::ANSWERS_KEPT_MAX, key, |encoder| {
            engine.answers(encoder, input)
        })
    }

    /// What it says of the words of a draft that state something, from memory where it was looked at beside the same facts just now.
    pub fn statements(&self, engine: &Engine, input: &DraftInput<'_>) -> Vec<Stated> {
        let known = input.facts.iter();
        let known: Vec<(&str, bool, bool)> = known
            .map(|fact| {
                let is = |state| fact.state == state;
                (&*fact.text, is(FactState::Checked), is(FactState::Claimed))
            })
            .collect();
        self.kept(
            &self.statements,
            limits::ANSWERS_KEPT_MAX,
            (input.draft, known),
            |encoder| engine.statements(encoder, input),
        )
    }

    fn kept<T: Clone>(
        &self,
        kept: &Mutex<Kept<T>>,
        kept_max: usize,
        of: impl Hash,
        hear: impl FnOnce(&Encoder) -> Vec<T>,
    ) -> Vec<T> {
        let Some(encoder) = self.encoder() else {
            return Vec::new();
        };
        let key = self.keys.hash_one(of);
        let open = || kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, heard)) = open().iter().find(|(known, _)| *known == key) {
            return heard.clone();
        }
        let heard = hear(encoder);
        let mut kept = open();
        if kept.len() >= kept_max {
            kept.pop_front();
        }
        kept.push_back((key, heard.clone()));
        heard
    }
}

type Kept<T> = VecDeque<(u64, Vec<T>)>;
