//! Replies with a time of their own: they go then, once, and never over a letter that came before.

use super::desk::*;
use crate::outbox::Leases;
use crate::*;

const HOUR: Time = 3600 * SECOND;

async fn tomorrow(desk: &TestDesk) -> (Received, Queued) {
    let to = desk.with_letter("The gate says no.", MORNING).await;
    let mut new = reply(desk, &to, "The gate knows you again.", MORNING);
    new.timed = true;
    new.send_after = MORNING + 20 * HOUR;
    let queued = desk.queue_reply(&new, MORNING).await.unwrap();
    (to, queued)
}

async fn delivery(desk: &TestDesk, queued: &Queued) -> outbox::Delivery {
    let reply = desk.reply(&desk.ada, &queued.outbox_id).await.unwrap();
    reply.unwrap().delivery
}

/// The customer writes again.
async fn again(desk: &TestDesk, to: &Received, now: Time) {
    let raw = desk.stored("It works again, never mind.", now).await;
    let letter = Parsed {
        target: Target::Conversation(to.conversation_id.clone()),
        ..letter(raw, "It works again, never mind.", now)
    };
    desk.receive(letter).await.unwrap();
}

async fn claimed(desk: &TestDesk, queued: &Queued, version: i64, now: Time) -> bool {
    desk.claim_outbox(&queued.outbox_id, version, now + HOUR, now)
        .await
        .unwrap()
        .is_some()
}

pub async fn a_timed_reply_goes_at_its_time(desk: TestDesk) {
    let (_, queued) = tomorrow(&desk).await;
    let told = delivery(&desk, &queued).await;
    assert!(told.timed && !told.overtaken);
    assert!(!claimed(&desk, &queued, 1, MORNING + 19 * HOUR).await);
    let due = MORNING + 20 * HOUR;
    let claim = desk.handing_over(&queued, due + HOUR, due).await;
    assert!(desk.mark_sent(&claim, due).await.unwrap());
    assert!(!delivery(&desk, &queued).await.timed, "sent as any other");
}

pub async fn a_timed_reply_never_goes_over_a_newer_letter(desk: TestDesk) {
    let (to, queued) = tomorrow(&desk).await;
    again(&desk, &to, MORNING + HOUR).await;
    assert!(delivery(&desk, &queued).await.overtaken);
    let due = MORNING + 21 * HOUR;
    assert!(!claimed(&desk, &queued, 1, due).await);
    // Nor is it brought up for sending again and again.
    for job in desk.claim_jobs(100, due + HOUR, due).await.unwrap() {
        desk.finish_job(&job).await.unwrap();
    }
    desk.recover(Leases::All, due).await.unwrap();
    assert_eq!(desk.jobs_left().await.unwrap(), 0);
    // A person who has read on says: send it.
    let version = desk.send_again(&queued.outbox_id, 1, due).await.unwrap();
    assert_eq!(version, Some(2));
    assert!(!delivery(&desk, &queued).await.timed);
    assert!(claimed(&desk, &queued, 2, due).await);
}

pub async fn a_letter_between_claim_and_handing_over_holds_it_back(desk: TestDesk) {
    let (to, queued) = tomorrow(&desk).await;
    let due = MORNING + 20 * HOUR;
    let claim = desk
        .claim_outbox(&queued.outbox_id, 1, due + HOUR, due)
        .await
        .unwrap()
        .unwrap()
        .claim;
    again(&desk, &to, due).await;
    assert!(!desk.mark_handing_over(&claim, due + HOUR).await.unwrap());
    assert!(delivery(&desk, &queued).await.overtaken);
}

pub async fn an_untimed_reply_is_not_held_back(desk: TestDesk) {
    let (to, queued) = desk.with_reply("Ten seconds.", MORNING).await;
    again(&desk, &to, MORNING + SECOND).await;
    assert!(!delivery(&desk, &queued).await.overtaken);
    assert!(claimed(&desk, &queued, 1, MORNING + 11 * SECOND).await);
}
