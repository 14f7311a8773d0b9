//! Asks: questions and requests of a message, each with the kind of answer it wants; rhetorical ones are left out.
//!
//! A sentence is cut where an ask may begin (its start, behind a comma, behind "and"), and each place is tried against
//! the word lists `cards/en/words/ask-*.txt`. No question mark is needed: "where is my order" asks.

mod heard;

use crate::list;
use crate::scene::Scene;
use crate::text::{Kind, Sentence};
use crate::{Ask, AskKind};

/// A message of more asks than these is read no further: nobody ticks off forty boxes.
const ASKS_MAX: usize = 24;

/// Lists of question words, the more particular first.
const QUESTION_WORDS: &[(list::ListId, AskKind)] = &[
    (list::ASK_WHEN, AskKind::When),
    (list::ASK_HOW_MUCH, AskKind::HowMuch),
    (list::ASK_WHERE, AskKind::Where),
    (list::ASK_WHO, AskKind::Who),
    (list::ASK_WHY, AskKind::Why),
    (list::ASK_HOW, AskKind::How),
    (list::ASK_WHICH, AskKind::Which),
    (list::ASK_WHAT, AskKind::What),
];

/// What a place in a sentence turns out to be.
enum Start {
    Ask(AskKind),
    /// Asks for nothing.
    Rhetorical,
    /// A question word that needs the question mark, and nothing better in its sentence: "When I will get it?"
    Weak(AskKind),
}

/// The asks of the scene's text, in its order.
pub fn find(scene: &Scene<'_>) -> Vec<Ask> {
    let text = scene.text();
    let mut asks = Vec::new();
    for sentence in &text.sentences {
        if !sentence.masked && asks.len() < ASKS_MAX {
            Cutter {
                scene,
                sentence: *sentence,
                open: None,
                weak: None,
                rhetorical: false,
            }
            .cut(&mut asks);
        }
    }
    heard::join(scene, &mut asks);
    asks
}

struct Cutter<'a, 'b> {
    scene: &'a Scene<'b>,
    sentence: Sentence,
    /// The ask that is being read: where it begins and its kind.
    open: Option<(usize, AskKind)>,
    weak: Option<(usize, AskKind)>,
    rhetorical: bool,
}

impl Cutter<'_, '_> {
    fn cut(&mut self, asks: &mut Vec<Ask>) {
        let before = asks.len();
        let (from, to) = (self.sentence.from, self.sentence.to);
        let mut at = from;
        let mut first = true;
        while at < to {
            if !first && !self.boundary(at) {
                at += 1;
                continue;
            }
            let start = self.skip_fillers(at);
            if start >= to {
                break;
            }
            let joined =
                !first && (self.joined(at, start) || (start == at && self.run_on(at, at - 1)));
            match self.start(start, first, joined) {
                Some(Start::Ask(kind)) => {
                    self.close(at, asks);
                    self.open = Some((start, kind));
                    self.rhetorical = false;
                    at = start + 1;
                }
                Some(Start::Rhetorical) => {
                    self.close(at, asks);
                    self.rhetorical = true;
                    at = start + 1;
                }
                Some(Start::Weak(kind)) => {
                    if self.weak.is_none() {
                        self.weak = Some((start, kind));
                    }
                    at = start + 1;
                }
                None => {
                    if !first
                        && self.is_mark(at.saturating_sub(1))
                        && self.list(list::ASK_HINGE, start)
                    {
                        self.close(at, asks);
                    }
                    at = start.max(at + 1);
                }
            }
            first = false;
        }
        self.close(to, asks);
        if asks.len() == before && !self.rhetorical {
            self.whole(asks);
        }
    }

