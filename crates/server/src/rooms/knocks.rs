//! Somebody is at the counter or on the phone: announced by a colleague, opened by the right person.

use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use serde_json::json;
use unruffled_store::{AgentId, CustomerId, Inbox, Knock, KnockId, LiveChannel, NewKnock, OpenFor};

use super::form::Form;
use super::{done, page, wants_json};
use crate::bus::Change;
use crate::session::Agent;
use crate::sheets::{AnnouncingSheet, CandidateSheet, ChoosingSheet};
use crate::{Desk, Oops, facts, knocking, limits, live, pages};

/// "Somebody new", as a form says it.
const NEW: &str = "new";

#[derive(Default, Deserialize)]
pub struct Given {
    #[serde(default)]
    line: String,
    #[serde(default)]
    channel: String,
    #[serde(default)]
    meant_for: String,
    /// Who is meant: a customer's id, `new`, or nothing yet.
    #[serde(default)]
    customer: String,
}

#[derive(Default, Deserialize)]
pub struct Chosen {
    #[serde(default)]
    customer: String,
}

/// The form by itself, for whoever has no scripts.
pub async fn begin(
    State(desk): State<Desk>,
    agent: Agent,
    Query(given): Query<Given>,
) -> Result<Response, Oops> {
    let sheet = announcing(&desk, &agent, given).await?;
    page(pages::announcing(&sheet))
}

/// Who may be meant by what is typed so far.
pub async fn candidates(
    State(desk): State<Desk>,
    agent: Agent,
    Query(given): Query<Given>,
) -> Result<Response, Oops> {
    let said = knocking::announced(&line(&given)?);
    let those = find(&desk, &agent, &said.who).await?;
    Ok(axum::Json(json!({
        "who": said.who,
        "about": said.about,
        "channel": said.channel.map(LiveChannel::word),
        "candidates": those,
    }))
    .into_response())
}

pub async fn announce(
    State(desk): State<Desk>,
    agent: Agent,
    headers: HeaderMap,
    Form(given): Form<Given>,
) -> Result<Response, Oops> {
    let said = knocking::announced(&line(&given)?);
    if said.who.is_empty() {
        return Err(Oops::Unusable(
            "Nobody was announced: the line does not say who is here. Begin with their name, or with what you see of them.",
        ));
    }
    let customer = match given.customer.as_str() {
        NEW => None,
        "" => {
            let those = find(&desk, &agent, &said.who).await?;
            if !those.is_empty() {
                return ask_who(&desk, &agent, &headers, given, those).await;
            }
            None
        }
        id => Some(known(&desk, &agent, id).await?),
    };
    let inbox = inbox(&agent)?;
    let meant_for = colleague(&desk, &inbox, &given.meant_for).await?;
    let knock = NewKnock {
        inbox_id: &inbox.id,
        channel: LiveChannel::parse(&given.channel)
            .or(said.channel)
            .unwrap_or(LiveChannel::Counter),
        customer_id: customer.as_ref(),
        who: &said.who,
        about: &said.about,
        said_by: Some(&agent.id),
        meant_for: meant_for.as_ref(),
    };
    let id = desk.store().add_knock(&knock, desk.now()).await?;
    changed(&desk, &inbox);
    Ok(done(&headers, "/inbox", json!({ "knock": id })))
}

/// Who is meant, where the telephone system could not say it.
pub async fn choose(
    State(desk): State<Desk>,
    agent: Agent,
    Path(id): Path<String>,
) -> Result<Response, Oops> {
    let id = KnockId::parse(&id).ok_or(Oops::NotFound)?;
    let Some(knock) = desk.store().waiting_knock(&agent.id, &id).await? else {
        return opened_before(&desk, &agent, &id).await;
    };
    let sheet = ChoosingSheet {
        id: id.to_string(),
        words: knocking::line(&knock, &agent.id, desk.zone()),
        candidates: who_rings(&desk, &agent, &knock).await?,
    };
    page(pages::choosing(&sheet))
}

/// Opens the moment: the conversation, with this agent, and a card to write on.
pub async fn open(
    State(desk): State<Desk>,
    agent: Agent,
    Path(id): Path<String>,
    headers: HeaderMap,
    Form(chosen): Form<Chosen>,
) -> Result<Response, Oops> {
    let id = KnockId::parse(&id).ok_or(Oops::NotFound)?;
    let Some(knock) = desk.store().waiting_knock(&agent.id, &id).await? else {
        return opened_before(&desk, &agent, &id).await;
    };
    let given = match chosen.customer.as_str() {
        "" | NEW => None,
        id => Some(known(&desk, &agent, id).await?),
    };
    let whose = match (&given, &knock.customer_id) {
        (Some(id), _) => OpenFor::Known(id),
        (None, Some(id)) if chosen.customer != NEW => OpenFor::Known(id),
        _ => OpenFor::New,
    };
    let undecided = matches!(whose, OpenFor::New) && chosen.customer.is_empty();
    // What a colleague said is decided; a number that several people ring from is not.
    if undecided && knock.said_by.is_none() && !who_rings(&desk, &agent, &knock).await?.is_empty() {
        let to = format!("/knocks/{id}");
        return Ok(done(&headers, &to, json!({ "to": to })));
    }
    let subject = knocking::subject(&knock);
    let opened = desk
        .store()
        .open_knock(&agent.id, &knock, whose, &subject, desk.now())
        .await?
        .ok_or(Oops::NotFound)?;
    let conversation = desk.store().conversation(&agent.id, opened.number).await?;
    if let Some(conversation) = conversation.filter(|_| opened.first_time) {
        facts::ask_aloud(&desk, &conversation.id);
    }
    let inbox = knock.inbox_id.to_string();
    desk.say(Change::Knock {
        inbox: inbox.clone(),
    });
    desk.say(Change::Inbox { inbox });
    let to = format!("/conversations/{}", opened.number);
    Ok(done(
        &headers,
        &to,
        json!({ "to": to, "number": opened.number }),
    ))
}

