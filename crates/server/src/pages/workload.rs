//! What arrives at a team, in tables of few words; and what is not seen there.

use super::list::List;
use crate::sheets::workload::{HourSheet, Told, UnseenSheet, WorkloadSheet};
use askama::Template;

#[derive(Template)]
#[template(path = "workload.html")]
pub struct Workload<'a> {
    list: List<'a>,
    sheet: &'a WorkloadSheet,
    hours: Vec<HourRow>,
}

struct HourRow {
    /// "9–10"
    hour: String,
    letters: String,
    counter: String,
    phone: String,
}

impl<'a> Workload<'a> {
    pub fn of(sheet: &'a WorkloadSheet) -> Self {
        Self {
            list: List::of(&sheet.around, None),
            sheet,
            hours: sheet.hours.iter().map(HourRow::of).collect(),
        }
    }

    fn said(&self, told: &Told) -> String {
        said(*told)
    }
}

impl HourRow {
    fn of(hour: &HourSheet) -> Self {
        Self {
            hour: format!("{}–{}", hour.from, hour.until),
            letters: said(hour.letters),
            counter: said(hour.counter),
            phone: said(hour.phone),
        }
    }
}

fn said(told: Told) -> String {
    match told {
        Told::None => "none".to_owned(),
        Told::Few => "few".to_owned(),
        Told::Many(count) => count.to_string(),
    }
}

/// One thing that is not seen: what, where it is, and why nobody else is shown it.
pub struct Hidden {
    pub what: &'static str,
    pub place: &'static str,
    pub why: &'static str,
}

const HIDDEN: [Hidden; 10] = [
    Hidden {
        what: "What somebody feels, fears, notices or is glad of; their anchor, journal, landings and keepsakes",
        place: "sealed in the browser of whoever wrote it; the desk keeps bytes that it cannot open",
        why: "The inner life belongs to the person. Written for a lead, it would be written differently, or not at all.",
    },
    Hidden {
        what: "Who breathed, how often, or what somebody does instead",
        place: "nowhere",
        why: "A breath that is counted is a task.",
    },
    Hidden {
        what: "Who took a break, when, how often, how long and why",
        place: "in the desk’s memory stands how it is now: “on a break, back about 14:20”; what it was before is forgotten",
        why: "A break that is clocked is no break. There is no table for it, so none can be switched on.",
    },
    Hidden {
        what: "How many hard moments somebody had in a row, and the limit that they set for themselves",
        place: "in the tab of their own browser, gone with it; the limit in their browser, or sealed in their room",
        why: "It says how much somebody bears, and that is theirs to say. The next-one key only asks for a calmer one.",
    },
    Hidden {
        what: "How warm letters were, by person, by hour or at all",
        place: "nowhere: worked out each time a conversation is opened",
        why: "Words are hot, people are not, and nobody is led by it.",
    },
    Hidden {
        what: "Drafts before they are sent, the notes beside them, and which of them were passed by",
        place: "drafts are sealed with their author’s key; notes are nowhere",
        why: "Nobody thinks with somebody looking over their shoulder.",
    },
    Hidden {
        what: "Who called for help or came, and how often",
        place: "a call stands in the database until its moment closes, and then nowhere",
        why: "Asking early is good work. Counted, it would look like weakness.",
    },
    Hidden {
        what: "Who rehearsed what, what they answered, and how it ended",
        place: "nowhere: the page that is open holds it, and it goes with the page",
        why: "Where nobody watches, one can try what may go wrong.",
    },
    Hidden {
        what: "How many conversations, replies or promises somebody had",
        place: "each stands with its conversation, and whoever may open that sees it; no page adds them up by person",
        why: "Such figures reward the quick closing of easy moments, and punish whoever took the hard one.",
    },
    Hidden {
        what: "Anything of fewer than five: conversations of one kind, or people who promised",
        place: "left out before the page is made",
        why: "A sum over a few is about one of them.",
    },
];

#[derive(Template)]
#[template(path = "workload_unseen.html")]
pub struct Unseen<'a> {
    list: List<'a>,
    hidden: &'static [Hidden],
}

impl<'a> Unseen<'a> {
    pub fn of(sheet: &'a UnseenSheet) -> Self {
        Self {
            list: List::of(&sheet.around, None),
            hidden: &HIDDEN,
        }
    }
}
