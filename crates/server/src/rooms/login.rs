//! The door: a page to log in, a session to hold, a way out.

use crate::Oops;

pub async fn show() -> Oops {
    Oops::NotFound
}

pub async fn enter() -> Oops {
    Oops::NotFound
}

pub async fn leave() -> Oops {
    Oops::NotFound
}
