//! What an ask wants to know: the kind of answer, what it is about, and whose doing it asks after.

use crate::list;
use crate::pattern::Field;
use crate::review::families::{Families, Matter};
use crate::scene::Scene;
use crate::text::{Kind, NameWords, Text};
use crate::words::{UNKNOWN, WordId};
use crate::{Ask, AskKind};

/// The kind of answer that settles an ask. Finer than the kind of question: "what is the fee" wants an amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wants {
    Verdict,
    Deed,
    Time,
    Amount,
    Place,
    Person,
    Cause,
    Way,
    /// "What does it mean", "which one": a thing named.
    Thing,
    News,
}

/// Who does what the question asks after.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doer {
    Us,
    Customer,
    There,
    Named,
}

#[derive(Debug)]
pub struct Wanted {
    pub wants: Wants,
    pub doer: Doer,
    /// What it is about, each matter once, in order of their numbers; what is too general is left out.
    pub matters: Vec<Matter>,
    /// The first thing that it names: mostly its subject.
    pub subject: Option<Matter>,
    /// The last things that it names: what is new in it, where the subject is mostly known.
    pub focus: Vec<Matter>,
    /// It names nothing: "When?", "please help".
    pub bare: bool,
    /// The ask before that it says again.
    pub repeats: Option<usize>,
    /// Which of the asks it is, those that are said again counted once.
    pub rank: usize,
    /// Asks for leave or advice: "Can I", "Should I".
    pub leave: bool,
    opening: WordId,
}

/// Reads all asks, and which of them say one before again.
pub fn read_all(scene: &Scene<'_>, asks: &[Ask]) -> Vec<Wanted> {
    let mut all: Vec<Wanted> = Vec::with_capacity(asks.len());
    let mut rank = 0;
    for ask in asks {
        let mut want = read(scene, ask);
        want.repeats = all.iter().position(|before| want.repeats(before));
        match want.repeats {
            Some(before) => want.rank = all[before].rank,
            None => {
                want.rank = rank;
                rank += 1;
            }
        }
        all.push(want);
    }
    all
}

impl Wanted {
    fn repeats(&self, before: &Wanted) -> bool {
        let shared = self
            .matters
            .iter()
            .filter(|m| before.matters.binary_search(m).is_ok())
            .count();
        self.wants == before.wants
            && self.doer == before.doer
            && self.opening == before.opening
            && shared > 0
            && shared == self.matters.len().min(before.matters.len())
    }
}

/// Reads one ask.
fn read(scene: &Scene<'_>, ask: &Ask) -> Wanted {
    let text = Text::new(&ask.span.text, scene.words, &NameWords::default());
    let count = text.tokens.len();
    let field = Field {
        text: &text,
        sets: scene.field.sets,
        typed: &[],
    };
    let has = |name: &str| {
        scene
            .lists
            .get(name)
            .is_some_and(|list| list.first_in(0, count, &field).is_some())
    };
    let by_word = scene.families.by_word(&text, 0, count);
    let specific = |m: &Matter| !scene.families.is_general(*m);
    let mut matters: Vec<Matter> = by_word.iter().map(|(_, m)| *m).filter(specific).collect();
    let subject = matters.first().copied();
    let last = by_word
        .iter()
        .rfind(|(_, m)| specific(m))
        .map(|(at, _)| *at);
    let focus = by_word
        .iter()
        .filter(|(at, m)| Some(*at) == last && specific(m))
        .map(|(_, m)| *m)
        .collect();
    matters.extend(Families::numbers(&text, 0, count));
    matters.sort_unstable();
    matters.dedup();
    let in_list = |at: usize, id: list::ListId| {
        text.tokens
            .get(at)
            .is_some_and(|t| scene.lists_id(id, t.word))
    };
    const DOER_WITHIN: usize = 6;
    let doer = (0..count.min(DOER_WITHIN))
        .find_map(|at| {
            if in_list(at, list::WANT_SOMEONE) {
                Some(Doer::Us)
            } else if in_list(at, list::WANT_THEM) {
                Some(Doer::Customer)
            } else if in_list(at, list::THERE_WORD) {
                Some(Doer::There)
            } else {
                by_word.iter().any(|(i, _)| *i == at).then_some(Doer::Named)
            }
        })
        .unwrap_or(Doer::Named);
    let told = |fallback: Wants| {
        const KINDS: &[(&str, Wants)] = &[
            ("want-cause", Wants::Cause),
            ("want-way", Wants::Way),
            ("want-time", Wants::Time),
            ("want-person", Wants::Person),
            ("want-place", Wants::Place),
            ("want-amount", Wants::Amount),
            ("want-news", Wants::News),
        ];
        KINDS
            .iter()
            .find(|(list, _)| has(list))
            .map_or(fallback, |(_, wants)| *wants)
    };
    let wants = match ask.kind {
        AskKind::YesNo if has("want-news") => Wants::News,
        AskKind::YesNo => Wants::Verdict,
        AskKind::Request if has("want-told") => {
            if has("want-verdict") {
                Wants::Verdict
            } else {
                told(Wants::Deed)
            }
        }
        AskKind::Request => Wants::Deed,
        AskKind::When => Wants::Time,
        AskKind::HowMuch => Wants::Amount,
        AskKind::Where => Wants::Place,
        AskKind::Who => Wants::Person,
        AskKind::Why => Wants::Cause,
        AskKind::How => told(Wants::Way),
        AskKind::What | AskKind::Which => told(Wants::Thing),
    };
    let doer = if wants == Wants::Deed { Doer::Us } else { doer };
    let opening = (0..count)
        .find(|at| text.tokens[*at].kind == Kind::Word && !in_list(*at, list::ASK_CARRY))
        .map_or(UNKNOWN, |at| text.tokens[at].word);
    Wanted {
        wants,
        doer,
        bare: matters.is_empty(),
        matters,
        subject,
        focus,
        repeats: None,
        rank: 0,
        leave: scene.lists_id(list::WANT_LEAVE, opening),
        opening,
    }
}
