//! Live updates: small ids that say something changed, never what it says.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

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
pub struct Bus {
    changes: broadcast::Sender<Change>,
    said: Arc<AtomicU64>,
    /// Another one each time the desk starts, so that a mark of before is never taken for one of now.
    start: u64,
}

impl Bus {
    pub fn new() -> Self {
        Self {
            changes: broadcast::channel(crate::limits::BUS_CHANGES_MAX).0,
            said: Arc::default(),
            start: RandomState::new().build_hasher().finish(),
        }
    }

    /// Nobody listening is fine.
    pub fn say(&self, change: Change) {
        self.said.fetch_add(1, Ordering::SeqCst);
        let _ = self.changes.send(change);
    }

    /// How far it has got. A page bears the mark of before it was read; its stream compares, and so
    /// what changes between the two is not missed.
    pub fn mark(&self) -> String {
        format!("{:x}-{:x}", self.start, self.said.load(Ordering::SeqCst))
    }

    pub fn listen(&self) -> broadcast::Receiver<Change> {
        self.changes.subscribe()
    }
}
