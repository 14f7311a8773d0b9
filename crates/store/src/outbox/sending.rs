//! Sending: one winner claims, says so before the first byte leaves, and writes down what became of it.

use super::{
    Claim, MESSAGE_SENT, OUR_TURN, OutboxState, PLACE, ToSend, UNTIMED, newer, payload, timed,
};
use crate::{ConversationId, MessageId, OutboxId, Result, Store, Time, jobs};

const CLAIM: &str = concat!(
    "update outbox set lease_until = $3, attempts = attempts + 1
    where id = $1 and version = $2 and state = 'waiting' and next_try_at <= $4
    and (lease_until is null or lease_until <= $4) and not (",
    timed!("outbox"),
    " and ",
    newer!("outbox"),
    ") returning conversation_id, message_id, attempts, envelope_from, envelope_to, eml"
);
// Asked again here: a letter may have been read since the claim.
const HANDING_OVER: &str = concat!(
    "update outbox set state = 'handing-over', lease_until = $4
    where id = $1 and version = $2 and attempts = $3 and state = 'waiting' and lease_until is not null and not (",
    timed!("outbox"),
    " and ",
    newer!("outbox"),
    ")"
);
// From unsure as well: a worker that outlived its lease still knows what the mail server said.
const SENT: &str =
    "update outbox set state = 'sent', lease_until = null, problem = null, sent_at = $4
    where id = $1 and version = $2 and attempts = $3 and state in ('handing-over', 'unsure')";
const RETRY: &str =
    "update outbox set state = 'waiting', lease_until = null, problem = $4, next_try_at = $5
    where id = $1 and version = $2 and attempts = $3 and lease_until is not null
    and state in ('waiting', 'handing-over')";
const SETTLE: &str = "update outbox set state = $4, lease_until = null, problem = $5
    where id = $1 and version = $2 and attempts = $3 and lease_until is not null
    and state in ('waiting', 'handing-over')";

impl Store {
    /// Claims one version for sending, if it is waiting, due and nobody else's: one winner.
    pub async fn claim_outbox(
        &self,
        id: &OutboxId,
        version: i64,
        lease_until: Time,
        now: Time,
    ) -> Result<Option<ToSend>> {
        type Row = (ConversationId, MessageId, i64, String, String, Vec<u8>);
        let mut tx = self.begin().await?;
        let row: Option<Row> = find_in!(tx, CLAIM, id, version, lease_until, now);
        tx.commit().await?;
        Ok(row.map(
            |(conversation_id, message_id, attempt, envelope_from, envelope_to, eml)| ToSend {
                claim: Claim {
                    outbox_id: id.clone(),
                    version,
                    attempt,
                },
                conversation_id,
                message_id,
                envelope_from,
                envelope_to: envelope_to.lines().map(str::to_owned).collect(),
                eml,
            },
        ))
    }

    /// The point of no return, committed just before the letter's bytes go. `false`: do not send, it
    /// was withdrawn or is another worker's now.
    pub async fn mark_handing_over(&self, claim: &Claim, lease_until: Time) -> Result<bool> {
        let mut tx = self.begin().await?;
        let ours = run!(
            tx,
            HANDING_OVER,
            &claim.outbox_id,
            claim.version,
            claim.attempt,
            lease_until
        ) > 0;
        tx.commit().await?;
        Ok(ours)
    }

    /// The mail server took it.
    pub async fn mark_sent(&self, claim: &Claim, now: Time) -> Result<bool> {
        let mut tx = self.begin().await?;
        let ours = run!(
            tx,
            SENT,
            &claim.outbox_id,
            claim.version,
            claim.attempt,
            now
        ) > 0;
        if ours {
            run!(tx, MESSAGE_SENT, &claim.outbox_id, now);
            run!(tx, UNTIMED, &claim.outbox_id);
        }
        tx.commit().await?;
        Ok(ours)
    }

    /// Not yet: it is tried again then, by a new job. The job that tried is finished.
    pub async fn mark_retry(
        &self,
        claim: &Claim,
        problem: &str,
        next_try_at: Time,
    ) -> Result<bool> {
        let mut tx = self.begin().await?;
        let ours = run!(
            tx,
            RETRY,
            &claim.outbox_id,
            claim.version,
            claim.attempt,
            problem,
            next_try_at
        ) > 0;
        if ours {
            jobs::enqueue(
                &mut tx,
                jobs::SEND,
                &payload(&claim.outbox_id, claim.version),
                next_try_at,
            )
            .await?;
        }
        tx.commit().await?;
        Ok(ours)
    }

    /// The mail server does not want it.
    pub async fn mark_refused(&self, claim: &Claim, problem: &str, now: Time) -> Result<bool> {
        self.settle(claim, OutboxState::Refused, problem, now).await
    }

    /// The line broke after the letter's bytes went: nobody can know.
    pub async fn mark_unsure(&self, claim: &Claim, problem: &str, now: Time) -> Result<bool> {
        self.settle(claim, OutboxState::Unsure, problem, now).await
    }

    /// Either way it is our turn again.
    async fn settle(
        &self,
        claim: &Claim,
        state: OutboxState,
        problem: &str,
        now: Time,
    ) -> Result<bool> {
        let mut tx = self.begin().await?;
        let ours = run!(
            tx,
            SETTLE,
            &claim.outbox_id,
            claim.version,
            claim.attempt,
            state,
            problem
        ) > 0;
        if ours {
            let place: Option<(ConversationId, i64)> = find_in!(tx, PLACE, &claim.outbox_id);
            if let Some((conversation, _)) = place {
                run!(tx, OUR_TURN, &conversation, now);
            }
        }
        tx.commit().await?;
        Ok(ours)
    }
}
