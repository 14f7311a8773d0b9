//! A break's own page.

use crate::sheets::breaks::BreakSheet;
use askama::Template;

#[derive(Template)]
#[template(path = "break.html")]
pub struct Break<'a> {
    sheet: &'a BreakSheet,
}

impl<'a> Break<'a> {
    pub fn of(sheet: &'a BreakSheet) -> Self {
        Self { sheet }
    }
}
