//! Names gone wrong in a draft: a placeholder left unfilled, another spelling, another person's name, a name too often.

use super::hit;
use crate::deck::Hit;
use crate::list::{self, ListId};
use crate::scene::{Heard, Scene};
use crate::text::{Kind, Text};
use crate::words::Words;
use crate::{Fix, Trust};

/// Longest placeholder, in bytes; more between two marks is text.
const PLACEHOLDER_BYTES_MAX: usize = 48;
/// A name said this often in one letter reads as a sales talk.
const TIMES_TOO_OFTEN: usize = 3;

/// Placeholders that nobody filled in.
pub fn placeholders(scene: &Scene<'_>) -> Vec<Hit> {
    let text = scene.text();
    let known = Known::of(scene);
    let mut found = Vec::new();
    let telling = |part: &str, list: ListId| names_one(scene, part, list);
    for (start, end) in marked(text.source, &telling) {
        let (from, to) = (
            text.token_at(start),
            text.tokens.partition_point(|t| (t.start as usize) < end),
        );
        if from >= to || to > text.tokens.len() {
            continue;
        }
        let in_greeting = text.salutation.is_some_and(|(a, b)| a <= from && to <= b);
        let in_closing = text.signature.is_some_and(|(a, b)| a <= from && to <= b);
        if text.tokens[from..to].iter().all(|t| t.masked) && !in_greeting && !in_closing {
            continue;
        }
        let sentence = text.sentence_of(from);
        let told_to = from > sentence.from
            && scene
                .list_in(list::PLACEHOLDER_VERB, from - 1, from)
                .is_some();
        if !in_greeting
            && (told_to
                || scene
                    .list_in(list::TEMPLATE_TALK, sentence.from, sentence.to)
                    .is_some())
        {
            continue;
        }
        let inner = text.source[start..end].to_lowercase();
        let is_tag = |part: &str| scene.lists_written(list::PLACEHOLDER_TAG, part);
        if inner.starts_with('[') && parts(&inner).all(is_tag) {
            continue;
        }
        let names = |list: ListId| parts(&inner).any(|part| telling(part, list));
        let theirs =
            !names(list::PLACEHOLDER_OURS) && (in_greeting || names(list::PLACEHOLDER_THEIRS));
        let mut one = hit(from, to);
        one.fix = match known.first() {
            Some(name) if theirs => Some(Fix {
                start,
                end,
                with: name.to_string(),
                trust: Trust::Safe,
            }),
            // "Hi {first_name}," without a name to put there still reads well as "Hi,".
            None if in_greeting && text.source[..start].ends_with(' ') => Some(Fix {
                start: start - 1,
                end,
                with: String::new(),
                trust: Trust::Choose,
            }),
            _ => None,
        };
        found.push(one);
    }
    found
}

/// Byte ranges that look like placeholders: `{name}`, `{{ name }}`, `[NAME]`, `<first name>`, `%NAME%`, `____`.
fn marked(source: &str, telling: &dyn Fn(&str, ListId) -> bool) -> Vec<(usize, usize)> {
    let bytes = source.as_bytes();
    let mut all = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let open = bytes[at];
        let close = match open {
            b'{' => b'}',
            b'[' => b']',
            b'<' => b'>',
            b'%' => b'%',
            b'$' => {
                // `$NAME`, `$first_name`, `${name}`; a sum begins with a number.
                let from = at + 1 + usize::from(bytes.get(at + 1) == Some(&b'{'));
                let run = bytes[from.min(bytes.len())..]
                    .iter()
                    .take(PLACEHOLDER_BYTES_MAX)
                    .take_while(|b| b.is_ascii_alphabetic() || **b == b'_')
                    .count();
                let end = from + run + usize::from(bytes.get(from + run) == Some(&b'}'));
                let inner = source.get(from..from + run).unwrap_or("");
                let lower = inner.to_lowercase();
                if parts(&lower).any(|part| telling(part, list::PLACEHOLDER_DOLLAR)) {
                    all.push((at, end));
                }
                at = end.max(at + 1);
                continue;
            }
            b'_' => {
                let run = bytes[at..].iter().take_while(|b| **b == b'_').count();
                if run >= 4 {
                    all.push((at, at + run));
                }
                at += run;
                continue;
            }
            _ => {
                at += 1;
                continue;
            }
        };
        let doubled = bytes.get(at + 1) == Some(&open) && open != b'<';
        let inner_from = at + 1 + usize::from(doubled);
        let length = bytes[inner_from.min(bytes.len())..]
            .iter()
            .take(PLACEHOLDER_BYTES_MAX)
            .position(|b| *b == close);
        let Some(length) = length else {
            at += 1;
            continue;
        };
        let mut end = inner_from + length + 1;
        if doubled && bytes.get(end) == Some(&close) {
            end += 1;
        }
        let inner = &bytes[inner_from..inner_from + length];
        let is_gap = source.is_char_boundary(end)
            && stands_for_something(open, inner, telling)
            && !is_notation(bytes, at, end);
        if is_gap {
            all.push((at, end));
            at = end;
        } else {
            at += 1;
        }
    }
    all
}

