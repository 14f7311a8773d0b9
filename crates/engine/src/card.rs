//! A card: one Markdown file that says what to notice, why, how else to say it, and proves itself with examples.

use crate::Weight;
use serde::Deserialize;
use std::fmt;

/// What a card is about; its folder says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CardKind {
    /// Something to notice in a customer's message.
    Cue,
    /// Something to look at again in a draft.
    Check,
    /// Something a draft already does well.
    Virtue,
    /// One of the eight possibilities.
    WhatIf,
    /// Something that the practice offers to the agent at a moment.
    Prompt,
}

impl CardKind {
    /// The kind that a folder's name stands for.
    pub fn of_folder(folder: &str) -> Option<CardKind> {
        Some(match folder {
            "cues" => CardKind::Cue,
            "checks" => CardKind::Check,
            "virtues" => CardKind::Virtue,
            "what-ifs" => CardKind::WhatIf,
            "prompts" => CardKind::Prompt,
            _ => return None,
        })
    }
}

/// The lines between the `+++` marks.
#[derive(Debug, Clone, Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct Front {
    /// Taxonomy code, such as `V16`.
    pub code: String,
    /// One sentence that is shown; for a what-if, the possibility.
    pub says: String,
    /// How loudly a check speaks when nothing below says otherwise.
    pub weight: Option<Weight>,
    /// Patterns; any of them is a hit.
    pub find: Vec<String>,
    /// Patterns that, overlapping a hit, cancel it.
    pub not: Vec<String>,
    /// Conditions; any of them cancels a hit.
    pub unless: Vec<String>,
    /// Conditions; all of them have to hold.
    pub only: Vec<String>,
    /// A detector in Rust, for what words alone do not show.
    pub sense: Option<String>,
    /// Acts that a learned reader may hear where the card's own patterns are silent.
    pub learned: Vec<String>,
    /// Conditions under which the note is not given at all.
    pub silent_when: Vec<String>,
    /// Conditions under which it is `pause`.
    pub pause_when: Vec<String>,
    /// Conditions under which it is `quiet`.
    pub quiet_when: Vec<String>,
    /// Conditions under which it is `look-again`.
    pub look_again_when: Vec<String>,
    /// What a cue adds to heat, in points (EVIDENCE 6.4).
    pub points: i8,
    /// Codes of less specific checks that give way on the same words.
    pub beats: Vec<String>,
    /// The repair: `full-stop`, `time`, `name`, or `replace: WORDS`.
    pub fix: Option<String>,
    /// Read the greeting and the signature as well.
    pub everywhere: bool,
    /// Its detector looks at what does not depend on language, so it also reads texts in a language we do not know.
    pub any_language: bool,
    /// Only the first of its hits in a draft becomes a note.
    pub once: bool,
    /// What-ifs: the paired response, the question to ask.
    pub respond: String,
    pub ask: String,
    /// What-ifs: cues that give two of evidence, and one.
    pub strong: Vec<String>,
    pub weak: Vec<String>,
    /// What-ifs: cues that count one only beside another one of its cues.
    pub supporting: Vec<String>,
    /// What-ifs: cues that silence it.
    pub silenced_by: Vec<String>,
    /// Prompts: what makes it an offer: a heat, a cue's, check's or what-if's code, or `what-if` for any.
    pub offer: Vec<String>,
    /// Prompts: the agent's own key; it works at any time.
    pub key: String,
    /// Prompts that hang on time or on the person: when somebody else may offer it. The engine never does.
    pub rule: String,
    /// Prompts: the words it shows.
    pub texts: Vec<String>,
    /// Prompts: what it never is.
    pub never: Vec<String>,
    /// Prompts: shown at the edge, without a mark.
    pub quietly: bool,
}

impl Front {
    /// Takes away everything that is said in words of a language; the detector stays.
    pub(crate) fn without_words(&mut self) {
        for patterns in [
            &mut self.find,
            &mut self.not,
            &mut self.unless,
            &mut self.only,
            &mut self.silent_when,
            &mut self.pause_when,
            &mut self.quiet_when,
            &mut self.look_again_when,
        ] {
            patterns.clear();
        }
    }
}

/// One line under `## Fires` or `## Stays quiet`, with what surrounds it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Example {
    /// Line in the card's file, from 1.
    pub line: usize,
    pub text: String,
    /// Words marked by carets, as byte ranges of `text`; empty when none are marked.
    pub marked: Vec<(usize, usize)>,
    /// The customer's last message, for a check or virtue.
    pub customer: Option<String>,
    /// Earlier messages of the thread.
    pub earlier: Vec<crate::Earlier>,
    /// Known facts.
    pub facts: Vec<crate::KnownFact>,
    /// The customer's name on the account.
    pub name: Option<String>,
    /// RFC 3339 with an offset.
    pub now: Option<String>,
}

