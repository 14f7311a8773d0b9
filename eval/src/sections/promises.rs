//! Promises, in drafts and in what customers say that we said: found or not, when due, vague, hanging on something.

use super::{overlap, with_and_without};
use crate::figure::{Better, Out};
use crate::score::{Calls, share};
use jiff::Zoned;
use serde::Deserialize;
use unruffled_engine::{DraftInput, Engine, MessageInput, Promise, Reader};

#[derive(Deserialize)]
struct Line {
    id: String,
    side: String,
    now: String,
    #[serde(default)]
    locale: String,
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

impl Promised {
    fn is_due(&self, got: Option<&str>) -> bool {
        let same = |wanted: &Option<String>| match wanted {
            Some(wanted) => same_time(wanted, got),
            None => got.is_none(),
        };
        same(&self.due) || self.due_also.iter().any(same)
    }
}

/// What is counted over one half's lines of one side.
#[derive(Default)]
struct Counted {
    found: Calls,
    due_right: usize,
    due_named: usize,
    vague_right: usize,
    hangs_right: usize,
}

/// A side as the set names it, as the table does, and the precision and recall to reach.
const SIDES: [(&str, &str, f64, f64); 2] = [
    ("draft", "in drafts", 0.95, 0.90),
    ("customer", "told by customers", 0.95, 0.90),
];

pub fn measure(engine: &Engine, out: &mut Out) {
    with_and_without(out, |reader, with, out| {
        measure_with(engine, reader, with, out)
    });
}

fn measure_with(engine: &Engine, reader: Option<&dyn Reader>, with: &str, out: &mut Out) {
    for half in out.sets.parts() {
        let lines: Vec<Line> = match out.sets.items(half, "promises") {
            Ok(lines) => lines,
            Err(why) => {
                out.leave_out(why);
                continue;
            }
        };
        for (side, where_, precision, recall) in SIDES {
            let mut counted = Counted::default();
            for line in lines.iter().filter(|line| line.side == side) {
                let engine = if line.locale == "en-US" {
                    &out.month_first
                } else {
                    engine
                };
                let Ok(now) = line.now.parse::<Zoned>() else {
                    out.wrong_in(
                        half,
                        format!("{}: its time cannot be read: {}", line.id, line.now),
                    );
                    continue;
                };
                count(
                    &mut counted,
                    line,
                    &promises(engine, reader, line, &now),
                    half,
                    out,
                );
            }
            let Counted { found, .. } = counted;
            let matched = found.hits;
            out.at_least(
                &format!("{where_}, precision, {half} half{with}"),
                found.precision(),
                found.hits + found.false_alarms,
                precision,
                "issue",
            );
            out.at_least(
                &format!("{where_}, recall, {half} half{with}"),
                found.recall(),
                found.hits + found.misses,
                recall,
                "issue",
            );
            out.at_least(
                &format!("{where_}, due right, {half} half{with}"),
                share(counted.due_right, counted.due_named),
                counted.due_named,
                0.95,
                "issue",
            );
            if side == "draft" {
                out.plain(
                    &format!("{where_}, vague right, {half} half{with}"),
                    share(counted.vague_right, matched),
                    matched,
                    Better::More,
                );
                out.plain(
                    &format!("{where_}, conditional right, {half} half{with}"),
                    share(counted.hangs_right, matched),
                    matched,
                    Better::More,
                );
            }
        }
    }
}

fn promises(
    engine: &Engine,
    reader: Option<&dyn Reader>,
    line: &Line,
    now: &Zoned,
) -> Vec<Promise> {
    if line.side == "draft" {
        let draft = DraftInput {
            draft: &line.text,
            now: Some(now),
            ..Default::default()
        };
        return engine.review_with(reader, &draft).promises;
    }
    let message = MessageInput {
        text: &line.text,
        now: Some(now),
        ..Default::default()
    };
    engine.read_with(reader, &message).told
}

fn count(counted: &mut Counted, line: &Line, got: &[Promise], half: &str, out: &Out) {
    let mut taken = vec![false; got.len()];
    let shared =
        |at: usize, promised: &Promised| overlap(&line.text, &got[at].span.text, &promised.words);
    for promised in &line.promises {
        let at = (0..got.len())
            .filter(|at| !taken[*at] && shared(*at, promised) > 0)
            .max_by_key(|at| shared(*at, promised));
        counted.found.add(at.is_some(), true);
        let Some(at) = at else {
            out.wrong_in(
                half,
                format!(
                    "{}: not found: “{}” in: {}",
                    line.id, promised.words, line.text
                ),
            );
            continue;
        };
        taken[at] = true;
        let got = &got[at];
        if promised.due.is_some() {
            counted.due_named += 1;
            let right = promised.is_due(got.due.as_deref());
            counted.due_right += usize::from(right);
            if !right {
                out.wrong_in(
                    half,
                    format!(
                        "{}: due {:?}, said {:?} (now {}): {}",
                        line.id, promised.due, got.due, line.now, line.text
                    ),
                );
            }
        }
        counted.vague_right += usize::from(got.vague == promised.vague);
        counted.hangs_right += usize::from(got.conditional == promised.conditional);
        if line.side == "draft"
            && (got.vague, got.conditional) != (promised.vague, promised.conditional)
        {
            out.wrong_in(
                half,
                format!(
                    "{}: vague {} conditional {}, said {} {}: {}",
                    line.id,
                    promised.vague,
                    promised.conditional,
                    got.vague,
                    got.conditional,
                    line.text
                ),
            );
        }
    }
    for (got, _) in got.iter().zip(&taken).filter(|(_, taken)| !**taken) {
        counted.found.add(true, false);
        out.wrong_in(
            half,
            format!(
                "{}: nobody promised “{}” in: {}",
                line.id, got.span.text, line.text
            ),
        );
    }
}

/// A bare date is met by any time of that day; a time by the same moment.
fn same_time(wanted: &str, got: Option<&str>) -> bool {
    let Some(got) = got else { return false };
    let moment = |s: &str| {
        s.split('[')
            .next()
            .and_then(|s| s.parse::<jiff::Timestamp>().ok())
    };
    match wanted.len() {
        10 => got.starts_with(wanted),
        _ => moment(wanted).is_some() && moment(wanted) == moment(got),
    }
}
