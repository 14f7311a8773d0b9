//! What the customer asks: questions and requests; rhetorical ones are left out.

use crate::Ask;
use crate::scene::Scene;

/// The asks of one message, in its order.
pub fn find(_scene: &Scene<'_>) -> Vec<Ask> {
    Vec::new()
}
