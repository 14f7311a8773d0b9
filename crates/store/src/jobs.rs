//! Jobs: what is to be done later, written in the same transaction as the reason for it.

use crate::engine::{Differs, Tx};
use crate::{JobId, Result, Store, Time};

/// The kind of the job that reads a stored letter; its payload is the [`crate::RawId`].
pub const PARSE: &str = "parse";

/// The kind of the job that sends a reply; its payload is made by [`crate::outbox::payload`].
pub const SEND: &str = "send";

/// The kind of the job that brings a promise up; its payload is the [`crate::PromiseId`].
pub const PROMISE: &str = "promise";

/// A job that this worker has claimed. `attempts` also tells this claim from a later one: a worker
/// whose lease ran out can no longer finish what another has taken over.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Job {
    /// The id.
    pub id: JobId,
    /// What is to be done, such as [`PARSE`].
    pub kind: String,
    /// To what.
    pub payload: String,
    /// When it was due.
    pub run_at: Time,
    /// How often it was claimed, this claim included.
    pub attempts: i64,
    /// What went wrong the last time.
    pub problem: Option<String>,
}

const ADD: &str = "insert into jobs (id, kind, payload, run_at, state, attempts)
    values ($1, $2, $3, $4, 'waiting', 0)";
/// SQLite has one writer at a time; on PostgreSQL claimers step around each other's rows.
const CLAIM: Differs = Differs {
    sqlite: "update jobs set state = 'running', lease_until = $1, attempts = attempts + 1
        where id in (select id from jobs where state = 'waiting' and run_at <= $2 order by run_at, id limit $3)
        returning id, kind, payload, run_at, attempts, problem",
    postgres: "update jobs set state = 'running', lease_until = $1, attempts = attempts + 1
        where id in (select id from jobs where state = 'waiting' and run_at <= $2 order by run_at, id limit $3
            for update skip locked)
        returning id, kind, payload, run_at, attempts, problem",
};
const RELEASE: &str = "update jobs set state = 'waiting', lease_until = null
    where state = 'running' and lease_until <= $1";
const FINISH: &str = "delete from jobs where id = $1 and attempts = $2 and state = 'running'";
const RETRY: &str =
    "update jobs set state = 'waiting', lease_until = null, run_at = $3, problem = $4
    where id = $1 and attempts = $2 and state = 'running'";
const GIVE_UP: &str = "update jobs set state = 'given-up', lease_until = null, problem = $3
    where id = $1 and attempts = $2 and state = 'running'";
const NEXT: &str = "select min(run_at) from jobs where state = 'waiting'";
const LEFT: &str =
    "select count(*) from jobs where state in ('waiting', 'running') and kind <> 'promise'";

impl Store {
    /// Writes down a job.
    pub async fn enqueue(&self, kind: &str, payload: &str, run_at: Time) -> Result<JobId> {
        let mut tx = self.begin().await?;
        let id = enqueue(&mut tx, kind, payload, run_at).await?;
        tx.commit().await?;
        Ok(id)
    }

    /// Claims up to `most` jobs that are due. Each goes to one worker only, until `lease_until`;
    /// after that it is as if the claim had never been.
    pub async fn claim_jobs(&self, most: i64, lease_until: Time, now: Time) -> Result<Vec<Job>> {
        let mut tx = self.begin().await?;
        run!(tx, RELEASE, now);
        let claim = tx.word(&CLAIM);
        let mut jobs: Vec<Job> = list_in!(tx, claim, lease_until, now, most);
        tx.commit().await?;
        jobs.sort_by(|a, b| (a.run_at, &a.id).cmp(&(b.run_at, &b.id)));
        Ok(jobs)
    }

    /// The job is done; `false` when somebody else has taken it over.
    pub async fn finish_job(&self, job: &Job) -> Result<bool> {
        let mut tx = self.begin().await?;
        let done = run!(tx, FINISH, &job.id, job.attempts);
        tx.commit().await?;
        Ok(done > 0)
    }

    /// The job is to be tried again.
    pub async fn retry_job(&self, job: &Job, run_at: Time, problem: &str) -> Result<bool> {
        let mut tx = self.begin().await?;
        let done = run!(tx, RETRY, &job.id, job.attempts, run_at, problem);
        tx.commit().await?;
        Ok(done > 0)
    }

    /// The job is not to be tried again; it stays, with the reason.
    pub async fn give_up_job(&self, job: &Job, problem: &str) -> Result<bool> {
        let mut tx = self.begin().await?;
        let done = run!(tx, GIVE_UP, &job.id, job.attempts, problem);
        tx.commit().await?;
        Ok(done > 0)
    }

    /// When the next job is due.
    pub async fn next_job_at(&self) -> Result<Option<Time>> {
        let next: Option<(Option<Time>,)> = find!(self, NEXT);
        Ok(next.and_then(|(at,)| at))
    }

    /// How many jobs are waiting or running. What waits for the day of a promise is no work that is left over.
    pub async fn jobs_left(&self) -> Result<i64> {
        let left: Option<(i64,)> = find!(self, LEFT);
        Ok(left.map_or(0, |(count,)| count))
    }
}

/// Writes down a job within the transaction of its reason.
pub(crate) async fn enqueue(tx: &mut Tx, kind: &str, payload: &str, run_at: Time) -> Result<JobId> {
    let id = JobId::fresh();
    run!(tx, ADD, &id, kind, payload, run_at);
    Ok(id)
}

/// Gives back the jobs whose lease ended by `until`.
pub(crate) async fn release(tx: &mut Tx, until: Time) -> Result<u64> {
    Ok(run!(tx, RELEASE, until))
}
