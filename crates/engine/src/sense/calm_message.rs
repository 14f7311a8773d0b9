//! "calm message": the message that the draft answers is there, and it is not warm.

use crate::Heat;
use crate::pattern::Match;
use crate::scene::Scene;

pub fn holds(scene: &Scene<'_>, _hit: Match) -> bool {
    scene.context.message.is_some() && scene.context.heat == Heat::Quiet
}
