//! The list: what is open, waiting, done.

use crate::Oops;

pub async fn home() -> Oops {
    Oops::NotFound
}

pub async fn show() -> Oops {
    Oops::NotFound
}
