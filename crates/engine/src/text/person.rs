//! Who writes: a name that signs the letter without closing words, and a name by which somebody says who they are. It is nobody's
//! running words: "Sue" sues nobody, and a message says the same whoever signs it.

use super::{Kind, Text};
use crate::grammar::Part;
use crate::words::{UNKNOWN, WordId, Words};
use std::ops::Range;

/// A name is at most so many words; what is longer is said.
const NAME_WORDS_MAX: usize = 4;
/// "al-Sayed", "van der Berg": small words inside a name have at most so many letters.
const PARTICLE_LETTERS_MAX: usize = 3;

/// Where the name begins that stands behind the last sentence, behind its thanks, or alone on the last line.
pub(super) fn signed(text: &Text<'_>, words: &Words, last_line: (usize, usize)) -> Option<usize> {
    let (line, to) = last_line;
    let ends = |at: &usize| {
        matches!(text.written(*at), "." | "!" | "?" | "…" | ")")
            || text.tokens[*at].kind == Kind::Emoji
    };
    let stop = (line..to).rev().find(ends).map_or(line, |at| at + 1);
    let closings = || words.grammar.closings.iter().chain(&words.grammar.thanks);
    let is_closing = |comma: &usize| {
        let said = text.written_span(stop, *comma).trim().to_lowercase();
        closings().any(|closing| *closing == said)
    };
    let comma = (stop..to).rev().find(|at| text.written(*at) == ",");
    let behind_thanks = comma.filter(is_closing).map(|comma| comma + 1);
    let own_line = Some(stop).filter(|stop| *stop > 0 && !goes_on(text, words, *stop));
    // "Where is it? - Amir"
    let dash = |at: &usize| matches!(text.written(*at), "-" | "–" | "—");
    let is_name = |from: &usize| {
        let first = (*from..to).find(|at| !dash(at));
        let name = first.and_then(|first| {
            let own_line = *from == line;
            name_at(text, words, first).or_else(|| foreign(text, first, own_line))
        });
        name.is_some_and(|name| name.end == to)
    };
    own_line.into_iter().chain(behind_thanks).find(is_name)
}

/// "I spoke to Mr. Okafor": what stands behind this point goes on.
fn goes_on(text: &Text<'_>, words: &Words, stop: usize) -> bool {
    let [.., word, _] = &text.tokens[..stop] else {
        return false;
    };
    text.written(stop - 1) == "." && words.is_part(word.word, Part::SHORT_BEFORE_NAME)
}

/// The names by which somebody says who they are: "my name is Ana Lopes", "Ana Lopes here".
pub(super) fn introduced(text: &Text<'_>, words: &Words) -> Vec<Range<usize>> {
    let mut all = Vec::new();
    let mut at = 0;
    while at < text.tokens.len() {
        let Some(name) = Some(at)
            .filter(|at| text.tokens[*at].capital && !text.tokens[*at].masked)
            .and_then(|at| introduced_at(text, words, at))
        else {
            at += 1;
            continue;
        };
        at = name.end;
        all.push(name);
    }
    all
}

/// The name at token `at`, with the words that say whose it is.
fn introduced_at(text: &Text<'_>, words: &Words, at: usize) -> Option<Range<usize>> {
    let behind = |phrases: &[Vec<WordId>]| {
        let stand = |phrase: &Vec<WordId>| stand_before(text, at, phrase);
        phrases.iter().find_map(stand)
    };
    if let Some(from) = behind(&words.names_follow) {
        return run_at(text, at).map(|name| from..name.end);
    }
    if let Some(from) = behind(&words.names_may_follow) {
        let name = name_at(text, words, at)?;
        let capitals = name.clone().filter(|at| text.tokens[*at].capital);
        if capitals.count() > 1 {
            return Some(from..name.end);
        }
    }
    let opens = at == 0 || text.tokens[at - 1].masked || text.tokens[at - 1].kind != Kind::Word;
    let end = run_at(text, at).filter(|_| opens)?.end;
    let here = text.tokens.get(end)?.word;
    let named = words.behind_names.contains(&here) && name_at(text, words, at).is_some();
    named.then_some(at..end + 1)
}

/// Where the words of `phrase` begin, if they stand right before token `at`.
fn stand_before(text: &Text<'_>, at: usize, phrase: &[WordId]) -> Option<usize> {
    let from = at.checked_sub(phrase.len())?;
    let before = text.tokens[from..at].iter().map(|token| token.word);
    before.eq(phrase.iter().copied()).then_some(from)
}

/// A name that begins at token `at`: its first word is no other word, or a name that people are given.
fn name_at(text: &Text<'_>, words: &Words, at: usize) -> Option<Range<usize>> {
    let token = text.tokens.get(at)?;
    let given = || words.grammar.is_given(&text.written(at).to_lowercase());
    let begins = !token.caps && (token.word == UNKNOWN || given());
    run_at(text, at).filter(|_| begins)
}

/// Several words with capitals from token `at` on, of which one is no word of ours, where they can hardly be a sentence: "So Yeon Kim".
fn foreign(text: &Text<'_>, at: usize, own_line: bool) -> Option<Range<usize>> {
    let name = run_at(text, at)?;
    let parts = || name.clone().filter(|at| text.tokens[*at].capital);
    let enough = parts().count() > 2 || own_line && parts().count() > 1;
    let strange = parts().any(|at| text.tokens[at].word == UNKNOWN && !text.tokens[at].caps);
    (enough && strange).then_some(name)
}

/// Words with capitals from token `at`, with what may stand inside a name.
fn run_at(text: &Text<'_>, at: usize) -> Option<Range<usize>> {
    let capital = |at: usize| {
        text.tokens
            .get(at)
            .is_some_and(|token| token.kind == Kind::Word && token.capital)
    };
    if !capital(at) {
        return None;
    }
    let (mut end, mut count) = (at + 1, 1);
    loop {
        let mut next = end;
        // "Jean-Luc", "J. Okoro", "O'Neill", "van der Berg"
        while text
            .tokens
            .get(next)
            .is_some_and(|token| inside_a_name(text, next, token.kind))
        {
            next += 1;
        }
        if !capital(next) {
            break;
        }
        (end, count) = (next + 1, count + 1);
    }
    (count <= NAME_WORDS_MAX).then_some(at..end)
}

fn inside_a_name(text: &Text<'_>, at: usize, kind: Kind) -> bool {
    let written = text.written(at);
    match kind {
        Kind::Word => {
            let small = written.chars().all(char::is_lowercase);
            small && written.len() <= PARTICLE_LETTERS_MAX
        }
        Kind::Punct => match written {
            "-" | "'" | "’" => true,
            "." => at > 0 && text.tokens[at - 1].end - text.tokens[at - 1].start == 1,
            _ => false,
        },
        _ => false,
    }
}