    /// A question mark with no known beginning, or a "please" at the end, makes an ask of the whole sentence.
    fn whole(&mut self, asks: &mut Vec<Ask>) {
        let start = self.skip_fillers(self.sentence.from);
        let words = (start..self.sentence.to)
            .filter(|at| matches!(self.kind(*at), Some(Kind::Word | Kind::Number | Kind::Code)))
            .count();
        // Some languages set no spaces between words.
        let unspaced = words == 1 && !self.scene.text().written(start).is_ascii();
        if self.sentence.question {
            if let Some((from, kind)) = self.weak {
                self.open = Some((from, kind));
            } else if (words >= 2 || unspaced) && !self.scene.text().tokens[start].masked {
                self.open = Some((start, AskKind::YesNo));
            }
        } else if (2..=12).contains(&words) && self.ends_in_please() {
            self.open = Some((start, AskKind::Request));
        }
        self.close(self.sentence.to, asks);
    }

    fn ends_in_please(&self) -> bool {
        let last = (self.sentence.from..self.sentence.to)
            .rev()
            .find(|at| self.kind(*at) == Some(Kind::Word));
        last.is_some_and(|at| self.scene.in_list(at, list::PLEASE_WORD))
    }

    fn kind(&self, at: usize) -> Option<Kind> {
        self.scene.text().tokens.get(at).map(|t| t.kind)
    }

    fn list(&self, name: list::ListId, at: usize) -> bool {
        self.scene.list_at(name, at).is_some()
    }

    fn is_mark(&self, at: usize) -> bool {
        self.kind(at) == Some(Kind::Punct)
            && matches!(
                self.scene.text().written(at),
                "," | ";" | ":" | "—" | "–" | "-" | "(" | "…" | "." | "&"
            )
    }

    /// Whether an ask may begin at `at`: behind a mark or a joining word.
    fn boundary(&self, at: usize) -> bool {
        let text = self.scene.text();
        // A line wrapped in the middle of a sentence is no boundary by itself.
        let Some(before) = (self.sentence.from..at)
            .rev()
            .find(|i| text.tokens[*i].kind != Kind::Newline)
        else {
            return true;
        };
        if text.tokens[before].skip {
            return false;
        }
        match text.tokens[before].kind {
            Kind::Punct => self.is_mark(before),
            Kind::Emoji => true,
            _ => {
                // "Could you also tell Ben" is one ask.
                let inside = self.scene.in_list(before, list::ASK_INSIDE_JOINT)
                    && before > self.sentence.from
                    && self.scene.in_list(before - 1, list::ASK_INSIDE_SUBJECT);
                !inside && self.scene.in_list(before, list::ASK_JOINT) || self.run_on(at, before)
            }
        }
    }

    /// "still waiting can you check": an ask that begins without a mark before it.
    fn run_on(&self, at: usize, before: usize) -> bool {
        // "Could you please tell me" is one ask, not two.
        const TOKENS_APART_MIN: usize = 5;
        self.open
            .is_none_or(|(from, _)| at >= from + TOKENS_APART_MIN)
            && self.list(list::ASK_STRONG, at)
            && !self.scene.in_list(before, list::ASK_GOES_ON)
    }

    /// Whether "and", "or" or the like stands right before the start, so that the ask before is carried on.
    fn joined(&self, at: usize, start: usize) -> bool {
        (at.saturating_sub(1)..start).any(|i| self.scene.in_list(i, list::ASK_CARRY))
    }

    /// Steps over words and marks that may stand before an ask.
    fn skip_fillers(&self, mut at: usize) -> usize {
        let text = self.scene.text();
        let to = self.sentence.to;
        let mut rounds = 0;
        while at < to && rounds < 16 {
            rounds += 1;
            let token = &text.tokens[at];
            let numbering = matches!(token.kind, Kind::Number)
                && text.tokens.get(at + 1).is_some_and(|n| {
                    n.end - n.start == 1 && matches!(text.written(at + 1), "." | ")" | ":")
                })
                && token.end - token.start <= 2;
            let lettering = token.kind == Kind::Word
                && token.end - token.start == 1
                && text
                    .tokens
                    .get(at + 1)
                    .is_some_and(|n| n.start == token.end && text.written(at + 1) == ")");
            if numbering || lettering {
                at += 2;
            } else if matches!(token.kind, Kind::Newline | Kind::Emoji | Kind::Punct)
                || token.masked
            {
                at += 1;
            } else if let Some(end) = self
                .scene
                .list_at(list::ASK_FILLER, at)
                .filter(|end| *end > at)
            {
                at = end.min(to);
            } else {
                break;
            }
        }
        at
    }

