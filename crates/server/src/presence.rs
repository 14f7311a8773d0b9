//! Who is around: in the memory of this process, for as long as somebody is logged in, and nowhere else.
//!
//! Only how it is now is known; what it was before is forgotten with the next change. "In a moment"
//! follows from having a hot conversation open, and nobody is told which.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use unruffled_store::AgentId;

use crate::clock::{MINUTE, Micros};

/// Without an open page somebody is taken for gone after this long: a cup of tea is shorter.
const GONE_AFTER: Micros = 10 * MINUTE;
/// A moment whose page was closed is over soon after; a page that loads anew is not away between.
const MOMENT_AFTER: Micros = 2 * MINUTE;

/// What a colleague may see of somebody: a word, and when they are back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Availability {
    Around,
    /// In a moment that asks for all of them.
    Moment,
    /// On a break of their own choosing, until then.
    Break(Micros),
    Away,
}

/// What somebody says of themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Own {
    /// Nothing: it is as it is seen.
    #[default]
    Here,
    Break(Micros),
    Away,
}

#[derive(Debug, Default)]
struct Seen {
    at: Micros,
    /// Pages that listen for changes at this moment.
    pages: usize,
    /// The conversation that was opened last, and whether it is hot.
    place: Option<(i64, bool)>,
    own: Own,
}

/// What is known of everybody who is logged in. Clones share it.
#[derive(Debug, Clone, Default)]
pub struct Presence(Arc<Mutex<HashMap<AgentId, Seen>>>);

/// A page that listens; it is gone when this is dropped.
pub struct OpenPage {
    presence: Presence,
    agent: AgentId,
}

