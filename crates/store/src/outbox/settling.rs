//! Settling: what a person decides about a reply, and what a bounce tells about one.

use super::{DROP_JOB, MESSAGE_SENT, OUR_TURN, UNTIMED, payload};
use crate::preview::plain;
use crate::{ConversationId, OutboxId, Result, Store, Time, jobs};

const AGAIN: &str =
    "update outbox set version = version + 1, state = 'waiting', lease_until = null,
        problem = null, next_try_at = $3, send_after = $3
    where id = $1 and version = $2 and lease_until is null and state in ('waiting', 'refused')
    returning version";
const UNSURE_AGAIN: &str =
    "update outbox set version = version + 1, state = 'waiting', lease_until = null,
        problem = null, next_try_at = $3, send_after = $3
    where id = $1 and version = $2 and state = 'unsure' returning version";
const UNSURE_SENT: &str = "update outbox set state = 'sent', problem = null, sent_at = $3
    where id = $1 and version = $2 and state = 'unsure'";
const BOUNCED: &str = "update outbox set state = 'refused', lease_until = null, problem = $2
    where state in ('handing-over', 'sent', 'unsure') and (conversation_id, message_id) in
        (select conversation_id, id from message_ids where message_id = $1)
    returning conversation_id";

impl Store {
    /// A person says: try now. For a reply that waits for its next try, or was refused. Gives the
    /// new version, or `None` when it is neither, or is being tried at this moment.
    pub async fn send_again(&self, id: &OutboxId, version: i64, now: Time) -> Result<Option<i64>> {
        self.again(AGAIN, id, version, now).await
    }

    /// A person says: send the unsure one again, knowing that it may arrive twice.
    pub async fn resend_unsure(
        &self,
        id: &OutboxId,
        version: i64,
        now: Time,
    ) -> Result<Option<i64>> {
        self.again(UNSURE_AGAIN, id, version, now).await
    }

    async fn again(
        &self,
        sql: &'static str,
        id: &OutboxId,
        version: i64,
        now: Time,
    ) -> Result<Option<i64>> {
        let mut tx = self.begin().await?;
        let raised: Option<(i64,)> = find_in!(tx, sql, id, version, now);
        let Some((raised,)) = raised else {
            return Ok(None);
        };
        run!(tx, DROP_JOB, jobs::SEND, payload(id, version));
        // Now is another time than the one that was chosen, and whoever says so has read on.
        run!(tx, UNTIMED, id);
        jobs::enqueue(&mut tx, jobs::SEND, &payload(id, raised), now).await?;
        tx.commit().await?;
        Ok(Some(raised))
    }

    /// A person says: the unsure one did arrive.
    pub async fn settle_unsure_as_sent(
        &self,
        id: &OutboxId,
        version: i64,
        now: Time,
    ) -> Result<bool> {
        let mut tx = self.begin().await?;
        let settled = run!(tx, UNSURE_SENT, id, version, now) > 0;
        if settled {
            run!(tx, MESSAGE_SENT, id, now);
        }
        tx.commit().await?;
        Ok(settled)
    }

    /// A report came that a letter of ours, known by its `Message-ID`, was not delivered. Gives its
    /// conversation, in which it is our turn again; `None` when no reply of ours bears that id.
    pub async fn note_bounce(
        &self,
        message_id: &str,
        reason: &str,
        now: Time,
    ) -> Result<Option<ConversationId>> {
        let mut tx = self.begin().await?;
        let bounced: Option<(ConversationId,)> = find_in!(tx, BOUNCED, message_id, plain(reason));
        if let Some((conversation,)) = &bounced {
            run!(tx, OUR_TURN, conversation, now);
        }
        tx.commit().await?;
        Ok(bounced.map(|(conversation,)| conversation))
    }
}
