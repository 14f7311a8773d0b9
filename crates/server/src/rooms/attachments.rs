//! Files that came with letters, only ever as downloads.

use crate::Oops;

pub async fn download() -> Oops {
    Oops::NotFound
}
