//! Undo: a reply that has not left is gone, and its words are back in the composer.

use super::{BackToComposer, DROP_JOB, MESSAGE, OutboxState, Withdrawal, payload};
use crate::preview::preview;
use crate::{
    ConversationId, ConversationState, DraftKind, Error, Message, MessageId, OutboxId, Result,
    SaveDraft, Store, Time, drafts, jobs, options, promises,
};

const WITHDRAW: &str = "delete from outbox where id = $1 and version = $2 and state = 'waiting'
    returning conversation_id, message_id, state_before, send_after";
const STATE: &str = "select state from outbox where id = $1 and version = $2";
const DROP_MESSAGE: &str = "delete from messages where conversation_id = $1 and id = $2";
const TURN_BACK: &str = "update conversations set state = $2 where id = $1 and state = 'waiting'
    and not exists (select 1 from outbox o where o.conversation_id = $1 and o.send_after > $3)";
const LAST_SAID: &str = "select text, case when from_name = '' then from_address else from_name end
    from messages where conversation_id = $1 and direction <> 'note' order by created_at desc, id desc limit 1";
const SHOW_LAST: &str = "update conversations set preview = $2, last_from = $3 where id = $1";

impl Store {
    /// Undo: deletes this version, with its message and its job, as long as it is waiting. Its words
    /// can become a draft again in the same transaction, so that they are never nowhere.
    pub async fn withdraw(
        &self,
        id: &OutboxId,
        version: i64,
        back: Option<BackToComposer<'_>>,
        now: Time,
    ) -> Result<Withdrawal> {
        let mut tx = self.begin().await?;
        let withdrawn: Option<(ConversationId, MessageId, ConversationState, Time)> =
            find_in!(tx, WITHDRAW, id, version);
        let Some((conversation, message_id, state_before, send_after)) = withdrawn else {
            let state: Option<(OutboxState,)> = find_in!(tx, STATE, id, version);
            return Ok(state.map_or(Withdrawal::Gone, |(state,)| Withdrawal::AlreadyLeft(state)));
        };
        let message: Option<Message> = find_in!(tx, MESSAGE, &conversation, &message_id);
        let message = message.ok_or(Error::Missing("message"))?;
        promises::withdraw_with(&mut tx, &conversation, &message_id, now).await?;
        run!(tx, DROP_MESSAGE, &conversation, &message_id);
        options::forget_uses(&mut tx, &conversation, message.created_at).await?;
        run!(tx, DROP_JOB, jobs::SEND, payload(id, version));
        run!(tx, TURN_BACK, &conversation, state_before, send_after);
        let last: Option<(String, String)> = find_in!(tx, LAST_SAID, &conversation);
        if let Some((text, from)) = last {
            run!(tx, SHOW_LAST, &conversation, preview(&text), from);
        }
        let mut draft_version = None;
        if let Some(back) = back {
            let draft = SaveDraft {
                agent_id: back.agent_id,
                conversation_id: &conversation,
                kind: DraftKind::Reply,
                expected_version: 0,
                sealed: back.sealed,
            };
            draft_version = drafts::add(&mut tx, &draft, now).await?.then_some(now);
        }
        tx.commit().await?;
        Ok(Withdrawal::Back {
            message: Box::new(message),
            draft_version,
        })
    }
}
