//! What a reply does, heard through the engine: its notes, its virtues, its promises, and what it says of what was asked.
//!
//! No word is looked for here. What counts as blame, as an answer or as a time is the engine's to say.

mod asks;

pub(crate) use asks::{fitting, tells};

use crate::deed::Deed;
use crate::story::{Ask, Story};
use unruffled_engine::{DraftInput, Earlier, Engine, Review, Span};

/// A deed with the words that show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub deed: Deed,
    /// Words of the reply.
    pub spans: Vec<Span>,
    /// What the engine says of them, for the first that it says something of.
    pub because: Option<String>,
}

/// Everything a reply does.
#[derive(Debug, Default)]
pub struct Heard {
    /// In order of what is heard first.
    pub deeds: Vec<Found>,
    /// Which of the open asks it takes up, by their place in the list.
    pub taken_up: Vec<usize>,
    /// Which of them it takes up with nothing but a time by which the answer comes.
    pub held_over: Vec<usize>,
}

impl Heard {
    pub fn does(&self, deed: Deed) -> bool {
        self.deeds.iter().any(|found| found.deed == deed)
    }

    pub fn is_harsh(&self) -> bool {
        self.deeds.iter().any(|found| found.deed.is_harsh())
    }

    fn add(&mut self, deed: Deed, span: Option<&Span>, because: Option<&str>) {
        let at = match self.deeds.iter().position(|found| found.deed == deed) {
            Some(at) => at,
            None => {
                self.deeds.push(Found {
                    deed,
                    spans: Vec::new(),
                    because: None,
                });
                self.deeds.len() - 1
            }
        };
        let found = &mut self.deeds[at];
        if let Some(span) = span
            && !span.text.trim().is_empty()
        {
            add(&mut found.spans, span);
        }
        if found.because.is_none() {
            found.because = because.map(str::to_owned);
        }
    }
}

/// Adds words to what shows a deed; of words that overlap, the longer stay.
fn add(spans: &mut Vec<Span>, span: &Span) {
    let length = |span: &Span| span.end - span.start;
    if spans
        .iter()
        .any(|other| meets(other, span) && length(other) >= length(span))
    {
        return;
    }
    spans.retain(|other| !meets(other, span));
    spans.push(span.clone());
}

/// What surrounds a reply.
pub struct Around<'a> {
    pub engine: &'a Engine,
    pub story: &'a Story,
    /// The words that it answers, and what was written before.
    pub wrote: &'a str,
    pub earlier: &'a [Earlier],
    pub open: &'a [&'a Ask],
}

/// Steps one can follow, and how many make a way.
const STEPS: &str = "G15";
const STEPS_MIN: usize = 2;

impl Around<'_> {
    /// Everything that `draft` does.
    pub fn hear(&self, draft: &str) -> Heard {
        let mut heard = Heard::default();
        if draft.trim().is_empty() {
            heard.add(Deed::LeftOpen, None, None);
            return heard;
        }
        let known = self.story.known();
        let input = DraftInput {
            draft,
            message: Some(self.wrote),
            reading: None,
            earlier: self.earlier,
            facts: &known,
            customer_name: Some(&self.story.customer),
            now: self.story.now.as_ref(),
            leans: &[],
            answers: &[],
            statements: &[],
        };
        let review = self.engine.review(&input);
        let mut unkind = self.unkind(&review, &mut heard);
        unkind.extend(asks::parroted(draft, self.wrote));
        self.kind(&review, &unkind, &mut heard);
        self.asks(&input, &review, &unkind, &mut heard);
        heard.deeds.sort_by_key(|found| found.deed);
        heard
    }

    /// What makes it worse; the sentences in which that stands come back.
    fn unkind(&self, review: &Review, heard: &mut Heard) -> Vec<(usize, usize)> {
        let mut sentences = Vec::new();
        // A hint is for whoever writes to look at: nobody's temper turns on it.
        for note in review.notes.iter().filter(|note| !note.hint) {
            if let Some(deed) = Deed::of_note(&note.code, note.weight) {
                heard.add(deed, Some(&note.span), Some(&note.says));
                // A claim that nobody checked may still be the answer to a question.
                if deed != Deed::NotChecked && deed != Deed::HardToFollow {
                    sentences.push((note.span.start, note.span.end));
                }
            }
        }
        sentences
    }

    /// What makes it better, where it stands apart from what makes it worse.
    fn kind(&self, review: &Review, unkind: &[(usize, usize)], heard: &mut Heard) {
        let steps = review.virtues.iter().filter(|v| v.code == STEPS).count();
        let apart = |span: &Span| apart(unkind, span);
        for virtue in review.virtues.iter().filter(|v| apart(&v.span)) {
            // One step alone is a figure or a sentence like any other.
            let is_lone_step = virtue.code == STEPS && steps < STEPS_MIN;
            if let Some(deed) = Deed::of_virtue(&virtue.code).filter(|_| !is_lone_step) {
                let says = self
                    .engine
                    .card(&virtue.card)
                    .map(|c| c.front.says.as_str());
                heard.add(deed, Some(&virtue.span), says);
            }
        }
        let named = review
            .echo
            .iter()
            .filter_map(|echo| echo.named_before_explaining.as_ref())
            .filter(|span| apart(span))
            // What we will do is not what they lived.
            .filter(|span| !review.promises.iter().any(|p| meets(&p.span, span)));
        for span in named {
            heard.add(Deed::Acknowledged, Some(span), None);
        }
        for promise in &review.promises {
            let firm = promise.due.is_some() && !promise.vague && !promise.conditional;
            if firm && apart(&promise.span) {
                heard.add(Deed::PromisedTime, Some(&promise.span), None);
            }
        }
        // What is said back in the same breath as blame is not heard as being heard.
        if heard.is_harsh() || heard.does(Deed::TakenBack) {
            heard.deeds.retain(|found| {
                !matches!(found.deed, Deed::Acknowledged | Deed::Owned | Deed::Thanked)
            });
        }
    }
}

fn meets(one: &Span, other: &Span) -> bool {
    one.start < other.end && other.start < one.end
}

fn apart(unkind: &[(usize, usize)], span: &Span) -> bool {
    !unkind
        .iter()
        .any(|(from, to)| span.start < *to && *from < span.end)
}
