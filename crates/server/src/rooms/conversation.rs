//! One conversation, read and shown.

use crate::Oops;

pub async fn show() -> Oops {
    Oops::NotFound
}
