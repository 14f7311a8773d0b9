//! Clauses with no verb at all.

use super::clauses::{inside_time, starts_time};
use super::verb::{is_doing, is_past};
use super::{Plain, end, is_none, subject_at};
use crate::FactKind;
use crate::list;
use crate::review::promises::due::{says_when, times_in};
use crate::scene::Scene;
use crate::text::Kind;
use crate::words::CLITIC_S;

/// Such a clause is short: "Replacement out to you Monday".
const WORDS_MAX: usize = 9;

/// "Refund today, replacement Monday", "New router out to you this afternoon", "Back with you in ten", "Ring you at six".
///
/// It opens the sentence, or stands beside another such; where they will have it may stand behind a verb: "it's on its way,
/// with you by noon".
pub(super) fn verbless(scene: &Scene<'_>, from: usize, to: usize, opens: bool) -> Option<Plain> {
    let text = scene.text();
    if (from..to).any(|i| text.tokens[i].masked) || is_none(scene, from, from, to) {
        return None;
    }
    let start = subject_at(scene, from, to)?;
    let dates = times_in(scene, from, to);
    let words = (start..to)
        .filter(|i| text.tokens[*i].kind == Kind::Word)
        .count();
    let timed =
        says_when(scene, (from, to), &dates) || scene.list_in(list::TIME_VAGUE, from, to).is_some();
    if words > WORDS_MAX || !timed {
        return None;
    }
    // "In tonight's post" begins with its time.
    let there = [from, start]
        .into_iter()
        .any(|at| scene.list_at(list::PROMISE_THERE, at).is_some());
    let noun = || {
        let end = scene.list_at(list::PROMISE_VERBLESS, start)?;
        // "Your card expires on Friday" has a verb.
        let bare = end >= to
            || starts_time(scene, end)
            || is_doing(scene, end)
            || scene.in_list(end, list::PLANNED)
            || scene.in_list(end, list::FUNCTION_WORDS)
            || text.tokens[end].kind != Kind::Word;
        bare.then_some(())
    };
    if !(there || opens && noun().is_some()) {
        return None;
    }
    // "New filter posted by tomorrow", "refund requested, 3-5 days".
    let by = |i: usize| {
        scene.in_list(i + 1, list::PROMISE_BY) && starts_time(scene, i + 2)
            || dates.iter().any(|t| is_ahead(scene, *t, i + 1))
    };
    let finite = (start..to).any(|i| {
        // "Thurs am" is a morning.
        scene.in_list(i, list::PROMISE_IS) && !scene.in_list(i, list::AM_WORD)
            || text.tokens[i].word == CLITIC_S && !inside_time(scene, i + 1)
            || i > start && is_past(scene, i) && !scene.in_list(i, list::PLANNED) && !by(i)
    });
    (!finite).then(|| Plain {
        from: if there { from.min(start) } else { start },
        to: end(scene, start, to),
        dates,
    })
}

/// Whether the time right behind an act, or behind it and a comma, is a day to come or a length.
fn is_ahead(scene: &Scene<'_>, time: usize, at: usize) -> bool {
    let typed = &scene.field.typed[time];
    let text = scene.text();
    let behind = at < text.tokens.len() && matches!(text.written(at), "," | ":");
    if typed.from != at + usize::from(behind) {
        return false;
    }
    let today = scene.context.now.map(jiff::Zoned::date);
    let day = typed.value.as_deref();
    let day = day.and_then(|value| value.parse::<jiff::civil::Date>().ok());
    typed.kind == FactKind::Duration || today.zip(day).is_some_and(|(today, day)| day > today)
}
