//! What a draft promises, as lines for the ledger: found by the engine, changed by whoever writes it, written down with
//! the reply.

use jiff::civil::{Date, DateTime, Weekday};
use serde::{Deserialize, Serialize};
use unruffled_engine::{Engine, FactKind, MessageInput, Promise, Review};
use unruffled_store::{Due, PromiseId, WithReply};

use crate::clock::Micros;
use crate::hours::Hours;
use crate::{Desk, limits, soon, words};

/// The hour at which the engine lets a day end for which no time was named.
const ENGINE_CLOSE: (i8, i8) = (17, 0);

/// Who promises in a letter of ours.
const OUR_WORDS: [&str; 2] = ["i", "we"];

/// What a person said about the promises of a draft; sealed with the draft, sent with the reply.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// Promises that were changed, confirmed or dismissed by hand.
    #[serde(default)]
    pub changed: Vec<Changed>,
    /// Ids of promises that this reply keeps.
    #[serde(default)]
    pub kept: Vec<String>,
    /// Those that it gives another time.
    #[serde(default)]
    pub moved: Vec<Moved>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changed {
    /// The words of the draft in which it was found.
    pub found: String,
    /// What is promised, in other words; empty for the draft's own.
    #[serde(default)]
    pub what: String,
    /// "2026-05-01T16:00" on the desk's clock; empty for what the draft says.
    #[serde(default)]
    pub due: String,
    /// To be written down.
    pub keep: bool,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    pub id: String,
    pub due: String,
}

/// A promise that a draft makes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Found {
    /// The words of the draft, by which it is known again.
    pub found: String,
    /// What is promised.
    pub what: String,
    /// "Fri 1 May, 16:00", or "Fri 1 May" where only a day is named; empty where no time is clear.
    pub by: String,
    /// "2026-05-01T16:00" on the desk's clock; empty where no time is clear.
    pub local: String,
    /// Written down by sending, unless somebody says otherwise.
    pub sure: bool,
    #[serde(skip)]
    due: Option<Due>,
}

