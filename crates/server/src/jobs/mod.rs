//! What is done outside of requests: letters read, replies sent, each claimed from the store by one worker.
//!
//! A job is written down in the same transaction as its reason, so a crash loses none. It runs
//! under a lease: whoever is killed gives the job back by dying.

mod backoff;
mod fetch;
mod look_up;
mod parse;
mod promise;
mod send;

pub(crate) use fetch::account as fetch_account;
pub use fetch::fetch;

use std::time::{Duration, Instant};

use tokio::task::JoinSet;
use unruffled_store::facts::LOOK_UP;
use unruffled_store::jobs::{PARSE, PROMISE, SEND};
use unruffled_store::{Job, Leases, Recovered};

use crate::clock::MINUTE;
use crate::{Desk, limits};

/// What became of a job.
enum Done {
    Finished,
    /// To be tried again at this time, for this reason.
    Again {
        at: i64,
        problem: String,
    },
    /// Not to be tried again: a person has to look.
    GivenUp {
        problem: String,
    },
}

/// Works until the desk closes; what is under way then is finished.
pub async fn work(desk: Desk) {
    let mut closing = desk.closing();
    let mut under_way = JoinSet::new();
    let mut look_again = Duration::ZERO;
    // Held until the end. Who works alone need not wait for the leases of somebody who was killed.
    let alone = desk.work_alone();
    recover(
        &desk,
        if alone.is_some() {
            Leases::All
        } else {
            Leases::Ended
        },
    )
    .await;
    let mut recover_at = Instant::now();
    loop {
        tokio::select! {
            _ = closing.wait_for(|closing| *closing) => break,
            () = desk.work().notified() => {}
            () = tokio::time::sleep(look_again) => {}
            Some(_) = under_way.join_next() => {}
        }
        if recover_at.elapsed() > Duration::from_secs(limits::RECOVER_SECONDS) {
            recover(&desk, Leases::Ended).await;
            recover_at = Instant::now();
        }
        look_again = match claim(&desk, limits::JOBS_AT_ONCE_MAX - under_way.len()).await {
            Ok(jobs) => {
                for job in jobs {
                    let desk = desk.clone();
                    under_way.spawn(async move { run(&desk, job).await });
                }
                until_next(&desk).await
            }
            Err(fault) => {
                tracing::warn!(%fault, "jobs could not be claimed");
                Duration::from_secs(limits::JOBS_REST_SECONDS)
            }
        };
        if under_way.len() >= limits::JOBS_AT_ONCE_MAX {
            look_again = Duration::from_secs(limits::JOBS_REST_SECONDS);
        }
    }
    while under_way.join_next().await.is_some() {}
}

/// Does everything that is due, one after another, and says how many jobs that were. For seeding
/// and for tests; `work` is for a desk that runs.
pub async fn work_off(desk: &Desk) -> Result<usize, unruffled_store::Error> {
    recover(desk, Leases::Ended).await;
    let mut count = 0;
    loop {
        let jobs = claim(desk, limits::JOBS_AT_ONCE_MAX).await?;
        if jobs.is_empty() {
            return Ok(count);
        }
        for job in jobs {
            run(desk, job).await;
            count += 1;
        }
    }
}

/// Gives back what a worker that died was doing. What it was handing over is a person's to settle.
async fn recover(desk: &Desk, leases: Leases) {
    match desk.store().recover(leases, desk.now()).await {
        Ok(recovered) if recovered == Recovered::default() => {}
        Ok(recovered) => {
            tracing::info!(?recovered, "what a stopped worker left behind was taken up");
            for (reply, conversation) in &recovered.unsure {
                send::say(desk, conversation, reply).await;
            }
        }
        Err(fault) => tracing::warn!(%fault, "leases could not be looked at"),
    }
}

async fn claim(desk: &Desk, most: usize) -> Result<Vec<Job>, unruffled_store::Error> {
    if most == 0 {
        return Ok(Vec::new());
    }
    let now = desk.now();
    let most = i64::try_from(most).unwrap_or(1);
    desk.store()
        .claim_jobs(most, now + limits::LEASE_MINUTES * MINUTE, now)
        .await
}

async fn until_next(desk: &Desk) -> Duration {
    let rest = Duration::from_secs(limits::JOBS_REST_SECONDS);
    match desk.store().next_job_at().await {
        Ok(Some(at)) => {
            let wait = Duration::from_micros(u64::try_from(at - desk.now()).unwrap_or(0));
            // A little later than due, so that a clock that ticks coarsely is not asked in circles.
            rest.min(wait + Duration::from_millis(2))
        }
        _ => rest,
    }
}

async fn run(desk: &Desk, job: Job) {
    let done = match job.kind.as_str() {
        PARSE => parse::run(desk, &job).await,
        SEND => send::run(desk, &job).await,
        PROMISE => promise::run(desk, &job).await,
        LOOK_UP => look_up::run(desk, &job).await,
        kind => Done::GivenUp {
            problem: format!("nobody here knows how to do {kind:?}"),
        },
    };
    let store = desk.store();
    let noted = match done {
        Done::Finished => store.finish_job(&job).await,
        Done::Again { at, problem } => {
            tracing::info!(job = %job.id, kind = job.kind, problem, "a job is tried again later");
            store.retry_job(&job, at, &problem).await
        }
        Done::GivenUp { problem } => {
            tracing::warn!(job = %job.id, kind = job.kind, problem, "a job was given up");
            store.give_up_job(&job, &problem).await
        }
    };
    if let Err(fault) = noted {
        // The lease ends by itself; every job may be run twice without harm.
        tracing::warn!(job = %job.id, %fault, "what became of a job could not be noted");
    }
}

/// A store that does not answer now is asked again in a while.
fn later(desk: &Desk, job: &Job, fault: &unruffled_store::Error) -> Done {
    Done::Again {
        at: desk.now() + backoff::wait(job.attempts),
        problem: fault.to_string(),
    }
}
