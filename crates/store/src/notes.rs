//! Private notes: for the team only. A note has its own type and verb and no way into the outbox.

use crate::preview::plain;
use crate::{AgentId, ConversationId, Error, MessageId, Result, Store, Time, drafts};

/// A private note to be kept.
#[derive(Clone, Copy, Debug)]
pub struct NewNote<'a> {
    /// In which conversation.
    pub conversation_id: &'a ConversationId,
    /// Who wrote it.
    pub author_id: &'a AgentId,
    /// The note.
    pub text: &'a str,
    /// The version of the note's draft that it was made from, or 0: that draft is forgotten. A later
    /// version, from another tab, stays.
    pub draft_version: i64,
}

const ADD: &str = "insert into messages (conversation_id, id, direction, kind, author_id, from_name, from_address,
        to_line, cc_line, subject, refs, marks, created_at, text)
    select $1, $2, 'note', 'note', a.id, a.name, '', '', '', '', '', '[]', $4, $5
    from agents a where a.id = $3 and exists (select 1 from conversations where id = $1)";

impl Store {
    /// Keeps a private note. Whose turn it is and what the inbox shows stay as they are.
    pub async fn add_note(&self, note: &NewNote<'_>, now: Time) -> Result<MessageId> {
        let id = MessageId::fresh();
        let mut tx = self.begin().await?;
        let kept = run!(
            tx,
            ADD,
            note.conversation_id,
            &id,
            note.author_id,
            now,
            plain(note.text)
        );
        if kept == 0 {
            return Err(Error::Missing("conversation"));
        }
        drafts::forget(
            &mut tx,
            note.author_id,
            note.conversation_id,
            crate::DraftKind::Note,
            note.draft_version,
        )
        .await?;
        tx.commit().await?;
        Ok(id)
    }
}
