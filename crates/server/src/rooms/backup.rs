//! What a conversation shows of backup: its call, what was whispered, what the one who came reads first.

use unruffled_engine::Heat;
use unruffled_store::{Call, CallState, Direction, FactState, Message, OutboxState, PromiseState};

use super::here::Here;
use crate::clock::Micros;
use crate::reader::Heard;
use crate::sheets::Around;
use crate::sheets::backup::{
    BackupSheet, BriefingSheet, CallStanding, Colleague, OfferSheet, WhisperSheet,
};
use crate::summary::{Known, Line, five_lines};
use crate::{Desk, Oops, limits, send_times, words};

pub async fn of(
    desk: &Desk,
    here: &Here,
    around: &Around,
    thread: &[Message],
    heard: Option<&Heard>,
) -> Result<BackupSheet, Oops> {
    let (store, now) = (desk.store(), desk.now());
    let call = store.call_of(&here.conversation.id).await?;
    let whispers = match &call {
        Some(call) if call.joins(&here.agent.id) => {
            store
                .whispers(&here.conversation.id, &here.agent.id)
                .await?
        }
        _ => Vec::new(),
    };
    let standing = call.as_ref().map_or(CallStanding::None, |call| {
        standing(desk, here, around, call, now)
    });
    let briefing = match (&standing, &call) {
        (CallStanding::Helping { whom, .. }, Some(call)) => Some(BriefingSheet {
            caller: whom.clone(),
            wanted: call.wanted.clone(),
            lines: lines(desk, heard, &known(desk, here).await?),
        }),
        _ => None,
    };
    let whispers: Vec<WhisperSheet> = whispers
        .into_iter()
        .map(|whisper| WhisperSheet {
            id: whisper.id.to_string(),
            mine: whisper.author_id == here.agent.id,
            author: whisper.author_name,
            text: whisper.text,
            at: whisper.said_at,
        })
        .collect();
    let is_over = matches!(standing, CallStanding::Over { .. });
    Ok(BackupSheet {
        // What is over is mentioned only for what was said in it.
        call: if is_over && whispers.is_empty() {
            CallStanding::None
        } else {
            standing
        },
        whispers,
        briefing,
        offers: [
            who_joined(here, call.as_ref(), thread),
            when_to_expect(desk, here, thread, now),
        ]
        .into_iter()
        .flatten()
        .collect(),
        send_times: send_times::offered(now, desk.hours()),
        asking: false,
    })
}

fn standing(desk: &Desk, here: &Here, around: &Around, call: &Call, now: Micros) -> CallStanding {
    let me = &here.agent.id;
    let mine = call.caller_id == *me;
    let came = call.came_id.as_ref() == Some(me);
    let by = call.came_name.clone().unwrap_or_default();
    let taken = call.came_id.is_some() && here.conversation.assignee_id == call.came_id;
    match call.state {
        CallState::Waiting if mine => {
            let late = now - call.called_at >= limits::CALL_WAIT;
            CallStanding::Waiting {
                whom: call.for_name.clone(),
                since: call.called_at,
                late,
                next: next(around, call.for_id.as_ref().map(|id| id.as_str())).filter(|_| late),
            }
        }
        CallState::Waiting if call.for_id.as_ref().is_none_or(|whom| whom == me) => {
            CallStanding::Asked {
                caller: call.caller_name.clone(),
                wanted: call.wanted.clone(),
            }
        }
        CallState::Joined if mine => CallStanding::Helped {
            by,
            here: call
                .came_id
                .as_ref()
                .is_some_and(|who| desk.presence().is_at(who, call.number, now)),
            taken,
            shows_draft: desk.looks().shown(&call.conversation_id).is_some(),
        },
        CallState::Joined if came => CallStanding::Helping {
            whom: call.caller_name.clone(),
            taken,
            draft: desk.looks().shown(&call.conversation_id),
        },
        CallState::Over if mine => CallStanding::Over { other: by },
        CallState::Over if came => CallStanding::Over {
            other: call.caller_name.clone(),
        },
        _ => CallStanding::None,
    }
}

