//! Cleaned HTML as the words a person would read out.

use super::{Tag, pieces, unescape};

/// The words of cleaned HTML, with quotes, lists and where links lead.
pub fn to_text(clean: &str) -> String {
    let mut reader = Reader::default();
    for (text, tag, _) in pieces(clean) {
        reader.words(&unescape(text));
        if let Some(tag) = tag {
            reader.tag(&tag);
        }
    }
    reader.out.truncate(reader.out.trim_end().len());
    reader.out
}

#[derive(Default)]
struct Reader {
    out: String,
    /// Line breaks owed before the next word.
    breaks: usize,
    space: bool,
    quotes: usize,
    /// The quote depth of the line written last.
    line_quotes: usize,
    pre: usize,
    cell: bool,
    lists: Vec<Option<usize>>,
    links: Vec<(String, usize)>,
}

impl Reader {
    fn words(&mut self, text: &str) {
        if self.pre > 0 {
            for (at, line) in text.split('\n').enumerate() {
                if at > 0 {
                    self.breaks += 1;
                }
                if !line.is_empty() {
                    self.begin();
                    self.out.push_str(line);
                }
            }
            return;
        }
        for c in text.chars() {
            if c.is_whitespace() {
                self.space = true;
            } else {
                self.begin();
                self.out.push(c);
            }
        }
    }

    /// Pays the breaks or the space owed before a word.
    fn begin(&mut self) {
        let prefix = "> ".repeat(self.quotes);
        if self.out.is_empty() {
            self.out.push_str(&prefix);
        } else if self.breaks > 0 {
            let between = "> ".repeat(self.quotes.min(self.line_quotes));
            for _ in 1..self.breaks.min(3) {
                self.out.push('\n');
                self.out.push_str(between.trim_end());
            }
            self.out.push('\n');
            self.out.push_str(&prefix);
        } else if self.space && !self.out.ends_with([' ', '\n']) {
            self.out.push(' ');
        }
        self.line_quotes = self.quotes;
        self.breaks = 0;
        self.space = false;
    }

    fn at_least(&mut self, breaks: usize) {
        self.breaks = self.breaks.max(breaks);
        self.space = false;
    }

    fn tag(&mut self, tag: &Tag<'_>) {
        match tag.name {
            "br" => {
                self.breaks += 1;
                self.space = false;
            }
            "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "table" | "figure" => self.at_least(2),
            "hr" => {
                self.at_least(2);
                self.begin();
                self.out.push_str("———");
                self.at_least(2);
            }
            "pre" => {
                self.at_least(2);
                self.pre = if tag.closing {
                    self.pre.saturating_sub(1)
                } else {
                    self.pre + 1
                };
            }
            "blockquote" => {
                self.at_least(2);
                self.quotes = if tag.closing {
                    self.quotes.saturating_sub(1)
                } else {
                    (self.quotes + 1).min(20)
                };
            }
            "ul" | "ol" => {
                self.at_least(if self.lists.is_empty() { 2 } else { 1 });
                if tag.closing {
                    self.lists.pop();
                } else {
                    self.lists.push((tag.name == "ol").then_some(0));
                }
            }
            "li" if !tag.closing => {
                self.at_least(1);
                let mark = match self.lists.last_mut() {
                    Some(Some(number)) => {
                        *number += 1;
                        format!("{number}. ")
                    }
                    _ => "- ".into(),
                };
                self.begin();
                self.out
                    .push_str(&"  ".repeat(self.lists.len().saturating_sub(1).min(8)));
                self.out.push_str(&mark);
            }
            "tr" => {
                self.at_least(1);
                self.cell = false;
            }
            "td" | "th" if !tag.closing => {
                if self.cell {
                    self.space = true;
                }
                self.cell = true;
            }
            "div" | "section" | "article" | "header" | "footer" | "aside" | "nav" | "li" | "dl"
            | "dt" | "dd" | "center" | "caption" => self.at_least(1),
            "a" if !tag.closing => self
                .links
                .push((tag.attribute("href").unwrap_or_default(), self.out.len())),
            "a" => {
                if let Some((href, from)) = self.links.pop() {
                    let shown = self.out.get(from..).unwrap_or_default();
                    if let Some(place) = place(&href)
                        && !shown.trim().is_empty()
                        && !shown.contains(place)
                    {
                        let words = format!(" ({place})");
                        self.out.push_str(&words);
                    }
                }
            }
            _ => {}
        }
    }
}

/// Where a link leads, as short as it can be said: the host, or the address.
fn place(href: &str) -> Option<&str> {
    let rest = href
        .strip_prefix("https://")
        .or_else(|| href.strip_prefix("http://"));
    if let Some(rest) = rest {
        let host = rest.split(['/', '?', '#']).next()?;
        return Some(host.rsplit('@').next().unwrap_or(host)).filter(|host| !host.is_empty());
    }
    href.strip_prefix("mailto:")
        .or_else(|| href.strip_prefix("tel:"))
        .map(|rest| rest.split('?').next().unwrap_or(rest))
        .filter(|rest| !rest.is_empty())
}