/// A card as written.
#[derive(Debug, Clone)]
pub struct Card {
    pub kind: CardKind,
    /// File name without `.md`; stable for ever: it is what people mute.
    pub id: String,
    pub front: Front,
    /// Its heading.
    pub title: String,
    /// The paragraphs under the heading.
    pub why: String,
    /// Other ways to say it.
    pub instead: Vec<String>,
    pub fires: Vec<Example>,
    pub stays_quiet: Vec<Example>,
}

/// What is wrong with a card, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardFault {
    /// The file's name as it was given.
    pub file: String,
    /// Line, from 1; 0 when it is about the file as a whole.
    pub line: usize,
    pub says: String,
}

impl fmt::Display for CardFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.file, self.says),
            line => write!(f, "{}:{line}: {}", self.file, self.says),
        }
    }
}

impl std::error::Error for CardFault {}

/// Reads one card. `file` ends in `FOLDER/ID.md`; every fault is reported, not just the first.
pub fn parse(file: &str, source: &str) -> Result<Card, Vec<CardFault>> {
    let mut faults = Vec::new();
    let fault = |line: usize, says: String| CardFault {
        file: file.to_string(),
        line,
        says,
    };
    let mut parts = file.rsplit(['/', '\\']);
    let id = parts
        .next()
        .unwrap_or("")
        .trim_end_matches(".md")
        .to_string();
    let folder = parts.next().unwrap_or("");
    let Some(kind) = CardKind::of_folder(folder) else {
        return Err(vec![fault(
            0,
            format!(
                "a card lies in cues/, checks/, virtues/, what-ifs/ or prompts/, not in `{folder}/`"
            ),
        )]);
    };
    let source = source.strip_prefix('\u{feff}').unwrap_or(source);
    let mut lines = source.lines().enumerate();
    if lines.next().map(|(_, line)| line.trim()) != Some("+++") {
        return Err(vec![fault(1, "the first line has to be `+++`".into())]);
    }
    let mut front_text = String::with_capacity(source.len());
    let mut closed = false;
    for (_, line) in lines.by_ref() {
        if line.trim() == "+++" {
            closed = true;
            break;
        }
        front_text.push_str(line);
        front_text.push('\n');
    }
    if !closed {
        return Err(vec![fault(
            1,
            "the front part lacks its closing `+++`".into(),
        )]);
    }
    let front: Front = match toml::from_str(&front_text) {
        Ok(front) => front,
        Err(error) => {
            let at = error.span().map_or(0, |span| {
                front_text[..span.start.min(front_text.len())]
                    .matches('\n')
                    .count()
                    + 2
            });
            return Err(vec![fault(at, error.message().to_string())]);
        }
    };
    let mut card = Card {
        kind,
        id,
        front,
        title: String::new(),
        why: String::new(),
        instead: Vec::new(),
        fires: Vec::new(),
        stays_quiet: Vec::new(),
    };
    let mut section = "";
    let mut block: Vec<(usize, String)> = Vec::new();
    let mut finish = |card: &mut Card, section: &str, block: &mut Vec<(usize, String)>| {
        if block.is_empty() {
            return;
        }
        match example(block) {
            Ok(found) if section == "Fires" => card.fires.extend(found),
            Ok(found) => card.stays_quiet.extend(found),
            Err((line, says)) => faults.push(CardFault {
                file: file.to_string(),
                line,
                says,
            }),
        }
        block.clear();
    };
    for (index, line) in lines {
        let number = index + 1;
        if let Some(title) = line.strip_prefix("# ") {
            card.title = title.trim().to_string();
        } else if let Some(name) = line.strip_prefix("## ") {
            finish(&mut card, section, &mut block);
            section = match name.trim() {
                "Fires" => "Fires",
                "Stays quiet" => "Stays quiet",
                "Instead" => "Instead",
                other => {
                    faults_push(&mut card, number, other);
                    ""
                }
            };
        } else {
            match section {
                "" => {
                    card.why.push_str(line);
                    card.why.push('\n');
                }
                "Instead" => {
                    if let Some(item) = line.strip_prefix("- ") {
                        card.instead.push(item.trim().to_string());
                    }
                }
                _ if line.trim().is_empty() => finish(&mut card, section, &mut block),
                _ => block.push((number, line.to_string())),
            }
        }
    }
    finish(&mut card, section, &mut block);
    card.why = card.why.trim().to_string();
    let unknown: Vec<_> = card
        .why
        .lines()
        .filter(|l| l.starts_with('\u{0}'))
        .map(str::to_string)
        .collect();
    for line in unknown {
        let (number, name) = line[1..].split_once(' ').unwrap_or(("0", ""));
        faults.push(fault(
            number.parse().unwrap_or(0),
            format!("there is no section `{name}`; a card has Instead, Fires and Stays quiet"),
        ));
    }
    if card.front.code.is_empty() {
        faults.push(fault(1, "`code` is missing".into()));
    }
    if card.front.says.is_empty() {
        faults.push(fault(1, "`says` is missing".into()));
    }
    let finds = !matches!(kind, CardKind::WhatIf | CardKind::Prompt);
    if finds && card.front.find.is_empty() && card.front.sense.is_none() {
        faults.push(fault(1, "a card needs `find` or `sense`".into()));
    }
    if kind == CardKind::Check && card.front.weight.is_none() {
        faults.push(fault(
            1,
            "a check needs a `weight`: quiet, look-again or pause".into(),
        ));
    }
    if kind == CardKind::WhatIf
        && (card.front.ask.is_empty() || !card.front.ask.trim_end().ends_with('?'))
    {
        faults.push(fault(
            1,
            "a what-if ends in a question: `ask` has to be one".into(),
        ));
    }
    if kind == CardKind::Prompt && (card.front.key.is_empty() || card.front.never.is_empty()) {
        faults.push(fault(
            1,
            "a prompt has a `key` of the agent's own, and says what it is `never`".into(),
        ));
    }
    if kind == CardKind::Prompt && card.front.offer.is_empty() == card.front.rule.is_empty() {
        faults.push(fault(
            1,
            "a prompt has either an `offer`, which words alone decide, or a `rule` for somebody else to follow"
                .into(),
        ));
    }
    // What words alone do not decide has no words to show it.
    let ruled = kind == CardKind::Prompt && !card.front.rule.is_empty();
    if card.fires.is_empty() && !ruled {
        faults.push(fault(
            0,
            "a card needs at least one example under `## Fires`".into(),
        ));
    }
    if card.stays_quiet.is_empty() && !ruled {
        faults.push(fault(
            0,
            "a card needs at least one example under `## Stays quiet`".into(),
        ));
    }
    if faults.is_empty() {
        Ok(card)
    } else {
        Err(faults)
    }
}

