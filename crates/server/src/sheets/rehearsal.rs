//! Rehearsals, the stories behind them, and the workshop.

use std::sync::Arc;
use unruffled_rehearsal::{Contrast, Ending, State, Story, Turn, Voice};

use super::Person;

/// What every page of these says about where one is.
#[derive(Debug, Clone)]
pub struct RoomSheet {
    pub agent: Person,
    pub inbox_name: String,
}

/// The shelf of stories.
#[derive(Debug, Clone)]
pub struct ShelfSheet {
    pub room: RoomSheet,
    pub groups: Vec<StoryGroup>,
    /// In order of what may lie behind a letter, and not of how hard it is.
    pub by_possibility: bool,
    pub faults: Vec<String>,
    /// Where own stories lie; none where there can be none.
    pub folder: Option<String>,
    /// A story just removed, that can be had back.
    pub removed: Option<String>,
}

#[derive(Debug, Clone)]
pub struct StoryGroup {
    pub title: String,
    pub lines: Vec<StoryLine>,
}

#[derive(Debug, Clone)]
pub struct StoryLine {
    pub id: String,
    pub title: String,
    pub trade: String,
    pub level: String,
    /// It comes from the team's own folder.
    pub own: bool,
}

/// One of the eight possibilities.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Possibility {
    pub code: String,
    pub says: String,
    pub respond: String,
    pub ask: String,
}

/// A rehearsal as it stands.
#[derive(Debug, Clone)]
pub struct RehearsalSheet {
    pub room: RoomSheet,
    pub story: Arc<Story>,
    pub possibility: Possibility,
    pub seed: u64,
    /// What was answered up to here, as the page sends it back.
    pub so_far: String,
    pub turns: Vec<Turn>,
    pub wrote: String,
    pub wrote_by: Voice,
    /// The model that lends its words, and where it is; none where the operator named none.
    pub model: Option<String>,
    /// It was asked for, on this page.
    pub with_model: bool,
    /// Why the words are the story's own all the same.
    pub fell_back: Option<String>,
    pub state: State,
    pub ending: Option<Ending>,
    /// Two ways to answer what was answered last.
    pub contrast: Option<Contrast>,
    /// A sentence above the answer, and the answer itself, where it was not taken.
    pub problem: Option<String>,
    pub draft: String,
}

/// A story's file, to be written or changed.
#[derive(Debug, Clone)]
pub struct StorySheet {
    pub room: RoomSheet,
    /// Empty for a new one.
    pub id: String,
    pub text: String,
    pub version: String,
    pub problems: Vec<String>,
    /// What somebody else saved meanwhile.
    pub theirs: Option<String>,
    pub saved: bool,
    pub has_history: bool,
    /// It was made from a moment, so there is something to look for.
    pub made: bool,
    /// Stories can be kept here.
    pub may_write: bool,
}

/// The workshop of a team.
#[derive(Debug, Clone)]
pub struct WorkshopSheet {
    pub room: RoomSheet,
    pub lines: Vec<StoryLine>,
    pub chosen: Vec<String>,
    pub agenda: &'static [crate::rehearsing::workshop::Part],
}

/// One step on the big screen.
#[derive(Debug, Clone)]
pub struct ScreenSheet {
    pub room: RoomSheet,
    pub title: String,
    pub step: crate::rehearsing::workshop::Step,
    pub before: Option<String>,
    pub after: Option<String>,
    /// Back to the workshop with what was chosen.
    pub back: String,
}
