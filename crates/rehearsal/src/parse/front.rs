//! The lines between the `+++` of a story.

use super::Faults;
use crate::limits::{FACTS_MAX, LINE_CHARS_MAX};
use crate::state::{Clarity, Trust};
use crate::story::{Level, Story};
use jiff::Zoned;
use jiff::fmt::temporal::Pieces;
use jiff::tz::TimeZone;
use toml::de::{DeTable, DeValue};
use unruffled_engine::{FactState, Heat, KnownFact};

const KEYS: &str =
    "trade, what_if, level, customer, heat, trust, clarity, now, facts, offers, behind, plan";

pub fn read(front: &str, faults: &mut Faults<'_>) -> Story {
    let line_of = |at: usize| {
        let at = front.floor_char_boundary(at.min(front.len()));
        front[..at].matches('\n').count() + 2
    };
    let (table, broken) = DeTable::parse_recoverable(front);
    for fault in broken {
        let at = fault.span().map_or(0, |span| span.start);
        faults.add(line_of(at), fault.message().trim_end_matches('.'));
    }
    let mut story = Story {
        id: String::new(),
        title: String::new(),
        place: String::new(),
        trade: String::new(),
        what_if: String::new(),
        level: Level::Easy,
        customer: String::new(),
        heat: Heat::Warm,
        trust: Trust::Thin,
        clarity: Clarity::Partly,
        now: None,
        facts: Vec::new(),
        offers: Vec::new(),
        behind: String::new(),
        plan: String::new(),
        letters: Vec::new(),
        if_asked: Vec::new(),
        calm: Vec::new(),
        hot: Vec::new(),
    };
    let mut seen: Vec<&str> = Vec::new();
    for (key, value) in table.get_ref() {
        let line = line_of(key.span().start);
        seen.push(key.get_ref());
        let said = match value.get_ref() {
            DeValue::String(words) => Said::One(words.trim()),
            DeValue::Array(all) => Said::Many(
                all.iter()
                    .filter_map(|one| match one.get_ref() {
                        DeValue::String(words) => Some(words.trim()),
                        _ => None,
                    })
                    .collect(),
            ),
            _ => Said::Many(Vec::new()),
        };
        if let Err(says) = field(&mut story, key.get_ref(), &said) {
            faults.add(line, says);
        }
    }
    for key in [
        "trade", "what_if", "level", "customer", "heat", "trust", "clarity", "behind", "plan",
    ] {
        if !seen.contains(&key) {
            faults.add(1, format!("`{key}` is missing"));
        }
    }
    story
}

enum Said<'a> {
    One(&'a str),
    Many(Vec<&'a str>),
}

fn field(story: &mut Story, key: &str, said: &Said<'_>) -> Result<(), String> {
    let words = || match said {
        Said::One(words) if !words.is_empty() && words.chars().count() <= LINE_CHARS_MAX => {
            Ok((*words).to_owned())
        }
        _ => Err(format!(
            "`{key}`: words between quotation marks are wanted, at most {LINE_CHARS_MAX} characters"
        )),
    };
    let list = || match said {
        Said::Many(all) if !all.is_empty() && all.len() <= FACTS_MAX => Ok(all.clone()),
        _ => Err(format!(
            "`{key}`: a list of words is wanted, [\"…\", \"…\"], at most {FACTS_MAX}"
        )),
    };
    match key {
        "trade" => story.trade = words()?,
        "customer" => story.customer = words()?,
        "behind" => story.behind = words()?,
        "plan" => story.plan = words()?,
        "what_if" => {
            story.what_if = words()?;
            let known = story.what_if.len() == 2 && ("H1"..="H8").contains(&&*story.what_if);
            known.then_some(()).ok_or(format!(
                "`what_if`: `{}` is none of H1 to H8",
                story.what_if
            ))?;
        }
        "level" => {
            story.level = one_of(
                key,
                &words()?,
                &[
                    ("easy", Level::Easy),
                    ("middle", Level::Middle),
                    ("hard", Level::Hard),
                    ("very hard", Level::VeryHard),
                ],
            )?;
        }
        "heat" => {
            story.heat = one_of(
                key,
                &words()?,
                &[
                    ("quiet", Heat::Quiet),
                    ("warm", Heat::Warm),
                    ("hot", Heat::Hot),
                    ("very hot", Heat::VeryHot),
                ],
            )?;
        }
        "trust" => {
            story.trust = one_of(
                key,
                &words()?,
                &[
                    ("gone", Trust::Gone),
                    ("thin", Trust::Thin),
                    ("there", Trust::There),
                    ("firm", Trust::Firm),
                ],
            )?;
        }
        "clarity" => {
            story.clarity = one_of(
                key,
                &words()?,
                &[
                    ("lost", Clarity::Lost),
                    ("partly", Clarity::Partly),
                    ("mostly", Clarity::Mostly),
                    ("clear", Clarity::Clear),
                ],
            )?;
        }
        "now" => story.now = Some(time(&words()?)?),
        "facts" => story.facts = list()?.into_iter().map(fact).collect(),
        "offers" => story.offers = list()?.into_iter().map(str::to_owned).collect(),
        _ => return Err(format!("`{key}` is no key of a story; these are: {KEYS}")),
    }
    Ok(())
}

fn one_of<T: Copy>(key: &str, said: &str, words: &[(&str, T)]) -> Result<T, String> {
    let found = words.iter().find(|(word, _)| *word == said);
    found.map(|(_, value)| *value).ok_or_else(|| {
        let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        format!("`{key}`: `{said}` is none of {}", known.join(", "))
    })
}

/// In a zone of just that offset, so that "tomorrow" means their tomorrow.
fn time(words: &str) -> Result<Zoned, String> {
    let read = || {
        let pieces = Pieces::parse(words).ok()?;
        let offset = pieces.to_numeric_offset()?;
        let instant = offset
            .to_timestamp(pieces.date().to_datetime(pieces.time()?))
            .ok()?;
        Some(instant.to_zoned(TimeZone::fixed(offset)))
    };
    read().ok_or_else(|| {
        format!("`now`: `{words}` is not a time with an offset, such as 2026-05-04T10:00:00+01:00")
    })
}

/// As in a card's examples: what they claim and what is disputed says so in front.
fn fact(words: &str) -> KnownFact {
    let (state, text) = match words.split_once(':') {
        Some(("claimed", text)) => (FactState::Claimed, text),
        Some(("disputed", text)) => (FactState::Disputed, text),
        _ => (FactState::Checked, words),
    };
    KnownFact {
        text: text.trim().to_owned(),
        state,
        source: None,
    }
}
