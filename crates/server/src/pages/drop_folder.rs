//! The demo's outgoing letters, as their recipients would see them.

use super::when::{When, when};
use crate::sheets::DropSheet;
use askama::Template;

#[derive(Template)]
#[template(path = "drop_folder.html")]
pub struct DropFolder<'a> {
    inbox_name: &'a str,
    agent_id: &'a str,
    mark: &'a str,
    folder: &'a str,
    letters: Vec<Letter<'a>>,
}

struct Letter<'a> {
    to: &'a str,
    from: &'a str,
    subject: &'a str,
    text: &'a str,
    at: When,
}

impl<'a> DropFolder<'a> {
    pub fn of(sheet: &'a DropSheet) -> Self {
        let around = &sheet.around;
        Self {
            inbox_name: &around.inbox_name,
            agent_id: &around.agent.id,
            mark: &around.mark,
            folder: &sheet.folder,
            letters: sheet
                .letters
                .iter()
                .map(|letter| Letter {
                    to: &letter.to,
                    from: &letter.from,
                    subject: &letter.subject,
                    text: letter.text.trim_end(),
                    at: when(letter.at, around.now, &around.tz),
                })
                .collect(),
        }
    }
}
