//! The outbox: once, withdrawn, tried again, refused, unsure, and never a note.

use super::desk::*;
use crate::outbox::{payload, read_payload};
use crate::*;

/// After the time for an undo.
const DUE: Time = MORNING + 10 * SECOND;
const LEASE: Time = DUE + 60 * SECOND;

pub async fn a_reply_is_queued_with_its_message_its_job_and_its_turn(desk: TestDesk) {
    let (received, queued) = desk.with_reply("Bring the pass along.", MORNING).await;
    assert_eq!(desk.state(&received).await, ConversationState::Waiting);
    let page = desk
        .list(&desk.ada, ConversationState::Waiting, Whose::All, None)
        .await
        .unwrap();
    assert_eq!(
        (
            page.lines[0].preview.as_str(),
            page.lines[0].last_from.as_str()
        ),
        ("Bring the pass along.", "Ada")
    );
    let delivery = desk.delivery(&received).await;
    assert_eq!(
        (delivery.state, delivery.version, delivery.send_after),
        (OutboxState::Waiting, 1, DUE)
    );
    assert_eq!(
        desk.next_job_at().await.unwrap(),
        Some(MORNING),
        "the letter's own job is before it"
    );
    let jobs = desk.claim_jobs(9, LEASE, DUE).await.unwrap();
    let sending = jobs.last().expect("a job");
    assert_eq!(sending.kind, jobs::SEND);
    assert_eq!(
        read_payload(&sending.payload),
        Some((queued.outbox_id.clone(), 1))
    );
    let reply = desk
        .reply(&desk.ada, &queued.outbox_id)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (reply.number, reply.message.text.as_str()),
        (received.number, "Bring the pass along.")
    );
    assert!(
        desk.reply(&desk.ben, &queued.outbox_id)
            .await
            .unwrap()
            .is_none()
    );
}

pub async fn the_same_form_twice_queues_one_reply(desk: TestDesk) {
    let received = desk.with_letter("The gate says no.", MORNING).await;
    let mut sending = tokio::task::JoinSet::new();
    for _ in 0..6 {
        let mut form = reply(&desk, &received, "Bring the pass along.", MORNING);
        form.once = Some("a random word".into());
        let store = desk.store.clone();
        sending.spawn(async move { store.queue_reply(&form, MORNING).await.unwrap() });
    }
    let queued = sending.join_all().await;
    assert!(queued.iter().all(|one| one == &queued[0]), "{queued:?}");
    assert_eq!(
        desk.thread(&received.conversation_id)
            .await
            .unwrap()
            .messages
            .len(),
        2
    );
}

pub async fn one_of_two_claimers_wins(desk: TestDesk) {
    let (_, queued) = desk.with_reply("Bring the pass along.", MORNING).await;
    let mut claimers = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let (store, id) = (desk.store.clone(), queued.outbox_id.clone());
        claimers.spawn(async move { store.claim_outbox(&id, 1, LEASE, DUE).await.unwrap() });
    }
    let won: Vec<ToSend> = claimers.join_all().await.into_iter().flatten().collect();
    let [won] = &won[..] else {
        panic!("{} winners", won.len())
    };
    assert_eq!(
        won.envelope_to,
        ["jones@example.org", "mrs.jones@example.org"]
    );
    assert!(won.eml.ends_with(b"Bring the pass along."));
    assert!(desk.mark_handing_over(&won.claim, LEASE).await.unwrap());
    assert!(desk.mark_sent(&won.claim, DUE + SECOND).await.unwrap());
    assert!(
        desk.claim_outbox(&queued.outbox_id, 1, LEASE + LEASE, LEASE + 1)
            .await
            .unwrap()
            .is_none()
    );
}

