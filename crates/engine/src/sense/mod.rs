//! Senses: what words alone do not show. A card names a sense; each lives in a file of its own.

mod capitalised;
mod negated;
mod question;
mod reported;

use crate::pattern::Match;
use crate::scene::Scene;

/// A predicate about a hit.
#[derive(Debug, Clone, Copy)]
pub struct Sense {
    name: &'static str,
    test: fn(&Scene<'_>, Match) -> bool,
}

/// Every sense by the name that cards use, in order of the alphabet.
const SENSES: &[Sense] = &[
    Sense { name: "capitalised", test: capitalised::holds },
    Sense { name: "negated", test: negated::holds },
    Sense { name: "question", test: question::holds },
    Sense { name: "reported", test: reported::holds },
];

impl Sense {
    pub fn named(name: &str) -> Option<Sense> {
        SENSES.iter().find(|sense| sense.name == name).copied()
    }

    pub fn names() -> impl Iterator<Item = &'static str> {
        SENSES.iter().map(|sense| sense.name)
    }

    pub fn holds(&self, scene: &Scene<'_>, hit: Match) -> bool {
        (self.test)(scene, hit)
    }
}
