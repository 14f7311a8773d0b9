//! "settled", "unsettled", "unresolved": whether the moment that a draft answers may be closed.

use crate::Heat;
use crate::list;
use crate::pattern::Match;
use crate::review::answered;
use crate::scene::Scene;

/// Cues of a problem that no question needs to go with: raised before, or told without saying what would help.
const PROBLEM: [&str; 2] = ["C07", "C12"];

/// A message is there, all it asks is answered, its problem is touched, and it is not hot, or it eases.
pub fn holds(scene: &Scene<'_>, _hit: Match) -> bool {
    scene.context.message.is_some() && !open(scene, Heat::Hot) && !untouched(scene)
}

/// A message is there, and something it asks is open, or it is hot and does not ease.
pub fn unsettled(scene: &Scene<'_>, _hit: Match) -> bool {
    scene.context.message.is_some() && open(scene, Heat::Hot)
}

/// The same, and a warm message counts as well, and a problem about which the draft does nothing.
pub fn unresolved(scene: &Scene<'_>, _hit: Match) -> bool {
    scene.context.message.is_some() && (open(scene, Heat::Warm) || untouched(scene))
}

fn open(scene: &Scene<'_>, heat: Heat) -> bool {
    (scene.context.heat >= heat && !scene.context.has_cue("C30"))
        || answered::of_scene(scene).iter().any(|ask| !ask.answered)
}

/// Whether a problem was told that nothing in the draft does anything about.
fn untouched(scene: &Scene<'_>) -> bool {
    let context = scene.context;
    PROBLEM.iter().any(|code| context.has_cue(code))
        && !["C28", "C30"].iter().any(|code| context.has_cue(code))
        && scene
            .list_in(list::REPAIR_ACT, 0, scene.text().tokens.len())
            .is_none()
}
