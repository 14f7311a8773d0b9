//! The desk itself as a source: what we wrote to this customer before, for what they say we said.

use jiff::tz::TimeZone;
use unruffled_engine::{DraftInput, Engine};

use super::claims::Claim;

/// A word shorter than this is no sign that two sentences are about the same.
const WORD_CHARS_MIN: usize = 4;
/// So many words in common, and a letter of ours says what they say it says.
const SHARED_WORDS_MIN: usize = 2;
/// Words that everybody uses to say that somebody said something.
const OF_SAYING: [&str; 12] = [
    "told", "said", "promised", "would", "have", "been", "that", "this", "with", "your", "were",
    "they",
];

/// Our sentences, the newest letter's first.
#[derive(Debug, Default)]
pub struct Ours {
    said: Vec<Said>,
}

#[derive(Debug)]
struct Said {
    words: String,
    when: String,
    is_promise: bool,
}

impl Ours {
    /// Letters as they were sent, with their times in microseconds.
    pub fn of(engine: &Engine, letters: &[(i64, String)], zone: &TimeZone) -> Self {
        let mut said = Vec::new();
        for (at, text) in letters {
            let when = jiff::Timestamp::from_microsecond(*at)
                .unwrap_or_default()
                .to_zoned(zone.clone())
                .strftime("our reply of %-d %B")
                .to_string();
            let review = engine.review(&DraftInput {
                draft: text,
                ..DraftInput::default()
            });
            for sentence in text.split_inclusive(['.', '?', '!', '\n']) {
                let from = sentence.as_ptr() as usize - text.as_ptr() as usize;
                let range = from..from + sentence.len();
                let words = sentence.split_whitespace().collect::<Vec<_>>().join(" ");
                if words.chars().filter(|c| c.is_alphabetic()).count() >= WORD_CHARS_MIN {
                    said.push(Said {
                        is_promise: review
                            .promises
                            .iter()
                            .any(|promise| range.contains(&promise.span.start)),
                        words,
                        when: when.clone(),
                    });
                }
            }
        }
        Self { said }
    }

    pub fn is_empty(&self) -> bool {
        self.said.is_empty()
    }

    /// The sentence of ours that a claim about us is about, and the letter that it stands in.
    pub fn saying(&self, claim: &Claim) -> Option<(String, String)> {
        if !claim.of_us {
            return None;
        }
        let theirs = telling(&claim.text);
        let weight = |said: &&Said| {
            let shared = telling(&said.words)
                .iter()
                .filter(|word| theirs.contains(word))
                .count();
            // A promise is what people remember us by: one word of it is enough.
            shared + usize::from(shared > 0 && said.is_promise)
        };
        let mut best: Option<(usize, &Said)> = None;
        for said in &self.said {
            let weight = weight(&said);
            if weight >= SHARED_WORDS_MIN && best.is_none_or(|(most, _)| weight > most) {
                best = Some((weight, said));
            }
        }
        best.map(|(_, said)| (format!("“{}”", said.words), said.when.clone()))
    }
}

/// The words that tell what a sentence is about, cut short so that "posted" and "posting" are one.
fn telling(words: &str) -> Vec<String> {
    const STEM_CHARS: usize = 5;
    let lower = words.to_lowercase();
    lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().count() >= WORD_CHARS_MIN && !OF_SAYING.contains(word))
        .map(|word| word.chars().take(STEM_CHARS).collect())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claim(text: &str) -> Claim {
        Claim {
            text: text.to_owned(),
            questions: Vec::new(),
            values: Vec::new(),
            of_us: true,
            about: Vec::new(),
        }
    }

    #[test]
    fn what_they_say_we_said_is_found_in_our_letters() {
        let letters = vec![(
            1_777_887_000_000_000,
            "Dear Ms Lindqvist,\n\nThank you for asking. It's in the mail; you should have it by Friday.\n\nAda".to_owned(),
        )];
        let ours = Ours::of(&Engine::embedded(), &letters, &TimeZone::UTC);
        let found = ours.saying(&claim("You told me it was in the mail on Friday."));
        assert_eq!(
            found,
            Some((
                "“It's in the mail; you should have it by Friday.”".to_owned(),
                "our reply of 4 May".to_owned()
            ))
        );
        assert_eq!(ours.saying(&claim("You promised me a refund.")), None);
    }
}
