//! A rehearsal: what they write, what we answer, what that moves and why, until it is calm, hot, or left as it is.

mod compose;
mod moves;

use crate::chance;
use crate::deed::Deed;
use crate::heard::{Around, Heard};
use crate::limits::{DRAFT_CHARS_MAX, REPLIES_MAX};
use crate::lines::Lines;
use crate::state::{State, Ways};
use crate::story::{Ask, Story};
use serde::Serialize;
use unruffled_engine::{Earlier, Engine, From, Heat, Span};

/// Replies that heat: two can be made good again, with the third it is over once it is very hot.
const HEATED_MAX: usize = 3;

/// How a rehearsal ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Ending {
    Calm,
    Hot,
    /// Enough replies for one rehearsal; it is left as it is.
    Open,
}

/// Whose words the customer's are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Voice {
    Story,
    /// A model's, held to the story.
    Model,
}

/// One thing that a reply did, with the words that show it and what it moved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reason {
    pub deed: Deed,
    /// "made them the cause".
    pub name: &'static str,
    /// Why it moves what it moves.
    pub says: &'static str,
    /// What the engine says of the words.
    pub because: Option<String>,
    /// Words of the reply.
    pub spans: Vec<Span>,
    /// What was answered, or left open, in the customer's words.
    pub asks: Vec<String>,
    /// Why it counted for less this time.
    pub but: Option<&'static str>,
    pub ways: Ways,
}

/// One reply, and what came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Turn {
    /// What the customer had written.
    pub wrote: String,
    pub wrote_by: Voice,
    pub draft: String,
    pub reasons: Vec<Reason>,
    pub before: State,
    pub after: State,
    pub ways: Ways,
    /// The reply heated, even where it could not grow hotter any more.
    #[serde(skip)]
    heats: bool,
    /// What the customer writes next; their last words where it ended.
    pub says: String,
    pub says_by: Voice,
    pub ending: Option<Ending>,
}

/// The two ways to answer what stands there now, and what would come of each.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Contrast {
    pub well: Turn,
    pub badly: Turn,
}

/// A rehearsal under way. Everything follows from the story, the seed and the replies.
#[derive(Debug, Clone)]
pub struct Rehearsal<'a> {
    pub(crate) engine: &'a Engine,
    pub(crate) story: &'a Story,
    pub(crate) lines: &'a Lines,
    pub(crate) seed: u64,
    pub(crate) state: State,
    /// Which of the story's letters they are at.
    pub(crate) at: usize,
    /// What they asked and have no answer to: letter and ask.
    pub(crate) open: Vec<(usize, usize)>,
    pub(crate) wrote: String,
    pub(crate) wrote_by: Voice,
    pub(crate) turns: Vec<Turn>,
    /// Lines that were said: nobody says the same sentence twice.
    pub(crate) said: Vec<String>,
}

impl<'a> Rehearsal<'a> {
    pub fn begin(engine: &'a Engine, lines: &'a Lines, story: &'a Story, seed: u64) -> Self {
        let mut rehearsal = Self {
            engine,
            story,
            lines,
            seed,
            state: story.begins(),
            at: 0,
            open: Vec::new(),
            wrote: String::new(),
            wrote_by: Voice::Story,
            turns: Vec::new(),
            said: Vec::new(),
        };
        rehearsal.wrote = rehearsal.letter();
        rehearsal
    }

    /// The same rehearsal once more, from its replies; replies after its end are left out.
    pub fn again<S: AsRef<str>>(
        engine: &'a Engine,
        lines: &'a Lines,
        story: &'a Story,
        seed: u64,
        drafts: impl IntoIterator<Item = S>,
    ) -> Self {
        let replies = drafts.into_iter().map(|draft| (draft, None::<S>));
        Self::again_with(engine, lines, story, seed, replies)
    }

    /// The same, with the words that a model lent after each reply, where it lent some; they are held to the story once more.
    pub fn again_with<S: AsRef<str>>(
        engine: &'a Engine,
        lines: &'a Lines,
        story: &'a Story,
        seed: u64,
        replies: impl IntoIterator<Item = (S, Option<S>)>,
    ) -> Self {
        let mut rehearsal = Self::begin(engine, lines, story, seed);
        for (draft, lent) in replies {
            if rehearsal.ending().is_some() {
                break;
            }
            rehearsal.reply(draft.as_ref());
            if let Some(lent) = lent {
                // What does not hold is not said: the story's own words are there already.
                let _ = rehearsal.lend(lent.as_ref());
            }
        }
        rehearsal
    }

    pub fn seed(&self) -> u64 {
        self.seed
    }

