//! "unchecked-facts": a status, an amount, a date or a number stated as a fact that no checked fact shows, or that one denies.

mod said;
mod statement;

use super::hit;
use crate::deck::Hit;
use crate::list;
use crate::review::families::Matter;
use crate::scene::Scene;
use crate::text::{NameWords, Sentence, Text};
use crate::{FactState, KnownFact, Weight};
use said::{Said, Valued, plain};
use statement::{Leads, statement};
use std::cell::OnceCell;

/// A draft with more statements than these has been said enough about.
const NOTES_MAX: usize = 4;
/// A claim is touched where so many matters are the same.
const TOUCHED_MATTERS_MIN: usize = 2;

const CLAIMED: &str = "This is what they told us; no record shows it yet.";
const DISPUTED: &str = "Our records and their account differ here, and it is not settled.";
const CONTRADICTED: &str = "A checked fact says otherwise";

pub fn find(scene: &Scene<'_>) -> Vec<Hit> {
    if scene.structural {
        return super::unchecked_values::find(scene);
    }
    let text = scene.text();
    let mut hits = Vec::new();
    let looked = Looked {
        scene,
        leads: Leads::of(scene),
        known: OnceCell::new(),
        told: OnceCell::new(),
    };
    for sentence in &text.sentences {
        if sentence.masked || sentence.question || hits.len() >= NOTES_MAX {
            continue;
        }
        hits.extend(thoughts(scene, *sentence).filter_map(|part| look(&looked, part)));
    }
    hits
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

/// What statements are held against, each part worked out once.
struct Looked<'s, 'a> {
    scene: &'s Scene<'a>,
    leads: Leads<'a>,
    /// The facts, read where a statement first asks for them.
    known: OnceCell<Vec<Known>>,
    /// What their message tells, sentence by sentence.
    told: OnceCell<Vec<Said>>,
}

impl Looked<'_, '_> {
    fn known(&self) -> &[Known] {
        self.known.get_or_init(|| {
            let facts = self.scene.context.facts.iter();
            facts.map(|fact| Known::new(self.scene, fact)).collect()
        })
    }

    /// What their message tells; "Am I in the class?" tells nothing, "Why was I charged twice?" does.
    fn told(&self) -> &[Said] {
        self.told.get_or_init(|| {
            let Some(message) = &self.scene.context.message else {
                return Vec::new();
            };
            let tells = |s: &&Sentence| {
                !s.question
                    || (s.from..s.to).any(|at| {
                        self.scene
                            .lists_id(list::WHY_WORD, message.text.tokens[at].word)
                    })
            };
            let sentences = message.text.sentences.iter().filter(tells);
            sentences
                .map(|s| Said::of(self.scene, &message.text, &message.typed, s.from, s.to))
                .collect()
        })
    }
}

/// One statement held against what is known.
fn look(looked: &Looked<'_, '_>, sentence: Sentence) -> Option<Hit> {
    let Looked { scene, leads, .. } = looked;
    let stated = statement(scene, leads, sentence);
    let compared = !scene.context.facts.is_empty() && states_a_case(scene, sentence);
    if stated.is_none() && !compared {
        return None;
    }
    let known = looked.known();
    let words = scene.text().written_span(sentence.from, sentence.to);
    let said = Said::of(
        scene,
        scene.text(),
        scene.field.typed,
        sentence.from,
        sentence.to,
    );
    let checked = || known.iter().filter(|k| k.state == FactState::Checked);
    if checked().any(|k| k.words == plain(words)) {
        return None;
    }
    let about: Vec<&Known> = checked().filter(|k| said.meets(scene, &k.said)).collect();
    if compared {
        // Another fact that agrees settles it: two deliveries have two dates.
        let denied = about
            .iter()
            .find_map(|k| Some((said.against(&k.said)?, *k)))
            .filter(|(at, _)| !about.iter().any(|k| agrees(&said, &k.said, *at)));
        if let Some(((from, to), fact)) = denied {
            return Some(Hit {
                says: Some(format!("{CONTRADICTED}: {}", fact.text)),
                weight: Some(Weight::LookAgain),
                ..hit(from, to)
            });
        }
    }
    // What facts show need not be said twice: every value, about a matter of theirs or with a value to tell it by.
    let telling = || {
        said.values
            .iter()
            .filter(|v| !matches!(v.kind, Valued::Count(_) | Valued::Place) && !v.value.is_empty())
    };
    let shown = telling().all(|value| checked().any(|k| k.said.holds(value)));
    if shown && (!about.is_empty() || telling().next().is_some()) {
        return None;
    }
    if (sentence.from..sentence.to).any(|at| scene.list_at(list::FACT_ATTRIBUTED, at).is_some()) {
        return None;
    }
    let says = |state: FactState, words: &str| {
        known
            .iter()
            .filter(|k| k.state == state)
            .any(|k| touches(scene, &said, &k.said))
            .then(|| words.to_string())
    };
    let open = says(FactState::Disputed, DISPUTED).or_else(|| says(FactState::Claimed, CLAIMED));
    let (from, to, weight) = match stated {
        Some(stated) => stated,
        // A claim, a dispute, or a number that nobody has seen makes a plain sentence one to look at.
        None if open.is_some() => first_words(scene, sentence)?,
        None => unseen(scene, &said, known)?,
    };
    // "I've sent a new one; it arrives tomorrow": what follows from one's own act needs no record.
    let own_act = (sentence.from..from)
        .any(|at| scene.in_list(at, list::I_WORD) && scene.in_list(at + 1, list::FACT_OWN_ACT));
    if own_act || repeats_the_customer(looked, sentence, from, to) {
        return None;
    }
    Some(Hit {
        says: open,
        weight: Some(weight),
        ..hit(from, to)
    })
}

/// Whether a sentence tells how their case stands: no condition, no wish, nothing to come, nobody else's words.
fn states_a_case(scene: &Scene<'_>, sentence: Sentence) -> bool {
    (sentence.from..sentence.to).all(|at| {
        scene.text().tokens[at].masked || scene.list_at(list::FACT_COMPARE_GUARD, at).is_none()
    })
}

/// Whether the fact holds the value, or the state, at these tokens of what was said.
fn agrees(said: &Said, fact: &Said, at: (usize, usize)) -> bool {
    said.values
        .iter()
        .any(|value| value.at == at && fact.holds(value))
        || said
            .states
            .iter()
            .any(|(side, token)| *token == at.0 && fact.states.iter().any(|(s, _)| s == side))
}

fn touches(scene: &Scene<'_>, said: &Said, fact: &Said) -> bool {
    said.values.iter().any(|value| {
        !matches!(value.kind, Valued::Count(_) | Valued::Place)
            && !value.value.is_empty()
            && fact.holds(value)
    }) && said.meets(scene, fact)
        || said.shared(fact) >= TOUCHED_MATTERS_MIN
}

/// A sum or a number that stands neither among the facts nor in their message.
fn unseen(scene: &Scene<'_>, said: &Said, known: &[Known]) -> Option<(usize, usize, Weight)> {
    let theirs = scene.context.message.as_ref().map(|message| {
        let count = message.text.tokens.len();
        Said::of(scene, &message.text, &message.typed, 0, count)
    });
    said.values
        .iter()
        .filter(|value| matches!(value.kind, Valued::Reference | Valued::Amount))
        .find(|value| {
            !known.iter().any(|k| k.said.holds(value))
                && theirs.as_ref().is_none_or(|theirs| !theirs.holds(value))
        })
        .map(|value| (value.at.0, value.at.1, Weight::LookAgain))
}

/// The first words of a sentence, its marks left out.
fn first_words(scene: &Scene<'_>, sentence: Sentence) -> Option<(usize, usize, Weight)> {
    const SHOWN_TOKENS_MAX: usize = 6;
    let from = (sentence.from..sentence.to)
        .find(|at| scene.text().tokens[*at].kind == crate::text::Kind::Word)?;
    let to = (from + SHOWN_TOKENS_MAX).min(sentence.to);
    let end = (from + 1..to)
        .find(|at| scene.text().tokens[*at].kind == crate::text::Kind::Punct)
        .unwrap_or(to);
    Some((from, end, Weight::LookAgain))
}

/// Says back what the customer wrote, values and all: a paraphrase, not a claim of ours.
fn repeats_the_customer(
    looked: &Looked<'_, '_>,
    sentence: Sentence,
    from: usize,
    to: usize,
) -> bool {
    let scene = looked.scene;
    let told = looked.told();
    if told.is_empty() {
        return false;
    }
    let said = Said::of(scene, scene.text(), scene.field.typed, from, sentence.to);
    let of_them = scene.in_list(from, list::YOU_WORD);
    let of_us = scene.in_list(from, list::WE_WORD);
    let values = || {
        said.values
            .iter()
            .filter(|v| !matches!(v.kind, Valued::Count(_) | Valued::Place))
    };
    let same_values = values().all(|v| !v.value.is_empty() && told.iter().any(|t| t.holds(v)));
    let valued = values().next().is_some();
    if !same_values || (!valued && !of_them) {
        return false;
    }
    // "We've credited £18" says more than their "You owe me £18".
    if valued && !of_us {
        return true;
    }
    // "You were charged twice" to somebody who wrote that they were.
    let matters: Vec<Matter> = scene.families.matters(scene.text(), from, to);
    !matters.is_empty()
        && matters
            .iter()
            .all(|m| told.iter().any(|t| t.matters.binary_search(m).is_ok()))
}

/// A known fact, read once.
struct Known {
    state: FactState,
    text: String,
    words: String,
    said: Said,
}

impl Known {
    fn new(scene: &Scene<'_>, fact: &KnownFact) -> Known {
        let text = Text::new(&fact.text, scene.words, &NameWords::default());
        let typed = crate::typed::find(
            &text,
            scene.words,
            scene.single_words,
            scene.context.now,
            scene.month_first,
        );
        let count = text.tokens.len();
        Known {
            state: fact.state,
            text: fact.text.clone(),
            words: plain(&fact.text),
            said: Said::of(scene, &text, &typed, 0, count),
        }
    }
}
