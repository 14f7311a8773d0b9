//! Promises: found or not, when they are due, and whether they hang on something.

use super::overlap;
use crate::figure::{Better, Out};
use crate::score::{Calls, share};
use crate::sets;
use jiff::Zoned;
use serde::Deserialize;
use unruffled_engine::{DraftInput, Engine};

#[derive(Deserialize)]
struct Line {
    id: String,
    side: String,
    now: String,
    text: String,
    promises: Vec<Promised>,
}

#[derive(Deserialize)]
struct Promised {
    words: String,
    due: Option<String>,
    /// Other readings that are as good; null among them says that none is fine.
    #[serde(default)]
    due_also: Vec<Option<String>>,
    #[serde(default)]
    vague: bool,
    #[serde(default)]
    conditional: bool,
}

pub fn measure(engine: &Engine, out: &mut Out) {
    for half in sets::HALVES {
        let lines: Vec<Line> = match sets::items(half, "promises") {
            Ok(lines) => lines,
            Err(why) => {
                out.leave_out(why);
                continue;
            }
        };
        for side in ["draft"] {
            let mut found = Calls::default();
            let (mut due, mut vague, mut hangs, mut matched) = ((0, 0), 0, 0, 0);
            for line in lines.iter().filter(|line| line.side == side) {
                let Ok(now) = line.now.parse::<Zoned>() else {
                    out.wrong(format!(
                        "{half} {}: its time cannot be read: {}",
                        line.id, line.now
                    ));
                    continue;
                };
                let review = engine.review(&DraftInput {
                    draft: &line.text,
                    now: Some(&now),
                    ..Default::default()
                });
                let mut taken = vec![false; review.promises.len()];
                for promised in &line.promises {
                    let at = (0..taken.len())
                        .filter(|at| !taken[*at])
                        .max_by_key(|at| {
                            overlap(&line.text, &review.promises[*at].span.text, &promised.words)
                        })
                        .filter(|at| {
                            overlap(&line.text, &review.promises[*at].span.text, &promised.words)
                                > 0
                        });
                    found.add(at.is_some(), true);
                    let Some(at) = at else {
                        out.wrong(format!(
                            "{half} {}: not found: “{}” in: {}",
                            line.id, promised.words, line.text
                        ));
                        continue;
                    };
                    taken[at] = true;
                    matched += 1;
                    let got = &review.promises[at];
                    if let Some(wanted) = &promised.due {
                        due.1 += 1;
                        if same_time(wanted, got.due.as_deref())
                            || promised.due_also.iter().any(|also| match also {
                                Some(also) => same_time(also, got.due.as_deref()),
                                None => got.due.is_none(),
                            })
                        {
                            due.0 += 1;
                        } else {
                            out.wrong(format!(
                                "{half} {}: due {wanted}, said {:?} (now {}): {}",
                                line.id, got.due, line.now, line.text
                            ));
                        }
                    }
                    vague += usize::from(got.vague == promised.vague);
                    hangs += usize::from(got.conditional == promised.conditional);
                    if got.vague != promised.vague || got.conditional != promised.conditional {
                        out.wrong(format!(
                            "{half} {}: vague {} conditional {}, said {} {}: {}",
                            line.id,
                            promised.vague,
                            promised.conditional,
                            got.vague,
                            got.conditional,
                            line.text
                        ));
                    }
                }
                for (at, got) in review
                    .promises
                    .iter()
                    .enumerate()
                    .filter(|(at, _)| !taken[*at])
                {
                    let _ = at;
                    found.add(true, false);
                    out.wrong(format!(
                        "{half} {}: nobody promised “{}” in: {}",
                        line.id, got.span.text, line.text
                    ));
                }
            }
            let count = found.hits + found.misses;
            out.at_least(
                &format!("in drafts, precision, {half} half"),
                found.precision(),
                found.hits + found.false_alarms,
                0.95,
                "issue",
            );
            out.at_least(
                &format!("in drafts, recall, {half} half"),
                found.recall(),
                count,
                0.90,
                "issue",
            );
            out.at_least(
                &format!("due right, {half} half"),
                share(due.0, due.1),
                due.1,
                0.95,
                "issue",
            );
            out.plain(
                &format!("vague right, {half} half"),
                share(vague, matched),
                matched,
                Better::More,
            );
            out.plain(
                &format!("conditional right, {half} half"),
                share(hangs, matched),
                matched,
                Better::More,
            );
        }
    }
}

/// A bare date is met by any time of that day; a time by the same moment.
fn same_time(wanted: &str, got: Option<&str>) -> bool {
    let Some(got) = got else { return false };
    match wanted.len() {
        10 => got.starts_with(wanted),
        _ => {
            let moment = |s: &str| {
                s.split('[')
                    .next()
                    .and_then(|s| s.parse::<jiff::Timestamp>().ok())
            };
            moment(wanted).is_some() && moment(wanted) == moment(got)
        }
    }
}