    /// What begins at `at`. `first`: nothing but fillers stands before it in its sentence; `joined`: "and" does.
    fn start(&self, at: usize, first: bool, joined: bool) -> Option<Start> {
        let scene = self.scene;
        if scene.text().tokens[at].masked {
            return None;
        }
        let asks = self.sentence.question;
        // "… how much it costs, and whether I keep my number".
        if joined && self.open.is_some() && scene.in_list(at, list::WHETHER_WORD) {
            return Some(Start::Ask(AskKind::YesNo));
        }
        // "My question is whether the lid is safe".
        if first
            && scene.in_list(at, list::WHETHER_WORD)
            && scene.in_list(at.wrapping_sub(1), list::IS_WORD)
        {
            return Some(Start::Ask(AskKind::YesNo));
        }
        if self.list(list::RHETORICAL, at) {
            return Some(Start::Rhetorical);
        }
        if let Some(end) = scene.list_at(list::ASK_INDIRECT, at) {
            let end = self.land(end);
            if let Some((_, kind)) = self.question_word(end) {
                return Some(Start::Ask(kind));
            }
            // "Let me know by Friday whether the lanes are free."
            const WORDS_BETWEEN_MAX: usize = 8;
            if scene.in_list(end, list::IF_WORD)
                && scene.in_list(end + 1, list::ASK_IF_WHO)
                && scene.in_list(end + 2, list::ASK_IF_MODAL)
            {
                return Some(Start::Ask(AskKind::Request));
            }
            if scene.in_list(end, list::IF_WORD)
                || (end..(end + WORDS_BETWEEN_MAX).min(self.sentence.to))
                    .any(|i| scene.in_list(i, list::WHETHER_WORD))
            {
                return Some(Start::Ask(AskKind::YesNo));
            }
        }
        if let Some(end) = scene.list_at(list::ASK_REQUEST, at) {
            return (!self.list(list::ASK_REQUEST_NOT, self.land(end)))
                .then_some(Start::Ask(AskKind::Request));
        }
        if let Some((end, kind)) = self.question_word(at) {
            return self.question(at, end, kind, first, joined);
        }
        if let Some(end) = scene.list_at(list::ASK_AUX, at) {
            let end = self.land(end);
            let any = scene.in_list(at, list::ASK_ANY);
            let subject = self.list(list::ASK_SUBJECT, end);
            let conditional = scene.in_list(at, list::ASK_CONDITIONAL) && !asks;
            let imperative =
                scene.in_list(at, list::DO_WORD) && scene.in_list(end, list::NOT_WORD) && !subject;
            if any && (first || joined) {
                return Some(Start::Ask(AskKind::YesNo));
            }
            if imperative {
                return self.imperative(at, first, joined);
            }
            // "Forgot: is there lunch".
            let behind_colon = !first && scene.text().written(at - 1) == ":";
            if subject
                && !conditional
                && (first || behind_colon || asks || joined || self.open.is_some())
                && !self.declares(at, end)
            {
                return Some(Start::Ask(AskKind::YesNo));
            }
            // "When do you open, and do under-fives pay?"
            let after_comma =
                joined && self.open.is_some() && at >= 2 && scene.text().written(at - 2) == ",";
            if asks
                && (first || after_comma)
                && matches!(
                    self.kind(end),
                    Some(Kind::Word | Kind::Number | Kind::Code | Kind::Punct)
                )
            {
                return Some(Start::Ask(AskKind::YesNo));
            }
            return None;
        }
        if scene.in_list(at, list::PLEASE_OPENER) {
            let next = self.land(at + 1);
            let next = if scene.in_list(next, list::ASK_PLEASE_NEXT) {
                self.land(next + 1)
            } else {
                next
            };
            let verb = matches!(self.kind(next), Some(Kind::Word))
                && !self.list(list::ASK_PLEASE_NOT, next)
                && next < self.sentence.to;
            return verb.then_some(Start::Ask(AskKind::Request));
        }
        self.imperative(at, first, joined)
    }

