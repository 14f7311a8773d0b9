//! What a reader from outside says of each word of the draft, beside what the words themselves show: a note that it does not
//! believe falls, and a statement that no word list knows is found.

use super::known::Looked;
use super::{CLAIMED, CONTRADICTED, DISPUTED, Said, Value, hit};
use crate::deck::Hit;
use crate::scene::Scene;
use crate::text::Sentence;
use crate::{FactState, Stated, Weight};

/// A note falls where so much speaks against it, in log-odds: one at a value ("Tuesday", "£40"), one at the words of a state that a checked
/// fact denies, one that no checked fact shows, and one that is only worth a quiet word. Values are compared better than they are heard.
const VALUE_FALLS: f32 = -4.0;
const DENIED_FALLS: f32 = -2.0;
const UNSHOWN_FALLS: f32 = -1.0;
const QUIET_FALLS: f32 = -2.0;
/// A stretch is one that no checked fact shows where it is so sure: where one says otherwise, where none speaks of it, and where the words
/// themselves show one that says the same.
const DENIED_MIN: f32 = 0.5;
const UNSHOWN_MIN: f32 = 1.5;
const SAME_MIN: f32 = 4.0;
const GAP_WORDS_MAX: usize = 1;

/// `hits`, as it is with what the reader says.
pub fn weigh(looked: &Looked<'_, '_>, hits: &mut Vec<Hit>) {
    let scene = looked.scene;
    let text = scene.text();
    let words = scene.context.statements;
    hits.retain(|hit| {
        let (from, to) = hit.found.show;
        let own = text.bytes(from, to);
        let within = words
            .iter()
            .filter(|w| w.start < own.end && own.start < w.end);
        let falls = if is_value(scene, hit) {
            VALUE_FALLS
        } else if hit.weight == Some(Weight::Quiet) {
            QUIET_FALLS
        } else if is_denied(hit.says.as_deref()) {
            DENIED_FALLS
        } else {
            UNSHOWN_FALLS
        };
        mean(within, |word| word.questioned).is_none_or(|heard| heard >= falls)
    });
    for sentence in text.sentences.iter().filter(|s| !s.masked && !s.question) {
        let own = text.bytes(sentence.from, sentence.to);
        let first = words.partition_point(|word| word.start < own.start);
        let end = words.partition_point(|word| word.start < own.end);
        let words = &words[first..end];
        for (from, to) in stretches(words) {
            let stretch = &words[from..to];
            let (start, end) = (stretch[0].start, stretch[stretch.len() - 1].end);
            // What a reader says may be of another text: no further than this sentence.
            let from = text.token_at(start).max(sentence.from);
            let to = (text.token_at(end.max(1) - 1) + 1).min(sentence.to);
            if from >= to {
                continue;
            }
            let touches = |hit: &Hit| hit.found.show.0 < to && from < hit.found.show.1;
            let denied = |hit: &Hit| is_denied(hit.says.as_deref());
            let surer = |hit: &Hit| denied(hit) || is_value(scene, hit);
            if hits.iter().any(|hit| touches(hit) && surer(hit)) {
                continue;
            }
            if let Some(new) = of_stretch(looked, *sentence, stretch, (from, to)) {
                // What a fact denies says more than that none shows it.
                if denied(&new) {
                    hits.retain(|hit| !touches(hit));
                }
                if !hits.iter().any(touches) {
                    hits.push(new);
                }
            }
        }
    }
    hits.sort_by_key(|hit| hit.found.show);
}

fn of_stretch(
    looked: &Looked<'_, '_>,
    sentence: Sentence,
    stretch: &[Stated],
    (from, to): (usize, usize),
) -> Option<Hit> {
    let scene = looked.scene;
    let heard = mean(stretch.iter(), |word| word.questioned)?;
    let checked: Vec<_> = looked
        .known()
        .iter()
        .filter(|known| known.state == FactState::Checked)
        .collect();
    let said = said(scene, from, to);
    let held = |value: &Value| looked.holds(&checked, &value.is) || looked.shows(&checked, value);
    let same = !said.values.is_empty() && said.values.iter().all(held)
        || (checked.iter()).any(|k| said.says_the_same(&k.said) && said.meets(scene, &k.said));
    let denied = mean(stretch.iter(), |word| word.denied)? > 0.0;
    let min = if same {
        SAME_MIN
    } else if denied {
        DENIED_MIN
    } else {
        UNSHOWN_MIN
    };
    if heard < min || looked.is_on_file(sentence) {
        return None;
    }
    let fact = most_named(stretch).and_then(|at| scene.context.facts.get(at));
    let says = fact.and_then(|fact| match fact.state {
        FactState::Checked => denied.then(|| format!("{CONTRADICTED}: {}", fact.text)),
        FactState::Claimed => Some(CLAIMED.to_owned()),
        FactState::Disputed => Some(DISPUTED.to_owned()),
    });
    let weight = match is_denied(says.as_deref()) {
        true => Weight::LookAgain,
        false => Weight::Quiet,
    };
    Some(Hit {
        says,
        weight: Some(weight),
        ..hit(from, to)
    })
}

fn said(scene: &Scene<'_>, from: usize, to: usize) -> Said {
    Said::of(scene, scene.text(), scene.field.typed, from, to)
}

fn is_value(scene: &Scene<'_>, hit: &Hit) -> bool {
    let (from, to) = hit.found.show;
    !said(scene, from, to).values.is_empty()
}

fn is_denied(says: Option<&str>) -> bool {
    says.is_some_and(|says| says.starts_with(CONTRADICTED))
}

/// Where words that no checked fact shows stand together, from and to.
fn stretches(words: &[Stated]) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (at, word) in words.iter().enumerate() {
        if word.questioned < 0.0 {
            continue;
        }
        match found.last_mut() {
            Some(last) if at - last.1 <= GAP_WORDS_MAX => last.1 = at + 1,
            _ => found.push((at, at + 1)),
        }
    }
    found
}

/// The fact that most of the words look at.
fn most_named(stretch: &[Stated]) -> Option<usize> {
    let named = || stretch.iter().filter_map(|word| word.fact);
    named().max_by_key(|fact| named().filter(|other| other == fact).count())
}

fn mean<'a>(words: impl Iterator<Item = &'a Stated>, of: impl Fn(&Stated) -> f32) -> Option<f32> {
    let (sum, count) = words.fold((0.0, 0), |(sum, count), word| (sum + of(word), count + 1));
    (count > 0).then(|| sum / count as f32)
}