    pub fn story(&self) -> &'a Story {
        self.story
    }

    /// What the customer has written and waits to be answered.
    pub fn wrote(&self) -> &str {
        &self.wrote
    }

    pub fn wrote_by(&self) -> Voice {
        self.wrote_by
    }

    pub fn state(&self) -> State {
        self.state
    }

    pub fn turns(&self) -> &[Turn] {
        &self.turns
    }

    pub fn ending(&self) -> Option<Ending> {
        self.turns.last().and_then(|turn| turn.ending)
    }

    /// Answers what the customer wrote; what came of it. After the end nothing changes any more.
    pub fn reply(&mut self, draft: &str) -> Option<&Turn> {
        if self.ending().is_some() {
            return None;
        }
        let draft: String = draft.chars().take(DRAFT_CHARS_MAX).collect();
        let heard = self.hear(&draft);
        let (reasons, by) = moves::reasons(self, &heard);
        let before = self.state;
        self.state = before.after(by);
        let mut at = 0;
        self.open.retain(|_| {
            at += 1;
            !heard.taken_up.contains(&(at - 1))
        });
        let hotter = by.heat > 0;
        let ending = self.ending_of(hotter);
        let goes_on = ending.is_none() && by.heat < 0 && self.goes_on(&heard);
        let says = compose::words(self, &heard, &draft, ending, goes_on);
        let turn = Turn {
            wrote: std::mem::replace(&mut self.wrote, says.clone()),
            wrote_by: std::mem::replace(&mut self.wrote_by, Voice::Story),
            draft,
            reasons,
            before,
            after: self.state,
            ways: self.state.since(&before),
            heats: hotter,
            says,
            says_by: Voice::Story,
            ending,
        };
        self.turns.push(turn);
        self.turns.last()
    }

    /// Two ways to answer what stands there now; none after the end.
    pub fn contrast(&self) -> Option<Contrast> {
        if self.ending().is_some() {
            return None;
        }
        let tried = |draft: String| {
            let mut other = self.clone();
            other.reply(&draft);
            other.turns.pop()
        };
        Some(Contrast {
            well: tried(self.well())?,
            badly: tried(self.badly())?,
        })
    }

    /// The story's own calm answer to where they are.
    pub fn well(&self) -> String {
        self.version(|letter| &letter.well)
    }

    /// The story's own other answer.
    pub fn badly(&self) -> String {
        self.version(|letter| &letter.badly)
    }

    fn version(&self, of: impl Fn(&crate::story::Letter) -> &Vec<String>) -> String {
        let versions = self.story.letters.get(self.at).map(of);
        versions
            .and_then(|all| all.get(self.turns.len() % all.len().max(1)))
            .cloned()
            .unwrap_or_default()
    }

    fn hear(&self, draft: &str) -> Heard {
        let open: Vec<&Ask> = self.open.iter().filter_map(|at| self.ask(*at)).collect();
        Around {
            engine: self.engine,
            story: self.story,
            wrote: &self.wrote,
            earlier: &self.earlier(),
            open: &open,
        }
        .hear(draft)
    }

    pub(crate) fn ask(&self, (letter, ask): (usize, usize)) -> Option<&'a Ask> {
        self.story.letters.get(letter)?.asks.get(ask)
    }

    fn earlier(&self) -> Vec<Earlier> {
        self.turns
            .iter()
            .flat_map(|turn| {
                [
                    Earlier {
                        from: From::Customer,
                        text: turn.wrote.clone(),
                    },
                    Earlier {
                        from: From::Agent,
                        text: turn.draft.clone(),
                    },
                ]
            })
            .collect()
    }

    /// The letter they are at, in the version that the seed chooses; what it asks is open from now on.
    pub(crate) fn letter(&mut self) -> String {
        let Some(letter) = self.story.letters.get(self.at) else {
            return String::new();
        };
        self.open
            .extend((0..letter.asks.len()).map(|ask| (self.at, ask)));
        let place = u64::try_from(self.at).unwrap_or_default();
        chance::one_of(self.seed, place, &letter.words)
            .cloned()
            .unwrap_or_default()
    }

    fn is_last_letter(&self) -> bool {
        self.at + 1 >= self.story.letters.len()
    }

    /// Whether they were heard well enough to say more.
    fn goes_on(&self, heard: &Heard) -> bool {
        let heard_them = || {
            let was_heard = [Deed::Acknowledged, Deed::Owned, Deed::Asked]
                .iter()
                .any(|deed| heard.does(*deed));
            was_heard && !moves::left_alone(heard)
        };
        !self.is_last_letter() && !heard.is_harsh() && (self.open.is_empty() || heard_them())
    }

    fn ending_of(&self, hotter: bool) -> Option<Ending> {
        if self.is_last_letter() && self.open.is_empty() && self.state.heat() == Heat::Quiet {
            return Some(Ending::Calm);
        }
        let heated = self.turns.iter().filter(|turn| turn.heats).count();
        if hotter && heated + 1 >= HEATED_MAX && self.state.heat() == Heat::VeryHot {
            return Some(Ending::Hot);
        }
        (self.turns.len() + 1 >= REPLIES_MAX).then_some(Ending::Open)
    }
}
