//! What they say beside what we know: looked up when a message arrives, shown beside it, held against drafts.

mod claims;
mod look;
mod ours;
mod weigh;

pub use look::look;

use unruffled_engine::{FactState as EngineState, KnownFact};
use unruffled_store::{Became, ConversationId, Direction, Fact, FactState, MessageId, MessageKind};

use crate::rooms::here::Here;
use crate::sheets::{FactSheet, FactsSheet, HandCheck, TroubleSheet};
use crate::{Desk, Oops};

/// The facts of the conversation that somebody has before them.
pub async fn of(desk: &Desk, here: &Here) -> Result<FactsSheet, Oops> {
    let (store, id) = (desk.store(), &here.conversation.id);
    let lines = store.facts(id).await?;
    let troubles = store.fact_troubles(id).await?;
    let places = store.lessons(&here.agent.id).await?;
    Ok(FactsSheet {
        places: places
            .into_iter()
            .filter(|lesson| lesson.became == Became::Place)
            .map(|lesson| lesson.became_name)
            .collect(),
        lines: lines.into_iter().map(sheet).collect(),
        troubles: troubles
            .into_iter()
            .map(|trouble| TroubleSheet {
                source: trouble.source,
                problem: trouble.problem,
                asked_at: trouble.asked_at,
            })
            .collect(),
    })
}

/// Looks up what was said at the counter or on the phone, at once and beside the request: somebody stands there. Were the
/// desk to stop in the middle, "Look up again" asks again.
pub fn ask_aloud(desk: &Desk, conversation: &ConversationId) {
    let (desk, id) = (desk.clone(), conversation.clone());
    tokio::spawn(async move {
        if let Err(fault) = look(&desk, &id, None).await {
            tracing::warn!(%fault, "what was said could not be looked up");
        }
    });
}

/// The same while a card is being written: as soon as another number stands on it, which is what records know things by.
pub fn ask_aloud_if_new(desk: &Desk, conversation: &ConversationId, before: &str, now: &str) {
    let before = numbers(before);
    if numbers(now).iter().any(|number| !before.contains(number)) {
        ask_aloud(desk, conversation);
    }
}

/// Words with figures in them, long enough to be a reference, an amount or a date.
fn numbers(text: &str) -> Vec<&str> {
    const FIGURES_MIN: usize = 3;
    let figures = |word: &&str| word.chars().filter(char::is_ascii_digit).count() >= FIGURES_MIN;
    text.split_whitespace().filter(figures).collect()
}

/// The last message that the customer wrote themselves.
pub async fn last_word(desk: &Desk, here: &Here) -> Result<Option<MessageId>, Oops> {
    let thread = desk.store().thread(&here.conversation.id).await?;
    let theirs = thread
        .messages
        .into_iter()
        .rfind(|message| message.direction == Direction::In && message.kind == MessageKind::Mail);
    Ok(theirs.map(|message| message.id))
}

/// Has their last message looked up again; what was said aloud where they have not written yet.
pub async fn ask_again(desk: &Desk, here: &Here) -> Result<(), Oops> {
    let message = last_word(desk, here).await?;
    let id = &here.conversation.id;
    let store = desk.store();
    store
        .ask_for_facts(id, message.as_ref(), desk.now())
        .await?;
    desk.wake();
    Ok(())
}

fn sheet(fact: Fact) -> FactSheet {
    FactSheet {
        state: fact.standing(),
        id: fact.id.to_string(),
        message: fact.message_id.map(|id| id.to_string()),
        claim: fact.claim,
        known: fact.known,
        source: fact.source,
        at: fact.found_at,
        by_hand: fact.check.map(|check| HandCheck {
            who: check.author,
            source: check.source,
            at: check.checked_at,
        }),
        author: fact.author,
    }
}

/// The same list as the engine is given it, so that a draft is held against it.
pub async fn known(desk: &Desk, conversation: &ConversationId) -> Result<Vec<KnownFact>, Oops> {
    let facts = desk.store().facts(conversation).await?;
    Ok(facts.iter().flat_map(as_known).collect())
}

/// What a record shows is checked, whatever they say; what only they say is claimed; what is at odds is disputed. That we
/// said something shows nothing but that we said it, so it is not among them.
fn as_known(fact: &Fact) -> Vec<KnownFact> {
    if fact.of_ours && fact.check.is_none() {
        return Vec::new();
    }
    let line = |text: &str, state| {
        (!text.is_empty()).then(|| KnownFact {
            text: text.to_owned(),
            state,
            source: Some(fact.source.clone()),
        })
    };
    // With its source in front, so that a note that names the fact names where it stands.
    let known = match (fact.known.as_str(), fact.source.as_str()) {
        _ if fact.of_ours => String::new(),
        ("", _) => String::new(),
        (known, "") => known.to_owned(),
        (known, source) => format!("{source}: {known}"),
    };
    let pair = match (fact.standing(), fact.check.is_some()) {
        (FactState::Disputed, _) => [
            line(&fact.claim, EngineState::Disputed),
            line(&known, EngineState::Disputed),
        ],
        (FactState::Checked, true) => [
            line(&fact.claim, EngineState::Checked),
            line(&known, EngineState::Checked),
        ],
        (FactState::Contradicted, true) if known.is_empty() => {
            [line(&fact.claim, EngineState::Disputed), None]
        }
        // Under this name alone it may be somebody else.
        (FactState::NotChecked, _) if fact.claim.is_empty() => {
            [line(&known, EngineState::Claimed), None]
        }
        // A number of theirs that a record knows does not bear out the whole sentence.
        (FactState::Checked, false) => [line(&known, EngineState::Checked), None],
        _ => [
            line(&known, EngineState::Checked),
            line(&fact.claim, EngineState::Claimed),
        ],
    };
    pair.into_iter().flatten().collect()
}
