//! The first statement of a sentence that a record could show, from its subject to its verb.

use crate::list;
use crate::pattern::Pattern;
use crate::scene::Scene;
use crate::text::{Kind, Sentence};
use crate::words::CLITIC_S;
use crate::{FactKind, Weight};

/// What a statement can begin with, looked up once for a draft.
pub struct Leads<'a> {
    verb: Option<&'a Pattern>,
    act: Option<&'a Pattern>,
    amount: Option<&'a Pattern>,
    reference: Option<&'a Pattern>,
}

impl<'a> Leads<'a> {
    pub fn of(scene: &Scene<'a>) -> Leads<'a> {
        Leads {
            verb: scene.lists.get(list::FACT_VERB),
            act: scene.lists.get(list::FACT_OUR_ACT),
            amount: scene.lists.get(list::FACT_AMOUNT),
            reference: scene.lists.get(list::FACT_REFERENCE),
        }
    }
}

/// The first statement in a sentence that a record could show: its tokens and how loud.
pub fn statement(
    scene: &Scene<'_>,
    leads: &Leads<'_>,
    sentence: Sentence,
) -> Option<(usize, usize, Weight)> {
    let text = scene.text();
    let typed_in = |from: usize, to: usize| {
        scene
            .field
            .typed
            .iter()
            .filter(|t| matches!(t.kind, FactKind::Date | FactKind::Time))
            .any(|t| t.from >= from && t.to <= to)
    };
    let sum_in = |from: usize, to: usize| {
        scene
            .field
            .typed
            .iter()
            .any(|t| t.kind == FactKind::Amount && t.from >= from && t.to <= to)
    };
    for at in sentence.from..sentence.to {
        let token = &text.tokens[at];
        if token.masked || token.kind != Kind::Word {
            continue;
        }
        let begins = |pattern: Option<&Pattern>| {
            pattern
                .filter(|p| p.may_begin(token.word, scene.field.sets))
                .and_then(|p| p.matches(at, &scene.field))
                .map(|m| m.to)
        };
        if (scene.in_list(at, list::FACT_STATE_VERB) || token.word == CLITIC_S)
            && let Some((to, weight)) = state_behind(scene, at, sentence.to)
            && let Some(from) = subject(scene, sentence.from, at)
        {
            return Some((from, to, weight));
        }
        if let Some(to) = begins(leads.verb)
            && let Some(from) = subject(scene, sentence.from, at)
        {
            return Some((from, to, Weight::LookAgain));
        }
        if let Some(to) = begins(leads.act) {
            let already = (at..sentence.to).any(|i| scene.in_list(i, list::ALREADY_WORD));
            if (already || typed_in(to, sentence.to) || sum_in(to, sentence.to))
                && !guarded(scene, sentence.from, at)
            {
                return Some((at, to, Weight::LookAgain));
            }
            if settles(scene, to) && !guarded(scene, sentence.from, at) {
                return Some((at, to, Weight::Quiet));
            }
        }
        if let Some(to) = begins(leads.amount)
            && !guarded(scene, sentence.from, at)
        {
            return Some((at, to, Weight::LookAgain));
        }
        if let Some(to) = begins(leads.reference)
            && !guarded(scene, sentence.from, at)
        {
            return Some((at, to, Weight::Quiet));
        }
    }
    None
}

/// "We have cancelled your": an act that changes what the customer holds, said of theirs; "we received your" is none.
fn settles(scene: &Scene<'_>, to: usize) -> bool {
    scene.in_list(to, list::FACT_THEIRS) && scene.in_list(to - 1, list::FACT_SETTLES)
}

/// Behind "is" or "has been": adverbs, then a state; gives back where it ends.
fn state_behind(scene: &Scene<'_>, verb: usize, end: usize) -> Option<(usize, Weight)> {
    let has = scene.in_list(verb, list::FACT_HAS);
    let mut at = verb + 1;
    let mut been = false;
    while at < end && scene.in_list(at, list::FACT_ADVERB) {
        been |= scene.in_list(at, list::BEEN_WORD);
        if scene.in_list(at, list::BEING_WORD) {
            return None;
        }
        at += 1;
    }
    if has && !been {
        return None;
    }
    let within = |list: &str| scene.list_at(list, at).filter(|to| *to <= end);
    within("fact-done")
        .map(|to| (to, Weight::LookAgain))
        .or_else(|| within("fact-changed").map(|to| (to, Weight::Quiet)))
}

/// The subject of a verb at `verb` when it is a particular thing of the customer's: where it begins.
fn subject(scene: &Scene<'_>, from: usize, verb: usize) -> Option<usize> {
    const SUBJECT_WORDS_MAX: usize = 9;
    let text = scene.text();
    let mut words = 0;
    for at in (from..verb).rev() {
        let token = &text.tokens[at];
        if token.skip {
            continue;
        }
        if matches!(token.kind, Kind::Newline)
            || (token.kind == Kind::Punct
                && !matches!(text.written(at), "£" | "$" | "€" | "#" | "." | "'"))
        {
            return None;
        }
        if scene.in_list(at, list::FACT_SUBJECT) {
            let generic = scene.in_list(at, list::FACT_GENERIC)
                && words == 0
                && scene.list_at(list::FACT_GUARD, verb).is_some();
            return (!generic && !guarded(scene, from, at)).then_some(at);
        }
        if scene.in_list(at, list::FACT_NO_SUBJECT) {
            return None;
        }
        words += 1;
        if words > SUBJECT_WORDS_MAX {
            return None;
        }
    }
    // "Order 88213 was dispatched": a thing with its number needs no article.
    let named = (from..verb).any(|at| {
        scene
            .field
            .typed
            .iter()
            .any(|t| t.kind == FactKind::Reference && t.from == at)
    });
    let bare = words > 0
        && words <= 2
        && scene.in_list(verb, list::FACT_BARE_VERB)
        && !guarded(scene, from, verb);
    ((named && words > 0) || bare).then_some(from)
}

/// Whether something before token `at` in its clause makes the statement no statement of ours.
fn guarded(scene: &Scene<'_>, from: usize, at: usize) -> bool {
    let text = scene.text();
    let start = (from..at)
        .rev()
        .find(|i| matches!(text.written(*i), ";" | ":" | "—" | "–"))
        .map_or(from, |i| i + 1);
    // A comma ends a condition only where a new subject follows it: "If it is late, the refund was sent".
    (start..at).any(|i| {
        scene
            .list_at(list::FACT_GUARD, i)
            .is_some_and(|to| to <= at + 2)
            && !text.tokens[i].masked
            && !closed_by(scene, i, at)
    })
}

/// "Thank you for waiting. / Sorry about that, it was sent": a comma or joining word closes the guard.
fn closed_by(scene: &Scene<'_>, guard: usize, at: usize) -> bool {
    let text = scene.text();
    let condition = scene.in_list(guard, list::FACT_CONDITION);
    (guard..at)
        .any(|i| (!condition && text.written(i) == ",") || scene.in_list(i, list::FACT_GUARD_CLOSE))
}
