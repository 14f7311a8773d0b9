//! The room of one's own: an empty page that the browser fills, because only it can.

use super::list::List;
use crate::sheets::own::OwnSheet;
use askama::Template;

#[derive(Template)]
#[template(path = "own.html")]
pub struct Own<'a> {
    list: List<'a>,
}

impl<'a> Own<'a> {
    pub fn of(sheet: &'a OwnSheet) -> Self {
        Self {
            list: List::of(&sheet.around, None),
        }
    }
}
