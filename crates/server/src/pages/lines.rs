//! Letters wrapped by hand at seventy-odd columns are given back their paragraphs before they are set in a wider measure.

/// Lines at least this long, followed by another, were broken by a program and not by a person.
const WRAPPED_CHARS_MIN: usize = 58;
/// And no longer than this: mail programs wrap at 72 to 78.
const WRAPPED_CHARS_MAX: usize = 80;

/// The same words with program-made line breaks taken out; lists, verses and addresses keep theirs.
pub fn rejoin(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut lines = text.trim_end().lines().peekable();
    while let Some(line) = lines.next() {
        let line = line.trim_end();
        out.push_str(line);
        let Some(next) = lines.peek() else { break };
        out.push(if flows_on(line, next) { ' ' } else { '\n' });
    }
    out
}

fn flows_on(line: &str, next: &str) -> bool {
    let length = line.chars().count();
    let starts_a_thing = next
        .trim_start()
        .starts_with(|c: char| matches!(c, '-' | '*' | '•' | '>' | '–' | '|' | '#'))
        || next.starts_with([' ', '\t'])
        || numbered(next);
    (WRAPPED_CHARS_MIN..=WRAPPED_CHARS_MAX).contains(&length)
        && !next.trim().is_empty()
        && !starts_a_thing
        // The next word would not have fitted: that is what made the break.
        && length + next.split_whitespace().next().map_or(0, |word| word.chars().count()) >= 66
}

fn numbered(line: &str) -> bool {
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    rest.len() < line.len() && rest.starts_with(['.', ')'])
}
