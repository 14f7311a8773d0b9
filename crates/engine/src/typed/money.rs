//! Amounts of money: "£42.10", "20 quid", "EUR 12,50", "1.234,56 €". Percentages are none.

use super::vocabulary::CURRENCIES;
use super::{Class, Reader};
use crate::FactKind;
use crate::list;
use crate::text::Kind;

/// Written digits as hundredths; the last mark with one or two figures behind it is the decimal one.
fn hundredths(written: &str) -> Option<u64> {
    let lower = written.to_ascii_lowercase();
    let (digits, factor) = match lower.strip_suffix('k') {
        Some(rest) => (rest, 1_000),
        None => (lower.as_str(), 1),
    };
    if digits.is_empty()
        || !digits
            .bytes()
            .all(|b| b.is_ascii_digit() || matches!(b, b'.' | b','))
        || digits.len() > 15
    {
        return None;
    }
    let (whole, part) = match digits.rfind(['.', ',']) {
        Some(at) if (1..=2).contains(&(digits.len() - at - 1)) => {
            (&digits[..at], &digits[at + 1..])
        }
        _ => (digits, ""),
    };
    let whole: u64 = whole.replace(['.', ','], "").parse().ok()?;
    let part: u64 = match part.len() {
        0 => 0,
        1 => part.parse::<u64>().ok()? * 10,
        _ => part.parse().ok()?,
    };
    Some((whole * 100 + part) * factor)
}

fn value(hundredths: u64, currency: u8) -> Option<String> {
    Some(format!(
        "{}.{:02} {}",
        hundredths / 100,
        hundredths % 100,
        CURRENCIES.get(currency as usize)?
    ))
}

impl Reader<'_, '_> {
    /// What may stand behind "£": a number in one token.
    fn figure(&self, at: usize) -> Option<u64> {
        if !matches!(self.kind(at), Some(Kind::Number | Kind::Code)) {
            return None;
        }
        let written = self.written(at);
        let first = written.split(['-', '–']).next().unwrap_or(written);
        hundredths(first)
    }

    /// "£42.10", "EUR 12,50", "Rs. 500".
    pub(super) fn money_from_mark(&mut self, at: usize) -> Option<usize> {
        let (currency, spaced) = match self.class(at) {
            Class::Mark(currency) => (currency, true),
            Class::Money(currency, 100)
                if self.text.tokens[at].caps || self.is(at, list::RUPEE_SHORT) =>
            {
                (currency, true)
            }
            _ => return None,
        };
        let mut next = at + 1;
        if spaced && self.class(at + 1) == Class::Dot {
            next += 1;
        }
        let figure = self.figure(next)?;
        // "A$", "US$" in one word before the mark.
        let currency = match at.checked_sub(1).map(|i| {
            (
                self.written(i),
                self.text.tokens[i].end == self.text.tokens[at].start,
            )
        }) {
            Some(("A" | "AU" | "AUD", true)) => 9,
            Some(("C" | "CA" | "CAD", true)) => 10,
            Some(("NZ", true)) => 11,
            _ => currency,
        };
        let value = value(figure, currency);
        self.add(FactKind::Amount, at, next + 1, value)
    }

    /// "36 euros", "1.234,56 €", "50p".
    pub(super) fn money_from_number(&mut self, at: usize) -> Option<usize> {
        let written = self.written(at);
        if let Some(pence) = written.strip_suffix(['p', 'P']) {
            let pence: u64 = pence.parse().ok().filter(|p| *p < 1_000 && *p != 720)?;
            let value = value(pence, 0);
            return self.add(FactKind::Amount, at, at + 1, value);
        }
        let next = self.land(at + 1);
        let (currency, unit) = match self.class(next) {
            Class::Mark(currency)
                if self.kind(next + 1) != Some(Kind::Number)
                    || self.text.tokens[next].start == self.text.tokens[at].end =>
            {
                (currency, 100)
            }
            Class::Money(currency, unit) => (currency, unit),
            _ => return None,
        };
        let figure = self.figure(at)?;
        let value = value(if unit == 1 { figure / 100 } else { figure }, currency);
        self.add(FactKind::Amount, at, next + 1, value)
    }

    /// "five pounds", "a hundred quid", "a tenner".
    pub(super) fn money_in_words(&mut self, at: usize) -> Option<usize> {
        let mut first = at;
        if self.class(at) == Class::Article {
            first = self.land(at + 1);
            if let Class::Note(pounds) = self.class(first) {
                let value = value(u64::from(pounds) * 100, 0);
                return self.add(FactKind::Amount, at, first + 1, value);
            }
            if !matches!(self.class(first), Class::Number(100 | 1000)) {
                return None;
            }
        }
        let said = self.spoken(first)?;
        let next = self.land(said.to);
        let Class::Money(currency, unit) = self.class(next) else {
            return None;
        };
        let value = value(
            (said.value * 100.0).round() as u64 / if unit == 1 { 100 } else { 1 },
            currency,
        );
        self.add(FactKind::Amount, at, next + 1, value)
    }
}
