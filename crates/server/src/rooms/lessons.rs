//! Lessons: what was learnt, what becomes of it in two clicks, and whether it is used since.

use std::collections::HashMap;

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde::Deserialize;
use unruffled_store::{Became, Lesson, LessonId};

use super::around::{self, Listing};
use super::circle::day;
use super::form::Form;
use super::nameless::cut;
use super::{options, page};
use crate::session::Agent;
use crate::sheets::circle::{BecameSheet, LessonFormSheet, LessonSheet, LessonsSheet};
use crate::{Desk, Oops, learning, limits, pages};

#[derive(Default, Deserialize)]
pub struct Asked {
    now: Option<String>,
}

pub async fn show(
    State(desk): State<Desk>,
    agent: Agent,
    Query(asked): Query<Asked>,
) -> Result<Response, Oops> {
    page(pages::lessons(
        &sheet(&desk, &agent, asked.now, None).await?,
    ))
}

async fn sheet(
    desk: &Desk,
    agent: &Agent,
    now: Option<String>,
    dropped: Option<String>,
) -> Result<LessonsSheet, Oops> {
    let uses = options::uses(desk).await?;
    let mut lessons = Vec::new();
    for lesson in desk.store().lessons(&agent.id).await? {
        lessons.push(LessonSheet {
            id: lesson.id.to_string(),
            says: lesson.says.clone(),
            day: day(desk, lesson.learnt_on),
            became: became(desk, agent, &lesson, &uses).await?,
        });
    }
    Ok(LessonsSheet {
        around: around::of(desk, agent, &Listing::default()).await?,
        lessons,
        now,
        dropped,
        may_have_options: desk.playbook_folder().is_some(),
        may_have_cards: !desk.settings().cards_folder.as_os_str().is_empty(),
    })
}

/// What became of it, and its use since: by what it is, never by whom.
async fn became(
    desk: &Desk,
    agent: &Agent,
    lesson: &Lesson,
    uses: &HashMap<String, String>,
) -> Result<Option<BecameSheet>, Oops> {
    let name = lesson.became_name.as_str();
    let book = desk.playbook();
    let option = |word, href| {
        let use_seen = match (book.get(name), uses.get(name)) {
            (_, Some(uses)) => uses.clone(),
            (Some(_), None) => "not used so far".to_owned(),
            (None, None) => "not in the playbook any more".to_owned(),
        };
        BecameSheet {
            word,
            name: book
                .get(name)
                .map_or_else(|| name.to_owned(), |it| it.says.clone()),
            href,
            use_seen,
        }
    };
    Ok(Some(match lesson.became {
        Became::NothingYet => return Ok(None),
        Became::Option => option("An option", Some(format!("/options/{name}"))),
        Became::Reply => option("A saved reply", Some(format!("/options/{name}"))),
        Became::Place => BecameSheet {
            word: "A place to look",
            name: name.to_owned(),
            href: None,
            use_seen: match desk.store().looked_at(&agent.id, name).await? {
                0 => "nothing was checked there so far".to_owned(),
                1 => "one fact was checked there".to_owned(),
                count => format!("{count} facts were checked there"),
            },
        },
        Became::Card => BecameSheet {
            word: "A card",
            name: learning::title(&desk.engine(), name),
            href: desk.engine().card(name).map(|_| format!("/cards/{name}")),
            use_seen: learning::said(desk, &agent.id, lesson).await?,
        },
    }))
}

#[derive(Deserialize)]
pub struct Learnt {
    #[serde(default)]
    says: String,
}

pub async fn add(
    State(desk): State<Desk>,
    agent: Agent,
    Form(given): Form<Learnt>,
) -> Result<Response, Oops> {
    let says = cut(given.says.trim(), limits::CIRCLE_NOTE_CHARS_MAX);
    let inbox = agent.inboxes.first().ok_or(Oops::NotFound)?;
    if says.is_empty() {
        return Err(Oops::Unusable(
            "It does not say what was learnt, so nothing was written down.",
        ));
    }
    let id = desk.store().add_lesson(&inbox.id, says, desk.now()).await?;
    Ok(Redirect::to(&format!("/lessons?now={id}#lesson-{id}")).into_response())
}

