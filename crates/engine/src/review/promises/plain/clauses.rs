//! A sentence cut into its clauses, each with the times that are its own.

use crate::FactKind;
use crate::list;
use crate::scene::Scene;
use crate::text::Kind;

pub(super) struct Clause {
    pub from: usize,
    pub to: usize,
    /// Behind "if", "when", "whether": no main clause.
    pub under: bool,
}

/// The sentence cut at its marks and joints; a time behind a comma stays with what it is the time of.
pub(super) fn clauses(scene: &Scene<'_>, from: usize, to: usize) -> Vec<Clause> {
    let text = scene.text();
    let mut all = Vec::new();
    let (mut start, mut under) = (from, false);
    let mut push = |start: usize, end: usize, under: bool| {
        if start < end {
            all.push(Clause {
                from: start,
                to: end,
                under,
            });
        }
    };
    for at in from..to {
        if inside_time(scene, at) {
            continue;
        }
        let token = &text.tokens[at];
        let mark = matches!(token.kind, Kind::Punct | Kind::Newline)
            && !token.skip
            && !token.step
            && !matches!(
                text.written(at),
                "£" | "$" | "€" | "#" | "%" | "/" | "+" | "-" | "&" | "'" | "’"
            );
        let timed_next = starts_time(scene, at + 1);
        let opens = scene.in_list(at, list::PROMISE_OPENS) && !(timed_next && at > start);
        let lowers = scene.in_list(at, list::PROMISE_UNDER) && !timed_next;
        let goes_on = matches!(text.written(at), "," | ":") && at > start;
        if mark && !(goes_on && goes_on_with_time(scene, at + 1)) || opens || lowers {
            push(start, at, under);
            start = at + 1;
            under = lowers;
        }
    }
    push(start, to, under);
    all
}

pub(super) fn inside_time(scene: &Scene<'_>, at: usize) -> bool {
    let typed = &scene.field.typed;
    typed.iter().any(|t| t.from < at && at < t.to)
}

/// Where the day, hour or length ends that begins at token `at`.
pub(super) fn time_at(scene: &Scene<'_>, at: usize) -> Option<usize> {
    let typed = &scene.field.typed;
    let first = typed.partition_point(|t| t.from < at);
    typed[first..]
        .iter()
        .take_while(|t| t.from == at)
        .filter(|t| matches!(t.kind, FactKind::Date | FactKind::Time | FactKind::Duration))
        .map(|t| t.to)
        .max()
}

pub(super) fn starts_time(scene: &Scene<'_>, at: usize) -> bool {
    time_at(scene, at).is_some()
}

/// "…, by noon", "…, Friday at the latest", and no new subject: "…, on Friday the fitter comes".
pub(in crate::review::promises) fn goes_on_with_time(scene: &Scene<'_>, at: usize) -> bool {
    let text = scene.text();
    let lead = scene.in_list(at, list::PROMISE_TIME_LEAD) || scene.in_list(at, list::WINDOW_JOINT);
    let led = usize::from(lead && !starts_time(scene, at));
    let Some(end) = times_end(scene, at + led) else {
        return false;
    };
    text.tokens
        .get(end)
        .is_none_or(|next| next.kind == Kind::Punct || next.kind == Kind::Newline)
}

/// Several times in a row, and what says that they are the last: "Monday 8 to 12", "twenty minutes tops".
pub(super) fn times_end(scene: &Scene<'_>, at: usize) -> Option<usize> {
    let mut end = time_at(scene, at)?;
    loop {
        let joined =
            scene.in_list(end, list::PROMISE_TIME_LEAD) || scene.in_list(end, list::WINDOW_JOINT);
        let next = end + usize::from(joined);
        match time_at(scene, next) {
            Some(further) => end = further,
            None if scene.in_list(end, list::PROMISE_TIME_TAIL) => end += 1,
            None => return Some(end),
        }
    }
}
