//! The shelf of stories, a rehearsal, a story's file, the workshop and its screen.

use crate::sheets::{
    RehearsalSheet, ScreenSheet, ShelfSheet, StoryLine, StorySheet, WorkshopSheet,
};
use crate::words::first_letter_up;
use askama::Template;
use unruffled_engine::{FactState, KnownFact};
use unruffled_rehearsal::{
    Clarity, Ending, Reason, State, Turn, Voice, Way, Ways, heat_word, limits::REPLIES_MAX,
};

#[derive(Template)]
#[template(path = "rehearsals.html")]
pub struct Shelf<'a> {
    pub sheet: &'a ShelfSheet,
}

#[derive(Template)]
#[template(path = "story.html")]
pub struct Writing<'a> {
    pub sheet: &'a StorySheet,
}

#[derive(Template)]
#[template(path = "workshop_screen.html")]
pub struct Screen<'a> {
    pub sheet: &'a ScreenSheet,
}

#[derive(Template)]
#[template(path = "workshop.html")]
pub struct Workshop<'a> {
    sheet: &'a WorkshopSheet,
    lines: Vec<(&'a StoryLine, bool)>,
    minutes: u32,
}

impl<'a> Workshop<'a> {
    pub fn of(sheet: &'a WorkshopSheet) -> Self {
        Self {
            lines: sheet
                .lines
                .iter()
                .map(|line| (line, sheet.chosen.contains(&line.id)))
                .collect(),
            minutes: sheet
                .agenda
                .iter()
                .map(|part| u32::from(part.minutes))
                .sum(),
            sheet,
        }
    }
}

#[derive(Template)]
#[template(path = "rehearsal.html")]
pub struct Rehearsal<'a> {
    sheet: &'a RehearsalSheet,
    facts: Vec<String>,
    earlier: Vec<TurnView<'a>>,
    last: Option<TurnView<'a>>,
    /// What each of two other answers would have done, with what it is called.
    ways: Vec<(&'static str, TurnView<'a>)>,
    stands: String,
    /// "It ended calm."
    ended: Option<&'static str>,
    wrote_by_model: bool,
}

/// One answer, and what it did.
struct TurnView<'a> {
    wrote: &'a str,
    draft: &'a str,
    says: &'a str,
    reasons: Vec<ReasonView<'a>>,
    /// "warm, cooler than before · trust thin · clear, clearer than before".
    stands: String,
}

struct ReasonView<'a> {
    name: String,
    says: &'a str,
    words: Vec<String>,
    asks: &'a [String],
    but: Option<&'a str>,
    /// "warmer, less trust".
    moved: String,
}

impl<'a> Rehearsal<'a> {
    pub fn of(sheet: &'a RehearsalSheet) -> Self {
        let (last, earlier) = match sheet.turns.split_last() {
            Some((last, earlier)) => (Some(TurnView::of(last)), earlier),
            None => (None, &[][..]),
        };
        let ways = sheet.contrast.iter().flat_map(|contrast| {
            [
                ("One way", TurnView::of(&contrast.badly)),
                ("Another", TurnView::of(&contrast.well)),
            ]
        });
        Self {
            facts: sheet.story.facts.iter().map(fact).collect(),
            earlier: earlier.iter().map(TurnView::of).collect(),
            last,
            ways: ways.collect(),
            stands: stands(&sheet.state, None),
            ended: sheet.ending.map(|ending| match ending {
                Ending::Calm => "It ended calm.",
                Ending::Hot => "It ended hot.",
                Ending::Open => ENDED_OPEN,
            }),
            wrote_by_model: sheet.wrote_by == Voice::Model,
            sheet,
        }
    }
}

const _: () = assert!(REPLIES_MAX == 8, "the sentence below says eight");
const ENDED_OPEN: &str = "It was left open: eight answers are enough for one story.";

/// A fact as far as it is known.
fn fact(fact: &KnownFact) -> String {
    match fact.state {
        FactState::Checked => fact.text.clone(),
        FactState::Claimed => format!("They say: {}", fact.text),
        FactState::Disputed => format!("Disputed: {}", fact.text),
    }
}

impl<'a> TurnView<'a> {
    fn of(turn: &'a Turn) -> Self {
        Self {
            wrote: &turn.wrote,
            draft: &turn.draft,
            says: &turn.says,
            reasons: turn.reasons.iter().map(ReasonView::of).collect(),
            stands: stands(&turn.after, Some(turn.ways)),
        }
    }
}

impl<'a> ReasonView<'a> {
    fn of(reason: &'a Reason) -> Self {
        Self {
            name: first_letter_up(reason.name),
            says: reason.says,
            words: reason
                .spans
                .iter()
                .map(|span| short(&span.text))
                .filter(|words| !words.is_empty())
                .collect(),
            asks: &reason.asks,
            but: reason.but,
            moved: moved(reason.ways),
        }
    }
}

/// Enough of some words to know them again.
fn short(words: &str) -> String {
    const WORDS_MAX: usize = 12;
    let all: Vec<&str> = words.split_whitespace().collect();
    match all.len() > WORDS_MAX {
        true => format!("{} …", all[..WORDS_MAX].join(" ")),
        false => all.join(" "),
    }
}

fn moved(ways: Ways) -> String {
    let words = [
        match ways.heat {
            Way::Up => "warmer",
            Way::Down => "cooler",
            Way::Same => "",
        },
        match ways.trust {
            Way::Up => "more trust",
            Way::Down => "less trust",
            Way::Same => "",
        },
        match ways.clarity {
            Way::Up => "clearer",
            Way::Down => "less clear",
            Way::Same => "",
        },
    ];
    let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
    words.join(", ")
}

/// Where the moment stands, in words; with which way each went, where something went before.
fn stands(state: &State, ways: Option<Ways>) -> String {
    let than = |way: Option<Way>, up: &str, down: &str| match way {
        Some(Way::Up) => format!(", {up} than before"),
        Some(Way::Down) => format!(", {down} than before"),
        _ => String::new(),
    };
    let clarity = match state.clarity() {
        Clarity::Lost => "not clear",
        Clarity::Partly => "partly clear",
        Clarity::Mostly => "mostly clear",
        Clarity::Clear => "clear",
    };
    format!(
        "{}{} · trust {}{} · {clarity}{}",
        heat_word(state.heat()),
        than(ways.map(|ways| ways.heat), "warmer", "cooler"),
        state.trust(),
        than(ways.map(|ways| ways.trust), "more", "less"),
        than(ways.map(|ways| ways.clarity), "clearer", "less clear"),
    )
}
