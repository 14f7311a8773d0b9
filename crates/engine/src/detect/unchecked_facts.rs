//! "unchecked-facts": a status, an amount, a date or a number stated as a fact that no checked fact shows, or that one denies.

mod clause;
mod covered;
mod day;
mod echo;
mod heard;
mod known;
mod said;
mod statement;
mod value;
mod values;

use super::hit;
use crate::deck::Hit;
use crate::list;
use crate::scene::Scene;
use crate::text::{Kind, Sentence};
use crate::{FactState, Weight};
use clause::{Clause, Sort, clauses};
use covered::Covered;
use echo::repeats_the_customer;
use known::{Known, Looked};
use said::{Said, Told};
use statement::{Leads, statement};
use std::cell::OnceCell;
use value::{Of, Value, Valued, plain};

/// A draft with more statements than these has been said enough about.
const NOTES_MAX: usize = 4;
/// So many notes for one clause: a wrong day and a wrong sum are two things to look at.
const CLAUSE_NOTES_MAX: usize = 2;
/// Numbers up to this are said of anything.
const SMALL_MAX: f64 = 12.0;
/// A claim is touched where so many matters are the same.
const TOUCHED_MATTERS_MIN: usize = 2;

const CLAIMED: &str = "This is what they told us; no record shows it yet.";
const DISPUTED: &str = "Our records and their account differ here, and it is not settled.";
const CONTRADICTED: &str = "A checked fact says otherwise";

pub fn find(scene: &Scene<'_>) -> Vec<Hit> {
    if scene.structural {
        return super::unchecked_values::find(scene);
    }
    let looked = Looked {
        scene,
        leads: Leads::of(scene),
        known: OnceCell::new(),
        told: OnceCell::new(),
    };
    let mut hits = Vec::new();
    for sentence in &scene.text().sentences {
        if sentence.masked || sentence.question || hits.len() >= NOTES_MAX {
            continue;
        }
        if scene.context.facts.is_empty() {
            hits.extend(thoughts(scene, *sentence).filter_map(|part| with_nothing(&looked, part)));
        } else if !looked.is_on_file(*sentence) {
            for clause in clauses(scene, *sentence) {
                look(&looked, *sentence, clause, &mut hits);
            }
        }
    }
    if !scene.context.statements.is_empty() && !scene.context.facts.is_empty() {
        heard::weigh(&looked, &mut hits);
    }
    hits.truncate(NOTES_MAX);
    if !hits.is_empty() && scene.context.facts.is_empty() && looked_oneself(scene) {
        hits.iter_mut()
            .for_each(|hit| hit.weight = Some(Weight::Quiet));
    }
    hits
}

/// Whether whoever writes says that they looked, or did it: worth a quiet word where no record is at hand.
fn looked_oneself(scene: &Scene<'_>) -> bool {
    let everything = scene.text().tokens.len();
    scene.list_in(list::FACT_OWN_LOOK, 0, everything).is_some()
}

/// The parts of a sentence between semicolons, each a statement of its own.
fn thoughts(scene: &Scene<'_>, sentence: Sentence) -> impl Iterator<Item = Sentence> {
    let ends = (sentence.from..sentence.to)
        .filter(|at| scene.text().written(*at) == ";")
        .chain([sentence.to]);
    let mut from = sentence.from;
    ends.map(move |to| {
        let part = Sentence {
            from,
            to,
            ..sentence
        };
        from = (to + 1).min(sentence.to);
        part
    })
    .filter(|part| part.from < part.to)
}

/// A statement where nothing is on file: only what a record surely shows is worth a note.
fn with_nothing(looked: &Looked<'_, '_>, part: Sentence) -> Option<Hit> {
    let Looked { scene, leads, .. } = looked;
    let (from, to, weight) = statement(scene, leads, part)?;
    if scene
        .list_in(list::FACT_ATTRIBUTED, part.from, part.to)
        .is_some()
        || repeats_the_customer(looked, part, (from, to))
        || follows_own_act(scene, part.from, from)
    {
        return None;
    }
    Some(Hit {
        weight: Some(weight),
        ..hit(from, to)
    })
}

