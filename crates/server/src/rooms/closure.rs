//! Closing a conversation, and reopening it.

use crate::Oops;

pub async fn close() -> Oops {
    Oops::NotFound
}

pub async fn reopen() -> Oops {
    Oops::NotFound
}
