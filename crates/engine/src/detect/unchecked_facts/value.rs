//! Values in a form in which one can be held against the other: days, times, sums, numbers, lengths of time, references and
//! names.

use super::day::Day;
use crate::review::families::Matter;

/// A clock's face: "half seven" may be morning or evening.
pub const MINUTES_ROUND: i64 = 12 * 60;
/// Longer lengths are told in months as well as in years.
const LONG_MINUTES: f64 = 60.0 * 24.0 * 60.0;
const LONG_NEAR: f64 = 0.03;
/// Sums and measures that differ by less are the same.
const NEAR: f64 = 0.001;

/// A value with its tokens.
#[derive(Debug, Clone)]
pub struct Value {
    pub is: Valued,
    pub at: (usize, usize),
}

/// What sort of value; only like is held against like.
#[derive(Debug, Clone, PartialEq)]
pub enum Valued {
    Day(Day),
    /// Minutes on a clock's face.
    Time(i64),
    Sum(f64),
    /// A number, and what it counts or is the number of.
    Number(f64, Option<Matter>),
    /// "Twice", "three times".
    Times(f64),
    /// A place in a row: "first", "the ninth", which may be a day as well.
    Nth(f64),
    /// Minutes.
    Length(f64),
    /// A reference: letters and figures alone, in lower case.
    Code(String),
    /// A name, and what it is the name of.
    Name(String, Of),
    /// One of a kind of which a thing has only one: the kind, and which.
    One(u16, u16),
}

/// What a name is the name of, where that shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    Place,
    /// "Dr Singh".
    Person,
    Unknown,
}

impl Valued {
    /// Whether both say the same.
    pub fn same(&self, other: &Valued) -> bool {
        match (self, other) {
            (Valued::Day(a), Valued::Day(b)) => a.same(b),
            (Valued::Time(a), Valued::Time(b)) => near_time(*a, *b),
            (Valued::Code(a), Valued::Code(b)) => a == b,
            (Valued::Name(a, _), Valued::Name(b, _)) => a == b,
            (Valued::One(_, a), Valued::One(_, b)) => a == b,
            (Valued::Length(a), Valued::Length(b)) => {
                // Two years and 24 months.
                let near = if *a > LONG_MINUTES {
                    a * LONG_NEAR
                } else {
                    NEAR
                };
                (a - b).abs() <= near
            }
            // "Until 2028" is any day of it, "the 17 and 18 May" two days; "from ten" is ten o'clock.
            (Valued::Number(n, of), Valued::Day(day))
            | (Valued::Day(day), Valued::Number(n, of)) => day.date.is_some_and(|date| {
                f64::from(date.year()) == *n || (of.is_none() && f64::from(date.day()) == *n)
            }),
            (Valued::Times(a), Valued::Times(b) | Valued::Number(b, _))
            | (Valued::Number(a, _), Valued::Times(b)) => a == b,
            (Valued::Nth(n), Valued::Day(day)) | (Valued::Day(day), Valued::Nth(n)) => {
                day.date.is_some_and(|date| f64::from(date.day()) == *n)
            }
            (Valued::Nth(a), Valued::Nth(b) | Valued::Number(b, _))
            | (Valued::Number(a, _), Valued::Nth(b)) => a == b,
            (Valued::Number(n, _), Valued::Time(time))
            | (Valued::Time(time), Valued::Number(n, _)) => {
                n.fract() == 0.0 && near_time((*n as i64 * 60).rem_euclid(MINUTES_ROUND), *time)
            }
            // "Check 4410", "check #4410".
            (Valued::Number(n, _), Valued::Code(code))
            | (Valued::Code(code), Valued::Number(n, _)) => n.to_string() == *code,
            (Valued::Sum(a) | Valued::Number(a, _), Valued::Sum(b) | Valued::Number(b, _)) => {
                (a - b).abs() < NEAR
            }
            _ => false,
        }
    }

    /// Whether one can speak against the other.
    pub fn is_like(&self, other: &Valued) -> bool {
        match (self, other) {
            (Valued::Day(_), Valued::Day(_))
            | (Valued::Time(_), Valued::Time(_))
            | (Valued::Sum(_), Valued::Sum(_))
            | (Valued::Times(_), Valued::Times(_))
            | (Valued::Length(_), Valued::Length(_))
            | (Valued::Code(_), Valued::Code(_)) => true,
            (Valued::Name(_, a), Valued::Name(_, b)) => a == b && *a != Of::Unknown,
            (Valued::One(a, _), Valued::One(b, _)) => a == b,
            (Valued::Number(_, a), Valued::Number(_, b)) => a.is_some() && a == b,
            (Valued::Nth(_) | Valued::Number(..), Valued::Nth(_))
            | (Valued::Nth(_), Valued::Number(..)) => true,
            _ => false,
        }
    }

    /// Whether it tells one thing from another: a sum or a reference does, a small number does not.
    pub fn tells(&self) -> bool {
        matches!(self, Valued::Sum(_) | Valued::Code(_))
    }

    /// Whether a record would have it: a day, a time, a sum, a reference.
    pub fn is_on_record(&self) -> bool {
        self.tells() || matches!(self, Valued::Day(_) | Valued::Time(_))
    }
}

/// The same time, or a round one for one a minute or two off: "at ten" for 10:01.
fn near_time(a: i64, b: i64) -> bool {
    const ROUNDED: i64 = 15;
    const OFF_MAX: i64 = 2;
    let off = (a - b).rem_euclid(MINUTES_ROUND);
    let round = (a % ROUNDED == 0) != (b % ROUNDED == 0);
    off == 0 || (round && off.min(MINUTES_ROUND - off) <= OFF_MAX)
}

/// Letters and figures alone, in lower case: "R-7719" is "r7719".
pub fn plain(value: &str) -> String {
    value
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}
