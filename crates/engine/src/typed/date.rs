//! Dates: "the 3rd of May", "2026-05-04", "next Friday", "tomorrow", "end of the week", "since March".

mod digits;
mod edge;
mod month;
mod near;
mod weekday;

use super::calendar::Way;
use super::{Class, Reader};
use crate::list;

impl Reader<'_, '_> {
    /// "Later than", at its last word.
    fn is_later_than(&self, at: usize) -> bool {
        let later = self
            .before(at)
            .is_some_and(|i| self.is(i, list::LATER_WORD));
        later && self.is(at, list::THAN_WORD)
    }

    /// Which way a bare day looks, from the verbs before it in its sentence.
    fn way(&self, at: usize) -> Way {
        let sentence = self.text.sentence_of(at);
        let mut way = Way::Nearest;
        let (mut planned, mut was) = (false, false);
        // "For the 14th", "for Friday".
        let day = self
            .before(at)
            .filter(|i| self.class(*i) == Class::The)
            .unwrap_or(at);
        let failed = || {
            (at..sentence.to)
                .any(|i| self.class(i) == Class::Happened || self.is(i, list::TOLD_NOBODY))
        };
        for i in sentence.from..(at + 4).min(sentence.to) {
            match self.class(i) {
                // "It will be delivered on the 8th", "it is booked for the 8th" lie ahead for all their past form.
                Class::Happened if i < at && !(i > 0 && self.is(i - 1, list::AHEAD_OF_PAST)) => {
                    way = Way::Back;
                    planned |= self.is(i, list::PLANNED);
                    was |= i > 0 && self.is(i - 1, list::WAS_WORD);
                }
                // "We asked them to send it on Friday", "I moved it to Friday": what was planned lies ahead of the planning.
                Class::To if planned && i < at => way = Way::Ahead,
                // "It was fixed for Friday", "they fixed it for Friday and nobody came" tell of a Friday that was.
                _ if planned && !was && i + 1 == day && self.is(i, list::FOR_WORD) && !failed() => {
                    way = Way::Ahead
                }
                Class::Since => way = Way::Back,
                // "We got it on Monday and will reply": what stands behind the day says nothing of it where a verb before it did.
                Class::Future if i < at || way == Way::Nearest => way = Way::Ahead,
                // "I was told it would come by Friday": what is meant lies ahead of the telling.
                Class::At if i + 1 == at && self.is(i, list::BY_WORD) => way = Way::Ahead,
                _ => {}
            }
        }
        way
    }
}
