//! An option as fields of a form, and as the text of its file.

use serde::Deserialize;

use super::{Choice, Kind};

/// Every field as it is typed; lists are separated by commas or lines.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Fields {
    pub says: String,
    pub kind: String,
    pub topics: String,
    pub cues: String,
    pub facts: String,
    pub what_ifs: String,
    pub amount: String,
    pub often: String,
    pub alone: String,
    pub nod: String,
    pub costs: String,
    pub leads_to: String,
    pub until: String,
    pub wording: String,
}

impl Fields {
    pub fn of(option: &Choice) -> Self {
        let facts: Vec<String> = option.fits.facts.iter().map(ToString::to_string).collect();
        Self {
            says: option.says.clone(),
            kind: match option.kind {
                Kind::Remedy => "remedy",
                Kind::Wow => "wow",
            }
            .to_owned(),
            topics: option.fits.topics.join(", "),
            cues: option.fits.cues.join(", "),
            facts: facts.join(", "),
            what_ifs: option.fits.what_ifs.join(", "),
            amount: option.limits.amount.clone().unwrap_or_default(),
            often: option
                .limits
                .often
                .map(|often| often.to_string())
                .unwrap_or_default(),
            alone: option.limits.alone.join(", "),
            nod: option.limits.nod.clone().unwrap_or_default(),
            costs: option.costs.clone(),
            leads_to: option.leads_to.clone(),
            until: option.until.map(|day| day.to_string()).unwrap_or_default(),
            wording: option.wording.clone(),
        }
    }
}

/// The file that says what the fields say. What stood as a comment in the file before stays in it.
pub fn text(fields: &Fields, before: &str) -> String {
    let mut out = String::from("+++\n");
    let front = before.split("\n+++").next().unwrap_or_default();
    for line in front
        .lines()
        .filter(|line| line.trim_start().starts_with('#'))
    {
        out.push_str(line.trim());
        out.push('\n');
    }
    let kind = if fields.kind == "remedy" {
        ""
    } else {
        fields.kind.as_str()
    };
    for (key, words) in [("says", fields.says.as_str()), ("kind", kind)] {
        put(&mut out, key, words);
    }
    for (key, words) in [
        ("topics", &fields.topics),
        ("cues", &fields.cues),
        ("facts", &fields.facts),
        ("what_ifs", &fields.what_ifs),
    ] {
        put_list(&mut out, key, words);
    }
    put(&mut out, "amount", &fields.amount);
    put(&mut out, "often", &fields.often);
    put_list(&mut out, "alone", &fields.alone);
    for (key, words) in [
        ("nod", &fields.nod),
        ("costs", &fields.costs),
        ("leads_to", &fields.leads_to),
        ("until", &fields.until),
    ] {
        put(&mut out, key, words);
    }
    out.push_str("+++\n\n");
    out.push_str(fields.wording.replace("\r\n", "\n").trim());
    out.push('\n');
    out
}

fn put(out: &mut String, key: &str, words: &str) {
    let words = words.trim();
    if !words.is_empty() {
        out.push_str(&format!("{key} = {}\n", toml::Value::from(words)));
    }
}

fn put_list(out: &mut String, key: &str, words: &str) {
    let items: Vec<String> = words
        .split([',', '\n'])
        .map(str::trim)
        .filter(|item| !item.is_empty())
        .map(|item| toml::Value::from(item).to_string())
        .collect();
    if !items.is_empty() {
        out.push_str(&format!("{key} = [{}]\n", items.join(", ")));
    }
}

/// A name for the file of a new option, from the remedy in words, that none of `taken` has.
pub fn id_of(says: &str, taken: &[String]) -> String {
    let words: Vec<String> = says
        .to_lowercase()
        .split(|letter: char| !letter.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .take(5)
        .map(str::to_owned)
        .collect();
    let mut id = words.join("-");
    id.truncate(40);
    let id = match id.trim_matches('-') {
        "" => "option",
        id => id,
    };
    (1..)
        .map(|number| match number {
            1 => id.to_owned(),
            number => format!("{id}-{number}"),
        })
        .find(|id| !taken.contains(id))
        .unwrap_or_default()
}
