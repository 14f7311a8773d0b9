//! What may be offered in a conversation: the playbook introduced to the reading, the uses and the nods.
//!
//! Ranked anew each time a page is opened, from what is there; nothing of the order is stored.

use std::collections::HashMap;

use unruffled_engine::{Engine, Reading};
use unruffled_store::Nod;

use crate::nodding::{Team, anybody, lower_first, newest, said};
use crate::playbook::{self, Choice, FactStanding, Known, Moment, Playbook, needs_nod};
use crate::rooms::{Here, availability};
use crate::session::Agent;
use crate::sheets::{FactSheet, NodNeeded, OptionRow, OptionsSheet};
use crate::{Desk, Oops, words};

/// What the customer said, as far as it matters here.
#[derive(Default)]
pub struct Heard<'a> {
    pub words: &'a str,
    pub earlier: Vec<&'a str>,
    pub reading: Option<&'a Reading>,
    pub facts: &'a [FactSheet],
}

/// The list beside the composer.
pub async fn beside(
    desk: &Desk,
    here: &Here,
    heard: &Heard<'_>,
    nods: &[Nod],
) -> Result<OptionsSheet, Oops> {
    let book = desk.playbook();
    let team = Team::of(desk, here).await?;
    let granted = desk
        .store()
        .granted_to(&here.conversation.customer_id)
        .await?;
    let engine = desk.engine();
    let moment = Moment {
        subject: &here.conversation.subject,
        words: heard.words,
        earlier: heard.earlier.clone(),
        cues: heard.reading.map_or_else(Vec::new, |reading| {
            known(
                &engine,
                reading.cues.iter().map(|cue| (&*cue.code, &*cue.card)),
            )
        }),
        what_ifs: heard.reading.map_or_else(Vec::new, |reading| {
            let all = reading.what_if.iter().chain(&reading.other_what_ifs);
            known(&engine, all.map(|it| (&*it.code, &*it.card)))
        }),
        facts: heard
            .facts
            .iter()
            .map(|fact| FactStanding {
                what: format!("{} {} {}", fact.claim, fact.known, fact.source),
                state: fact.state.word().replace('-', " "),
            })
            .collect(),
        granted: granted
            .into_iter()
            .map(|it| (it.option_id, it.used_at))
            .collect(),
        now: words::in_zone(desk.now(), desk.zone()),
    };
    let mut sheet = OptionsSheet::default();
    for ranked in playbook::rank(&book, &moment) {
        let option = ranked.option;
        let nod = needed(desk, &team, &here.agent, option, nods);
        sheet.nods_matter |= nod.is_some();
        let row = OptionRow {
            id: option.id.clone(),
            says: option.says.clone(),
            reason: match ranked.fits() {
                true => format!("fits: {}", ranked.reasons.join(" · ")),
                false => String::new(),
            },
            line: line(option, nod.as_ref(), None),
            wording: option.wording.clone(),
            leads_to: option.leads_to.trim_end_matches('.').to_owned(),
            if_you_like: option.kind == playbook::Kind::Wow,
            used_up: ranked.used_up.clone(),
            nod,
        };
        if ranked.fits() {
            sheet.fitting.push(row);
        } else {
            sheet.rest.push(row);
        }
    }
    Ok(sheet)
}

fn known<'a>(engine: &Engine, all: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<Known> {
    all.map(|(code, card)| {
        let title = engine.card(card).map_or("", |card| card.title.as_str());
        Known {
            code: code.to_owned(),
            words: lower_first(if title.is_empty() { code } else { title }),
        }
    })
    .collect()
}

/// Whose nod it takes, said for everybody.
fn takes(option: &Choice, who: &str, names: Option<&HashMap<String, String>>) -> String {
    let named = |login: &String| {
        let name = names.and_then(|names| names.get(login));
        name.unwrap_or(login).clone()
    };
    let who = named(&who.to_owned());
    let alone: Vec<String> = option.limits.alone.iter().map(named).collect();
    match alone.as_slice() {
        [] => format!("takes a nod of {who}"),
        alone => format!("{} alone, others with a nod of {who}", alone.join(", ")),
    }
}

/// Limits and cost in one line: "up to £24 · twice a year · needs Ben’s nod · costs four tickets".
pub fn line(
    option: &Choice,
    nod: Option<&NodNeeded>,
    names: Option<&HashMap<String, String>>,
) -> String {
    let mut parts = Vec::new();
    if let Some(amount) = &option.limits.amount {
        parts.push(format!("up to {amount}"));
    }
    if let Some(often) = option.limits.often {
        parts.push(format!("{often} for a customer"));
    }
    match (nod, &option.limits.nod) {
        (Some(nod), _) => parts.push(format!("needs {} nod", nod.whose)),
        (None, Some(who)) if names.is_some() => parts.push(takes(option, who, names)),
        _ => {}
    }
    if let Some(until) = option.until {
        parts.push(format!("until {}", until.strftime("%-d %B %Y")));
    }
    if !option.costs.is_empty() {
        parts.push(format!("costs {}", option.costs));
    }
    parts.join(" · ")
}

fn needed(
    desk: &Desk,
    team: &Team,
    agent: &Agent,
    option: &Choice,
    nods: &[Nod],
) -> Option<NodNeeded> {
    let leads = &desk.settings().leads;
    let by = needs_nod(option, &agent.login, leads)?;
    let asked = team.asked(&by, leads);
    let (who, whose) = match asked {
        Some((_, _, name)) => (name.clone(), format!("{name}’s")),
        None => (anybody(leads).to_owned(), format!("{}’s", anybody(leads))),
    };
    Some(NodNeeded {
        stands: newest(nods, &option.id).map(|nod| said(desk, nod)),
        away: asked.and_then(|(id, _, _)| availability::absent(desk, id)),
        who,
        whose,
    })
}

/// Ids of the options whose wording a reply holds.
pub fn granted_by(book: &Playbook, text: &str) -> Vec<String> {
    book.in_text(text)
        .into_iter()
        .map(|option| option.id.clone())
        .collect()
}
