//! The circle: what was brought, what is on the agenda, one moment with whoever leads through it, what is written down.

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde::Deserialize;
use unruffled_store::{
    CircleId, CircleMoment, CircleNotes, CircleState, CircleVoice, CircleWords, Time,
};

use super::around::{self, Listing};
use super::form::Form;
use super::nameless::{cut, keep};
use super::page;
use crate::session::Agent;
use crate::sheets::circle::{BroughtSheet, CircleMomentSheet, CircleSheet, NotesSheet, SaidSheet};
use crate::telling::{self, Pairs};
use crate::{Desk, Oops, limits, pages, words};

#[derive(Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    brought: String,
    #[serde(default)]
    kept: String,
}

pub async fn show(
    State(desk): State<Desk>,
    agent: Agent,
    Query(asked): Query<Asked>,
) -> Result<Response, Oops> {
    let brought = CircleId::parse(&asked.brought).map(|id| id.to_string());
    page(pages::circle(&sheet(&desk, &agent, brought, None).await?))
}

async fn sheet(
    desk: &Desk,
    agent: &Agent,
    brought: Option<String>,
    taken: Option<Pairs>,
) -> Result<CircleSheet, Oops> {
    let all = desk.store().circle(&agent.id, desk.now()).await?;
    let of = |state| {
        let those = all.iter().filter(move |moment| moment.state == state);
        those.map(|moment| line(desk, moment)).collect::<Vec<_>>()
    };
    let mut over: Vec<BroughtSheet> = of(CircleState::Over);
    over.reverse();
    Ok(CircleSheet {
        around: around::of(desk, agent, &Listing::default()).await?,
        agenda: of(CircleState::Agenda),
        waiting: of(CircleState::Waiting),
        over,
        brought: brought.filter(|id| all.iter().any(|moment| moment.id.as_str() == id)),
        taken,
    })
}

fn line(desk: &Desk, moment: &CircleMoment) -> BroughtSheet {
    BroughtSheet {
        id: moment.id.to_string(),
        about: moment.about.clone(),
        question: moment.question.clone(),
        by: moment.brought_by_name.clone(),
        day: match moment.over_on.filter(|_| moment.state == CircleState::Over) {
            Some(on) => day(desk, on),
            None => day(desk, moment.brought_on),
        },
    }
}

/// A day is kept as noon's day, not as a time: it is the same day everywhere near.
pub fn day(desk: &Desk, at: Time) -> String {
    let noon = at + 12 * crate::clock::HOUR;
    words::in_zone(noon, desk.zone())
        .strftime("%-d %B")
        .to_string()
}

async fn find(
    desk: &Desk,
    agent: &Agent,
    id: &str,
) -> Result<(CircleMoment, Vec<CircleWords>), Oops> {
    let id = CircleId::parse(id).ok_or(Oops::NotFound)?;
    let found = desk.store().circle_moment(&agent.id, &id).await?;
    found.ok_or(Oops::NotFound)
}

