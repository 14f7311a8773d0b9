//! Asked against answered: which asks are found, and which of them are called open.

use super::{same_words, with_and_without};
use crate::figure::{Better, Out};
use crate::score::{Calls, share};
use crate::sets;
use serde::Deserialize;
use unruffled_engine::{DraftInput, Earlier, Engine, Reader, Review};

#[derive(Deserialize)]
struct Pair {
    id: String,
    message: String,
    #[serde(default)]
    earlier: Vec<Earlier>,
    draft: String,
    asks: Vec<Ask>,
}

#[derive(Deserialize)]
struct Ask {
    words: String,
    answered: bool,
    /// An earlier turn of ours answered it: it need not be found any more.
    earlier_by: Option<String>,
}

pub fn measure(engine: &Engine, out: &mut Out) {
    with_and_without(out, |reader, with, out| {
        measure_with(engine, reader, with, out)
    });
}

fn reviewed(engine: &Engine, reader: Option<&dyn Reader>, pair: &Pair) -> Review {
    let input = DraftInput {
        draft: &pair.draft,
        message: Some(&pair.message),
        earlier: &pair.earlier,
        ..Default::default()
    };
    engine.review_with(reader, &input)
}

fn measure_with(engine: &Engine, reader: Option<&dyn Reader>, with: &str, out: &mut Out) {
    for half in out.sets.parts_and(&[sets::HARD, sets::ORDINARY]) {
        let pairs: Vec<Pair> = match out.sets.items(half, "answered") {
            Ok(pairs) => pairs,
            Err(why) => {
                out.leave_out(why);
                continue;
            }
        };
        let part = match half {
            sets::HARD | sets::ORDINARY => format!("{half} pairs"),
            _ => format!("{half} half"),
        };
        let part = part + with;
        let (mut found, mut open, mut settled) =
            (Calls::default(), Calls::default(), Calls::default());
        let mut whole = 0;
        for pair in &pairs {
            let review = reviewed(engine, reader, pair);
            let mut taken = vec![false; review.asks.len()];
            let mut right = true;
            for ask in &pair.asks {
                // An ask that is repeated is merged by the engine and stands at each place in the set.
                let place =
                    |again: bool| {
                        review.asks.iter().enumerate().position(|(at, s)| {
                            taken[at] == again && same_words(&s.text, &ask.words)
                        })
                    };
                let at = place(false).or_else(|| place(true));
                if at.is_none() && ask.earlier_by.is_some() {
                    continue;
                }
                let state = at.map(|at| {
                    taken[at] = true;
                    &review.asks[at]
                });
                found.add(state.is_some(), true);
                open.add(state.is_some_and(|s| !s.answered), !ask.answered);
                settled.add(state.is_some_and(|s| s.answered), ask.answered);
                let good = state.is_some_and(|s| s.answered == ask.answered);
                right &= good;
                if !good {
                    let said = match state {
                        None => "not found",
                        Some(s) if s.answered => "called answered",
                        Some(_) => "called open",
                    };
                    out.wrong_in(
                        half,
                        format!(
                            "{}: {said}: “{}”\n    draft: {}",
                            pair.id, ask.words, pair.draft
                        ),
                    );
                }
            }
            for (_, state) in review.asks.iter().enumerate().filter(|(at, _)| !taken[*at]) {
                right = false;
                found.add(true, false);
                open.add(!state.answered, false);
                settled.add(state.answered, false);
                out.wrong_in(half, format!("{}: nobody asked “{}”", pair.id, state.text));
            }
            whole += usize::from(right);
        }
        let count = found.hits + found.misses;
        for (what, figure) in [("precision", found.precision()), ("recall", found.recall())] {
            let name = format!("asks found, {what}, {part}");
            out.plain(&name, figure, count, Better::More);
        }
        out.at_least(
            &format!("open asks, precision, {part}"),
            open.precision(),
            open.hits + open.false_alarms,
            0.90,
            "issue",
        );
        out.at_least(
            &format!("open asks, recall, {part}"),
            open.recall(),
            open.hits + open.misses,
            0.85,
            "issue",
        );
        out.at_least(
            &format!("answered asks, precision, {part}"),
            settled.precision(),
            settled.hits + settled.false_alarms,
            0.90,
            "issue",
        );
        out.at_least(
            &format!("answered asks, recall, {part}"),
            settled.recall(),
            settled.hits + settled.misses,
            0.85,
            "issue",
        );
        out.plain(
            &format!("pairs wholly right, {part}"),
            share(whole, pairs.len()),
            pairs.len(),
            Better::More,
        );
    }
}
