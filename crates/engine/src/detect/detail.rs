//! "detail": long and ordered writing: three dated facts, numbered points, or a long letter with dates and numbers.

use super::hit;
use crate::deck::Hit;
use crate::list;
use crate::scene::Scene;
use crate::text::Kind;

const WORDS_LONG: usize = 120;
const DATED_FACTS_MIN: usize = 3;
/// Two sentences in order are any story.
const STEPS_MIN: usize = 3;
/// Two numbered points take more than this.
const TOKENS_MIN: usize = 6;

pub fn find(scene: &Scene<'_>) -> Vec<Hit> {
    let text = scene.text();
    let tokens = &text.tokens;
    let own = |at: usize| !tokens[at].masked;
    // Too short to be either long or ordered.
    if tokens.len() < TOKENS_MIN {
        return Vec::new();
    }
    let personal = (0..tokens.len()).any(|at| own(at) && scene.in_list(at, list::OWN_WORD));
    // A forwarded message carries its headers; pasted terms speak of nobody.
    let forwarded =
        scene.in_list(0, list::FROM_WORD) && tokens.get(1).is_some_and(|_| text.written(1) == ":");
    if forwarded {
        return Vec::new();
    }
    let mut dated: Vec<usize> = Vec::new();
    let mut points: Vec<usize> = Vec::new();
    let mut numbers = 0;
    for at in 0..tokens.len() {
        if !own(at) {
            continue;
        }
        let number = tokens[at].kind == Kind::Number;
        numbers += usize::from(number);
        let beside = |i: usize| tokens.get(i).is_some_and(|t| t.kind == Kind::Number);
        let month = scene.in_list(at, list::MONTH_WORD)
            && (beside(at + 1) || at > 0 && beside(at - 1) || (at > 1 && beside(at - 2)));
        let slashed = number && text.written(at).contains('/') && text.written(at).len() >= 3;
        let price = || at > 0 && matches!(text.written(at - 1), "£" | "$" | "€");
        let clock = number && is_clock(text.written(at)) && !price();
        // "the 8th", where no month stands beside it.
        let ordinal_day = number && !month && is_day_of_month(text.written(at));
        if month || slashed || clock || ordinal_day || scene.in_list(at, list::DAY_WORD) {
            let near = dated.last().is_some_and(|last| {
                at - last < if slashed { 2 } else { 4 }
                    && at - text.sentence_of(at).from >= at - last
            });
            if !near {
                dated.push(at);
            }
        }
        let bracket = number
            && tokens
                .get(at + 1)
                .is_some_and(|_| text.written(at + 1) == ")")
            && text.written(at).len() <= 2;
        let line = number
            && (at == 0 || tokens[at - 1].kind == Kind::Newline)
            && tokens
                .get(at + 1)
                .is_some_and(|_| text.written(at + 1) == ".");
        // "a) … b) …", and "1. … ; 2. …" inside a line.
        let lettered = tokens[at].kind == Kind::Word
            && text.written(at).len() == 1
            && tokens
                .get(at + 1)
                .is_some_and(|_| text.written(at + 1) == ")");
        let listed = number
            && text.written(at).len() == 1
            && at > 0
            && matches!(text.written(at - 1), ":" | ";")
            && tokens
                .get(at + 1)
                .is_some_and(|_| text.written(at + 1) == ".");
        let ordinal = scene.in_list(at, list::ORDINAL_OPENER)
            || (scene.in_list(at, list::STEP_WORD) && beside(at + 1));
        if bracket || line || ordinal || lettered || listed {
            points.push(at);
        }
    }
    // "12 May: ordered. 19 May: told it was lost.", "2 June ordered, 6 June charged": a record speaks of nobody and is somebody's all
    // the same. A mere list of dates tells of nothing between them.
    let opens = |at: usize| {
        let from = text.sentence_of(at).from;
        (at.saturating_sub(2)..=at).any(|i| {
            i == from || i > 0 && matches!(text.written(i - 1), "," | ";" | ":" | "." | "(")
        })
    };
    let tells = |at: usize| {
        let next = (at + 1..tokens.len().min(at + 4)).find(|i| tokens[*i].kind != Kind::Number);
        next.is_some_and(|i| {
            text.written(i) == ":"
                || tokens[i].kind == Kind::Word
                    && !scene.in_list(i, list::JOINT)
                    && !scene.in_list(i, list::AND_WORD)
        })
    };
    let record = dated.iter().filter(|at| opens(**at) && tells(**at)).count() >= DATED_FACTS_MIN;
    // "First … Then … Next …", each at the head of a sentence.
    let steps: Vec<usize> = text
        .sentences
        .iter()
        .filter(|s| s.from < s.to && own(s.from) && scene.in_list(s.from, list::STEP_ORDER))
        .map(|s| s.from)
        .collect();
    if !personal && !record && steps.len() < STEPS_MIN {
        return Vec::new();
    }
    if dated.len() >= DATED_FACTS_MIN {
        return dated
            .into_iter()
            .map(|at| {
                hit(
                    at.saturating_sub(usize::from(at > 0 && tokens[at - 1].kind == Kind::Number)),
                    at + 1,
                )
            })
            .collect();
    }
    if steps.len() >= STEPS_MIN {
        return steps.into_iter().map(|at| hit(at, at + 1)).collect();
    }
    if points.len() >= 2 {
        return points.into_iter().map(|at| hit(at, at + 1)).collect();
    }
    if text.word_count() >= WORDS_LONG && (numbers + dated.len() >= 3 || dated.len() >= 2) {
        return (0..tokens.len())
            .filter(|at| own(*at) && tokens[*at].kind == Kind::Number)
            .map(|at| hit(at, at + 1))
            .collect();
    }
    Vec::new()
}

/// "8th", "21st".
fn is_day_of_month(written: &str) -> bool {
    let digits = written.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    matches!(&written[digits.len()..], "st" | "nd" | "rd" | "th")
        && digits.parse().is_ok_and(|day: u8| (1..=31).contains(&day))
}

/// "14:05", "8.15": an hour and its minutes.
fn is_clock(written: &str) -> bool {
    written
        .split_once([':', '.'])
        .is_some_and(|(hour, minutes)| {
            let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
            (1..=2).contains(&hour.len()) && minutes.len() == 2 && digits(hour) && digits(minutes)
        })
}
