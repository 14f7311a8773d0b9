//! The list of conversations and what surrounds it.

use super::promises::{self, PromiseView};
use super::when::{When, when};
use crate::sheets::backup::{CallLine, Colleague, OwnWord};
use crate::sheets::breaks::BreaksSheet;
use crate::sheets::{Around, KnockSheet, NodSheet, Row, Standing, Whose};

pub struct List<'a> {
    pub agent: &'a str,
    pub agent_id: &'a str,
    pub mark: &'a str,
    pub inbox_name: &'a str,
    pub title: String,
    pub standings: Vec<Turn>,
    pub owners: Vec<Turn>,
    pub rows: Vec<RowView<'a>>,
    pub nothing: &'static str,
    pub older: Option<String>,
    pub back: String,
    pub mail_problem: Option<&'a str>,
    pub words_problem: Option<&'a str>,
    pub playbook_problem: Option<&'a str>,
    pub nods: &'a [NodSheet],
    pub drop_folder: bool,
    pub brought_up: Vec<PromiseView<'a>>,
    pub calls: &'a [CallLine],
    pub people: &'a [Colleague],
    pub breaks: &'a BreaksSheet,
    pub own_here: bool,
    pub own_break: bool,
    pub own_away: bool,
    /// The page this list is on.
    pub here: String,
    pub knocks: &'a [KnockSheet],
}

/// One of the ways to look at the list.
pub struct Turn {
    pub word: &'static str,
    pub href: String,
    pub here: bool,
    pub count: i64,
}

pub struct RowView<'a> {
    pub number: i64,
    pub who: &'a str,
    pub subject: &'a str,
    pub first: &'a str,
    pub with: Option<&'a str>,
    pub at: When,
    pub here: bool,
}

impl<'a> List<'a> {
    /// `chosen` is the conversation that is open beside the list.
    pub fn of(around: &'a Around, chosen: Option<i64>) -> Self {
        let address = |standing: Standing, whose: Whose| {
            format!("/inbox?state={}&whose={}", standing.word(), whose.word())
        };
        let standing = |standing, word, count| Turn {
            word,
            href: address(standing, around.whose),
            here: around.standing == standing,
            count,
        };
        let owner = |whose, word| Turn {
            word,
            href: address(around.standing, whose),
            here: around.whose == whose,
            count: 0,
        };
        let back = address(around.standing, around.whose);
        Self {
            agent: &around.agent.name,
            agent_id: &around.agent.id,
            mark: &around.mark,
            inbox_name: &around.inbox_name,
            title: format!("{} conversations", title_of(around.standing)),
            standings: vec![
                standing(Standing::Open, "Open", around.open_count),
                standing(Standing::Waiting, "Waiting", around.waiting_count),
                standing(Standing::Done, "Done", around.done_count),
            ],
            owners: vec![owner(Whose::Mine, "Mine"), owner(Whose::All, "Everybody’s")],
            rows: around
                .rows
                .iter()
                .map(|row| RowView::of(row, around, chosen))
                .collect(),
            nothing: nothing(around.standing),
            older: around
                .older
                .as_ref()
                .map(|before| format!("{back}&before={before}")),
            back,
            mail_problem: around.mail_problem.as_deref(),
            words_problem: around.words_problem.as_deref(),
            playbook_problem: around.playbook_problem.as_deref(),
            nods: &around.nods,
            drop_folder: around.drop_folder,
            brought_up: promises::brought_up(around),
            calls: &around.calls,
            people: &around.people,
            breaks: &around.breaks,
            own_here: around.own == OwnWord::Here,
            own_break: around.own == OwnWord::Break,
            own_away: around.own == OwnWord::Away,
            here: chosen.map_or_else(
                || "/inbox".to_owned(),
                |number| format!("/conversations/{number}"),
            ),
            knocks: &around.knocks,
        }
    }
}

impl<'a> RowView<'a> {
    pub fn of(row: &'a Row, around: &'a Around, chosen: Option<i64>) -> Self {
        Self {
            number: row.number,
            who: &row.customer_name,
            subject: subject_or_words(&row.subject),
            first: &row.preview,
            with: row.assignee_name.as_deref().map(|name| {
                if name == around.agent.name {
                    "me"
                } else {
                    name
                }
            }),
            at: when(row.updated_at, around.now, &around.tz),
            here: chosen == Some(row.number),
        }
    }
}

/// A letter without a subject still needs something to be called by.
pub fn subject_or_words(subject: &str) -> &str {
    if subject.trim().is_empty() {
        "no subject"
    } else {
        subject
    }
}

fn title_of(standing: Standing) -> &'static str {
    match standing {
        Standing::Open => "Open",
        Standing::Waiting => "Waiting",
        Standing::Done => "Done",
    }
}

fn nothing(standing: Standing) -> &'static str {
    match standing {
        Standing::Open => "Nothing is waiting.",
        Standing::Waiting => "No answer is being waited for.",
        Standing::Done => "Nothing is closed yet.",
    }
}