impl Said {
    /// What a page sent. What cannot be read changes nothing: the promises are then those that the draft makes.
    pub fn read(json: &str) -> Self {
        let mut said: Self = serde_json::from_str(json).unwrap_or_default();
        said.changed.truncate(limits::PROMISES_SAID_MAX);
        said.kept.truncate(limits::PROMISES_SAID_MAX);
        said.moved.truncate(limits::PROMISES_SAID_MAX);
        said
    }

    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// As it stands in a page's form; nothing where nothing was said.
    pub fn written(&self) -> String {
        if self.is_empty() {
            return String::new();
        }
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// The promises of a draft, as its page shows them.
pub fn found(desk: &Desk, review: &Review, now: Micros) -> Vec<Found> {
    let engine = desk.engine();
    review
        .promises
        .iter()
        .map(|promise| {
            let due = due_in(&engine, desk.hours(), promise, now);
            Found {
                found: one_line(&promise.span.text),
                what: what(promise),
                by: due.map_or_else(String::new, |due| by(desk.hours(), &due, now)),
                local: due.map_or_else(String::new, |due| local(desk.hours(), due.at)),
                sure: due.is_some() && !promise.conditional,
                due,
            }
        })
        .collect()
}

/// "ring you by four"; where somebody or something else than us does it, they stand with it: "your card will be there
/// by Friday".
fn what(promise: &Promise) -> String {
    let ours = promise.who.as_ref().is_some_and(|who| {
        let first = who.text.split(|c: char| !c.is_alphabetic()).next();
        first.is_some_and(|word| OUR_WORDS.contains(&word.to_lowercase().as_str()))
    });
    one_line(if ours {
        &promise.what.text
    } else {
        &promise.span.text
    })
}

/// What a reply with these words does to the ledger. The reply is read again, so that what is written down is what is
/// sent, whatever the page had seen.
pub fn with_reply(desk: &Desk, review: &Review, said: &Said, now: Micros) -> WithReply {
    let hours = desk.hours();
    let moved: Vec<(PromiseId, Due)> = said
        .moved
        .iter()
        .filter_map(|moved| {
            let due = chosen(hours, &moved.due, now)?;
            Some((PromiseId::parse(&moved.id)?, due))
        })
        .collect();
    let made = found(desk, review, now)
        .into_iter()
        .filter_map(|found| {
            let changed = said.changed.iter().find(|it| it.found == found.found);
            if !changed.map_or(found.sure, |changed| changed.keep) {
                return None;
            }
            let what = changed
                .map(|changed| changed.what.trim())
                .filter(|what| !what.is_empty())
                .map_or(found.what, str::to_owned);
            let due = changed
                .filter(|changed| changed.due != found.local)
                .and_then(|changed| chosen(hours, &changed.due, now))
                .or(found.due);
            Some((what, due))
        })
        // The new time of what is moved is said in the letter; it is the same promise, not another one.
        .filter(|(_, due)| due.is_none_or(|due| moved.iter().all(|(_, other)| other.at != due.at)))
        .collect();
    let kept = said.kept.iter().filter_map(|id| PromiseId::parse(id));
    WithReply {
        made,
        kept: kept.collect(),
        moved,
    }
}

/// A time that somebody chose.
pub fn chosen(hours: &Hours, local: &str, now: Micros) -> Option<Due> {
    let at = soon::at_local(hours, local)?;
    (!soon::too_far(hours, at, now)).then(|| Due {
        at,
        whole_day: false,
        bring_up_at: hours.bring_up(at, false),
    })
}

/// By when a promise is due on this desk, where its words say it clearly.
pub fn due(desk: &Desk, promise: &Promise, now: Micros) -> Option<Due> {
    due_in(&desk.engine(), desk.hours(), promise, now)
}

/// By when, where the words say it: on a day for which they name no time, by the end of its hours.
fn due_in(engine: &Engine, hours: &Hours, promise: &Promise, now: Micros) -> Option<Due> {
    let civil: DateTime = promise.due.as_deref()?.get(..19)?.parse().ok()?;
    let at = hours.at(civil.date(), civil.time())?;
    if says_working_days(&promise.span.text) {
        return in_working_days(hours, civil.date(), now);
    }
    let whole_day = (civil.hour(), civil.minute()) == ENGINE_CLOSE
        && names_no_time(engine, hours, promise, now);
    let at = if whole_day {
        hours.end_of(civil.date())?
    } else {
        at
    };
    if at <= now || soon::too_far(hours, at, now) {
        return None;
    }
    Some(Due {
        at,
        whole_day,
        bring_up_at: hours.bring_up(at, whole_day),
    })
}

/// "Within two working days" is by the end of the second of them. The engine counts weekdays; the desk knows its own.
fn in_working_days(hours: &Hours, engine_says: Date, now: Micros) -> Option<Due> {
    let mut weekdays = 0;
    let mut day = hours.date(now);
    while day < engine_says {
        day = day.tomorrow().ok()?;
        if !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) {
            weekdays += 1;
        }
    }
    let at = hours.end_of(hours.in_working_days(now, weekdays)?)?;
    (at > now && !soon::too_far(hours, at, now)).then(|| Due {
        at,
        whole_day: true,
        bring_up_at: hours.bring_up(at, true),
    })
}

fn says_working_days(words: &str) -> bool {
    let words = words.to_lowercase();
    ["working day", "business day"]
        .iter()
        .any(|it| words.contains(it))
}

/// The engine says five o'clock for "by five" and for "on Friday" alike.
fn names_no_time(engine: &Engine, hours: &Hours, promise: &Promise, now: Micros) -> bool {
    let now = words::in_zone(now, hours.zone());
    let reading = engine.read(&MessageInput {
        text: &promise.span.text,
        now: Some(&now),
        ..MessageInput::default()
    });
    !reading
        .facts
        .iter()
        .any(|fact| matches!(fact.kind, FactKind::Time | FactKind::Duration))
}

/// "today, 16:00", "tomorrow", "Fri 1 May, 16:00".
pub fn by(hours: &Hours, due: &Due, now: Micros) -> String {
    words::by(due.at, due.whole_day, now, hours.zone())
}

fn local(hours: &Hours, at: Micros) -> String {
    words::in_zone(at, hours.zone())
        .strftime("%Y-%m-%dT%H:%M")
        .to_string()
}

pub fn one_line(words: &str) -> String {
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    line.trim_end_matches(['.', ',', ';', ':']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use unruffled_engine::{DraftInput, Engine};

    /// What the words of a draft, written on Thursday 30 April 2026 at 10:20, are due at; Monday is a holiday.
    #[track_caller]
    fn check(draft: &str, expect: &str) {
        let zone = jiff::tz::TimeZone::get("Europe/London").expect("a zone");
        let week = ["09:00-18:00"; 5];
        let days = [week[0], week[1], week[2], week[3], week[4], "", ""];
        let hours = Hours::new(zone, days, &["2026-05-04".to_owned()]).expect("hours");
        let now = soon::at_local(&hours, "2026-04-30T10:20").expect("a time");
        let zoned = words::in_zone(now, hours.zone());
        let engine = Engine::embedded();
        let review = engine.review(&DraftInput {
            draft,
            now: Some(&zoned),
            ..DraftInput::default()
        });
        let promise = review.promises.first().expect("a promise");
        let due = due_in(&engine, &hours, promise, now);
        let said = due.map_or_else(String::new, |due| {
            let day = if due.whole_day { " whole day" } else { "" };
            format!("{}{day}", local(&hours, due.at))
        });
        assert_eq!(said, expect, "{draft}");
    }

    #[test]
    fn a_day_without_a_time_lasts_until_the_desk_closes() {
        check("I will ring you on Friday.", "2026-05-01T18:00 whole day");
        check("I will ring you by 17:00 on Friday.", "2026-05-01T17:00");
        check("I will ring you by five on Friday.", "2026-05-01T17:00");
        check("I will ring you by noon tomorrow.", "2026-05-01T12:00");
    }

    #[test]
    fn working_days_are_days_on_which_somebody_works() {
        check(
            "We will send it within two working days.",
            "2026-05-05T18:00 whole day",
        );
        check(
            "We will send it within 1 business day.",
            "2026-05-01T18:00 whole day",
        );
    }

    #[test]
    fn soon_and_years_from_now_are_no_times() {
        check("We will get back to you soon.", "");
        check("I will ring you on 4 May 2029.", "");
    }

    #[test]
    fn what_cannot_be_read_was_not_said() {
        assert!(Said::read("nonsense").is_empty());
        assert!(Said::read("{\"kept\":3}").is_empty());
        assert_eq!(Said::default().written(), "");
        let said = Said {
            kept: vec!["an id".to_owned()],
            ..Said::default()
        };
        assert_eq!(Said::read(&said.written()), said);
    }
}
