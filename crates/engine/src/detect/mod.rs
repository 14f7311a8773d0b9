//! Detectors: what shows only in the shape of a text or beside another one. A card names one with `sense = "…"`.

mod apologies;
mod asked_again;
mod cheer;
mod concrete;
mod detail;
mod empty_apology;
mod full_apology;
mod goal_missing;
mod insult_after_boundary;
mod length;
pub mod names;
mod open_asks;
mod paraphrase;
mod plain_steps;
mod raised_voice;
mod real_question;
mod short_forms;
mod shouting;
mod starred_swearing;
mod terse;
mod unchecked_facts;
mod unchecked_values;
mod wall;

use crate::deck::Hit;
use crate::pattern::Match;
use crate::scene::Scene;

/// Finds what a card is about, where words alone do not show it.
#[derive(Debug, Clone, Copy)]
pub struct Detector {
    name: &'static str,
    find: fn(&Scene<'_>) -> Vec<Hit>,
}

/// Every detector by the name that cards use, in order of the alphabet.
const DETECTORS: &[Detector] = &[
    Detector {
        name: "apologies",
        find: apologies::find,
    },
    Detector {
        name: "asked-again",
        find: asked_again::find,
    },
    Detector {
        name: "cheer",
        find: cheer::find,
    },
    Detector {
        name: "concrete",
        find: concrete::find,
    },
    Detector {
        name: "detail",
        find: detail::find,
    },
    Detector {
        name: "empty-apology",
        find: empty_apology::find,
    },
    Detector {
        name: "full-apology",
        find: full_apology::find,
    },
    Detector {
        name: "goal-missing",
        find: goal_missing::find,
    },
    Detector {
        name: "insult-after-boundary",
        find: insult_after_boundary::find,
    },
    Detector {
        name: "long-answer",
        find: length::answer,
    },
    Detector {
        name: "long-paragraph",
        find: length::paragraphs,
    },
    Detector {
        name: "long-sentence",
        find: length::sentences,
    },
    Detector {
        name: "name-often",
        find: names::often,
    },
    Detector {
        name: "open-asks",
        find: open_asks::find,
    },
    Detector {
        name: "paraphrase",
        find: paraphrase::find,
    },
    Detector {
        name: "placeholder",
        find: names::placeholders,
    },
    Detector {
        name: "plain-steps",
        find: plain_steps::find,
    },
    Detector {
        name: "raised-voice",
        find: raised_voice::find,
    },
    Detector {
        name: "real-question",
        find: real_question::find,
    },
    Detector {
        name: "short-forms",
        find: short_forms::find,
    },
    Detector {
        name: "shouting",
        find: shouting::find,
    },
    Detector {
        name: "starred-swearing",
        find: starred_swearing::find,
    },
    Detector {
        name: "terse",
        find: terse::find,
    },
    Detector {
        name: "unchecked-facts",
        find: unchecked_facts::find,
    },
    Detector {
        name: "wall",
        find: wall::find,
    },
    Detector {
        name: "wrong-name",
        find: names::wrong,
    },
];

impl Detector {
    pub fn named(name: &str) -> Option<Detector> {
        DETECTORS.iter().find(|d| d.name == name).copied()
    }

    pub fn names() -> impl Iterator<Item = &'static str> {
        DETECTORS.iter().map(|d| d.name)
    }

    pub fn find(&self, scene: &Scene<'_>) -> Vec<Hit> {
        (self.find)(scene)
    }
}

/// A hit over tokens `from..to` that says what its card says.
pub fn hit(from: usize, to: usize) -> Hit {
    Hit {
        card: 0,
        found: Match {
            from,
            to,
            show: (from, to),
        },
        says: None,
        instead: None,
        fix: None,
        weight: None,
    }
}
