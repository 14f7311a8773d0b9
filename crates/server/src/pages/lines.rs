//! Letters wrapped by a program are given back their paragraphs before they are set in another measure.

/// A letter whose longest line is shorter was broken by a person; verses and addresses are.
const WIDTH_CHARS_MIN: usize = 58;
/// A letter with a longer line was not wrapped at all.
const WIDTH_CHARS_MAX: usize = 110;

/// Programs that look for even lines break up to this much earlier than they must.
const SLACK_CHARS: usize = 10;

/// The same words with program-made line breaks taken out; lists, verses and addresses keep theirs.
pub fn rejoin(text: &str) -> String {
    let text = text.trim_end();
    let width = text.lines().map(chars).max().unwrap_or(0);
    if !(WIDTH_CHARS_MIN..=WIDTH_CHARS_MAX).contains(&width) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let line = line.trim_end();
        out.push_str(line);
        let Some(next) = lines.peek() else { break };
        out.push(if flows_on(line, next, width) {
            ' '
        } else {
            '\n'
        });
    }
    out
}

/// A program breaks a line only where the next word would not have fitted.
fn flows_on(line: &str, next: &str, width: usize) -> bool {
    let word = next.split_whitespace().next().map_or(0, chars);
    word > 0
        && !line.is_empty()
        && chars(line) + 1 + word + SLACK_CHARS > width
        && !line.ends_with(':')
        && !starts_something(next)
}

fn starts_something(line: &str) -> bool {
    line.starts_with([' ', '\t', '-', '*', '•', '>', '–', '|', '#']) || numbered(line)
}

fn numbered(line: &str) -> bool {
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    rest.len() < line.len() && rest.starts_with(['.', ')'])
}

fn chars(line: &str) -> usize {
    line.trim_end().chars().count()
}