    fn imperative(&self, at: usize, first: bool, joined: bool) -> Option<Start> {
        let scene = self.scene;
        // "Could you tell us what it is, and stop these calls": the first was put to us, so the second is too.
        let to_us = self.open.is_some_and(|(from, kind)| {
            kind == AskKind::Request
                || scene.in_list(from, list::PLEASE_OPENER)
                || (scene.in_list(from, list::ASK_MODAL) && scene.in_list(from + 1, list::YOU_WORD))
        });
        let carried = joined && to_us;
        let after_mark =
            !first && self.is_mark(at.saturating_sub(1)) && (to_us || self.ends_in_please());
        if !(first || carried || after_mark) {
            return None;
        }
        if first && self.list(list::ASK_ELIDED, at) {
            return Some(Start::Ask(AskKind::Request));
        }
        if let Some(end) = scene.list_at(list::ASK_IMPERATIVE, at) {
            // "Update: it works" and "Check." alone are no requests; "and let me know" only closes the one before.
            let heading = scene
                .text()
                .tokens
                .get(end)
                .is_some_and(|_| scene.text().written(end) == ":");
            let closes = carried && self.list(list::ASK_CLOSE, at);
            if !heading && !closes && !self.is_noun(at, end) {
                return Some(Start::Ask(AskKind::Request));
            }
        }
        if first && let Some(end) = scene.list_at(list::ASK_NOUN, at) {
            let end = self.land(end);
            let done = end >= self.sentence.to
                || matches!(
                    self.kind(end),
                    Some(Kind::Punct | Kind::Newline | Kind::Number | Kind::Code)
                )
                || scene.in_list(end, list::ASK_NOUN_BEHIND);
            let heads = |at: usize| scene.text().written(at) == ":";
            if done && (end >= scene.text().tokens.len() || !heads(end)) {
                return Some(Start::Ask(AskKind::Request));
            }
        }
        None
    }

    /// "Refund is late", "Order was wrong": the verb of the list is a noun here.
    fn is_noun(&self, at: usize, end: usize) -> bool {
        let end = self.land(end);
        let text = self.scene.text();
        let lone =
            end >= self.sentence.to || matches!(self.kind(end), Some(Kind::Punct | Kind::Newline));
        self.scene.in_list(end, list::ASK_NOUN_VERB_BEHIND)
            || (lone && self.scene.in_list(at, list::ASK_NOUN_VERB))
            || (self.scene.in_list(at, list::ORDER_WORD)
                && matches!(
                    text.tokens.get(end).map(|t| t.kind),
                    Some(Kind::Number | Kind::Code)
                ))
            || (self.scene.in_list(at, list::ASK_FROM_NOUN)
                && self.scene.in_list(end, list::ASK_FROM_BEHIND))
    }

    /// A question word at `at`: where it ends and what it asks for.
    fn question_word(&self, at: usize) -> Option<(usize, AskKind)> {
        if !self.list(list::ASK_LEAD, at) {
            return None;
        }
        QUESTION_WORDS
            .iter()
            .find_map(|(list, kind)| self.scene.list_at(list, at).map(|end| (end, *kind)))
    }

