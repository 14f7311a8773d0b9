//! Nods in words: whom to ask, how one stands, and what a draft grants without the one that it takes.

use std::collections::HashMap;

use unruffled_store::{AgentId, Nod, NodState};

use crate::playbook::{Choice, NodBy, needs_nod};
use crate::rooms::{Here, availability};
use crate::session::Agent;
use crate::sheets::NodSheet;
use crate::{Desk, Oops, words};

/// Everybody who answers from the inbox, by login.
pub struct Team {
    me: AgentId,
    /// `(id, login, name)`
    people: Vec<(AgentId, String, String)>,
}

impl Team {
    pub async fn of(desk: &Desk, here: &Here) -> Result<Self, Oops> {
        let members = desk.store().members_of(&here.conversation.inbox_id).await?;
        Ok(Self {
            me: here.agent.id.clone(),
            people: members
                .into_iter()
                .map(|agent| (agent.id, agent.login, agent.name))
                .collect(),
        })
    }

    /// Who is asked: somebody by name where there is one, else anybody who may nod.
    pub fn asked(&self, by: &NodBy, leads: &[String]) -> Option<&(AgentId, String, String)> {
        let other = |login: &str| {
            self.people
                .iter()
                .find(|(id, known, _)| known == login && *id != self.me)
        };
        match by {
            NodBy::Login(login) => other(login).or_else(|| self.only_lead(leads)),
            NodBy::ALead => self.only_lead(leads),
        }
    }

    fn only_lead(&self, leads: &[String]) -> Option<&(AgentId, String, String)> {
        let mut here = self
            .people
            .iter()
            .filter(|(id, login, _)| leads.contains(login) && *id != self.me);
        let first = here.next()?;
        here.next().is_none().then_some(first)
    }
}

/// Anybody's nod: of one of the leads, or of any colleague where nobody is named a lead.
pub fn anybody(leads: &[String]) -> &'static str {
    if leads.is_empty() {
        "a colleague"
    } else {
        "a lead"
    }
}

/// Whether this agent answers nods that were asked of anybody.
pub fn may_nod(desk: &Desk, agent: &Agent) -> bool {
    let leads = &desk.settings().leads;
    leads.is_empty() || leads.contains(&agent.login)
}

/// The nod that counts for an option: the one asked for last, withdrawn ones aside.
pub fn newest<'a>(nods: &'a [Nod], option: &str) -> Option<&'a Nod> {
    nods.iter()
        .rfind(|nod| nod.option_id == option && nod.state != NodState::Withdrawn)
}

/// Who is asked when this agent asks for a nod to this option; `None` when it needs none.
pub async fn to_ask(
    desk: &Desk,
    here: &Here,
    option: &Choice,
) -> Result<Option<Option<AgentId>>, Oops> {
    let leads = &desk.settings().leads;
    let Some(by) = needs_nod(option, &here.agent.login, leads) else {
        return Ok(None);
    };
    let team = Team::of(desk, here).await?;
    Ok(Some(team.asked(&by, leads).map(|(id, _, _)| id.clone())))
}

/// A nod's line: "Waiting for Ben’s nod on: a free month, asked 10:14."
pub fn said(desk: &Desk, nod: &Nod) -> String {
    let at = |at: i64| words::when(at, desk.now(), desk.zone());
    let what = lower_first(&nod.says);
    let by = nod.answered_by_name.as_deref().unwrap_or_default();
    let answered = nod.answered_at.map(at).unwrap_or_default();
    let word = match nod.word.as_str() {
        "" => ".".to_owned(),
        word => format!(": “{word}”"),
    };
    match nod.state {
        NodState::Waiting => format!(
            "Waiting for {}’s nod on: {what}, asked {}.",
            nod.asked_of_name
                .as_deref()
                .unwrap_or(anybody(&desk.settings().leads)),
            at(nod.asked_at)
        ),
        NodState::Yes => format!("{by} nodded to: {what}, {answered}{word}"),
        NodState::YesBut => format!("{by} nodded to: {what}, {answered}, but{word}"),
        NodState::No => format!("{by} said no to: {what}, {answered}{word}"),
        NodState::Withdrawn => format!("{} took the question back: {what}.", nod.asked_by_name),
    }
}

/// A nod for this agent's eyes; `replied_at` is when our last reply was written.
pub fn nod_sheet(desk: &Desk, agent: &Agent, nod: &Nod, replied_at: i64) -> NodSheet {
    let waits = nod.state == NodState::Waiting;
    let mine = nod.asked_by == agent.id;
    let of_me = nod.asked_of.as_ref() == Some(&agent.id) || may_nod(desk, agent);
    let words = if waits && !mine && of_me {
        format!(
            "{} asks for your nod on: {}, {}.",
            nod.asked_by_name,
            lower_first(&nod.says),
            words::when(nod.asked_at, desk.now(), desk.zone())
        )
    } else {
        said(desk, nod)
    };
    NodSheet {
        id: nod.id.to_string(),
        number: nod.number,
        customer_name: nod.customer_name.clone(),
        subject: nod.subject.clone(),
        words,
        says: nod.says.clone(),
        waits,
        current: nod.state != NodState::Withdrawn && (waits || nod.asked_at > replied_at),
        may_answer: waits && !mine && of_me,
        may_withdraw: waits && mine,
        may_take_back: !waits && nod.answered_by.as_ref() == Some(&agent.id),
    }
}

/// The nods that wait for this agent, for the line above the inbox.
pub async fn waiting_for(desk: &Desk, agent: &Agent) -> Result<Vec<NodSheet>, Oops> {
    // On a break only what was asked of them by name waits in sight.
    let of_anybody = may_nod(desk, agent) && !availability::on_break(desk, agent);
    let waiting = desk.store().nods_waiting_for(&agent.id, of_anybody).await?;
    Ok(waiting
        .iter()
        .map(|nod| nod_sheet(desk, agent, nod, 0))
        .collect())
}

/// What a draft grants without the nod that it takes, a sentence each, for the line under Send.
pub fn without_nod(
    desk: &Desk,
    agent: &Agent,
    draft: &str,
    nods: &[Nod],
    names: &HashMap<String, String>,
) -> Vec<String> {
    let book = desk.playbook();
    let leads = &desk.settings().leads;
    let open = book.in_text(draft).into_iter().filter_map(|option| {
        let by = needs_nod(option, &agent.login, leads)?;
        let what = lower_first(&option.says);
        match newest(nods, &option.id) {
            None => {
                let whose = match &by {
                    NodBy::Login(login) => names
                        .get(login)
                        .cloned()
                        .unwrap_or_else(|| anybody(leads).to_owned()),
                    NodBy::ALead => anybody(leads).to_owned(),
                };
                Some(format!(
                    "This takes {whose}’s nod: {what}. It was not asked for."
                ))
            }
            Some(nod) => match nod.state {
                NodState::Waiting => Some(format!(
                    "{} has not nodded yet: {what}.",
                    capital(nod.asked_of_name.as_deref().unwrap_or(anybody(leads)))
                )),
                NodState::No => Some(format!(
                    "{} said no: {what}.",
                    nod.answered_by_name.as_deref().unwrap_or_default()
                )),
                _ => None,
            },
        }
    });
    open.collect()
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

pub fn lower_first(words: &str) -> String {
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => first.to_lowercase().chain(letters).collect(),
        None => String::new(),
    }
}
