//! The first words of a message, on one line, for the inbox.

use crate::limits::PREVIEW_CHARS_MAX;

/// The first words of `text` with every run of white space as one space.
pub(crate) fn preview(text: &str) -> String {
    let mut line = String::new();
    let mut room = PREVIEW_CHARS_MAX;
    for word in text.split_whitespace() {
        if !line.is_empty() && room > 0 {
            line.push(' ');
            room -= 1;
        }
        for letter in word.chars() {
            if room == 0 {
                line.truncate(line.trim_end().len());
                line.push('…');
                return line;
            }
            line.push(letter);
            room -= 1;
        }
    }
    line
}

/// The text without U+0000, which PostgreSQL cannot keep and nobody can read.
pub(crate) fn plain(text: &str) -> String {
    text.replace('\0', "\u{fffd}")
}
