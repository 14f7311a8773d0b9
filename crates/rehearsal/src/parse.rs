//! One story's file: a front of TOML between `+++`, below it the letters. Every fault at once.

mod front;

use crate::deed::Deed;
use crate::limits::{LETTER_CHARS_MAX, LETTERS_MAX, LETTERS_MIN, LINE_CHARS_MAX, LINES_MAX};
use crate::sections::{self, Section};
use crate::story::{Ask, Fault, Letter, Reaction, Story};

/// The faults of one file, as they are found.
pub(crate) struct Faults<'a> {
    pub file: &'a str,
    pub all: Vec<Fault>,
}

impl Faults<'_> {
    pub fn add(&mut self, line: usize, says: impl Into<String>) {
        self.all.push(Fault {
            file: self.file.to_owned(),
            line,
            says: says.into(),
        });
    }
}

/// Reads one story. `file` ends in its id and `.md`.
pub fn parse(file: &str, source: &str) -> Result<Story, Vec<Fault>> {
    let mut faults = Faults {
        file,
        all: Vec::new(),
    };
    if source.len() > crate::limits::STORY_FILE_BYTES_MAX {
        faults.add(0, "this file is longer than a story can be (48 kB)");
        return Err(faults.all);
    }
    let source = source.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let (front, body, line) = match sections::front(&source) {
        Ok(parts) => parts,
        Err((line, says)) => {
            faults.add(line, says);
            return Err(faults.all);
        }
    };
    let mut story = front::read(front, &mut faults);
    story.id = id(file, &mut faults);
    body_of(&mut story, &sections::sections(body, line), &mut faults);
    match faults.all.is_empty() {
        true => Ok(story),
        false => {
            faults.all.sort_by_key(|fault| fault.line);
            Err(faults.all)
        }
    }
}

fn id(file: &str, faults: &mut Faults<'_>) -> String {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    let id = name.strip_suffix(".md").unwrap_or(name);
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if id.is_empty() || id.len() > 60 || !id.chars().all(is_plain) {
        faults.add(
            0,
            "a story's file is named in small letters, digits and hyphens, and ends in .md",
        );
    }
    id.to_owned()
}

