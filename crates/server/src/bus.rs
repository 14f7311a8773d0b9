//! Live updates: small ids that say something changed, never what it says.

use tokio::sync::broadcast;

/// Something changed; whoever shows it asks again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// The list of an inbox: a letter arrived, something was closed or assigned.
    Inbox { inbox: String },
    /// The messages of a conversation.
    Conversation { inbox: String, number: i64 },
    /// Somebody is at the counter or rings, or is there no longer.
    Knock { inbox: String },
    /// How far a reply has got.
    Delivery {
        inbox: String,
        number: i64,
        reply: String,
    },
}

impl Change {
    pub fn inbox(&self) -> &str {
        match self {
            Self::Inbox { inbox }
            | Self::Knock { inbox }
            | Self::Conversation { inbox, .. }
            | Self::Delivery { inbox, .. } => inbox,
        }
    }
}

/// In-process broadcast. A slow reader loses changes and is told to look at everything again.
#[derive(Debug, Clone)]
pub struct Bus(broadcast::Sender<Change>);

impl Bus {
    pub fn new() -> Self {
        Self(broadcast::channel(crate::limits::BUS_CHANGES_MAX).0)
    }

    /// Nobody listening is fine.
    pub fn say(&self, change: Change) {
        let _ = self.0.send(change);
    }

    pub fn listen(&self) -> broadcast::Receiver<Change> {
        self.0.subscribe()
    }
}
