//! The demo's outgoing letters, as the person they went to would see them.

use axum::extract::{Query, State};
use axum::response::Response;
use unruffled_mail::{drop_folder, letter};

use super::around::{self, Listing};
use super::page;
use crate::session::Agent;
use crate::sheets::{DropSheet, DroppedLetter};
use crate::{Desk, Oops, limits, pages};

pub async fn show(
    State(desk): State<Desk>,
    agent: Agent,
    Query(listing): Query<Listing>,
) -> Result<Response, Oops> {
    if !desk.settings().drops() {
        return Err(Oops::NotFound);
    }
    let folder = desk.settings().drop_folder.clone();
    let letters = tokio::task::spawn_blocking(move || read(&folder))
        .await
        .map_err(|_| Oops::Broken("reading the drop folder stopped".to_owned()))?
        .map_err(|fault| Oops::Broken(format!("drop folder: {fault}")))?;
    page(pages::drop_folder(&DropSheet {
        around: around::of(&desk, &agent, &listing).await?,
        folder: desk.settings().drop_folder.display().to_string(),
        letters,
    }))
}

fn read(folder: &std::path::Path) -> std::io::Result<Vec<DroppedLetter>> {
    let mut letters = Vec::new();
    for path in drop_folder::list(folder)?
        .iter()
        .take(limits::DROPPED_SHOWN_MAX)
    {
        let letter = letter::parse(&std::fs::read(path)?);
        let to: Vec<&str> = letter
            .to
            .iter()
            .map(unruffled_mail::Address::shown)
            .collect();
        letters.push(DroppedLetter {
            to: to.join(", "),
            from: letter.from.shown().to_owned(),
            subject: letter.subject,
            text: letter.text,
            at: letter.date.map_or(0, |date| date.as_microsecond()),
        });
    }
    Ok(letters)
}
