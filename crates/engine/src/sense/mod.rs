//! Senses: what words alone do not show. A card names a sense; each lives in a file of its own.

mod asks;
mod calm_message;
mod capitalised;
mod conditional;
mod empathy_before;
mod explained;
mod greets_name;
mod hard_moment;
mod known_fact;
mod little_else;
mod names_somebody;
mod near_end;
mod negated;
mod no_message;
mod nothing_wrong;
mod plain_words_needed;
mod pre_closing;
mod question;
mod relative;
mod reported;
mod settled;
mod somebody_acts;
mod their_word;
mod undercut_after;
mod way_on;

pub use asks::asks as asks_something;
pub use explained::holds as explained;
pub use their_word::said as said_by_them;

use crate::pattern::Match;
use crate::scene::Scene;

/// A predicate about a hit.
#[derive(Debug, Clone, Copy)]
pub struct Sense {
    name: &'static str,
    test: fn(&Scene<'_>, Match) -> bool,
}

/// Every sense by the name that cards use, in order of the alphabet.
const SENSES: &[Sense] = &[
    Sense {
        name: "asks",
        test: asks::holds,
    },
    Sense {
        name: "calm message",
        test: calm_message::holds,
    },
    Sense {
        name: "capitalised",
        test: capitalised::holds,
    },
    Sense {
        name: "conditional",
        test: conditional::holds,
    },
    Sense {
        name: "empathy before",
        test: empathy_before::holds,
    },
    Sense {
        name: "explained",
        test: explained::holds,
    },
    Sense {
        name: "greets a name",
        test: greets_name::holds,
    },
    Sense {
        name: "hard moment",
        test: hard_moment::holds,
    },
    Sense {
        name: "known fact",
        test: known_fact::holds,
    },
    Sense {
        name: "little else",
        test: little_else::holds,
    },
    Sense {
        name: "names somebody",
        test: names_somebody::holds,
    },
    Sense {
        name: "near the end",
        test: near_end::holds,
    },
    Sense {
        name: "negated",
        test: negated::holds,
    },
    Sense {
        name: "no message",
        test: no_message::holds,
    },
    Sense {
        name: "nothing wrong",
        test: nothing_wrong::holds,
    },
    Sense {
        name: "plain words needed",
        test: plain_words_needed::holds,
    },
    Sense {
        name: "pre-closing",
        test: pre_closing::holds,
    },
    Sense {
        name: "question",
        test: question::holds,
    },
    Sense {
        name: "relative",
        test: relative::holds,
    },
    Sense {
        name: "reported",
        test: reported::holds,
    },
    Sense {
        name: "settled",
        test: settled::holds,
    },
    Sense {
        name: "somebody acts",
        test: somebody_acts::holds,
    },
    Sense {
        name: "their word",
        test: their_word::holds,
    },
    Sense {
        name: "undercut after",
        test: undercut_after::holds,
    },
    Sense {
        name: "unresolved",
        test: settled::unresolved,
    },
    Sense {
        name: "unsettled",
        test: settled::unsettled,
    },
    Sense {
        name: "way on",
        test: way_on::holds,
    },
];

impl Sense {
    pub fn named(name: &str) -> Option<Sense> {
        SENSES.iter().find(|sense| sense.name == name).copied()
    }

    pub fn names() -> impl Iterator<Item = &'static str> {
        SENSES.iter().map(|sense| sense.name)
    }

    pub fn holds(&self, scene: &Scene<'_>, hit: Match) -> bool {
        (self.test)(scene, hit)
    }
}