impl Presence {
    fn with<T>(&self, look: impl FnOnce(&mut HashMap<AgentId, Seen>) -> T) -> T {
        look(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Changes what is known of somebody; `true` where colleagues now read another word.
    fn change(&self, agent: &AgentId, now: Micros, how: impl FnOnce(&mut Seen)) -> bool {
        self.with(|all| {
            let seen = all.entry(agent.clone()).or_default();
            let before = seen.word(now);
            how(seen);
            seen.word(now) != before
        })
    }

    /// Somebody asked the desk for something.
    pub fn seen(&self, agent: &AgentId, now: Micros) -> bool {
        self.change(agent, now, |seen| seen.at = now)
    }

    /// Somebody opened a conversation (its number, and whether it is hot), or the inbox.
    pub fn at(&self, agent: &AgentId, place: Option<(i64, bool)>, now: Micros) -> bool {
        self.change(agent, now, |seen| {
            seen.at = now;
            seen.place = place;
        })
    }

    /// Takes up a conversation that nobody else has before them just now; `false` where somebody has. Two who ask for the
    /// next one at once are given two.
    pub fn take_up(&self, agent: &AgentId, number: i64, now: Micros) -> bool {
        self.with(|all| {
            let elsewhere = |(other, seen): (&AgentId, &Seen)| {
                other != agent && seen.works(now) && seen.is_at(number)
            };
            if all.iter().any(elsewhere) {
                return false;
            }
            let seen = all.entry(agent.clone()).or_default();
            if !seen.is_at(number) {
                seen.place = Some((number, false));
            }
            true
        })
    }

    /// What somebody says of themselves takes the place of what they said before.
    pub fn say(&self, agent: &AgentId, own: Own, now: Micros) {
        self.change(agent, now, |seen| {
            seen.at = now;
            seen.own = own;
        });
    }

    /// A page of theirs listens from now on.
    pub fn page(&self, agent: &AgentId, now: Micros) -> OpenPage {
        self.change(agent, now, |seen| {
            seen.at = now;
            seen.pages += 1;
        });
        OpenPage {
            presence: self.clone(),
            agent: agent.clone(),
        }
    }

    /// Logged out: nothing is known of them any more.
    pub fn gone(&self, agent: &AgentId) {
        self.with(|all| all.remove(agent));
    }

    pub fn of(&self, agent: &AgentId, now: Micros) -> Availability {
        self.with(|all| {
            all.get(agent)
                .map_or(Availability::Away, |seen| seen.word(now))
        })
    }

    /// What somebody said of themselves, if it still holds.
    pub fn own(&self, agent: &AgentId, now: Micros) -> Own {
        let own = self.with(|all| all.get(agent).map_or(Own::Here, |seen| seen.own));
        match own {
            Own::Break(until) if until <= now => Own::Here,
            own => own,
        }
    }

    /// Whether somebody has this conversation before them.
    pub fn is_at(&self, agent: &AgentId, number: i64, now: Micros) -> bool {
        self.with(|all| {
            all.get(agent)
                .is_some_and(|seen| seen.is_here(now) && seen.is_at(number))
        })
    }
}

impl Seen {
    fn is_here(&self, now: Micros) -> bool {
        self.pages > 0 || now - self.at < GONE_AFTER
    }

    fn is_at(&self, number: i64) -> bool {
        self.place.is_some_and(|(place, _)| place == number)
    }

    /// Here, and neither on a break nor away: what lies open before somebody who has left their desk is free.
    fn works(&self, now: Micros) -> bool {
        matches!(self.word(now), Availability::Around | Availability::Moment)
    }

    fn word(&self, now: Micros) -> Availability {
        match self.own {
            Own::Break(until) if until > now => return Availability::Break(until),
            Own::Away => return Availability::Away,
            Own::Break(_) | Own::Here => {}
        }
        let in_a_moment = self.place.is_some_and(|(_, hot)| hot)
            && (self.pages > 0 || now - self.at < MOMENT_AFTER);
        if !self.is_here(now) {
            Availability::Away
        } else if in_a_moment {
            Availability::Moment
        } else {
            Availability::Around
        }
    }
}

impl Drop for OpenPage {
    fn drop(&mut self) {
        self.presence.with(|all| {
            if let Some(seen) = all.get_mut(&self.agent) {
                seen.pages = seen.pages.saturating_sub(1);
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: Micros = 1_777_896_000_000_000;

    #[test]
    fn somebody_is_around_while_they_are_seen_and_away_after() {
        let (presence, ada) = (Presence::default(), AgentId::fresh());
        assert_eq!(presence.of(&ada, NOON), Availability::Away);
        assert!(presence.seen(&ada, NOON));
        assert_eq!(presence.of(&ada, NOON), Availability::Around);
        assert_eq!(presence.of(&ada, NOON + GONE_AFTER), Availability::Away);
        let page = presence.page(&ada, NOON);
        assert_eq!(presence.of(&ada, NOON + GONE_AFTER), Availability::Around);
        drop(page);
        assert_eq!(presence.of(&ada, NOON + GONE_AFTER), Availability::Away);
        presence.seen(&ada, NOON);
        presence.gone(&ada);
        assert_eq!(presence.of(&ada, NOON), Availability::Away);
    }

    #[test]
    fn a_hot_conversation_is_a_moment_until_another_page_is_opened() {
        let (presence, ada) = (Presence::default(), AgentId::fresh());
        presence.seen(&ada, NOON);
        assert!(presence.at(&ada, Some((12, true)), NOON), "another word");
        assert!(!presence.at(&ada, Some((12, true)), NOON), "the same word");
        assert_eq!(presence.of(&ada, NOON), Availability::Moment);
        assert!(presence.is_at(&ada, 12, NOON) && !presence.is_at(&ada, 13, NOON));
        assert_eq!(presence.of(&ada, NOON + MOMENT_AFTER), Availability::Around);
        assert!(presence.at(&ada, None, NOON));
        assert_eq!(presence.of(&ada, NOON), Availability::Around);
    }

    #[test]
    fn two_who_ask_for_the_next_one_are_given_two() {
        let (presence, ada, ben) = (Presence::default(), AgentId::fresh(), AgentId::fresh());
        for agent in [&ada, &ben] {
            presence.seen(agent, NOON);
        }
        assert!(presence.take_up(&ada, 12, NOON));
        assert!(!presence.take_up(&ben, 12, NOON) && presence.take_up(&ben, 13, NOON));
        assert!(
            presence.take_up(&ada, 12, NOON),
            "her own is not in her way"
        );
        presence.say(&ada, Own::Break(NOON + MINUTE), NOON);
        assert!(presence.take_up(&ben, 12, NOON), "she has left it lying");
    }

    #[test]
    fn a_break_ends_by_itself_and_leaves_nothing_behind() {
        let (presence, ada) = (Presence::default(), AgentId::fresh());
        presence.say(&ada, Own::Break(NOON + MINUTE), NOON);
        assert_eq!(presence.of(&ada, NOON), Availability::Break(NOON + MINUTE));
        assert_eq!(presence.of(&ada, NOON + MINUTE), Availability::Around);
        assert_eq!(presence.own(&ada, NOON + MINUTE), Own::Here);
        presence.say(&ada, Own::Here, NOON + 2 * MINUTE);
        // All that is known of them is how it is now: the break is nowhere.
        let held = presence.with(|all| format!("{:?}", all.get(&ada)));
        assert!(!held.contains("Break"), "{held}");
    }
}
