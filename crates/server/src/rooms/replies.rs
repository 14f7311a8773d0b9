//! A reply: queued, taken back, tried again, settled.

use crate::Oops;

pub async fn queue() -> Oops {
    Oops::NotFound
}

pub async fn withdraw() -> Oops {
    Oops::NotFound
}

pub async fn retry() -> Oops {
    Oops::NotFound
}

pub async fn settle() -> Oops {
    Oops::NotFound
}
