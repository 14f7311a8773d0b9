//! Live moments and the person before us: from what the store knows to what a page is given.

use unruffled_store::{
    AgentId, Candidate, ConversationId, Customer, CustomerId, Due, Knock, ListeningCard,
    LiveChannel, Message, NewPromise, PromiseKind, PromiseSource,
};

use crate::pages::when;
use crate::rooms::availability;
use crate::rooms::here::Here;
use crate::session::Agent;
use crate::sheets::{
    AlsoSheet, CandidateSheet, CustomerSheet, KnockSheet, ListeningSheet, Person, ReadingSheet,
};
use crate::{Desk, Oops, edge, history, knocking, promising, reader};

/// Who waits for this agent, or was announced by them.
pub async fn knocks(desk: &Desk, agent: &Agent) -> Result<Vec<KnockSheet>, Oops> {
    let waiting = desk.store().waiting_knocks(&agent.id, desk.now()).await?;
    let here = match availability::on_break(desk, agent) {
        true => Some(availability::others_here(desk, agent).await?),
        false => None,
    };
    // A break is protected: who waits for whoever is free, waits for the others, as long as there is one.
    let spared = |knock: &Knock| {
        let is_other = |id: &AgentId| knock.said_by.as_ref() != Some(id);
        here.as_ref().is_some_and(|here| here.iter().any(is_other))
            && knock.meant_for.is_none()
            && is_for(knock, &agent.id)
    };
    Ok(waiting
        .iter()
        .filter(|knock| !spared(knock))
        .map(|knock| KnockSheet {
            id: knock.id.to_string(),
            words: knocking::line(knock, &agent.id, desk.zone()),
            for_me: is_for(knock, &agent.id),
        })
        .collect())
}

fn is_for(knock: &Knock, agent: &AgentId) -> bool {
    match &knock.meant_for {
        Some(meant) => meant == agent,
        // Whoever says "for whoever is free" is with the customer, and means the others.
        None => knock.said_by.as_ref() != Some(agent),
    }
}

/// Everybody who can be asked to come.
pub async fn colleagues(desk: &Desk, agent: &Agent) -> Result<Vec<Person>, Oops> {
    let Some(inbox) = agent.inboxes.first() else {
        return Ok(Vec::new());
    };
    let members = desk.store().members_of(&inbox.id).await?;
    Ok(members
        .into_iter()
        .map(|member| Person {
            id: member.id.to_string(),
            login: member.login,
            name: member.name,
        })
        .collect())
}

/// A customer who may be meant, with what tells them apart.
pub fn candidate(desk: &Desk, candidate: Candidate) -> CandidateSheet {
    let last = candidate.updated_at.map(|at| {
        let day = when(at, desk.now(), desk.zone()).short;
        match candidate.subject.as_deref() {
            None | Some("") => day,
            Some(subject) => format!("{subject}, {day}"),
        }
    });
    let known_by: Vec<String> = candidate.address.into_iter().chain(last).collect();
    CandidateSheet {
        id: candidate.id.to_string(),
        name: candidate.name,
        known_by: known_by.join(" · "),
    }
}

/// The card that is written on in this conversation, or a blank one.
pub fn listening(
    here: &Here,
    thread: &[Message],
    reading: Option<&ReadingSheet>,
) -> ListeningSheet {
    let is_live = LiveChannel::parse(&here.conversation.channel);
    let cards = || thread.iter().filter_map(|message| message.card.as_deref());
    let own = |card: &&ListeningCard| card.conversation_id == here.conversation.id;
    let open = cards().find(|card| card.kept_at.is_none());
    let kept = cards()
        .filter(own)
        .filter(|card| card.kept_at.is_some())
        .max_by_key(|card| card.kept_at);
    let channel = open
        .map(|card| card.channel)
        .or(is_live)
        // Somebody who has written rings; whoever stands at the counter is announced.
        .unwrap_or(LiveChannel::Phone);
    let heard = open.map_or_else(Default::default, |card| card.heard.clone());
    ListeningSheet {
        channel,
        version: open.map_or(0, |card| card.version),
        edge: edge::lines(channel, &heard, reading.map(|sheet| &sheet.reading)),
        heard,
        kept_at: open.map(|card| card.version),
        first: is_live.is_some() && open.is_some(),
        kept_card: kept.map(|card| card.id.to_string()),
    }
}

/// Live moments of the same person beside this conversation.
pub async fn also(desk: &Desk, here: &Here) -> Result<Vec<AlsoSheet>, Oops> {
    let also = desk
        .store()
        .also_live(&here.agent.id, &here.conversation, desk.now())
        .await?;
    Ok(also
        .into_iter()
        .map(|moment| AlsoSheet {
            number: moment.number,
            subject: moment.subject,
            channel: moment.channel,
            at: moment.begun_at,
            joined: moment.joined,
        })
        .collect())
}

/// The person before us.
pub async fn person(
    desk: &Desk,
    agent: &Agent,
    customer: Option<Customer>,
    beside: Option<&ConversationId>,
) -> Result<CustomerSheet, Oops> {
    let Some(customer) = customer else {
        return Ok(CustomerSheet::default());
    };
    let earlier = desk
        .store()
        .earlier_on(&agent.id, &customer.id, beside)
        .await?;
    let worked = worked(desk, agent, &customer.id).await?;
    Ok(CustomerSheet {
        id: customer.id.to_string(),
        name: customer.name,
        addressed_as: customer.addressed_as,
        matters: customer.matters,
        matters_agreed_at: customer.matters_agreed_at,
        addresses: customer.addresses,
        phones: customer.phones,
        since: customer.created_at,
        history: history::lines(desk, &earlier),
        worked,
    })
}

/// What worked last time: the last promise to them that was kept.
async fn worked(desk: &Desk, agent: &Agent, id: &CustomerId) -> Result<Option<String>, Oops> {
    let kept = desk.store().last_kept_promise(&agent.id, id).await?;
    Ok(kept.map(|(what, at)| {
        let day = when(at, desk.now(), desk.zone()).short;
        format!("“{what}” was promised, and kept {day}")
    }))
}

/// What was promised on a card, for the ledger: a line of the card is a promise, because the card asked for nothing else
/// there; by when it is due, the engine finds in its words.
pub fn promised(desk: &Desk, here: &Here, words: &str) -> Vec<NewPromise> {
    words
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(|line| NewPromise {
            conversation_id: here.conversation.id.clone(),
            kind: PromiseKind::Promise,
            what: line.to_owned(),
            promised_by: Some(here.agent.id.clone()),
            source: PromiseSource::Card,
            message_id: None,
            card_id: None,
            due: due(desk, line),
        })
        .collect()
}

fn due(desk: &Desk, line: &str) -> Option<Due> {
    // "A new card by Friday" is said of us; as a sentence it is a promise like any other.
    [line.to_owned(), format!("I will give you {line}")]
        .iter()
        .flat_map(|words| reader::review_alone(desk, words).promises)
        .find_map(|promise| promising::due(desk, &promise, desk.now()))
}
