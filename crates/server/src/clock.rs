//! The time, which tests may move.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// Microseconds since 1970, UTC: the unit of every time in the store.
pub type Micros = i64;

pub const SECOND: Micros = 1_000_000;
pub const MINUTE: Micros = 60 * SECOND;
pub const HOUR: Micros = 60 * MINUTE;
pub const DAY: Micros = 24 * HOUR;

/// The system's clock plus an offset that is zero outside tests.
#[derive(Debug, Default)]
pub struct Clock {
    ahead: AtomicI64,
}

impl Clock {
    pub fn now(&self) -> Micros {
        let real = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .map_or(0, |since| {
                i64::try_from(since.as_micros()).unwrap_or(i64::MAX)
            });
        real.saturating_add(self.ahead.load(Ordering::Relaxed))
    }

    /// Moves the clock ahead: a test waits ten seconds without waiting.
    pub fn advance(&self, by: Micros) {
        self.ahead.fetch_add(by, Ordering::Relaxed);
    }

    /// How far it was moved.
    pub fn ahead(&self) -> Micros {
        self.ahead.load(Ordering::Relaxed)
    }
}
