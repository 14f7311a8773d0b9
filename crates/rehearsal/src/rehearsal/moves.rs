//! What a reply moves: a sum of small points, each with its reason.

use super::{Reason, Rehearsal};
use crate::deed::Deed;
use crate::heard::{Found, Heard};
use crate::state::{Move, Trust, Way, Ways};
use unruffled_engine::Heat;

/// One reply heats by at most a word and a bit: nobody turns round in one letter.
const HEAT_UP_MAX: i8 = 4;

/// How far one reply cools: the less is believed, the slower.
fn heat_down_max(trust: Trust) -> i8 {
    match trust {
        Trust::Gone => 3,
        Trust::Thin => 4,
        Trust::There | Trust::Firm => 5,
    }
}

const AFTER_A_BARB: &str = "One barb is heard before ten kind words.";
const NOT_YET_HEARD: &str = "While it is hot, an answer is taken in only after they were heard.";
const NOT_YET_BELIEVED: &str = "Trust is gone: this one counts in full once it is kept.";
const ONE_OF_SEVERAL: &str = "Something else they asked was answered, so it weighs less.";
const NOT_YET_THE_ANSWER: &str = "It is not the answer yet; the time by which it comes is.";
const INSTEAD_OF_AN_ANSWER: &str =
    "Nothing they asked was taken up, and a question in its place is one more riddle.";
const ANOTHER_STILL_OPEN: &str = "Something else is still open, so it weighs less.";

/// Every reason, and what they move together.
pub(super) fn reasons(rehearsal: &Rehearsal<'_>, heard: &Heard) -> (Vec<Reason>, Move) {
    let mut sum = Move::default();
    let mut reasons = Vec::new();
    for found in &heard.deeds {
        let (by, but) = weighed(rehearsal, heard, found.deed);
        sum.heat += by.heat;
        sum.trust += by.trust;
        sum.clarity += by.clarity;
        reasons.push(reason(rehearsal, heard, found, by, but));
    }
    sum.heat = sum
        .heat
        .clamp(-heat_down_max(rehearsal.state.trust()), HEAT_UP_MAX);
    (reasons, sum)
}

/// What a deed moves where it stands.
fn weighed(rehearsal: &Rehearsal<'_>, heard: &Heard, deed: Deed) -> (Move, Option<&'static str>) {
    let mut by = deed.moves();
    if deed.is_kind() && heard.is_harsh() {
        by.heat = 0;
        by.trust = 0;
        return (by, Some(AFTER_A_BARB));
    }
    let state = rehearsal.state;
    match deed {
        Deed::LeftOpen if !heard.taken_up.is_empty() => {
            by = Move {
                heat: by.heat / 2,
                trust: 0,
                clarity: by.clarity / 2,
            };
            (by, Some(ONE_OF_SEVERAL))
        }
        Deed::Asked if left_alone(heard) => (Move::default(), Some(INSTEAD_OF_AN_ANSWER)),
        Deed::Answered if heard.held_over.len() == heard.taken_up.len() => {
            by.heat /= 2;
            by.clarity /= 2;
            (by, Some(NOT_YET_THE_ANSWER))
        }
        Deed::Answered if heard.does(Deed::LeftOpen) => {
            by.heat /= 2;
            by.clarity /= 2;
            (by, Some(ANOTHER_STILL_OPEN))
        }
        Deed::Answered
            if state.heat() >= Heat::Hot
                && !heard.does(Deed::Acknowledged)
                && !heard.does(Deed::Owned) =>
        {
            by.heat /= 2;
            by.clarity -= 1;
            (by, Some(NOT_YET_HEARD))
        }
        Deed::PromisedTime if state.trust() == Trust::Gone => {
            by.trust /= 2;
            (by, Some(NOT_YET_BELIEVED))
        }
        _ => (by, None),
    }
}

/// Nothing was taken up, and nobody was heard: there is nothing to say thank you for either.
pub(super) fn left_alone(heard: &Heard) -> bool {
    heard.does(Deed::LeftOpen)
        && heard.taken_up.is_empty()
        && !heard.does(Deed::Acknowledged)
        && !heard.does(Deed::Owned)
}

fn reason(
    rehearsal: &Rehearsal<'_>,
    heard: &Heard,
    found: &Found,
    by: Move,
    but: Option<&'static str>,
) -> Reason {
    let taken = |at: usize| heard.taken_up.contains(&at);
    let asks = rehearsal.open.iter().enumerate().filter(|(at, _)| {
        (found.deed == Deed::Answered && taken(*at))
            || (found.deed == Deed::LeftOpen && !taken(*at))
    });
    Reason {
        deed: found.deed,
        name: found.deed.name(),
        says: found.deed.says(),
        because: found.because.clone(),
        spans: found.spans.clone(),
        asks: asks
            .filter_map(|(_, ask)| rehearsal.ask(*ask))
            .map(|ask| ask.words.clone())
            .collect(),
        but,
        ways: Ways {
            heat: Way::of(by.heat),
            trust: Way::of(by.trust),
            clarity: Way::of(by.clarity),
        },
    }
}
