//! A private note: kept for the team, never sent.

use crate::Oops;

pub async fn keep() -> Oops {
    Oops::NotFound
}
