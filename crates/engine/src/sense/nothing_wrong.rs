//! "nothing wrong": the message that the draft answers is there, it is not warm, and it reports no problem.

use crate::pattern::Match;
use crate::scene::Scene;

pub fn holds(scene: &Scene<'_>, hit: Match) -> bool {
    super::calm_message::holds(scene, hit) && !scene.message_has("trouble")
}
