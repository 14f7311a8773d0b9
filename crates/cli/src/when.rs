//! Points in time as the command line takes them: RFC 3339, always with an offset.

use crate::failure::Failure;
use jiff::fmt::temporal::Pieces;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

/// `2026-05-04T10:02:00+01:00` in a zone of just that offset, so that "tomorrow" means their tomorrow.
pub fn parse(words: &str) -> Result<Zoned, String> {
    let refused =
        || format!("`{words}` is not a time with an offset, such as 2026-05-04T10:02:00+01:00.");
    let pieces = Pieces::parse(words).map_err(|_| refused())?;
    let offset = pieces.to_numeric_offset().ok_or_else(refused)?;
    let time = pieces.time().ok_or_else(refused)?;
    let instant = offset
        .to_timestamp(pieces.date().to_datetime(time))
        .map_err(|_| refused())?;
    Ok(instant.to_zoned(TimeZone::fixed(offset)))
}

/// What `--now` says, if anything.
pub fn told(now: Option<&str>) -> Result<Option<Zoned>, Failure> {
    now.map(parse)
        .transpose()
        .map_err(|words| Failure::wrong_use(format!("--now: {words}")))
}

/// This machine's clock, in its own zone.
pub fn clock() -> Zoned {
    Zoned::now()
}

/// A letter's date, in this machine's zone.
pub fn of_letter(date: Timestamp) -> Zoned {
    date.to_zoned(TimeZone::system())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_offset_stays_with_the_time() {
        let now = parse("2026-05-04T10:02:00+01:00").expect("it is one");
        assert_eq!(now.hour(), 10);
        assert_eq!(now.offset().seconds(), 3600);
        assert_eq!(
            parse("2026-05-04T10:02:00Z")
                .expect("it is one")
                .offset()
                .seconds(),
            0
        );
    }

    #[test]
    fn a_time_without_an_offset_is_refused() {
        for words in [
            "2026-05-04T10:02:00",
            "2026-05-04",
            "tomorrow",
            "",
            "2026-13-04T10:02:00Z",
        ] {
            let said = parse(words).expect_err(words);
            assert!(said.contains("offset"), "{said}");
        }
    }
}
