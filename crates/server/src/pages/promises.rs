//! Promises as lines: above the inbox, at the side of a conversation, and on a page of their own.

use super::list::{List, Turn};
use crate::sheets::{Around, LedgerSheet, PromisesSheet, ToldSheet};
use crate::words;
use askama::Template;
use jiff::tz::TimeZone;
use unruffled_store::{Promise, PromiseKind, PromiseState};

/// One promise, ready to be shown.
pub struct PromiseView<'a> {
    pub id: &'a str,
    pub number: i64,
    pub who: &'a str,
    pub what: &'a str,
    /// "today, 16:00"; "no time yet".
    pub by: String,
    /// When it was due at first, where it was moved.
    pub first_by: Option<String>,
    /// The colleague who promised it.
    pub colleague: Option<&'a str>,
    pub follow_up: bool,
    pub late: bool,
    pub live: bool,
    pub broken: bool,
    /// "kept", for what was settled a moment ago.
    pub settled: &'static str,
}

impl<'a> PromiseView<'a> {
    pub fn of(promise: &'a Promise, around: &Around) -> Self {
        let (now, tz) = (around.now, &around.tz);
        let mine = promise
            .promised_by
            .as_ref()
            .is_some_and(|id| id.as_str() == around.agent.id);
        Self {
            id: promise.id.as_str(),
            number: promise.number,
            who: &promise.customer_name,
            what: &promise.what,
            by: by(promise.due_at, promise.whole_day, now, tz),
            first_by: promise.first_due_at.map(|at| words::by(at, true, now, tz)),
            colleague: promise.promised_by_name.as_deref().filter(|_| !mine),
            follow_up: promise.kind == PromiseKind::FollowUp,
            late: promise.due_at.is_some_and(|at| at <= now),
            live: promise.state.is_live(),
            broken: promise.state == PromiseState::Broken,
            settled: match promise.state {
                PromiseState::Kept => "kept",
                PromiseState::Broken => "not kept",
                PromiseState::Dismissed => "no promise",
                PromiseState::Open | PromiseState::Moved => "",
            },
        }
    }

    /// How a line begins: "Today, 16:00", "Was due yesterday".
    pub fn when(&self) -> String {
        if self.late {
            return format!("Was due {}", self.by);
        }
        let mut letters = self.by.chars();
        letters.next().map_or_else(String::new, |first| {
            first.to_uppercase().chain(letters).collect()
        })
    }
}

fn by(due: Option<i64>, whole_day: bool, now: i64, tz: &TimeZone) -> String {
    due.map_or_else(
        || "no time yet".to_owned(),
        |at| words::by(at, whole_day, now, tz),
    )
}

/// What stands above the list.
pub fn brought_up<'a>(around: &'a Around) -> Vec<PromiseView<'a>> {
    around
        .brought_up
        .iter()
        .map(|promise| PromiseView::of(promise, around))
        .collect()
}

/// What the side of a conversation says about promises.
#[derive(Default)]
pub struct Promises<'a> {
    pub first: Vec<PromiseView<'a>>,
    pub lines: Vec<PromiseView<'a>>,
    pub told: &'a [ToldSheet],
    pub check_back: Option<String>,
    pub look_again: Option<&'a str>,
}

impl<'a> Promises<'a> {
    pub fn of(sheet: &'a PromisesSheet, around: &Around) -> Self {
        let views = |promises: &'a [Promise]| {
            promises
                .iter()
                .map(|promise| PromiseView::of(promise, around))
                .collect()
        };
        Self {
            first: views(&sheet.first),
            lines: views(&sheet.lines),
            told: &sheet.told,
            check_back: sheet
                .check_back
                .map(|at| words::by(at, true, around.now, &around.tz)),
            look_again: sheet.look_again.as_deref(),
        }
    }
}

/// The page of promises.
#[derive(Template)]
#[template(path = "promises.html")]
pub struct Ledger<'a> {
    list: List<'a>,
    owners: [Turn; 2],
    groups: Vec<Group<'a>>,
}

pub struct Group<'a> {
    pub title: &'static str,
    pub promises: Vec<PromiseView<'a>>,
}

impl<'a> Ledger<'a> {
    pub fn of(sheet: &'a LedgerSheet) -> Self {
        let around = &sheet.around;
        let turn = |word, mine: bool| Turn {
            word,
            href: format!("/promises?whose={}", if mine { "mine" } else { "all" }),
            here: sheet.mine == mine,
            count: 0,
        };
        let titles = [
            "Today",
            "Tomorrow",
            "Later",
            "Past their time",
            "No time yet",
        ];
        let groups = titles
            .into_iter()
            .map(|title| Group {
                title,
                promises: sheet
                    .promises
                    .iter()
                    .filter(|promise| title_of(promise, around) == title)
                    .map(|promise| PromiseView::of(promise, around))
                    .collect(),
            })
            .filter(|group| !group.promises.is_empty())
            .collect();
        Self {
            list: List::of(around, None),
            owners: [turn("Mine", true), turn("Everybody’s", false)],
            groups,
        }
    }
}

fn title_of(promise: &Promise, around: &Around) -> &'static str {
    let Some(at) = promise.due_at else {
        return "No time yet";
    };
    if at <= around.now {
        return "Past their time";
    }
    let day = |at| words::in_zone(at, &around.tz).date();
    let today = day(around.now);
    match day(at) {
        due if due == today => "Today",
        due if today.tomorrow().is_ok_and(|next| next == due) => "Tomorrow",
        _ => "Later",
    }
}
