//! A rehearsal as it is shown: to eyes, or as JSON.

use super::json;
use crate::door::Format;
use crate::failure::Failure;
use crate::page::Page;
use serde::Serialize;
use std::io::Write;
use unruffled_engine::FactState;
use unruffled_rehearsal::{
    Contrast, Ending, Reason, Rehearsal, Shelf, State, Turn, Voice, Way, Ways, heat_word,
};

const HOW: &str = "Your reply. A line with just a full stop sends it. /letter shows their words again, /facts what you can \
                   see, /ways two ways to answer; /leave ends here.";

/// Where a rehearsal is written.
pub struct Sheet {
    as_json: bool,
    /// How to answer was said once.
    said_how: bool,
}

/// Every story at hand.
pub fn list(shelf: &Shelf) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    let width = shelf.stories.iter().map(|s| s.id.len()).max().unwrap_or(0);
    for story in &shelf.stories {
        writeln!(
            out,
            "  {:width$}  {:9}  {}  {}",
            story.id,
            story.level.to_string(),
            story.what_if,
            story.trade
        )?;
    }
    Ok(())
}

impl Sheet {
    pub fn new(format: Format) -> Sheet {
        Sheet {
            as_json: format == Format::Json,
            said_how: false,
        }
    }

    pub fn begins(&mut self, rehearsal: &Rehearsal<'_>) -> Result<(), Failure> {
        let story = rehearsal.story();
        if self.as_json {
            #[derive(Serialize)]
            struct Begins<'a> {
                story: &'a str,
                title: &'a str,
                wrote: &'a str,
                state: State,
            }
            return json(&Begins {
                story: &story.id,
                title: &story.title,
                wrote: rehearsal.wrote(),
                state: rehearsal.state(),
            });
        }
        let mut page = Page::stdout();
        page.list(
            "Rehearsal",
            &[format!(
                "{} ({}, {})",
                story.title, story.trade, story.level
            )],
        )?;
        page.list("Where", std::slice::from_ref(&story.place))?;
        drop(page);
        self.facts(rehearsal)?;
        self.letter(rehearsal)
    }

    /// What the desk can see, and what may be offered.
    pub fn facts(&mut self, rehearsal: &Rehearsal<'_>) -> Result<(), Failure> {
        let story = rehearsal.story();
        let mut page = Page::stdout();
        let facts = story.facts.iter().map(|fact| match fact.state {
            FactState::Checked => format!("· {}", fact.text),
            FactState::Claimed => format!("· they say: {}", fact.text),
            FactState::Disputed => format!("· disputed: {}", fact.text),
        });
        page.list("You can see", &facts.collect::<Vec<_>>())?;
        let offers = story.offers.iter().map(|offer| format!("· {offer}"));
        page.list("You may", &offers.collect::<Vec<_>>())?;
        Ok(())
    }

    /// What they wrote last.
    pub fn letter(&mut self, rehearsal: &Rehearsal<'_>) -> Result<(), Failure> {
        let mut page = Page::stdout();
        page.gap()?;
        page.list(
            "They write",
            &[format!(
                "{} · {}{}",
                rehearsal.story().customer,
                state(rehearsal.state()),
                by(rehearsal.wrote_by())
            )],
        )?;
        page.gap()?;
        page.text(rehearsal.wrote(), &[])?;
        page.gap()?;
        Ok(())
    }

    pub fn asks_for_a_reply(&mut self) -> Result<(), Failure> {
        if !self.said_how && !self.as_json {
            self.said_how = true;
            Page::stdout().list("You", &[HOW.to_owned()])?;
        }
        Ok(())
    }

    /// What the last reply did, what it moved and why, and what they say to it.
    pub fn turn(
        &mut self,
        rehearsal: &Rehearsal<'_>,
        contrast: Option<&Contrast>,
    ) -> Result<(), Failure> {
        let Some(turn) = rehearsal.turns().last() else {
            return Ok(());
        };
        if self.as_json {
            #[derive(Serialize)]
            struct Came<'a> {
                #[serde(flatten)]
                turn: &'a Turn,
                ways: Option<&'a Contrast>,
            }
            return json(&Came {
                turn,
                ways: contrast,
            });
        }
        let mut page = Page::stdout();
        page.gap()?;
        reasons(&mut page, &turn.reasons)?;
        page.list("Now", &[moved(turn)])?;
        drop(page);
        self.ways(contrast)?;
        match turn.ending {
            None => self.letter(rehearsal),
            Some(_) => {
                let mut page = Page::stdout();
                page.gap()?;
                page.list(
                    "They write",
                    &[format!(
                        "{}{}",
                        rehearsal.story().customer,
                        by(turn.says_by)
                    )],
                )?;
                page.gap()?;
                page.text(&turn.says, &[])?;
                page.gap()?;
                Ok(())
            }
        }
    }

    /// Two ways to answer, and what would come of each.
    pub fn ways(&mut self, contrast: Option<&Contrast>) -> Result<(), Failure> {
        let Some(contrast) = contrast else {
            return Ok(());
        };
        for (heading, turn) in [("One way", &contrast.well), ("Another", &contrast.badly)] {
            let mut page = Page::stdout();
            page.gap()?;
            page.list(heading, &[moved(turn)])?;
            page.gap()?;
            page.text(&turn.draft, &[])?;
            page.gap()?;
            reasons(&mut page, &turn.reasons)?;
        }
        Ok(())
    }

    /// How it ended, what lay behind it, and what may be taken along.
    pub fn ends(&mut self, rehearsal: &Rehearsal<'_>) -> Result<(), Failure> {
        let story = rehearsal.story();
        let ended = match rehearsal.ending() {
            Some(Ending::Calm) => "It ended calm, with nothing left open.",
            Some(Ending::Hot) => "It ended hot. Nobody was hurt; the same seed begins it again.",
            Some(Ending::Open) | None => "It is left as it is.",
        };
        if self.as_json {
            #[derive(Serialize)]
            struct Ends<'a> {
                ending: Option<Ending>,
                behind: &'a str,
                plan: &'a str,
            }
            return json(&Ends {
                ending: rehearsal.ending(),
                behind: &story.behind,
                plan: &story.plan,
            });
        }
        let mut page = Page::stdout();
        page.list("The end", &[ended.to_owned()])?;
        page.list("Behind it", std::slice::from_ref(&story.behind))?;
        page.list("Take along", std::slice::from_ref(&story.plan))?;
        Ok(())
    }
}

