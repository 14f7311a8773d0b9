//! How an entry is said: `card {card}, valid until {until}[, renewed on {renewed}]`.
//!
//! What stands in square brackets is said only where every column in it holds something.

use crate::limits::COLUMN_CHARS_MAX;

/// A sentence with gaps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Says {
    parts: Vec<Part>,
    columns: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Words(String),
    /// The place of the column in `columns`.
    Column(usize),
    Maybe(Vec<Part>),
}

impl Says {
    /// Reads the sentence, or says what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut says = Self {
            parts: Vec::new(),
            columns: Vec::new(),
        };
        let mut rest = text;
        while !rest.is_empty() {
            let Some(at) = rest.find(['[', ']']) else {
                says.parts.extend(says_parts(rest, &mut says.columns)?);
                break;
            };
            if rest[at..].starts_with(']') {
                return Err("a `]` without its `[`".to_owned());
            }
            let before = says_parts(&rest[..at], &mut says.columns)?;
            says.parts.extend(before);
            let inside = &rest[at + 1..];
            let end = inside.find(']').ok_or("a `[` without its `]`")?;
            if inside[..end].contains('[') {
                return Err("a `[` inside another".to_owned());
            }
            let maybe = says_parts(&inside[..end], &mut says.columns)?;
            says.parts.push(Part::Maybe(maybe));
            rest = &inside[end + 1..];
        }
        if says.columns.is_empty() {
            return Err("it names no column; write one as {column}".to_owned());
        }
        Ok(says)
    }

    /// The columns it names, each once.
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// The sentence of one entry; `value` is given the place of a column in [`Says::columns`].
    pub fn fill<'a>(&self, value: impl Fn(usize) -> Option<&'a str>) -> String {
        let mut out = String::new();
        fill(&self.parts, &value, &mut out);
        out
    }
}

fn says_parts(text: &str, columns: &mut Vec<String>) -> Result<Vec<Part>, String> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').ok_or("a `{` without its `}`")?;
        let name = name.trim();
        let is_name = !name.is_empty() && !name.contains(['"', '`', '\\', '{', '\0']);
        if !is_name {
            return Err(format!("{{{name}}} is no column's name"));
        }
        if !before.is_empty() {
            parts.push(Part::Words(before.to_owned()));
        }
        let at = columns.iter().position(|known| known == name);
        let at = at.unwrap_or_else(|| {
            columns.push(name.to_owned());
            columns.len() - 1
        });
        parts.push(Part::Column(at));
        rest = after;
    }
    if !rest.is_empty() {
        parts.push(Part::Words(rest.to_owned()));
    }
    Ok(parts)
}

fn fill<'a>(parts: &[Part], value: &impl Fn(usize) -> Option<&'a str>, out: &mut String) {
    let held = |at: usize| value(at).map(str::trim).filter(|held| !held.is_empty());
    for part in parts {
        match part {
            Part::Words(words) => out.push_str(words),
            Part::Column(at) => match held(*at) {
                Some(held) => say(held, out),
                None => out.push('—'),
            },
            Part::Maybe(inside) => {
                let whole = inside.iter().all(|part| match part {
                    Part::Column(at) => held(*at).is_some(),
                    _ => true,
                });
                if whole {
                    fill(inside, value, out);
                }
            }
        }
    }
}

/// One line of it, and not too long.
fn say(held: &str, out: &mut String) {
    let mut last_is_space = false;
    for letter in held.chars().take(COLUMN_CHARS_MAX) {
        let is_space = letter.is_whitespace() || letter.is_control();
        if !is_space {
            out.push(letter);
        } else if !last_is_space {
            out.push(' ');
        }
        last_is_space = is_space;
    }
    if held.chars().nth(COLUMN_CHARS_MAX).is_some() {
        out.push('…');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_is_said_with_what_it_holds() {
        let says = Says::parse("card {card}[, renewed on {renewed}], {card}").expect("it reads");
        assert_eq!(says.columns(), ["card", "renewed"]);
        let whole = ["HB-1", "3\tMarch\r\n2026"];
        let said = says.fill(|at| Some(whole[at]));
        assert_eq!(said, "card HB-1, renewed on 3 March 2026, HB-1");
        let part = ["HB-1", " "];
        assert_eq!(says.fill(|at| Some(part[at])), "card HB-1, HB-1");
        assert_eq!(says.fill(|_| None), "card —, —");
    }

    #[test]
    fn a_broken_sentence_is_told_by_what_is_broken() {
        for (text, why) in [
            ("card {card", "a `{` without its `}`"),
            ("card] {card}", "a `]` without its `[`"),
            ("[card {card}", "a `[` without its `]`"),
            ("nothing", "it names no column"),
            ("{ca\"rd}", "no column's name"),
        ] {
            let fault = Says::parse(text).expect_err(text);
            assert!(fault.contains(why), "{fault}");
        }
    }
}
