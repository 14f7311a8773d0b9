//! A reply: queued, taken back, tried again, settled. Nothing is sent here; a job does that.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use serde_json::json;
use unruffled_store::{BackToComposer, DraftKind, OutboxId, Reply, Withdrawal};

use super::drafts::{self, Words};
use super::form::Form;
use super::here::Here;
use super::{done, message_page, wants_json};
use crate::bus::Change;
use crate::clock::SECOND;
use crate::promising::{self, Said};
use crate::session::Agent;
use crate::{Desk, Oops, delivery, limits, outgoing, reader, send_times};

#[derive(Deserialize)]
pub struct Given {
    #[serde(default)]
    body: String,
    #[serde(default)]
    draft_version: i64,
    /// A random word of the form: the same form sent twice queues one reply.
    #[serde(default)]
    once: String,
    /// What was said about its promises, as JSON.
    #[serde(default)]
    promises: String,
    /// When it is to go, in the desk's own time; empty for now, `other` for what stands in the field.
    #[serde(default)]
    send_at: String,
    #[serde(default)]
    send_at_other: String,
}

pub async fn queue(
    State(desk): State<Desk>,
    here: Here,
    headers: HeaderMap,
    Form(given): Form<Given>,
) -> Result<Response, Oops> {
    let text = given.body.replace("\r\n", "\n");
    let text = text.trim_end();
    if text.trim().is_empty() {
        return Err(Oops::Unusable(
            "The reply is empty, so nothing was sent. Write it and send it again.",
        ));
    }
    if text.len() > limits::DRAFT_BYTES_MAX
        || given.promises.len() > limits::PROMISES_SAID_BYTES_MAX
    {
        return Err(Oops::TooLarge);
    }
    let thread = desk.store().thread(&here.conversation.id).await?;
    let customer = desk
        .store()
        .customer(&here.conversation.customer_id)
        .await?;
    let now = desk.now();
    let chosen = match given.send_at.as_str() {
        "" => None,
        "other" => Some(given.send_at_other.as_str()),
        time => Some(time),
    };
    let send_after = match chosen {
        None => now + i64::from(desk.settings().undo_seconds) * SECOND,
        Some(time) => send_times::parse(time, now, desk.zone()).map_err(Oops::Unusable)?,
    };
    let mut reply = outgoing::reply(&outgoing::About {
        desk: &desk,
        conversation: &here.conversation,
        thread: &thread.messages,
        customer: customer.as_ref(),
        author: &here.agent.id,
        author_name: &here.agent.name,
        text,
        send_after,
        timed: chosen.is_some(),
    })?;
    reply.draft_version = given.draft_version;
    reply.once = once(&here, &given);
    let review = reader::review_words(
        &desk,
        &thread.messages,
        &here.conversation.customer_name,
        text,
    );
    reply.promises = promising::with_reply(&desk, &review, &Said::read(&given.promises), now);
    let queued = desk.store().queue_reply(&reply, now).await?;
    desk.wake();
    here.changed(&desk);
    if !wants_json(&headers) {
        return Ok(Redirect::to(&here.address()).into_response());
    }
    let (message, delivery) = message_page(&desk, &here, queued.message_id.as_str()).await?;
    let said = json!({
        "number": here.conversation.number,
        "message": message,
        "delivery": delivery,
    });
    Ok((StatusCode::CREATED, axum::Json(said)).into_response())
}

/// What makes this form this form. A draft's version never comes again, so it does as well.
fn once(here: &Here, given: &Given) -> Option<String> {
    let word = match (given.once.as_str(), given.draft_version) {
        ("", 0) => return None,
        ("", version) => version.to_string(),
        (once, _) => once.chars().take(limits::ONCE_CHARS_MAX).collect(),
    };
    Some(format!("{}:{}:{word}", here.agent.id, here.conversation.id))
}

#[derive(Deserialize)]
pub struct Taken {
    version: i64,
}

