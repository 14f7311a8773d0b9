//! The ledger of promises: looked at, kept, moved, broken, confirmed; and honest times to promise.

use axum::Json as Answer;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Deserialize;
use serde_json::{Value, json};
use unruffled_engine::{Heat, Reading};
use unruffled_store::{
    Due, Message, MessageId, NewPromise, Promise, PromiseId, PromiseKind, PromiseSource,
    PromiseState, PromisesOf,
};

use super::around::{self, Listing};
use super::form::Form;
use super::here::Here;
use super::{done, page};
use crate::clock::HOUR;
use crate::presence::Availability;
use crate::promising::{self, one_line};
use crate::reader::Heard;
use crate::session::Agent;
use crate::sheets::{LedgerSheet, PromisesSheet, ToldSheet};
use crate::{Desk, Oops, limits, pages, soon, words};

const NO_TIME: &str =
    "That is no time within a year from now, so nothing was changed. Choose a day and a time.";

#[derive(Deserialize)]
pub struct Whose {
    #[serde(default)]
    whose: String,
}

pub async fn show(
    State(desk): State<Desk>,
    agent: Agent,
    Query(whose): Query<Whose>,
) -> Result<Response, Oops> {
    let mine = whose.whose != "all";
    let of = if mine {
        PromisesOf::Agent
    } else {
        PromisesOf::Team
    };
    let sheet = LedgerSheet {
        around: around::of(&desk, &agent, &Listing::default()).await?,
        mine,
        promises: desk.store().promises_of(&agent.id, of).await?,
    };
    page(pages::promises(&sheet))
}

#[derive(Deserialize)]
pub struct Asked {
    /// "2026-05-01T16:00": how would this time be said?
    #[serde(default)]
    at: String,
}

/// Times that can be kept, for whoever writes "soon".
pub async fn times(
    State(desk): State<Desk>,
    _: Agent,
    Query(asked): Query<Asked>,
) -> Result<Answer<Value>, Oops> {
    let (hours, now) = (desk.hours(), desk.now());
    if asked.at.is_empty() {
        return Ok(Answer(json!({ "times": soon::times(hours, now) })));
    }
    let at = soon::at_local(hours, &asked.at)
        .filter(|at| *at > now && !soon::too_far(hours, *at, now))
        .ok_or(Oops::Unusable(NO_TIME))?;
    Ok(Answer(json!({ "times": [soon::soon(hours, at, now)] })))
}

#[derive(Deserialize)]
pub struct Settled {
    /// `kept`, `broken`, `dismissed`, or `open` to take that back.
    #[serde(default)]
    state: String,
    /// The reply that kept it.
    #[serde(default)]
    with: String,
    /// `promises` where the page of promises asked.
    #[serde(default)]
    back: String,
}

pub async fn settle(
    State(desk): State<Desk>,
    agent: Agent,
    Path(id): Path<String>,
    headers: HeaderMap,
    Form(given): Form<Settled>,
) -> Result<Response, Oops> {
    let (here, promise) = find(&desk, agent, &id).await?;
    let (store, now) = (desk.store(), desk.now());
    let state = PromiseState::parse(&given.state).filter(|state| *state != PromiseState::Moved);
    let changed = match state {
        Some(PromiseState::Open) => store.reopen_promise(&promise.id, now).await?,
        Some(state) => {
            let with = MessageId::parse(&given.with);
            store
                .settle_promise(&promise.id, state, with.as_ref(), now)
                .await?
        }
        None => {
            return Err(Oops::Unusable(
                "Say whether it was kept, broken or no promise. Nothing was changed.",
            ));
        }
    };
    if !changed {
        return Err(Oops::TooLate(
            "Somebody has settled this already. Load the page again to see how.",
        ));
    }
    answer(&desk, &here, &promise, &headers, &given.back).await
}

#[derive(Deserialize)]
pub struct Given {
    /// "2026-05-01T16:00" on the desk's clock.
    #[serde(default)]
    at: String,
    #[serde(default)]
    back: String,
}

