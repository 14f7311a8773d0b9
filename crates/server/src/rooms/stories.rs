//! Stories of a team's own: written as files, checked before they are kept, or made from a moment without names.

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde::Deserialize;
use unruffled_nameless::{Known, Part, Voice, Wishes, nameless};
use unruffled_store::{CircleId, CircleVoice, Direction, Message, MessageKind};

use super::form::Form;
use super::kept_files::{Version, brought_back, plain, removed};
use super::page;
use super::rehearsals::room;
use crate::playbook::{self, Folder, Refusal};
use crate::rehearsing::{self, Telling};
use crate::session::Agent;
use crate::sheets::StorySheet;
use crate::{Desk, Oops, pages, reader};

const NO_NUMBER: Oops = Oops::Unusable(
    "That is no number of a conversation. It stands in the address of its page: /conversations/12.",
);

#[derive(Default, Deserialize)]
pub struct Asked {
    /// The number of a conversation that it is made from; empty for an empty story.
    #[serde(default)]
    from: String,
    /// Or a moment of the circle, which somebody has looked through already.
    #[serde(default)]
    moment: String,
    saved: Option<String>,
}

pub async fn new(
    State(desk): State<Desk>,
    agent: Agent,
    Query(asked): Query<Asked>,
) -> Result<Response, Oops> {
    let text = match (asked.from.trim(), asked.moment.as_str()) {
        ("", "") => rehearsing::made_from(&desk.engine(), "A title", &[]),
        ("", moment) => brought(&desk, &agent, moment).await?,
        (number, _) => {
            let number = number.parse().map_err(|_| NO_NUMBER)?;
            told(&desk, &agent, number).await?
        }
    };
    let mut sheet = sheet(&desk, &agent, "", text, "");
    sheet.made = !asked.from.trim().is_empty();
    page(pages::story(&sheet))
}

/// A conversation that this agent may open, told without names, as the beginning of a story.
async fn told(desk: &Desk, agent: &Agent, number: i64) -> Result<String, Oops> {
    let store = desk.store();
    let conversation = store
        .conversation(&agent.id, number)
        .await?
        .ok_or(Oops::NotFound)?;
    let thread = store.thread(&conversation.id).await?;
    let agents = store.agents().await?;
    let ours: Vec<&str> = agents.iter().map(|agent| agent.name.as_str()).collect();
    let spoken: Vec<(bool, String)> = thread.messages.iter().filter_map(said).collect();
    let mut parts = vec![Part {
        voice: Voice::Customer,
        text: &conversation.subject,
    }];
    parts.extend(spoken.iter().map(|(theirs, text)| Part {
        voice: if *theirs { Voice::Customer } else { Voice::Us },
        text,
    }));
    let known = Known {
        customer: &[&conversation.customer_name],
        ours: &ours,
        firm: &[&desk.settings().inbox.name],
        left: &[],
    };
    let engine = desk.engine();
    let without = nameless(&engine, &parts, &known, &Wishes::default());
    let mut told = without.parts.iter().map(unruffled_nameless::Told::text);
    let title = told.next().unwrap_or_default();
    let told: Vec<Telling> = told
        .zip(&spoken)
        .map(|(words, (theirs, _))| Telling {
            theirs: *theirs,
            words,
        })
        .collect();
    Ok(rehearsing::made_from(&engine, &title, &told))
}

/// A moment of the circle, as whoever brought it has told it.
async fn brought(desk: &Desk, agent: &Agent, id: &str) -> Result<String, Oops> {
    let id = CircleId::parse(id).ok_or(Oops::NotFound)?;
    let found = desk.store().circle_moment(&agent.id, &id).await?;
    let (moment, said) = found.ok_or(Oops::NotFound)?;
    let told: Vec<Telling> = said
        .into_iter()
        .map(|part| Telling {
            theirs: part.voice == CircleVoice::Customer,
            words: part.words,
        })
        .collect();
    Ok(rehearsing::made_from(&desk.engine(), &moment.about, &told))
}

/// What was said between the two sides; a note to ourselves was not, and a machine's answer says nothing.
fn said(message: &Message) -> Option<(bool, String)> {
    let theirs = match message.direction {
        Direction::In => matches!(message.kind, MessageKind::Mail | MessageKind::Listening),
        Direction::Out => false,
        Direction::Note => return None,
    };
    let text = reader::fresh(message).0;
    let spoken = theirs || message.direction == Direction::Out;
    (spoken && !text.trim().is_empty()).then_some((theirs, text))
}