pub async fn moment(
    State(desk): State<Desk>,
    agent: Agent,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Oops> {
    let (moment, said) = find(&desk, &agent, &id).await?;
    let mut sheet = moment_sheet(&desk, &agent, &moment, said).await?;
    sheet.saved = !asked.kept.is_empty();
    page(pages::circle_moment(&sheet))
}

async fn moment_sheet(
    desk: &Desk,
    agent: &Agent,
    moment: &CircleMoment,
    said: Vec<CircleWords>,
) -> Result<CircleMomentSheet, Oops> {
    Ok(CircleMomentSheet {
        around: around::of(desk, agent, &Listing::default()).await?,
        moment: line(desk, moment),
        state: moment.state.word(),
        version: moment.version,
        said: said.into_iter().map(spoken).collect(),
        notes: notes(moment),
        saved: false,
        problem: None,
        theirs: None,
    })
}

fn spoken(said: CircleWords) -> SaidSheet {
    SaidSheet {
        voice: said.voice.word(),
        who: match said.voice {
            CircleVoice::Customer => "They write",
            CircleVoice::Us => "We write",
        },
        words: said.words,
    }
}

fn notes(moment: &CircleMoment) -> NotesSheet {
    NotesSheet {
        expected: moment.expected.clone(),
        happened: moment.happened.clone(),
        why: moment.why.clone(),
        keep_on: moment.keep_on.clone(),
        change_to: moment.change_to.clone(),
    }
}

#[derive(Deserialize)]
pub struct Noted {
    #[serde(default)]
    version: String,
    #[serde(default)]
    lesson: String,
    #[serde(default)]
    then: String,
    #[serde(flatten)]
    notes: NotesSheet,
}

pub async fn note(
    State(desk): State<Desk>,
    agent: Agent,
    Path(id): Path<String>,
    Form(given): Form<Noted>,
) -> Result<Response, Oops> {
    let (moment, said) = find(&desk, &agent, &id).await?;
    let store = desk.store();
    let version = given.version.parse().unwrap_or(-1);
    let written = written(&given.notes);
    let kept = store
        .note_in_circle(&agent.id, &moment.id, version, &written)
        .await?;
    if !kept {
        let mut sheet = moment_sheet(&desk, &agent, &moment, said).await?;
        sheet.theirs = Some(sheet.notes);
        sheet.notes = given.notes;
        sheet.problem = Some("Somebody else kept notes since you opened this, so yours are not kept yet. Both are here: take from theirs what you want, and keep yours.".to_owned());
        let html = Html(pages::circle_moment(&sheet)?);
        return Ok((StatusCode::CONFLICT, html).into_response());
    }
    let lesson = given.lesson.trim();
    if lesson.is_empty() {
        let to = format!("/circle/{}?kept=1#notes", moment.id);
        return Ok(Redirect::to(&to).into_response());
    }
    let lesson = cut(lesson, limits::CIRCLE_NOTE_CHARS_MAX);
    let learnt = store
        .add_lesson(&moment.inbox_id, lesson, desk.now())
        .await?;
    let to = match given.then.as_str() {
        "lesson" => format!("/lessons?now={learnt}#lesson-{learnt}"),
        _ => format!("/circle/{}?kept=1#notes", moment.id),
    };
    Ok(Redirect::to(&to).into_response())
}

fn written(notes: &NotesSheet) -> CircleNotes {
    let short = |words: &str| {
        let words = words.replace("\r\n", "\n");
        cut(words.trim(), limits::CIRCLE_WRITTEN_CHARS_MAX).to_owned()
    };
    CircleNotes {
        expected: short(&notes.expected),
        happened: short(&notes.happened),
        why: short(&notes.why),
        keep_on: short(&notes.keep_on),
        change_to: short(&notes.change_to),
    }
}

#[derive(Deserialize)]
pub struct Placed {
    #[serde(default)]
    state: String,
}

pub async fn place(
    State(desk): State<Desk>,
    agent: Agent,
    Path(id): Path<String>,
    Form(given): Form<Placed>,
) -> Result<Response, Oops> {
    let (moment, _) = find(&desk, &agent, &id).await?;
    let state = CircleState::parse(&given.state).ok_or(Oops::Unusable(
        "Say whether it waits, is for the next circle or was talked about. Nothing was changed.",
    ))?;
    let store = desk.store();
    store
        .place_in_circle(&agent.id, &moment.id, state, desk.now())
        .await?;
    Ok(Redirect::to("/circle").into_response())
}

/// Takes a moment back. The page that says so carries its words, so that it can be undone; nothing else has them any more.
pub async fn take(
    State(desk): State<Desk>,
    agent: Agent,
    Path(id): Path<String>,
) -> Result<Response, Oops> {
    let (moment, said) = find(&desk, &agent, &id).await?;
    desk.store().take_from_circle(&agent.id, &moment.id).await?;
    let mut fields: Pairs = vec![
        ("team".to_owned(), moment.inbox_id.to_string()),
        ("about".to_owned(), moment.about.clone()),
        ("question".to_owned(), moment.question.clone()),
        ("expected".to_owned(), moment.expected.clone()),
        ("happened".to_owned(), moment.happened.clone()),
        ("why".to_owned(), moment.why.clone()),
        ("keep_on".to_owned(), moment.keep_on.clone()),
        ("change_to".to_owned(), moment.change_to.clone()),
    ];
    if moment.brought_by_name.as_deref() == Some(agent.name.as_str()) {
        fields.push(("mine".to_owned(), "1".to_owned()));
    }
    for said in said {
        fields.push(("voice".to_owned(), said.voice.word().to_owned()));
        fields.push(("said".to_owned(), said.words));
    }
    page(pages::circle(
        &sheet(&desk, &agent, None, Some(fields)).await?,
    ))
}

/// What was taken back, brought again.
pub async fn give_back(
    State(desk): State<Desk>,
    agent: Agent,
    Form(pairs): Form<Pairs>,
) -> Result<Response, Oops> {
    let team = telling::one(&pairs, "team");
    let inbox = agent
        .inboxes
        .iter()
        .find(|inbox| inbox.id.as_str() == team)
        .ok_or(Oops::NotFound)?;
    let id = keep(&desk, &agent, &inbox.id, &pairs).await?;
    let notes = written(&NotesSheet {
        expected: telling::one(&pairs, "expected").to_owned(),
        happened: telling::one(&pairs, "happened").to_owned(),
        why: telling::one(&pairs, "why").to_owned(),
        keep_on: telling::one(&pairs, "keep_on").to_owned(),
        change_to: telling::one(&pairs, "change_to").to_owned(),
    });
    if notes != CircleNotes::default()
        && let Some(id) = CircleId::parse(&id)
    {
        desk.store()
            .note_in_circle(&agent.id, &id, 0, &notes)
            .await?;
    }
    Ok(Redirect::to("/circle").into_response())
}