/// "I've sent a new one; it arrives tomorrow": what follows from one's own act needs no record.
fn follows_own_act(scene: &Scene<'_>, from: usize, to: usize) -> bool {
    (from..to)
        .any(|at| scene.in_list(at, list::I_WORD) && scene.in_list(at + 1, list::FACT_OWN_ACT))
}

/// One clause held against what is known.
fn look(looked: &Looked<'_, '_>, sentence: Sentence, clause: Clause, hits: &mut Vec<Hit>) {
    let Looked { scene, leads, .. } = looked;
    if matches!(clause.sort, Sort::Theirs | Sort::Loose) {
        return;
    }
    let Clause { from, to, sort } = clause;
    let known = looked.known();
    let said = Said::of(scene, scene.text(), scene.field.typed, from, to);
    let checked: Vec<&Known> = known
        .iter()
        .filter(|k| k.state == FactState::Checked)
        .collect();
    let words = plain(scene.text().written_span(from, to));
    if checked.iter().any(|k| k.words == words) {
        return;
    }
    // "Dinner is extra" says nothing against "breakfast included".
    let verb = (from..to)
        .find(|at| clause::finite(scene, *at))
        .unwrap_or(from);
    let met: Vec<&Known> = checked
        .iter()
        .copied()
        .filter(|k| said.meets(scene, &k.said) && !said.is_of_another(&k.said, verb))
        .collect();
    let stands_for = scene.in_list(first_word(scene, from, to), list::FACT_STANDS_FOR);
    let about: &[&Known] = match checked.as_slice() {
        // "It", "nobody": where one thing is on file, that is what is meant.
        [_] if stands_for => &checked,
        all if met.is_empty() && stands_for => all,
        _ => &met,
    };
    let mut denied = Vec::new();
    denied.extend(
        about
            .iter()
            .find_map(|k| Some((said.state_against(&k.said)?, *k)))
            // Another fact that agrees settles it: two payments have two states.
            .filter(|(state, _)| !about.iter().any(|k| said.agrees(&k.said, *state)))
            .map(|((at, _), fact)| ((at, at + 1), fact)),
    );
    let unheld: Vec<&Value> = said
        .values
        .iter()
        .filter(|v| !looked.holds(&checked, &v.is) && !looked.shows(&checked, v))
        .collect();
    denied.extend(unheld.iter().filter_map(|value| {
        let against = about.iter().filter(|k| {
            let mut like = k.said.values.iter().filter(|v| v.is.is_like(&value.is));
            like.next().is_some() && said.same_event(&k.said)
        });
        let nearest = against.max_by_key(|k| said.shared(&k.said))?;
        Some((value.at, *nearest))
    }));
    if !denied.is_empty() {
        denied.truncate(CLAUSE_NOTES_MAX);
        hits.extend(denied.into_iter().map(|((from, to), fact)| Hit {
            says: Some(format!("{CONTRADICTED}: {}", fact.text)),
            weight: Some(Weight::LookAgain),
            ..hit(from, to)
        }));
        return;
    }
    if sort == Sort::Own {
        return;
    }
    let open = |state: FactState, words: &str| {
        known
            .iter()
            .filter(|k| k.state == state)
            .any(|k| said.meets(scene, &k.said) || said.shared(&k.said) >= TOUCHED_MATTERS_MIN)
            .then(|| words.to_string())
    };
    let says = || open(FactState::Disputed, DISPUTED).or_else(|| open(FactState::Claimed, CLAIMED));
    let question = |(from, to): (usize, usize), weight: Weight| Hit {
        says: says(),
        weight: Some(weight),
        ..hit(from, to)
    };
    let part = Sentence {
        from,
        to,
        ..sentence
    };
    let covered = Covered::of(looked, &said, clause);
    if !covered.is_open() && repeats_the_customer(looked, part, (from, to)) {
        return;
    }
    // "Your two candles": a small number in words is no matter of record where no record counts a thing.
    let counted = |value: &Value| {
        let in_words = || {
            let (from, to) = value.at;
            (from..to).all(|at| scene.text().tokens[at].kind == Kind::Word)
        };
        let written = |v: &Value| matches!(v.is, Valued::Number(..)) && v.at.0 < v.at.1;
        let times = |v: &Value| matches!(v.is, Valued::Times(_));
        let in_facts =
            |like: &dyn Fn(&Value) -> bool| checked.iter().any(|k| k.said.values.iter().any(like));
        match value.is {
            Valued::Number(number, _) if number <= SMALL_MAX && in_words() => in_facts(&written),
            Valued::Times(_) => in_facts(&times),
            _ => true,
        }
    };
    let unheld = together(unheld.into_iter().filter(|v| counted(v)).collect());
    if !unheld.is_empty() {
        hits.extend(unheld.into_iter().take(CLAUSE_NOTES_MAX).map(|value| {
            let loud = value.is.is_on_record();
            let weight = if loud {
                Weight::LookAgain
            } else {
                Weight::Quiet
            };
            question(value.at, weight)
        }));
        return;
    }
    let held = || {
        let mut values = said.values.iter();
        values.any(|v| looked.holds(&checked, &v.is) || looked.shows(&checked, v))
    };
    // What only they say, or what is at odds: a word that no record holds. Beside a value that one holds, their very word.
    let very_word =
        |told: &Told, k: &Known| !held() || k.names.contains(&plain(scene.text().written(told.at)));
    let at_odds = said.told.iter().find(|told| {
        let of = |checked: bool| {
            let mut of = known
                .iter()
                .filter(|k| (k.state == FactState::Checked) == checked);
            of.any(|k| {
                k.said.matters.binary_search(&told.matter).is_ok()
                    && (checked || very_word(told, k))
            })
        };
        // What happened or is denied; a thing they named, said back to them, states nothing.
        told.plainly && !scene.families.is_general(told.matter) && of(false) && !of(true)
    });
    if let Some(told) = at_odds {
        hits.push(question((told.at, told.at + 1), Weight::LookAgain));
        return;
    }
    // "You were turned down" is "refused", whatever else the words are.
    if held() || checked.iter().any(|k| said.says_the_same(&k.said)) {
        return;
    }
    let stated = || statement(scene, leads, part).filter(|_| met.is_empty());
    if let Some((from, to, weight)) = stated() {
        hits.push(question((from, to), weight));
    } else if ((met.is_empty() && happened(scene, from, to)) || covered.is_bare(scene))
        && let Some((from, to)) = first_words(scene, part)
    {
        hits.push(question((from, to), Weight::Quiet));
    }
}

