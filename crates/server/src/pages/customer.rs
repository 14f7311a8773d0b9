//! The person before us: beside a conversation, and everything that is held about them on a page of its own.

use super::list::{List, RowView};
use super::when::when;
use crate::sheets::{Around, CustomerPageSheet, CustomerSheet, HistorySheet};
use askama::Template;

/// What they say of themselves and what was before, as the head of a conversation and their own page show it.
pub struct PersonView<'a> {
    pub id: &'a str,
    pub name: &'a str,
    pub addressed_as: &'a str,
    pub matters: &'a str,
    /// Since when we may keep that.
    pub agreed: Option<String>,
    pub reached: Vec<&'a str>,
    pub since: String,
    pub history: &'a [HistorySheet],
    pub worked: Option<&'a str>,
}

impl<'a> PersonView<'a> {
    pub fn of(sheet: &'a CustomerSheet, around: &Around) -> Self {
        let day = |at| when(at, around.now, &around.tz).short;
        Self {
            id: &sheet.id,
            name: &sheet.name,
            addressed_as: &sheet.addressed_as,
            matters: &sheet.matters,
            agreed: sheet.matters_agreed_at.map(day),
            reached: sheet
                .addresses
                .iter()
                .chain(&sheet.phones)
                .map(String::as_str)
                .collect(),
            since: day(sheet.since),
            history: &sheet.history,
            worked: sheet.worked.as_deref(),
        }
    }
}

#[derive(Template)]
#[template(path = "customer.html")]
pub struct CustomerPage<'a> {
    list: List<'a>,
    person: PersonView<'a>,
    holdings: &'a [(&'static str, i64)],
    elsewhere: i64,
    conversations: Vec<RowView<'a>>,
    problem: Option<&'a str>,
    /// A conversation is not what this page is about; the form of the person asks.
    number: i64,
}

impl<'a> CustomerPage<'a> {
    pub fn of(sheet: &'a CustomerPageSheet) -> Self {
        let around = &sheet.around;
        Self {
            list: List::of(around, None),
            person: PersonView::of(&sheet.person, around),
            holdings: &sheet.holdings,
            elsewhere: sheet.elsewhere,
            conversations: sheet
                .conversations
                .iter()
                .map(|row| RowView::of(row, around, None))
                .collect(),
            problem: sheet.problem.as_deref(),
            number: 0,
        }
    }
}

#[derive(Template)]
#[template(path = "erased.html")]
pub struct Erased {
    pub soon: bool,
}
