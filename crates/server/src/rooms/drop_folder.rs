//! The demo's outgoing letters, as the person they went to would see them.

use crate::Oops;

pub async fn show() -> Oops {
    Oops::NotFound
}
