//! Telling what somebody wrote now from what they only carried along.
//!
//! Mail programs mark history in many ways, and people write above, below and between it. When in doubt,
//! words stay fresh: showing a line too much is a nuisance, hiding what a customer wrote is a loss.

mod marks;

use marks::Line;

/// A stretch of a letter's text. Their texts, put together in order, are the whole text again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part<'a> {
    pub kind: PartKind,
    pub text: &'a str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartKind {
    /// Written for this letter.
    Fresh,
    /// Earlier letters carried along: "> " lines, "On … wrote:", forwarded and Outlook blocks.
    Quoted,
    /// "-- " and below, or "Sent from my phone".
    Signature,
}

/// Splits a text into its parts. Not a byte is lost, and words written between quotes stay fresh.
pub fn parts(text: &str) -> Vec<Part<'_>> {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let mut kinds = kinds(&lines);
    // A forwarded letter or a bare quote is all that the person sent: nothing is folded away.
    let says_something = lines
        .iter()
        .zip(&kinds)
        .any(|(line, kind)| *kind == PartKind::Fresh && !line.trim().is_empty());
    if !says_something {
        for kind in &mut kinds {
            if *kind == PartKind::Quoted {
                *kind = PartKind::Fresh;
            }
        }
    }
    join(text, &lines, &kinds)
}

/// The fresh words, and everything else, each put together in order.
pub fn split(text: &str) -> (String, String) {
    let (mut fresh, mut quoted) = (String::new(), String::new());
    for part in parts(text) {
        match part.kind {
            PartKind::Fresh => fresh.push_str(part.text),
            PartKind::Quoted | PartKind::Signature => quoted.push_str(part.text),
        }
    }
    (fresh, quoted)
}

/// What each line is.
fn kinds(lines: &[&str]) -> Vec<PartKind> {
    let mut kinds = Vec::with_capacity(lines.len());
    let mut signature = false;
    while kinds.len() < lines.len() {
        let at = kinds.len();
        let rest = &lines[at..];
        match marks::read(rest) {
            Line::Quote => {
                signature = false;
                kinds.push(PartKind::Quoted);
            }
            // "On … wrote:" belongs to the quote below it; words after that quote are fresh again.
            Line::Attribution(count) => {
                signature = false;
                kinds.extend(std::iter::repeat_n(PartKind::Quoted, count));
            }
            // From here on everything is an earlier letter, which has no marks of its own.
            Line::History => kinds.resize(lines.len(), PartKind::Quoted),
            Line::SignatureMark => {
                signature = true;
                kinds.push(PartKind::Signature);
            }
            Line::SentFrom => kinds.push(PartKind::Signature),
            Line::Words => kinds.push(if signature {
                PartKind::Signature
            } else {
                PartKind::Fresh
            }),
        }
    }
    // Empty lines go with what stands around them.
    let mut at = 0;
    while at < lines.len() {
        if !lines[at].trim().is_empty() {
            at += 1;
            continue;
        }
        let end = (at..lines.len())
            .find(|&next| !lines[next].trim().is_empty())
            .unwrap_or(lines.len());
        let before = at.checked_sub(1).map(|before| kinds[before]);
        let after = kinds.get(end).copied();
        let kind = match (before, after) {
            (Some(before), Some(after)) if before == after => before,
            (Some(before), None) => before,
            (Some(PartKind::Fresh), _) | (None, _) => PartKind::Fresh,
            (Some(before), Some(_)) => before,
        };
        kinds[at..end].fill(kind);
        at = end;
    }
    kinds
}

/// Neighbouring lines of one kind become one part.
fn join<'a>(text: &'a str, lines: &[&str], kinds: &[PartKind]) -> Vec<Part<'a>> {
    let mut parts = Vec::new();
    let (mut start, mut end) = (0, 0);
    for (at, (line, &kind)) in lines.iter().zip(kinds).enumerate() {
        end += line.len();
        if kinds.get(at + 1) != Some(&kind) {
            parts.push(Part {
                kind,
                text: &text[start..end],
            });
            start = end;
        }
    }
    parts
}

#[cfg(test)]
mod tests;
