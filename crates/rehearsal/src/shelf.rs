//! Every story at hand: ours, and an organisation's own over them.

use crate::lines::Lines;
use crate::parse::parse;
use crate::story::{Fault, Story};

/// The stories that come with the program, as `(FILE.md, text)`, and the lines they share.
const OURS: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/stories.rs"));

/// The file of lines in a folder of stories.
const LINES: &str = "lines.md";
const README: &str = "README.md";

/// Every story at hand, the easy ones first.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Shelf {
    pub stories: Vec<Story>,
    pub lines: Lines,
}

impl Shelf {
    /// The stories that come with the program.
    pub fn embedded() -> Shelf {
        let (shelf, faults) = Shelf::with([]);
        debug_assert!(faults.is_empty(), "a test proves them: {faults:?}");
        shelf
    }

    /// Ours and, over them, an organisation's own as `(path, text)`: a file of the same name takes the place of ours. What is
    /// well is on the shelf; every fault of the others comes with it.
    pub fn with<'a>(own: impl IntoIterator<Item = (&'a str, &'a str)>) -> (Shelf, Vec<Fault>) {
        let mut shelf = Shelf::default();
        let mut faults = Vec::new();
        for (file, text) in OURS.iter().copied().chain(own) {
            let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
            if name.eq_ignore_ascii_case(README) {
                continue;
            }
            if name == LINES {
                match Lines::parse(file, text) {
                    Ok(lines) => shelf.lines = shelf.lines.before(lines),
                    Err(found) => faults.extend(found),
                }
                continue;
            }
            match parse(file, text) {
                Ok(story) => {
                    shelf.stories.retain(|other| other.id != story.id);
                    shelf.stories.push(story);
                }
                Err(found) => faults.extend(found),
            }
        }
        shelf
            .stories
            .sort_by(|a, b| (a.level, &a.what_if, &a.id).cmp(&(b.level, &b.what_if, &b.id)));
        (shelf, faults)
    }

    pub fn get(&self, id: &str) -> Option<&Story> {
        self.stories.iter().find(|story| story.id == id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_own_stories_and_lines_are_as_they_should_be() {
        let (shelf, faults) = Shelf::with([]);
        let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
        assert!(faults.is_empty(), "{told:#?}");
        assert_eq!(shelf.stories.len() + 1, OURS.len());
    }

    #[test]
    fn a_story_of_the_same_name_takes_the_place_of_ours_and_a_broken_one_takes_no_place() {
        let ours = Shelf::embedded();
        let first = &ours.stories[0];
        let (name, text) = OURS
            .iter()
            .find(|(name, _)| name.strip_suffix(".md") == Some(&first.id))
            .expect("it came from a file");
        let own = text.replace(&format!("# {}", first.title), "# Of our own");
        let path = format!("ours/{name}");
        let (shelf, faults) =
            Shelf::with([(path.as_str(), own.as_str()), ("ours/broken.md", "nothing")]);
        assert_eq!(shelf.stories.len(), ours.stories.len());
        assert_eq!(
            shelf.get(&first.id).map(|s| s.title.as_str()),
            Some("Of our own")
        );
        assert_eq!(faults[0].file, "ours/broken.md");
    }
}
