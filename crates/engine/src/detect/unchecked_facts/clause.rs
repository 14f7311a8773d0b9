//! A sentence in its clauses, and what each of them is: a statement about this case, words of theirs given back, what the
//! writer does themself, or none of these.

use crate::list;
use crate::scene::Scene;
use crate::text::{Kind, Sentence};
use crate::words::CLITIC_S;

/// The verb of a clause stands within so many words of its first.
const VERB_WORDS_MAX: usize = 9;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// States how something stands, or stood, in this case.
    Case,
    /// What they wrote, given back as theirs.
    Theirs,
    /// The writer's own act.
    Own,
    /// A condition, a wish, a rule, something to come: nothing that a record could show.
    Loose,
}

/// Tokens `from..to` of one sentence.
#[derive(Debug, Clone, Copy)]
pub struct Clause {
    pub from: usize,
    pub to: usize,
    pub sort: Sort,
}

/// The clauses of a sentence in their order.
pub fn clauses(scene: &Scene<'_>, sentence: Sentence) -> Vec<Clause> {
    let mut starts = vec![sentence.from];
    for at in sentence.from + 1..sentence.to {
        if opens(scene, at, sentence.to) {
            starts.push(at);
        }
    }
    let ends = starts.iter().skip(1).copied().chain([sentence.to]);
    let mut all: Vec<Clause> = Vec::new();
    for (from, to) in starts.iter().copied().zip(ends) {
        let before = all.last().copied();
        let sort = sort(scene, from, to, before);
        // "The carriage was an oven, you wrote": the words before it are theirs.
        if sort == Sort::Theirs
            && let Some(last) = all.last_mut()
            && frame(scene, from, to).is_some_and(|(_, end)| {
                bare(scene, end, to) || (end < to && scene.text().written(end) == ",")
            })
            && !mark(scene, from, ";")
        {
            last.sort = Sort::Theirs;
        }
        all.push(Clause { from, to, sort });
    }
    all
}

/// Whether a mark stands right before the clause.
fn mark(scene: &Scene<'_>, from: usize, mark: &str) -> bool {
    from > 0 && scene.text().written(from - 1) == mark
}

/// Whether a clause begins at token `at`: behind a mark that parts, or behind a comma or an "and" where a verb follows.
fn opens(scene: &Scene<'_>, at: usize, end: usize) -> bool {
    let text = scene.text();
    let before = at - 1;
    if text.tokens[at].kind == Kind::Punct || text.tokens[before].skip {
        return false;
    }
    if matches!(text.written(before), ";" | ":" | "—" | "–") {
        return true;
    }
    let comma = text.written(before) == ",";
    let joint = scene.in_list(before, list::FACT_JOINT);
    // "Four hundred and eighty", "the 28th and the first": one value, or two of a kind.
    let value = |at: usize| {
        let typed = &scene.field.typed;
        typed.iter().any(|t| t.from <= at && at < t.to)
            || crate::typed::number_at(text, scene.words, scene.single_words, at).is_some()
    };
    if joint && before > 0 && value(before - 1) && value(at) {
        return false;
    }
    if joint
        && before > 0
        && (text.written(before - 1) == "," || scene.in_list(before - 1, list::FACT_JOINT))
    {
        // The comma, or the joint before this one, has opened it already.
        return false;
    }
    if comma && scene.in_list(at, list::FACT_JOINT) {
        return verb_follows(scene, at + 1, end, false);
    }
    (comma || joint) && verb_follows(scene, at, end, comma)
}

/// Whether a subject and its verb begin at `at`, or, behind an "and", the verb alone.
fn verb_follows(scene: &Scene<'_>, at: usize, end: usize, subject_needed: bool) -> bool {
    let text = scene.text();
    let mut words = 0;
    for i in at..end {
        let token = &text.tokens[i];
        if token.step {
            continue;
        }
        if token.kind == Kind::Punct
            && !matches!(text.written(i), "£" | "$" | "€" | "#" | "." | "\"" | "'")
        {
            return false;
        }
        // "posted and delivered": a past form alone, behind an "and", shares the verb before it.
        let helper = || scene.list_at(list::FACT_FINITE, i).is_some();
        if finite(scene, i) && (words > 0 || (!subject_needed && helper())) {
            return true;
        }
        if words > 0 && scene.in_list(i, list::FACT_JOINT) {
            return false;
        }
        words += 1;
        if words > VERB_WORDS_MAX {
            return false;
        }
    }
    false
}

/// A verb that a clause can have as its own: "is", "has", "owes", or a past form.
pub fn finite(scene: &Scene<'_>, at: usize) -> bool {
    let text = scene.text();
    let token = &text.tokens[at];
    token.kind == Kind::Word
        && (scene.list_at(list::FACT_FINITE, at).is_some()
            || (token.word == CLITIC_S && (scene.list_at(list::FACT_BEHIND_IS, at + 1).is_some()))
            || scene.field.sets.is_past(text.written(at), token.word))
}

