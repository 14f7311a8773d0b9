//! Who is around, and what one says of oneself. Nothing of it is written down.

use std::collections::HashSet;
use std::time::Duration;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Deserialize;
use serde_json::json;

use unruffled_store::{AgentId, Inbox};

use super::done;
use super::form::Form;
use crate::bus::Change;
use crate::clock::{MINUTE, Micros};
use crate::presence::{Availability, Own};
use crate::session::Agent;
use crate::sheets::backup::{Colleague, OwnWord};
use crate::sheets::breaks::BreaksSheet;
use crate::{Desk, Oops, limits, send_times, words};

/// So that whoever looks then finds it over.
const A_LITTLE_LATER: Duration = Duration::from_millis(200);

#[derive(Deserialize)]
pub struct Given {
    /// `here`, `break`, `away`.
    #[serde(default)]
    state: String,
    /// "14:20": when they are back from a break.
    #[serde(default)]
    until: String,
    /// Or in how many minutes, "5".
    #[serde(default)]
    minutes: String,
    /// Not empty where the minutes are added to the break that is.
    #[serde(default)]
    longer: String,
    /// The page to go back to: always one of this desk's.
    #[serde(default)]
    back: String,
}

pub async fn say(
    State(desk): State<Desk>,
    agent: Agent,
    headers: HeaderMap,
    Form(given): Form<Given>,
) -> Result<Response, Oops> {
    let now = desk.now();
    let own = match given.state.as_str() {
        "here" => Own::Here,
        "away" => Own::Away,
        "break" if !given.minutes.is_empty() => Own::Break(break_until(&desk, &agent, &given)?),
        // Offered where words crossed a line: no time has to be thought of.
        "break" if given.until.is_empty() => Own::Break(now + limits::BREAK_AFTER_ABUSE),
        "break" => Own::Break(
            send_times::next_clock(&given.until, now, desk.zone()).ok_or(Oops::Unusable(
                "A time within the next half day is wanted, such as 14:20. Nothing was changed.",
            ))?,
        ),
        _ => {
            return Err(Oops::Unusable(
                "Say whether you are here, on a break or away. Nothing was changed.",
            ));
        }
    };
    desk.presence().say(&agent.id, own, now);
    changed(&desk, &agent);
    if let Own::Break(until) = own {
        tell_when_over(&desk, &agent, until - now);
    }
    let word = self::word(desk.presence().of(&agent.id, now), &desk);
    let back = match given.back.strip_prefix("/conversations/") {
        Some(number) if number.parse::<i64>().is_ok() => given.back.as_str(),
        _ if given.back == "/break" => "/break",
        _ => "/inbox",
    };
    Ok(done(&headers, back, json!({ "word": word })))
}

/// When a break of so many minutes is over, to the next five: "back about 14:20" holds nobody to a minute.
fn break_until(desk: &Desk, agent: &Agent, given: &Given) -> Result<i64, Oops> {
    let minutes: i64 = given
        .minutes
        .parse()
        .ok()
        .filter(|minutes| limits::BREAK_MINUTES.contains(minutes))
        .ok_or(Oops::Unusable(
            "A break of one to sixty minutes can be said here; a longer one is a time under S, or away. Nothing was changed.",
        ))?;
    let now = desk.now();
    let from = match desk.presence().own(&agent.id, now) {
        Own::Break(until) if !given.longer.is_empty() => until,
        _ => now,
    };
    // Rounding never makes it shorter.
    let least = from + minutes * MINUTE + limits::BREAK_ABOUT - 1;
    Ok(least.div_euclid(limits::BREAK_ABOUT) * limits::BREAK_ABOUT)
}

/// A break ends by itself; open pages are told then, as they were told when it began.
fn tell_when_over(desk: &Desk, agent: &Agent, lasts: Micros) {
    let (desk, inboxes) = (desk.clone(), agent.inboxes.clone());
    let lasts = Duration::from_micros(lasts.unsigned_abs()) + A_LITTLE_LATER;
    tokio::spawn(async move {
        let mut closing = desk.closing();
        tokio::select! {
            () = tokio::time::sleep(lasts) => changed_in(&desk, &inboxes),
            _ = closing.wait_for(|closing| *closing) => {}
        }
    });
}

