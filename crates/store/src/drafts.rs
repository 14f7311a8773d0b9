//! Drafts: what an agent is writing. Sealed before it comes here; replies and notes lie apart.

use crate::engine::Tx;
use crate::limits::DRAFT_BYTES_MAX;
use crate::{AgentId, ConversationId, Error, Result, Store, Time};

words! {
    /// What a draft is going to be; it never changes by itself.
    DraftKind {
        /// A reply to the customer.
        Reply = "reply",
        /// A private note.
        Note = "note",
    }
}

/// A draft.
#[derive(Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Draft {
    /// Which save this is. Versions grow and never come again, even after the draft was sent and a
    /// new one begun; they fit into a JavaScript number.
    pub version: i64,
    /// Bytes that only its owner can open.
    pub sealed: Vec<u8>,
    /// When it was saved.
    pub updated_at: Time,
}

impl std::fmt::Debug for Draft {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Draft")
            .field("version", &self.version)
            .finish_non_exhaustive()
    }
}

/// A draft to be saved.
#[derive(Clone, Copy)]
pub struct SaveDraft<'a> {
    /// Whose.
    pub agent_id: &'a AgentId,
    /// In which conversation.
    pub conversation_id: &'a ConversationId,
    /// Reply or note.
    pub kind: DraftKind,
    /// The version that this one was made from; 0 when there was none.
    pub expected_version: i64,
    /// Its bytes.
    pub sealed: &'a [u8],
}

/// What saving did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Saving {
    /// Saved as this version.
    Saved(i64),
    /// Not saved: another tab was here. `None` when the draft was sent or dropped meanwhile.
    Conflict {
        /// What is kept now.
        current: Option<Draft>,
    },
}

const FIND: &str = "select version, sealed, updated_at from drafts
    where agent_id = $1 and conversation_id = $2 and kind = $3";
const ADD: &str =
    "insert into drafts (agent_id, conversation_id, kind, version, sealed, updated_at)
    values ($1, $2, $3, $4, $5, $4) on conflict (agent_id, conversation_id, kind) do nothing";
const CHANGE: &str = "update drafts set version = $4, sealed = $5, updated_at = $6
    where agent_id = $1 and conversation_id = $2 and kind = $3 and version = $7";
const FORGET: &str = "delete from drafts
    where agent_id = $1 and conversation_id = $2 and kind = $3 and version = $4";

impl Store {
    /// Saves a draft, if nobody saved another since the one that it was made from.
    pub async fn save_draft(&self, draft: &SaveDraft<'_>, now: Time) -> Result<Saving> {
        if draft.sealed.len() > DRAFT_BYTES_MAX {
            return Err(Error::Refused(
                "This draft is longer than can be kept. Shorten it a little.".into(),
            ));
        }
        let mut tx = self.begin().await?;
        let expected = draft.expected_version;
        let version = now.max(expected + 1);
        let saved = if expected == 0 {
            add(&mut tx, draft, version).await?
        } else {
            run!(
                tx,
                CHANGE,
                draft.agent_id,
                draft.conversation_id,
                draft.kind,
                version,
                draft.sealed,
                now,
                expected
            ) > 0
        };
        if saved {
            tx.commit().await?;
            return Ok(Saving::Saved(version));
        }
        let current = find_in!(tx, FIND, draft.agent_id, draft.conversation_id, draft.kind);
        Ok(Saving::Conflict { current })
    }

    /// The draft that is kept, if there is one.
    pub async fn draft(
        &self,
        agent: &AgentId,
        conversation: &ConversationId,
        kind: DraftKind,
    ) -> Result<Option<Draft>> {
        Ok(find!(self, FIND, agent, conversation, kind))
    }

    /// Drops a draft, if it is still at this version.
    pub async fn drop_draft(
        &self,
        agent: &AgentId,
        conversation: &ConversationId,
        kind: DraftKind,
        version: i64,
    ) -> Result<bool> {
        let mut tx = self.begin().await?;
        let dropped = forget(&mut tx, agent, conversation, kind, version).await?;
        tx.commit().await?;
        Ok(dropped)
    }
}

/// Writes a first draft; `false` when there is one.
pub(crate) async fn add(tx: &mut Tx, draft: &SaveDraft<'_>, version: i64) -> Result<bool> {
    Ok(run!(
        tx,
        ADD,
        draft.agent_id,
        draft.conversation_id,
        draft.kind,
        version,
        draft.sealed
    ) > 0)
}

/// Forgets the draft that became a reply or a note; a later version stays.
pub(crate) async fn forget(
    tx: &mut Tx,
    agent: &AgentId,
    conversation: &ConversationId,
    kind: DraftKind,
    version: i64,
) -> Result<bool> {
    Ok(run!(tx, FORGET, agent, conversation, kind, version) > 0)
}