pub async fn an_undo_gives_the_words_back(desk: TestDesk) {
    let (received, queued) = desk.with_reply("Bring the pass along.", MORNING).await;
    let back = BackToComposer {
        agent_id: &desk.ada,
        sealed: b"sealed words",
    };
    let undone = desk
        .withdraw(&queued.outbox_id, 1, Some(back), MORNING + SECOND)
        .await
        .unwrap();
    let Withdrawal::Back {
        message,
        draft_version: Some(version),
    } = undone
    else {
        panic!("{undone:?}")
    };
    assert_eq!(message.text, "Bring the pass along.");
    let draft = desk
        .draft(&desk.ada, &received.conversation_id, DraftKind::Reply)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (draft.version, &draft.sealed[..]),
        (version, &b"sealed words"[..])
    );

    assert_eq!(desk.state(&received).await, ConversationState::Open);
    let page = desk
        .list(&desk.ada, ConversationState::Open, Whose::All, None)
        .await
        .unwrap();
    assert_eq!(page.lines[0].preview, "The gate says no.");
    assert_eq!(
        desk.thread(&received.conversation_id)
            .await
            .unwrap()
            .messages
            .len(),
        1
    );
    assert_eq!(
        desk.jobs_left().await.unwrap(),
        2,
        "only the letter's own two"
    );
    assert!(
        desk.claim_outbox(&queued.outbox_id, 1, LEASE, DUE)
            .await
            .unwrap()
            .is_none()
    );
    let twice = desk
        .withdraw(&queued.outbox_id, 1, None, MORNING + SECOND)
        .await
        .unwrap();
    assert!(matches!(twice, Withdrawal::Gone), "{twice:?}");
}

pub async fn an_undo_beats_a_worker_that_has_not_begun(desk: TestDesk) {
    let (_, queued) = desk.with_reply("Bring the pass along.", MORNING).await;
    let claim = desk
        .claim_outbox(&queued.outbox_id, 1, LEASE, DUE)
        .await
        .unwrap()
        .unwrap()
        .claim;
    let undone = desk
        .withdraw(&queued.outbox_id, 1, None, DUE)
        .await
        .unwrap();
    assert!(
        matches!(
            undone,
            Withdrawal::Back {
                draft_version: None,
                ..
            }
        ),
        "{undone:?}"
    );
    assert!(!desk.mark_handing_over(&claim, LEASE).await.unwrap());
    assert!(!desk.mark_sent(&claim, DUE).await.unwrap());
}

pub async fn an_undo_after_the_point_of_no_return_says_so(desk: TestDesk) {
    let (received, queued) = desk.with_reply("Bring the pass along.", MORNING).await;
    let claim = desk.handing_over(&queued, LEASE, DUE).await;
    let late = desk
        .withdraw(&queued.outbox_id, 1, None, DUE)
        .await
        .unwrap();
    assert!(
        matches!(late, Withdrawal::AlreadyLeft(OutboxState::HandingOver)),
        "{late:?}"
    );
    assert!(desk.mark_sent(&claim, DUE + SECOND).await.unwrap());
    let late = desk
        .withdraw(&queued.outbox_id, 1, None, DUE)
        .await
        .unwrap();
    assert!(
        matches!(late, Withdrawal::AlreadyLeft(OutboxState::Sent)),
        "{late:?}"
    );
    let thread = desk.thread(&received.conversation_id).await.unwrap();
    assert_eq!(thread.messages[1].sent_at, Some(DUE + SECOND));
}

pub async fn an_undo_keeps_a_newer_draft(desk: TestDesk) {
    let (received, queued) = desk.with_reply("Bring the pass along.", MORNING).await;
    let newer = SaveDraft {
        agent_id: &desk.ada,
        conversation_id: &received.conversation_id,
        kind: DraftKind::Reply,
        expected_version: 0,
        sealed: b"newer",
    };
    desk.save_draft(&newer, MORNING + SECOND).await.unwrap();
    let back = BackToComposer {
        agent_id: &desk.ada,
        sealed: b"older",
    };
    let undone = desk
        .withdraw(&queued.outbox_id, 1, Some(back), MORNING + SECOND)
        .await
        .unwrap();
    assert!(
        matches!(
            undone,
            Withdrawal::Back {
                draft_version: None,
                ..
            }
        ),
        "{undone:?}"
    );
    let kept = desk
        .draft(&desk.ada, &received.conversation_id, DraftKind::Reply)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(kept.sealed, b"newer");
}

