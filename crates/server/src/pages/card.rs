//! "Why this?": a card in its own words, as a page or at the side.

use crate::sheets::{CardBlock, CardSheet};
use askama::Template;

#[derive(Template)]
#[template(path = "card.html")]
pub struct Card<'a> {
    title: &'a str,
    blocks: &'a [CardBlock],
    /// Headings stand under the page's title, or under the side's.
    level: u8,
}

impl<'a> Card<'a> {
    pub fn of(sheet: &'a CardSheet) -> Self {
        Self {
            title: &sheet.title,
            blocks: &sheet.blocks,
            level: 2,
        }
    }
}

#[derive(Template)]
#[template(path = "card_part.html")]
pub struct Part<'a> {
    blocks: &'a [CardBlock],
    /// Headings stand under the page's title, or under the side's.
    level: u8,
}

impl<'a> Part<'a> {
    pub fn of(sheet: &'a CardSheet) -> Self {
        Self {
            blocks: &sheet.blocks,
            level: 3,
        }
    }
}
