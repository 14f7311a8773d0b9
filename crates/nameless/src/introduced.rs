//! Whom a text introduces: names that whoever writes gives themselves, signs with, or greets with.

use crate::token::{Sort, Token};
use crate::{Voice, lists};

/// Names that whoever writes gives themselves, and names that they greet, in small letters.
pub fn introduced(
    tokens: &[Token],
    text: &str,
    free: &dyn Fn(usize, usize) -> bool,
) -> (Vec<String>, Vec<String>) {
    let mut own = Vec::new();
    let mut greeted = Vec::new();
    for at in 0..tokens.len() {
        let said = |words: &[&str]| {
            at + 1 >= words.len()
                && words
                    .iter()
                    .rev()
                    .enumerate()
                    .all(|(back, word)| tokens[at - back].is(word))
        };
        let names_oneself = said(&["name", "is"])
            && !said(&["their", "name", "is"])
            && !said(&["his", "name", "is"])
            && !said(&["her", "name", "is"])
            || said(&["name's"])
            || said(&["names"]) && at > 0 && tokens[at - 1].is("my")
            || said(&["call", "me"])
            || said(&["this", "is"])
            || said(&["i'm"])
            || said(&["i", "am"])
            || said(&["it", "is"]) && tokens[at - 1].opens
            || said(&["it's"]) && tokens[at].opens
            || said(&["name"])
                && tokens
                    .get(at + 1)
                    .is_some_and(|t| text[t.start..].starts_with(':'));
        if names_oneself {
            let mut next = at + 1;
            if tokens
                .get(next)
                .is_some_and(|t| text[t.start..].starts_with(':'))
            {
                next += 1;
            }
            let sure = said(&["name", "is"])
                || said(&["call", "me"])
                || said(&["name's"])
                || said(&["name"])
                || said(&["names"]);
            own.extend(name_from(tokens, next, sure, free));
        }
        if lists::is_greeting(&tokens[at].lower) && tokens[at].opens {
            let mut next = at + 1;
            while tokens
                .get(next)
                .is_some_and(|t| lists::is_greeting(&t.lower))
            {
                next += 1;
            }
            greeted.extend(name_from(tokens, next, false, free));
        }
    }
    own.extend(
        signed(tokens, text, free)
            .into_iter()
            .flat_map(|(from, to)| {
                (from..to)
                    .filter(|at| tokens[*at].word())
                    .map(|at| tokens[at].lower.clone())
                    .collect::<Vec<_>>()
            })
            .filter(|word| {
                !lists::is_title(word) && word.chars().count() > 1 && !lists::is_closing(word)
            }),
    );
    let tidy = |mut all: Vec<String>| {
        all.sort();
        all.dedup();
        all
    };
    (tidy(own), tidy(greeted))
}

/// Up to three words from `at` on that are a name; in small letters too where it is sure that a name comes.
fn name_from(
    tokens: &[Token],
    at: usize,
    sure: bool,
    free: &dyn Fn(usize, usize) -> bool,
) -> Vec<String> {
    let mut all = Vec::new();
    let mut at = at;
    while let Some(token) = tokens.get(at) {
        if token.sort == Sort::Mark
            && all.is_empty()
            && at > 0
            && lists::is_title(&tokens[at - 1].lower)
        {
            at += 1;
            continue;
        }
        if !token.word() || !free(token.start, token.end) || all.len() == 3 {
            break;
        }
        if lists::is_title(&token.lower) && all.is_empty() {
            at += 1;
            continue;
        }
        let listed = lists::is_name(&token.lower) || lists::is_surname(&token.lower);
        let everyday = lists::is_everyday(&token.lower)
            || lists::is_left(&token.lower)
            || lists::is_nobody(&token.lower);
        let fits = listed
            || token.capital
                && !token.loud
                && (!everyday || !all.is_empty() || lists::is_name_and_word(&token.lower))
                && !lists::is_left(&token.lower)
                && !lists::is_nobody(&token.lower)
            || (sure || !all.is_empty()) && !everyday
            || sure && all.is_empty() && lists::is_name_and_word(&token.lower)
            || token.loud && !everyday;
        if !fits {
            break;
        }
        if token.lower.chars().count() > 1 && !lists::is_particle(&token.lower) {
            all.push(token.lower.clone());
        }
        at += 1;
    }
    all
}