/// `[words](address)` is a link, `row[name]` and `use{name}` are code: none is a gap.
fn is_notation(bytes: &[u8], at: usize, end: usize) -> bool {
    let joined = at > 0 && (bytes[at - 1].is_ascii_alphanumeric() || bytes[at - 1] == b'_');
    match bytes[at] {
        b'[' => joined || bytes.get(end) == Some(&b'('),
        b'{' => joined && bytes.get(at + 1) != Some(&b'{'),
        _ => false,
    }
}

/// The words inside a placeholder.
fn parts(inner: &str) -> impl Iterator<Item = &str> {
    inner
        .split(|c: char| !c.is_alphabetic())
        .filter(|part| !part.is_empty())
}

/// Whether a word of a placeholder, or its end ("firstname"), stands in the list.
fn names_one(scene: &Scene<'_>, part: &str, list: ListId) -> bool {
    part.char_indices()
        .any(|(from, _)| scene.lists_written(list, &part[from..]))
}

fn stands_for_something(open: u8, inner: &[u8], telling: &dyn Fn(&str, ListId) -> bool) -> bool {
    let Ok(inner) = std::str::from_utf8(inner) else {
        return false;
    };
    let letters = inner.chars().filter(|c| c.is_alphabetic()).count();
    let plain = inner.chars().all(|c| {
        c.is_alphanumeric() || matches!(c, '_' | ' ' | '.' | '-' | '\'' | '/' | ':' | '#')
    });
    if letters < 2 || !plain || inner.starts_with('/') {
        return false;
    }
    let lower = inner.to_lowercase();
    let digits = inner.chars().filter(|c| c.is_numeric()).count();
    // "[AB1234]" is somebody's number.
    let shouted = inner.chars().all(|c| !c.is_lowercase()) && letters >= 3.max(digits + 1);
    let telling = parts(&lower).any(|part| telling(part, list::PLACEHOLDER_NAME));
    match open {
        b'{' => true,
        b'[' => shouted && inner.len() > 3 || telling,
        // "< 3 of 4 or your order >" compares.
        b'<' => !inner.starts_with(' ') && (telling || (shouted && inner.contains('_'))),
        // "50% off and 20%" is per cent, %PATH% a setting.
        _ => !inner.contains(' ') && ((shouted && inner.contains('_')) || telling),
    }
}

