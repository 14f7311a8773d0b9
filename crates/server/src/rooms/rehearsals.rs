//! Rehearsing: a difficult moment with an invented customer. The page holds what was answered; nothing of it is kept here.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use serde::{Deserialize, Serialize};
use tokio::runtime::Handle;
use unruffled_engine::{Card, CardKind, Engine};
use unruffled_rehearsal::{Contrast, Rehearsal, Shelf, Story};
use unruffled_voice::Voice;

use super::form::Form;
use super::page;
use crate::clock::SECOND;
use crate::session::Agent;
use crate::sheets::{Possibility, RehearsalSheet, RoomSheet, ShelfSheet, StoryGroup, StoryLine};
use crate::speaking::{self, Spoken};
use crate::{Desk, Oops, limits, pages, words};

/// Ways a rehearsal may go that are tried when nobody asks for one: small numbers can be told to a colleague.
const SEEDS: u64 = 1_000;

#[derive(Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    by: String,
    #[serde(default)]
    seed: String,
    removed: Option<String>,
}

pub(super) fn room(desk: &Desk, agent: &Agent) -> RoomSheet {
    RoomSheet {
        agent: agent.person(),
        inbox_name: agent.inboxes.first().map_or_else(
            || desk.settings().inbox.name.clone(),
            |inbox| inbox.name.clone(),
        ),
    }
}

/// The eight possibilities in the order of their codes.
pub(super) fn possibilities(engine: &Engine) -> Vec<Possibility> {
    let mut all: Vec<Possibility> = engine
        .cards()
        .filter(|card| card.kind == CardKind::WhatIf)
        .map(possibility)
        .collect();
    all.sort_by(|a, b| a.code.cmp(&b.code));
    all.dedup_by(|a, b| a.code == b.code);
    all
}

fn possibility(card: &Card) -> Possibility {
    Possibility {
        code: card.front.code.clone(),
        says: card.front.says.clone(),
        respond: card.front.respond.clone(),
        ask: card.front.ask.clone(),
    }
}

pub(super) fn line(story: &Story, own: bool) -> StoryLine {
    StoryLine {
        id: story.id.clone(),
        title: story.title.clone(),
        trade: story.trade.clone(),
        level: story.level.to_string(),
        own,
    }
}

pub async fn list(
    State(desk): State<Desk>,
    agent: Agent,
    Query(asked): Query<Asked>,
) -> Result<Response, Oops> {
    let standing = desk.stories().await;
    let shelf = standing.shelf();
    let by_possibility = asked.by == "possibility";
    let known = possibilities(&desk.engine());
    let title = |story: &Story| {
        let says = known.iter().find(|it| it.code == story.what_if);
        match says.filter(|_| by_possibility) {
            Some(possibility) => possibility.says.clone(),
            None => words::first_letter_up(&story.level.to_string()),
        }
    };
    let mut groups: Vec<StoryGroup> = Vec::new();
    for story in &shelf.stories {
        let title = title(story);
        let line = line(story, standing.own.contains(&story.id));
        match groups.iter_mut().find(|group| group.title == title) {
            Some(group) => group.lines.push(line),
            None => groups.push(StoryGroup {
                title,
                lines: vec![line],
            }),
        }
    }
    let folder = desk.stories_folder();
    page(pages::shelf(&ShelfSheet {
        room: room(&desk, &agent),
        groups,
        by_possibility,
        faults: standing.faults,
        removed: asked
            .removed
            .filter(|id| folder.as_ref().is_some_and(|folder| folder.has_history(id))),
        folder: folder
            .is_some()
            .then(|| desk.settings().stories_folder.display().to_string()),
    }))
}

/// One answer that was given, as the page holds it.
#[derive(Clone, Deserialize, Serialize)]
struct Given {
    draft: String,
    /// What a model said in the customer's place, so that playing it again gives the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    said: Option<String>,
}

#[derive(Default, Deserialize)]
pub struct Answered {
    #[serde(default)]
    seed: u64,
    #[serde(default)]
    so_far: String,
    #[serde(default)]
    draft: String,
    /// Not empty where the person wants a model to lend the words.
    #[serde(default)]
    model: String,
}

