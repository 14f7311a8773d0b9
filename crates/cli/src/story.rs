//! The demo's story: letters, replies and notes in `demo/`, told relative to the day they are read on.
//!
//! A folder is a conversation; its files are what happened, in order: `1-name.eml` came in by mail,
//! `2-ada.reply` was sent, `3-ben.note` stayed in the house, `4-ben.broken` says that
//! what was promised and is late was not kept, `5-ben.done` closed it. Between double
//! braces stands what depends on today: `{{3 days ago 10:02}}` is a letter's date, `{{weekday in 2
//! workdays}}` a word in a sentence, `{{our last}}` the Message-ID of our reply before.

use jiff::civil::{Date, Time, Weekday};
use jiff::{ToSpan, Zoned};

const FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/story.rs"));

/// Files of the story that are no conversation: the lists of Harbour Baths, which the demo's desk looks things up in.
const RECORDS: &str = "records/";

/// One thing that happened.
#[derive(Debug, Clone)]
pub struct Event {
    /// Which conversation, such as `harbour/pool-pass`.
    pub conversation: &'static str,
    pub at: Zoned,
    pub deed: Deed,
    /// The letter as it came, or the words of a reply or a note, placeholders still in it.
    text: &'static str,
}

/// Who did what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    Came,
    Replied(&'static str),
    Noted(&'static str),
    /// What is late was not kept.
    Broke,
    Closed,
}

impl Event {
    /// The text with today's dates in it, and the Message-ID of our last reply.
    pub fn text(&self, now: &Zoned, our_last: &str) -> Result<String, String> {
        filled(self.text, now, our_last)
    }
}

/// The whole story in the order in which it happened.
pub fn events(now: &Zoned) -> Result<Vec<Event>, String> {
    let mut events = FILES
        .iter()
        .filter(|(file, _)| !file.starts_with(RECORDS))
        .map(|(file, text)| event(file, text, now).map_err(|why| format!("{file}: {why}")))
        .collect::<Result<Vec<_>, _>>()?;
    // Stable: what has the same minute stays in the order of its files.
    events.sort_by_key(|event| event.at.timestamp());
    Ok(events)
}

/// The lists, each with its file's name and with today's dates in it.
pub fn records(now: &Zoned) -> Result<Vec<(&'static str, String)>, String> {
    FILES
        .iter()
        .filter_map(|(file, text)| Some((file.strip_prefix(RECORDS)?, text)))
        .map(|(name, text)| {
            Ok((
                name,
                filled(text, now, "").map_err(|why| format!("{name}: {why}"))?,
            ))
        })
        .collect()
}

fn event(file: &'static str, text: &'static str, now: &Zoned) -> Result<Event, String> {
    let (conversation, name) = file
        .rsplit_once('/')
        .ok_or("it lies in no conversation's folder")?;
    let (stem, ending) = name.rsplit_once('.').ok_or("its name has no ending")?;
    let (_, who) = stem.split_once('-').ok_or("its name is not NUMBER-WHO")?;
    let deed = match ending {
        "eml" => Deed::Came,
        "reply" => Deed::Replied(who),
        "note" => Deed::Noted(who),
        "broken" => Deed::Broke,
        "done" => Deed::Closed,
        other => return Err(format!("`.{other}` is no part of a story")),
    };
    let heading = if deed == Deed::Came {
        "Date: {{"
    } else {
        "When: {{"
    };
    let when = text
        .lines()
        .find_map(|line| line.strip_prefix(heading)?.strip_suffix("}}"))
        .ok_or("it does not say when")?;
    let at = moment(when, now).ok_or_else(|| format!("`{when}` is no time"))?;
    let text = match deed {
        Deed::Came => text,
        _ => text
            .split_once("\n\n")
            .map_or("", |(_, words)| words.trim_end()),
    };
    Ok(Event {
        conversation,
        at,
        deed,
        text,
    })
}

fn filled(text: &str, now: &Zoned, our_last: &str) -> Result<String, String> {
    let mut out = String::with_capacity(text.len() + 64);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        let (inside, after) = after.split_once("}}").ok_or("a `{{` without its `}}`")?;
        out.push_str(before);
        out.push_str(
            &worded(inside, now, our_last)
                .ok_or_else(|| format!("`{inside}` is nothing to fill in"))?,
        );
        rest = after;
    }
    out.push_str(rest);
    Ok(out)
}

