//! Five lines of history: what each earlier conversation asked and how it ended, made by the reading and kept nowhere.

use jiff::tz::TimeZone;
use unruffled_engine::MessageInput;
use unruffled_mail::quote;
use unruffled_store::{ConversationState, EarlierOn};

use crate::Desk;
use crate::pages::when;
use crate::sheets::HistorySheet;

/// What an ask of a line may have in letters: more is a letter again.
const ASKED_CHARS_MAX: usize = 90;

/// The lines, the newest first.
pub fn lines(desk: &Desk, earlier: &[EarlierOn]) -> Vec<HistorySheet> {
    earlier
        .iter()
        .map(|it| HistorySheet {
            number: it.number,
            words: line(it, &asked(desk, it), desk.now(), desk.zone()),
        })
        .collect()
}

/// What they asked: the first ask that the reading finds, else what the conversation is called.
fn asked(desk: &Desk, it: &EarlierOn) -> String {
    let said = it.said.as_deref().unwrap_or_default();
    let wrote = it.wrote.as_deref().map(quote::split);
    let words = match &wrote {
        Some((fresh, _)) if !fresh.trim().is_empty() => fresh,
        _ => said,
    };
    let engine = desk.engine();
    let reading = engine.read(&MessageInput {
        text: words,
        ..MessageInput::default()
    });
    let first = reading.asks.first().map(|ask| ask.span.text.as_str());
    first.unwrap_or(&it.subject).to_owned()
}

/// One line: when, how, what they asked, how it ended. A pure function of what is given.
pub fn line(it: &EarlierOn, asked: &str, now: i64, tz: &TimeZone) -> String {
    let day = |at: i64| when(at, now, tz).short;
    let how = match it.channel.as_str() {
        "counter" => "at the counter",
        "phone" => "on the phone",
        _ => "by letter",
    };
    let asked = shortened(asked);
    let asked = if asked.is_empty() {
        String::new()
    } else {
        format!(": “{asked}”")
    };
    let answered = it.answered_at.map(day);
    let end = match (it.state, answered) {
        (ConversationState::Done, Some(at)) => format!("answered {at}, then closed"),
        (ConversationState::Done, None) => format!("closed {}", day(it.updated_at)),
        (ConversationState::Waiting, Some(at)) => format!("answered {at}, waiting for their word"),
        (ConversationState::Waiting, None) => "waiting for their word".to_owned(),
        (ConversationState::Open, Some(at)) => format!("answered {at}, open again"),
        (ConversationState::Open, None) => "not answered yet".to_owned(),
    };
    format!("{}, {how}{asked} · {end}", day(it.created_at))
}

fn shortened(words: &str) -> String {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.chars().count() <= ASKED_CHARS_MAX {
        return words;
    }
    let cut: String = words.chars().take(ASKED_CHARS_MAX).collect();
    // Not in the middle of a word, where there are words.
    let cut = cut
        .rsplit_once(' ')
        .map_or(cut.as_str(), |(whole, _)| whole);
    format!("{cut} …")
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: i64 = 24 * 3600 * 1_000_000;
    /// Tue 3 March 2026, 10:12 UTC.
    const NOW: i64 = 1_772_532_720_000_000;

    fn earlier(channel: &str, state: ConversationState, answered: Option<i64>) -> EarlierOn {
        EarlierOn {
            number: 7,
            subject: "the gate".into(),
            channel: channel.into(),
            state,
            created_at: NOW - 40 * DAY,
            updated_at: NOW - 38 * DAY,
            wrote: None,
            said: None,
            answered_at: answered,
        }
    }

    #[track_caller]
    fn check(it: &EarlierOn, asked: &str, expect: &str) {
        assert_eq!(line(it, asked, NOW, &TimeZone::UTC), expect);
    }

    #[test]
    fn a_line_tells_what_was_asked_and_how_it_ended() {
        use ConversationState::{Done, Open, Waiting};
        let answered = Some(NOW - 39 * DAY);
        check(
            &earlier("mail", Done, answered),
            "Can they swim\ntoday?",
            "22 Jan, by letter: “Can they swim today?” · answered 23 Jan, then closed",
        );
        check(
            &earlier("counter", Done, None),
            "a card",
            "22 Jan, at the counter: “a card” · closed 24 Jan",
        );
        check(
            &earlier("phone", Open, None),
            "",
            "22 Jan, on the phone · not answered yet",
        );
        check(
            &earlier("mail", Waiting, answered),
            "When?",
            "22 Jan, by letter: “When?” · answered 23 Jan, waiting for their word",
        );
    }

    #[test]
    fn a_long_ask_is_cut_between_words() {
        let long = "word ".repeat(60);
        let said = line(
            &earlier("mail", ConversationState::Open, None),
            &long,
            NOW,
            &TimeZone::UTC,
        );
        assert!(said.contains("word …”"), "{said}");
        assert!(said.len() < 180);
    }
}
