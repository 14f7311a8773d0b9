//! How a moment stands: its heat, its trust and its clarity. Words outside, a few points inside, and of the moment only.

use serde::{Serialize, Serializer};
use std::fmt;
use unruffled_engine::Heat;

/// Points for one word: three small steps lie between "warm" and "hot".
const POINTS: i8 = 3;
const WORDS: i8 = 4;
const MOST: i8 = POINTS * WORDS - 1;

/// What is believed of what we write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Trust {
    Gone,
    Thin,
    There,
    Firm,
}

/// How clear it is to them what happened and what comes next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Clarity {
    Lost,
    Partly,
    Mostly,
    Clear,
}

/// Where the moment stands. Never of a person: another moment begins anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct State {
    heat: i8,
    trust: i8,
    clarity: i8,
}

/// What a deed does to the moment, in points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Move {
    pub heat: i8,
    pub trust: i8,
    pub clarity: i8,
}

/// Which way something went, for a word beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Way {
    Down,
    Same,
    Up,
}

impl Way {
    pub fn of(points: i8) -> Way {
        match points {
            ..0 => Way::Down,
            0 => Way::Same,
            _ => Way::Up,
        }
    }
}

impl State {
    /// The middle of three words.
    pub fn new(heat: Heat, trust: Trust, clarity: Clarity) -> State {
        let heat = match heat {
            Heat::Quiet => 0,
            Heat::Warm => 1,
            Heat::Hot => 2,
            Heat::VeryHot => 3,
        };
        let trust = match trust {
            Trust::Gone => 0,
            Trust::Thin => 1,
            Trust::There => 2,
            Trust::Firm => 3,
        };
        let clarity = match clarity {
            Clarity::Lost => 0,
            Clarity::Partly => 1,
            Clarity::Mostly => 2,
            Clarity::Clear => 3,
        };
        let middle = |word: i8| word * POINTS + POINTS / 2;
        State {
            heat: middle(heat),
            trust: middle(trust),
            clarity: middle(clarity),
        }
    }

    pub fn heat(&self) -> Heat {
        match self.heat / POINTS {
            0 => Heat::Quiet,
            1 => Heat::Warm,
            2 => Heat::Hot,
            _ => Heat::VeryHot,
        }
    }

    pub fn trust(&self) -> Trust {
        match self.trust / POINTS {
            0 => Trust::Gone,
            1 => Trust::Thin,
            2 => Trust::There,
            _ => Trust::Firm,
        }
    }

    pub fn clarity(&self) -> Clarity {
        match self.clarity / POINTS {
            0 => Clarity::Lost,
            1 => Clarity::Partly,
            2 => Clarity::Mostly,
            _ => Clarity::Clear,
        }
    }

    /// The state after a move, inside its bounds.
    #[must_use]
    pub(crate) fn after(self, by: Move) -> State {
        let within = |now: i8, by: i8| now.saturating_add(by).clamp(0, MOST);
        State {
            heat: within(self.heat, by.heat),
            trust: within(self.trust, by.trust),
            clarity: within(self.clarity, by.clarity),
        }
    }

    /// What changed since `before`.
    pub fn since(&self, before: &State) -> Ways {
        Ways {
            heat: Way::of(self.heat - before.heat),
            trust: Way::of(self.trust - before.trust),
            clarity: Way::of(self.clarity - before.clarity),
        }
    }

    /// How far apart two moments are in heat, for the proofs: points, and so for nobody's eyes.
    #[doc(hidden)]
    pub fn points(&self) -> (i8, i8, i8) {
        (self.heat, self.trust, self.clarity)
    }
}

/// Which way each of the three went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Ways {
    pub heat: Way,
    pub trust: Way,
    pub clarity: Way,
}

impl Serialize for State {
    /// Words, never points.
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Words {
            heat: Heat,
            trust: Trust,
            clarity: Clarity,
        }
        Words {
            heat: self.heat(),
            trust: self.trust(),
            clarity: self.clarity(),
        }
        .serialize(to)
    }
}

/// A heat in words, as the desk says it.
pub fn heat_word(heat: Heat) -> &'static str {
    match heat {
        Heat::Quiet => "quiet",
        Heat::Warm => "warm",
        Heat::Hot => "hot",
        Heat::VeryHot => "very hot",
    }
}

impl fmt::Display for Trust {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Trust::Gone => "gone",
            Trust::Thin => "thin",
            Trust::There => "there",
            Trust::Firm => "firm",
        })
    }
}

impl fmt::Display for Clarity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            // "Lost" alone would be said of a person.
            Clarity::Lost => "nothing clear yet",
            Clarity::Partly => "partly clear",
            Clarity::Mostly => "mostly clear",
            Clarity::Clear => "clear",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_is_told_in_words_and_stays_within_its_bounds() {
        let state = State::new(Heat::Hot, Trust::Gone, Clarity::Partly);
        let json = serde_json::to_string(&state).expect("it is words");
        assert_eq!(json, r#"{"heat":"hot","trust":"gone","clarity":"partly"}"#);
        let far = Move {
            heat: 100,
            trust: -100,
            clarity: 100,
        };
        let end = state.after(far);
        assert_eq!(
            (end.heat(), end.trust(), end.clarity()),
            (Heat::VeryHot, Trust::Gone, Clarity::Clear)
        );
        assert_eq!(end.since(&state).heat, Way::Up);
    }
}
