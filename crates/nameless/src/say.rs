//! What is said in the place of what was found: the same words for the same thing, in the form that its sentence asks for.

use crate::find::Found;
use crate::token::Token;
use crate::who::Settled;
use crate::{Group, Kind, Nameless, Part, Piece, Told, Voice, Wishes, lists};

/// Puts the parts together.
pub fn told(
    parts: &[Part<'_>],
    found: &[Found],
    settled: Vec<Vec<Settled>>,
    wishes: &Wishes<'_>,
) -> Nameless {
    let mut groups: Vec<Group> = Vec::new();
    let mut roles: Vec<(String, String)> = Vec::new();
    for it in settled.iter().flatten() {
        if let Some(role) = &it.role {
            let key = key(it);
            if roles.iter().all(|(known, _)| *known != key) {
                roles.push((key, role.clone()));
            }
        }
    }
    for (part, spans) in parts.iter().zip(&settled) {
        for it in spans {
            let key = key(it);
            let was = shown(part.text, it);
            match groups.iter_mut().find(|group| group.key == key) {
                Some(group) if !group.was.contains(&was) => group.was.push(was),
                Some(_) => {}
                None => {
                    let by_role = |key: &str| roles.iter().any(|(known, _)| known == key);
                    let count = groups
                        .iter()
                        .filter(|group| group.kind == it.span.kind && !by_role(&group.key))
                        .count();
                    let wish = wishes.groups.iter().find(|wish| wish.key == key);
                    let by_hand = wishes.added.iter().find(|added| {
                        it.span.kind == Kind::ByHand
                            && added.words.trim().to_lowercase() == it.span.key
                    });
                    let own = own_words(it.span.kind, count, &key, &roles);
                    let with = match (wish, by_hand) {
                        (Some(wish), _) => wish.with.clone().unwrap_or_default(),
                        (None, Some(added)) if !added.with.trim().is_empty() => {
                            added.with.trim().to_owned()
                        }
                        _ => own,
                    };
                    groups.push(Group {
                        key,
                        kind: it.span.kind,
                        was: vec![was],
                        with,
                        left: wish.is_some_and(|wish| wish.with.is_none()),
                    });
                }
            }
        }
    }
    let parts = parts
        .iter()
        .zip(found)
        .zip(&settled)
        .map(|((part, found), spans)| Told {
            voice: part.voice,
            pieces: pieces(part, found, spans, &groups, wishes),
            unread: found.unread,
        })
        .collect();
    Nameless { parts, groups }
}

fn key(it: &Settled) -> String {
    let kind = match it.span.kind {
        Kind::Customer => return "customer".to_owned(),
        Kind::OurFirm => return "our-firm".to_owned(),
        Kind::Colleague => "colleague",
        Kind::Person => "person",
        Kind::Name => "name",
        Kind::Place => "place",
        Kind::Address => "address",
        Kind::Firm => "firm",
        Kind::Email => "email",
        Kind::Phone => "phone",
        Kind::Link => "link",
        Kind::Handle => "handle",
        Kind::Secret => "secret",
        Kind::Account => "account",
        Kind::Reference => "reference",
        Kind::Amount => "amount",
        Kind::Date => "date",
        Kind::ByHand => "by-hand",
    };
    format!("{kind}:{}", it.span.key)
}

fn shown(text: &str, it: &Settled) -> String {
    text[it.span.start..it.span.end]
        .trim_start_matches([',', ' '])
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// "A reference", "another reference", "a third reference".
fn own_words(kind: Kind, before: usize, key: &str, roles: &[(String, String)]) -> String {
    let noun = match kind {
        Kind::Customer => return "the customer".to_owned(),
        Kind::OurFirm => return "your firm".to_owned(),
        Kind::Person => {
            if let Some((_, role)) = roles.iter().find(|(known, _)| known == key) {
                let same_before = roles
                    .iter()
                    .take_while(|(known, _)| known != key)
                    .filter(|(_, other)| other == role)
                    .count();
                return match same_before {
                    0 => format!("the {role}"),
                    1 => format!("the other {role}"),
                    count => format!("the {} {role}", ordinal(count)),
                };
            }
            match before {
                0 => return "somebody".to_owned(),
                1 => return "somebody else".to_owned(),
                _ => "person",
            }
        }
        Kind::Colleague => "colleague",
        Kind::Name => "name",
        Kind::Place => "place",
        Kind::Address => "address",
        Kind::Firm => "firm",
        Kind::Email => "e-mail address",
        Kind::Phone => "phone number",
        Kind::Link => "link",
        Kind::Handle => "user name",
        Kind::Secret => "secret",
        Kind::Account => "account number",
        Kind::Reference => "reference",
        Kind::Amount => "amount",
        Kind::Date => "date",
        Kind::ByHand => "word",
    };
    match before {
        0 if noun.starts_with(['a', 'e']) => format!("an {noun}"),
        0 => format!("a {noun}"),
        1 => format!("another {noun}"),
        count => format!("a {} {noun}", ordinal(count)),
    }
}

/// For the thing after `count` others.
fn ordinal(count: usize) -> &'static str {
    const WORDS: [&str; 8] = [
        "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    ];
    WORDS
        .get(count.saturating_sub(2))
        .copied()
        .unwrap_or("further")
}

fn pieces(
    part: &Part<'_>,
    found: &Found,
    spans: &[Settled],
    groups: &[Group],
    wishes: &Wishes<'_>,
) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut words = String::new();
    let mut at = 0;
    for it in spans {
        let key = key(it);
        let Some(place) = groups.iter().position(|group| group.key == key) else {
            continue;
        };
        let group = &groups[place];
        let (mut start, mut end) = (it.span.start, it.span.end);
        if start < at {
            continue;
        }
        let wished = wishes.groups.iter().any(|wish| wish.key == key);
        if group.left {
            continue;
        }
        let mut with = match it.span.kind {
            Kind::OurFirm if !wished && part.voice == Voice::Us => "our firm".to_owned(),
            _ => group.with.clone(),
        };
        if it.told_by_role && !wished {
            // "My son, Tom, is ill" is "my son is ill".
            let comma = part.text[start..].starts_with(',');
            if comma && part.text[end..].starts_with(',') {
                end += 1;
            }
            if !comma && part.text[at..start].ends_with(' ') {
                start -= 1;
            }
            with = String::new();
        } else {
            if it.told_by_role {
                // The wording of a person's own stands where the name stood.
                start += part.text[start..end].len()
                    - part.text[start..end].trim_start_matches([',', ' ']).len();
            }
            with = fitted(part.text, &found.tokens, start, &with, it.span.kind, wished);
        }
        words.push_str(&part.text[at..start]);
        if !words.is_empty() {
            pieces.push(Piece::Words(std::mem::take(&mut words)));
        }
        pieces.push(Piece::Instead {
            was: part.text[start..end].to_owned(),
            with,
            group: place,
        });
        at = end;
    }
    words.push_str(&part.text[at..]);
    if !words.is_empty() {
        pieces.push(Piece::Words(words));
    }
    pieces
}

/// The wording in the form that its place asks for.
fn fitted(
    text: &str,
    tokens: &[Token],
    start: usize,
    with: &str,
    kind: Kind,
    wished: bool,
) -> String {
    let at = tokens.partition_point(|token| token.start < start);
    let before = at.checked_sub(1).map(|i| &tokens[i]);
    let beside =
        before.filter(|token| token.word() && text[token.end..start].chars().all(|c| c == ' '));
    let mut with = with.to_owned();
    let opens = tokens
        .get(at)
        .is_some_and(|token| token.opens && token.start >= start && token.start <= start + 1)
        || before.is_none();
    if let Some(bare) = with.strip_prefix("the ")
        && wished
        && beside.is_some_and(|token| lists::is_greeting(&token.lower))
    {
        // "Dear mother": a greeting has no article, whoever chose the words.
        with = bare.to_owned();
    }
    if let Some(token) = beside.filter(|_| !wished) {
        let word = token.lower.as_str();
        let greets = lists::is_greeting(word);
        if greets || asks_for_no_article(word) && !matches!(kind, Kind::ByHand) {
            with = bare(&with, word);
        } else if matches!(
            kind,
            Kind::Reference | Kind::Account | Kind::Handle | Kind::Secret
        ) && is_label(word)
        {
            with = format!("({with})");
        }
    } else if before.is_some_and(|token| &text[token.start..token.end] == "#") && !wished {
        with = format!("({with})");
    }
    let own_line = text[..start].trim_end_matches(' ').ends_with('\n') || start == 0;
    if (opens && !text[..start].trim_end().ends_with(':')) || own_line {
        with = capital(&with);
    }
    with
}

/// "The", "my", "this": what comes behind has no article of its own.
fn asks_for_no_article(word: &str) -> bool {
    matches!(
        word,
        "the"
            | "a"
            | "an"
            | "my"
            | "your"
            | "our"
            | "his"
            | "her"
            | "their"
            | "this"
            | "that"
            | "these"
            | "another"
            | "extra"
            | "every"
            | "each"
            | "no"
            | "any"
            | "which"
            | "same"
            | "whole"
            | "full"
            | "first"
            | "second"
            | "last"
            | "next"
            | "other"
            | "old"
            | "new"
    )
}

fn bare(with: &str, before: &str) -> String {
    let rest = ["a ", "an ", "the "]
        .iter()
        .find_map(|article| with.strip_prefix(article));
    let rest = rest.or_else(|| {
        with.strip_prefix("your ")
            .or_else(|| with.strip_prefix("our "))
    });
    match (rest, with.strip_prefix("another ")) {
        (Some(rest), _) => rest.to_owned(),
        (None, Some(rest))
            if matches!(
                before,
                "a" | "an" | "another" | "each" | "every" | "no" | "any"
            ) =>
        {
            rest.to_owned()
        }
        (None, Some(rest)) => format!("other {rest}"),
        _ => with.to_owned(),
    }
}

/// "Order 88213" reads on as "order (a reference)".
fn is_label(word: &str) -> bool {
    !matches!(
        word,
        "is" | "was"
            | "are"
            | "be"
            | "for"
            | "of"
            | "to"
            | "with"
            | "and"
            | "or"
            | "about"
            | "on"
            | "in"
            | "by"
            | "at"
            | "from"
            | "quote"
            | "quoting"
            | "under"
            | "says"
            | "say"
            | "said"
            | "use"
            | "used"
            | "it's"
            | "than"
            | "as"
            | "into"
            | "see"
            | "not"
            | "but"
            | "get"
            | "got"
            | "have"
            | "has"
            | "had"
            | "against"
            | "called"
            | "it"
    )
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    match letters.next() {
        Some('(') => format!("({}", capital(letters.as_str())),
        Some(first) => first.to_uppercase().collect::<String>() + letters.as_str(),
        None => String::new(),
    }
}