/// Whom one could ask next: whoever is around first, never the same one again, nobody who is away.
fn next(around: &Around, asked: Option<&str>) -> Option<Colleague> {
    around
        .people
        .iter()
        .find(|person| !person.me && Some(person.id.as_str()) != asked && person.word != AWAY)
        .cloned()
}

const AWAY: &str = "away";

/// Read anew although it may be answered already: whoever comes reads the whole of it.
fn lines(desk: &Desk, heard: Option<&Heard>, known: &Known) -> Vec<Line> {
    let Some(heard) = heard else {
        return Vec::new();
    };
    let (reading, before): (_, Option<Heat>) = (heard.read(desk), heard.before(desk));
    five_lines(&reading, before, known).into()
}

/// What the desk knows beside the letter: facts that were looked up, and promises of ours still to be kept or not kept.
async fn known(desk: &Desk, here: &Here) -> Result<Known, Oops> {
    let (store, id, now) = (desk.store(), &here.conversation.id, desk.now());
    let facts = store.facts(id).await?.into_iter().filter_map(|fact| {
        let state = match fact.standing() {
            FactState::NotChecked => return None,
            FactState::NotFound => "not found",
            other => other.word(),
        };
        let words = match (fact.claim.is_empty(), fact.known.is_empty()) {
            (_, true) => format!("“{}”", fact.claim),
            (true, false) => fact.known,
            (false, false) => format!("“{}”: {}", fact.claim, fact.known),
        };
        Some(format!("{words} ({state})"))
    });
    let facts = facts.collect();
    let promises = store.promises_in(id).await?.into_iter().filter_map(|it| {
        let kept = match it.state {
            PromiseState::Broken => ", not kept",
            state if state.is_live() => "",
            _ => return None,
        };
        let by = it.due_at.map_or_else(String::new, |at| {
            format!(", by {}", words::by(at, it.whole_day, now, desk.zone()))
        });
        Some(format!("“{}”{by}{kept}", it.what))
    });
    Ok(Known {
        facts,
        promises: promises.collect(),
    })
}

/// The customer is told who joined, once, by whoever took over.
fn who_joined(here: &Here, call: Option<&Call>, thread: &[Message]) -> Option<OfferSheet> {
    let call = call?;
    let me = &here.agent.id;
    let took_over = call.came_id.as_ref() == Some(me)
        && matches!(call.state, CallState::Joined | CallState::Over)
        && here.conversation.assignee_id.as_ref() == Some(me);
    let has_written = thread.iter().any(|message| {
        message.direction == Direction::Out
            && message.author_id.as_ref() == Some(me)
            && call.came_at.is_some_and(|came| message.created_at >= came)
    });
    (took_over && !has_written).then(|| OfferSheet {
        label: "Say who joined".to_owned(),
        words: format!(
            "I’m {}, {}’s colleague; I have read what you wrote, so nothing needs saying twice.",
            here.agent.name, call.caller_name
        ),
    })
}

/// While a reply of theirs waits for its time, its author may say when it comes.
fn when_to_expect(desk: &Desk, here: &Here, thread: &[Message], now: Micros) -> Option<OfferSheet> {
    let last = thread
        .iter()
        .rfind(|message| message.direction != Direction::Note)?;
    let delivery = last.delivery.as_ref()?;
    let waits = delivery.timed && delivery.state == OutboxState::Waiting && !delivery.overtaken;
    (waits && last.author_id.as_ref() == Some(&here.agent.id)).then(|| OfferSheet {
        label: "Tell them when to expect it".to_owned(),
        words: format!(
            "I have your letter and write to you by {}.",
            words::ahead(delivery.next_try_at, now, desk.zone())
        ),
    })
}
