//! Chance that is the same every time: what a seed says at a place.

/// A number for this seed and this place; the same in every run and on every machine (SplitMix64).
fn drawn(seed: u64, place: u64) -> u64 {
    let mut x = seed
        .wrapping_add(place.wrapping_mul(0x9E37_79B9_7F4A_7C15))
        .wrapping_add(0x9E37_79B9_7F4A_7C15);
    x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    x ^ (x >> 31)
}

/// One of `things`; none of none.
pub fn one_of<T>(seed: u64, place: u64, things: &[T]) -> Option<&T> {
    let count = u64::try_from(things.len())
        .ok()
        .filter(|count| *count > 0)?;
    usize::try_from(drawn(seed, place) % count)
        .ok()
        .and_then(|at| things.get(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_says_the_same_thing_every_time_and_another_one_something_else() {
        let things: Vec<u32> = (0..1000).collect();
        assert_eq!(one_of(7, 3, &things), one_of(7, 3, &things));
        assert_ne!(one_of(7, 3, &things), one_of(8, 3, &things));
        assert_eq!(one_of::<u32>(7, 3, &[]), None);
    }
}
