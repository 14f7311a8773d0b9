//! Options: the list at the side, the playbook's page, one option to be edited.

use super::list::List;
use crate::playbook::Fields;
use crate::sheets::{OptionSheet, PlaybookGroup, PlaybookSheet};
use askama::Template;

#[derive(Template)]
#[template(path = "playbook.html")]
pub struct Playbook<'a> {
    list: List<'a>,
    groups: Vec<Group<'a>>,
    folder: Option<&'a str>,
    problem: Option<&'a str>,
    removed: Option<&'a str>,
}

struct Group<'a> {
    name: String,
    group: &'a PlaybookGroup,
}

impl<'a> Playbook<'a> {
    pub fn of(sheet: &'a PlaybookSheet) -> Self {
        Self {
            list: List::of(&sheet.around, None),
            groups: sheet
                .groups
                .iter()
                .map(|group| Group {
                    name: spoken(&group.name),
                    group,
                })
                .collect(),
            folder: sheet.folder.as_deref(),
            problem: sheet.problem.as_deref(),
            removed: sheet.removed.as_deref(),
        }
    }
}

/// A folder's name as a heading: "harbour-baths" is "Harbour baths".
fn spoken(name: &str) -> String {
    let mut letters = name.chars();
    let first: String = letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .collect();
    format!("{first}{}", letters.as_str().replace('-', " "))
}

#[derive(Template)]
#[template(path = "option.html")]
pub struct Editing<'a> {
    list: List<'a>,
    sheet: &'a OptionSheet,
    address: String,
    title: &'a str,
    lines: Vec<Line<'a>>,
    is_wow: bool,
}

/// A field of one line.
struct Line<'a> {
    name: &'static str,
    label: &'static str,
    hint: &'static str,
    value: &'a str,
}

impl<'a> Editing<'a> {
    pub fn of(sheet: &'a OptionSheet) -> Self {
        let is_new = sheet.id.is_empty();
        Self {
            list: List::of(&sheet.around, None),
            sheet,
            address: match is_new {
                true => "/options".to_owned(),
                false => format!("/options/{}", sheet.id),
            },
            title: match (is_new, sheet.fields.says.as_str()) {
                (true, _) if sheet.reply => "A saved reply",
                (true, _) => "A new option",
                (false, "") => &sheet.id,
                (false, says) => says,
            },
            lines: match sheet.reply {
                true => Vec::new(),
                false => lines(&sheet.fields),
            },
            is_wow: sheet.fields.kind == "wow",
        }
    }
}

fn lines(fields: &Fields) -> Vec<Line<'_>> {
    let line = |name, label, hint, value| Line {
        name,
        label,
        hint,
        value,
    };
    vec![
        line(
            "topics",
            "Fits where these words are met",
            "Separated by commas; several words have to stand in one sentence.",
            &fields.topics,
        ),
        line(
            "facts",
            "Fits where a fact is so",
            "Such as membership: not found. States: checked, contradicted, not found, not checked, disputed.",
            &fields.facts,
        ),
        line(
            "cues",
            "Moves up with these cues",
            "Codes, such as C10: they report something we said or promised.",
            &fields.cues,
        ),
        line(
            "what_ifs",
            "Moves up with these what-ifs",
            "H1 to H8.",
            &fields.what_ifs,
        ),
        line("amount", "Up to", "With its currency: £24.", &fields.amount),
        line(
            "often",
            "How often for one customer",
            "Once, once a year, twice a month.",
            &fields.often,
        ),
        line(
            "alone",
            "Who may grant it alone",
            "Logins, leads, or everybody; empty is everybody where nobody’s nod is named.",
            &fields.alone,
        ),
        line(
            "nod",
            "Whose nod the others need",
            "A login, or “a lead”.",
            &fields.nod,
        ),
        line("costs", "What it costs", "", &fields.costs),
        line("leads_to", "What it usually leads to", "", &fields.leads_to),
        line(
            "until",
            "The last day on which it is offered",
            "2027-03-31; empty for no end.",
            &fields.until,
        ),
    ]
}
