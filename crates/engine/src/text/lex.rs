//! Bytes to tokens: words in lower case, contractions written out, numbers, codes, addresses and marks kept whole.

use super::{Kind, Token};
use crate::words::{UNKNOWN, WORD_BYTES_MAX, WordId, Words};

/// Takes `source` apart.
pub fn tokens(source: &str, words: &Words) -> Vec<Token> {
    let mut out = Vec::with_capacity(source.len() / 4 + 4);
    let bytes = source.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b' ' | b'\t' | b'\r' => {
                at += 1;
                continue;
            }
            b'\n' => {
                out.push(mark(at, at + 1, words.get(b"\n"), Kind::Newline));
                at += 1;
                continue;
            }
            byte if byte.is_ascii_alphabetic() => {
                if let Some(end) = plain_word(bytes, at, words, &mut out) {
                    at = end;
                    continue;
                }
            }
            _ => {}
        }
        let next = match source[at..].chars().next() {
            Some(c) => c,
            None => break,
        };
        if next.is_alphanumeric() {
            at = if let Some(end) = address_end(source, at) {
                let kind = if source[at..end].contains('@') {
                    Kind::Email
                } else {
                    Kind::Url
                };
                out.push(mark(at, end, UNKNOWN, kind));
                end
            } else {
                run(source, at, words, &mut out)
            };
            continue;
        }
        let end = at + next.len_utf8();
        if next.is_whitespace() || invisible(next) {
            at = end;
            continue;
        }
        if next.is_ascii() || !is_pictograph(next) {
            let kind = Kind::Punct;
            let folded = fold_mark(next);
            let mut buffer = [0; 4];
            let mut token = mark(
                at,
                end,
                words.get(folded.encode_utf8(&mut buffer).as_bytes()),
                kind,
            );
            let between_words = at > 0
                && bytes[at - 1].is_ascii_alphanumeric()
                && source[end..].starts_with(|c: char| c.is_alphanumeric());
            token.skip = matches!(next, '*' | '_' | '~' | '|')
                || (matches!(next, '-' | '‐' | '‑') && between_words);
            out.push(token);
            at = end;
        } else {
            // A pictograph with its joiners, skin tones and selectors is one token.
            let mut last = end;
            let mut joined = false;
            for (offset, c) in source[end..].char_indices() {
                let selector = matches!(c, '\u{fe0f}' | '\u{200d}')
                    || ('\u{1f3fb}'..='\u{1f3ff}').contains(&c);
                if selector || (joined && is_pictograph(c)) {
                    last = end + offset + c.len_utf8();
                    joined = c == '\u{200d}';
                } else {
                    break;
                }
            }
            out.push(mark(at, last, UNKNOWN, Kind::Emoji));
            at = last;
        }
    }
    out
}

fn mark(start: usize, end: usize, word: WordId, kind: Kind) -> Token {
    Token {
        start: start as u32,
        end: end as u32,
        word,
        kind,
        caps: false,
        capital: false,
        masked: false,
        skip: false,
        contracted: false,
        step: false,
        opens: false,
        sentence: 0,
    }
}

/// Curly quotes and long dashes are read as their plain cousins.
fn fold_mark(c: char) -> char {
    match c {
        '’' | '‘' | 'ʼ' | '`' | '´' => '\'',
        '“' | '”' | '„' | '«' | '»' => '"',
        '–' | '—' | '―' => '—',
        '？' => '?',
        '！' => '!',
        '。' => '.',
        '،' => ',',
        '؟' => '?',
        other => other,
    }
}

fn invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{ad}' | '\u{fe0f}')
}

