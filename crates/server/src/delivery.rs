//! How far a reply has got, as a sheet.

use unruffled_store::{Delivery, OutboxId, OutboxState};

use crate::session::Agent;
use crate::sheets::{DeliverySheet, DeliveryState};
use crate::words::{self, Standing};
use crate::{Desk, Oops};

/// The reply with this id, if this agent may see it.
pub async fn of(desk: &Desk, agent: &Agent, reply: &str) -> Result<Option<DeliverySheet>, Oops> {
    let Some(id) = OutboxId::parse(reply) else {
        return Ok(None);
    };
    let reply = desk.store().reply(&agent.id, &id).await?;
    Ok(reply.map(|reply| sheet(desk, &reply.delivery)))
}

pub fn sheet(desk: &Desk, delivery: &Delivery) -> DeliverySheet {
    let now = desk.now();
    let state = state(delivery.state);
    let standing = Standing {
        state,
        next: delivery.next_try_at,
        sent_at: delivery.sent_at,
        problem: delivery.problem.as_deref(),
        timed: delivery.timed,
        overtaken: delivery.overtaken,
    };
    // Until it is handed over it can be taken back, however often the mail server has put us off.
    let until = if delivery.overtaken {
        i64::MAX
    } else {
        delivery.next_try_at
    };
    let undo_until = (state == DeliveryState::Waiting).then_some(until);
    DeliverySheet {
        id: delivery.outbox_id.to_string(),
        version: delivery.version,
        state,
        words: words::delivery(&standing, now, desk.zone()),
        undo_until,
        timed: delivery.timed && state == DeliveryState::Waiting,
        sent_at: delivery.sent_at,
    }
}

fn state(state: OutboxState) -> DeliveryState {
    match state {
        OutboxState::Waiting => DeliveryState::Waiting,
        OutboxState::HandingOver => DeliveryState::HandingOver,
        OutboxState::Sent => DeliveryState::Sent,
        OutboxState::Refused => DeliveryState::Refused,
        OutboxState::Unsure => DeliveryState::Unsure,
    }
}