pub async fn show(
    State(desk): State<Desk>,
    agent: Agent,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Oops> {
    let folder = folder(&desk)?;
    let kept = folder
        .find(plain(&id)?)
        .map_err(unread)?
        .ok_or(Oops::NotFound)?;
    let mut sheet = sheet(&desk, &agent, &id, kept.text, &kept.version);
    sheet.has_history = folder.has_history(&id);
    match asked.saved.is_some() {
        true => sheet.saved = true,
        false => sheet.problems = problems(&id, &sheet.text),
    }
    page(pages::story(&sheet))
}

fn sheet(desk: &Desk, agent: &Agent, id: &str, text: String, version: &str) -> StorySheet {
    StorySheet {
        room: room(desk, agent),
        id: id.to_owned(),
        text,
        version: version.to_owned(),
        problems: Vec::new(),
        theirs: None,
        saved: false,
        has_history: false,
        made: false,
        may_write: desk.stories_folder().is_some(),
    }
}

#[derive(Deserialize)]
pub struct Given {
    #[serde(default)]
    version: String,
    #[serde(default)]
    text: String,
}

pub async fn add(
    State(desk): State<Desk>,
    agent: Agent,
    Form(given): Form<Given>,
) -> Result<Response, Oops> {
    write(&desk, &agent, "", given).await
}

pub async fn save(
    State(desk): State<Desk>,
    agent: Agent,
    Path(id): Path<String>,
    Form(given): Form<Given>,
) -> Result<Response, Oops> {
    write(&desk, &agent, plain(&id)?, given).await
}

async fn write(desk: &Desk, agent: &Agent, id: &str, given: Given) -> Result<Response, Oops> {
    let folder = folder(desk)?;
    let text = given.text.replace("\r\n", "\n");
    let name = match id {
        "" => new_name(desk, &folder, &text).await?,
        id => id.to_owned(),
    };
    let mut sheet = sheet(desk, agent, id, text, &given.version);
    sheet.problems = problems(&name, &sheet.text);
    let mut status = StatusCode::UNPROCESSABLE_ENTITY;
    if sheet.problems.is_empty() {
        match folder.save(&name, &sheet.text, &given.version) {
            Ok(()) => {
                let to = format!("/stories/{name}?saved=1");
                return Ok(Redirect::to(&to).into_response());
            }
            Err(Refusal::Changed(Some(theirs))) => {
                sheet.problems.push("Somebody else saved this since you opened it, so yours was not saved. Both are here: take from theirs, below, what you want, and save yours.".to_owned());
                sheet.version = theirs.version.clone();
                sheet.theirs = Some(theirs.text);
                status = StatusCode::CONFLICT;
            }
            Err(Refusal::Changed(None) | Refusal::Nothing) => {
                sheet.problems.push("Somebody else removed this since you opened it, so yours was not saved. Save again to put it back as you have it here.".to_owned());
                sheet.version = String::new();
                status = StatusCode::CONFLICT;
            }
            Err(Refusal::Unwritable(says)) => {
                sheet.problems.push(says);
                status = StatusCode::INSUFFICIENT_STORAGE;
            }
        }
    }
    Ok((status, Html(pages::story(&sheet)?)).into_response())
}

/// What keeps a text from being a story, a sentence each; nothing where it is one.
fn problems(id: &str, text: &str) -> Vec<String> {
    let waiting = rehearsing::waiting(text);
    if !waiting.is_empty() {
        let lines: Vec<String> = waiting.iter().map(usize::to_string).collect();
        let what = match lines.as_slice() {
            [line] => format!("Line {line} still waits"),
            lines => format!("These lines still wait: {}. They want", lines.join(", ")),
        };
        let words = if lines.len() == 1 {
            "for your words"
        } else {
            "your words"
        };
        return vec![format!("{what} {words}. Nothing was saved yet.")];
    }
    match unruffled_rehearsal::parse(&format!("{id}.md"), text) {
        Ok(_) => Vec::new(),
        Err(faults) => faults
            .iter()
            .map(|fault| match fault.line {
                0 => format!("{}.", fault.says),
                line => format!("Line {line}: {}.", fault.says),
            })
            .collect(),
    }
}

pub async fn remove(
    State(desk): State<Desk>,
    _: Agent,
    Path(id): Path<String>,
    Form(given): Form<Version>,
) -> Result<Response, Oops> {
    removed(folder(&desk)?.remove(plain(&id)?, &given.version))?;
    Ok(Redirect::to(&format!("/rehearsal?removed={id}")).into_response())
}

/// What was there before the last change, or before it was removed.
pub async fn bring_back(
    State(desk): State<Desk>,
    _: Agent,
    Path(id): Path<String>,
) -> Result<Response, Oops> {
    brought_back(folder(&desk)?.bring_back(plain(&id)?))?;
    Ok(Redirect::to(&format!("/stories/{id}?saved=1")).into_response())
}

/// The folder, made with the first story that is kept in it.
fn folder(desk: &Desk) -> Result<Folder, Oops> {
    let folder = desk.stories_folder().ok_or(Oops::Unusable(
        "There is no folder for stories of your own, so nothing was changed. Name a stories_folder in the settings to have one.",
    ))?;
    std::fs::create_dir_all(&desk.settings().stories_folder).map_err(unread)?;
    Ok(folder)
}

/// After its title; no story has it, nor did one that can still be had back.
async fn new_name(desk: &Desk, folder: &Folder, text: &str) -> Result<String, Oops> {
    let title = text.lines().find_map(|line| line.strip_prefix("# "));
    let shelf = desk.stories().await.shelf();
    let mut taken: Vec<String> = shelf.stories.iter().map(|story| story.id.clone()).collect();
    taken.extend(["new".to_owned(), "lines".to_owned(), "readme".to_owned()]);
    loop {
        let name = playbook::id_of(title.unwrap_or("story"), &taken);
        if folder.find(&name).map_err(unread)?.is_none() && !folder.has_history(&name) {
            return Ok(name);
        }
        taken.push(name);
    }
}

fn unread(fault: std::io::Error) -> Oops {
    Oops::Said(format!(
        "The folder of stories could not be read ({fault}), so nothing was changed. Whoever looks after the machine can see to it."
    ))
}