pub async fn show(
    State(desk): State<Desk>,
    agent: Agent,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Oops> {
    let seed = asked
        .seed
        .parse()
        .unwrap_or_else(|_| u64::try_from(desk.now() / SECOND).unwrap_or_default() % SEEDS);
    let place = Place::find(&desk, &agent, &id, seed).await?;
    let sheet = place.played(Vec::new(), None).await?;
    page(pages::rehearsal(&sheet))
}

/// An answer, and what comes of it.
pub async fn answer(
    State(desk): State<Desk>,
    agent: Agent,
    Path(id): Path<String>,
    Form(answered): Form<Answered>,
) -> Result<Response, Oops> {
    if answered.so_far.len() + answered.draft.len() > limits::SO_FAR_BYTES_MAX {
        return Err(Oops::TooLarge);
    }
    let mut place = Place::find(&desk, &agent, &id, answered.seed).await?;
    place.with_model = !answered.model.is_empty();
    let so_far = match answered.so_far.as_str() {
        "" => Vec::new(),
        words => serde_json::from_str(words).map_err(|_| {
            Oops::Unusable(
                "This page does not know any more what was answered before. Begin the story anew.",
            )
        })?,
    };
    let draft = answered.draft.replace("\r\n", "\n");
    if draft.trim().is_empty() {
        let mut sheet = place.played(so_far, None).await?;
        sheet.problem = Some("Nothing is written yet, so nothing was answered.".to_owned());
        let page = pages::rehearsal(&sheet)?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page)).into_response());
    }
    let sheet = place.played(so_far, Some(draft)).await?;
    page(pages::rehearsal(&sheet))
}

/// Where a rehearsal is played.
struct Place {
    room: RoomSheet,
    engine: Arc<Engine>,
    shelf: Arc<Shelf>,
    id: String,
    seed: u64,
    possibility: Possibility,
    voice: Option<Voice>,
    /// It is asked only where the person wants it.
    with_model: bool,
}

impl Place {
    async fn find(desk: &Desk, agent: &Agent, id: &str, seed: u64) -> Result<Self, Oops> {
        let shelf = desk.stories().await.shelf();
        let engine = desk.engine();
        let story = shelf.get(id).ok_or(Oops::NotFound)?;
        let all = possibilities(&engine);
        let possibility = all.into_iter().find(|it| it.code == story.what_if);
        Ok(Self {
            room: room(desk, agent),
            possibility: possibility.unwrap_or_default(),
            id: id.to_owned(),
            // What is wrong with it was told at the start.
            voice: desk.settings().voice().ok().flatten(),
            with_model: false,
            engine,
            shelf,
            seed,
        })
    }

    /// Plays what was answered so far, and the new answer. On a thread of its own: eight answers are a hundred reviews.
    async fn played(
        self,
        so_far: Vec<Given>,
        draft: Option<String>,
    ) -> Result<RehearsalSheet, Oops> {
        tokio::task::spawn_blocking(move || self.play(so_far, draft))
            .await
            // What a panic says may hold words of an answer.
            .map_err(|_| Oops::Broken("a rehearsal stopped".to_owned()))?
    }

    fn play(self, mut so_far: Vec<Given>, draft: Option<String>) -> Result<RehearsalSheet, Oops> {
        let story = self.shelf.get(&self.id).ok_or(Oops::NotFound)?;
        let mut rehearsal = Rehearsal::begin(&self.engine, &self.shelf.lines, story, self.seed);
        let mut contrast: Option<Contrast> = None;
        let is_new = draft.is_some();
        so_far.extend(draft.map(|draft| Given { draft, said: None }));
        for (at, given) in so_far.iter().enumerate() {
            if at + 1 == so_far.len() {
                contrast = rehearsal.contrast();
            }
            if rehearsal.reply(&given.draft).is_none() {
                break;
            }
            if let Some(said) = &given.said {
                // What does not hold is not said: the story's own words are there already.
                let _ = rehearsal.lend(said);
            }
        }
        let mut fell_back = None;
        if is_new && so_far.len() == rehearsal.turns().len() {
            // This thread has nothing else to do than to wait for the words.
            let voice = self.voice.as_ref().filter(|_| self.with_model);
            let asked = speaking::speak(voice, &mut rehearsal);
            match Handle::current().block_on(asked) {
                Spoken::Lent => {
                    if let Some(last) = so_far.last_mut() {
                        last.said = Some(rehearsal.wrote().to_owned());
                    }
                }
                Spoken::FellBack(why) => fell_back = Some(why),
                Spoken::Nothing => {}
            }
        }
        so_far.truncate(rehearsal.turns().len());
        let as_sent = serde_json::to_string(&so_far);
        Ok(RehearsalSheet {
            story: Arc::new(story.clone()),
            possibility: self.possibility,
            seed: self.seed,
            so_far: as_sent.map_err(|fault| Oops::Broken(fault.to_string()))?,
            turns: rehearsal.turns().to_vec(),
            wrote: rehearsal.wrote().to_owned(),
            wrote_by: rehearsal.wrote_by(),
            model: self
                .voice
                .as_ref()
                .map(|voice| format!("{} at {}", voice.model(), voice.host())),
            with_model: self.with_model,
            fell_back,
            state: rehearsal.state(),
            ending: rehearsal.ending(),
            contrast,
            problem: None,
            draft: String::new(),
            room: self.room,
        })
    }
}
