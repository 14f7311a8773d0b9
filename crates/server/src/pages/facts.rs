//! What they say beside what we know: one line a fact, its state in words, source and time.

use super::when::{clock, when};
use crate::sheets::{Around, FactSheet, FactState, FactsSheet};
use askama::Template;

/// So many lines lie open; the rest of a long list is folded.
const OPEN_LINES: usize = 5;

#[derive(Default)]
pub struct FactsView<'a> {
    pub number: i64,
    /// Those of the last letter, and what was written down by hand.
    pub lines: Vec<LineView<'a>>,
    /// Those of earlier letters, and of a letter that says very much.
    pub earlier: Vec<LineView<'a>>,
    /// Sources that did not answer, each a sentence.
    pub troubles: Vec<String>,
    /// Places to look, offered while a line is checked by hand.
    pub places: &'a [String],
}

pub struct LineView<'a> {
    pub id: &'a str,
    pub claim: &'a str,
    pub known: &'a str,
    /// "checked", "not found".
    pub how: &'static str,
    /// For the style sheet: the state's own word.
    pub state: &'static str,
    /// "the member list, 10:14" or "by Ada in the till, 10:14".
    pub from: String,
    /// Somebody checked it or wrote it down, so it can be taken back.
    pub by_hand: bool,
}

/// The list alone, for a browser that has just changed it.
#[derive(Template)]
#[template(path = "facts.html")]
pub struct Alone<'a> {
    facts: FactsView<'a>,
}

impl<'a> Alone<'a> {
    pub fn of(sheet: &'a FactsSheet, number: i64, last_word: &str, around: &Around) -> Self {
        Self {
            facts: FactsView::of(sheet, number, last_word, around),
        }
    }
}

impl<'a> FactsView<'a> {
    pub fn of(sheet: &'a FactsSheet, number: i64, last_word: &str, around: &Around) -> Self {
        let (now, old): (Vec<&FactSheet>, Vec<&FactSheet>) = sheet.lines.iter().partition(|line| {
            line.message
                .as_deref()
                .is_none_or(|message| message == last_word)
        });
        // What somebody took the trouble to write down comes first.
        let (written, now): (Vec<&FactSheet>, Vec<&FactSheet>) =
            now.into_iter().partition(|line| line.author.is_some());
        let now = written.into_iter().chain(now);
        let mut lines: Vec<LineView> = now.map(|line| view(line, around)).collect();
        let mut earlier = lines.split_off(lines.len().min(OPEN_LINES));
        earlier.extend(old.into_iter().rev().map(|line| view(line, around)));
        Self {
            number,
            lines,
            earlier,
            places: &sheet.places,
            troubles: sheet
                .troubles
                .iter()
                .map(|it| {
                    let asked = clock(it.asked_at, &around.tz);
                    format!("{} {}; asked at {asked}.", capital(&it.source), it.problem)
                })
                .collect(),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.lines.is_empty() && self.earlier.is_empty() && self.troubles.is_empty()
    }
}

fn view<'a>(line: &'a FactSheet, around: &Around) -> LineView<'a> {
    let at = |at| when(at, around.now, &around.tz).short;
    let from = match (&line.by_hand, &line.author) {
        (Some(check), _) => by_hand(&check.who, &check.source, &at(check.at)),
        (None, Some(author)) => by_hand(author, &line.source, &at(line.at)),
        (None, None) if line.source.is_empty() => at(line.at),
        (None, None) => format!("{}, {}", line.source, at(line.at)),
    };
    LineView {
        id: &line.id,
        claim: &line.claim,
        known: &line.known,
        how: words(line.state),
        state: line.state.word(),
        from,
        by_hand: line.by_hand.is_some() || line.author.is_some(),
    }
}

fn by_hand(who: &str, source: &str, at: &str) -> String {
    match source {
        "" => format!("by {who}, {at}"),
        source => format!("by {who}, {source}, {at}"),
    }
}

fn words(state: FactState) -> &'static str {
    match state {
        FactState::Checked => "checked",
        FactState::Contradicted => "contradicted",
        FactState::NotFound => "not found",
        FactState::NotChecked => "not checked",
        FactState::Disputed => "disputed",
    }
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
