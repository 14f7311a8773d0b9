//! What arrives at a team, and what is not seen there. Leads see the page that everybody sees.

use axum::extract::State;
use axum::response::Response;

use super::around::{self, Listing};
use super::page;
use crate::clock::HOUR;
use crate::session::Agent;
use crate::sheets::workload::{UnseenSheet, WorkloadSheet};
use crate::{Desk, Oops, limits, pages, workload};

pub async fn show(State(desk): State<Desk>, agent: Agent) -> Result<Response, Oops> {
    let (store, now) = (desk.store(), desk.now());
    let since = now - limits::WORKLOAD_DAYS * 24 * HOUR;
    let most = limits::WORKLOAD_LETTERS_MAX;
    let chars = limits::WORKLOAD_LETTER_CHARS_MAX;
    let arrivals = store.arrivals(&agent.id, since, chars, most).await?;
    let comings = store.comings(&agent.id, since, most).await?;
    let hours = workload::hours(&arrivals, &comings, desk.zone());
    let sources = workload::sources(store.disagreements(&agent.id, since).await?);
    let promises = workload::together(store.promises_together(&agent.id, since, now).await?);
    let cut = arrivals.len() as i64 == most;
    let (engine, book) = (desk.engine(), desk.playbook());
    // Thousands of letters are read in some tenths of a second, and nobody else waits for them.
    let read = tokio::task::spawn_blocking(move || workload::causes(&engine, &book, &arrivals));
    let (causes, topics) = read
        .await
        .map_err(|fault| Oops::Broken(fault.to_string()))?;
    page(pages::workload(&WorkloadSheet {
        around: around::of(&desk, &agent, &Listing::default()).await?,
        cut,
        hours,
        causes,
        topics,
        sources,
        promises,
    }))
}

pub async fn unseen(State(desk): State<Desk>, agent: Agent) -> Result<Response, Oops> {
    page(pages::unseen(&UnseenSheet {
        around: around::of(&desk, &agent, &Listing::default()).await?,
    }))
}
