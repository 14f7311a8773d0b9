//! The playbook as pages: what there is, how often it was used, and one option to be edited.
//!
//! Every save writes a file whole and keeps the one before, so each has its undoing. Nothing here asks "are you sure".

use std::collections::HashMap;

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde::Deserialize;
use unruffled_store::{Became, OptionCount};

use super::around::{self, Listing};
use super::form::Form;
use super::kept_files::{Version, brought_back, plain, removed};
use super::{lessons, page};
use crate::playbook::{self, Fields, Folder, Kept, Refusal};
use crate::session::Agent;
use crate::sheets::{OptionSheet, PlaybookGroup, PlaybookLine, PlaybookSheet};
use crate::{Desk, Oops, learning, offering, pages};

#[derive(Default, Deserialize)]
pub struct Asked {
    /// What was just removed, so that it can be had back.
    removed: Option<String>,
    saved: Option<String>,
}

pub async fn list(
    State(desk): State<Desk>,
    agent: Agent,
    Query(asked): Query<Asked>,
) -> Result<Response, Oops> {
    let book = desk.playbook();
    let uses = uses(&desk).await?;
    let names: HashMap<String, String> = desk
        .store()
        .agents()
        .await?
        .into_iter()
        .map(|agent| (agent.login, agent.name))
        .collect();
    let mut groups: Vec<PlaybookGroup> = Vec::new();
    let mut options: Vec<_> = book.options.iter().collect();
    options.sort_by_key(|option| (&option.group, &option.id));
    for option in options {
        let line = PlaybookLine {
            id: option.id.clone(),
            says: option.says.clone(),
            line: offering::line(option, None, Some(&names)),
            leads_to: option.leads_to.clone(),
            uses: uses.get(&option.id).cloned().unwrap_or_default(),
        };
        match groups.last_mut() {
            Some(group) if group.name == option.group => group.lines.push(line),
            _ => groups.push(PlaybookGroup {
                name: option.group.clone(),
                lines: vec![line],
            }),
        }
    }
    let folder = desk.playbook_folder();
    page(pages::playbook(&PlaybookSheet {
        around: around::of(&desk, &agent, &Listing::default()).await?,
        groups,
        folder: folder
            .is_some()
            .then(|| desk.settings().playbook_folder.display().to_string()),
        problem: desk.playbook_standing().faults,
        removed: asked
            .removed
            .filter(|id| folder.is_some_and(|folder| folder.has_history(id))),
    }))
}

/// What a file that was just written says to a person: one sentence of counts, or nothing.
pub async fn uses(desk: &Desk) -> Result<HashMap<String, String>, Oops> {
    let counts = desk.store().option_counts().await?;
    Ok(counts
        .into_iter()
        .map(|count| (count.option_id.clone(), counted(&count)))
        .collect())
}

fn counted(count: &OptionCount) -> String {
    let times = |number: i64| match number {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        more => format!("{more} times"),
    };
    let mut words = format!("used {}", times(count.used));
    if count.closed > 0 {
        words.push_str(&format!(
            " · closed since, and not opened again: {}",
            count.closed
        ));
    }
    if count.wrote_again > 0 {
        words.push_str(&format!(
            " · they wrote again after it: {}",
            count.wrote_again
        ));
    }
    words
}

/// `?lesson=…&reply=1`: what a circle has learnt is on its way to being used.
#[derive(Default, Deserialize)]
pub struct FromLesson {
    #[serde(default)]
    lesson: String,
    #[serde(default)]
    reply: String,
}

pub async fn new(
    State(desk): State<Desk>,
    agent: Agent,
    Query(from): Query<FromLesson>,
) -> Result<Response, Oops> {
    folder(&desk)?;
    let mut sheet = sheet(&desk, &agent, "", Fields::default(), "").await?;
    if !from.lesson.is_empty() {
        let lesson = lessons::find(&desk, &agent, &from.lesson).await?;
        sheet.fields.says = learning::shortened(&lesson.says).to_owned();
        sheet.lesson = lesson.id.to_string();
        sheet.reply = !from.reply.is_empty();
    }
    page(pages::option(&sheet))
}

