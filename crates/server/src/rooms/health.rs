//! How the desk is, for whoever looks after the machine.

use crate::Oops;

pub async fn show() -> Oops {
    Oops::NotFound
}
