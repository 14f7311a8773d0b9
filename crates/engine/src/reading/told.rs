//! What they say that we said or promised: the words, who, and the day it was to be.

use crate::list;
use crate::review::promises::due;
use crate::review::promises::{is_vague, who_and_what};
use crate::scene::Scene;
use crate::text::{Kind, Text};
use crate::{FactKind, Promise};
use jiff::{ToSpan, Zoned};

/// What somebody says that we said is shown up to so many tokens.
const TOLD_TOKENS_MAX: usize = 24;

/// From the words that tell it to the end of what is told.
pub fn span(text: &Text<'_>, show: (usize, usize)) -> crate::Span {
    let (from, to) = tokens(text, show);
    text.span(from, to)
}

/// The promise that they tell of. Its day lies behind where they say that it was not kept.
pub fn promise(scene: &Scene<'_>, show: (usize, usize)) -> Promise {
    let text = scene.text();
    let (from, to) = tokens(text, show);
    let (who, what) = who_and_what(scene, from, to);
    let times: Vec<usize> = [FactKind::Date, FactKind::Time]
        .iter()
        .filter_map(|kind| {
            let typed = &scene.field.typed;
            (0..typed.len()).rfind(|at| {
                typed[*at].kind == *kind && typed[*at].from >= from && typed[*at].to <= to
            })
        })
        .collect();
    let due = day_after(scene, from, to).or_else(|| {
        let now = scene.context.now?;
        behind(scene, &times, now, due::due(scene, &times, None, now)?)
    });
    Promise {
        span: text.span(from, to),
        who,
        what,
        due: due.map(|due| due::written(&due)),
        vague: times.is_empty() && is_vague(scene, from, to),
        conditional: false,
    }
}

/// "When we spoke on Tuesday you said you'd post it the next day": the day after the one that the sentence names.
fn day_after(scene: &Scene<'_>, from: usize, to: usize) -> Option<Zoned> {
    scene.list_in(list::NEXT_DAY, from, to)?;
    let sentence = scene.text().sentence_of(from);
    let at = (0..scene.field.typed.len()).find(|at| {
        let typed = &scene.field.typed[*at];
        typed.kind == FactKind::Date && typed.from >= sentence.from && typed.to <= sentence.to
    })?;
    due::due(scene, &[at], None, scene.context.now?)?
        .tomorrow()
        .ok()
}

/// "You said you'd ring by Tuesday", and it is Thursday: the Tuesday behind us, unless they still wait for one to come.
fn behind(scene: &Scene<'_>, times: &[usize], now: &Zoned, due: Zoned) -> Option<Zoned> {
    const WEEK_DAYS: i64 = 7;
    let text = scene.text();
    let weekday = times.iter().any(|at| {
        let typed = &scene.field.typed[*at];
        typed.kind == FactKind::Date
            && (typed.from..typed.to).any(|at| scene.in_list(at, list::WEEKDAY_NAME))
    });
    let unkept = || {
        scene
            .list_in(list::TOLD_UNKEPT, 0, text.tokens.len())
            .is_some()
    };
    let awaited = || {
        scene
            .list_in(list::TOLD_AWAITED, 0, text.tokens.len())
            .is_some()
    };
    if weekday && due > *now && due.date() != now.date() && unkept() && !awaited() {
        return due.checked_sub(WEEK_DAYS.days()).ok();
    }
    Some(due)
}

fn tokens(text: &Text<'_>, (from, to): (usize, usize)) -> (usize, usize) {
    let sentence = text.sentence_of(from);
    let mut end = to.max(from + 1);
    while end < sentence.to && end - from < TOLD_TOKENS_MAX {
        let token = &text.tokens[end];
        let new_thought = matches!(token.kind, Kind::Punct)
            && !token.skip
            && matches!(
                text.written(end),
                "." | "!" | "?" | ";" | "…" | "—" | "–" | "(" | ")"
            );
        let turns = matches!(
            text.written(end).to_ascii_lowercase().as_str(),
            "but" | "and"
        ) && text.written(end - 1) == ",";
        if new_thought || turns {
            break;
        }
        end += 1;
    }
    while end > to && matches!(text.tokens[end - 1].kind, Kind::Punct | Kind::Newline) {
        end -= 1;
    }
    (from, end)
}
