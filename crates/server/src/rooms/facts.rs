//! The facts of a conversation: looked up again, checked by hand, written down, taken back.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Deserialize;
use serde_json::json;
use std::collections::HashMap;
use unruffled_store::{FactId, FactState, NewFact};

use super::around::{self, Listing};
use super::done;
use super::form::Form;
use super::here::Here;
use crate::{Desk, Oops, facts, limits, pages};

/// What somebody found and where, as it is written into the line.
#[derive(Deserialize)]
pub struct Given {
    #[serde(default)]
    state: String,
    #[serde(default)]
    source: String,
    #[serde(default)]
    known: String,
}

impl Given {
    fn measured(&self) -> Result<(), Oops> {
        let long = [&self.source, &self.known]
            .iter()
            .any(|words| words.len() > limits::FACT_BYTES_MAX);
        if long { Err(Oops::TooLarge) } else { Ok(()) }
    }
}

pub async fn look_up(
    State(desk): State<Desk>,
    here: Here,
    headers: HeaderMap,
) -> Result<Response, Oops> {
    facts::ask_again(&desk, &here).await?;
    answer(&desk, &here, &headers, "Looking it up.", None).await
}

pub async fn check(
    State(desk): State<Desk>,
    here: Here,
    Path(path): Path<HashMap<String, String>>,
    headers: HeaderMap,
    Form(given): Form<Given>,
) -> Result<Response, Oops> {
    given.measured()?;
    let (fact, (id, now)) = (fact(&path)?, (&here.conversation.id, desk.now()));
    let (state, says) = match given.state.as_str() {
        "contradicted" => (FactState::Contradicted, "Marked as not so."),
        "disputed" => (FactState::Disputed, "Marked as disputed."),
        // Enter in the line is the first of the three.
        "checked" | "" => (FactState::Checked, "Marked as checked."),
        _ => return Err(Oops::Unusable("A fact is checked, not so, or disputed.")),
    };
    desk.store()
        .check_fact(id, &fact, state, &given.source, &here.agent.id, now)
        .await?;
    here.changed(&desk);
    answer(&desk, &here, &headers, says, Some(&fact)).await
}

pub async fn uncheck(
    State(desk): State<Desk>,
    here: Here,
    Path(path): Path<HashMap<String, String>>,
    headers: HeaderMap,
) -> Result<Response, Oops> {
    let fact = fact(&path)?;
    desk.store()
        .uncheck_fact(&here.conversation.id, &fact)
        .await?;
    here.changed(&desk);
    answer(&desk, &here, &headers, "Taken back.", Some(&fact)).await
}

pub async fn add(
    State(desk): State<Desk>,
    here: Here,
    headers: HeaderMap,
    Form(given): Form<Given>,
) -> Result<Response, Oops> {
    given.measured()?;
    if given.known.trim().is_empty() {
        return Err(Oops::Unusable(
            "The line is empty, so nothing was kept. Write down what you found.",
        ));
    }
    let line = NewFact {
        claim: String::new(),
        known: given.known,
        source: given.source,
        state: FactState::Checked,
        of_ours: false,
    };
    let (store, id) = (desk.store(), &here.conversation.id);
    let kept = store
        .add_fact(id, &line, &here.agent.id, desk.now())
        .await?;
    here.changed(&desk);
    answer(&desk, &here, &headers, "Kept.", Some(&kept)).await
}

fn fact(path: &HashMap<String, String>) -> Result<FactId, Oops> {
    path.get("fact")
        .and_then(|id| FactId::parse(id))
        .ok_or(Oops::NotFound)
}

/// The list as it is now.
async fn answer(
    desk: &Desk,
    here: &Here,
    headers: &HeaderMap,
    says: &str,
    fact: Option<&FactId>,
) -> Result<Response, Oops> {
    let sheet = facts::of(desk, here).await?;
    let around = around::of(desk, &here.agent, &Listing::default()).await?;
    let last = facts::last_word(desk, here).await?;
    let last = last.as_ref().map_or("", |id| id.as_str());
    let html = pages::facts(&sheet, here.conversation.number, last, &around)?;
    let said = json!({ "html": html, "says": says, "fact": fact.map(FactId::as_str) });
    Ok(done(headers, &format!("{}#facts", here.address()), said))
}