fn body_of(story: &mut Story, all: &[Section<'_>], faults: &mut Faults<'_>) {
    // Which letter the `###` headings belong to; none under a list.
    let mut in_letter = false;
    let mut last_line = 1;
    for section in all {
        last_line = section.line;
        match (section.depth, section.heading) {
            (0, _) => {
                if let Some((line, _)) = section.under.iter().find(|(_, l)| !l.trim().is_empty()) {
                    faults.add(*line, "this stands above the title: `# …` comes first");
                }
            }
            (1, title) => {
                story.title = title.to_owned();
                story.place = section.letters().join("\n\n");
            }
            (2, "They write") => {
                in_letter = true;
                story.letters.push(Letter {
                    words: letters(section, faults),
                    ..Letter::default()
                });
            }
            (2, heading @ ("Calm" | "Hot" | "If asked")) => {
                in_letter = false;
                let lines = points(section, faults);
                match heading {
                    "Calm" => story.calm = lines,
                    "Hot" => story.hot = lines,
                    _ => story.if_asked = lines,
                }
            }
            (3, heading) if in_letter => {
                if let Some(letter) = story.letters.last_mut() {
                    part_of(letter, heading, section, faults);
                }
            }
            (_, heading) => faults.add(
                section.line,
                format!(
                    "`{heading}` is no heading here: They write, Calm, Hot and If asked are, with `##`; under They write, with `###`, \
                     Well, Badly, Asks and When …"
                ),
            ),
        }
    }
    whole(story, last_line, faults);
}

fn part_of(letter: &mut Letter, heading: &str, section: &Section<'_>, faults: &mut Faults<'_>) {
    match heading {
        "Well" => letter.well = letters(section, faults),
        "Badly" => letter.badly = letters(section, faults),
        "Asks" => letter.asks = asks(section, faults),
        _ => match heading.strip_prefix("When ").and_then(Deed::of_heading) {
            Some(deed) => letter.reactions.push(Reaction {
                deed,
                lines: points(section, faults),
            }),
            None => {
                let known: Vec<&str> = Deed::all().map(Deed::heading).collect();
                faults.add(
                    section.line,
                    format!(
                        "`{heading}` is no heading under a letter: Well, Badly, Asks are, and When {}",
                        known.join(", When ")
                    ),
                );
            }
        },
    }
}

fn letters(section: &Section<'_>, faults: &mut Faults<'_>) -> Vec<String> {
    let letters = section.letters();
    if letters.is_empty() {
        faults.add(section.line, "nothing stands under this heading");
    }
    if letters.iter().any(|l| l.chars().count() > LETTER_CHARS_MAX) {
        faults.add(
            section.line,
            format!("a letter has at most {LETTER_CHARS_MAX} characters"),
        );
    }
    letters
}

/// The lines of a list, for stories and for the lines that all of them share.
pub(crate) fn points(section: &Section<'_>, faults: &mut Faults<'_>) -> Vec<String> {
    let points = match section.points() {
        Ok(points) => points,
        Err(line) => {
            faults.add(line, "here a list is wanted: each line begins with `- `");
            return Vec::new();
        }
    };
    if points.is_empty() {
        faults.add(section.line, "nothing stands under this heading");
    }
    if points.len() > LINES_MAX {
        faults.add(
            section.line,
            format!("a list has at most {LINES_MAX} lines"),
        );
    }
    let mut lines = Vec::new();
    for (line, words) in points {
        let words = words.replace('\n', " ");
        if words.is_empty() || words.chars().count() > LINE_CHARS_MAX {
            faults.add(
                line,
                format!("a line has words, and at most {LINE_CHARS_MAX} characters"),
            );
        }
        lines.push(words);
    }
    lines
}

fn asks(section: &Section<'_>, faults: &mut Faults<'_>) -> Vec<Ask> {
    let points = match section.points() {
        Ok(points) => points,
        Err(line) => {
            faults.add(line, "here a list is wanted: each ask begins with `- `");
            return Vec::new();
        }
    };
    let mut asks = Vec::new();
    for (line, words) in points {
        let mut parts = words.lines();
        let mut ask = Ask {
            words: parts.next().unwrap_or_default().to_owned(),
            ..Ask::default()
        };
        // A part without its word in front belongs to the one before it.
        let mut at: Option<&mut Vec<String>> = None;
        for part in parts {
            if let Some(again) = part.strip_prefix("again:") {
                ask.again.push(again.trim().to_owned());
                at = Some(&mut ask.again);
            } else if let Some(answer) = part.strip_prefix("answer:") {
                ask.answers.push(answer.trim().to_owned());
                at = Some(&mut ask.answers);
            } else {
                let before = match &mut at {
                    Some(list) => list.last_mut(),
                    None => Some(&mut ask.words),
                };
                if let Some(before) = before {
                    before.push(' ');
                    before.push_str(part);
                }
            }
        }
        if ask.again.is_empty() || ask.answers.is_empty() {
            faults.add(
                line,
                format!(
                    "`{}` needs an `again:` and an `answer:` under it",
                    ask.words
                ),
            );
        }
        asks.push(ask);
    }
    asks
}

/// What a story has to have.
fn whole(story: &Story, last_line: usize, faults: &mut Faults<'_>) {
    if story.title.is_empty() {
        faults.add(1, "the title is missing: `# …`");
    }
    if !(LETTERS_MIN..=LETTERS_MAX).contains(&story.letters.len()) {
        faults.add(
            last_line,
            format!(
                "a story has {LETTERS_MIN} to {LETTERS_MAX} letters (`## They write`); this one has {}",
                story.letters.len()
            ),
        );
    }
    for (at, letter) in story.letters.iter().enumerate() {
        for (heading, missing) in [
            ("Well", letter.well.is_empty()),
            ("Badly", letter.badly.is_empty()),
            ("Asks", letter.asks.is_empty()),
        ] {
            if missing {
                faults.add(
                    last_line,
                    format!("letter {} lacks its `### {heading}`", at + 1),
                );
            }
        }
    }
    for (heading, missing) in [
        ("Calm", story.calm.is_empty()),
        ("Hot", story.hot.is_empty()),
    ] {
        if missing {
            faults.add(last_line, format!("the story lacks its `## {heading}`"));
        }
    }
}

#[cfg(test)]
mod tests;
