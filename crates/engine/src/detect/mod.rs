//! Detectors: what shows only in the shape of a text or beside another one. A card names one with `sense = "…"`.

use crate::deck::Hit;
use crate::pattern::Match;
use crate::scene::Scene;

/// Finds what a card is about, where words alone do not show it.
#[derive(Debug, Clone, Copy)]
pub struct Detector {
    name: &'static str,
    find: fn(&Scene<'_>) -> Vec<Hit>,
}

/// Every detector by the name that cards use, in order of the alphabet.
const DETECTORS: &[Detector] = &[];

impl Detector {
    pub fn named(name: &str) -> Option<Detector> {
        DETECTORS.iter().find(|d| d.name == name).copied()
    }

    pub fn names() -> impl Iterator<Item = &'static str> {
        DETECTORS.iter().map(|d| d.name)
    }

    pub fn find(&self, scene: &Scene<'_>) -> Vec<Hit> {
        (self.find)(scene)
    }
}

/// A hit over tokens `from..to` that says what its card says.
pub fn hit(from: usize, to: usize) -> Hit {
    Hit { card: 0, found: Match { from, to, show: (from, to) }, says: None, instead: None, fix: None }
}
