//! The bones of a Markdown file of ours: a front between `+++`, then headings with what stands under them.

/// A heading and what stands under it, up to the next one.
#[derive(Debug, PartialEq, Eq)]
pub struct Section<'a> {
    /// 1 for `#`, 3 for `###`; 0 for what stands above the first heading.
    pub depth: usize,
    pub heading: &'a str,
    /// The heading's line, from 1.
    pub line: usize,
    /// The lines under it, each with its number.
    pub under: Vec<(usize, &'a str)>,
}

/// The front, and the number of the line on which the rest begins. `Err` says what is wrong, with its line.
pub fn front(source: &str) -> Result<(&str, &str, usize), (usize, &'static str)> {
    let Some(rest) = source.strip_prefix("+++\n") else {
        return Err((1, "the first line has to be `+++`"));
    };
    let end = match rest.starts_with("+++\n") {
        true => Some(0),
        false => rest.find("\n+++\n").map(|at| at + 1),
    };
    let Some(end) = end else {
        return Err((1, "the front part lacks its closing `+++`"));
    };
    let front = &rest[..end];
    Ok((front, &rest[end + 4..], front.matches('\n').count() + 3))
}

/// Everything below the front, by headings.
pub fn sections(body: &str, first_line: usize) -> Vec<Section<'_>> {
    let mut all = vec![Section {
        depth: 0,
        heading: "",
        line: first_line,
        under: Vec::new(),
    }];
    for (at, line) in body.lines().enumerate() {
        let depth = line.chars().take_while(|c| *c == '#').count();
        match line[depth..].strip_prefix(' ') {
            Some(heading) if (1..=3).contains(&depth) => all.push(Section {
                depth,
                heading: heading.trim(),
                line: first_line + at,
                under: Vec::new(),
            }),
            _ => {
                if let Some(last) = all.last_mut() {
                    last.under.push((first_line + at, line));
                }
            }
        }
    }
    all
}

/// A line this long was wrapped by whoever wrote the file, and goes on in the next.
const WRAPPED_CHARS_MIN: usize = 70;

impl Section<'_> {
    /// Letters, parted by a line `---`, with wrapped lines put together again.
    pub fn letters(&self) -> Vec<String> {
        let mut letters = vec![String::new()];
        let mut goes_on = false;
        for (_, line) in &self.under {
            let line = line.trim_end();
            if line == "---" {
                letters.push(String::new());
                goes_on = false;
                continue;
            }
            let Some(letter) = letters.last_mut() else {
                continue;
            };
            match goes_on && !line.is_empty() && !is_point(line) {
                true => {
                    letter.push(' ');
                    letter.push_str(line.trim_start());
                }
                false => {
                    letter.push('\n');
                    letter.push_str(line);
                }
            }
            goes_on = line.chars().count() >= WRAPPED_CHARS_MIN;
        }
        letters
            .iter()
            .map(|letter| letter.trim().to_owned())
            .filter(|letter| !letter.is_empty())
            .collect()
    }

    /// The points of a list, each with its line; `Err` is the line of something that is no point.
    pub fn points(&self) -> Result<Vec<(usize, String)>, usize> {
        let mut points: Vec<(usize, String)> = Vec::new();
        for (at, line) in &self.under {
            if let Some(point) = line.strip_prefix("- ") {
                points.push((*at, point.trim().to_owned()));
            } else if !line.trim().is_empty() {
                let (_, last) = points.last_mut().ok_or(*at)?;
                last.push('\n');
                last.push_str(line.trim());
            }
        }
        Ok(points)
    }
}

/// A step or a point stays on a line of its own.
fn is_point(line: &str) -> bool {
    let line = line.trim_start();
    let digits = line.chars().take_while(char::is_ascii_digit).count();
    line.starts_with("- ") || (digits > 0 && line[digits..].starts_with(['.', ')']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrapped_lines_go_on_and_short_ones_stay() {
        let long = "a".repeat(70);
        let body =
            format!("## They write\nDear desk,\n\n{long}\nwent on.\n1. One\n---\nAnother.\n");
        let all = sections(&body, 5);
        assert_eq!(all[1].line, 5);
        assert_eq!(
            all[1].letters(),
            [
                format!("Dear desk,\n\n{long} went on.\n1. One"),
                "Another.".to_owned()
            ]
        );
    }

    #[test]
    fn a_front_without_an_end_is_told() {
        assert!(front("+++\na = 1\n").is_err());
        assert_eq!(front("+++\na = 1\n+++\n# X\n"), Ok(("a = 1\n", "# X\n", 4)));
    }
}