/// A greeting that calls the customer by another name than their own.
pub fn wrong(scene: &Scene<'_>) -> Vec<Hit> {
    let text = scene.text();
    let Some((from, to)) = text.salutation else {
        return Vec::new();
    };
    let known = Known::of(scene);
    let greeted: Vec<usize> = (from..to)
        .filter(|at| {
            let written = text.written(*at);
            text.tokens[*at].kind == Kind::Word
                && text.tokens[*at].capital
                && written.len() > 1
                && !scene.in_list(*at, list::GREETING_WORD)
                && !scene.in_list(*at, list::TITLE_WORD)
        })
        .collect();
    if greeted.is_empty()
        || text.source[text.tokens[from].start as usize..text.tokens[to - 1].end as usize]
            .contains(['{', '[', '<', '%'])
    {
        return Vec::new();
    }
    if let Some(asked) = &known.asked {
        let last = asked.split_whitespace().last().unwrap_or(asked);
        if let Some(at) = greeted.iter().find(|at| same(text.written(**at), last)) {
            // "Dear Mr Chen" to somebody who asked for Dr Chen.
            let title = |word: &str| {
                let bare = word.trim_end_matches('.').to_lowercase();
                scene.lists_written(list::TITLE_WORD, &bare).then_some(bare)
            };
            let theirs = asked.split_whitespace().next().and_then(title);
            let ours = (from..*at)
                .rev()
                .find_map(|i| title(text.written(i)).map(|t| (i, t)));
            return match (theirs, ours) {
                (Some(theirs), Some((i, ours))) if theirs != ours => vec![note(
                    text,
                    &[i, *at],
                    asked,
                    format!("They asked to be called {asked}."),
                    Trust::Safe,
                )],
                _ => Vec::new(),
            };
        }
        return vec![note(
            text,
            &greeted,
            asked,
            format!("They asked to be called {asked}."),
            Trust::Safe,
        )];
    }
    let fits = |name: &str, given: &[String]| {
        given
            .iter()
            .any(|g| same(name, g) || related(scene.words, name, g))
    };
    if greeted
        .iter()
        .any(|at| fits(text.written(*at), &known.signed))
    {
        return Vec::new();
    }
    for at in &greeted {
        let name = text.written(*at);
        let near = |given: &[String]| given.iter().find(|g| misspelt(name, g)).cloned();
        if let Some(right) = near(&known.signed) {
            return vec![note(
                text,
                &[*at],
                &right,
                format!("They sign as {right}."),
                Trust::Safe,
            )];
        }
        if fits(name, &known.account) {
            return Vec::new();
        }
        if let Some(right) = near(&known.account) {
            return vec![note(
                text,
                &[*at],
                &right,
                format!("The name on the account is {right}."),
                Trust::Safe,
            )];
        }
    }
    match known.signed.first() {
        // Letters outside the Latin alphabet may be the same name in another writing.
        Some(right)
            if right.is_ascii() && greeted.iter().all(|at| text.written(*at).is_ascii()) =>
        {
            vec![note(
                text,
                &greeted,
                right,
                format!("They sign as {right}."),
                Trust::Choose,
            )]
        }
        _ => Vec::new(),
    }
}

fn note(text: &Text<'_>, greeted: &[usize], right: &str, says: String, trust: Trust) -> Hit {
    let (from, to) = (greeted[0], greeted[greeted.len() - 1] + 1);
    let span = text.span(from, to);
    let mut found = hit(from, to);
    found.says = Some(says);
    found.fix = Some(Fix {
        start: span.start,
        end: span.end,
        with: right.to_string(),
        trust,
    });
    found
}

/// The customer's name for the third time in one draft.
pub fn often(scene: &Scene<'_>) -> Vec<Hit> {
    let text = scene.text();
    let Some(name) = Known::of(scene)
        .first()
        .map(str::to_string)
        .or_else(|| greeted(scene))
        .or_else(|| called(text))
    else {
        return Vec::new();
    };
    let said: Vec<usize> = (0..text.tokens.len())
        .filter(|at| {
            text.tokens[*at].capital
                && text.tokens[*at].kind == Kind::Word
                && same(text.written(*at), &name)
        })
        .collect();
    said.get(TIMES_TOO_OFTEN - 1)
        .map(|at| hit(*at, *at + 1))
        .into_iter()
        .collect()
}

/// The one name in the draft's own greeting: whoever it is, three times is often.
fn greeted(scene: &Scene<'_>) -> Option<String> {
    let text = scene.text();
    let (from, to) = text.salutation?;
    let mut names = (from..to).filter(|at| {
        text.tokens[*at].kind == Kind::Word
            && text.tokens[*at].capital
            && text.written(*at).len() > 1
            && !scene.in_list(*at, list::GREETING_WORD)
            && !scene.in_list(*at, list::TITLE_WORD)
    });
    let name = names.next()?;
    names
        .next()
        .is_none()
        .then(|| text.written(name).to_string())
}

/// A name that the draft calls somebody by, between a comma and the end of a sentence: "I can help, Anna."
fn called(text: &Text<'_>) -> Option<String> {
    let mark = |at: usize, marks: &[&str]| {
        text.tokens
            .get(at)
            .is_some_and(|_| marks.contains(&text.written(at)))
    };
    (1..text.tokens.len())
        .find(|at| {
            text.tokens[*at].kind == Kind::Word
                && text.tokens[*at].capital
                && mark(at - 1, &[","])
                && mark(at + 1, &[".", "!", "?"])
        })
        .map(|at| text.written(at).to_string())
}

/// What is known of the customer's name.
#[derive(Debug, Default)]
pub struct Known {
    /// The form they asked for, with its title.
    asked: Option<String>,
    signed: Vec<String>,
    account: Vec<String>,
}

