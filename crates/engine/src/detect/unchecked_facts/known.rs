//! What a statement is held against: the facts, and what their message tells, each read once.

use super::said::Said;
use super::statement::Leads;
use super::value::{Value, Valued, plain};
use crate::list;
use crate::scene::Scene;
use crate::text::{NameWords, Sentence, Text};
use crate::{FactState, KnownFact};
use std::cell::OnceCell;

/// Shorter codes ("F", "9") are looked up whole.
const CODE_LETTERS_MIN: usize = 4;

/// A figure alone stands in nearly every fact.
const FIGURES_MIN: usize = 2;
/// So many figures are a part of a longer number, and no chance.
const FIGURES_INSIDE_MIN: usize = 3;

/// What statements are held against, each part worked out once.
pub struct Looked<'s, 'a> {
    pub scene: &'s Scene<'a>,
    pub leads: Leads<'a>,
    /// The facts, read where a statement first asks for them.
    pub known: OnceCell<Vec<Known>>,
    /// What their message tells, sentence by sentence.
    pub told: OnceCell<Vec<Said>>,
}

impl Looked<'_, '_> {
    /// Whether a checked fact holds the value; a name may be known from their message, too.
    pub fn holds(&self, checked: &[&Known], value: &Valued) -> bool {
        match value {
            Valued::Name(name, _) => {
                let scene = self.scene;
                let theirs = || {
                    let message = scene.context.message.as_ref();
                    message.is_some_and(|m| {
                        (0..m.text.tokens.len()).any(|at| plain(m.text.written(at)) == *name)
                    })
                };
                checked.iter().any(|k| k.names.contains(name))
                    || scene
                        .context
                        .customer_name
                        .is_some_and(|known| plain(known).contains(name.as_str()))
                    || theirs()
            }
            // "F11" stands in "row F, seats 11-12".
            Valued::Code(code) if parts(code).is_some_and(|parts| in_parts(checked, parts)) => true,
            // "TD 55 901" stands in "Scheme reference TD-55901".
            Valued::Code(code) if code.len() >= CODE_LETTERS_MIN => checked
                .iter()
                .any(|k| k.said.holds(value) || k.words.contains(code.as_str())),
            // "Row H" and "section C" stand in "plot C14".
            Valued::Code(code)
                if code.len() == 1 && checked.iter().any(|k| k.begins_with(code)) =>
            {
                true
            }
            // "Row H" stands in "stalls H 12".
            Valued::Code(code) => checked
                .iter()
                .any(|k| k.said.holds(value) || k.names.contains(code)),
            _ => checked.iter().any(|k| k.said.holds(value)),
        }
    }

    /// Whether the very figures stand in a checked fact: "ending 0417" in a chip's number, "98 and 19" in "98/19 Mbps".
    pub fn shows(&self, checked: &[&Known], value: &Value) -> bool {
        let (from, to) = value.at;
        if !matches!(value.is, Valued::Number(..) | Valued::Code(_)) {
            return false;
        }
        let written = plain(self.scene.text().written_span(from, to));
        if matches!(&value.is, Valued::Code(code) if *code != written) {
            return false;
        }
        if written.len() < FIGURES_MIN || !written.bytes().all(|b| b.is_ascii_digit()) {
            return false;
        }
        let inside = written.len() >= FIGURES_INSIDE_MIN;
        checked.iter().any(|k| {
            let mut runs = k.text.split(|c: char| !c.is_ascii_digit());
            runs.any(|run| run == written) || (inside && k.words.contains(&written))
        })
    }

    /// Whether a checked fact says the sentence word for word.
    pub fn is_on_file(&self, sentence: Sentence) -> bool {
        let text = self.scene.text();
        let words = plain(text.written_span(sentence.from, sentence.to));
        let mut checked = self
            .known()
            .iter()
            .filter(|k| k.state == FactState::Checked);
        checked.any(|k| k.sentences.contains(&words))
    }

    pub fn known(&self) -> &[Known] {
        self.known.get_or_init(|| {
            let facts = self.scene.context.facts.iter();
            facts.map(|fact| Known::new(self.scene, fact)).collect()
        })
    }

    /// What their message tells; "Am I in the class?" tells nothing, "Why was I charged twice?" does.
    pub fn told(&self) -> &[Said] {
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

/// A letter and the figures behind it.
fn parts(code: &str) -> Option<(&str, &str)> {
    let (letter, figures) = code.split_at_checked(1)?;
    let is = letter.bytes().all(|b| b.is_ascii_alphabetic())
        && !figures.is_empty()
        && figures.bytes().all(|b| b.is_ascii_digit());
    is.then_some((letter, figures))
}

/// Whether a checked fact has the letter and the figures apart.
fn in_parts(checked: &[&Known], (letter, figures): (&str, &str)) -> bool {
    checked.iter().any(|k| {
        let has = |part: &str| {
            let mut words = k.text.split(|c: char| !c.is_alphanumeric());
            words.any(|word| word.eq_ignore_ascii_case(part))
        };
        has(letter) && has(figures)
    })
}

/// A known fact, read once.
pub struct Known {
    pub state: FactState,
    pub text: String,
    pub words: String,
    /// Its sentences, as [`plain`] writes them.
    pub sentences: Vec<String>,
    pub said: Said,
    /// Its words, each by itself, to look a name up in.
    pub names: Vec<String>,
}

impl Known {
    /// Whether one of its words is the letter and figures: "C14".
    fn begins_with(&self, letter: &str) -> bool {
        let mut words = self.names.iter().filter_map(|name| parts(name));
        words.any(|(first, _)| first == letter)
    }

    pub fn new(scene: &Scene<'_>, fact: &KnownFact) -> Known {
        let text = Text::new(&fact.text, scene.words, &NameWords::default());
        let typed = crate::typed::find(
            &text,
            scene.words,
            scene.single_words,
            scene.context.now,
            scene.month_first,
        );
        Known {
            state: fact.state,
            text: fact.text.clone(),
            words: plain(&fact.text),
            sentences: text
                .sentences
                .iter()
                .map(|s| plain(text.written_span(s.from, s.to)))
                .collect(),
            said: Said::of_fact(scene, &text, &typed),
            names: (0..text.tokens.len())
                .map(|at| plain(text.written(at)))
                .collect(),
        }
    }
}
