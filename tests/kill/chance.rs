//! Moments chosen at random from a seed that is told, so that a run can be had again.

use std::time::Duration;

/// SplitMix64: a few lines, and good enough to choose moments.
pub struct Chance(u64);

impl Chance {
    /// `UNRUFFLED_KILL_SEED`, or the same seed as ever. Each test stirs in its own name.
    pub fn of(test: &str) -> Chance {
        let seed: u64 = number("UNRUFFLED_KILL_SEED", 2026);
        println!("Moments of {test} are chosen from seed {seed} (UNRUFFLED_KILL_SEED).");
        Chance(test.bytes().fold(seed, |seed, byte| {
            seed.wrapping_mul(31).wrapping_add(u64::from(byte))
        }))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut word = self.0;
        word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        word ^ (word >> 31)
    }

    /// One of `0..end`.
    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    /// A moment between the two.
    pub fn between(&mut self, from: Duration, to: Duration) -> Duration {
        let width = to.saturating_sub(from).as_micros() as usize;
        from + Duration::from_micros(self.below(width + 1) as u64)
    }
}

/// How often the desk is killed in each test.
pub fn rounds() -> usize {
    number("UNRUFFLED_KILL_ROUNDS", 50)
}

fn number<N: std::str::FromStr>(name: &str, usual: N) -> N {
    match std::env::var(name) {
        Err(_) => usual,
        Ok(words) => match words.parse() {
            Ok(number) => number,
            Err(_) => panic!("{name}: a whole number is wanted, not {words:?}"),
        },
    }
}
