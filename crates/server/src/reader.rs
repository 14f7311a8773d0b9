//! The engine introduced to the store's messages: what it is given, and in what form.
//!
//! Readings are made when a page is opened and forgotten with it: how warm somebody's words were
//! is stored nowhere.

use unruffled_engine::{DraftInput, Earlier, From, Heat, KnownFact, MessageInput, Reading, Review};
use unruffled_mail::quote;
use unruffled_store::{Direction, Message, MessageKind};

use crate::{Desk, limits, words};

/// A conversation as the engine hears it: the customer's last words, and what was said before.
pub struct Heard {
    pub message_id: String,
    /// The fresh words of that message; all spans of its reading are bytes of these.
    pub text: String,
    /// Whether something of ours went out after it.
    pub answered: bool,
    earlier: Vec<Earlier>,
    customer_name: Option<String>,
}

/// Hears a thread, oldest message first; none when the customer has not written yet.
pub fn hear(thread: &[Message], customer_name: &str) -> Option<Heard> {
    let spoken = |message: &&Message| match message.direction {
        // What was said at the counter is heard like what was written; a card without a word yet is not.
        Direction::In => match message.kind {
            MessageKind::Mail => true,
            MessageKind::Listening => !message.text.trim().is_empty(),
            _ => false,
        },
        Direction::Out => true,
        Direction::Note => false,
    };
    let last = thread
        .iter()
        .rposition(|message| message.direction == Direction::In && spoken(&message))?;
    let answered = thread[last..]
        .iter()
        .any(|message| message.direction == Direction::Out);
    let mut earlier: Vec<Earlier> = thread
        .iter()
        .enumerate()
        .rev()
        .filter(|(at, message)| *at != last && spoken(message))
        .take(limits::EARLIER_READ_MAX)
        .map(|(_, message)| Earlier {
            from: match message.direction {
                Direction::In => From::Customer,
                _ => From::Agent,
            },
            text: fresh(message).0,
        })
        .collect();
    earlier.reverse();
    let named = !customer_name.is_empty() && !customer_name.contains('@');
    Some(Heard {
        message_id: thread[last].id.to_string(),
        text: fresh(&thread[last]).0,
        answered,
        earlier,
        customer_name: named.then(|| customer_name.to_owned()),
    })
}

/// What somebody wrote now, and what they carried along.
pub fn fresh(message: &Message) -> (String, String) {
    if message.direction != Direction::In || message.card.is_some() {
        return (message.text.clone(), String::new());
    }
    let (mut fresh, quoted) = quote::split(&message.text);
    if fresh.trim().is_empty() {
        // Somebody who only forwards says it with the words they forward.
        return (message.text.clone(), String::new());
    }
    if fresh.len() > limits::TEXT_READ_BYTES_MAX {
        fresh.truncate(fresh.floor_char_boundary(limits::TEXT_READ_BYTES_MAX));
    }
    (fresh, quoted)
}

impl Heard {
    pub fn read(&self, desk: &Desk) -> Reading {
        let now = words::in_zone(desk.now(), desk.zone());
        desk.engine().read(&MessageInput {
            text: &self.text,
            earlier: &self.earlier,
            now: Some(&now),
            leans: &desk.leans(&self.text, From::Customer),
        })
    }

    /// Whether a person and a procedure come before everything that could be said of a reply.
    pub fn is_safety(&self, desk: &Desk) -> bool {
        !self.answered && self.read(desk).safety.is_some()
    }

    /// What the customer said before, in this conversation.
    pub fn said_before(&self) -> Vec<&str> {
        self.earlier
            .iter()
            .filter(|said| said.from == From::Customer)
            .map(|said| said.text.as_str())
            .collect()
    }

    /// How warm the customer's words before these were, read as they were when they came.
    pub fn before(&self, desk: &Desk) -> Option<Heat> {
        let at = self
            .earlier
            .iter()
            .rposition(|said| said.from == From::Customer)?;
        let reading = desk.engine().read(&MessageInput {
            text: &self.earlier[at].text,
            earlier: &self.earlier[..at],
            now: None,
            ..Default::default()
        });
        Some(reading.heat)
    }

    /// Reviews a draft against this conversation. The asks of the last message come first, in the
    /// order of its reading, so that the boxes on the page and these are the same.
    pub fn review(&self, desk: &Desk, draft: &str, facts: &[KnownFact]) -> Review {
        let now = words::in_zone(desk.now(), desk.zone());
        let reading = self.read(desk);
        let engine = desk.engine();
        let input = DraftInput {
            draft,
            message: Some(&self.text),
            reading: Some(&reading),
            earlier: &self.earlier,
            facts,
            customer_name: self.customer_name.as_deref(),
            now: Some(&now),
            leans: &[],
            answers: &[],
            statements: &[],
        };
        let mut review = engine.review(&DraftInput {
            leans: &desk.leans(draft, From::Agent),
            answers: &desk.leaning().answers(&engine, &input),
            statements: &desk.leaning().statements(&engine, &input),
            ..input
        });
        let asks = reading.asks;
        review.asks.sort_by_key(|ask| {
            asks.iter()
                .position(|known| known.span.text == ask.text)
                .unwrap_or(usize::MAX)
        });
        review
    }
}

/// Reviews the words of a reply that is being sent, for what they promise.
pub fn review_words(desk: &Desk, thread: &[Message], customer_name: &str, words: &str) -> Review {
    match hear(thread, customer_name) {
        Some(heard) => heard.review(desk, words, &[]),
        None => review_alone(desk, words),
    }
}

/// Reviews a draft that answers nothing.
pub fn review_alone(desk: &Desk, draft: &str) -> Review {
    let now = words::in_zone(desk.now(), desk.zone());
    desk.engine().review(&DraftInput {
        draft,
        now: Some(&now),
        ..DraftInput::default()
    })
}
