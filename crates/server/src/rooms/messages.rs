//! A letter's own layout in a frame, and the letter as it came.

use crate::Oops;

pub async fn frame() -> Oops {
    Oops::NotFound
}

pub async fn raw() -> Oops {
    Oops::NotFound
}
