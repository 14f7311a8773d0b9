//! One conversation, read and shown.

use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Deserialize;
use unruffled_engine::Heat;
use unruffled_store::{ConversationState, Direction, DraftKind};

use super::around::{self, Listing};
use super::here::Here;
use super::{availability, backup, drafts, letters, page, promises};
use crate::sheets::{ConversationSheet, Person, ReadingSheet};
use crate::{Desk, Oops, landing, live, nodding, offering, outgoing, pages, reader, safety};

/// `?closed=1`: the page that follows closing.
#[derive(Debug, Default, Deserialize)]
pub struct Closing {
    #[serde(default)]
    closed: String,
}

impl Closing {
    fn just_now(&self) -> bool {
        !self.closed.is_empty()
    }
}

pub async fn show(
    State(desk): State<Desk>,
    here: Here,
    headers: HeaderMap,
    Query(listing): Query<Listing>,
    Query(closing): Query<Closing>,
) -> Result<Response, Oops> {
    let sheet = sheet(&desk, &here, &listing, closing.just_now(), None).await?;
    // A page that only looks again is nobody's coming.
    if !headers.contains_key("x-part") {
        let is_hot =
            sheet.reading.as_ref().is_some_and(|reading| reading.hot) || sheet.safety.is_some();
        let place = Some((sheet.number, is_hot));
        if desk.presence().at(&here.agent.id, place, desk.now()) {
            availability::changed(&desk, &here.agent);
        }
    }
    page(pages::conversation(&sheet))
}

/// Everything the page shows. `problem` is what a form without script was refused for.
pub async fn sheet(
    desk: &Desk,
    here: &Here,
    listing: &Listing,
    just_closed: bool,
    problem: Option<String>,
) -> Result<ConversationSheet, Oops> {
    let (store, conversation) = (desk.store(), &here.conversation);
    let thread = store.thread(&conversation.id).await?;
    let known = store.customer(&conversation.customer_id).await?;
    let to = outgoing::whom(&thread.messages, known.as_ref());
    let customer = live::person(desk, &here.agent, known, Some(&conversation.id)).await?;
    let heard = reader::hear(&thread.messages, &conversation.customer_name);
    // What was answered needs no breath and no what-if any more.
    let around = around::of(desk, &here.agent, listing).await?;
    let mut backup = backup::of(desk, here, &around, &thread.messages, heard.as_ref()).await?;
    backup.asking = listing.opens("call");
    let reading = heard.as_ref().filter(|heard| !heard.answered).map(|heard| {
        let reading = heard.read(desk);
        let engine = desk.engine();
        let languages: Vec<&str> = engine.languages().map(|(_, name)| name).collect();
        ReadingSheet {
            languages: languages.join(" or "),
            hot: reading.heat >= Heat::Hot,
            before: heard.before(desk),
            reading,
        }
    });
    let is_done = conversation.state == ConversationState::Done;
    let promises = promises::sheet(
        desk,
        here,
        &thread.messages,
        heard.as_ref(),
        reading.as_ref().map(|sheet| &sheet.reading),
        just_closed && is_done,
    )
    .await?;
    let safety = reading
        .as_ref()
        .and_then(|sheet| safety::sheet(desk, &sheet.reading, Some(conversation.number)));
    let facts = crate::facts::of(desk, here).await?;
    let nods = store.nods_of(&conversation.id).await?;
    let replied_at = thread
        .messages
        .iter()
        .rfind(|message| message.direction == Direction::Out)
        .map_or(0, |message| message.created_at);
    let said = offering::Heard {
        words: heard.as_ref().map_or("", |heard| &heard.text),
        earlier: heard
            .as_ref()
            .map_or_else(Vec::new, |heard| heard.said_before()),
        reading: reading.as_ref().map(|sheet| &sheet.reading),
        facts: &facts.lines,
    };
    let options = offering::beside(desk, here, &said, &nods).await?;
    let colleagues = colleagues(desk, here).await?;
    let landing = landing::sheet(
        desk,
        here,
        &colleagues,
        &thread.messages,
        heard.as_ref(),
        reading.as_ref().map(|sheet| &sheet.reading),
        just_closed && is_done,
    );
    let listening = live::listening(here, &thread.messages, reading.as_ref());
    Ok(ConversationSheet {
        around,
        number: conversation.number,
        subject: conversation.subject.clone(),
        standing: around::standing(conversation.state),
        assignee: conversation.assignee_id.as_ref().map(|id| Person {
            id: id.to_string(),
            login: String::new(),
            name: conversation.assignee_name.clone().unwrap_or_default(),
        }),
        colleagues,
        customer,
        messages: thread
            .messages
            .iter()
            // What is being written now stands in the composer.
            .filter(|message| !message.is_being_heard())
            .map(|message| letters::sheet(desk, message))
            .collect(),
        cut: thread.left_out > 0,
        reading,
        facts,
        options,
        nods: nods
            .iter()
            .map(|nod| nodding::nod_sheet(desk, &here.agent, nod, replied_at))
            .collect(),
        listening,
        also: live::also(desk, here).await?,
        to,
        promises,
        landing,
        reply: drafts::opened(desk, here, DraftKind::Reply).await?,
        note: drafts::opened(desk, here, DraftKind::Note).await?,
        problem,
        undo_seconds: desk.settings().undo_seconds,
        safety,
        backup,
    })
}

async fn colleagues(desk: &Desk, here: &Here) -> Result<Vec<Person>, Oops> {
    let members = desk.store().members_of(&here.conversation.inbox_id).await?;
    let mut people: Vec<Person> = members
        .into_iter()
        .map(|member| Person {
            id: member.id.to_string(),
            login: member.login,
            name: member.name,
        })
        .collect();
    people.sort_by_key(|person| person.id != here.agent.id.as_str());
    Ok(people)
}