fn is_pictograph(c: char) -> bool {
    matches!(u32::from(c), 0x2600..=0x27bf | 0x1f000..=0x1faff | 0x2b00..=0x2bff)
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ' | '‘' | '`' | '´')
}

/// Where an e-mail address or a web address that begins at `at` ends.
fn address_end(source: &str, at: usize) -> Option<usize> {
    let bytes = source.as_bytes();
    let rest = &bytes[at..];
    let length = rest
        .iter()
        .position(|b| {
            b.is_ascii_whitespace() || matches!(b, b'<' | b'>' | b'"' | b'(' | b')' | b',')
        })
        .unwrap_or(rest.len());
    let chunk = &rest[..length.min(512)];
    let looks = chunk.contains(&b'@')
        || chunk.starts_with(b"http")
        || chunk.starts_with(b"www.")
        || chunk.contains(&b'/');
    if !looks {
        return None;
    }
    let mut end = at + chunk.len();
    while end > at
        && matches!(
            bytes[end - 1],
            b'.' | b'!' | b'?' | b';' | b':' | b'\'' | b']'
        )
    {
        end -= 1;
    }
    while !source.is_char_boundary(end) {
        end -= 1;
    }
    let chunk = &source[at..end];
    let web =
        chunk.starts_with("http://") || chunk.starts_with("https://") || chunk.starts_with("www.");
    let mail = chunk.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty()
            && host.contains('.')
            && host
                .chars()
                .all(|c| c.is_alphanumeric() || matches!(c, '.' | '-'))
            && name
                .chars()
                .all(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '+'))
    });
    let path = chunk.split_once('/').is_some_and(|(host, _)| {
        host.contains('.')
            && host
                .rsplit('.')
                .next()
                .is_some_and(|end| end.len() >= 2 && end.bytes().all(|b| b.is_ascii_alphabetic()))
    });
    (web || mail || path).then_some(end)
}

/// Reads the word, number or code that begins at `at`; gives back where it ends.
fn run(source: &str, at: usize, words: &Words, out: &mut Vec<Token>) -> usize {
    let (mut digits, mut letters) = (0usize, 0usize);
    let (mut upper, mut has_apostrophe) = (0usize, false);
    let mut end = at;
    let mut chars = source[at..].char_indices().peekable();
    while let Some((offset, c)) = chars.next() {
        if c.is_alphanumeric() {
            if c.is_numeric() {
                digits += 1;
            } else {
                letters += 1;
                upper += usize::from(c.is_uppercase());
            }
            end = at + offset + c.len_utf8();
            continue;
        }
        let Some(&(_, after)) = chars.peek() else {
            break;
        };
        let apostrophe = is_apostrophe(c) && after.is_alphabetic() && letters > 0;
        let inner_digit = matches!(c, '.' | ',' | ':' | '/')
            && after.is_ascii_digit()
            && digits > 0
            && letters == 0;
        // `R-7719` and `2026-05-04`, but not "twenty-one" or "18-year".
        let inner_code = matches!(c, '-' | '_')
            && ((digits > 0 && after.is_ascii_digit())
                || (letters == upper && letters > 0 && after.is_ascii_digit()));
        let capitals_code = c == '-' && letters >= 3 && upper == letters && digits == 0 && {
            let tail = source[at + offset + 1..]
                .split(|c: char| !c.is_alphanumeric())
                .next()
                .unwrap_or("");
            tail.len() >= 3 && tail.chars().all(|c| c.is_ascii_uppercase()) && !pronounceable(tail)
        };
        if apostrophe {
            has_apostrophe = true;
        } else if invisible(c) && after.is_alphanumeric() && c != '\u{fe0f}' {
            // A zero-width character in the middle of a word is stepped over.
        } else if !(inner_digit || inner_code || capitals_code) {
            break;
        }
    }
    if end == at {
        end = at + source[at..].chars().next().map_or(1, char::len_utf8);
    }
    let written = &source[at..end];
    let capital = written.starts_with(char::is_uppercase);
    let caps = letters >= 2 && upper == letters;
    const GLUED_LETTERS_MAX: usize = 4;
    let glued = digits > 0
        && (1..=GLUED_LETTERS_MAX).contains(&letters)
        && written.starts_with(|c: char| c.is_ascii_digit())
        && {
            let tail = written
                .trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | ':'));
            words.grammar.glued(tail).is_some()
        };
    let kind = match (digits > 0, letters > 0) {
        (true, false) => Kind::Number,
        (true, true) if glued => Kind::Number,
        (true, true) => Kind::Code,
        (false, _) if written.contains('-') && caps => Kind::Code,
        _ => Kind::Word,
    };
    let token = |start: usize, end: usize, word: WordId| Token {
        caps,
        capital,
        ..mark(start, end, word, kind)
    };
    let mut buffer = [0u8; WORD_BYTES_MAX];
    let Some(lower) = lower_case(written, &mut buffer) else {
        out.push(token(at, end, UNKNOWN));
        return end;
    };
    let word = words.get(lower);
    if kind == Kind::Word && contracted(at, end, word, words, out, token) {
        return end;
    }
    if kind == Kind::Word && has_apostrophe {
        let text = std::str::from_utf8(lower).unwrap_or("");
        if let Some((clitic, stands)) = clitic_of(text, words) {
            // The apostrophe may be three bytes wide in the source and one in lower case, so count from the end.
            let tail: usize = written
                .chars()
                .rev()
                .take(clitic.chars().count())
                .map(char::len_utf8)
                .sum();
            let cut = end - tail;
            let head = &text[..text.len() - clitic.len()];
            let mut first = token(at, cut, words.get(head.as_bytes()));
            first.caps = caps;
            out.push(first);
            out.push(Token {
                contracted: true,
                ..token(cut, end, words.get(stands.as_bytes()))
            });
            return end;
        }
    }
    out.push(token(at, end, word));
    end
}

/// Takes a contraction apart, or reads a word as the one it is written for; `false` where `word` is neither.
fn contracted(
    at: usize,
    end: usize,
    word: WordId,
    words: &Words,
    out: &mut Vec<Token>,
    token: impl Fn(usize, usize, WordId) -> Token,
) -> bool {
    let Some(read) = words.contraction(word) else {
        return false;
    };
    let Some(cut) = read.cut.map(usize::from) else {
        out.push(token(at, end, read.first));
        return true;
    };
    for (from, to, word) in [(at, at + cut, read.first), (at + cut, end, read.second)] {
        out.push(Token {
            contracted: true,
            ..token(from, to, word)
        });
    }
    true
}

/// The ending behind an apostrophe, and the word it is read as.
fn clitic_of<'w>(word: &str, words: &'w Words) -> Option<(&'w str, &'w str)> {
    let clitics = &words.grammar.clitics;
    let found = clitics
        .iter()
        .find(|(ending, _)| word.len() > ending.len() && word.ends_with(ending.as_str()))?;
    Some((&found.0, &found.1))
}

/// Most words: plain letters up to a space or a mark that ends them. `None` when it takes a closer look.
fn plain_word(bytes: &[u8], at: usize, words: &Words, out: &mut Vec<Token>) -> Option<usize> {
    let mut lower = [0u8; WORD_BYTES_MAX];
    let (mut length, mut upper) = (0, 0);
    for (slot, byte) in lower.iter_mut().zip(&bytes[at..]) {
        if !byte.is_ascii_alphabetic() {
            break;
        }
        *slot = byte | 0x20;
        upper += usize::from(*slot != *byte);
        length += 1;
    }
    let end = at + length;
    let ends = match bytes.get(end) {
        None => true,
        Some(b' ' | b'\n' | b'\r' | b')' | b'"') => true,
        // Otherwise it may be a part of an address.
        Some(b',' | b'.' | b':' | b'!' | b'?' | b';') => bytes
            .get(end + 1)
            .is_none_or(|next| next.is_ascii_whitespace()),
        Some(_) => false,
    };
    if !ends {
        return None;
    }
    let capital = bytes[at].is_ascii_uppercase();
    let caps = length >= 2 && upper == length;
    let word = words.get_padded(&lower, length);
    let token = |from: usize, to: usize, word: WordId| Token {
        caps,
        capital,
        ..mark(from, to, word, Kind::Word)
    };
    if !contracted(at, end, word, words, out, token) {
        out.push(token(at, end, word));
    }
    Some(end)
}

/// Whether capitals read as a word rather than a code: a vowel for every four letters.
fn pronounceable(letters: &str) -> bool {
    let vowels = letters
        .bytes()
        .filter(|b| matches!(b, b'A' | b'E' | b'I' | b'O' | b'U' | b'Y'))
        .count();
    vowels * 4 >= letters.len()
}

/// `written` in lower case with plain apostrophes, in `buffer`; `None` when it is too long to be a word of any card.
fn lower_case<'b>(written: &str, buffer: &'b mut [u8; WORD_BYTES_MAX]) -> Option<&'b [u8]> {
    let mut length = 0;
    for c in written.chars() {
        if invisible(c) {
            continue;
        }
        let c = if is_apostrophe(c) { '\'' } else { c };
        if c.is_ascii() {
            *buffer.get_mut(length)? = c.to_ascii_lowercase() as u8;
            length += 1;
        } else {
            for lower in c.to_lowercase() {
                let width = lower.len_utf8();
                lower.encode_utf8(buffer.get_mut(length..length + width)?);
                length += width;
            }
        }
    }
    Some(&buffer[..length])
}

/// The words of one pattern word, as the lexer would give them.
pub fn intern_words(word: &str, words: &mut Words) -> impl Iterator<Item = WordId> + use<> {
    let (first, second) = intern_word(word, words);
    std::iter::once(first).chain(second)
}

/// A pattern word's number, or the two of a contraction.
pub fn intern_word(word: &str, words: &mut Words) -> (WordId, Option<WordId>) {
    let id = words.get(word.as_bytes());
    if let Some(read) = words.contraction(id) {
        return (read.first, read.cut.map(|_| read.second));
    }
    if word.as_bytes().contains(&b'\'')
        && let Some((clitic, stands)) = clitic_of(word, words)
    {
        let (head, stands) = (word.len() - clitic.len(), words.get(stands.as_bytes()));
        return (words.intern(&word[..head]), Some(stands));
    }
    (words.intern_unless(id, word), None)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn english() -> Words {
        let mut grammar = crate::grammar::Grammar::default();
        let file = include_str!("../../../../cards/en/grammar/contractions.txt");
        grammar.take("contractions.txt", file, &mut Vec::new());
        Words::new(grammar, true)
    }

    fn written(source: &str) -> Vec<&str> {
        tokens(source, &english())
            .iter()
            .map(|t| &source[t.start as usize..t.end as usize])
            .collect()
    }

    #[test]
    fn words_numbers_codes_and_addresses_stay_whole() {
        assert_eq!(
            written("I’ll pay £42.10 at 10:20"),
            ["I", "’ll", "pay", "£", "42.10", "at", "10:20"]
        );
        assert_eq!(
            written("ref R-7719, mail a.b@c.org."),
            ["ref", "R-7719", ",", "mail", "a.b@c.org", "."]
        );
        assert_eq!(written("won't can't"), ["wo", "n't", "ca", "n't"]);
        assert_eq!(
            written("three visits👍🏽 done"),
            ["three", "visits", "👍🏽", "done"]
        );
    }

    #[test]
    fn offsets_hold_for_any_text() {
        for source in [
            "",
            "\r\n\r\n",
            "שלום עולם?",
            "a\u{200b}b",
            "'''",
            "i̇stanbul İ’s",
            "5th 3/5 2026-05-04",
        ] {
            let all = tokens(source, &english());
            for pair in all.windows(2) {
                assert!(pair[0].end <= pair[1].start, "{source:?}");
            }
            for token in all {
                assert!(
                    source
                        .get(token.start as usize..token.end as usize)
                        .is_some(),
                    "{source:?}"
                );
            }
        }
    }
}