fn worded(inside: &str, now: &Zoned, our_last: &str) -> Option<String> {
    if inside == "our last" {
        return (!our_last.is_empty()).then(|| format!("<{our_last}>"));
    }
    let form = match inside.split_once(' ')? {
        ("weekday", when) => Some(("%A", when)),
        ("day", when) => Some(("%-d %B", when)),
        ("month", when) => Some(("%B", when)),
        ("iso", when) => Some(("%Y-%m-%d", when)),
        _ => None,
    };
    match form {
        Some((form, when)) => Some(moment(when, now)?.strftime(form).to_string()),
        // A letter's own date.
        None => jiff::fmt::rfc2822::to_string(&moment(inside, now)?).ok(),
    }
}

/// `3 days ago 10:02`, `4 months ago`, `6 workdays ago`, `in 2 workdays`, `last 10:02`; noon where no time is told.
fn moment(words: &str, now: &Zoned) -> Option<Zoned> {
    let today = now.date();
    let words: Vec<&str> = words.split_whitespace().collect();
    let (date, time) = match words.as_slice() {
        // Today if it has been already, else yesterday: nobody writes from the future.
        ["last", time] => {
            let time = clock(time)?;
            (
                if time <= now.time() {
                    today
                } else {
                    today.yesterday().ok()?
                },
                time,
            )
        }
        [n, unit, "ago"] => (
            back(today, n, unit)?,
            Time::midnight().saturating_add(12.hours()),
        ),
        [n, unit, "ago", time] => (back(today, n, unit)?, clock(time)?),
        ["in", n, unit] => (
            ahead(today, n, unit)?,
            Time::midnight().saturating_add(12.hours()),
        ),
        _ => return None,
    };
    date.to_datetime(time)
        .to_zoned(now.time_zone().clone())
        .ok()
}

fn clock(time: &str) -> Option<Time> {
    let (hour, minute) = time.split_once(':')?;
    Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()
}

fn back(from: Date, n: &str, unit: &str) -> Option<Date> {
    let n: i32 = n.parse().ok()?;
    match unit {
        "day" | "days" => from.checked_sub(n.days()).ok(),
        "month" | "months" => from.checked_sub(n.months()).ok(),
        "workday" | "workdays" => workdays(from, n, Date::yesterday),
        _ => None,
    }
}

fn ahead(from: Date, n: &str, unit: &str) -> Option<Date> {
    let n: i32 = n.parse().ok()?;
    match unit {
        "day" | "days" => from.checked_add(n.days()).ok(),
        "workday" | "workdays" => workdays(from, n, Date::tomorrow),
        _ => None,
    }
}

