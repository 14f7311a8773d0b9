//! A model that the operator named, asked for one answer at a time in the way that OpenAI's interface made usual: Ollama, a
//! llama.cpp server, or a hosted one.
//!
//! What is asked and what is made of the answer is for others to know: this leaf carries lines there and words back.
//!
//! # What is never so
//!
//! 1. Nobody is asked but the address in the settings; a redirect is an answer like any other, and is not followed.
//! 2. Without TLS nothing leaves one's own network: the address that was looked at is the one that is connected to.
//! 3. An answer has an end: so many bytes, so long.
//! 4. Nothing is kept and nothing is logged: neither what was asked nor what was answered.

mod ask;
mod limits;
mod place;
mod trouble;

pub use limits::{WAIT_MS, WAIT_MS_MAX, WAIT_MS_MIN};
pub use trouble::Trouble;

use place::Place;
use serde::Serialize;
use std::path::PathBuf;
use std::time::Duration;

/// Where the model is and how long it is waited for.
#[derive(Clone, Default)]
pub struct VoiceSettings {
    /// `http://127.0.0.1:11434/v1`; empty means that there is none.
    pub url: String,
    pub model: String,
    /// Sent as a bearer token; empty for none.
    pub key: String,
    pub wait_ms: u64,
    /// A certificate authority of one's own, in PEM.
    pub ca_file: PathBuf,
}

impl std::fmt::Debug for VoiceSettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("VoiceSettings")
            .field("url", &self.url)
            .field("model", &self.model)
            .finish_non_exhaustive()
    }
}

/// Who says a line of what a model is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    System,
    User,
    Assistant,
}

/// A line of what a model is given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    pub role: Role,
    pub content: String,
}

/// A model that can be asked.
#[derive(Debug)]
pub struct Voice {
    place: Place,
    model: String,
    key: Option<hyper::header::HeaderValue>,
    wait: Duration,
}

impl Voice {
    /// Takes the settings, or says what is wrong with them; none where no address is named.
    pub fn new(settings: &VoiceSettings) -> Result<Option<Voice>, String> {
        if settings.url.is_empty() {
            return Ok(None);
        }
        let place = Place::parse(&settings.url, &settings.ca_file)?;
        if settings.model.is_empty() {
            return Err("model: the name of a model is wanted, as its server calls it".to_owned());
        }
        let wait = Duration::from_millis(settings.wait_ms);
        if !(WAIT_MS_MIN..=WAIT_MS_MAX).contains(&settings.wait_ms) {
            return Err(format!("wait_ms: {WAIT_MS_MIN} to {WAIT_MS_MAX} is wanted"));
        }
        let key = match settings.key.as_str() {
            "" => None,
            key => {
                let mut header = hyper::header::HeaderValue::from_str(&format!("Bearer {key}"))
                    .map_err(|_| "key: it holds something that no header can carry".to_owned())?;
                header.set_sensitive(true);
                Some(header)
            }
        };
        Ok(Some(Voice {
            place,
            model: settings.model.clone(),
            key,
            wait,
        }))
    }

    /// Where it is, for whoever wants to know where words go: `127.0.0.1:11434`.
    pub fn host(&self) -> String {
        self.place.authority()
    }

    pub fn model(&self) -> &str {
        &self.model
    }

    /// One answer to these lines. The same seed asks for the same words; not every server keeps to it.
    pub async fn say(&self, lines: &[Line], seed: u64) -> Result<String, Trouble> {
        tokio::time::timeout(self.wait, ask::say(self, lines, seed))
            .await
            .unwrap_or(Err(Trouble::Slow(self.wait)))
    }
}
