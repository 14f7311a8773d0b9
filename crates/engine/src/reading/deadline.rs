//! When the answer has to be there, from the cue for a deadline and the typed things in its words.

use crate::deck::Hit;
use crate::pattern::Typed;
use crate::scene::Scene;
use crate::{Deadline, FactKind, Span};
use jiff::civil::{Date, Time};

/// A date or an hour counts as the deadline's when it stands at most so many tokens behind its words ("my flight is … at six").
const TOKENS_BEHIND_MAX: usize = 5;

/// The deadline that the hits of the deadline cue name, with its date where "now" lets it be worked out. Of several, the
/// first that has a date is taken, since that is the one that can be missed.
pub fn find(scene: &Scene<'_>, hits: &[&Hit]) -> Option<Deadline> {
    let deadlines = hits.iter().map(|hit| read(scene, hit));
    let mut first = None;
    for deadline in deadlines {
        if deadline.value.is_some() {
            return Some(deadline);
        }
        first.get_or_insert(deadline);
    }
    first
}

fn read(scene: &Scene<'_>, hit: &Hit) -> Deadline {
    let text = scene.text();
    let (from, to) = hit.found.show;
    let sentence = text.sentence_of(hit.found.from.min(text.tokens.len().saturating_sub(1)));
    let last = (to + TOKENS_BEHIND_MAX).min(sentence.to);
    let near =
        |kind: FactKind| {
            scene.field.typed.iter().find(move |t| {
                t.kind == kind && t.from >= from && t.from < last && t.value.is_some()
            })
        };
    let (date, time) = (near(FactKind::Date), near(FactKind::Time));
    let end = [date, time]
        .into_iter()
        .flatten()
        .map(|t| t.to)
        .fold(to, usize::max);
    let span: Span = text.span(from, end);
    Deadline {
        span,
        value: date.and_then(|date| instant(scene, date, time)),
    }
}

/// A date as RFC 3339, with the hour and the writer's offset where an hour is given and "now" tells the zone.
fn instant(scene: &Scene<'_>, date: &Typed, time: Option<&Typed>) -> Option<String> {
    let day: Date = date.value.as_deref()?.parse().ok()?;
    let hour: Option<Time> = time
        .and_then(|t| t.value.as_deref())
        .and_then(|value| format!("{value}:00").parse().ok());
    let zoned = hour
        .zip(scene.context.now)
        .and_then(|(hour, now)| day.to_datetime(hour).to_zoned(now.time_zone().clone()).ok());
    Some(match zoned {
        Some(zoned) => zoned.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string(),
        None => day.to_string(),
    })
}

#[cfg(test)]
mod tests {
    use crate::{Engine, MessageInput};

    fn deadline(text: &str) -> Option<(String, Option<String>)> {
        let now = "2026-05-04T10:00:00+01:00[Europe/London]"
            .parse()
            .expect("a time");
        Engine::embedded()
            .read(&MessageInput {
                text,
                now: Some(&now),
                ..Default::default()
            })
            .deadline
            .map(|d| (d.span.text, d.value))
    }

    #[test]
    fn a_day_becomes_a_date_and_an_hour_an_instant() {
        assert_eq!(
            deadline("I need it by Friday for the inspection."),
            Some(("by Friday".into(), Some("2026-05-08".into())))
        );
        assert_eq!(
            deadline("We need the keys before Friday at 16:00.").and_then(|d| d.1),
            Some("2026-05-08T16:00:00+01:00".into())
        );
    }

    #[test]
    fn vague_pressure_has_no_date() {
        assert_eq!(
            deadline("It can't wait any longer.").map(|d| d.1),
            Some(None)
        );
        assert_eq!(deadline("I bought it last Friday."), None);
    }
}
