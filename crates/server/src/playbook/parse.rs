//! One file of the playbook: a front of TOML between `+++`, below it the wording. Every fault at once.

use jiff::civil::Date;
use toml::de::{DeTable, DeValue};

use super::values::{coded, fact_of, has_currency, is_login, often_of};
use super::{Choice, Fault, Kind, wording};
use crate::limits::{
    OPTION_FILE_BYTES_MAX, OPTION_LINE_CHARS_MAX, OPTION_LIST_MAX, OPTION_WORDING_CHARS_MAX,
};

const KEYS: &str =
    "says, kind, topics, cues, facts, what_ifs, amount, often, alone, nod, costs, leads_to, until";

struct Faults<'a> {
    file: &'a str,
    all: Vec<Fault>,
}

impl Faults<'_> {
    fn add(&mut self, line: usize, says: impl Into<String>) {
        self.all.push(Fault {
            file: self.file.to_owned(),
            line,
            says: says.into(),
        });
    }
}

/// Reads one option. `file` ends in its id and `.md`.
pub fn parse(file: &str, group: &str, source: &str) -> Result<Choice, Vec<Fault>> {
    let mut faults = Faults {
        file,
        all: Vec::new(),
    };
    let mut option = Choice {
        id: id(file, &mut faults),
        group: group.to_owned(),
        ..Choice::default()
    };
    if source.len() > OPTION_FILE_BYTES_MAX {
        faults.add(0, "this file is longer than an option can be (16 kB)");
        return Err(faults.all);
    }
    let source = source.strip_prefix('\u{feff}').unwrap_or(source);
    let source = source.replace("\r\n", "\n");
    let Some((front, body, body_line)) = split(&source, &mut faults) else {
        return Err(faults.all);
    };
    let lines = Lines(front);
    let (table, broken) = DeTable::parse_recoverable(front);
    for fault in broken {
        let at = fault.span().map_or(0, |span| span.start);
        faults.add(lines.of(at), fault.message().trim_end_matches('.'));
    }
    let mut seen_says = false;
    for (key, value) in table.get_ref() {
        let line = lines.of(key.span().start);
        seen_says |= key.get_ref() == "says";
        field(
            &mut option,
            key.get_ref(),
            value.get_ref(),
            line,
            &mut faults,
        );
    }
    if !seen_says {
        faults.add(1, "`says` is missing: the remedy in words");
    }
    let restricted = !option.limits.alone.is_empty()
        && !option.limits.alone.iter().any(|who| who == "everybody");
    if restricted && option.limits.nod.is_none() {
        faults.add(1, "`nod` is missing: not everybody may grant this alone, so say whose nod the others need");
    }
    option.wording = body.trim().to_owned();
    words(&option.wording, body_line + leading(body), &mut faults);
    if faults.all.is_empty() {
        Ok(option)
    } else {
        faults.all.sort_by_key(|fault| fault.line);
        Err(faults.all)
    }
}

fn id(file: &str, faults: &mut Faults<'_>) -> String {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    let id = name.strip_suffix(".md").unwrap_or(name);
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if id.is_empty() || id.len() > 60 || !id.chars().all(is_plain) {
        faults.add(
            0,
            "an option's file is named in small letters, digits and hyphens, and ends in .md",
        );
    }
    id.to_owned()
}

/// The front, what lies below it, and the line on which that begins.
fn split<'a>(source: &'a str, faults: &mut Faults<'_>) -> Option<(&'a str, &'a str, usize)> {
    let Some(rest) = source.strip_prefix("+++\n") else {
        faults.add(1, "the first line has to be `+++`");
        return None;
    };
    let end = if rest.starts_with("+++\n") || rest == "+++" {
        Some(0)
    } else {
        rest.find("\n+++\n")
            .or_else(|| rest.ends_with("\n+++").then(|| rest.len() - 4))
            .map(|at| at + 1)
    };
    let Some(end) = end else {
        faults.add(1, "the front part lacks its closing `+++`");
        return None;
    };
    let front = &rest[..end];
    let body = rest[end..].strip_prefix("+++").unwrap_or_default();
    let body = body.strip_prefix('\n').unwrap_or(body);
    Some((front, body, front.matches('\n').count() + 3))
}

/// Lines above the first word.
fn leading(body: &str) -> usize {
    body[..body.len() - body.trim_start().len()]
        .matches('\n')
        .count()
}

/// The lines of a front, which begins on the second of its file.
struct Lines<'a>(&'a str);

impl Lines<'_> {
    fn of(&self, at: usize) -> usize {
        let at = self.0.floor_char_boundary(at.min(self.0.len()));
        self.0[..at].matches('\n').count() + 2
    }
}

