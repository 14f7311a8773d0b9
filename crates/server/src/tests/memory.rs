//! A mail server that lives in memory and answers as it was told to.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use unruffled_mail::Envelope;
use unruffled_mail::smtp::Outcome;

/// What happens with the next letter; accepted when nothing was said.
#[derive(Debug, Clone)]
pub enum Moment {
    Answer(Outcome),
    /// The desk is killed when the server is ready for the letter, before "handing over" is noted.
    KilledBefore,
    /// The desk is killed when the server has the letter, before it is noted as sent.
    KilledAfter,
}

#[derive(Clone, Default)]
pub struct Memory(Arc<Mutex<Kept>>);

#[derive(Default)]
struct Kept {
    next: VecDeque<Moment>,
    taken: Vec<(Envelope, String)>,
}

impl Memory {
    pub fn then(&self, moment: Moment) -> &Self {
        self.0.lock().expect("unpoisoned").next.push_back(moment);
        self
    }

    /// Every letter that the server took over.
    pub fn taken(&self) -> Vec<(Envelope, String)> {
        self.0.lock().expect("unpoisoned").taken.clone()
    }

    fn take(&self, envelope: &Envelope, letter: &[u8]) {
        let letter = String::from_utf8_lossy(letter).into_owned();
        self.0
            .lock()
            .expect("unpoisoned")
            .taken
            .push((envelope.clone(), letter));
    }

    pub async fn send<B, F>(&self, envelope: &Envelope, letter: &[u8], before_data: B) -> Outcome
    where
        B: FnOnce() -> F,
        F: Future<Output = Result<(), String>>,
    {
        let moment = self.0.lock().expect("unpoisoned").next.pop_front();
        let killed_after = matches!(moment, Some(Moment::KilledAfter));
        let outcome = match moment {
            Some(Moment::KilledBefore) => return std::future::pending().await,
            Some(Moment::Answer(outcome @ (Outcome::Later { .. } | Outcome::Refused { .. }))) => {
                return outcome;
            }
            Some(Moment::Answer(outcome)) => outcome,
            Some(Moment::KilledAfter) | None => Outcome::Accepted {
                response: "250".to_owned(),
            },
        };
        if let Err(words) = before_data().await {
            return Outcome::Later { words };
        }
        self.take(envelope, letter);
        if killed_after {
            return std::future::pending().await;
        }
        outcome
    }
}
