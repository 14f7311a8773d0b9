//! Times and states as sentences.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::clock::Micros;
use crate::sheets::DeliveryState;

/// "made them the cause" is "Made them the cause".
pub fn first_letter_up(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// "10:14"
pub fn clock_time(at: Micros, zone: &TimeZone) -> String {
    in_zone(at, zone).strftime("%H:%M").to_string()
}

/// "10:14" today, "4 May, 10:14" on another day, "4 May 2025, 10:14" in another year.
pub fn when(at: Micros, now: Micros, zone: &TimeZone) -> String {
    let (then, today) = (in_zone(at, zone), in_zone(now, zone));
    let form = if then.date() == today.date() {
        "%H:%M"
    } else if then.year() == today.year() {
        "%-d %B, %H:%M"
    } else {
        "%-d %B %Y, %H:%M"
    };
    then.strftime(form).to_string()
}

/// By when: "today, 16:00", "tomorrow", "Fri 1 May, 16:00", "1 May 2027"; the day alone where only a day was named.
pub fn by(at: Micros, whole_day: bool, now: Micros, zone: &TimeZone) -> String {
    let (then, today) = (in_zone(at, zone), in_zone(now, zone).date());
    let day = match today
        .until((jiff::Unit::Day, then.date()))
        .map_or(i32::MAX, |span| span.get_days())
    {
        -1 => "yesterday".to_owned(),
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        _ if then.year() == today.year() => then.strftime("%a %-d %b").to_string(),
        _ => then.strftime("%-d %b %Y").to_string(),
    };
    if whole_day {
        day
    } else {
        format!("{day}, {}", then.strftime("%H:%M"))
    }
}

/// A time to come: "today 16:00", "tomorrow 9:00", "Monday 9:00", "4 May, 9:00".
pub fn ahead(at: Micros, now: Micros, zone: &TimeZone) -> String {
    let (then, today) = (in_zone(at, zone), in_zone(now, zone));
    let days = today
        .date()
        .until(then.date())
        .map_or(i32::MAX, |span| span.get_days());
    let form = match days {
        0 => "today %-H:%M",
        1 => "tomorrow %-H:%M",
        2..=6 => "%A %-H:%M",
        _ => "%-d %B, %-H:%M",
    };
    then.strftime(form).to_string()
}

/// What a reply's state means to whoever wrote it.
pub struct Standing<'a> {
    pub state: DeliveryState,
    /// When it goes out, or is tried again.
    pub next: Micros,
    pub sent_at: Option<Micros>,
    pub problem: Option<&'a str>,
    /// Whether its author chose when it goes.
    pub timed: bool,
    /// Whether the customer has written since.
    pub overtaken: bool,
}

/// One line: what happened, what is safe, what to do.
pub fn delivery(standing: &Standing<'_>, now: Micros, zone: &TimeZone) -> String {
    let problem = told(standing.problem.unwrap_or_default());
    match standing.state {
        DeliveryState::Waiting if !problem.is_empty() => {
            let next = when(standing.next, now, zone);
            format!("Not delivered yet: {problem}. Next try at {next}.")
        }
        DeliveryState::Waiting if standing.overtaken => {
            "They have written since; it waits for you.".to_owned()
        }
        DeliveryState::Waiting if standing.timed && standing.next > now => {
            format!("Goes out {}.", ahead(standing.next, now, zone))
        }
        DeliveryState::Waiting if standing.next > now => {
            let at = in_zone(standing.next, zone)
                .strftime("%H:%M:%S")
                .to_string();
            format!("Waiting; goes out at {at}.")
        }
        DeliveryState::Waiting => "Waiting to go out.".to_owned(),
        DeliveryState::HandingOver => "Being handed to the mail server.".to_owned(),
        DeliveryState::Sent => match standing.sent_at {
            Some(at) => format!("Sent {}.", when(at, now, zone)),
            None => "Sent.".to_owned(),
        },
        DeliveryState::Refused if problem.is_empty() => {
            "Not delivered. The text is kept here.".to_owned()
        }
        DeliveryState::Refused => format!("Not delivered: {problem}. The text is kept here."),
        DeliveryState::Unsure if !problem.is_empty() => {
            standing.problem.unwrap_or_default().trim().to_owned()
        }
        DeliveryState::Unsure => {
            "It may have been delivered: the connection ended before the mail \
            server said so. It is not sent again by itself; say below what is true."
                .to_owned()
        }
    }
}

/// A sentence that follows a colon: it begins small and leaves the full stop to the whole.
fn told(problem: &str) -> String {
    let problem = problem.trim().trim_end_matches('.');
    let mut letters = problem.chars();
    match (letters.next(), letters.next()) {
        // "SMTP" and "I" stay as they are.
        (Some(first), Some(second)) if first.is_uppercase() && second.is_lowercase() => first
            .to_lowercase()
            .chain(problem.chars().skip(1))
            .collect(),
        _ => problem.to_owned(),
    }
}

pub fn in_zone(at: Micros, zone: &TimeZone) -> jiff::Zoned {
    Timestamp::from_microsecond(at)
        .unwrap_or(Timestamp::UNIX_EPOCH)
        .to_zoned(zone.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: Micros = 1_777_896_000_000_000; // 2026-05-04 12:00 UTC

    #[test]
    fn a_time_says_as_much_as_is_needed() {
        assert_eq!(when(NOON, NOON, &TimeZone::UTC), "12:00");
        assert_eq!(
            when(NOON - 86_400_000_000, NOON, &TimeZone::UTC),
            "3 May, 12:00"
        );
        assert_eq!(when(0, NOON, &TimeZone::UTC), "1 January 1970, 00:00");
    }

    #[test]
    fn what_was_not_delivered_says_when_it_is_tried_again() {
        let standing = Standing {
            state: DeliveryState::Waiting,
            next: NOON + 300_000_000,
            sent_at: None,
            problem: Some("the mail server did not answer at 12:00."),
            timed: false,
            overtaken: false,
        };
        assert_eq!(
            delivery(&standing, NOON, &TimeZone::UTC),
            "Not delivered yet: the mail server did not answer at 12:00. Next try at 12:05."
        );
    }
}
