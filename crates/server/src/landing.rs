//! What is offered after a moment: a landing where it was hard, and thanks to those whose work it was. Worked out when a
//! page is opened, kept nowhere; what becomes of an offer the desk never hears.

use unruffled_engine::{Heat, MessageInput, Reading};
use unruffled_store::{ConversationState, Direction, Message, MessageKind};

use crate::clock::DAY;
use crate::reader::{self, Heard};
use crate::rooms::here::Here;
use crate::sheets::{LandingSheet, Person};
use crate::thanks::{self, Thanks};
use crate::{Desk, limits};

/// `heard` are the customer's last words and `reading` theirs, where there is one.
pub fn sheet(
    desk: &Desk,
    here: &Here,
    colleagues: &[Person],
    thread: &[Message],
    heard: Option<&Heard>,
    reading: Option<&Reading>,
    just_closed: bool,
) -> LandingSheet {
    let mut sheet = LandingSheet {
        hard: just_closed && was_hard(desk, thread),
        ..LandingSheet::default()
    };
    let assignee = here.conversation.assignee_id.as_ref();
    let agent = (here.agent.id.as_str(), assignee.map(|id| id.as_str()));
    match heard.and_then(|heard| thanks::of(desk, agent, colleagues, thread, heard, reading)) {
        Some(Thanks::Mine(thanks)) => sheet.thanks = Some(thanks),
        Some(Thanks::Theirs(colleague)) if here.conversation.state != ConversationState::Done => {
            sheet.thanks_of = Some(colleague);
        }
        _ => {}
    }
    sheet
}

/// Words of the customer's that were hot, or that said somebody may be at risk, not long ago. Their last word is often
/// thanks, and the moment was hard all the same.
fn was_hard(desk: &Desk, thread: &[Message]) -> bool {
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