fn field(
    option: &mut Choice,
    key: &str,
    value: &DeValue<'_>,
    line: usize,
    faults: &mut Faults<'_>,
) {
    match key {
        "says" => {
            option.says = one_line(key, value, line, faults).unwrap_or_default();
            if option.says.is_empty() {
                faults.add(line, "`says`: the remedy in words is wanted");
            }
        }
        "kind" => match one_line(key, value, line, faults).as_deref() {
            Some("remedy") => option.kind = Kind::Remedy,
            Some("wow") => option.kind = Kind::Wow,
            Some(other) => faults.add(line, format!("`kind`: `{other}` is neither remedy nor wow")),
            None => {}
        },
        "topics" => {
            option.fits.topics = list(key, value, line, faults, |topic| {
                topic
                    .chars()
                    .any(char::is_alphanumeric)
                    .then_some(())
                    .ok_or_else(|| format!("`topics`: `{topic}` holds no word"))
            })
        }
        "cues" => {
            option.fits.cues = list(key, value, line, faults, |code| {
                coded(code, 'C', 2)
                    .then_some(())
                    .ok_or_else(|| format!("`cues`: `{code}` is no cue's code; C10 is one"))
            })
        }
        "what_ifs" => {
            option.fits.what_ifs = list(key, value, line, faults, |code| {
                (coded(code, 'H', 1) && ("H1"..="H8").contains(&code))
                    .then_some(())
                    .ok_or_else(|| format!("`what_ifs`: `{code}` is none of H1 to H8"))
            })
        }
        "facts" => {
            let given = list(key, value, line, faults, |fact| fact_of(fact).map(drop));
            option.fits.facts = given.iter().filter_map(|fact| fact_of(fact).ok()).collect();
        }
        "amount" => {
            option.limits.amount = checked(key, value, line, faults, |amount| {
                has_currency(amount).then(|| amount.to_owned()).ok_or_else(|| {
                format!("`amount`: `{amount}` is no amount with its currency, such as £24 or 24 EUR")
            })
            })
        }
        "often" => option.limits.often = checked(key, value, line, faults, often_of),
        "alone" => {
            option.limits.alone = match value {
                DeValue::String(_) => one_line(key, value, line, faults).into_iter().collect(),
                _ => list(key, value, line, faults, |who| {
                    is_login(who).then_some(()).ok_or_else(|| {
                        format!("`alone`: `{who}` is no login, nor leads, nor everybody")
                    })
                }),
            }
        }
        "nod" => {
            option.limits.nod = checked(key, value, line, faults, |who| {
                (who == "a lead" || is_login(who))
                    .then(|| who.to_owned())
                    .ok_or_else(|| {
                        format!("`nod`: `{who}` is no login; one login, or “a lead”, is wanted")
                    })
            })
        }
        "costs" => option.costs = one_line(key, value, line, faults).unwrap_or_default(),
        "leads_to" => option.leads_to = one_line(key, value, line, faults).unwrap_or_default(),
        "until" => option.until = date(value, line, faults),
        other => faults.add(
            line,
            format!("there is no key `{other}`; an option has {KEYS}"),
        ),
    }
}

fn one_line(
    key: &str,
    value: &DeValue<'_>,
    line: usize,
    faults: &mut Faults<'_>,
) -> Option<String> {
    let Some(words) = value.as_str() else {
        faults.add(
            line,
            format!("`{key}`: words between quotation marks are wanted"),
        );
        return None;
    };
    let words = words.trim();
    if words.contains('\n') || words.chars().count() > OPTION_LINE_CHARS_MAX {
        faults.add(
            line,
            format!("`{key}`: one line of at most {OPTION_LINE_CHARS_MAX} letters is wanted"),
        );
        return None;
    }
    Some(words.to_owned())
}

/// One line that has to be something; an empty one is none.
fn checked<T>(
    key: &str,
    value: &DeValue<'_>,
    line: usize,
    faults: &mut Faults<'_>,
    check: impl Fn(&str) -> Result<T, String>,
) -> Option<T> {
    let words = one_line(key, value, line, faults)?;
    if words.is_empty() {
        return None;
    }
    match check(&words) {
        Ok(it) => Some(it),
        Err(says) => {
            faults.add(line, says);
            None
        }
    }
}

fn list(
    key: &str,
    value: &DeValue<'_>,
    line: usize,
    faults: &mut Faults<'_>,
    check: impl Fn(&str) -> Result<(), String>,
) -> Vec<String> {
    let Some(items) = value.as_array() else {
        faults.add(
            line,
            format!("`{key}`: a list is wanted, such as [\"one\", \"another\"]"),
        );
        return Vec::new();
    };
    if items.len() > OPTION_LIST_MAX {
        faults.add(
            line,
            format!("`{key}`: at most {OPTION_LIST_MAX} are taken"),
        );
    }
    let mut kept: Vec<String> = Vec::new();
    for item in items.iter().take(OPTION_LIST_MAX) {
        let Some(words) = one_line(key, item.get_ref(), line, faults) else {
            continue;
        };
        match check(&words) {
            Ok(()) if kept.contains(&words) => {}
            Ok(()) => kept.push(words),
            Err(says) => faults.add(line, says),
        }
    }
    kept
}

fn date(value: &DeValue<'_>, line: usize, faults: &mut Faults<'_>) -> Option<Date> {
    let words = match value {
        DeValue::Datetime(day) => day.to_string(),
        DeValue::String(words) if words.trim().is_empty() => return None,
        DeValue::String(words) => words.trim().to_owned(),
        _ => String::new(),
    };
    let day: Option<Date> = (words.len() == 10).then(|| words.parse().ok()).flatten();
    if day.is_none() {
        faults.add(line, "`until`: a day is wanted, such as 2027-03-31");
    }
    day
}

fn words(wording: &str, line: usize, faults: &mut Faults<'_>) {
    if wording.is_empty() {
        faults.add(
            line,
            "the wording is missing: what somebody may say, below the second `+++`",
        );
    }
    if wording.chars().count() > OPTION_WORDING_CHARS_MAX {
        faults.add(
            line,
            format!("the wording is longer than {OPTION_WORDING_CHARS_MAX} letters"),
        );
    }
    if let Err((at, says)) = wording::check(wording) {
        faults.add(line + wording[..at].matches('\n').count(), says);
    }
}
