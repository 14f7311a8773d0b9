//! How surely a clause answers an ask: a sum of a few signs, each with one weight.
//!
//! The weights were fitted (logistic regression, ridge 3, cross-validated by pair) on pairs of which most were written blind
//! (its development half, forty more, and the lines of `tests/answered.rs`), then rounded; six that those pairs hardly show
//! (a question back, "is there", a deed done to another thing, "we" where a thing was asked after, the wrong kind of
//! answer, a draft of one sentence) were set by hand. Above nought means "more likely an answer than not". No sign is trusted alone: a draft on the same topic
//! that says nothing asked for is the commonest way to leave an ask open, so topic by itself weighs next to nothing.

use super::said::{Clause, Marks};
use super::wanted::{Doer, Wanted, Wants};
use crate::review::families::Matter;

/// What is known of all asks and the whole draft.
pub struct Around<'a> {
    pub clauses: &'a [Clause],
    pub wanted: &'a [Wanted],
    /// Sentences that say anything.
    pub ranks: usize,
    /// Asks, those that are said again counted once.
    pub asks: usize,
}

/// Nothing speaks for it yet: most clauses do not answer a given ask.
const START: f32 = -1.2;

/// How surely clause `at` answers ask `ask`; above nought it does.
pub fn weigh(around: &Around<'_>, ask: usize, at: usize) -> f32 {
    // "You renewed in September" says back what they wrote; it gives no cause.
    let marks = around.clauses[at].marks;
    if around.wanted[ask].wants == Wants::Cause
        && marks.has(Marks::YOU)
        && !marks.has(Marks::CAUSE | Marks::COMMITS)
    {
        return START;
    }
    START
        + signs(around, ask, at)
            .iter()
            .map(|(sign, weight)| sign * weight)
            .sum::<f32>()
}