fn reasons<W: Write>(page: &mut Page<W>, reasons: &[Reason]) -> std::io::Result<()> {
    let lines: Vec<String> = reasons
        .iter()
        .map(|reason| {
            let words: Vec<String> = reason
                .spans
                .iter()
                .map(|span| span.text.as_str())
                .chain(reason.asks.iter().map(String::as_str))
                .map(|words| format!("“{}”", short(words)))
                .collect();
            let shown = match words.is_empty() {
                true => String::new(),
                false => format!(": {}", words.join(", ")),
            };
            let but = reason.but.map(|but| format!(" {but}")).unwrap_or_default();
            format!(
                "· {}{shown}. {}{but}{}",
                reason.name,
                reason.says,
                ways(reason.ways)
            )
        })
        .collect();
    page.list("It", &lines)
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

/// Which way it went, in words; nothing where nothing moved.
fn ways(ways: Ways) -> String {
    let said: Vec<&str> = [
        (ways.heat, "warmer", "cooler"),
        (ways.trust, "more trust", "less trust"),
        (ways.clarity, "clearer", "less clear"),
    ]
    .into_iter()
    .filter_map(|(way, up, down)| match way {
        Way::Up => Some(up),
        Way::Down => Some(down),
        Way::Same => None,
    })
    .collect();
    match said.is_empty() {
        true => String::new(),
        false => format!(" ({})", said.join(", ")),
    }
}

/// The mark of words that are a model's.
fn by(voice: Voice) -> &'static str {
    match voice {
        Voice::Story => "",
        Voice::Model => " · a model's words",
    }
}

fn state(state: State) -> String {
    format!(
        "{}, trust {}, {}",
        heat_word(state.heat()),
        state.trust(),
        state.clarity()
    )
}

fn moved(turn: &Turn) -> String {
    let change = |before: String, after: String| match before == after {
        true => after,
        false => format!("{before} → {after}"),
    };
    let (before, after) = (turn.before, turn.after);
    format!(
        "{}, trust {}, {}",
        change(
            heat_word(before.heat()).to_owned(),
            heat_word(after.heat()).to_owned()
        ),
        change(before.trust().to_string(), after.trust().to_string()),
        change(before.clarity().to_string(), after.clarity().to_string()),
    )
}
