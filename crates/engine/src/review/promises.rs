//! Promises in a draft: what, by when, vague or conditional.

use crate::Promise;
use crate::scene::Scene;

/// The promises of the scene's text, in its order.
pub fn find(_scene: &Scene<'_>) -> Vec<Promise> {
    Vec::new()
}
