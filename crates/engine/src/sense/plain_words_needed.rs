//! "plain words needed": they say that the language is not theirs or that something is unclear; or no message is there to say so.

use crate::pattern::Match;
use crate::scene::Scene;

pub fn holds(scene: &Scene<'_>, _hit: Match) -> bool {
    let context = scene.context;
    context.message.is_none() || context.has_cue("C20") || context.has_cue("C21")
}