    fn question(
        &self,
        at: usize,
        end: usize,
        kind: AskKind,
        first: bool,
        joined: bool,
    ) -> Option<Start> {
        let scene = self.scene;
        let asks = self.sentence.question;
        let end = self.land(end);
        let news = scene.in_list(at, list::ASK_NEWS);
        if news {
            return (first || joined).then_some(Start::Ask(kind));
        }
        // "what time you close today": as people type it.
        if first
            && scene.in_list(at, list::WHAT_WORD)
            && scene.in_list(at + 1, list::TIME_WORD)
            && scene.in_list(end, list::ASK_TIME_WHO)
        {
            return Some(Start::Ask(kind));
        }
        // "how to unsubscribe", "how much to change the name".
        if matches!(kind, AskKind::How | AskKind::HowMuch)
            && first
            && scene.in_list(end, list::TO_WORD)
        {
            return Some(Start::Ask(kind));
        }
        // Behind a comma, "which" and "who" go on about the thing before.
        let relative = !first
            && !joined
            && (kind == AskKind::Which || (kind == AskKind::Who && !(asks && self.open.is_some())));
        if relative {
            return None;
        }
        let whole_phrase = kind == AskKind::HowMuch && scene.in_list(at, list::ASK_HOW_MUCH_WHOLE);
        // "whens it coming": the verb is in the word.
        let inverted = whole_phrase
            || scene.in_list(at, list::ASK_GLUED)
            || self.inverted(
                end,
                matches!(
                    kind,
                    AskKind::What | AskKind::Which | AskKind::HowMuch | AskKind::Who | AskKind::How
                ),
            );
        if inverted && (asks || first || joined || self.open.is_some()) {
            return Some(Start::Ask(kind));
        }
        // "Tell me when it ships and where it is": carried on by an ask before it.
        if joined
            && self.open.is_some()
            && (asks || !matches!(self.open, Some((_, AskKind::Request))))
        {
            return Some(Start::Ask(kind));
        }
        // "Who sent it?", "What happened?": the question word is the subject.
        let subject = asks
            && first
            && matches!(
                kind,
                AskKind::Who
                    | AskKind::What
                    | AskKind::Which
                    | AskKind::HowMuch
                    | AskKind::How
                    | AskKind::Why
            )
            && !self.list(list::ASK_SUBJECT, end);
        if subject {
            return Some(Start::Ask(kind));
        }
        (asks && (first || joined)).then_some(Start::Weak(kind))
    }

    /// Whether a verb stands before its subject from `at` on; `noun`: two words may come between ("what time does").
    fn inverted(&self, at: usize, noun: bool) -> bool {
        let reach = if noun { 3 } else { 1 };
        let mut at = at;
        for step in 0..reach {
            if at >= self.sentence.to {
                return false;
            }
            let clitic = self.scene.text().tokens[at].word == crate::words::CLITIC_S;
            if clitic {
                return true;
            }
            if self.list(list::ASK_AUX, at) {
                return !(step > 0
                    && self.list(list::ASK_SUBJECT, at.saturating_sub(1))
                    && self.scene.in_list(at - 1, list::PRONOUN_SUBJECT));
            }
            if self.scene.in_list(at, list::ASK_SUBJECT_START) || self.kind(at) == Some(Kind::Punct)
            {
                return false;
            }
            at = self.land(at + 1);
        }
        false
    }

    /// "Will do", "is it": a statement with its words turned round, without a question mark.
    fn declares(&self, at: usize, end: usize) -> bool {
        if self.sentence.question {
            return false;
        }
        // "may I add", "may the", "can the can": only where the ask stands first or is short.
        let next = self.land(end + 1);
        next >= self.sentence.to && !self.scene.in_list(at, list::ASK_DECLARES)
    }

    fn land(&self, mut at: usize) -> usize {
        let text = self.scene.text();
        while text
            .tokens
            .get(at)
            .is_some_and(|t| t.skip || (t.kind == Kind::Newline && at + 1 < self.sentence.to))
        {
            at += 1;
        }
        at
    }

    /// Ends the open ask before token `to`, without marks and joining words at its end.
    fn close(&mut self, to: usize, asks: &mut Vec<Ask>) {
        let Some((from, kind)) = self.open.take() else {
            return;
        };
        let text = self.scene.text();
        let mut end = to.min(self.sentence.to);
        while end > from {
            let last = end - 1;
            let token = &text.tokens[last];
            let loose = match token.kind {
                Kind::Newline | Kind::Emoji => true,
                Kind::Punct => {
                    !matches!(
                        text.written(last),
                        "\"" | "”" | "'" | "’" | ")" | "%" | "€" | "£" | "$"
                    ) || (text.written(last) == ")"
                        && !(from..last).any(|i| text.written(i) == "("))
                }
                _ => end < self.sentence.to && self.scene.in_list(last, list::ASK_JOINT),
            };
            if !loose {
                break;
            }
            end = last;
        }
        if end > from && asks.len() < ASKS_MAX {
            asks.push(Ask {
                kind,
                span: text.span(from, end),
            });
        }
    }
}