/// Remembers an unknown section until the faults are gathered.
fn faults_push(card: &mut Card, line: usize, name: &str) {
    card.why.push_str(&format!("\n\u{0}{line} {name}\n"));
}

/// One block of lines: context lines (`customer:`, `agent:`, `fact:`, `name:`, `now:`), then the text, with carets below
/// the line they mark. `\n` in a line stands for a line break. A block of several plain lines is several examples.
fn example(block: &[(usize, String)]) -> Result<Vec<Example>, (usize, String)> {
    let mut context = Example::default();
    let mut found: Vec<Example> = Vec::new();
    for (number, line) in block {
        let trimmed = line.trim();
        let carets = !trimmed.is_empty() && trimmed.chars().all(|c| c == '^' || c == ' ');
        if carets {
            let Some(last) = found.last_mut() else {
                return Err((*number, "carets have to stand below an example".into()));
            };
            last.marked = caret_ranges(line, &last.text)
                .ok_or((*number, "carets reach beyond the example above".to_string()))?;
            continue;
        }
        let label = trimmed.split_once(':').filter(|(label, _)| {
            matches!(
                *label,
                "customer"
                    | "agent"
                    | "earlier customer"
                    | "fact"
                    | "claimed"
                    | "disputed"
                    | "name"
                    | "now"
            )
        });
        match label {
            Some((label, value)) if found.is_empty() => {
                let value = value.trim().replace("\\n", "\n");
                let earlier = |from| crate::Earlier {
                    from,
                    text: value.clone(),
                };
                let known = |state| crate::KnownFact {
                    text: value.clone(),
                    state,
                    source: None,
                };
                match label {
                    "customer" => context.customer = Some(value),
                    "agent" => context.earlier.push(earlier(crate::From::Agent)),
                    "earlier customer" => context.earlier.push(earlier(crate::From::Customer)),
                    "fact" => context.facts.push(known(crate::FactState::Checked)),
                    "claimed" => context.facts.push(known(crate::FactState::Claimed)),
                    "disputed" => context.facts.push(known(crate::FactState::Disputed)),
                    "name" => context.name = Some(value),
                    _ => context.now = Some(value),
                }
            }
            _ => found.push(Example {
                line: *number,
                text: line.trim_end().replace("\\n", "\n"),
                marked: Vec::new(),
                ..context.clone()
            }),
        }
    }
    if found.is_empty() {
        return Err((
            block[0].0,
            "there is context here but no example below it".into(),
        ));
    }
    Ok(found)
}

/// Carets under `text` as byte ranges; columns are characters.
fn caret_ranges(carets: &str, text: &str) -> Option<Vec<(usize, usize)>> {
    let offsets: Vec<usize> = text
        .char_indices()
        .map(|(i, _)| i)
        .chain([text.len()])
        .collect();
    let mut ranges = Vec::new();
    let mut open = None;
    for (column, c) in carets.chars().chain([' ']).enumerate() {
        match (c, open) {
            ('^', None) => open = Some(column),
            (' ', Some(from)) => {
                ranges.push((*offsets.get(from)?, *offsets.get(column)?));
                open = None;
            }
            _ => {}
        }
    }
    Some(ranges)
}
