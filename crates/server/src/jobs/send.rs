//! A reply handed over: claimed by one worker, "handing over" committed before the first byte goes.
//!
//! Where the limit is: once the mail server has the bytes and before it has answered, nobody can
//! know. A crash or a broken line in that moment makes the reply "unsure", and only a person sends
//! it again.

use std::sync::atomic::{AtomicBool, Ordering};

use unruffled_mail::Envelope;
use unruffled_mail::smtp::Outcome;
use unruffled_store::{ConversationId, Job, OutboxId, outbox};

use super::{Done, backoff, later};
use crate::bus::Change;
use crate::clock::MINUTE;
use crate::{Desk, limits};

pub async fn run(desk: &Desk, job: &Job) -> Done {
    let Some((id, version)) = outbox::read_payload(&job.payload) else {
        return Done::GivenUp {
            problem: "this job names no reply".to_owned(),
        };
    };
    let (store, now) = (desk.store(), desk.now());
    let lease = now + limits::LEASE_MINUTES * MINUTE;
    let letter = match store.claim_outbox(&id, version, lease, now).await {
        Ok(Some(letter)) => letter,
        // Taken back, gone already, or another worker's.
        Ok(None) => return Done::Finished,
        Err(fault) => return later(desk, job, &fault),
    };
    let claim = &letter.claim;
    let lost = AtomicBool::new(false);
    let before_data = || async {
        match store.mark_handing_over(claim, lease).await {
            Ok(true) => {
                say(desk, &letter.conversation_id, &id).await;
                Ok(())
            }
            Ok(false) => {
                lost.store(true, Ordering::Relaxed);
                Err("it was taken back in the last moment".to_owned())
            }
            Err(fault) => Err(fault.to_string()),
        }
    };
    let envelope = Envelope {
        from: letter.envelope_from.clone(),
        to: letter.envelope_to.clone(),
    };
    let outcome = desk.post().send(&envelope, &letter.eml, before_data).await;
    if lost.load(Ordering::Relaxed) {
        return Done::Finished;
    }
    let now = desk.now();
    let noted = match &outcome {
        Outcome::Accepted { .. } => store.mark_sent(claim, now).await,
        Outcome::Refused { words } => store.mark_refused(claim, words, now).await,
        Outcome::Unsure { words } => store.mark_unsure(claim, words, now).await,
        Outcome::Later { words } if claim.attempt >= backoff::TRIES_MAX => {
            let words = format!("{} It was tried for three days", ended(words));
            store.mark_refused(claim, &words, now).await
        }
        Outcome::Later { words } => {
            store
                .mark_retry(claim, words, now + backoff::wait(claim.attempt))
                .await
        }
    };
    if let Err(fault) = noted {
        // Before handing over the lease ends and it is tried again; after it, it becomes unsure
        // unless the outcome can be noted now.
        tracing::error!(reply = %id, %fault, "what became of a reply could not be noted");
        return note_again(desk, job, claim, &outcome).await;
    }
    say(desk, &letter.conversation_id, &id).await;
    Done::Finished
}

/// A full disk or a busy database often passes within seconds; the truth is worth a few tries.
async fn note_again(
    desk: &Desk,
    job: &Job,
    claim: &unruffled_store::Claim,
    outcome: &Outcome,
) -> Done {
    for _ in 0..limits::NOTING_TRIES {
        tokio::time::sleep(limits::NOTING_PAUSE).await;
        let (store, now) = (desk.store(), desk.now());
        let noted = match outcome {
            Outcome::Accepted { .. } => store.mark_sent(claim, now).await,
            Outcome::Refused { words } => store.mark_refused(claim, words, now).await,
            Outcome::Unsure { words } => store.mark_unsure(claim, words, now).await,
            Outcome::Later { words } => {
                let next = now + backoff::wait(claim.attempt);
                store.mark_retry(claim, words, next).await
            }
        };
        if noted.is_ok() {
            return Done::Finished;
        }
    }
    Done::Again {
        at: desk.now() + backoff::wait(job.attempts),
        problem: "what became of a reply could not be noted".to_owned(),
    }
}

fn ended(words: &str) -> String {
    format!("{}.", words.trim_end_matches('.'))
}

/// Tells open pages how far a reply has got.
pub async fn say(desk: &Desk, conversation: &ConversationId, reply: &OutboxId) {
    let Ok(Some(conversation)) = desk.store().conversation_by_id(conversation).await else {
        return;
    };
    let inbox = conversation.inbox_id.to_string();
    desk.say(Change::Delivery {
        inbox: inbox.clone(),
        number: conversation.number,
        reply: reply.to_string(),
    });
    desk.say(Change::Inbox { inbox });
}