impl Known {
    pub fn of(scene: &Scene<'_>) -> Known {
        let account = scene
            .context
            .customer_name
            .map(|name| {
                name.split_whitespace()
                    .filter(|w| {
                        w.chars().count() > 1
                            && !scene.lists_written(
                                list::TITLE_WORD,
                                w.to_lowercase().trim_end_matches('.'),
                            )
                    })
                    .map(str::to_string)
                    .collect()
            })
            .unwrap_or_default();
        let signed = scene
            .context
            .message
            .as_ref()
            .map(|m| signature(scene, &m.text))
            .unwrap_or_default();
        let asked = scene
            .context
            .message
            .as_ref()
            .and_then(|m| asked_for(scene, m));
        Known {
            asked,
            signed,
            account,
        }
    }

    /// The name to write in a greeting.
    pub fn first(&self) -> Option<&str> {
        self.asked
            .as_deref()
            .or(self.signed.first().map(String::as_str))
            .or(self.account.first().map(String::as_str))
    }
}

/// The name a message is signed with: behind the closing words, or a last line that is nothing but a name.
fn signature(scene: &Scene<'_>, text: &Text<'_>) -> Vec<String> {
    let closing = |at: usize| scene.lists_id(list::CLOSING_WORD, text.tokens[at].word);
    let count = text.tokens.len();
    let names = |from: usize, to: usize| -> Vec<String> {
        let mut all = Vec::new();
        for at in from..to {
            let written = text.written(at);
            match text.tokens[at].kind {
                Kind::Word if closing(at) => {}
                Kind::Word
                    if text.tokens[at].capital
                        && written.chars().count() > 1
                        && !written.starts_with('\'') =>
                {
                    all.push(written.to_string())
                }
                Kind::Newline if all.is_empty() => {}
                Kind::Punct if all.is_empty() || text.tokens[at].skip || written == "." => {}
                _ => break,
            }
        }
        all.truncate(3);
        all
    };
    if let Some((from, to)) = text.signature {
        let found = names(from, to);
        if !found.is_empty() {
            return found;
        }
    }
    // The last line, where it stands alone and holds only a name.
    let end = (0..count)
        .rev()
        .find(|at| text.tokens[*at].kind != Kind::Newline)
        .map_or(0, |at| at + 1);
    let start = (0..end)
        .rev()
        .find(|at| text.tokens[*at].kind == Kind::Newline)
        .map_or(0, |at| at + 1);
    let words = (start..end)
        .filter(|at| text.tokens[*at].kind == Kind::Word)
        .count();
    let only_names = (start..end).all(|at| match text.tokens[at].kind {
        Kind::Word => text.tokens[at].capital || closing(at),
        Kind::Punct => matches!(text.written(at), "," | "." | "-" | "–" | "—"),
        _ => false,
    });
    if start > 0 && only_names && (1..=4).contains(&words) {
        return names(start, end);
    }
    // "Thanks, Karen" at the end of the last line.
    let comma = (start..end)
        .rev()
        .take(4)
        .find(|at| text.written(*at) == ",");
    match comma {
        Some(comma)
            if comma > 0
                && scene.lists_id(list::SIGNS_BEHIND, text.tokens[comma - 1].word)
                && text.tokens[comma + 1..end]
                    .iter()
                    .all(|t| t.kind == Kind::Word && t.capital || t.kind == Kind::Punct) =>
        {
            names(comma + 1, end)
        }
        _ => Vec::new(),
    }
}

/// "Please call me Dr Haddad": the words after it that begin with a capital.
fn asked_for(scene: &Scene<'_>, message: &Heard<'_>) -> Option<String> {
    let text = &message.text;
    let field = message.field();
    let count = text.tokens.len();
    let behind = |list: &str| {
        let phrase = scene.lists.get(list)?.first_in(0, count, &field)?;
        let end = text.tokens[phrase.to.checked_sub(1)?].end as usize;
        let name = name_at(scene, text.source.get(end..)?)?;
        Some((phrase, name))
    };
    let titled = |name: &str| {
        let title = name.split(' ').next().unwrap_or("").to_lowercase();
        scene.lists_written(list::TITLE_WORD, &title) && name.contains(' ')
    };
    if let Some((_, name)) = behind("name-asked") {
        return Some(name);
    }
    let corrects = scene
        .lists
        .get("name-corrects")
        .is_some_and(|list| list.first_in(0, count, &field).is_some());
    // "It's Mrs Kaur" asks for a title where it corrects; "it's Friday" and "write to Head Office" ask for none.
    if let Some((phrase, name)) = behind("name-asked-titled")
        && titled(&name)
    {
        let please = (0..count).any(|at| scene.lists_id(list::PLEASE_OPENER, text.tokens[at].word));
        let asks = scene.lists_id(list::PLEASE_OPENER, text.tokens[phrase.from].word);
        if corrects || please || asks {
            return Some(name);
        }
    }
    // "I'm Mr Okoro, not Ms" corrects; "I'm Mr Okoro from flat 2" only tells.
    behind("name-said")
        .map(|(_, name)| name)
        .filter(|name| corrects && titled(name))
}