pub async fn undo_and_handing_over_at_once_have_one_winner(desk: TestDesk) {
    for round in 0..12 {
        let now = MORNING + round * 1000 * SECOND;
        let received = desk.with_letter(&format!("Letter {round}."), now).await;
        let queued = desk
            .queue_reply(&reply(&desk, &received, "Words.", now), now)
            .await
            .unwrap();
        let due = queued.send_after;
        let claim = desk
            .claim_outbox(&queued.outbox_id, 1, due + SECOND, due)
            .await
            .unwrap()
            .unwrap()
            .claim;
        let (worker, person) = (desk.store.clone(), desk.store.clone());
        let (left, undone) = tokio::join!(
            tokio::spawn(async move {
                worker
                    .mark_handing_over(&claim, due + SECOND)
                    .await
                    .unwrap()
            }),
            tokio::spawn(async move {
                person
                    .withdraw(&queued.outbox_id, 1, None, due)
                    .await
                    .unwrap()
            }),
        );
        let undone = matches!(undone.unwrap(), Withdrawal::Back { .. });
        assert!(left.unwrap() != undone, "it either left or came back");
    }
}

pub async fn nothing_leaves_before_its_time(desk: TestDesk) {
    let (_, queued) = desk.with_reply("Bring the pass along.", MORNING).await;
    assert!(
        desk.claim_outbox(&queued.outbox_id, 1, LEASE, DUE - 1)
            .await
            .unwrap()
            .is_none()
    );
    assert!(
        desk.claim_outbox(&queued.outbox_id, 2, LEASE, DUE)
            .await
            .unwrap()
            .is_none(),
        "another version"
    );
    assert!(
        desk.claim_outbox(&queued.outbox_id, 1, LEASE, DUE)
            .await
            .unwrap()
            .is_some()
    );
}

pub async fn a_refusal_for_now_is_tried_again(desk: TestDesk) {
    let (received, queued) = desk.with_reply("Bring the pass along.", MORNING).await;
    let claim = desk.handing_over(&queued, LEASE, DUE).await;
    let next = DUE + 60 * SECOND;
    assert!(
        desk.mark_retry(&claim, "The mail server did not answer.", next)
            .await
            .unwrap()
    );
    let delivery = desk.delivery(&received).await;
    assert_eq!(
        (delivery.state, delivery.next_try_at, delivery.attempts),
        (OutboxState::Waiting, next, 1)
    );
    assert_eq!(
        delivery.problem.as_deref(),
        Some("The mail server did not answer.")
    );
    assert!(
        desk.claim_outbox(&queued.outbox_id, 1, next + LEASE, next - 1)
            .await
            .unwrap()
            .is_none()
    );

    let raised = desk
        .send_again(&queued.outbox_id, 1, DUE + SECOND)
        .await
        .unwrap();
    assert_eq!(raised, Some(2), "a person need not wait");
    assert!(
        desk.claim_outbox(&queued.outbox_id, 1, next + LEASE, next)
            .await
            .unwrap()
            .is_none()
    );
    let again = Queued {
        version: 2,
        ..queued
    };
    let claim = desk.handing_over(&again, next + LEASE, next).await;
    assert!(
        desk.mark_refused(&claim, "There is no such mailbox.", next)
            .await
            .unwrap()
    );
    assert_eq!(desk.delivery(&received).await.state, OutboxState::Refused);
    assert_eq!(desk.state(&received).await, ConversationState::Open);
    assert_eq!(
        desk.send_again(&again.outbox_id, 2, next).await.unwrap(),
        Some(3)
    );
    assert_eq!(
        desk.send_again(&again.outbox_id, 2, next).await.unwrap(),
        None
    );
}

