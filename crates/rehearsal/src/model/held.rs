//! Whether a model's words say what the story says, as warm as the moment is, and nothing that nobody knows.

use super::WORDS_MAX;
use crate::heard::tells;
use crate::rehearsal::Rehearsal;
use std::fmt;
use unruffled_engine::{DraftInput, Engine, FactKind, Heat, MessageInput, Reading, Weight};

/// Why a model's words were not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Slip {
    Empty,
    TooLong,
    /// Not in the language of the story.
    OtherLanguage,
    TooHot,
    TooCool,
    /// Something stated that is in no text of this rehearsal.
    NotInTheStory(String),
    /// A question that was to be asked and is not.
    Dropped(String),
    /// More questions than there are.
    Added,
    /// Words that touch on danger or abuse, where the story has none.
    Unsafe,
    /// A place left to be filled in, or a line said as somebody else.
    NotTheirVoice,
}

impl fmt::Display for Slip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Slip::Empty => f.write_str("it said nothing"),
            Slip::TooLong => write!(f, "it said more than {WORDS_MAX} words"),
            Slip::OtherLanguage => f.write_str("it spoke another language"),
            Slip::TooHot => f.write_str("it was hotter than the moment"),
            Slip::TooCool => f.write_str("it was cooler than the moment"),
            Slip::NotInTheStory(words) => {
                write!(f, "it named “{words}”, which is not in the story")
            }
            Slip::Dropped(words) => write!(f, "it left out a question: “{words}”"),
            Slip::Added => f.write_str("it asked more than they ask"),
            Slip::Unsafe => f.write_str("it touched on danger or abuse"),
            Slip::NotTheirVoice => f.write_str("it did not speak as the customer"),
        }
    }
}

/// Words without the marks that some models put around them.
pub(super) fn tidy(words: &str) -> String {
    let words = words.trim();
    let words = words.strip_prefix("<<<").unwrap_or(words);
    let words = words.strip_suffix(">>>").unwrap_or(words).trim();
    for (open, close) in [('"', '"'), ('“', '”')] {
        let inner = words
            .strip_prefix(open)
            .and_then(|rest| rest.strip_suffix(close));
        // A quotation inside is theirs to keep.
        if let Some(inner) = inner
            && !inner.contains([open, close])
        {
            return inner.trim().to_owned();
        }
    }
    words.to_owned()
}

/// An insult, danger, abuse: never a model's to bring in.
const GRAVE: [&str; 3] = ["C02", "C31", "C32"];
/// The law or the press: not while it is cool.
const LAW: &str = "C27";

pub(super) fn hold(rehearsal: &Rehearsal<'_>, words: &str) -> Result<(), Slip> {
    let engine = rehearsal.engine;
    let own = &rehearsal.wrote;
    if words.is_empty() {
        return Err(Slip::Empty);
    }
    if words.split_whitespace().count() > WORDS_MAX {
        return Err(Slip::TooLong);
    }
    let read = |text: &str| {
        engine.read(&MessageInput {
            text,
            now: rehearsal.story.now.as_ref(),
            ..Default::default()
        })
    };
    let (theirs, said) = (read(own), read(words));
    if said.language != theirs.language {
        return Err(Slip::OtherLanguage);
    }
    if said.safety.is_some() && said.safety != theirs.safety {
        return Err(Slip::Unsafe);
    }
    if has_another_voice(engine, words, &rehearsal.story.customer) {
        return Err(Slip::NotTheirVoice);
    }
    warm(rehearsal, &theirs, &said)?;
    let grave = |reading: &Reading, code: &str| reading.cues.iter().any(|cue| cue.code == code);
    let is_cool = rehearsal.state.heat() < Heat::Hot;
    let brought_in = |code: &&str| grave(&said, code) && !grave(&theirs, code);
    if GRAVE.iter().any(brought_in) || (is_cool && brought_in(&LAW)) {
        return Err(Slip::TooHot);
    }
    known(rehearsal, &said, words)?;
    asked(rehearsal, &theirs, &said, words)
}

