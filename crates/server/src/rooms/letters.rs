//! A message of the store as a sheet: fresh words apart from quoted ones, files, how far it got.

use unruffled_store::{Direction, Message, MessageKind};

use crate::sheets::{Address, AttachmentSheet, KeptCardSheet, MessageSheet, Voice};
use crate::{Desk, delivery, reader};

pub fn sheet(desk: &Desk, message: &Message) -> MessageSheet {
    let (fresh, quoted) = reader::fresh(message);
    MessageSheet {
        id: message.id.to_string(),
        voice: voice(message),
        from: Address {
            name: message.from_name.clone(),
            address: message.from_address.clone(),
        },
        fresh,
        quoted,
        has_layout: message.has_html,
        has_raw: message.raw_id.is_some(),
        marks: message.marks.to_vec(),
        attachments: message
            .attachments
            .iter()
            .map(|file| AttachmentSheet {
                id: file.id.to_string(),
                name: file.name.clone(),
                bytes: file.size,
            })
            .collect(),
        at: message.created_at,
        delivery: message
            .delivery
            .as_ref()
            .map(|delivery| delivery::sheet(desk, delivery)),
        card: message.card.as_ref().map(|card| KeptCardSheet {
            channel: card.channel,
            by: card.author_name.clone(),
            heard: card.heard.clone(),
        }),
    }
}

fn voice(message: &Message) -> Voice {
    match (message.direction, message.kind) {
        (Direction::Note, _) => Voice::Note,
        (Direction::Out, _) => Voice::Agent,
        (Direction::In, MessageKind::AutoReply | MessageKind::Bounce) => Voice::Machine,
        (Direction::In, _) => Voice::Customer,
    }
}
