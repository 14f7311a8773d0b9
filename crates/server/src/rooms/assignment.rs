//! Who has a conversation in hand.

use crate::Oops;

pub async fn assign() -> Oops {
    Oops::NotFound
}

pub async fn release() -> Oops {
    Oops::NotFound
}
