//! Recovery: what a worker left behind when it was killed.

use super::{Leases, OUR_TURN, Recovered, newer, payload, timed};
use crate::engine::Tx;
use crate::{OutboxId, Result, Store, Time, calls, jobs};

const UNSURE: &str = "The desk stopped while this reply was being handed to the mail server. It may have been \
    delivered, or not. It is kept, and it is not sent again unless you say so.";
const ABANDONED_WAITING: &str =
    "update outbox set lease_until = null where state = 'waiting' and lease_until <= $1";
const ABANDONED_HANDING_OVER: &str =
    "update outbox set state = 'unsure', lease_until = null, problem = $2
    where state = 'handing-over' and lease_until <= $1 returning id, conversation_id";
const WITHOUT_JOB: &str = concat!(
    "select o.id, o.version, o.next_try_at from outbox o
    where o.state = 'waiting' and o.lease_until is null and not exists (select 1 from jobs j
        where j.kind = 'send' and j.payload = o.id || ':' || o.version and j.state in ('waiting', 'running'))
    and not (",
    timed!("o"),
    " and ",
    newer!("o"),
    ")"
);

impl Store {
    /// Takes up what a crashed worker left behind, and sees to it that every waiting reply has a job.
    /// Call it on start-up and every minute or so.
    pub async fn recover(&self, leases: Leases, now: Time) -> Result<Recovered> {
        let until = match leases {
            Leases::Ended => now,
            Leases::All => Time::MAX,
        };
        let mut tx = self.begin().await?;
        let recovered = Recovered {
            back_in_line: run!(tx, ABANDONED_WAITING, until),
            unsure: list_in!(tx, ABANDONED_HANDING_OVER, until, UNSURE),
            jobs: jobs::release(&mut tx, until).await?,
        };
        for (_, conversation) in &recovered.unsure {
            run!(tx, OUR_TURN, conversation, now);
        }
        give_jobs(&mut tx).await?;
        calls::forget_old(&mut tx, now).await?;
        tx.commit().await?;
        Ok(recovered)
    }
}

async fn give_jobs(tx: &mut Tx) -> Result<()> {
    let without: Vec<(OutboxId, i64, Time)> = list_in!(tx, WITHOUT_JOB);
    for (id, version, next_try_at) in without {
        jobs::enqueue(tx, jobs::SEND, &payload(&id, version), next_try_at).await?;
    }
    Ok(())
}
