//! Which labelled rows only judge: the same fifth as in `eval/train/rows.py`.

/// Whether rows of this group of a set were kept out of training.
pub fn held_out(set: &str, group: &str) -> bool {
    let name = set.bytes().chain([b'/']).chain(group.bytes());
    let hash = name.fold(0xcbf2_9ce4_8422_2325u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    (hash >> 32).is_multiple_of(5)
}