/// Another time for a promise. A letter that says so moves it when it is sent; this is for what the customer was told
/// otherwise, or need not be told.
pub async fn give_time(
    State(desk): State<Desk>,
    agent: Agent,
    Path(id): Path<String>,
    headers: HeaderMap,
    Form(given): Form<Given>,
) -> Result<Response, Oops> {
    let (here, promise) = find(&desk, agent, &id).await?;
    let now = desk.now();
    let due = promising::chosen(desk.hours(), &given.at, now)
        .filter(|due| due.at > now)
        .ok_or(Oops::Unusable(NO_TIME))?;
    if !desk.store().move_promise(&promise.id, &due, now).await? {
        return Err(Oops::TooLate(
            "Somebody has settled this already. Load the page again to see how.",
        ));
    }
    desk.wake();
    answer(&desk, &here, &promise, &headers, &given.back).await
}

#[derive(Deserialize)]
pub struct Confirmed {
    #[serde(default)]
    what: String,
    #[serde(default)]
    due: String,
}

/// What the customer says that we promised is ours once one of us says so. Its time may lie behind us.
pub async fn confirm(
    State(desk): State<Desk>,
    here: Here,
    headers: HeaderMap,
    Form(given): Form<Confirmed>,
) -> Result<Response, Oops> {
    if given.what.trim().is_empty() {
        return Err(Oops::Unusable(
            "It does not say what was promised, so nothing was written down.",
        ));
    }
    let due = promising::chosen(desk.hours(), &given.due, desk.now());
    let promised_by = here
        .conversation
        .assignee_id
        .clone()
        .unwrap_or_else(|| here.agent.id.clone());
    let promise = NewPromise {
        conversation_id: here.conversation.id.clone(),
        kind: PromiseKind::Promise,
        what: given.what,
        promised_by: Some(promised_by),
        source: PromiseSource::Told,
        message_id: None,
        card_id: None,
        due,
    };
    write_down(&desk, &here, &promise, &headers).await
}

/// A promise to oneself: to look again after a hard moment.
pub async fn follow_up(
    State(desk): State<Desk>,
    here: Here,
    headers: HeaderMap,
) -> Result<Response, Oops> {
    let (hours, now) = (desk.hours(), desk.now());
    let at = soon::check_back(hours, now).ok_or(Oops::Unusable(
        "The desk's hours name no working day to look again on, so nothing was written down.",
    ))?;
    let promise = NewPromise {
        conversation_id: here.conversation.id.clone(),
        kind: PromiseKind::FollowUp,
        what: "look whether it has stayed well".to_owned(),
        promised_by: Some(here.agent.id.clone()),
        source: PromiseSource::Closing,
        message_id: None,
        card_id: None,
        due: Some(Due {
            at,
            whole_day: true,
            bring_up_at: hours.bring_up(at, true),
        }),
    };
    write_down(&desk, &here, &promise, &headers).await
}

async fn write_down(
    desk: &Desk,
    here: &Here,
    promise: &NewPromise,
    headers: &HeaderMap,
) -> Result<Response, Oops> {
    let id = desk.store().add_promise(promise, desk.now()).await?;
    desk.wake();
    here.changed(desk);
    let said = json!({ "number": here.conversation.number, "promise": id.as_str() });
    Ok(done(headers, &format!("{}#promises", here.address()), said))
}

async fn find(desk: &Desk, agent: Agent, id: &str) -> Result<(Here, Promise), Oops> {
    let id = PromiseId::parse(id).ok_or(Oops::NotFound)?;
    let store = desk.store();
    let promise = store.promise(&agent.id, &id).await?.ok_or(Oops::NotFound)?;
    let conversation = store
        .conversation(&agent.id, promise.number)
        .await?
        .ok_or(Oops::NotFound)?;
    let here = Here {
        agent,
        conversation,
    };
    Ok((here, promise))
}

async fn answer(
    desk: &Desk,
    here: &Here,
    promise: &Promise,
    headers: &HeaderMap,
    back: &str,
) -> Result<Response, Oops> {
    here.changed(desk);
    let address = match back {
        "promises" => "/promises".to_owned(),
        _ => format!("{}#promises", here.address()),
    };
    let said = json!({ "number": promise.number, "promise": promise.id.as_str() });
    Ok(done(headers, &address, said))
}