/// Up to three words with a capital that `rest` begins with.
fn name_at(scene: &Scene<'_>, rest: &str) -> Option<String> {
    let words: Vec<&str> = rest.split_whitespace().take(3).collect();
    let mut name = Vec::new();
    for word in words {
        let bare = word.trim_end_matches(|c: char| !c.is_alphanumeric());
        if !bare.chars().next().is_some_and(char::is_uppercase) {
            break;
        }
        name.push(bare);
        if bare.len() < word.len() && !scene.lists_written(list::TITLE_WORD, &bare.to_lowercase()) {
            break;
        }
    }
    (!name.is_empty()).then(|| name.join(" "))
}

/// Letters in lower case, common accents taken off: "Zoë" is "Zoe".
fn plain(name: &str) -> String {
    name.chars()
        .flat_map(char::to_lowercase)
        .filter_map(|c| {
            Some(match c {
                'à' | 'á' | 'â' | 'ä' | 'ã' | 'å' => 'a',
                'è' | 'é' | 'ê' | 'ë' => 'e',
                'ì' | 'í' | 'î' | 'ï' => 'i',
                'ò' | 'ó' | 'ô' | 'ö' | 'õ' | 'ø' => 'o',
                'ù' | 'ú' | 'û' | 'ü' => 'u',
                'ç' => 'c',
                'ñ' => 'n',
                '\'' | '’' | '-' | '.' => return None,
                other => other,
            })
        })
        .collect()
}

fn same(a: &str, b: &str) -> bool {
    plain(a) == plain(b)
}

/// "Jo" for "Joanna", "Bill" for "William".
fn related(words: &Words, a: &str, b: &str) -> bool {
    let (a, b) = (plain(a), plain(b));
    let (short, long) = if a.len() < b.len() {
        (&a, &b)
    } else {
        (&b, &a)
    };
    let begins =
        short.len() >= 2 && long.starts_with(short.as_str()) && long.len() >= short.len() + 2;
    let names = &words.grammar.names;
    begins
        || names
            .get(long.as_str())
            .is_some_and(|known| known.contains(short))
        || names
            .get(short.as_str())
            .is_some_and(|known| known.contains(long))
}

/// One or two letters apart.
fn misspelt(a: &str, b: &str) -> bool {
    let (a, b) = (plain(a), plain(b));
    let most = if a.chars().count().min(b.chars().count()) <= 3 {
        1
    } else {
        2
    };
    a != b && distance(&a, &b) <= most
}

fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let change = corner + usize::from(x != *y);
            corner = row[j + 1];
            row[j + 1] = change.min(row[j] + 1).min(row[j + 1] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_told_from_percentages_and_footnotes() {
        let telling =
            |part: &str, _: ListId| ["name", "order"].iter().any(|word| part.ends_with(word));
        let found = |s: &str| {
            marked(s, &telling)
                .into_iter()
                .map(|(a, b)| s[a..b].to_string())
                .collect::<Vec<_>>()
        };
        assert_eq!(
            found("Hi {first_name}, ref {{ order.id }} [NAME] <first name> %NAME%"),
            [
                "{first_name}",
                "{{ order.id }}",
                "[NAME]",
                "<first name>",
                "%NAME%"
            ]
        );
        assert!(found("50% off and 20% on [1] a < b, c > d, <b>bold</b> [sic] {} {1}").is_empty());
        assert!(found("see [your ORDER](https://a.example/o), row[name] of the table").is_empty());
        assert!(found("use{name}, if < 3 or your order is >= 4, see [DEP0018]").is_empty());
    }

    #[test]
    fn names_are_compared_kindly() {
        let mut grammar = crate::grammar::Grammar::default();
        let file = include_str!("../../../../cards/en/grammar/names.txt");
        grammar.take("names.txt", file, &mut Vec::new());
        let words = Words::new(grammar, true);
        let related = |a: &str, b: &str| related(&words, a, b);
        assert!(related("Jo", "Joanna") && related("William", "Bill") && !related("Ann", "Anne"));
        assert!(misspelt("Karan", "Karen") && misspelt("Ann", "Anne") && !misspelt("Karen", "Zoe"));
        assert!(same("Zoë", "zoe"));
    }
}
