//! Which words of a statement stand in a checked fact: where none of what it says of its thing does, no record shows it.

use super::clause::{Clause, finite};
use super::first_word;
use super::known::{Known, Looked};
use super::said::Said;
use super::value::plain;
use crate::FactState;
use crate::list;
use crate::review::families::Matter;
use crate::scene::Scene;
use crate::text::Kind;
use crate::words::CLITIC_S;

/// So many words that only an open fact holds are its statement, said as ours.
const OPEN_WORDS_MIN: usize = 2;

/// The words of a clause that carry a matter, counted.
#[derive(Debug, Default)]
pub struct Covered {
    /// Its first word, its verb, and its end.
    first: usize,
    verb: usize,
    to: usize,
    /// Words that a checked fact holds, before the verb.
    subject_held: usize,
    /// Words that none holds, before the verb.
    subject_bare: usize,
    /// The same, from the verb on.
    held: usize,
    bare: usize,
    /// Words that no checked fact holds and a claimed or disputed one does.
    open: usize,
}

impl Covered {
    pub fn of(looked: &Looked<'_, '_>, said: &Said, clause: Clause) -> Covered {
        let scene = looked.scene;
        let text = scene.text();
        let Clause { from, to, .. } = clause;
        let first = first_word(scene, from, to);
        let verb = (first..to).find(|at| finite(scene, *at)).unwrap_or(from);
        let mut covered = Covered {
            first,
            verb,
            to,
            ..Covered::default()
        };
        let words = scene.families.by_word(text, from, to);
        let holds = |k: &Known, at: usize, matters: &[(usize, Matter)]| {
            matters
                .iter()
                .any(|(_, m)| k.said.matters.binary_search(m).is_ok())
                || k.names.contains(&plain(text.written(at)))
        };
        for matters in words.chunk_by(|a, b| a.0 == b.0) {
            let Some((at, _)) = matters.first().copied() else {
                continue;
            };
            let valued = said.values.iter().any(|v| v.at.0 <= at && at < v.at.1);
            if valued || text.tokens[at].kind != Kind::Word {
                continue;
            }
            let in_a = |checked: bool| {
                let mut of = looked
                    .known()
                    .iter()
                    .filter(|k| (k.state == FactState::Checked) == checked);
                of.any(|k| holds(k, at, matters))
            };
            let held = in_a(true);
            let count = match (at < verb, held) {
                (true, true) => &mut covered.subject_held,
                (true, false) => &mut covered.subject_bare,
                (false, true) => &mut covered.held,
                (false, false) => &mut covered.bare,
            };
            *count += 1;
            if !held && in_a(false) {
                covered.open += 1;
            }
        }
        covered
    }

    /// Whether it says what only they told us, or what is at odds.
    pub fn is_open(&self) -> bool {
        self.open >= OPEN_WORDS_MIN || (self.open > 0 && self.held == 0)
    }

    /// Whether it tells something of a particular thing, and no checked fact holds any word of what it tells.
    pub fn is_bare(&self, scene: &Scene<'_>) -> bool {
        let nothing_held = self.held == 0 && self.bare > 0;
        let thing_alone = self.held + self.subject_held + self.bare == 0 && self.subject_bare > 0;
        (nothing_held || thing_alone || self.open >= OPEN_WORDS_MIN) && self.tells(scene)
    }

    /// Whether it tells of a particular thing, or what happened to any; "losing it twice was hard" tells how it felt.
    fn tells(&self, scene: &Scene<'_>) -> bool {
        let text = scene.text();
        let Covered {
            first, verb, to, ..
        } = *self;
        let any = |list| (first..to).any(|at| scene.list_at(list, at).is_some());
        if scene.in_list(first, list::FACT_GENERIC)
            || scene.in_list(first, list::FACT_UNTOLD)
            || text.written(first).ends_with("ing")
            || any(list::FEELING_WORD)
        {
            return false;
        }
        let particular = scene.in_list(first, list::FACT_SUBJECT)
            || scene.in_list(first, list::WE_WORD)
            || scene.in_list(first, list::FACT_STANDS_FOR);
        let now = scene.in_list(verb, list::FACT_PRESENT) || text.tokens[verb].word == CLITIC_S;
        let past = !now
            && verb > first
            && (scene.in_list(verb, list::FACT_STATE_VERB)
                || scene
                    .field
                    .sets
                    .is_past(text.written(verb), text.tokens[verb].word));
        // "The account carries on": nothing has become of it that a record would have.
        past || (particular && scene.list_in(list::FACT_TOLD, first, to).is_some())
    }
}
