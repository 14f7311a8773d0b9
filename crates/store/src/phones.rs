//! Telephone numbers: the same number however it is dressed.

use crate::engine::Tx;
use crate::limits::{PHONE_DIGITS_MIN, PHONE_TAIL_DIGITS};
use crate::preview::plain;
use crate::{CustomerId, Result, Store, Time};

/// Whom a number may belong to; asked with [`tail`], and never with too short a one.
pub(crate) const OWNERS: &str =
    "select distinct customer_id from customer_phones where tail = $1 and tail <> '' limit 2";
pub(crate) const OF_CUSTOMER: &str =
    "select number from customer_phones where customer_id = $1 order by created_at, digits";
const ADD: &str = "insert into customer_phones (customer_id, digits, tail, number, created_at)
    values ($1, $2, $3, $4, $5) on conflict do nothing";
const REMOVE: &str = "delete from customer_phones where customer_id = $1 and digits = $2";

/// The digits of a number, with a country's `00` or `+` left out.
pub fn digits(number: &str) -> String {
    // "+44 (0)7700": the nought in brackets is said at home only.
    let number = number.replace("(0)", "");
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    digits
        .strip_prefix("00")
        .map_or(digits.clone(), str::to_owned)
}

/// The end of a number, the same with and without the country's code; empty for what is too short to name anybody.
pub fn tail(number: &str) -> String {
    let digits = digits(number);
    let digits = digits.trim_start_matches('0');
    if digits.len() < PHONE_DIGITS_MIN {
        return String::new();
    }
    digits[digits.len().saturating_sub(PHONE_TAIL_DIGITS)..].to_owned()
}

impl Store {
    /// Adds a number that the customer rings from. `false` when it is there, or is no number.
    pub async fn add_customer_phone(
        &self,
        id: &CustomerId,
        number: &str,
        now: Time,
    ) -> Result<bool> {
        let mut tx = self.begin().await?;
        let added = add(&mut tx, id, number, now).await?;
        tx.commit().await?;
        Ok(added)
    }

    /// Takes a number away. `false` when it is not theirs.
    pub async fn remove_customer_phone(&self, id: &CustomerId, number: &str) -> Result<bool> {
        let mut tx = self.begin().await?;
        let removed = run!(tx, REMOVE, id, digits(number));
        tx.commit().await?;
        Ok(removed > 0)
    }
}

pub(crate) async fn add(tx: &mut Tx, id: &CustomerId, number: &str, now: Time) -> Result<bool> {
    let tail = tail(number);
    if tail.is_empty() {
        return Ok(false);
    }
    Ok(run!(tx, ADD, id, digits(number), tail, plain(number.trim()), now) > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_the_same_however_it_is_dressed() {
        for number in [
            "+44 7700 900123",
            "0044 7700 900 123",
            "07700 900123",
            "447700900123",
            "+44 (0)7700 900123",
        ] {
            assert_eq!(tail(number), "700900123", "{number}");
        }
        assert_eq!(tail("anonymous"), "");
        assert_eq!(tail("42"), "");
        assert_ne!(tail("+44 7700 900123"), tail("+44 7700 900124"));
    }
}
