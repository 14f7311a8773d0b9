//! A draft reviewed while it is typed; spans in the browser's own offsets.

use crate::Oops;

pub async fn review() -> Oops {
    Oops::NotFound
}
