//! Live updates to an open page: `GET /events`, as server-sent events.
//!
//! | event          | data                                                   | means                      |
//! | -------------- | ------------------------------------------------------ | -------------------------- |
//! | `inbox`        | `{}`                                                   | the list changed           |
//! | `conversation` | `{"number":12}`                                        | its messages changed       |
//! | `knock`        | `{}`                                                   | somebody waits, or no more |
//! | `delivery`     | `{"number":12,"delivery":{…}}`, see `DeliverySheet`    | how far a reply has got    |
//! | `all`          | `{}`                                                   | changes were missed        |
//!
//! `?since=` takes the mark that the page bears: what changed before the stream was there is told as `all`.
//! The stream ends when the desk closes or the agent logs out; a browser asks again by itself.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::{Query, State};
use axum::response::sse::{Event, KeepAlive, Sse};
use serde::Deserialize;
use serde_json::json;
use tokio::sync::broadcast::{Receiver, error::RecvError};
use tokio::sync::{mpsc, watch};
use tokio_stream::wrappers::ReceiverStream;

use crate::bus::Change;
use crate::session::Agent;
use crate::{Desk, Oops, delivery};

/// How often a stream looks whether its agent is still logged in.
const LOOK_AGAIN: Duration = Duration::from_secs(30);

type Events = ReceiverStream<Result<Event, Infallible>>;

#[derive(Deserialize)]
pub struct Since {
    #[serde(default)]
    since: String,
}

pub async fn stream(
    State(desk): State<Desk>,
    agent: Agent,
    Query(Since { since }): Query<Since>,
) -> Result<Sse<impl Send + futures_util::Stream<Item = Result<Event, Infallible>>>, Oops> {
    let place = desk.streams().try_acquire_owned().map_err(|_| Oops::Busy)?;
    let (tell, told) = mpsc::channel(16);
    let page = desk.presence().page(&agent.id, desk.now());
    // Listening comes before comparing: what is said in between is then heard twice, not never.
    let changes = desk.bus().listen();
    if !since.is_empty() && since != desk.bus().mark() {
        let _ = tell.try_send(Ok(missed()));
    }
    tokio::spawn(async move {
        let _page = page;
        relay(&desk, &agent, changes, tell).await;
        drop(place);
    });
    let events: Events = ReceiverStream::new(told);
    Ok(Sse::new(events).keep_alive(KeepAlive::new().interval(Duration::from_secs(20))))
}

async fn relay(
    desk: &Desk,
    agent: &Agent,
    mut changes: Receiver<Change>,
    tell: mpsc::Sender<Result<Event, Infallible>>,
) {
    let mut closing = desk.closing();
    let mut look = tokio::time::interval(LOOK_AGAIN);
    loop {
        let change = tokio::select! {
            change = changes.recv() => change,
            () = closed(&mut closing) => return,
            () = tell.closed() => return,
            _ = look.tick() => {
                match desk.store().session(&agent.token_hash, desk.now()).await {
                    Ok(None) => return,
                    _ => continue,
                }
            }
        };
        let event = match change {
            Ok(change)
                if !agent
                    .inboxes
                    .iter()
                    .any(|inbox| inbox.id.as_str() == change.inbox()) =>
            {
                continue;
            }
            Ok(change) => event(desk, agent, change).await,
            Err(RecvError::Lagged(_)) => Some(missed()),
            Err(RecvError::Closed) => return,
        };
        if let Some(event) = event
            && tell.send(Ok(event)).await.is_err()
        {
            return;
        }
    }
}

fn missed() -> Event {
    Event::default().event("all").data("{}")
}

/// Done when the desk closes. (The lock that `wait_for` hands out must not live across an await.)
async fn closed(closing: &mut watch::Receiver<bool>) {
    drop(closing.wait_for(|closing| *closing).await);
}

async fn event(desk: &Desk, agent: &Agent, change: Change) -> Option<Event> {
    let (name, data) = match change {
        Change::Inbox { .. } => ("inbox", json!({})),
        Change::Knock { .. } => ("knock", json!({})),
        Change::Conversation { number, .. } => ("conversation", json!({ "number": number })),
        Change::Delivery { number, reply, .. } => {
            let delivery = delivery::of(desk, agent, &reply).await.ok()??;
            (
                "delivery",
                json!({ "number": number, "delivery": delivery }),
            )
        }
    };
    Some(Event::default().event(name).data(data.to_string()))
}
