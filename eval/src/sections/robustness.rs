//! Robustness: no text stops the engine, thanks never heat, an insult never cools.

use crate::figure::Out;
use crate::score::share;
use serde::Deserialize;
use unruffled_engine::{DraftInput, Engine, Heat, MessageInput};

#[derive(Deserialize)]
struct Message {
    id: String,
    text: String,
}

const THANKS: [&str; 4] = [
    "Thank you.",
    "Thanks so much for your help.",
    "I really appreciate it, thanks.",
    "Many thanks!",
];
const INSULTS: [&str; 4] = [
    "You are an idiot.",
    "You lot are useless morons.",
    "Whoever did this is a complete fool.",
    "You are pathetic.",
];

/// So many messages are also pasted until they fill this much.
const PASTES: usize = 2;
const PASTE_BYTES: usize = 100_000;

pub fn measure(engine: &Engine, out: &mut Out) {
    let mut messages = Vec::new();
    for half in out.sets.parts() {
        match out.sets.items::<Message>(half, "monotone") {
            Ok(items) => messages.extend(items),
            Err(why) => out.leave_out(why),
        }
    }
    let heat = |text: &str| {
        engine
            .read(&MessageInput {
                text,
                ..Default::default()
            })
            .heat
    };
    let (mut cooled, mut heated, mut tried) = (0, 0, 0);
    for message in &messages {
        let own = heat(&message.text);
        for (thanks, insult) in THANKS.iter().zip(INSULTS) {
            tried += 1;
            let thanked = heat(&format!("{} {thanks}", message.text));
            let insulted = heat(&format!("{} {insult}", message.text));
            cooled += usize::from(thanked <= own);
            heated += usize::from(insulted >= own && insulted >= Heat::Warm);
            if thanked > own || insulted < own || insulted < Heat::Warm {
                out.wrong(format!(
                    "{}: {own:?}, thanked {thanked:?}, insulted {insulted:?}: {}",
                    message.id, message.text
                ));
            }
        }
    }
    if tried > 0 {
        out.at_least(
            "added thanks never raise heat",
            share(cooled, tried),
            tried,
            1.0,
            "issue",
        );
        out.at_least(
            "an added insult never lowers it and is heard",
            share(heated, tried),
            tried,
            1.0,
            "issue",
        );
    }
    let mut whole = 0;
    let mut count = 0;
    for (number, message) in messages.iter().enumerate() {
        let mut texts = worn(&message.text);
        if number < PASTES {
            texts.push(
                message
                    .text
                    .repeat(PASTE_BYTES / message.text.len().max(1) + 1),
            );
        }
        for worn in texts {
            count += 1;
            let read = std::panic::catch_unwind(|| {
                let reading = engine.read(&MessageInput {
                    text: &worn,
                    ..Default::default()
                });
                let review = engine.review(&DraftInput {
                    draft: &worn,
                    message: Some(&message.text),
                    ..Default::default()
                });
                let cues = reading.cues.iter().flat_map(|cue| &cue.evidence);
                cues.map(|span| worn.get(span.start..span.end) == Some(span.text.as_ref()))
                    .chain(review.notes.iter().map(|note| {
                        worn.get(note.span.start..note.span.end) == Some(note.span.text.as_ref())
                    }))
                    .all(|holds| holds)
            });
            if matches!(read, Ok(true)) {
                whole += 1;
            } else {
                out.wrong(format!(
                    "{}: stopped or misplaced at: {:.80}",
                    message.id, worn
                ));
            }
        }
    }
    if count > 0 {
        out.at_least(
            "worn texts read to the end, offsets holding",
            share(whole, count),
            count,
            1.0,
            "issue",
        );
    }
}

/// The message as it reaches a desk on a bad day.
fn worn(text: &str) -> Vec<String> {
    vec![
        String::new(),
        text.to_uppercase(),
        text.chars().filter(|c| !c.is_ascii_punctuation()).collect(),
        text.replace(' ', " 😡🙏🏽 "),
        text.replace('\'', "’").replace('"', "”"),
        format!("<html><body><p>{text}</p><!-- {text} --></body></html>"),
        format!("\u{202e}{text}\u{200b}\u{feff} مرحبا {text}"),
        swapped(text),
        text.chars().rev().collect(),
        text.replace(' ', ""),
        text.chars().flat_map(|c| [c, '\u{301}']).collect(),
    ]
}

/// Two letters change places in every fifth word.
fn swapped(text: &str) -> String {
    let words = text.split(' ').enumerate().map(|(at, word)| {
        let mut letters: Vec<char> = word.chars().collect();
        if at % 5 == 2 && letters.len() > 3 {
            letters.swap(1, 2);
        }
        letters.into_iter().collect::<String>()
    });
    words.collect::<Vec<_>>().join(" ")
}
