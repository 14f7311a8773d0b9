//! The inbox: a table of contents.

use super::list::List;
use crate::sheets::InboxSheet;
use askama::Template;

#[derive(Template)]
#[template(path = "inbox.html")]
pub struct Inbox<'a> {
    list: List<'a>,
}

impl<'a> Inbox<'a> {
    pub fn of(sheet: &'a InboxSheet) -> Self {
        Self {
            list: List::of(&sheet.around, None),
        }
    }
}