/// What stands above the list: this agent's own from the time at which it is brought up; a colleague's once it is late,
/// or when they are not here.
pub async fn brought_up(desk: &Desk, agent: &Agent) -> Result<Vec<Promise>, Oops> {
    let now = desk.now();
    let all = desk.store().promises_brought_up(&agent.id, now).await?;
    let shown = |promise: &Promise| match &promise.promised_by {
        Some(id) if *id != agent.id => {
            promise.due_at.is_some_and(|at| at <= now)
                || desk.presence().of(id, now) == Availability::Away
        }
        _ => true,
    };
    Ok(all
        .into_iter()
        .filter(shown)
        .take(limits::BROUGHT_UP_MAX)
        .collect())
}

/// What the side of a conversation says. `heard` are the customer's last words; `just_closed` offers to look again.
pub async fn sheet(
    desk: &Desk,
    here: &Here,
    thread: &[Message],
    heard: Option<&Heard>,
    reading: Option<&Reading>,
    just_closed: bool,
) -> Result<PromisesSheet, Oops> {
    let (store, now) = (desk.store(), desk.now());
    let conversation = &here.conversation;
    let all = store.promises_in(&conversation.id).await?;
    let late =
        |promise: &Promise| promise.state.is_live() && promise.due_at.is_some_and(|at| at <= now);
    let mut first = store
        .promises_broken(&here.agent.id, &conversation.id, now)
        .await?;
    let told = reading.map_or_else(Vec::new, |reading| told(desk, reading, &all));
    let follow_up = |promise: &Promise| promise.kind == PromiseKind::FollowUp;
    first.extend(all.iter().filter(|it| late(it) && !follow_up(it)).cloned());
    // Offered once, where it has just been closed and the words were hot: read anew, kept nowhere.
    let check_back = if just_closed && !all.iter().any(|it| follow_up(it) && it.state.is_live()) {
        heard
            .filter(|heard| heard.read(desk).heat >= Heat::Hot)
            .and_then(|_| soon::check_back(desk.hours(), now))
    } else {
        None
    };
    let look_again = all
        .iter()
        .any(|it| follow_up(it) && it.state.is_live())
        .then(|| look_again(desk, thread))
        .flatten();
    let since = now - limits::PROMISE_SETTLED_SHOWN_HOURS * HOUR;
    let lines = all
        .into_iter()
        .filter(|promise| {
            !first.iter().any(|shown| shown.id == promise.id)
                && (promise.state.is_live() || promise.settled_at.is_some_and(|at| at > since))
        })
        .collect();
    Ok(PromisesSheet {
        first,
        lines,
        told,
        check_back,
        look_again,
    })
}

/// What they say that we promised, as long as nothing in the ledger says the same.
fn told(desk: &Desk, reading: &Reading, all: &[Promise]) -> Vec<ToldSheet> {
    let mut told: Vec<ToldSheet> = Vec::new();
    for promise in &reading.told {
        let what = one_line(&promise.span.text);
        let local = promise.due.as_deref().and_then(|due| due.get(..16));
        let local = local.unwrap_or_default().to_owned();
        let day = soon::at_local(desk.hours(), &local).map(|at| desk.hours().date(at));
        let known = all.iter().any(|known| {
            known.what == what
                || day.is_some() && known.due_at.map(|at| desk.hours().date(at)) == day
        });
        let promises = promise.due.is_some() || promise.vague || is_to_come(&what);
        if promises && !known && told.iter().all(|other| other.what != what) {
            told.push(ToldSheet { what, local });
        }
    }
    told
}

/// "You said you would ring" is about what was to come; "I was told that it is sorted" is not.
fn is_to_come(words: &str) -> bool {
    const TO_COME: [&str; 6] = ["would", "will", "promise", "’d ", "'d ", "going to"];
    let words = words.to_lowercase();
    TO_COME.iter().any(|it| words.contains(it))
}

/// The honest question, with the day on which we last wrote.
fn look_again(desk: &Desk, thread: &[Message]) -> Option<String> {
    let last = thread
        .iter()
        .rfind(|message| message.direction == unruffled_store::Direction::Out)?;
    let day = words::in_zone(last.created_at, desk.zone()).strftime("%-d %B");
    Some(format!(
        "On {day} we wrote to you about this. Has it stayed well since then, or is something still not right?"
    ))
}