pub async fn show(
    State(desk): State<Desk>,
    agent: Agent,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Oops> {
    let kept = match desk.playbook_folder() {
        Some(folder) => folder.find(plain(&id)?).map_err(unread)?,
        None => None,
    };
    let book = desk.playbook();
    let mut sheet = match (&kept, book.get(&id)) {
        (Some(kept), _) => of_file(&desk, &agent, &id, kept).await?,
        (None, Some(option)) => sheet(&desk, &agent, &id, Fields::of(option), "").await?,
        (None, None) => return Err(Oops::NotFound),
    };
    sheet.saved = asked.saved.is_some();
    page(pages::option(&sheet))
}

/// The file as fields, or, where it is no option, as it stands with what is wrong.
async fn of_file(desk: &Desk, agent: &Agent, id: &str, kept: &Kept) -> Result<OptionSheet, Oops> {
    let path = kept.path.display().to_string();
    let mut sheet = sheet(desk, agent, id, Fields::default(), &kept.version).await?;
    sheet.file = path.clone();
    match playbook::parse(&path, &kept.group, &kept.text) {
        Ok(option) => sheet.fields = Fields::of(&option),
        Err(faults) => {
            sheet.source = Some(kept.text.clone());
            sheet.problems = faults.iter().map(ToString::to_string).collect();
        }
    }
    Ok(sheet)
}

async fn sheet(
    desk: &Desk,
    agent: &Agent,
    id: &str,
    fields: Fields,
    version: &str,
) -> Result<OptionSheet, Oops> {
    let folder = desk.playbook_folder();
    Ok(OptionSheet {
        around: around::of(desk, agent, &Listing::default()).await?,
        id: id.to_owned(),
        fields,
        source: None,
        version: version.to_owned(),
        problems: Vec::new(),
        theirs: None,
        saved: false,
        may_write: folder.is_some(),
        has_history: !id.is_empty() && folder.is_some_and(|folder| folder.has_history(id)),
        uses: uses(desk).await?.remove(id).unwrap_or_default(),
        file: String::new(),
        lesson: String::new(),
        reply: false,
    })
}

#[derive(Deserialize)]
pub struct Given {
    #[serde(default)]
    version: String,
    /// The file as it stands, where it was edited so.
    #[serde(default)]
    source: String,
    /// The lesson that it comes from, and whether it is nothing but a reply to keep.
    #[serde(default)]
    lesson: String,
    #[serde(default)]
    reply: String,
    #[serde(flatten)]
    fields: Fields,
}

pub async fn save(
    State(desk): State<Desk>,
    agent: Agent,
    Path(id): Path<String>,
    Form(given): Form<Given>,
) -> Result<Response, Oops> {
    write(&desk, &agent, plain(&id)?, given).await
}

pub async fn add(
    State(desk): State<Desk>,
    agent: Agent,
    Form(given): Form<Given>,
) -> Result<Response, Oops> {
    write(&desk, &agent, "", given).await
}

async fn write(desk: &Desk, agent: &Agent, id: &str, given: Given) -> Result<Response, Oops> {
    let folder = folder(desk)?;
    let before = match id {
        "" => None,
        id => folder.find(id).map_err(unread)?,
    };
    let text = match given.source.as_str() {
        "" => playbook::text(
            &given.fields,
            before.as_ref().map_or("", |kept| kept.text.as_str()),
        ),
        source => source.replace("\r\n", "\n"),
    };
    let name = match id {
        "" => new_name(desk, &folder, &given.fields.says).map_err(unread)?,
        id => id.to_owned(),
    };
    let refused = match playbook::parse(&format!("{name}.md"), "", &text) {
        Ok(_) => match folder.save(&name, &text, &given.version) {
            Ok(()) => {
                desk.look_at_playbook();
                if !given.lesson.is_empty() {
                    let lesson = lessons::find(desk, agent, &given.lesson).await?;
                    let became = match given.reply.as_str() {
                        "" => Became::Option,
                        _ => Became::Reply,
                    };
                    desk.store()
                        .lesson_became(&agent.id, &lesson.id, became, &name)
                        .await?;
                    let to = format!("/lessons?now={0}#lesson-{0}", lesson.id);
                    return Ok(Redirect::to(&to).into_response());
                }
                let to = format!("/options/{name}?saved=1");
                return Ok(Redirect::to(&to).into_response());
            }
            Err(refusal) => refusal,
        },
        Err(faults) => {
            let mut sheet = again(desk, agent, id, given).await?;
            sheet.problems = faults.into_iter().map(|fault| sentence(&fault)).collect();
            return refused_page(&sheet, StatusCode::UNPROCESSABLE_ENTITY);
        }
    };
    let mut sheet = again(desk, agent, id, given).await?;
    let status = match refused {
        Refusal::Changed(Some(theirs)) => {
            sheet.problems.push("Somebody else saved this since you opened it, so yours was not saved. Both are here: take from theirs, below, what you want, and save yours.".to_owned());
            sheet.version = theirs.version.clone();
            sheet.theirs = Some(theirs.text);
            StatusCode::CONFLICT
        }
        Refusal::Changed(None) => {
            sheet.problems.push("Somebody else removed this since you opened it, so yours was not saved. Save again to put it back as you have it here.".to_owned());
            sheet.version = String::new();
            StatusCode::CONFLICT
        }
        Refusal::Unwritable(says) => {
            sheet.problems.push(says);
            StatusCode::INSUFFICIENT_STORAGE
        }
        Refusal::Nothing => StatusCode::CONFLICT,
    };
    refused_page(&sheet, status)
}

/// The form as it was sent, so that nothing typed is lost.
async fn again(desk: &Desk, agent: &Agent, id: &str, given: Given) -> Result<OptionSheet, Oops> {
    let mut sheet = sheet(desk, agent, id, given.fields, &given.version).await?;
    sheet.lesson = given.lesson;
    sheet.reply = !given.reply.is_empty();
    sheet.source = (!given.source.is_empty()).then_some(given.source);
    Ok(sheet)
}

fn refused_page(sheet: &OptionSheet, status: StatusCode) -> Result<Response, Oops> {
    Ok((status, Html(pages::option(sheet)?)).into_response())
}

/// On a form the field is named; a line of the file would say nothing there.
fn sentence(fault: &playbook::Fault) -> String {
    let mut letters = fault.says.chars();
    let first: String = letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .collect();
    format!("{first}{}. Nothing was saved yet.", letters.as_str())
}

pub async fn remove(
    State(desk): State<Desk>,
    _agent: Agent,
    Path(id): Path<String>,
    Form(given): Form<Version>,
) -> Result<Response, Oops> {
    removed(folder(&desk)?.remove(plain(&id)?, &given.version))?;
    desk.look_at_playbook();
    Ok(Redirect::to(&format!("/options?removed={id}")).into_response())
}

/// What was there before the last change, or before it was removed.
pub async fn bring_back(
    State(desk): State<Desk>,
    _agent: Agent,
    Path(id): Path<String>,
) -> Result<Response, Oops> {
    brought_back(folder(&desk)?.bring_back(plain(&id)?))?;
    desk.look_at_playbook();
    Ok(Redirect::to(&format!("/options/{id}?saved=1")).into_response())
}

fn folder(desk: &Desk) -> Result<Folder, Oops> {
    desk.playbook_folder().ok_or(Oops::Unusable(
        "This playbook is the one that comes with the program, so nothing was changed. Name a playbook_folder in the settings to have one of your own.",
    ))
}

/// No file and no option has it, nor did one that can still be had back.
fn new_name(desk: &Desk, folder: &Folder, says: &str) -> std::io::Result<String> {
    let book = desk.playbook();
    let mut taken: Vec<String> = book
        .options
        .iter()
        .map(|option| option.id.clone())
        .collect();
    loop {
        let name = playbook::id_of(says, &taken);
        if folder.find(&name)?.is_none() && !folder.has_history(&name) && name != "new" {
            return Ok(name);
        }
        taken.push(name);
    }
}

fn unread(fault: std::io::Error) -> Oops {
    Oops::Said(format!(
        "The playbook's folder could not be read ({fault}), so nothing was changed. Whoever looks after the machine can see to it."
    ))
}
