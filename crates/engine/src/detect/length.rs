//! "long-paragraph", "long-sentence", "long-answer": more at once than this reader can take in. Numbered steps, quotations,
//! signatures and legal footers are left out; a repair splits and never rewords.

use super::hit;
use crate::deck::Hit;
use crate::list;
use crate::review::notes::capitalised;
use crate::scene::Scene;
use crate::text::{Kind, Text};
use crate::{Fix, Trust, Weight};

/// A paragraph of more words is a wall (EVIDENCE 7c, V24).
const PARAGRAPH_WORDS_MAX: usize = 80;
/// A sentence of more words holds more than one thing.
const SENTENCE_WORDS_MAX: usize = 25;
/// The same for somebody who wrote that reading or using it is hard for them.
const SENTENCE_WORDS_MAX_PLAIN: usize = 18;
/// Whoever wrote in a hurry is answered at most at so many times their length.
const TIMES_THEIR_LENGTH: usize = 4;
/// An answer up to this length is short whatever it answers.
const ANSWER_WORDS_MIN: usize = 40;
/// A sentence is split only where at least so many words stand on both sides.
const HALF_WORDS_MIN: usize = 5;
/// From so many numbers in order on, a paragraph is steps on one line.
const STEPS_MIN: usize = 3;

pub fn paragraphs(scene: &Scene<'_>) -> Vec<Hit> {
    let text = scene.text();
    running(scene)
        .into_iter()
        .filter(|(from, to)| words(text, *from, *to) > PARAGRAPH_WORDS_MAX)
        .map(|(from, to)| Hit {
            fix: split_paragraph(text, from, to),
            ..around(text, from, to)
        })
        .collect()
}

pub fn sentences(scene: &Scene<'_>) -> Vec<Hit> {
    let text = scene.text();
    let slower = scene.context.has_cue("C23");
    let most = match slower {
        true => SENTENCE_WORDS_MAX_PLAIN,
        false => SENTENCE_WORDS_MAX,
    };
    let in_need = slower || scene.context.has_cue("C21");
    if words(text, 0, text.tokens.len()) <= most {
        return Vec::new();
    }
    let running = running(scene);
    text.sentences
        .iter()
        .filter(|s| {
            running
                .iter()
                .any(|(from, to)| *from <= s.from && s.from < *to)
        })
        .map(|s| (s, words(text, s.from, s.to)))
        .filter(|(_, words)| *words > most)
        .map(|(s, words)| Hit {
            fix: split_sentence(scene, s.from, s.to),
            weight: (in_need && words > SENTENCE_WORDS_MAX).then_some(Weight::LookAgain),
            ..around(text, s.from, s.to)
        })
        .collect()
}

pub fn answer(scene: &Scene<'_>) -> Vec<Hit> {
    let text = scene.text();
    let context = scene.context;
    let Some(message) = &context.message else {
        return Vec::new();
    };
    if !(context.has_cue("C13") || context.has_cue("C24")) {
        return Vec::new();
    }
    let ours: usize = running(scene)
        .iter()
        .map(|(from, to)| words(text, *from, *to))
        .sum();
    let theirs = words(&message.text, 0, message.text.tokens.len());
    if ours <= ANSWER_WORDS_MIN || ours <= theirs * TIMES_THEIR_LENGTH {
        return Vec::new();
    }
    let end = text.tokens.len();
    vec![Hit {
        weight: Some(Weight::LookAgain),
        ..hit(end, end)
    }]
}

/// Our own words among tokens `from..to`, counted as they are written: "don't" and "well-kept" are one each. What stands
/// between quotation marks is somebody else's, however long it is.
fn words(text: &Text<'_>, from: usize, to: usize) -> usize {
    let mut count = 0;
    let mut quoted_to = from;
    for at in from..to {
        let t = &text.tokens[at];
        if at < quoted_to {
            continue;
        }
        if t.kind == Kind::Punct
            && let Some(close) = closing_mark(text, at, to)
        {
            quoted_to = close + 1;
            continue;
        }
        let counts = matches!(t.kind, Kind::Word | Kind::Number | Kind::Code) && !t.masked;
        let goes_on = || {
            let before = text.source[..t.start as usize].chars().next_back();
            before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '\'' | '’' | '-'))
        };
        count += usize::from(counts && !goes_on());
    }
    count
}

/// Where the quotation that begins at token `at` ends.
fn closing_mark(text: &Text<'_>, at: usize, to: usize) -> Option<usize> {
    let closes: &[&str] = match text.written(at) {
        "\"" => &["\""],
        "“" | "„" => &["”", "“"],
        "«" => &["»"],
        _ => return None,
    };
    (at + 1..to).find(|i| closes.contains(&text.written(*i)))
}

/// A hit over `from..to` without the line breaks around it.
fn around(text: &Text<'_>, mut from: usize, mut to: usize) -> Hit {
    while from < to && text.tokens[from].kind == Kind::Newline {
        from += 1;
    }
    while to > from && text.tokens[to - 1].kind == Kind::Newline {
        to -= 1;
    }
    hit(from, to)
}

