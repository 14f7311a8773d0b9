//! The team's shelf: thanks that somebody chose to put there.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use unruffled_store::ShelfId;

use super::around::{self, Listing};
use super::circle::day;
use super::form::Form;
use super::nameless::put_on_shelf;
use super::page;
use crate::session::Agent;
use crate::sheets::circle::{ShelfSheet, ThanksOnShelf};
use crate::telling::Pairs;
use crate::{Desk, Oops, pages};

type Taken = Option<(String, String, String)>;

pub async fn show(State(desk): State<Desk>, agent: Agent) -> Result<Response, Oops> {
    shelf(&desk, &agent, None).await
}

async fn shelf(desk: &Desk, agent: &Agent, taken: Taken) -> Result<Response, Oops> {
    let all = desk.store().shelf(&agent.id).await?;
    page(pages::thanks(&ShelfSheet {
        around: around::of(desk, agent, &Listing::default()).await?,
        thanks: all
            .into_iter()
            .map(|it| ThanksOnShelf {
                id: it.id.to_string(),
                day: day(desk, it.put_on),
                words: it.words,
                for_whom: it.for_whom,
            })
            .collect(),
        taken,
    }))
}

pub async fn take(
    State(desk): State<Desk>,
    agent: Agent,
    Path(id): Path<String>,
) -> Result<Response, Oops> {
    let id = ShelfId::parse(&id).ok_or(Oops::NotFound)?;
    let taken = desk.store().take_from_shelf(&agent.id, &id).await?;
    let taken = taken.ok_or(Oops::NotFound)?;
    let taken = (taken.words, taken.for_whom, taken.inbox_id.to_string());
    shelf(&desk, &agent, Some(taken)).await
}

/// What was taken down, put back.
pub async fn give_back(
    State(desk): State<Desk>,
    agent: Agent,
    Form(pairs): Form<Pairs>,
) -> Result<Response, Oops> {
    put_on_shelf(&desk, &agent, &pairs).await?;
    Ok(Redirect::to("/shelf").into_response())
}
