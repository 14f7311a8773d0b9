//! How JavaScript hands over several things at once: each with its length before it.

use crate::Fault;

/// The fields of a question, in their order; too few or too many are a fault.
pub fn read<const N: usize>(mut bytes: &[u8]) -> Result<[&[u8]; N], Fault> {
    let mut fields = [&[][..]; N];
    for field in &mut fields {
        let (length, rest) = bytes.split_first_chunk::<4>().ok_or(Fault::Malformed)?;
        let (words, rest) = rest
            .split_at_checked(u32::from_le_bytes(*length) as usize)
            .ok_or(Fault::Malformed)?;
        *field = words;
        bytes = rest;
    }
    bytes.is_empty().then_some(fields).ok_or(Fault::Malformed)
}

pub fn text(bytes: &[u8]) -> Result<&str, Fault> {
    std::str::from_utf8(bytes).map_err(|_| Fault::Malformed)
}

pub fn number(bytes: &[u8]) -> Result<u32, Fault> {
    bytes
        .try_into()
        .map(u32::from_le_bytes)
        .map_err(|_| Fault::Malformed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_come_out_as_they_went_in_or_not_at_all() {
        let bytes = [&[2, 0, 0, 0][..], b"ab", &[0, 0, 0, 0]].concat();
        assert_eq!(read::<2>(&bytes), Ok([&b"ab"[..], b""]));
        assert_eq!(read::<1>(&bytes), Err(Fault::Malformed));
        assert_eq!(read::<3>(&bytes), Err(Fault::Malformed));
        assert_eq!(read::<1>(&[255, 255, 255, 255, 0]), Err(Fault::Malformed));
    }
}
