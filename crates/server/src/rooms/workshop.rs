//! The workshop of a team: its agenda, its stories on a wall, and the hand-out as a PDF.

use axum::extract::{RawQuery, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use unruffled_rehearsal::{Shelf, Story};

use super::page;
use super::rehearsals::{line, possibilities, room};
use crate::rehearsing::workshop::{self, AGENDA, Step};
use crate::session::Agent;
use crate::sheets::{Possibility, ScreenSheet, WorkshopSheet};
use crate::{Desk, Oops, headers, limits, pages};

/// What a workshop begins with, until somebody chooses otherwise: one that is easy, one that is not.
const FIRST: [&str; 2] = ["the-gate-beeps", "the-order-that-pays-twice"];

/// `?story=one&story=another&step=3`; an id holds nothing that would have to be escaped.
#[derive(Default)]
struct Chosen {
    stories: Vec<String>,
    step: usize,
}

impl Chosen {
    fn of(query: Option<&str>) -> Self {
        let mut chosen = Self::default();
        for part in query.unwrap_or_default().split('&') {
            match part.split_once('=') {
                Some(("story", id)) if !chosen.stories.iter().any(|known| known == id) => {
                    chosen.stories.push(id.to_owned());
                }
                Some(("step", step)) => chosen.step = step.parse().unwrap_or_default(),
                _ => {}
            }
        }
        chosen
    }

    /// Those of them that are on the shelf, in the order in which they were chosen.
    fn on<'a>(&self, shelf: &'a Shelf) -> Vec<&'a Story> {
        let ids = self.stories.iter().map(String::as_str);
        let known = |ids: &mut dyn Iterator<Item = &str>| -> Vec<&'a Story> {
            ids.filter_map(|id| shelf.get(id))
                .take(limits::WORKSHOP_STORIES_MAX)
                .collect()
        };
        let stories = known(&mut ids.into_iter());
        match stories.is_empty() {
            true => known(&mut FIRST.into_iter()),
            false => stories,
        }
    }
}

fn query_of(stories: &[&Story]) -> String {
    let parts: Vec<String> = stories
        .iter()
        .map(|story| format!("story={}", story.id))
        .collect();
    parts.join("&")
}

pub async fn show(
    State(desk): State<Desk>,
    agent: Agent,
    RawQuery(query): RawQuery,
) -> Result<Response, Oops> {
    let standing = desk.stories().await;
    let shelf = standing.shelf();
    let stories = Chosen::of(query.as_deref()).on(&shelf);
    page(pages::workshop(&WorkshopSheet {
        room: room(&desk, &agent),
        lines: shelf
            .stories
            .iter()
            .map(|story| line(story, standing.own.contains(&story.id)))
            .collect(),
        chosen: stories.iter().map(|story| story.id.clone()).collect(),
        agenda: AGENDA,
    }))
}

/// One thing at a time, large enough for a room.
pub async fn screen(
    State(desk): State<Desk>,
    agent: Agent,
    RawQuery(query): RawQuery,
) -> Result<Response, Oops> {
    let shelf = desk.stories().await.shelf();
    let chosen = Chosen::of(query.as_deref());
    let stories = chosen.on(&shelf);
    let all = possibilities(&desk.engine());
    let steps = steps(&stories, &all);
    let at = chosen.step.min(steps.len().saturating_sub(1));
    let (title, step) = steps.get(at).cloned().ok_or(Oops::NotFound)?;
    let query = query_of(&stories);
    let address = |step: usize| format!("/workshop/screen?{query}&step={step}");
    page(pages::screen(&ScreenSheet {
        room: room(&desk, &agent),
        title,
        step,
        before: at.checked_sub(1).map(address),
        after: (at + 1 < steps.len()).then(|| address(at + 1)),
        back: format!("/workshop?{query}"),
    }))
}

/// Every step of every story, with the title of its story.
fn steps(stories: &[&Story], all: &[Possibility]) -> Vec<(String, Step)> {
    let none = Possibility::default();
    let mut steps = Vec::new();
    for story in stories {
        let possibility = all.iter().find(|it| it.code == story.what_if);
        for step in workshop::steps(story, possibility.unwrap_or(&none)) {
            steps.push((story.title.clone(), step));
        }
    }
    steps
}

pub async fn hand_out(
    State(desk): State<Desk>,
    _: Agent,
    RawQuery(query): RawQuery,
) -> Result<Response, Oops> {
    let shelf = desk.stories().await.shelf();
    let engine = desk.engine();
    let made = move || {
        let stories = Chosen::of(query.as_deref()).on(&shelf);
        unruffled_print::pdf(&workshop::hand_out(&stories, &possibilities(&engine)))
    };
    let bytes = tokio::task::spawn_blocking(made)
        .await
        .map_err(|_| Oops::Broken("a hand-out could not be printed".to_owned()))?;
    let about = [
        (CONTENT_TYPE, "application/pdf"),
        (CONTENT_DISPOSITION, "inline; filename=\"workshop.pdf\""),
        (CONTENT_SECURITY_POLICY, headers::FILE_POLICY),
    ];
    Ok((about, bytes).into_response())
}
