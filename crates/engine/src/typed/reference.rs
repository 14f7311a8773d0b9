//! Order, account and other reference numbers, and telephone numbers.

use super::{Class, Reader};
use crate::FactKind;
use crate::list;
use crate::text::Kind;
use crate::words::CLITIC_S;

/// How far back a label may stand: "order number is: 88213".
const LABEL_TOKENS_BEFORE: usize = 5;
/// Digits that look like a reference without any label.
const BARE_DIGITS_MIN: usize = 5;

fn digits(written: &str) -> usize {
    written.bytes().filter(u8::is_ascii_digit).count()
}

impl Reader<'_, '_> {
    /// Whether a label such as "order number" stands before `at`, and whether it is one of a telephone.
    fn label_before(&self, at: usize) -> Option<Class> {
        let mut tail = false;
        for i in (at.saturating_sub(LABEL_TOKENS_BEFORE)..at).rev() {
            if self.text.tokens[i].sentence != self.text.tokens[at].sentence {
                // "Order no. 7781" and "Order ref:\n7781".
                if !tail && self.text.tokens[i].kind != Kind::Newline {
                    return None;
                }
            }
            match self.class(i) {
                Class::Label => return Some(Class::Label),
                Class::PhoneLabel => return Some(Class::PhoneLabel),
                Class::LabelTail => tail = true,
                Class::Is | Class::Colon | Class::Dot | Class::Hash | Class::Dash | Class::Open => {
                }
                _ if matches!(self.written(i), "=" | "-" | "\n") => {}
                _ if self.text.tokens[i].word == CLITIC_S || self.is(i, list::WAS_WORD) => {}
                _ => return tail.then_some(Class::LabelTail),
            }
        }
        tail.then_some(Class::LabelTail)
    }

    /// Digits that a label says are a reference.
    pub(super) fn labelled_reference(&mut self, at: usize) -> Option<usize> {
        let written = self.written(at);
        let count = digits(written);
        if count < 3
            || written.contains(['/', ':', '.', ','])
            || self.label_before(at) != Some(Class::Label)
        {
            return None;
        }
        if written.bytes().any(|b| b.is_ascii_alphabetic())
            || (count == 4 && matches!(self.class(at + 1), Class::Unit(_)))
        {
            return None;
        }
        let next = self.land(at + 1);
        let counted = count < BARE_DIGITS_MIN
            && (self.plural(next) || matches!(self.class(next), Class::Unit(_) | Class::Money(..)));
        if counted || self.is_iso_date(written) {
            return None;
        }
        let value = written.to_string();
        self.add(FactKind::Reference, at, at + 1, Some(value))
    }

    /// Five digits or more that nothing else explains.
    pub(super) fn bare_reference(&mut self, at: usize) -> Option<usize> {
        let written = self.written(at);
        let count = digits(written);
        let label_behind = count >= 3 && {
            let next = self.land(at + 1);
            // "88213 is my order number".
            self.class(next) == Class::Is
                && (next + 1..next + 4).any(|i| self.class(i) == Class::Label)
        };
        if (count < BARE_DIGITS_MIN && !label_behind)
            || !written
                .bytes()
                .all(|b| b.is_ascii_digit() || b == b'-' || b == b'_')
        {
            return None;
        }
        let value = written.to_string();
        self.add(FactKind::Reference, at, at + 1, Some(value))
    }

    /// "#88213".
    pub(super) fn hash(&mut self, at: usize) -> Option<usize> {
        let next = self.text.tokens.get(at + 1)?;
        if next.start != self.text.tokens[at].end
            || !matches!(self.kind(at + 1), Some(Kind::Number | Kind::Code))
        {
            return None;
        }
        let written = self.written(at + 1);
        if digits(written) < 3 && self.label_before(at).is_none() {
            return None;
        }
        let value = written.to_uppercase();
        self.add(FactKind::Reference, at, at + 2, Some(value))
    }

    /// Letters and digits mixed: "R-7719", "ABCD-QXTZ".
    pub(super) fn code(&mut self, at: usize) -> Option<usize> {
        let written = self.written(at);
        let count = digits(written);
        let hyphen = written.contains(['-', '_']);
        let labelled =
            self.label_before(at) == Some(Class::Label) || self.class_before(at) == Class::Hash;
        let looks = (written.len() >= 5
            && count >= 3
            && !written.to_ascii_lowercase().starts_with("iphone"))
            || (hyphen && count >= 3)
            || (hyphen && count == 0);
        if !(looks || (labelled && count >= 2))
            || (written.starts_with(|c: char| c.is_lowercase()) && !labelled && !hyphen)
        {
            return None;
        }
        let value = written.to_uppercase();
        self.add(FactKind::Reference, at, at + 1, Some(value))
    }

    /// "+44 7700 900123", "07700-900-123", "(020) 7946 0018", "555-0142".
    pub(super) fn phone(&mut self, at: usize) -> Option<usize> {
        let plus = self.class(at) == Class::Plus;
        let open = self.class(at) == Class::Open;
        let first = if plus || open { at + 1 } else { at };
        if self.kind(first) != Some(Kind::Number)
            || !self
                .written(first)
                .bytes()
                .all(|b| b.is_ascii_digit() || b == b'-' || b == b'.')
        {
            return None;
        }
        if open && self.class(first + 1) != Class::Close {
            return None;
        }
        let mut number = String::new();
        let mut to = first;
        let mut at_digits = first;
        while let Some(token) = self.text.tokens.get(at_digits) {
            let near = at_digits == first || token.start - self.text.tokens[at_digits - 1].end <= 1;
            let written = self.written(at_digits);
            if !near || number.len() > 15 {
                break;
            }
            match self.kind(at_digits) {
                Some(Kind::Number)
                    if written
                        .bytes()
                        .all(|b| b.is_ascii_digit() || matches!(b, b'-' | b'.')) =>
                {
                    number.extend(written.chars().filter(char::is_ascii_digit));
                    to = at_digits + 1;
                }
                Some(Kind::Punct)
                    if matches!(written, "(" | ")" | "-")
                        && matches!(self.kind(at_digits + 1), Some(Kind::Number | Kind::Punct)) => {
                }
                _ => break,
            }
            at_digits += 1;
        }
        let count = number.len();
        let written = self.written(first);
        let american = written.contains('-')
            && (count == 10 || count == 7)
            && written
                .split('-')
                .next()
                .is_some_and(|head| head.len() == 3)
            && to == first + 1;
        let labelled = matches!(self.label_before(at), Some(Class::PhoneLabel));
        let fits = match () {
            () if plus => (8..=15).contains(&count),
            () if open => (9..=15).contains(&count),
            () if number.starts_with('0') => (9..=14).contains(&count),
            () => american || (labelled && (7..=15).contains(&count)),
        };
        if !fits || self.is_iso_date(written) {
            return None;
        }
        let value = if plus {
            format!(
                "+{}",
                number.replacen("440", "44", usize::from(number.starts_with("440")))
            )
        } else {
            number
        };
        self.add(FactKind::Phone, at, to, Some(value))
    }
}
