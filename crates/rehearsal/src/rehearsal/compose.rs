//! What the customer says next: a sentence to what the reply did, then what follows from where they are.

use super::{Ending, Rehearsal};
use crate::chance;
use crate::deed::Deed;
use crate::heard::{self, Heard};
use crate::lines::When;
use unruffled_engine::Heat;

/// Places of chance, so that two choices in one turn are two.
const REACTION: u64 = 100;
const AGAIN: u64 = 200;
const LAST: u64 = 300;
const WARNING: u64 = 400;

/// Asked again at once: more would be a list, and nobody writes one while it is hot.
const AGAIN_MAX: usize = 2;

/// What a kind reply is answered with first: what is felt before what is known.
const KIND: [Deed; 8] = [
    Deed::Acknowledged,
    Deed::Owned,
    Deed::Asked,
    Deed::PromisedTime,
    Deed::Answered,
    Deed::Offered,
    Deed::Thanked,
    Deed::MadeClear,
];

/// Their next words.
pub(super) fn words(
    rehearsal: &mut Rehearsal<'_>,
    heard: &Heard,
    draft: &str,
    ending: Option<Ending>,
    goes_on: bool,
) -> String {
    let story = rehearsal.story;
    let first = reaction(rehearsal, heard).unwrap_or_default();
    match ending {
        Some(Ending::Calm) => {
            return say(rehearsal, LAST, &story.calm).unwrap_or_default();
        }
        Some(Ending::Hot) => {
            let last = say(rehearsal, LAST, &story.hot).unwrap_or_default();
            return joined(&[first, last]);
        }
        Some(Ending::Open) | None => {}
    }
    let mut breath = vec![first];
    let mut letter = String::new();
    let carried: Vec<(usize, usize)> = rehearsal.open.clone();
    if goes_on {
        rehearsal.at += 1;
        letter = rehearsal.letter();
    } else if let Some(told) = told(rehearsal, heard, draft) {
        breath.push(told);
    }
    let again = match goes_on {
        true => 1,
        false => AGAIN_MAX,
    };
    for (number, at) in carried.iter().take(again).enumerate() {
        let Some(ask) = rehearsal.ask(*at) else {
            continue;
        };
        let place = AGAIN + u64::try_from(number).unwrap_or_default();
        // Once the story's ways to ask again are used up, the plain question, so that nobody has to guess which it was.
        let line = say(rehearsal, place, &ask.again)
            .or_else(|| say(rehearsal, place, std::slice::from_ref(&ask.words)))
            .or_else(|| shared(rehearsal, place, When::To(Deed::LeftOpen)));
        breath.extend(line);
    }
    // Whoever was just hurt again does not speak of how it was before.
    let unkind = |found: &crate::heard::Found| !found.deed.is_kind() && !is_slip(found.deed);
    if carried.is_empty() && !goes_on && !heard.deeds.iter().any(unkind) {
        breath.extend(shared(rehearsal, AGAIN, When::NotOver));
    }
    if !goes_on && rehearsal.state.heat() == Heat::VeryHot {
        breath.extend(shared(rehearsal, WARNING, When::VeryHot));
    }
    let breath = joined(&breath);
    match (breath.is_empty(), letter.is_empty()) {
        (_, true) => breath,
        (true, false) => letter,
        (false, false) => format!("{breath}\n\n{letter}"),
    }
}

fn joined(parts: &[String]) -> String {
    let parts: Vec<&str> = parts
        .iter()
        .map(String::as_str)
        .filter(|part| !part.is_empty())
        .collect();
    parts.join(" ")
}

/// What is let pass beside something kind.
fn is_slip(deed: Deed) -> bool {
    matches!(deed, Deed::NotChecked | Deed::Formula | Deed::HardToFollow)
}

/// The sentence to what was heard first: a barb before anything kind.
fn reaction(rehearsal: &mut Rehearsal<'_>, heard: &Heard) -> Option<String> {
    let unkind = heard
        .deeds
        .iter()
        .map(|found| found.deed)
        .filter(|deed| !deed.is_kind() && *deed != Deed::LeftOpen);
    // A small slip beside something kind is let pass; a barb never is.
    let left_alone = super::moves::left_alone(heard);
    let kind = KIND
        .iter()
        .copied()
        .filter(|deed| !left_alone && heard.does(*deed));
    let (slips, barbs): (Vec<Deed>, Vec<Deed>) = unkind.partition(|deed| is_slip(*deed));
    let was_met = [Deed::Acknowledged, Deed::Owned, Deed::Answered]
        .iter()
        .any(|deed| heard.does(*deed));
    let in_order: Vec<Deed> = match was_met {
        true => barbs.into_iter().chain(kind).chain(slips).collect(),
        false => barbs.into_iter().chain(slips).chain(kind).collect(),
    };
    let first = *in_order.first()?;
    // A story's own line to something of the same side goes before anybody's line to the first.
    for deed in in_order.iter().filter(|d| d.is_kind() == first.is_kind()) {
        let own: Vec<String> = rehearsal
            .story
            .letters
            .get(rehearsal.at)
            .into_iter()
            .flat_map(|letter| &letter.reactions)
            .filter(|reaction| reaction.deed == *deed)
            .flat_map(|reaction| reaction.lines.clone())
            .collect();
        if let Some(line) = say(rehearsal, REACTION, &own) {
            return Some(line);
        }
    }
    shared(rehearsal, REACTION, When::To(first))
}

/// What they tell because something fitting was asked.
fn told(rehearsal: &mut Rehearsal<'_>, heard: &Heard, draft: &str) -> Option<String> {
    if heard.is_harsh() || !heard.does(Deed::Asked) {
        return None;
    }
    let unsaid: Vec<String> = unsaid(rehearsal, &rehearsal.story.if_asked);
    let line = heard::fitting(rehearsal.engine, draft, &unsaid)?.clone();
    rehearsal.said.push(line.clone());
    Some(line)
}

fn unsaid(rehearsal: &Rehearsal<'_>, lines: &[String]) -> Vec<String> {
    lines
        .iter()
        .filter(|line| !rehearsal.said.contains(line))
        .cloned()
        .collect()
}

/// A line that was not said yet; the seed and the turn choose.
fn say(rehearsal: &mut Rehearsal<'_>, place: u64, lines: &[String]) -> Option<String> {
    let turn = u64::try_from(rehearsal.turns.len()).unwrap_or_default();
    let line = chance::one_of(
        rehearsal.seed,
        place + turn * 1_000,
        &unsaid(rehearsal, lines),
    )?
    .clone();
    rehearsal.said.push(line.clone());
    Some(line)
}

fn shared(rehearsal: &mut Rehearsal<'_>, place: u64, when: When) -> Option<String> {
    let lines = rehearsal.lines.of(when, rehearsal.state.heat())?;
    say(rehearsal, place, lines)
}
