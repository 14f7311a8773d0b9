//! Style sheets and modules, kept by the browser for ever.

use crate::Oops;

pub async fn find() -> Oops {
    Oops::NotFound
}