pub async fn find(desk: &Desk, agent: &Agent, id: &str) -> Result<Lesson, Oops> {
    let id = LessonId::parse(id).ok_or(Oops::NotFound)?;
    let found = desk.store().lesson(&agent.id, &id).await?;
    found.ok_or(Oops::NotFound)
}

#[derive(Deserialize)]
pub struct Becoming {
    #[serde(default)]
    became: String,
}

/// Back to a lesson of which nothing became: what it became stays where it is.
pub async fn become_nothing(
    State(desk): State<Desk>,
    agent: Agent,
    Path(id): Path<String>,
    Form(given): Form<Becoming>,
) -> Result<Response, Oops> {
    let lesson = find(&desk, &agent, &id).await?;
    if Became::parse(&given.became) != Some(Became::NothingYet) {
        return Err(Oops::Unusable(
            "What becomes of a lesson is made on its own page. Nothing was changed.",
        ));
    }
    desk.store()
        .lesson_became(&agent.id, &lesson.id, Became::NothingYet, "")
        .await?;
    Ok(back(&lesson.id))
}

fn back(id: &LessonId) -> Response {
    Redirect::to(&format!("/lessons?now={id}#lesson-{id}")).into_response()
}

pub async fn remove(
    State(desk): State<Desk>,
    agent: Agent,
    Path(id): Path<String>,
) -> Result<Response, Oops> {
    let lesson = find(&desk, &agent, &id).await?;
    desk.store().drop_lesson(&agent.id, &lesson.id).await?;
    let sheet = sheet(&desk, &agent, None, Some(lesson.says)).await?;
    page(pages::lessons(&sheet))
}

async fn form_sheet(
    desk: &Desk,
    agent: &Agent,
    lesson: &Lesson,
    card: bool,
) -> Result<LessonFormSheet, Oops> {
    Ok(LessonFormSheet {
        around: around::of(desk, agent, &Listing::default()).await?,
        id: lesson.id.to_string(),
        says: lesson.says.clone(),
        card,
        words: String::new(),
        instead: String::new(),
        why: lesson.says.clone(),
        name: String::new(),
        problem: None,
    })
}

pub async fn place_form(
    State(desk): State<Desk>,
    agent: Agent,
    Path(id): Path<String>,
) -> Result<Response, Oops> {
    let lesson = find(&desk, &agent, &id).await?;
    page(pages::lesson_form(
        &form_sheet(&desk, &agent, &lesson, false).await?,
    ))
}

#[derive(Deserialize)]
pub struct Named {
    #[serde(default)]
    name: String,
}

pub async fn place(
    State(desk): State<Desk>,
    agent: Agent,
    Path(id): Path<String>,
    Form(given): Form<Named>,
) -> Result<Response, Oops> {
    let lesson = find(&desk, &agent, &id).await?;
    let name = cut(given.name.trim(), limits::CIRCLE_LINE_CHARS_MAX);
    if name.is_empty() {
        return Err(Oops::Unusable(
            "The place has no name yet, so nothing was changed.",
        ));
    }
    desk.store()
        .lesson_became(&agent.id, &lesson.id, Became::Place, name)
        .await?;
    Ok(back(&lesson.id))
}

pub async fn card_form(
    State(desk): State<Desk>,
    agent: Agent,
    Path(id): Path<String>,
) -> Result<Response, Oops> {
    let lesson = find(&desk, &agent, &id).await?;
    page(pages::lesson_form(
        &form_sheet(&desk, &agent, &lesson, true).await?,
    ))
}

pub async fn card(
    State(desk): State<Desk>,
    agent: Agent,
    Path(id): Path<String>,
    Form(given): Form<learning::NewCard>,
) -> Result<Response, Oops> {
    let lesson = find(&desk, &agent, &id).await?;
    match learning::put_in_force(&desk, &given) {
        Ok(card) => {
            desk.store()
                .lesson_became(&agent.id, &lesson.id, Became::Card, &card)
                .await?;
            Ok(back(&lesson.id))
        }
        Err(problem) => {
            let mut sheet = form_sheet(&desk, &agent, &lesson, true).await?;
            sheet.words = given.words;
            sheet.instead = given.instead;
            sheet.why = given.why;
            sheet.problem = Some(problem);
            let html = Html(pages::lesson_form(&sheet)?);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
        }
    }
}