/// They have gone, or were helped without the desk.
pub async fn depart(
    State(desk): State<Desk>,
    agent: Agent,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Oops> {
    let id = KnockId::parse(&id).ok_or(Oops::NotFound)?;
    desk.store()
        .let_knock_go(&agent.id, &id, desk.now())
        .await?;
    changed(&desk, &inbox(&agent)?);
    Ok(done(&headers, "/inbox", json!({ "knock": id })))
}

/// They are here still.
pub async fn come_back(
    State(desk): State<Desk>,
    agent: Agent,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Oops> {
    let id = KnockId::parse(&id).ok_or(Oops::NotFound)?;
    desk.store().knock_waits_again(&agent.id, &id).await?;
    changed(&desk, &inbox(&agent)?);
    Ok(done(&headers, "/inbox", json!({ "knock": id })))
}

fn line(given: &Given) -> Result<String, Oops> {
    if given.line.len() > limits::ANNOUNCED_BYTES_MAX {
        return Err(Oops::Unusable(
            "The line is longer than anybody can read at a glance, so nobody was announced. Say who is here and what about; the rest belongs on the card.",
        ));
    }
    Ok(given.line.clone())
}

async fn find(desk: &Desk, agent: &Agent, who: &str) -> Result<Vec<CandidateSheet>, Oops> {
    let found = desk.store().candidates(&agent.id, who).await?;
    Ok(found
        .into_iter()
        .map(|it| live::candidate(desk, it))
        .collect())
}

/// Who may ring from that number, where more than one may.
async fn who_rings(desk: &Desk, agent: &Agent, knock: &Knock) -> Result<Vec<CandidateSheet>, Oops> {
    match (&knock.customer_id, &knock.number) {
        (None, Some(number)) => find(desk, agent, number).await,
        _ => Ok(Vec::new()),
    }
}

async fn known(desk: &Desk, agent: &Agent, id: &str) -> Result<CustomerId, Oops> {
    let id = CustomerId::parse(id).ok_or(Oops::NotFound)?;
    let found = desk.store().candidate(&agent.id, &id).await?;
    found.map(|it| it.id).ok_or(Oops::NotFound)
}

async fn colleague(desk: &Desk, inbox: &Inbox, id: &str) -> Result<Option<AgentId>, Oops> {
    if id.is_empty() {
        return Ok(None);
    }
    let members = desk.store().members_of(&inbox.id).await?;
    let found = members.into_iter().find(|member| member.id.as_str() == id);
    found.map(|member| Some(member.id)).ok_or(Oops::Unusable(
        "This colleague does not answer from this inbox, so nobody was announced. Choose somebody else, or whoever is free.",
    ))
}

fn inbox(agent: &Agent) -> Result<Inbox, Oops> {
    agent.inboxes.first().cloned().ok_or(Oops::Unusable(
        "You are in no inbox yet, so there is nobody to announce to. Whoever looks after the desk can let you into one.",
    ))
}

fn changed(desk: &Desk, inbox: &Inbox) {
    desk.say(Change::Knock {
        inbox: inbox.id.to_string(),
    });
}

async fn opened_before(desk: &Desk, agent: &Agent, id: &KnockId) -> Result<Response, Oops> {
    match desk.store().opened_knock(&agent.id, id).await? {
        Some(number) => Ok(Redirect::to(&format!("/conversations/{number}")).into_response()),
        None => Err(Oops::TooLate(
            "They have gone, or somebody has helped them already. Nothing is open for them any more.",
        )),
    }
}

async fn announcing(desk: &Desk, agent: &Agent, given: Given) -> Result<AnnouncingSheet, Oops> {
    Ok(AnnouncingSheet {
        line: given.line,
        channel: given.channel,
        meant_for: given.meant_for,
        colleagues: live::colleagues(desk, agent)
            .await?
            .into_iter()
            .filter(|it| it.id != agent.id.as_str())
            .collect(),
        ..AnnouncingSheet::default()
    })
}

/// Asks who is meant, with everything that was typed still there.
async fn ask_who(
    desk: &Desk,
    agent: &Agent,
    headers: &HeaderMap,
    given: Given,
    candidates: Vec<CandidateSheet>,
) -> Result<Response, Oops> {
    let says = "Nobody is announced yet: say which of them it is, or that it is somebody new.";
    if wants_json(headers) {
        let said = json!({ "says": says, "candidates": candidates });
        return Ok((StatusCode::CONFLICT, axum::Json(said)).into_response());
    }
    let sheet = AnnouncingSheet {
        candidates,
        problem: Some(says.to_owned()),
        ..announcing(desk, agent, given).await?
    };
    Ok((StatusCode::CONFLICT, page(pages::announcing(&sheet))?).into_response())
}