fn workdays(from: Date, n: i32, step: fn(Date) -> Result<Date, jiff::Error>) -> Option<Date> {
    let mut date = from;
    for _ in 0..n {
        date = step(date).ok()?;
        while matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday) {
            date = step(date).ok()?;
        }
    }
    Some(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn monday_morning() -> Zoned {
        "2026-05-04T09:30:00[Europe/London]"
            .parse()
            .expect("it is a time")
    }

    #[test]
    fn every_file_of_the_story_can_be_told_on_any_day() {
        let mut now = monday_morning();
        for _ in 0..400 {
            let events = events(&now).expect("the story holds together");
            for event in &events {
                event
                    .text(&now, "id@desk.example")
                    .expect(event.conversation);
                assert!(event.at <= now, "{} lies in the future", event.conversation);
            }
            now = now.checked_add(1.day()).expect("there is a tomorrow");
        }
    }

    #[test]
    fn a_conversation_happens_in_the_order_of_its_files() {
        let events = events(&monday_morning()).expect("the story holds together");
        let mut told: Vec<(&str, &Deed)> =
            events.iter().map(|e| (e.conversation, &e.deed)).collect();
        told.sort_by_key(|(conversation, _)| *conversation);
        let booklet: Vec<_> = told
            .iter()
            .filter(|(c, _)| c.ends_with("booklet"))
            .map(|(_, d)| *d)
            .collect();
        assert_eq!(
            booklet,
            [
                &Deed::Came,
                &Deed::Replied("ada"),
                &Deed::Came,
                &Deed::Noted("ben")
            ]
        );
    }

    #[test]
    fn there_are_a_dozen_conversations_and_each_begins_with_a_letter() {
        let events = events(&monday_morning()).expect("the story holds together");
        let mut begun: Vec<&str> = Vec::new();
        for event in &events {
            if !begun.contains(&event.conversation) {
                assert_eq!(event.deed, Deed::Came, "{}", event.conversation);
                begun.push(event.conversation);
            }
        }
        assert!(begun.len() >= 12, "{}", begun.len());
    }

    #[test]
    fn one_letter_of_the_story_wants_a_person_before_everything_else() {
        use unruffled_engine::{Engine, MessageInput, Safety};
        let now = monday_morning();
        let engine = Engine::embedded();
        for event in events(&now).expect("the story holds together") {
            let text = event.text(&now, "id@desk.example").expect("it is told");
            let letter = unruffled_mail::letter::parse(text.as_bytes()).text;
            let reading = engine.read(&MessageInput {
                text: &unruffled_mail::quote::split(&letter).0,
                ..Default::default()
            });
            let risk = event.conversation == "larkline/pendant" && event.deed == Deed::Came;
            let expect = risk.then_some(Safety::Risk);
            assert_eq!(reading.safety, expect, "{}", event.conversation);
        }
    }

    #[test]
    fn the_story_has_a_hot_moment_a_very_hot_one_and_quiet_thanks() {
        use unruffled_engine::{Engine, Heat, MessageInput};
        let now = monday_morning();
        let engine = Engine::embedded();
        let events = events(&now).expect("the story holds together");
        let heat = |conversation: &str| {
            let last = events
                .iter()
                .rfind(|e| e.conversation == conversation && e.deed == Deed::Came);
            let text = last
                .expect("it is in the story")
                .text(&now, "id@desk.example")
                .expect("it is told");
            let letter = unruffled_mail::letter::parse(text.as_bytes()).text;
            let text = unruffled_mail::quote::split(&letter).0;
            engine
                .read(&MessageInput {
                    text: &text,
                    ..Default::default()
                })
                .heat
        };
        assert!(heat("harbour/pool-pass") >= Heat::Hot);
        assert_eq!(heat("larkline/voicemails"), Heat::VeryHot);
        assert_eq!(heat("harbour/first-length"), Heat::Quiet);
        assert_eq!(heat("harbour/school-lanes"), Heat::Quiet);
    }

    #[track_caller]
    fn check(inside: &str, expect: &str) {
        assert_eq!(
            worded(inside, &monday_morning(), "x@y").as_deref(),
            Some(expect)
        );
    }

    #[test]
    fn dates_are_told_from_today() {
        check("3 days ago 10:02", "Fri, 1 May 2026 10:02:00 +0100");
        check("last 10:02", "Sun, 3 May 2026 10:02:00 +0100");
        check("last 09:12", "Mon, 4 May 2026 09:12:00 +0100");
        check("weekday in 2 workdays", "Wednesday");
        check("weekday 1 workdays ago", "Friday");
        check("day in 20 days", "24 May");
        check("month 4 months ago", "January");
        check("iso 1 day ago", "2026-05-03");
        check("our last", "<x@y>");
        assert_eq!(worded("weekday soon", &monday_morning(), ""), None);
        assert_eq!(worded("our last", &monday_morning(), ""), None);
    }
}
