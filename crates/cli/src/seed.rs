//! Lives the demo's story through: every letter takes the way that a real one takes.
//!
//! The desk's own clock is set to the time of each event, so that letters are stored, read and
//! answered "then" by the very code that does it now, and is set right again at the end.

use crate::failure::Failure;
use crate::shared;
use crate::story::{self, Deed, Event};
use jiff::Zoned;
use std::collections::HashMap;
use std::fmt::Display;
use unruffled_server::{Desk, jobs};
use unruffled_store::{AgentId, ConversationId, NewNote, PromiseState};

/// Who answers in the demo: login, name, password. Nothing here is a secret; the desk is thrown away.
pub const AGENTS: [(&str, &str, &str); 2] = [
    ("ada", "Ada", "harbour-light"),
    ("ben", "Ben", "larks-in-line"),
];

/// What is known of a conversation while its story is told.
struct Told {
    id: ConversationId,
    our_last: String,
}

pub async fn seed(desk: &Desk) -> Result<(), Failure> {
    let now = Zoned::now().with_time_zone(desk.zone().clone());
    let events = story::events(&now).map_err(fault)?;
    let [ada, ben] = AGENTS.map(|(login, name, password)| desk.add_agent(login, name, password));
    let (ada, ben) = tokio::try_join!(ada, ben).map_err(fault)?;
    let agents = HashMap::from([("ada", ada), ("ben", ben)]);
    let mut told: HashMap<&str, Told> = HashMap::new();
    let mut ahead = 0;
    for event in events {
        let step = event.at.timestamp().as_microsecond() - desk.now();
        desk.clock().advance(step);
        ahead += step;
        tell(desk, &event, &now, &agents, &mut told)
            .await
            .map_err(|why| {
                Failure::says(format!(
                    "The story broke off in {}: {why}",
                    event.conversation
                ))
            })?;
    }
    desk.clock().advance(-ahead);
    shared::put(desk, &agents["ada"]).await.map_err(fault)?;
    Ok(())
}

async fn tell<'a>(
    desk: &Desk,
    event: &Event,
    now: &Zoned,
    agents: &HashMap<&str, AgentId>,
    told: &mut HashMap<&'a str, Told>,
) -> Result<(), String>
where
    'static: 'a,
{
    let our_last = told
        .get(event.conversation)
        .map_or("", |told| told.our_last.as_str());
    let text = event.text(now, our_last)?;
    let so_far = told.get_mut(event.conversation);
    match (&event.deed, so_far) {
        (Deed::Came, so_far) => {
            let letter = text.replace('\n', "\r\n");
            let kept =
                desk.store()
                    .store_raw(desk.inbox(), letter.as_bytes(), "story", None, desk.now());
            kept.await.map_err(words)?;
            jobs::work_off(desk).await.map_err(words)?;
            if so_far.is_none() {
                let id = unruffled_mail::letter::parse(letter.as_bytes()).message_id;
                let found = desk
                    .store()
                    .threads_for(desk.inbox(), &[id])
                    .await
                    .map_err(words)?;
                let id = found.ok_or("its letter was not received")?.conversation_id;
                told.insert(
                    event.conversation,
                    Told {
                        id,
                        our_last: String::new(),
                    },
                );
            }
            Ok(())
        }
        (Deed::Replied(who), Some(so_far)) => {
            let agent = agents.get(who).ok_or("nobody answers by that name")?;
            desk.store()
                .assign(&so_far.id, Some(agent))
                .await
                .map_err(words)?;
            so_far.our_last = desk.reply(&so_far.id, agent, &text).await.map_err(words)?;
            jobs::work_off(desk).await.map_err(words)?;
            Ok(())
        }
        (Deed::Noted(who), Some(so_far)) => {
            let author_id = agents.get(who).ok_or("nobody answers by that name")?;
            let note = NewNote {
                conversation_id: &so_far.id,
                author_id,
                text: &text,
                draft_version: 0,
            };
            desk.store()
                .add_note(&note, desk.now())
                .await
                .map_err(words)?;
            Ok(())
        }
        (Deed::Broke, Some(so_far)) => {
            let (store, now) = (desk.store(), desk.now());
            for promise in store.promises_in(&so_far.id).await.map_err(words)? {
                if promise.state.is_live() && promise.due_at.is_some_and(|at| at <= now) {
                    store
                        .settle_promise(&promise.id, PromiseState::Broken, None, now)
                        .await
                        .map_err(words)?;
                }
            }
            Ok(())
        }
        (Deed::Closed, Some(so_far)) => {
            desk.store()
                .close_conversation(&so_far.id, desk.now())
                .await
                .map_err(words)?;
            Ok(())
        }
        (_, None) => Err("it does not begin with a letter".to_owned()),
    }
}

fn words(why: impl Display) -> String {
    why.to_string()
}

fn fault(why: impl Display) -> Failure {
    Failure::says(format!("The demo could not be made ready: {why}"))
}
