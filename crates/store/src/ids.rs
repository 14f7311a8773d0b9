//! Ids: one type a noun, so that one cannot be passed for another; UUIDv7 as text inside.

use serde::{Deserialize, Serialize};
use std::fmt;

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, sqlx::Type)]
        #[serde(transparent)]
        #[sqlx(transparent)]
        pub struct $name(String);

        impl $name {
            /// A new id, later than every id made before it on this machine.
            pub fn fresh() -> Self {
                Self(uuid::Uuid::now_v7().to_string())
            }

            /// A new id that says nothing of when it was made.
            pub fn at_random() -> Self {
                Self(uuid::Uuid::new_v4().to_string())
            }

            /// Reads an id from an address or a form; `None` when it is not one.
            pub fn parse(text: &str) -> Option<Self> {
                uuid::Uuid::parse_str(text).ok().map(|id| Self(id.to_string()))
            }

            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )*};
}

id! {
    /// Somebody who answers.
    AgentId
    /// An inbox, which is a team of one inbox.
    InboxId
    /// Somebody who writes in.
    CustomerId
    /// A letter's bytes as they arrived.
    RawId
    /// A conversation.
    ConversationId
    /// A message's row; not the `Message-ID` of its header.
    MessageId
    /// A file that came with a message.
    AttachmentId
    /// A reply on its way out.
    OutboxId
    /// A question for a colleague's nod.
    NodId
    /// Something to be done.
    JobId
    /// A word between the two of a call.
    WhisperId
    /// Something that we said we would do.
    PromiseId
    /// A line of what they say beside what we know.
    FactId
    /// Somebody is here, or rings.
    KnockId
    /// A call, as the telephone system told it.
    PhoneCallId
    /// A listening card.
    CardId
    /// That something was erased.
    ErasureId
    /// Something in a room of one's own. Never [`fresh`](Self::fresh): its time would tell when. The browser draws it.
    OwnThingId
    /// A moment brought to the circle.
    CircleId
    /// What a circle learnt.
    LessonId
    /// Thanks on the team's shelf.
    ShelfId
}

impl MessageId {
    /// The place of a card in a thread.
    pub(crate) fn of_card(card: &CardId) -> Self {
        Self(card.0.clone())
    }
}
