//! Whether a moment that was closed just now was a hard one: read anew from the customer's words, kept nowhere.

use unruffled_engine::{Heat, MessageInput};
use unruffled_store::{Direction, Message, MessageKind};

use crate::clock::DAY;
use crate::{Desk, limits, reader};

/// Words of the customer's that were hot, or that said somebody may be at risk, not long ago. Their last word is often
/// thanks, and the moment was hard all the same.
pub fn was_hard(desk: &Desk, thread: &[Message]) -> bool {
    let since = desk.now() - limits::LANDING_DAYS * DAY;
    let theirs = thread.iter().rev().filter(|message| {
        message.direction == Direction::In
            && matches!(message.kind, MessageKind::Mail | MessageKind::Listening)
            && message.created_at > since
    });
    theirs.take(limits::LANDING_READ_MAX).any(|message| {
        let (text, _) = reader::fresh(message);
        let reading = desk.engine().read(&MessageInput {
            text: &text,
            ..Default::default()
        });
        reading.heat >= Heat::Hot || reading.safety.is_some()
    })
}
