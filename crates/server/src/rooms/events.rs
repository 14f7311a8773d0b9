//! Live updates to an open page.

use crate::Oops;

pub async fn stream() -> Oops {
    Oops::NotFound
}
