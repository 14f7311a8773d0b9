//! What a card's `unless`, `only` and `…_when` may say: a sense, a context, or words in a place.

use crate::list;
use crate::pattern::{Field, Lists, Match, Pattern, Sets};
use crate::scene::Scene;
use crate::sense::Sense;
use crate::text::Kind;
use crate::words::Words;
use crate::{Heat, Safety};

/// Where the words of a condition are looked for, seen from the hit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// The hit's own words.
    Hit,
    /// Up to the nearest comma, semicolon, dash or joining word on both sides.
    Clause,
    Sentence,
    /// The part of the sentence before the hit.
    Before,
    /// The part of the sentence behind the hit.
    After,
    /// Beginning right behind the hit.
    Next,
    /// The hit's sentence and the two behind it.
    NextTwo,
    /// The hit's sentence and the one before it.
    Near,
    /// All that stands before the hit's sentence.
    Earlier,
    /// All of the text.
    Text,
    /// The customer's message that a draft answers.
    Message,
}

const PLACES: &[(&str, Place)] = &[
    ("in hit", Place::Hit),
    ("in clause", Place::Clause),
    ("in sentence", Place::Sentence),
    ("before", Place::Before),
    ("after", Place::After),
    ("next", Place::Next),
    ("in next two", Place::NextTwo),
    ("near", Place::Near),
    ("earlier", Place::Earlier),
    ("in text", Place::Text),
    ("in message", Place::Message),
];

/// A compiled condition.
#[derive(Debug, Clone)]
pub enum Condition {
    /// At least this warm.
    Heat(Heat),
    /// The message carries this cue.
    Cue(String),
    Safety,
    Sense(Sense),
    Words {
        place: PlaceOf,
        pattern: Pattern,
    },
    /// The opposite of the condition inside.
    Not(Box<Condition>),
    /// One of these cues.
    AnyCue(Vec<String>),
}

/// Keeps `Place` out of the public enum.
#[derive(Debug, Clone, Copy)]
pub struct PlaceOf(Place);

impl Condition {
    /// Compiles `source`; says in words what is wrong with it.
    pub fn compile(
        source: &str,
        words: &mut Words,
        sets: &mut Sets,
        lists: &Lists<'_>,
    ) -> Result<Condition, String> {
        if let Some(rest) = source.strip_prefix("not ")
            && let Ok(inner) = Condition::compile(rest, words, sets, lists)
        {
            return Ok(Condition::Not(Box::new(inner)));
        }
        match source {
            "warm" => return Ok(Condition::Heat(Heat::Warm)),
            "hot" => return Ok(Condition::Heat(Heat::Hot)),
            "very hot" => return Ok(Condition::Heat(Heat::VeryHot)),
            "safety" => return Ok(Condition::Safety),
            _ => {}
        }
        let is_code = |source: &str| {
            source.len() == 3
                && source.starts_with('C')
                && source[1..].bytes().all(|b| b.is_ascii_digit())
        };
        if is_code(source) {
            return Ok(Condition::Cue(source.to_string()));
        }
        if source.contains(" or ") && source.split(" or ").all(is_code) {
            return Ok(Condition::AnyCue(
                source.split(" or ").map(str::to_string).collect(),
            ));
        }
        if let Some((place, pattern)) = source.split_once(':')
            && let Some((_, place)) = PLACES.iter().find(|(name, _)| *name == place.trim())
        {
            let pattern = Pattern::compile(pattern.trim(), words, sets, lists)?;
            return Ok(Condition::Words {
                place: PlaceOf(*place),
                pattern,
            });
        }
        Sense::named(source).map(Condition::Sense).ok_or_else(|| {
            format!("there is no condition `{source}`; it is a heat (warm, hot), a cue's code, `PLACE: PATTERN`, or one of the senses: {}", Sense::names().collect::<Vec<_>>().join(", "))
        })
    }

    /// Whether it asks about the message a draft answers: nobody can know that while the message itself is read.
    pub fn needs_a_message(&self) -> bool {
        match self {
            Condition::Heat(_) | Condition::Cue(_) | Condition::AnyCue(_) | Condition::Safety => {
                true
            }
            Condition::Words { place, .. } => place.0 == Place::Message,
            Condition::Not(inner) => inner.needs_a_message(),
            Condition::Sense(_) => false,
        }
    }

    /// Whether it holds for a hit.
    pub fn holds(&self, scene: &Scene<'_>, hit: Match) -> bool {
        match self {
            Condition::Heat(least) => scene.context.heat >= *least,
            Condition::Cue(code) => scene.context.has_cue(code),
            Condition::AnyCue(codes) => codes.iter().any(|code| scene.context.has_cue(code)),
            Condition::Safety => matches!(scene.context.safety, Some(Safety::Risk | Safety::Abuse)),
            Condition::Sense(sense) => sense.holds(scene, hit),
            Condition::Not(inner) => !inner.holds(scene, hit),
            Condition::Words { place, pattern } => {
                let text = scene.field.text;
                let sentence = text.sentence_of(hit.from);
                let index = text.tokens[hit.from].sentence as usize;
                let (from, to) = match place.0 {
                    Place::Hit => (hit.from, hit.to),
                    Place::Clause => clause(scene, hit),
                    Place::Sentence => (sentence.from, sentence.to),
                    Place::Before => (sentence.from, hit.from),
                    Place::After => (hit.to, text.sentence_of(hit.to.saturating_sub(1)).to),
                    Place::Next => return pattern.matches(hit.to, &scene.field).is_some(),
                    Place::NextTwo => (
                        sentence.from,
                        text.sentences[(index + 2).min(text.sentences.len() - 1)].to,
                    ),
                    Place::Near => (text.sentences[index.saturating_sub(1)].from, sentence.to),
                    Place::Earlier => (0, sentence.from),
                    Place::Text => (0, text.tokens.len()),
                    Place::Message => {
                        return scene.context.message.as_ref().is_some_and(|message| {
                            found(pattern, &message.field(), 0, message.text.tokens.len())
                        });
                    }
                };
                found(pattern, &scene.field, from, to)
            }
        }
    }
}

fn found(pattern: &Pattern, field: &Field<'_>, from: usize, to: usize) -> bool {
    pattern.first_in(from, to, field).is_some()
}

/// The clause around a hit: tokens up to the nearest dividing mark or joining word on both sides.
pub fn clause(scene: &Scene<'_>, hit: Match) -> (usize, usize) {
    let text = scene.field.text;
    let sentence = text.sentence_of(hit.from);
    let divides = |at: usize| {
        let token = text.tokens[at];
        match token.kind {
            Kind::Punct => matches!(text.written(at), "," | ";" | ":" | "—" | "–" | "(" | ")"),
            Kind::Word => scene.in_list(at, list::CLAUSE_JOINT),
            _ => false,
        }
    };
    let from = (sentence.from..hit.from)
        .rev()
        .find(|at| divides(*at))
        .map_or(sentence.from, |at| at + 1);
    let to = (hit.to..sentence.to)
        .find(|at| divides(*at))
        .unwrap_or(sentence.to.max(hit.to));
    (from, to)
}
