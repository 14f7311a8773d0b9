//! "greets a name": the hit is a person's name in a greeting, not "there" or "customer".

use crate::pattern::Match;
use crate::scene::Scene;

const NOT_NAMES: &[&str] = &[
    "there", "all", "team", "again", "everyone", "both", "folks", "customer", "client", "guest",
    "member", "user", "sir", "madam", "friend", "to", "and", "valued",
];

pub fn holds(scene: &Scene<'_>, hit: Match) -> bool {
    let text = scene.text();
    let last = hit.show.1.saturating_sub(1);
    // A name that is not theirs is no virtue.
    crate::detect::names::wrong(scene).is_empty()
        && text
            .salutation
            .is_some_and(|(from, to)| from <= hit.from && last < to)
        && text.tokens[last].capital
        && !NOT_NAMES.contains(&text.written(last).to_lowercase().as_str())
}
