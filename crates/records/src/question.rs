//! What a source is asked, and when two writings of a value are the same.

use crate::limits::VALUE_BYTES_MAX;
use serde::{Deserialize, Serialize};

/// What an entry is looked up by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum By {
    /// A card's, an order's or an account's number.
    Reference,
    /// A person's name.
    Name,
    /// An e-mail address.
    Email,
    /// A sum of money.
    Amount,
    /// A day.
    Date,
}

impl By {
    /// As it is written in settings.
    pub fn word(self) -> &'static str {
        match self {
            Self::Reference => "reference",
            Self::Name => "name",
            Self::Email => "email",
            Self::Amount => "amount",
            Self::Date => "date",
        }
    }

    /// One writing for all that mean the same: "HB-20417" and "hb 20417", "£214.50" and "214.5".
    pub fn plain(self, value: &str) -> String {
        match self {
            Self::Reference => value
                .chars()
                .filter(|c| c.is_alphanumeric())
                .flat_map(char::to_lowercase)
                .collect(),
            Self::Name | Self::Email => {
                let words: Vec<String> = value.split_whitespace().map(str::to_lowercase).collect();
                words.join(" ")
            }
            Self::Amount => {
                let figures: String = value
                    .chars()
                    .filter(|c| c.is_ascii_digit() || *c == '.')
                    .collect();
                figures
                    .parse::<f64>()
                    .map_or_else(|_| figures.clone(), |sum| format!("{sum:.2}"))
            }
            Self::Date => value.trim().chars().take(10).collect(),
        }
    }
}

/// One question: is there an entry with this value?
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Question {
    /// What kind of value it is.
    pub by: By,
    value: String,
}

impl Question {
    /// None where there is nothing to ask for, or far too much.
    pub fn new(by: By, value: &str) -> Option<Self> {
        let value: String = value.trim().chars().filter(|c| !c.is_control()).collect();
        let usable = value.chars().any(char::is_alphanumeric) && value.len() <= VALUE_BYTES_MAX;
        usable.then_some(Self { by, value })
    }

    /// The value as it was written.
    pub fn value(&self) -> &str {
        &self.value
    }

    pub(crate) fn plain(&self) -> String {
        self.by.plain(&self.value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writings_of_the_same_value_are_one() {
        let same = |by: By, a: &str, b: &str| assert_eq!(by.plain(a), by.plain(b));
        same(By::Reference, "HB-20417", "hb 20417");
        same(
            By::Email,
            " Rosa@Lindqvist.example",
            "rosa@lindqvist.example",
        );
        same(By::Name, "Rosa  Lindqvist", "rosa lindqvist");
        same(By::Amount, "£214.50", "214.5 GBP");
        same(By::Date, "2026-03-05T10:00", "2026-03-05");
    }

    #[test]
    fn nothing_is_no_question_and_a_letter_is_none() {
        assert_eq!(Question::new(By::Reference, " .. "), None);
        assert_eq!(Question::new(By::Name, &"long ".repeat(100)), None);
        let hostile = Question::new(By::Name, "Robert'); drop table members;--").expect("a name");
        assert_eq!(hostile.value(), "Robert'); drop table members;--");
    }
}