pub async fn a_crash_before_handing_over_sends_once(desk: TestDesk) {
    let (received, queued) = desk.with_reply("Bring the pass along.", MORNING).await;
    let dead = desk
        .claim_outbox(&queued.outbox_id, 1, LEASE, DUE)
        .await
        .unwrap()
        .unwrap()
        .claim;
    // Its job died with it.
    for job in desk.claim_jobs(9, LEASE, DUE).await.unwrap() {
        desk.finish_job(&job).await.unwrap();
    }
    assert_eq!(
        desk.recover(Leases::Ended, LEASE - 1).await.unwrap(),
        Recovered::default()
    );
    let recovered = desk.recover(Leases::Ended, LEASE).await.unwrap();
    assert_eq!((recovered.back_in_line, recovered.unsure.len()), (1, 0));
    let jobs = desk.claim_jobs(9, LEASE + LEASE, LEASE).await.unwrap();
    assert_eq!(
        jobs[0].payload,
        payload(&queued.outbox_id, 1),
        "it has a job again"
    );
    assert_eq!(jobs.len(), 1);
    desk.recover(Leases::Ended, LEASE).await.unwrap();
    assert_eq!(desk.jobs_left().await.unwrap(), 1, "and only one");
    assert!(!desk.mark_handing_over(&dead, LEASE).await.unwrap());
    let claim = desk.handing_over(&queued, LEASE + LEASE, LEASE).await;
    assert!(desk.mark_sent(&claim, LEASE).await.unwrap());
    assert_eq!(desk.delivery(&received).await.state, OutboxState::Sent);
}

pub async fn a_crash_while_handing_over_leaves_it_to_a_person(desk: TestDesk) {
    let (received, queued) = desk.with_reply("Bring the pass along.", MORNING).await;
    desk.handing_over(&queued, LEASE, DUE).await;
    let recovered = desk.recover(Leases::All, DUE + SECOND).await.unwrap();
    assert_eq!(
        recovered.unsure,
        [(queued.outbox_id.clone(), received.conversation_id.clone())]
    );
    let delivery = desk.delivery(&received).await;
    assert_eq!(delivery.state, OutboxState::Unsure);
    assert!(
        delivery
            .problem
            .unwrap()
            .contains("not sent again unless you say so")
    );
    assert_eq!(desk.state(&received).await, ConversationState::Open);
    for later in [DUE, LEASE, LEASE + LEASE] {
        assert!(
            desk.claim_outbox(&queued.outbox_id, 1, later + LEASE, later)
                .await
                .unwrap()
                .is_none()
        );
    }
    assert_eq!(
        desk.send_again(&queued.outbox_id, 1, LEASE).await.unwrap(),
        None
    );
}

pub async fn a_lease_that_ended_fences_its_worker_off(desk: TestDesk) {
    let (_, queued) = desk.with_reply("Bring the pass along.", MORNING).await;
    let slow = desk
        .claim_outbox(&queued.outbox_id, 1, LEASE, DUE)
        .await
        .unwrap()
        .unwrap()
        .claim;
    let quick = desk
        .claim_outbox(&queued.outbox_id, 1, LEASE + LEASE, LEASE)
        .await
        .unwrap()
        .unwrap()
        .claim;
    assert!(!desk.mark_handing_over(&slow, LEASE + LEASE).await.unwrap());
    assert!(desk.mark_handing_over(&quick, LEASE + LEASE).await.unwrap());
    assert!(
        !desk.mark_handing_over(&quick, LEASE + LEASE).await.unwrap(),
        "once"
    );
    assert!(!desk.mark_retry(&slow, "slow", LEASE).await.unwrap());
    assert!(!desk.mark_refused(&slow, "slow", LEASE).await.unwrap());
    assert!(!desk.mark_unsure(&slow, "slow", LEASE).await.unwrap());
    assert!(desk.mark_sent(&quick, LEASE).await.unwrap());
}

pub async fn a_slow_worker_settles_what_was_called_unsure(desk: TestDesk) {
    let (received, queued) = desk.with_reply("Bring the pass along.", MORNING).await;
    let claim = desk.handing_over(&queued, LEASE, DUE).await;
    desk.recover(Leases::Ended, LEASE).await.unwrap();
    assert_eq!(desk.delivery(&received).await.state, OutboxState::Unsure);
    assert!(desk.mark_sent(&claim, LEASE + SECOND).await.unwrap());
    let delivery = desk.delivery(&received).await;
    assert_eq!(
        (delivery.state, delivery.problem),
        (OutboxState::Sent, None)
    );
}

