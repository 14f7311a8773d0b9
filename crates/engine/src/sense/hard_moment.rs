//! "hard moment": the message that the draft answers is warm, was raised before, tells of grief or illness, or has much hanging
//! on it, and it neither thanks nor eases. Without a message the draft itself may tell of grief or loss.

use crate::Heat;
use crate::list;
use crate::pattern::Match;
use crate::scene::Scene;

/// Cues that make a moment hard even in quiet words: raised before, high stakes, somebody at risk, abuse.
const HARD: [&str; 4] = ["C07", "C17", "C31", "C32"];
/// Cues that lift it: thanks, easing.
const LIGHT: [&str; 2] = ["C28", "C30"];

pub fn holds(scene: &Scene<'_>, _hit: Match) -> bool {
    let context = scene.context;
    let Some(message) = &context.message else {
        return scene
            .list_in(list::HARD_NEWS, 0, scene.text().tokens.len())
            .is_some();
    };
    if LIGHT.iter().any(|code| context.has_cue(code)) {
        return false;
    }
    context.heat >= Heat::Warm
        || HARD.iter().any(|code| context.has_cue(code))
        || scene.lists.get(list::HARD_NEWS).is_some_and(|list| {
            list.first_in(0, message.text.tokens.len(), &message.field())
                .is_some()
        })
}
