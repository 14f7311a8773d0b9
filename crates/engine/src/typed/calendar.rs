//! From words about days to dates: which Friday, which year, which hour of the two.

use jiff::ToSpan;
use jiff::civil::Date;

/// Which way a bare day looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    Back,
    Ahead,
    Nearest,
}

/// The day on which a text is read, if it is known.
#[derive(Debug, Clone, Copy)]
pub struct Calendar {
    pub today: Option<Date>,
    /// "3/5" is 5 March, as Americans write it, and not 3 May.
    pub month_first: bool,
}

impl Calendar {
    /// Today, plus so many days.
    pub fn day(&self, days: i64) -> Option<Date> {
        self.today?.checked_add(days.days()).ok()
    }

    /// The weekday (Monday is 0) before, after or next to today.
    pub fn weekday(&self, weekday: u8, way: Way) -> Option<Date> {
        let today = i64::from(self.today?.weekday().to_monday_zero_offset());
        let ahead = (i64::from(weekday) - today).rem_euclid(7);
        self.day(match way {
            Way::Back if ahead == 0 => -7,
            Way::Back => ahead - 7,
            Way::Ahead if ahead == 0 => 7,
            _ => ahead,
        })
    }

    /// The day of a month in the year that lies nearest, or the nearest in the given direction.
    pub fn day_of_year(&self, month: u8, day: u8, way: Way) -> Option<Date> {
        let today = self.today?;
        let years = [today.year() - 1, today.year(), today.year() + 1];
        let days = years
            .iter()
            .filter_map(|year| Date::new(*year, month as i8, day as i8).ok());
        pick(days, today, way)
    }

    /// The nth of this month or one beside it.
    pub fn day_of_month(&self, day: u8, way: Way) -> Option<Date> {
        let today = self.today?;
        let days = [-1, 0, 1].iter().filter_map(|months: &i32| {
            let month = today.first_of_month().checked_add(months.months()).ok()?;
            Date::new(month.year(), month.month(), day as i8).ok()
        });
        pick(days, today, way)
    }
}

fn pick(days: impl Iterator<Item = Date>, today: Date, way: Way) -> Option<Date> {
    let distance = |d: &Date| {
        let days = d.duration_since(today).as_hours() / 24;
        match way {
            Way::Back if days > 0 => 1_000 + days,
            Way::Ahead if days < 0 => 1_000 - days,
            // A little sooner for what is to come: "the 3rd" on the 18th is next month's.
            _ if days < 0 => days.abs() * 2,
            _ => days * 2 - 1,
        }
    };
    days.min_by_key(distance)
}

/// A date of four, two or no figures for the year.
pub fn full_year(year: u32) -> i16 {
    if year < 100 {
        2000 + year as i16
    } else {
        year as i16
    }
}
