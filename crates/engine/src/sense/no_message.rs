//! "no message": nothing is known of what the draft answers.

use crate::pattern::Match;
use crate::scene::Scene;

pub fn holds(scene: &Scene<'_>, _hit: Match) -> bool {
    scene.context.message.is_none()
}