/// Each sign, from 0 to 1, with its weight.
fn signs(around: &Around<'_>, ask: usize, at: usize) -> [(f32, f32); 36] {
    let want = &around.wanted[ask];
    let clause = &around.clauses[at];
    let marks = clause.marks;
    // "When?" goes on about what was asked before.
    let matters = if want.bare && ask > 0 {
        &around.wanted[ask - 1].matters
    } else {
        &want.matters
    };
    let topic = shared(matters, &clause.matters);
    // Said in the same sentence, or right before where this clause goes on about "it".
    let near = around.clauses.iter().enumerate().any(|(i, c)| {
        i != at
            && (c.sentence == clause.sentence || (i + 1 == at && marks.has(Marks::IT)))
            && shared(matters, &c.matters) > 0
    });
    let others = || around.wanted.iter().filter(|w| w.rank != want.rank);
    let other_topic = others().any(|w| shared(&w.matters, &clause.matters) > topic);
    let (fits, nearly) = fits(want, marks);
    let fits_other = !fits && others().any(|w| w.wants != want.wants && self::fits(w, marks).0);
    // Neither the kind of answer that is wanted, nor a refusal, nor somebody who finds out.
    let fragment_will_do = want.wants == Wants::Verdict && marks.has(Marks::FRAGMENT);
    let right = fits || nearly || marks.has(Marks::REFUSES | Marks::FINDS_OUT);
    let wrong = !(right || fragment_will_do);
    // A question that wants a time, an amount, a person or a cause is not answered without one.
    let misses = wrong
        && !marks.has(Marks::COMMITS)
        && matches!(
            want.wants,
            Wants::Time | Wants::Amount | Wants::Person | Wants::Cause
        );
    let typed = matches!(
        want.wants,
        Wants::Time | Wants::Amount | Wants::Place | Wants::Person
    );
    let ours = marks.has(Marks::COMMITS | Marks::DONE);
    let agrees = match want.doer {
        Doer::Us => marks.has(Marks::US),
        Doer::Customer => marks.has(Marks::YOU),
        Doer::There => marks.has(Marks::THERE),
        Doer::Named => marks.has(Marks::IT),
    };
    let same_subject = clause.subject.is_some() && clause.subject == want.subject;
    // As many sentences as asks: they answer in order.
    let its_turn = around.asks == around.ranks && clause.rank == want.rank;
    let focus = want
        .focus
        .iter()
        .any(|m| clause.matters.binary_search(m).is_ok());
    let elsewhere =
        topic == 0 && !near && clause.subject.is_some() && !marks.has(Marks::IT | Marks::FRAGMENT);
    let fragment = marks.has(Marks::FRAGMENT);
    let it = marks.has(Marks::IT);
    let settles = marks.has(Marks::YES) || marks.has(Marks::ECHO) || marks.has(Marks::REFUSES);
    let step = marks.has(Marks::STEP)
        && want.doer == Doer::Customer
        && want.wants != Wants::Cause
        && (want.wants != Wants::Verdict || want.leave);
    const OWN_MANY: usize = 6;
    const WORDS_MANY: usize = 20;
    let own = (clause.matters.len() - topic.min(clause.matters.len())).min(OWN_MANY);
    // "We are open until 6", where a refund was asked after.
    let another = marks.has(Marks::US) && want.doer == Doer::Named && elsewhere && !ours;
    let finds_out = marks.has(Marks::COMMITS) && marks.has(Marks::FINDS_OUT);
    let length = clause.words.min(WORDS_MANY) as f32 / WORDS_MANY as f32;
    let is = |on: bool| f32::from(u8::from(on));
    [
        // The kind of answer.
        (is(fits), 0.6),
        (is(nearly && !fits), 0.3),
        (is(fits && (topic > 0 || near)), 0.2),
        (is(fits && (it || fragment)), 0.4),
        (is(fits_other), -0.3),
        (is(wrong), -0.5),
        (is(marks.has(Marks::ASKS) && want.bare), 1.5),
        (is(settles && (topic > 0 || near)), 0.4),
        (is(fits && typed && !another && around.ranks == 1), 0.8),
        (is(step), 1.4),
        (is(misses), -2.5),
        (is(fits && elsewhere && want.wants == Wants::Deed), -2.0),
        (is(another), -2.5),
        // The matter.
        (is(topic > 0), 0.2),
        (is(focus), 0.8),
        (is(focus && want.doer == Doer::There), 1.0),
        (is(focus && fits), 0.4),
        (is(same_subject), 0.5),
        (is(same_subject && fragment), 0.3),
        (is(other_topic), -1.3),
        (own as f32 / OWN_MANY as f32, -0.8),
        // The order.
        (is(its_turn), 1.3),
        (is(its_turn && fits), 0.6),
        (is(its_turn && it), 0.5),
        (is(want.rank == 0 && clause.rank == 0), 0.7),
        // What the clause does.
        (is(agrees), 0.8),
        (is(it), -0.2),
        (is(fragment), 0.3),
        (is(marks.has(Marks::COMMITS)), 0.8),
        (is(finds_out), 0.4),
        (is(marks.has(Marks::GENERIC)), -0.7),
        (is(marks.has(Marks::BOAST)), -1.0),
        (is(marks.has(Marks::EXCLAIMS)), -0.8),
        // Its length.
        (is(clause.words <= 3), 0.4),
        (is(clause.words > 3 && clause.words <= 8), 0.3),
        (length, -0.5),
    ]
}

/// Whether the marks show the kind of answer that is wanted, and whether they nearly do.
fn fits(want: &Wanted, marks: Marks) -> (bool, bool) {
    let (kind, nearly) = match want.wants {
        Wants::Verdict => (Marks::YES | Marks::ECHO, Marks::ALLOWS),
        Wants::Deed => (Marks::DONE, Marks::COMMITS),
        Wants::Time => (Marks::TIME, Marks::NUMBER),
        Wants::Amount => (Marks::AMOUNT, Marks::NUMBER),
        Wants::Place => (Marks::PLACE, Marks::NAME),
        Wants::Person => (Marks::PERSON, Marks::NAME | Marks::US | Marks::YOU),
        Wants::Cause => (Marks::CAUSE, Marks::PAST),
        Wants::Way => (Marks::STEP, Marks::WAY),
        Wants::Thing => (Marks::FRAGMENT, Marks::NAME),
        Wants::News => (Marks::DONE, Marks::PAST),
    };
    (marks.has(kind), marks.has(nearly))
}

pub fn shared(a: &[Matter], b: &[Matter]) -> usize {
    a.iter().filter(|m| b.binary_search(m).is_ok()).count()
}
