//! What was found, laid out for a terminal: the words themselves, carets under them, a reason beside.
//!
//! Colour only repeats what carets and words already say, and only on a terminal. A letter may hold
//! anything, so whatever could move the cursor or turn the direction of text is not passed on.

use crate::limits;
use std::io::{IsTerminal, Write};
use unicode_width::UnicodeWidthChar;

/// Everything is set in from the edge by this much.
const MARGIN: usize = 2;
/// Where the second column of a list begins.
const COLUMN: usize = 13;

/// Words to stand under a stretch of text.
pub struct Mark {
    pub start: usize,
    pub end: usize,
    /// What to say beside the carets; longer things go into `below`.
    pub label: String,
    /// Sentences under the label, each wrapped.
    pub below: Vec<String>,
}

/// A sheet that is written from top to bottom.
pub struct Page<W> {
    out: W,
    columns: usize,
    colour: bool,
}

impl Page<std::io::StdoutLock<'static>> {
    pub fn stdout() -> Self {
        let out = std::io::stdout().lock();
        let dumb = std::env::var_os("TERM").is_none_or(|term| term == "dumb");
        let unwanted = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        Page {
            colour: out.is_terminal() && !dumb && !unwanted,
            columns: limits::COLUMNS_MAX,
            out,
        }
    }
}

impl<W: Write> Page<W> {
    /// The whole text, wrapped, with every mark under the words it is about.
    pub fn text(&mut self, text: &str, marks: &[Mark]) -> std::io::Result<()> {
        let mut marks: Vec<&Mark> = marks.iter().collect();
        marks.sort_by_key(|mark| (mark.start, mark.end));
        for row in rows(text.trim_end(), self.columns - 2 * MARGIN) {
            let shown = format!("{:MARGIN$}{}", "", row.shown(text));
            writeln!(self.out, "{}", shown.trim_end())?;
            for mark in &marks {
                if let Some((from, width)) = row.under(text, mark) {
                    self.carets(from, width, mark, row.holds_end_of(mark))?;
                }
            }
        }
        Ok(())
    }

    fn carets(
        &mut self,
        from: usize,
        width: usize,
        mark: &Mark,
        last: bool,
    ) -> std::io::Result<()> {
        let carets = self.accent(&"^".repeat(width));
        let label = plain(&mark.label);
        let beside = MARGIN + from + width + 1 + columns_of(&label) <= self.columns;
        write!(self.out, "{:1$}{carets}", "", MARGIN + from)?;
        if !last {
            // The label waits for the end of the words it is about.
            return writeln!(self.out);
        }
        if beside {
            writeln!(self.out, " {label}")?;
        } else {
            writeln!(self.out)?;
            self.wrapped(&label, 2 * MARGIN, 2 * MARGIN)?;
        }
        for sentence in &mark.below {
            let sentence = plain(sentence);
            self.wrapped(&sentence, 2 * MARGIN, 2 * MARGIN + 2)?;
        }
        Ok(())
    }

    pub fn gap(&mut self) -> std::io::Result<()> {
        writeln!(self.out)
    }

    /// A heading at the left and lines beside it; nothing at all when there are no lines.
    pub fn list(&mut self, heading: &str, lines: &[String]) -> std::io::Result<()> {
        for (n, line) in lines.iter().enumerate() {
            let heading = if n == 0 { heading } else { "" };
            write!(
                self.out,
                "{:MARGIN$}{}",
                "",
                self.dim(&format!("{heading:COLUMN$}"))
            )?;
            let line = plain(line);
            let mut first = true;
            let indent = MARGIN + COLUMN;
            for row in rows(&line, self.columns - indent - 2) {
                let shown = row.shown(&line);
                if first {
                    writeln!(self.out, "{shown}")?;
                } else {
                    writeln!(self.out, "{:1$}{shown}", "", indent + 2)?;
                }
                first = false;
            }
        }
        Ok(())
    }

    fn wrapped(&mut self, line: &str, first: usize, later: usize) -> std::io::Result<()> {
        for (n, row) in rows(line, self.columns - later).iter().enumerate() {
            let indent = if n == 0 { first } else { later };
            writeln!(self.out, "{:indent$}{}", "", row.shown(line))?;
        }
        Ok(())
    }

    /// Sea and moss, as near as sixteen colours come.
    fn accent(&self, words: &str) -> String {
        self.dressed("36", words)
    }

    fn dim(&self, words: &str) -> String {
        self.dressed("2", words)
    }

    fn dressed(&self, code: &str, words: &str) -> String {
        if self.colour {
            format!("\u{1b}[{code}m{words}\u{1b}[0m")
        } else {
            words.to_owned()
        }
    }
}

