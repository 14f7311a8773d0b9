//! What a message states that can be looked up: sentences with a number, a sum, a day, what we are said to have said, or
//! words that a source is about.

use std::ops::Range;

use jiff::civil::Date;
use unruffled_engine::{Fact, FactKind, Reading};
use unruffled_records::{By, Question, Source};

use crate::limits::CLAIMS_MAX;

/// One sentence of theirs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Their words, on one line.
    pub text: String,
    /// What in it can be looked up.
    pub questions: Vec<Question>,
    /// The sums and days in it, normalised.
    pub values: Vec<String>,
    /// It says that we said something.
    pub of_us: bool,
    /// The places of the sources that it is about.
    pub about: Vec<usize>,
}

impl Claim {
    fn names(&self, by: By) -> bool {
        self.questions.iter().any(|question| question.by == by)
    }

    /// Worth a line even where nothing was found: a day alone is not.
    pub fn is_worth_a_line(&self) -> bool {
        self.of_us
            || !self.about.is_empty()
            || self.names(By::Reference)
            || self.names(By::Amount)
            || self.names(By::Email)
    }
}

/// The claims of a message in their order.
pub fn of<'a>(
    text: &str,
    reading: &Reading,
    today: Date,
    sources: impl Iterator<Item = &'a Source> + Clone,
) -> Vec<Claim> {
    sentences(text, reading)
        .filter_map(|range| claim(text, &range, reading, today, sources.clone()))
        .take(CLAIMS_MAX)
        .collect()
}

fn claim<'a>(
    text: &str,
    range: &Range<usize>,
    reading: &Reading,
    today: Date,
    sources: impl Iterator<Item = &'a Source>,
) -> Option<Claim> {
    let words = one_line(&text[range.clone()]);
    let within = |start: usize, end: usize| range.start <= start && end <= range.end;
    let facts = || {
        reading
            .facts
            .iter()
            .filter(|fact| within(fact.span.start, fact.span.end))
    };
    let lower = words.to_lowercase();
    let about = sources
        .enumerate()
        .filter(|(_, source)| source.about().iter().any(|words| holds(&lower, words)))
        .map(|(at, _)| at)
        .collect();
    let they_say_we_said = reading
        .cues
        .iter()
        .filter(|cue| cue.code == "C10")
        .flat_map(|cue| &cue.evidence)
        .any(|span| within(span.start, span.end));
    let told = reading
        .told
        .iter()
        .any(|promise| within(promise.span.start, promise.span.end));
    let claim = Claim {
        of_us: they_say_we_said || told || facts().any(|fact| fact.kind == FactKind::WeSaid),
        questions: facts().filter_map(|fact| question(fact, today)).collect(),
        values: facts().filter_map(|fact| value(fact, today)).collect(),
        text: words,
        about,
    };
    let says_something = claim.is_worth_a_line() || !claim.values.is_empty();
    says_something.then_some(claim)
}

/// What a fact of theirs is looked up by. A day that is still to come is a wish or an appointment, and no claim.
fn question(fact: &Fact, today: Date) -> Option<Question> {
    let written = fact.span.text.as_str();
    match fact.kind {
        FactKind::Reference => {
            Question::new(By::Reference, fact.value.as_deref().unwrap_or(written))
        }
        FactKind::Email => Question::new(By::Email, written),
        FactKind::Amount => Question::new(By::Amount, fact.value.as_deref()?),
        FactKind::Date => Question::new(By::Date, &past(fact, today)?),
        _ => None,
    }
}

fn value(fact: &Fact, today: Date) -> Option<String> {
    match fact.kind {
        FactKind::Amount => fact.value.clone(),
        FactKind::Date => past(fact, today),
        _ => None,
    }
}

fn past(fact: &Fact, today: Date) -> Option<String> {
    let value = fact.value.as_deref()?;
    let date: Date = value.get(..10).unwrap_or(value).parse().ok()?;
    (date < today).then(|| date.to_string())
}

/// The text in sentences, cut at full stops and empty lines; a stop inside a sum or a number ends nothing.
fn sentences<'a>(
    text: &'a str,
    reading: &'a Reading,
) -> impl Iterator<Item = Range<usize>> + use<'a> {
    let mut ends: Vec<usize> = Vec::new();
    let bytes = text.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        let after = bytes.get(at + 1).copied();
        let is_stop =
            matches!(byte, b'.' | b'?' | b'!') && after.is_none_or(|b| b.is_ascii_whitespace());
        let is_gap = *byte == b'\n' && matches!(after, Some(b'\n' | b'\r'));
        let is_inside = || {
            let spans = reading.facts.iter().map(|fact| &fact.span);
            spans
                .clone()
                .any(|span| span.start <= at && at + 1 < span.end)
        };
        if (is_stop || is_gap) && !is_inside() {
            ends.push(at + 1);
        }
    }
    ends.push(text.len());
    let mut from = 0;
    ends.into_iter().filter_map(move |to| {
        let range = from..to;
        from = to;
        (!text[range.clone()].trim().is_empty()).then_some(range)
    })
}

fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether `words` stand in `text` as words, a plural among them.
fn holds(text: &str, words: &str) -> bool {
    if words.is_empty() {
        return false;
    }
    text.match_indices(words).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let rest = &text[at + words.len()..];
        let after = rest.strip_prefix('s').unwrap_or(rest).chars().next();
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use unruffled_engine::{Engine, MessageInput};
    use unruffled_records::{Records, SourceSettings};

    fn read(text: &str) -> Vec<Claim> {
        let now: jiff::Zoned = "2026-05-04T10:00[UTC]".parse().expect("a time");
        let reading = Engine::embedded().read(&MessageInput {
            text,
            now: Some(&now),
            ..MessageInput::default()
        });
        let list = SourceSettings {
            name: "the mailing list".into(),
            file: "list.csv".into(),
            by: vec![By::Email],
            says: "{email}".into(),
            about: vec!["booklet".into(), "signed up".into(), "list".into()],
            ..SourceSettings::default()
        };
        let records = Records::open(&[list]).expect("it is right");
        let sources = records.sources().iter().map(AsRef::as_ref);
        of(text, &reading, now.date(), sources)
    }

    #[test]
    fn a_sentence_with_a_number_and_a_sum_is_one_claim() {
        let claims = read(
            "Good morning,\n\nI renewed the family pass in March, I paid £214.50 and I have the\nreceipt, number HB-20417. The lad was kind.",
        );
        assert_eq!(claims.len(), 1, "{claims:?}");
        assert_eq!(
            claims[0].text,
            "I renewed the family pass in March, I paid £214.50 and I have the receipt, number HB-20417."
        );
        assert!(claims[0].names(By::Reference) && claims[0].names(By::Amount));
    }

    #[test]
    fn what_we_are_said_to_have_said_and_what_a_source_is_about_are_claims() {
        let claims = read(
            "You told me it was in the mail. Am I on your list at all? I signed up at the counter. I like the pool.",
        );
        let words: Vec<&str> = claims.iter().map(|claim| claim.text.as_str()).collect();
        assert_eq!(
            words,
            [
                "You told me it was in the mail.",
                "Am I on your list at all?",
                "I signed up at the counter."
            ]
        );
        assert!(claims[0].of_us && claims[0].about.is_empty());
        assert!(!claims[1].of_us && claims[1].about == [0]);
    }

    #[test]
    fn a_day_to_come_is_no_claim_and_a_word_inside_another_is_none() {
        assert!(read("Her lesson starts on 8 May. I listened to Blister.").is_empty());
        assert_eq!(read("It came on 2 April 2026.").len(), 1);
    }
}
