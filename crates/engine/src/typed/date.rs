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
    /// Which way a bare day looks, from the verbs before it in its sentence.
    fn way(&self, at: usize) -> Way {
        let sentence = self.text.sentence_of(at);
        let mut way = Way::Nearest;
        for i in sentence.from..(at + 4).min(sentence.to) {
            match self.class(i) {
                // "It will be delivered on the 8th" lies ahead for all its past form.
                Class::Happened if i < at && !(i > 0 && self.is(i - 1, list::BE_WORD)) => {
                    way = Way::Back
                }
                Class::Since => way = Way::Back,
                Class::Future => way = Way::Ahead,
                // "I was told it would come by Friday": what is meant lies ahead of the telling.
                Class::At if i + 1 == at && self.is(i, list::BY_WORD) => way = Way::Ahead,
                _ => {}
            }
        }
        way
    }
}