pub async fn an_unsure_reply_is_sent_again_or_settled_by_a_person(desk: TestDesk) {
    let (received, queued) = desk.with_reply("Bring the pass along.", MORNING).await;
    let claim = desk.handing_over(&queued, LEASE, DUE).await;
    assert!(
        desk.mark_unsure(&claim, "The line broke.", DUE)
            .await
            .unwrap()
    );
    assert_eq!(
        desk.resend_unsure(&queued.outbox_id, 1, LEASE)
            .await
            .unwrap(),
        Some(2)
    );
    assert_eq!(
        desk.resend_unsure(&queued.outbox_id, 1, LEASE)
            .await
            .unwrap(),
        None
    );
    let again = Queued {
        version: 2,
        ..queued
    };
    let claim = desk.handing_over(&again, LEASE + LEASE, LEASE).await;
    assert!(
        desk.mark_unsure(&claim, "The line broke again.", LEASE)
            .await
            .unwrap()
    );
    assert!(
        desk.settle_unsure_as_sent(&again.outbox_id, 2, LEASE + SECOND)
            .await
            .unwrap()
    );
    assert!(
        !desk
            .settle_unsure_as_sent(&again.outbox_id, 2, LEASE + SECOND)
            .await
            .unwrap()
    );
    let delivery = desk.delivery(&received).await;
    assert_eq!(
        (delivery.state, delivery.sent_at),
        (OutboxState::Sent, Some(LEASE + SECOND))
    );
}

pub async fn a_bounce_marks_the_reply_it_is_about(desk: TestDesk) {
    let (received, queued) = desk.with_reply("Bring the pass along.", MORNING).await;
    let message_id = desk
        .thread(&received.conversation_id)
        .await
        .unwrap()
        .messages[1]
        .message_id
        .clone()
        .unwrap();
    assert_eq!(
        desk.note_bounce(&message_id, "not yet sent", DUE)
            .await
            .unwrap(),
        None
    );
    let claim = desk.handing_over(&queued, LEASE, DUE).await;
    desk.mark_sent(&claim, DUE).await.unwrap();
    let about = desk
        .note_bounce(&message_id, "There is no such mailbox.", DUE + SECOND)
        .await
        .unwrap();
    assert_eq!(about, Some(received.conversation_id.clone()));
    let delivery = desk.delivery(&received).await;
    assert_eq!(delivery.state, OutboxState::Refused);
    assert_eq!(
        delivery.problem.as_deref(),
        Some("There is no such mailbox.")
    );
    assert_eq!(desk.state(&received).await, ConversationState::Open);
    assert_eq!(
        desk.note_bounce("nobody@example.org", "?", DUE)
            .await
            .unwrap(),
        None
    );
}

pub async fn a_note_cannot_be_sent(desk: TestDesk) {
    // `queue_reply` takes no note; this goes behind its back and is refused by the database itself.
    let received = desk.with_letter("The gate says no.", MORNING).await;
    let note = NewNote {
        conversation_id: &received.conversation_id,
        author_id: &desk.ada,
        text: "His pass ran out in March.",
        draft_version: 0,
    };
    let id = desk.add_note(&note, MORNING).await.unwrap();
    for direction in ["out", "note"] {
        let mut tx = desk.begin().await.unwrap();
        let refused = try_run!(
            tx,
            "insert into outbox (id, conversation_id, message_id, direction, version, state, state_before,
                envelope_from, envelope_to, send_after, attempts, next_try_at, eml)
            values ($1, $2, $3, $4, 1, 'waiting', 'open', '', '', 0, 0, 0, $5)",
            OutboxId::fresh(),
            &received.conversation_id,
            &id,
            direction,
            &b""[..]
        );
        assert!(refused.is_err(), "{direction}");
    }
}