/// A stretch of text that fits in one line of the terminal, as bytes of the text.
struct Row {
    start: usize,
    end: usize,
}

impl Row {
    fn shown(&self, text: &str) -> String {
        text[self.start..self.end]
            .chars()
            .filter_map(harmless)
            .collect()
    }

    /// Where carets go for the part of a mark that lies in this row: column and width.
    fn under(&self, text: &str, mark: &Mark) -> Option<(usize, usize)> {
        let (start, end) = (mark.start.max(self.start), mark.end.min(self.end));
        let (before, within) = (text.get(self.start..start)?, text.get(start..end)?);
        (!within.is_empty()).then(|| (columns_of(before), columns_of(within).max(1)))
    }

    /// True when the mark's last visible words are in this row.
    fn holds_end_of(&self, mark: &Mark) -> bool {
        mark.end <= self.end
    }
}

/// Breaks a text into rows, at spaces where there are any.
fn rows(text: &str, width: usize) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut line_start = 0;
    for line in text.split_inclusive('\n') {
        let line_end = line_start + line.trim_end_matches(['\n', '\r']).len();
        wrap(text, line_start, line_end, width, &mut rows);
        line_start += line.len();
    }
    rows
}

fn wrap(text: &str, from: usize, to: usize, width: usize, rows: &mut Vec<Row>) {
    let mut start = from;
    let mut column = 0;
    // Behind the last space seen: where the row may end and where the next one begins.
    let mut space: Option<(usize, usize)> = None;
    for (at, c) in text[from..to].char_indices().map(|(at, c)| (from + at, c)) {
        let wide = columns_of_char(c);
        let is_space = c == ' ' || c == '\t';
        if column + wide > width && at > start {
            if is_space {
                rows.push(Row { start, end: at });
                (start, column, space) = (at + 1, 0, None);
                continue;
            }
            let (end, next) = space.unwrap_or((at, at));
            rows.push(Row { start, end });
            start = next;
            column = columns_of(&text[start..at]);
            space = None;
        }
        column += wide;
        if is_space {
            space = Some((at, at + 1));
        }
    }
    rows.push(Row { start, end: to });
}

/// A character as it may be shown; none when it has no place in a terminal.
fn harmless(c: char) -> Option<char> {
    match c {
        '\t' => Some(' '),
        // Direction controls could show words in an order in which they were not written.
        '\u{200e}'
        | '\u{200f}'
        | '\u{061c}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}' => None,
        c if c.is_control() => Some('·'),
        c => Some(c),
    }
}

fn columns_of_char(c: char) -> usize {
    harmless(c).and_then(UnicodeWidthChar::width).unwrap_or(0)
}

fn columns_of(text: &str) -> usize {
    text.chars().map(columns_of_char).sum()
}

/// One line, whatever line breaks it had.
fn plain(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, words: &str, columns: usize, expect: &str) {
        let start = text.find(words).expect("the words are in the text");
        let mark = Mark {
            start,
            end: start + words.len(),
            label: "here".to_owned(),
            below: vec![],
        };
        let mut page = Page {
            out: Vec::new(),
            columns,
            colour: false,
        };
        page.text(text, &[mark]).expect("a Vec takes everything");
        assert_eq!(String::from_utf8(page.out).expect("text"), expect);
    }

    #[test]
    fn carets_stand_under_their_words() {
        check(
            "one two three",
            "two",
            80,
            "  one two three\n      ^^^ here\n",
        );
    }

    #[test]
    fn wide_letters_take_two_columns() {
        check("🙂🙂 two", "two", 80, "  🙂🙂 two\n       ^^^ here\n");
    }

    #[test]
    fn words_that_wrap_keep_their_carets_and_say_the_reason_once() {
        check(
            "one two three four",
            "three four",
            14,
            "  one two\n  three four\n  ^^^^^^^^^^\n    here\n",
        );
        check(
            "aaa bbb ccc",
            "bbb ccc",
            11,
            "  aaa bbb\n      ^^^\n  ccc\n  ^^^ here\n",
        );
    }

    #[test]
    fn a_long_word_is_broken_rather_than_lost() {
        check("abcdefghij", "j", 12, "  abcdefgh\n  ij\n   ^ here\n");
    }

    #[test]
    fn a_letter_cannot_move_the_cursor_or_turn_the_text() {
        check(
            "a\u{1b}[2Jb\u{202e}c",
            "c",
            80,
            "  a·[2Jbc\n        ^ here\n",
        );
    }

    #[test]
    fn carriage_returns_and_empty_lines_stay_what_they_are() {
        check("one\r\n\r\ntwo", "two", 80, "  one\n\n  two\n  ^^^ here\n");
    }
}
