//! All that is held about one customer: shown, corrected, written out, erased.

use axum::extract::{FromRequestParts, Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use serde_json::json;
use std::collections::HashMap;
use unruffled_store::{Customer, CustomerId, SaysOfThemselves};

use super::around::{self, Listing};
use super::form::Form;
use super::{done, page, wants_json};
use crate::bus::Change;
use crate::session::Agent;
use crate::sheets::CustomerPageSheet;
use crate::{Desk, Oops, headers, limits, live, pages, words, zip};

/// A customer whom this agent may see.
pub struct Known {
    agent: Agent,
    customer: Customer,
}

impl FromRequestParts<Desk> for Known {
    type Rejection = Oops;

    async fn from_request_parts(parts: &mut Parts, desk: &Desk) -> Result<Self, Oops> {
        let agent = Agent::from_request_parts(parts, desk).await?;
        let Path(path): Path<HashMap<String, String>> = Path::from_request_parts(parts, desk)
            .await
            .map_err(|_| Oops::NotFound)?;
        let id = path
            .get("id")
            .and_then(|id| CustomerId::parse(id))
            .ok_or(Oops::NotFound)?;
        if !desk.store().may_see_customer(&agent.id, &id).await? {
            return Err(Oops::NotFound);
        }
        let customer = desk.store().customer(&id).await?.ok_or(Oops::NotFound)?;
        Ok(Self { agent, customer })
    }
}

impl Known {
    fn address(&self) -> String {
        format!("/customers/{}", self.customer.id)
    }

    /// Where a change was asked for: a conversation's page says so, and is gone back to.
    fn back(&self, number: Option<i64>) -> String {
        number.map_or_else(
            || self.address(),
            |number| format!("/conversations/{number}"),
        )
    }
}

#[derive(Deserialize)]
pub struct Says {
    #[serde(default)]
    name: String,
    #[serde(default)]
    addressed_as: String,
    #[serde(default)]
    matters: String,
    /// Ticked: they said that we may keep it.
    agreed: Option<String>,
    conversation: Option<i64>,
}

#[derive(Deserialize)]
pub struct Reached {
    #[serde(default)]
    at: String,
    conversation: Option<i64>,
}

#[derive(Deserialize)]
pub struct Typed {
    #[serde(default)]
    name: String,
}

pub async fn show(State(desk): State<Desk>, known: Known) -> Result<Response, Oops> {
    page(pages::customer(&sheet(&desk, &known, None).await?))
}

/// What they say of themselves: the name as they sign it, how to address them, and what matters to them if we may keep it.
pub async fn describe(
    State(desk): State<Desk>,
    known: Known,
    headers: HeaderMap,
    Form(says): Form<Says>,
) -> Result<Response, Oops> {
    let fields = [&says.name, &says.addressed_as, &says.matters];
    if fields
        .iter()
        .any(|field| field.len() > limits::SAYS_BYTES_MAX)
    {
        return Err(Oops::TooLarge);
    }
    if says.name.trim().is_empty() {
        return Err(Oops::Unusable(
            "A name is wanted, so nothing was changed. Where none is known, write how they are recognised.",
        ));
    }
    let matters = says.matters.trim();
    let agreed = says.agreed.is_some();
    if !matters.is_empty() && !agreed {
        return Err(Oops::Unusable(
            "What matters to them was not kept, and nothing else was changed: tick that they said we may keep it, or clear the field.",
        ));
    }
    let known_already = known.customer.matters == matters;
    let agreed_at = known
        .customer
        .matters_agreed_at
        .filter(|_| known_already)
        .unwrap_or_else(|| desk.now());
    let new = SaysOfThemselves {
        name: &says.name,
        addressed_as: &says.addressed_as,
        matters: agreed.then_some((matters, agreed_at)),
    };
    desk.store()
        .describe_customer(&known.customer.id, &new)
        .await?;
    changed(&desk, &known);
    let said = json!({ "says": "Kept." });
    Ok(done(&headers, &known.back(says.conversation), said))
}

/// An address or a number more. Which of the two it is shows in it.
pub async fn reach(
    State(desk): State<Desk>,
    known: Known,
    headers: HeaderMap,
    Form(reached): Form<Reached>,
) -> Result<Response, Oops> {
    let (store, id, at) = (desk.store(), &known.customer.id, reached.at.trim());
    if at.len() > limits::CALL_WORD_CHARS_MAX {
        return Err(Oops::TooLarge);
    }
    let is_address = at.split_once('@').is_some_and(|(name, domain)| {
        !name.is_empty() && domain.contains('.') && !at.contains(char::is_whitespace)
    });
    if is_address {
        if !store.add_customer_address(id, at).await?
            && !known.customer.addresses.contains(&at.to_lowercase())
        {
            return Err(Oops::Unusable(
                "This address is another customer's already, so nothing was changed. Search for it with M; they may be one person.",
            ));
        }
    } else if !store.add_customer_phone(id, at, desk.now()).await?
        && unruffled_store::phones::tail(at).is_empty()
    {
        return Err(Oops::Unusable(
            "This is neither an e-mail address nor a telephone number, so nothing was changed.",
        ));
    }
    changed(&desk, &known);
    Ok(done(
        &headers,
        &known.back(reached.conversation),
        json!({ "says": "Kept." }),
    ))
}

/// An address or a number less.
pub async fn part(
    State(desk): State<Desk>,
    known: Known,
    headers: HeaderMap,
    Form(reached): Form<Reached>,
) -> Result<Response, Oops> {
    let (store, id) = (desk.store(), &known.customer.id);
    if reached.at.contains('@') {
        store.remove_customer_address(id, &reached.at).await?;
    } else {
        store.remove_customer_phone(id, &reached.at).await?;
    }
    changed(&desk, &known);
    Ok(done(
        &headers,
        &known.back(reached.conversation),
        json!({ "says": "Taken away." }),
    ))
}

/// Everything in one zip file: all rows as JSON, and the letters as they came.
pub async fn export(State(desk): State<Desk>, known: Known) -> Result<Response, Oops> {
    let id = &known.customer.id;
    if desk.store().elsewhere(&known.agent.id, id).await? > 0 {
        return Err(Oops::Unusable(
            "Conversations with them belong to an inbox that you are not in, so this would not be all. Ask somebody who is in all of them.",
        ));
    }
    let rows = desk.store().held_rows(id).await?;
    let (letters, left_out) = desk
        .store()
        .held_letters(id, limits::EXPORT_BYTES_MAX)
        .await?;
    let all = json!({
        "written_at": words::in_zone(desk.now(), desk.zone()).to_string(),
        "what_this_is": "Everything that this desk holds about one customer, table by table. Times are microseconds since 1970 in UTC. The letters lie beside it as they came, with what was attached to them. Sealed drafts of ours can be read by their author alone, and are told by their size.",
        "letters_left_out_for_their_size": left_out,
        "held": rows,
    });
    let mut files = vec![(
        "everything.json".to_owned(),
        serde_json::to_vec_pretty(&all)?,
    )];
    files.extend(
        letters
            .into_iter()
            .map(|letter| (format!("letters/{}.eml", letter.id), letter.bytes)),
    );
    let packed = tokio::task::spawn_blocking(move || zip::pack(&files))
        .await
        .map_err(|_| Oops::Broken("an export stopped".to_owned()))?;
    let headers = [
        (CONTENT_TYPE, "application/zip"),
        (
            CONTENT_DISPOSITION,
            "attachment; filename=\"held-about-a-customer.zip\"",
        ),
        (CONTENT_SECURITY_POLICY, headers::FILE_POLICY),
    ];
    Ok((headers, packed).into_response())
}

/// Erases everything. The one place where a confirmation is asked for, because it is the one that cannot be undone: an undo
/// would have to keep what was to be gone.
pub async fn erase(
    State(desk): State<Desk>,
    known: Known,
    headers: HeaderMap,
    Form(typed): Form<Typed>,
) -> Result<Response, Oops> {
    let same = |a: &str, b: &str| {
        let words = |it: &str| {
            it.split_whitespace()
                .collect::<Vec<_>>()
                .join(" ")
                .to_lowercase()
        };
        words(a) == words(b)
    };
    if !same(&typed.name, &known.customer.name) {
        let says = "Nothing was erased: the name that was typed is not theirs, letter for letter.";
        if wants_json(&headers) {
            return Err(Oops::Unusable(says));
        }
        let sheet = sheet(&desk, &known, Some(says.to_owned())).await?;
        return Ok((
            StatusCode::UNPROCESSABLE_ENTITY,
            page(pages::customer(&sheet))?,
        )
            .into_response());
    }
    let erased = desk
        .store()
        .erase_customer(&known.agent.id, &known.customer.id, desk.now())
        .await;
    let erased = match erased {
        Err(unruffled_store::Error::Refused(says)) => return Err(Oops::Said(says)),
        other => other?,
    };
    // That it was done, and how much: no word of whom.
    tracing::info!(
        conversations = erased.conversations,
        messages = erased.messages,
        files = erased.files,
        "a customer was erased"
    );
    if !erased.overwritten {
        tracing::warn!(
            "the database still holds freed pages of what was erased; restart the desk when nobody is reading"
        );
    }
    changed(&desk, &known);
    let to = if erased.overwritten {
        "/customers/erased"
    } else {
        "/customers/erased?soon=1"
    };
    Ok(Redirect::to(to).into_response())
}

/// What is said afterwards.
pub async fn erased(
    _agent: Agent,
    axum::extract::Query(asked): axum::extract::Query<HashMap<String, String>>,
) -> Result<Response, Oops> {
    page(pages::erased(asked.contains_key("soon")))
}

async fn sheet(
    desk: &Desk,
    known: &Known,
    problem: Option<String>,
) -> Result<CustomerPageSheet, Oops> {
    let id = &known.customer.id;
    let store = desk.store();
    let holdings = store.holdings(&known.agent.id, id).await?;
    let conversations = store
        .customer_page(&known.agent.id, id)
        .await?
        .map_or_else(Vec::new, |page| page.conversations);
    Ok(CustomerPageSheet {
        around: around::of(desk, &known.agent, &Listing::default()).await?,
        person: live::person(desk, &known.agent, Some(known.customer.clone()), None).await?,
        holdings: holdings.counted,
        elsewhere: holdings.elsewhere,
        conversations: conversations.into_iter().map(around::row).collect(),
        problem,
    })
}

fn changed(desk: &Desk, known: &Known) {
    for inbox in &known.agent.inboxes {
        desk.say(Change::Inbox {
            inbox: inbox.id.to_string(),
        });
    }
}
