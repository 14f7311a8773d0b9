//! "question": the hit's sentence asks.

use crate::pattern::Match;
use crate::scene::Scene;

pub fn holds(scene: &Scene<'_>, hit: Match) -> bool {
    scene.text().sentence_of(hit.from).question
}
