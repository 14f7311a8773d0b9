//! Jobs: each is done by one worker, and by another when that one is gone.

use super::desk::*;
use std::collections::BTreeSet;

pub async fn a_job_goes_to_one_of_two_workers(desk: TestDesk) {
    for number in 0..40 {
        desk.enqueue("count", &number.to_string(), MORNING)
            .await
            .unwrap();
    }
    let mut workers = tokio::task::JoinSet::new();
    for _ in 0..4 {
        let store = desk.store.clone();
        workers.spawn(async move {
            let mut mine = Vec::new();
            loop {
                let jobs = store
                    .claim_jobs(3, MORNING + SECOND, MORNING)
                    .await
                    .unwrap();
                if jobs.is_empty() {
                    return mine;
                }
                for job in jobs {
                    assert!(store.finish_job(&job).await.unwrap());
                    mine.push(job.payload);
                }
            }
        });
    }
    let done: Vec<String> = workers.join_all().await.concat();
    assert_eq!(done.len(), 40);
    assert_eq!(done.iter().collect::<BTreeSet<_>>().len(), 40);
    assert_eq!(desk.jobs_left().await.unwrap(), 0);
}

pub async fn a_job_whose_worker_died_comes_back(desk: TestDesk) {
    desk.enqueue("count", "1", MORNING).await.unwrap();
    let first = desk
        .claim_jobs(1, MORNING + 10 * SECOND, MORNING)
        .await
        .unwrap();
    assert_eq!(
        desk.claim_jobs(1, MORNING + 20 * SECOND, MORNING + SECOND)
            .await
            .unwrap(),
        []
    );
    let second = desk
        .claim_jobs(1, MORNING + 20 * SECOND, MORNING + 10 * SECOND)
        .await
        .unwrap();
    assert_eq!((&first[0].id, second[0].attempts), (&second[0].id, 2));
}

pub async fn a_worker_that_was_too_slow_can_finish_nothing(desk: TestDesk) {
    desk.enqueue("count", "1", MORNING).await.unwrap();
    let slow = desk
        .claim_jobs(1, MORNING + SECOND, MORNING)
        .await
        .unwrap()
        .remove(0);
    let other = desk
        .claim_jobs(1, MORNING + 9 * SECOND, MORNING + SECOND)
        .await
        .unwrap()
        .remove(0);
    assert!(!desk.finish_job(&slow).await.unwrap());
    assert!(!desk.retry_job(&slow, MORNING, "slow").await.unwrap());
    assert!(!desk.give_up_job(&slow, "slow").await.unwrap());
    assert!(desk.finish_job(&other).await.unwrap());
}

pub async fn a_job_tried_again_waits_for_its_time(desk: TestDesk) {
    desk.enqueue("count", "1", MORNING).await.unwrap();
    let job = desk
        .claim_jobs(1, MORNING + SECOND, MORNING)
        .await
        .unwrap()
        .remove(0);
    assert!(
        desk.retry_job(&job, MORNING + 60 * SECOND, "not now")
            .await
            .unwrap()
    );
    assert_eq!(
        desk.next_job_at().await.unwrap(),
        Some(MORNING + 60 * SECOND)
    );
    assert_eq!(
        desk.claim_jobs(1, MORNING + 61 * SECOND, MORNING + 59 * SECOND)
            .await
            .unwrap(),
        []
    );
    let again = desk
        .claim_jobs(1, MORNING + 99 * SECOND, MORNING + 60 * SECOND)
        .await
        .unwrap()
        .remove(0);
    assert_eq!(again.problem.as_deref(), Some("not now"));
    assert!(desk.give_up_job(&again, "never").await.unwrap());
    assert_eq!(desk.jobs_left().await.unwrap(), 0);
    assert_eq!(desk.next_job_at().await.unwrap(), None);
}