/// Within a step of the moment and of the story's own words for it; a quiet moment stays clear of hot.
fn warm(rehearsal: &Rehearsal<'_>, theirs: &Reading, said: &Reading) -> Result<(), Slip> {
    let place = |heat: Heat| match heat {
        Heat::Quiet => 0_i8,
        Heat::Warm => 1,
        Heat::Hot => 2,
        Heat::VeryHot => 3,
    };
    let (own, now) = (place(theirs.heat), place(rehearsal.state.heat()));
    let said = place(said.heat);
    if said > own.max(now) + i8::from(own.max(now) > 0 || now > 0) && said > 1 {
        return Err(Slip::TooHot);
    }
    match said + 1 < own.min(now) {
        true => Err(Slip::TooCool),
        false => Ok(()),
    }
}

/// Every day, sum and number stands in a text of this rehearsal.
fn known(rehearsal: &Rehearsal<'_>, said: &Reading, words: &str) -> Result<(), Slip> {
    let story = rehearsal.story;
    let texts = story
        .letters
        .iter()
        .flat_map(|letter| {
            letter
                .words
                .iter()
                .chain(letter.asks.iter().map(|a| &a.words))
        })
        .chain(story.facts.iter().map(|fact| &fact.text))
        .chain(&story.offers)
        .chain([&story.behind, &story.place])
        .chain(&story.if_asked)
        .chain(
            rehearsal
                .turns
                .iter()
                .flat_map(|t| [&t.draft, &t.wrote, &t.says]),
        );
    let mut values: Vec<String> = Vec::new();
    let mut known = String::new();
    for text in texts {
        let read = rehearsal.engine.read(&MessageInput {
            text,
            now: story.now.as_ref(),
            ..Default::default()
        });
        values.extend(read.facts.into_iter().filter_map(|fact| fact.value));
        known.push_str(&plain(text));
        known.push('\n');
    }
    let stated = said.facts.iter().filter(|f| f.kind != FactKind::WeSaid);
    for fact in stated {
        let valued = fact.value.as_ref().is_some_and(|v| values.contains(v));
        if !valued && !known.contains(&plain(&fact.span.text)) {
            return Err(Slip::NotInTheStory(fact.span.text.clone()));
        }
    }
    // A figure that is no day and no sum, such as a bare year, has to stand somewhere too.
    let figures = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_ascii_digit())
            .filter(|figure| !figure.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let all = figures(&known);
    match figures(words)
        .into_iter()
        .find(|figure| !all.contains(figure))
    {
        Some(figure) => Err(Slip::NotInTheStory(figure)),
        None => Ok(()),
    }
}

fn plain(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").to_lowercase()
}

/// Every question of the story's words is asked, and no more are than there can be.
fn asked(
    rehearsal: &Rehearsal<'_>,
    theirs: &Reading,
    said: &Reading,
    words: &str,
) -> Result<(), Slip> {
    let engine = rehearsal.engine;
    for at in &rehearsal.open {
        let Some(ask) = rehearsal.ask(*at) else {
            continue;
        };
        let ways = || std::iter::once(&ask.words).chain(&ask.again);
        let is_asked = |text: &str| ways().any(|way| tells(engine, text, way));
        if is_asked(&rehearsal.wrote) && !is_asked(words) {
            return Err(Slip::Dropped(ask.words.clone()));
        }
    }
    // "So it is my doing now?" is asked of nobody, and each letter may hold one or two of that kind.
    const MORE: usize = 2;
    match said.asks.len() > theirs.asks.len().max(rehearsal.open.len()) + MORE {
        true => Err(Slip::Added),
        false => Ok(()),
    }
}

/// A place to be filled in, or a line that somebody else says.
fn has_another_voice(engine: &Engine, words: &str, customer: &str) -> bool {
    let review = engine.review(&DraftInput {
        draft: words,
        ..Default::default()
    });
    let placeholder = review
        .notes
        .iter()
        .any(|note| note.code == "V28" && note.weight == Weight::Pause);
    let signs = |line: &str| {
        let line = line.trim();
        line.strip_suffix(':')
            .is_some_and(|who| who.split_whitespace().count() <= 3 && !who.is_empty())
    };
    let greets_the_customer = customer
        .split_whitespace()
        .any(|name| name.chars().count() > 2 && words.starts_with(&format!("Dear {name}")));
    placeholder || greets_the_customer || words.lines().any(signs) || words.contains("<<<")
}