/// Undo: the reply is gone from the outbox and its words are in the composer again.
pub async fn withdraw(
    State(desk): State<Desk>,
    agent: Agent,
    Path(id): Path<String>,
    headers: HeaderMap,
    Form(taken): Form<Taken>,
) -> Result<Response, Oops> {
    let reply = find(&desk, &agent, &id).await?;
    if reply.message.author_id.as_ref() != Some(&agent.id) {
        return Err(Oops::Unusable(
            "Only whoever wrote a reply can take it back, because its words go back to their composer. Nothing was changed.",
        ));
    }
    let here = here(&desk, agent, &reply).await?;
    let words = Words {
        body: reply.message.text.clone(),
        ..Words::default()
    };
    let back = BackToComposer {
        agent_id: &here.agent.id,
        sealed: &drafts::sealed(&here, DraftKind::Reply, &words)?,
    };
    let id = &reply.delivery.outbox_id;
    let now = desk.now();
    match desk
        .store()
        .withdraw(id, taken.version, Some(back), now)
        .await?
    {
        Withdrawal::Back {
            draft_version: Some(version),
            ..
        } => {
            here.changed(&desk);
            let said =
                json!({ "number": reply.number, "body": words.body, "draft_version": version });
            Ok(done(&headers, &here.address(), said))
        }
        // Something new was begun meanwhile: both are kept. A module has the newer words at hand
        // and is given the older ones alone; a page is given the draft with both.
        Withdrawal::Back {
            draft_version: None,
            ..
        } => {
            let version = drafts::add_above(&desk, &here, &words.body).await?;
            here.changed(&desk);
            let said =
                json!({ "number": reply.number, "body": words.body, "draft_version": version });
            Ok(done(&headers, &here.address(), said))
        }
        Withdrawal::AlreadyLeft(_) => Err(Oops::TooLate(
            "It had already left, so it could not be taken back. It is in the conversation, with what became of it.",
        )),
        Withdrawal::Gone => Err(Oops::TooLate(
            "It was taken back or sent again before this. Load the conversation again to see where it is.",
        )),
    }
}

/// A person says: try now.
pub async fn retry(
    State(desk): State<Desk>,
    agent: Agent,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Oops> {
    let reply = find(&desk, &agent, &id).await?;
    let Reply { delivery, .. } = &reply;
    let again = desk
        .store()
        .send_again(&delivery.outbox_id, delivery.version, desk.now())
        .await?;
    if again.is_none() {
        return Err(Oops::TooLate(
            "It is being tried at this moment, or it has gone. Load the conversation again to see where it is.",
        ));
    }
    settled(&desk, agent, &reply, &headers).await
}

#[derive(Deserialize)]
pub struct Outcome {
    /// `went`, or `again`.
    #[serde(default)]
    outcome: String,
}

/// What only a person can know: whether an unsure reply arrived.
pub async fn settle(
    State(desk): State<Desk>,
    agent: Agent,
    Path(id): Path<String>,
    headers: HeaderMap,
    Form(given): Form<Outcome>,
) -> Result<Response, Oops> {
    let reply = find(&desk, &agent, &id).await?;
    let (store, now) = (desk.store(), desk.now());
    let (id, version) = (&reply.delivery.outbox_id, reply.delivery.version);
    let is_settled = match given.outcome.as_str() {
        "went" => store.settle_unsure_as_sent(id, version, now).await?,
        "again" => store.resend_unsure(id, version, now).await?.is_some(),
        _ => {
            return Err(Oops::Unusable(
                "Say whether it went or is to be sent again. Nothing was changed.",
            ));
        }
    };
    if !is_settled {
        return Err(Oops::TooLate(
            "Somebody has settled this already. Load the conversation again to see where it is.",
        ));
    }
    settled(&desk, agent, &reply, &headers).await
}

async fn settled(
    desk: &Desk,
    agent: Agent,
    reply: &Reply,
    headers: &HeaderMap,
) -> Result<Response, Oops> {
    desk.wake();
    let here = here(desk, agent, reply).await?;
    here.changed(desk);
    let id = reply.delivery.outbox_id.to_string();
    desk.say(Change::Delivery {
        inbox: here.conversation.inbox_id.to_string(),
        number: reply.number,
        reply: id.clone(),
    });
    let delivery = delivery::of(desk, &here.agent, &id).await?;
    let said = json!({ "number": reply.number, "delivery": delivery });
    Ok(done(headers, &here.address(), said))
}

async fn find(desk: &Desk, agent: &Agent, id: &str) -> Result<Reply, Oops> {
    let id = OutboxId::parse(id).ok_or(Oops::NotFound)?;
    desk.store()
        .reply(&agent.id, &id)
        .await?
        .ok_or(Oops::NotFound)
}

async fn here(desk: &Desk, agent: Agent, reply: &Reply) -> Result<Here, Oops> {
    let conversation = desk
        .store()
        .conversation(&agent.id, reply.number)
        .await?
        .ok_or(Oops::NotFound)?;
    Ok(Here {
        agent,
        conversation,
    })
}
