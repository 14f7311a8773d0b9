//! Somebody is here: the form in which they are announced, and who of several it is.

use crate::sheets::{AnnouncingSheet, CandidateSheet, ChoosingSheet, Person};
use askama::Template;

#[derive(Template)]
#[template(path = "announcing.html")]
pub struct Announcing<'a> {
    line: &'a str,
    on_the_phone: bool,
    meant_for: &'a str,
    colleagues: &'a [Person],
    candidates: &'a [CandidateSheet],
    problem: Option<&'a str>,
}

impl<'a> Announcing<'a> {
    pub fn of(sheet: &'a AnnouncingSheet) -> Self {
        Self {
            line: &sheet.line,
            on_the_phone: sheet.channel == "phone",
            meant_for: &sheet.meant_for,
            colleagues: &sheet.colleagues,
            candidates: &sheet.candidates,
            problem: sheet.problem.as_deref(),
        }
    }
}

#[derive(Template)]
#[template(path = "choosing.html")]
pub struct Choosing<'a> {
    id: &'a str,
    words: &'a str,
    candidates: &'a [CandidateSheet],
}

impl<'a> Choosing<'a> {
    pub fn of(sheet: &'a ChoosingSheet) -> Self {
        Self {
            id: &sheet.id,
            words: &sheet.words,
            candidates: &sheet.candidates,
        }
    }
}