/// The paragraphs of running text: no list items, no footer.
fn running(scene: &Scene<'_>) -> Vec<(usize, usize)> {
    let text = scene.text();
    let mut all = Vec::new();
    let (mut from, mut from_item) = (0, begins_item(text, 0));
    for at in 0..=text.tokens.len() {
        let ends = at == text.tokens.len()
            || (text.tokens[at].kind == Kind::Newline && ends_paragraph(text, at));
        if !ends {
            continue;
        }
        if at > from && !from.eq(&0) && footer(scene, from, at) {
            break;
        }
        if at > from && !from_item && !steps_in_line(text, from, at) {
            all.push((from, at));
        }
        from = at + 1;
        from_item = begins_item(text, from);
    }
    all
}

/// A line break ends a paragraph unless a mail program put it there: then the line before it is neither short nor very long.
fn ends_paragraph(text: &Text<'_>, at: usize) -> bool {
    const WRAPPED: std::ops::RangeInclusive<usize> = 56..=100;
    let start = text.source[..text.tokens[at].start as usize]
        .rfind('\n')
        .map_or(0, |i| i + 1);
    let line = text.source[start..text.tokens[at].start as usize]
        .chars()
        .count();
    let blank = text
        .tokens
        .get(at + 1)
        .is_none_or(|t| t.kind == Kind::Newline);
    blank || !WRAPPED.contains(&line) || begins_item(text, at + 1)
}

fn begins_item(text: &Text<'_>, at: usize) -> bool {
    let Some(token) = text.tokens.get(at) else {
        return false;
    };
    match token.kind {
        Kind::Punct => matches!(text.written(at), "-" | "*" | "•" | "–" | "·"),
        Kind::Number => text
            .tokens
            .get(at + 1)
            .is_some_and(|_| matches!(text.written(at + 1), "." | ")" | ":")),
        Kind::Word => {
            // "Step 1", "a)".
            text.tokens.get(at + 1).is_some_and(|next| {
                (next.kind == Kind::Number
                    && text.tokens.get(at + 2).is_some_and(|_| {
                        matches!(text.written(at + 2), "." | ")" | ":" | "-" | "–")
                    }))
                    || (text.written(at).len() == 1 && text.written(at + 1) == ")")
            })
        }
        _ => false,
    }
}

/// "1. Open the lid. 2. Press the button. 3. Wait." on one line.
fn steps_in_line(text: &Text<'_>, from: usize, to: usize) -> bool {
    let mut next = 1usize;
    for at in from..to.saturating_sub(1) {
        if text.tokens[at].kind == Kind::Number
            && matches!(text.written(at + 1), "." | ")" | ":")
            && text.written(at).parse() == Ok(next)
        {
            next += 1;
        }
    }
    next > STEPS_MIN
}

fn footer(scene: &Scene<'_>, from: usize, to: usize) -> bool {
    scene.list_in(list::LEGAL_FOOTER, from, to).is_some()
}

/// A new paragraph at the sentence that begins nearest to the middle.
fn split_paragraph(text: &Text<'_>, from: usize, to: usize) -> Option<Fix> {
    let half = words(text, from, to) / 2;
    let cut = text
        .sentences
        .iter()
        .filter(|s| s.from > from && s.from < to)
        .min_by_key(|s| words(text, from, s.from).abs_diff(half))?
        .from;
    let next = (cut..to).find(|at| text.tokens[*at].kind != Kind::Newline)?;
    Some(Fix {
        start: text.tokens[cut - 1].end as usize,
        end: text.tokens[next].start as usize,
        with: "\n\n".into(),
        trust: Trust::Safe,
    })
}

/// A full stop at the joint nearest to the middle; the joining word stays and begins the new sentence.
fn split_sentence(scene: &Scene<'_>, from: usize, to: usize) -> Option<Fix> {
    let text = scene.text();
    let all = words(text, from, to);
    let (at, _) = (from + 1..to)
        .filter(|at| joins(scene, *at, to))
        .map(|at| (at, words(text, from, at)))
        .filter(|(_, before)| *before >= HALF_WORDS_MIN && all - before >= HALF_WORDS_MIN)
        .min_by_key(|(_, before)| before.abs_diff(all / 2))?;
    let mark = text.tokens[at].kind == Kind::Punct;
    let first = if mark { at + 1 } else { at };
    let before = (from..at)
        .rev()
        .find(|i| !matches!(text.written(*i), "," | ";" | "—" | "–" | "-"))?;
    Some(Fix {
        start: text.tokens[before].end as usize,
        end: text.tokens[first].end as usize,
        with: format!(". {}", capitalised(text.written(first))),
        trust: Trust::Safe,
    })
}

/// Whether a new sentence can begin here: a mark or a joining word, and behind it somebody who does something.
fn joins(scene: &Scene<'_>, at: usize, to: usize) -> bool {
    let text = scene.text();
    let subject = |i: usize| i < to && scene.list_at(list::CLAUSE_SUBJECT, i).is_some();
    if text.tokens[at].masked {
        return false;
    }
    match text.written(at) {
        ";" | "—" | "–" => subject(at + 1),
        _ => scene.list_at(list::JOINT, at) == Some(at + 1) && subject(at + 1),
    }
}
