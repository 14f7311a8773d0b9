//! What anybody might say to a deed, where a story has no line of its own: `stories/lines.md`.

use crate::deed::Deed;
use crate::parse::{Faults, points};
use crate::sections;
use crate::story::Fault;
use unruffled_engine::Heat;

/// When a line is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    To(Deed),
    /// Everything is answered, and it is still warm.
    NotOver,
    /// It is very hot, and they write once more all the same.
    VeryHot,
}

const NOT_OVER: &str = "it is not over yet";
const VERY_HOT: &str = "it is very hot";

/// The lines that all stories share.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lines(Vec<(When, bool, Vec<String>)>);

impl Lines {
    /// Reads a file of lines: `## When …`, under it `### cool` for quiet and warm, `### hot` for the rest.
    pub(crate) fn parse(file: &str, source: &str) -> Result<Lines, Vec<Fault>> {
        let mut faults = Faults {
            file,
            all: Vec::new(),
        };
        let source = source.replace("\r\n", "\n");
        let mut lines = Lines::default();
        let mut when = None;
        for section in sections::sections(&source, 1) {
            match (section.depth, section.heading) {
                (0 | 1, _) => {}
                (2, heading) => {
                    when = heading.strip_prefix("When ").and_then(of_heading);
                    if when.is_none() {
                        faults.add(
                            section.line,
                            format!("`{heading}` is no heading of this file; stories/README.md names them"),
                        );
                    }
                }
                (_, heat @ ("cool" | "hot")) => {
                    if let Some(when) = when {
                        let words = points(&section, &mut faults);
                        lines.0.push((when, heat == "hot", words));
                    }
                }
                (_, other) => {
                    faults.add(section.line, format!("`{other}` is neither cool nor hot"))
                }
            }
        }
        match faults.all.is_empty() {
            true => Ok(lines),
            false => Err(faults.all),
        }
    }

    /// Takes what `own` says first.
    pub(crate) fn before(self, own: Lines) -> Lines {
        let mut all = own.0;
        all.extend(self.0);
        Lines(all)
    }

    /// What may be said at this heat: an organisation's own first.
    pub(crate) fn of(&self, when: When, heat: Heat) -> Option<&[String]> {
        let hot = heat >= Heat::Hot;
        self.0
            .iter()
            .find(|(at, heat, _)| *at == when && *heat == hot)
            .map(|(_, _, lines)| lines.as_slice())
    }
}

fn of_heading(words: &str) -> Option<When> {
    match words {
        NOT_OVER => Some(When::NotOver),
        VERY_HOT => Some(When::VeryHot),
        _ => Deed::of_heading(words).map(When::To),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_something_to_say_to_every_deed_at_every_heat() {
        let shelf = crate::Shelf::embedded();
        for heat in [Heat::Quiet, Heat::VeryHot] {
            for when in Deed::all()
                .map(When::To)
                .chain([When::NotOver, When::VeryHot])
            {
                // It is never very hot while it is cool.
                let lines = shelf.lines.of(when, heat);
                let never = when == When::VeryHot && heat == Heat::Quiet;
                assert!(
                    never || lines.is_some_and(|l| l.len() >= 2),
                    "{when:?} {heat:?}"
                );
            }
        }
    }

    #[test]
    fn a_heading_nobody_knows_is_told_with_its_line() {
        let faults = Lines::parse("lines.md", "# X\n\n## When bored\n### cool\n- Hm.\n")
            .expect_err("it is none");
        assert_eq!(faults[0].line, 3);
    }
}
