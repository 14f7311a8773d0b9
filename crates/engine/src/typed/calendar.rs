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

    /// Easter Sunday, this year's or, where that is over, the next one's.
    pub fn easter(&self) -> Option<Date> {
        let today = self.today?;
        [today.year(), today.year() + 1]
            .into_iter()
            .filter_map(easter)
            .find(|day| *day >= today)
    }

    /// The nth of this month or one beside it.
    pub fn day_of_month(&self, day: u8, way: Way) -> Option<Date> {
        pick(self.days_of_months(day as i8)?, self.today?, way)
    }

    /// The same, where it falls on this weekday (Monday is 0).
    pub fn weekday_of_month(&self, weekday: u8, day: i8) -> Option<Date> {
        let days = self.days_of_months(day)?;
        let days = days.filter(|day| day.weekday().to_monday_zero_offset() == weekday as i8);
        pick(days, self.today?, Way::Nearest)
    }

    fn days_of_months(&self, day: i8) -> Option<impl Iterator<Item = Date>> {
        let first = self.today?.first_of_month();
        Some([-1, 0, 1].into_iter().filter_map(move |months: i32| {
            let month = first.checked_add(months.months()).ok()?;
            Date::new(month.year(), month.month(), day).ok()
        }))
    }
}

/// Easter Sunday of a year by the Gregorian computus (Meeus, Jones, Butcher).
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (golden, century, years) = (y % 19, y / 100, y % 100);
    let moved = (century - (century + 8) / 25 + 1) / 3;
    let moon = (19 * golden + century - century / 4 - moved + 15) % 30;
    let week = (32 + 2 * (century % 4) + 2 * (years / 4) - moon - years % 4) % 7;
    let late = (golden + 11 * moon + 22 * week) / 451;
    let days = moon + week - 7 * late + 114;
    Date::new(year, (days / 31) as i8, (days % 31 + 1) as i8).ok()
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
