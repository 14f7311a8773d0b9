//! Why this: a card's own words.

use crate::Oops;

pub async fn show() -> Oops {
    Oops::NotFound
}