/// The words that give a clause to them: "you wrote", "per your email", "it's your recollection that".
fn frame(scene: &Scene<'_>, from: usize, to: usize) -> Option<(usize, usize)> {
    scene.list_in(list::FACT_ATTRIBUTED, from, to)
}

/// Nothing but marks, little words and "that" in tokens `from..to`.
fn bare(scene: &Scene<'_>, from: usize, to: usize) -> bool {
    let text = scene.text();
    (from..to).all(|at| {
        let token = &text.tokens[at];
        token.kind != Kind::Word && token.kind != Kind::Number
            || scene.in_list(at, list::FACT_FRAME_TAIL)
    })
}

fn sort(scene: &Scene<'_>, from: usize, to: usize, before: Option<Clause>) -> Sort {
    let text = scene.text();
    if frame(scene, from, to).is_some() {
        return Sort::Theirs;
    }
    let mut at = from;
    while at < to {
        let mark = matches!(text.tokens[at].kind, Kind::Punct | Kind::Newline)
            && !matches!(text.written(at), "£" | "$" | "€" | "#");
        match scene.list_at(list::FACT_LEAD, at) {
            Some(end) => at = end.max(at + 1),
            None if mark => at += 1,
            None => break,
        }
    }
    if let Some(before) = before
        && before.sort == Sort::Theirs
    {
        let open = frame(scene, before.from, before.to)
            .is_some_and(|(_, end)| bare(scene, end, before.to));
        if open || scene.in_list(at, list::FACT_FRAME_GOES_ON) {
            return Sort::Theirs;
        }
    }
    if at >= to {
        return Sort::Loose;
    }
    // "If it hasn't been in a crash and she's under the mark": the condition goes on.
    if let Some(before) = before
        && before.sort == Sort::Loose
        && scene.in_list(before.from, list::FACT_CONDITION)
        && !(before.from..from).any(|i| text.written(i) == ",")
    {
        return Sort::Loose;
    }
    // "and went out on Friday": the subject is that of the clause before.
    let carried = before.filter(|_| finite(scene, at) && !scene.in_list(at, list::FACT_SUBJECT));
    if let Some(before) = carried {
        return match before.sort {
            Sort::Own => Sort::Own,
            Sort::Case => guarded(scene, at, to).unwrap_or(Sort::Case),
            other => other,
        };
    }
    if let Some(guarded) = guarded(scene, at, to) {
        return guarded;
    }
    if let Some(end) = scene.list_at(list::FACT_REPORT, at) {
        return if end < to { Sort::Case } else { Sort::Loose };
    }
    if scene.in_list(at, list::I_WORD) {
        return Sort::Own;
    }
    let verb = (at..to).find(|i| finite(scene, *i));
    let Some(verb) = verb else {
        return Sort::Loose;
    };
    if general(scene, at, verb, to) {
        return Sort::Loose;
    }
    Sort::Case
}

/// What makes a clause no statement of how things stand.
fn guarded(scene: &Scene<'_>, from: usize, to: usize) -> Option<Sort> {
    let opener = scene.list_at(list::FACT_LOOSE_OPENER, from).is_some();
    let inside = (from..to).any(|at| {
        !scene.text().tokens[at].masked && scene.list_at(list::FACT_COMPARE_GUARD, at).is_some()
    });
    (opener || inside).then_some(Sort::Loose)
}

/// "Choirs are welcome", "our office is open": how things are done here, for everybody.
fn general(scene: &Scene<'_>, from: usize, verb: usize, to: usize) -> bool {
    let text = scene.text();
    let now = |at: usize| scene.in_list(at, list::FACT_PRESENT) || text.tokens[at].word == CLITIC_S;
    if !now(verb) {
        // "Lessons cancelled on the day are charged in full".
        return (verb + 1..to).any(now) && plural_bare(scene, from, verb);
    }
    plural_bare(scene, from, verb) || scene.list_in(list::FACT_GENERAL, from, to).is_some()
}

/// A plural without an article, a number or an owner before it.
fn plural_bare(scene: &Scene<'_>, from: usize, verb: usize) -> bool {
    let text = scene.text();
    let mut words = (from..verb).filter(|at| text.tokens[*at].kind == Kind::Word);
    let Some(first) = words.next() else {
        return false;
    };
    if text.tokens[from].kind != Kind::Word
        || scene.in_list(first, list::FACT_SUBJECT)
        || scene.in_list(first, list::PRONOUN_SUBJECT)
        || crate::typed::number_at(text, scene.words, scene.single_words, first).is_some()
    {
        return false;
    }
    let ends_in_s = |at: usize| {
        let word = text.written(at);
        word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("'s")
    };
    let head = words.last().unwrap_or(first);
    let numbered = (from..verb).any(|at| matches!(text.tokens[at].kind, Kind::Number | Kind::Code));
    !numbered && ends_in_s(head)
}
