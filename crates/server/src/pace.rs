//! A pace that is kept: so many in a minute, counted in memory, for a door that no person stands at.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

const WINDOW: Duration = Duration::from_secs(60);

/// How many came in the minute that began at the first of them.
#[derive(Debug, Default)]
pub struct Pace(Mutex<Option<(Instant, u32)>>);

impl Pace {
    /// Counts one more; `false` when there were `most` already in this minute.
    pub fn take(&self, most: u32) -> bool {
        let mut minute = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (began, count) = match *minute {
            Some((began, count)) if began.elapsed() < WINDOW => (began, count),
            _ => (Instant::now(), 0),
        };
        let may = count < most;
        *minute = Some((began, count.saturating_add(u32::from(may))));
        may
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_third_of_two_is_one_too_many() {
        let pace = Pace::default();
        assert!(pace.take(2) && pace.take(2));
        assert!(!pace.take(2));
    }
}
