//! How long to wait before trying again: soon at first, then hourly, three days in all.

use crate::clock::{HOUR, MINUTE, Micros};

/// Tries in about three days; then a person has to decide. RFC 5321 asks servers for four to five
/// days of patience, and a desk should know earlier.
pub const TRIES_MAX: i64 = 75;

/// The wait after the `attempts`th try, the first being 1.
pub fn wait(attempts: i64) -> Micros {
    match attempts {
        ..=1 => MINUTE,
        2 => 5 * MINUTE,
        3 => 15 * MINUTE,
        _ => HOUR,
    }
}