/// Colleagues read another word beside this agent's name now.
pub fn changed(desk: &Desk, agent: &Agent) {
    changed_in(desk, &agent.inboxes);
}

fn changed_in(desk: &Desk, inboxes: &[Inbox]) {
    for inbox in inboxes {
        desk.say(Change::Inbox {
            inbox: inbox.id.to_string(),
        });
    }
}

/// Everybody who answers from this agent's inboxes: whoever is around first, this agent last.
pub async fn people(desk: &Desk, agent: &Agent) -> Result<Vec<Colleague>, Oops> {
    let now = desk.now();
    let mut known = HashSet::new();
    let mut people = Vec::new();
    for inbox in &agent.inboxes {
        for member in desk.store().members_of(&inbox.id).await? {
            if !known.insert(member.id.clone()) {
                continue;
            }
            let me = member.id == agent.id;
            let availability = desk.presence().of(&member.id, now);
            people.push((me, rank(availability), member.name, member.id, availability));
        }
    }
    people.sort_by(|a, b| (a.0, a.1, &a.2).cmp(&(b.0, b.1, &b.2)));
    Ok(people
        .into_iter()
        .map(|(me, _, name, id, availability)| Colleague {
            id: id.to_string(),
            name,
            word: word(availability, desk),
            me,
        })
        .collect())
}

pub fn own(desk: &Desk, agent: &Agent) -> OwnWord {
    match desk.presence().own(&agent.id, desk.now()) {
        Own::Here => OwnWord::Here,
        Own::Break(_) => OwnWord::Break,
        Own::Away => OwnWord::Away,
    }
}

/// Nothing that is for whoever is free comes to somebody on a break.
pub fn on_break(desk: &Desk, agent: &Agent) -> bool {
    matches!(desk.presence().own(&agent.id, desk.now()), Own::Break(_))
}

/// Colleagues of this agent's inboxes who are around or in a moment.
pub async fn others_here(desk: &Desk, agent: &Agent) -> Result<Vec<AgentId>, Oops> {
    let now = desk.now();
    let mut here = Vec::new();
    for inbox in &agent.inboxes {
        let members = desk.store().members_of(&inbox.id).await?;
        here.extend(members.into_iter().map(|member| member.id).filter(|id| {
            let is_here = matches!(
                desk.presence().of(id, now),
                Availability::Around | Availability::Moment
            );
            *id != agent.id && is_here
        }));
    }
    Ok(here)
}

/// What is set for everybody, and this agent's own break.
pub fn breaks(desk: &Desk, agent: &Agent) -> BreaksSheet {
    let now = desk.now();
    let until = match desk.presence().own(&agent.id, now) {
        Own::Break(until) => Some(until),
        Own::Here | Own::Away => None,
    };
    BreaksSheet {
        hot_in_a_row: desk.settings().hot_in_a_row,
        back_at: until.map(|until| words::clock_time(until, desk.zone())),
        left_ms: until.map_or(0, |until| (until - now) / 1_000),
    }
}

fn rank(availability: Availability) -> u8 {
    match availability {
        Availability::Around => 0,
        Availability::Moment => 1,
        Availability::Break(_) => 2,
        Availability::Away => 3,
    }
}

/// How somebody is not around, in words; nothing where they are.
pub fn absent(desk: &Desk, id: &AgentId) -> Option<String> {
    let availability = desk.presence().of(id, desk.now());
    matches!(availability, Availability::Break(_) | Availability::Away)
        .then(|| word(availability, desk))
}

fn word(availability: Availability, desk: &Desk) -> String {
    match availability {
        Availability::Around => "around".to_owned(),
        Availability::Moment => "in a moment".to_owned(),
        Availability::Break(until) => {
            let until = words::clock_time(until, desk.zone());
            format!("on a break, back about {until}")
        }
        Availability::Away => "away".to_owned(),
    }
}