/// The values that are worth a note each: the words of a name as one; a colour, a "first" or a "Dr Singh" that no
/// record names is no matter of record.
fn together(values: Vec<&Value>) -> Vec<Value> {
    let mut all: Vec<Value> = Vec::new();
    for value in values {
        let name = |value: &Value| matches!(value.is, Valued::Name(..));
        match all.last_mut() {
            Some(last) if name(last) && name(value) && last.at.1 == value.at.0 => {
                last.at.1 = value.at.1;
            }
            _ if matches!(
                value.is,
                Valued::One(..) | Valued::Nth(_) | Valued::Name(_, Of::Person)
            ) => {}
            _ => all.push(value.clone()),
        }
    }
    all
}

/// The first word of tokens `from..to`.
fn first_word(scene: &Scene<'_>, from: usize, to: usize) -> usize {
    (from..to)
        .find(|at| {
            scene.text().tokens[*at].kind == Kind::Word
                && scene.list_at(list::FACT_LEAD, *at).is_none()
        })
        .unwrap_or(from)
}

/// Whether a clause tells what became of a thing, or where it is; "you are right" and "we let you down" tell neither.
fn happened(scene: &Scene<'_>, from: usize, to: usize) -> bool {
    let first = first_word(scene, from, to);
    !scene.in_list(first, list::WE_WORD)
        && !scene.in_list(first, list::YOU_WORD)
        && !scene.in_list(first, list::FACT_GENERIC)
        && scene.list_in(list::FACT_TOLD, from, to).is_some()
}

/// The first words of a sentence, its marks left out.
fn first_words(scene: &Scene<'_>, sentence: Sentence) -> Option<(usize, usize)> {
    const SHOWN_TOKENS_MAX: usize = 6;
    let from =
        (sentence.from..sentence.to).find(|at| scene.text().tokens[*at].kind == Kind::Word)?;
    let to = (from + SHOWN_TOKENS_MAX).min(sentence.to);
    let end = (from + 1..to)
        .find(|at| scene.text().tokens[*at].kind == Kind::Punct)
        .unwrap_or(to);
    Some((from, end))
}