/// The lines under a letter that hold a name: behind closing words, or a last line of a few words that are none.
pub fn signed(
    tokens: &[Token],
    _text: &str,
    free: &dyn Fn(usize, usize) -> bool,
) -> Vec<(usize, usize)> {
    let mut lines: Vec<(usize, usize)> = Vec::new();
    let mut from = 0;
    for at in 0..=tokens.len() {
        if at == tokens.len() || tokens[at].sort == Sort::Line {
            if at > from {
                lines.push((from, at));
            }
            from = at + 1;
        }
    }
    let mut all = Vec::new();
    let name_like = |from: usize, to: usize, bold: bool| {
        let words: Vec<&Token> = tokens[from..to].iter().filter(|t| t.word()).collect();
        let marks_fit = tokens[from..to].iter().all(|t| t.sort != Sort::Number);
        marks_fit
            && (1..=4).contains(&words.len())
            && words.iter().all(|t| free(t.start, t.end))
            && words
                .iter()
                .any(|t| t.lower.chars().count() > 1 && !lists::is_title(&t.lower))
            && words.iter().enumerate().all(|(place, t)| {
                let listed = lists::is_name(&t.lower)
                    || lists::is_surname(&t.lower)
                    || lists::is_title(&t.lower)
                    || lists::is_particle(&t.lower);
                let word = lists::is_everyday(&t.lower)
                    || lists::is_left(&t.lower)
                    || lists::is_nobody(&t.lower);
                listed
                    || (t.capital || bold) && lists::is_name_and_word(&t.lower)
                    || !word
                    || bold && t.capital && place > 0 && !lists::is_left(&t.lower)
                    || t.lower == "x"
                    || t.lower == "xx"
            })
    };
    let is_closing = |from: usize, to: usize| {
        let words: Vec<&Token> = tokens[from..to].iter().filter(|t| t.word()).collect();
        (1..=7).contains(&words.len()) && words.iter().all(|t| lists::is_closing(&t.lower))
    };
    let mut below = 0;
    for (place, (from, to)) in lines.iter().enumerate() {
        if is_closing(*from, *to) {
            below = 1;
            continue;
        }
        if below == 1 && name_like(*from, *to, true) {
            all.push((*from, *to));
            below = 2;
            continue;
        }
        // "Thanks, Karen" and "Cheers Deano" in one line: near the end, or in a line that is nothing else.
        let closing = (*from..*to)
            .take_while(|at| !tokens[*at].word() || lists::is_closing(&tokens[*at].lower))
            .count();
        let has_closing = tokens[*from..*from + closing].iter().any(|t| {
            t.word() && !t.is("the") && !t.is("all") && !t.is("with") && !t.is("in") && !t.is("a")
        });
        if has_closing && closing < to - from && place > 0 && name_like(from + closing, *to, true) {
            all.push((from + closing, *to));
            below = 2;
            continue;
        }
        let last = place + 1 == lines.len();
        if last && place > 0 && below == 0 && name_like(*from, *to, false) {
            let ends_bare = tokens[*from..*to]
                .iter()
                .all(|t| t.word() || !matches!(t.lower.as_str(), "?" | "!"));
            if ends_bare {
                all.push((*from, *to));
            }
        }
    }
    // At the end of the last line: "… as soon as you can. Thanks, Karen".
    if let Some((from, to)) = lines.last().copied()
        && all.is_empty()
    {
        let mut at = to;
        while at > from
            && (tokens[at - 1].sort == Sort::Mark || !lists::is_closing(&tokens[at - 1].lower))
            && to - at < 5
        {
            at -= 1;
        }
        let closes = at > from
            && matches!(
                tokens[at - 1].lower.as_str(),
                "thanks"
                    | "regards"
                    | "cheers"
                    | "thx"
                    | "wishes"
                    | "sincerely"
                    | "love"
                    | "you"
                    | "best"
                    | "faithfully"
                    | "ta"
            )
            && tokens[from..at]
                .iter()
                .rev()
                .take(3)
                .any(|t| t.word() && t.opens);
        let starts = (at..to).find(|i| tokens[*i].word());
        // "… kind to my father. Karen Blythe": a last sentence that is nothing but a name.
        let bare = (from..to)
            .rev()
            .take_while(|i| tokens[*i].word())
            .find(|i| tokens[*i].opens)
            .filter(|i| *i > from && to - i <= 3);
        if let Some(bare) = bare
            && tokens[bare..to].iter().all(|t| t.capital && !t.loud)
            && tokens[bare..to]
                .iter()
                .any(|t| lists::is_name(&t.lower) || lists::is_surname(&t.lower))
            && name_like(bare, to, true)
        {
            all.push((bare, to));
            return all;
        }
        if closes
            && let Some(starts) = starts
            && name_like(starts, to, true)
        {
            all.push((starts, to));
        }
    }
    all
}

/// Whose own names and whose greeted names these are.
pub fn theirs(voice: Voice) -> (Whose, Whose) {
    match voice {
        Voice::Customer => (Whose::Customers, Whose::Ours),
        Voice::Us => (Whose::Ours, Whose::Customers),
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    Customers,
    Ours,
}
