//! The outbox: replies on their way out, and an honest account of where each of them is.
//!
//! ```text
//!            withdraw: the row is gone, its words are back in the composer
//!               ↑
//!  queue → waiting → handing-over → sent
//!            ↑  ↓           ↓   ↘
//!            └ retry ←──────┘     refused, or unsure when nobody can know
//! ```
//!
//! The line between *waiting* and *handing-over* is the point of no return: before it, a crash or an
//! undo costs nothing; after it, the mail server may have the letter, so only a person sends it again.
//! `attempts` fences claims: a worker whose lease ran out can change nothing any more.

use crate::engine::Tx;
use crate::messages::message_columns;
use crate::preview::{plain, preview};
use crate::{
    AgentId, ConversationId, ConversationState, DraftKind, Error, Message, MessageId, OutboxId,
    Result, SaveDraft, Store, Time, drafts, jobs,
};

words! {
    /// Where a reply is.
    OutboxState {
        /// Here; it can still be withdrawn.
        Waiting = "waiting",
        /// Being handed to the mail server at this moment.
        HandingOver = "handing-over",
        /// The mail server took it.
        Sent = "sent",
        /// The mail server, or the one after it, did not want it; `problem` says why.
        Refused = "refused",
        /// Handed over when the line or the light went out; only a person decides.
        Unsure = "unsure",
    }
}

/// A reply to be sent to the customer. Its letter is written already.
#[derive(Clone, Debug)]
pub struct NewReply {
    /// In which conversation.
    pub conversation_id: ConversationId,
    /// Who wrote it.
    pub author_id: AgentId,
    /// The name it is sent under.
    pub from_name: String,
    /// The address it is sent from.
    pub from_address: String,
    /// Its To line, for reading.
    pub to_line: String,
    /// Its Cc line, for reading.
    pub cc_line: String,
    /// Its subject.
    pub subject: String,
    /// What the agent wrote.
    pub text: String,
    /// Its `Message-ID`.
    pub message_id: String,
    /// Its `In-Reply-To`.
    pub in_reply_to: Option<String>,
    /// Its `References`, separated by spaces.
    pub refs: String,
    /// Who hears of it when it bounces.
    pub envelope_from: String,
    /// Whom it goes to.
    pub envelope_to: Vec<String>,
    /// The whole letter, ready to send.
    pub eml: Vec<u8>,
    /// When it may leave: now, and the time for an undo.
    pub send_after: Time,
    /// The version of the draft that it was made from, or 0: that draft is forgotten. A later
    /// version, from another tab, stays.
    pub draft_version: i64,
    /// A random word that the form carried: the same form sent twice queues one reply.
    pub once: Option<String>,
}

/// A reply that was queued.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Queued {
    /// The row.
    #[sqlx(rename = "id")]
    pub outbox_id: OutboxId,
    /// Its version; undo names it.
    pub version: i64,
    /// Its message in the conversation.
    pub message_id: MessageId,
    /// When it may leave.
    pub send_after: Time,
}

/// What became of a reply so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// The row.
    pub outbox_id: OutboxId,
    /// Its version; it grows when a person sends it again.
    pub version: i64,
    /// Where it is.
    pub state: OutboxState,
    /// What went wrong, in words for the page.
    pub problem: Option<String>,
    /// How often it was tried.
    pub attempts: i64,
    /// When it may leave.
    pub send_after: Time,
    /// When it is tried next, while it is waiting.
    pub next_try_at: Time,
    /// When the mail server took it.
    pub sent_at: Option<Time>,
}

#[derive(sqlx::FromRow)]
pub(crate) struct DeliveryRow {
    id: OutboxId,
    message_id: MessageId,
    version: i64,
    state: OutboxState,
    problem: Option<String>,
    attempts: i64,
    send_after: Time,
    next_try_at: Time,
    sent_at: Option<Time>,
}

impl DeliveryRow {
    pub(crate) fn split(self) -> (MessageId, Delivery) {
        let delivery = Delivery {
            outbox_id: self.id,
            version: self.version,
            state: self.state,
            problem: self.problem,
            attempts: self.attempts,
            send_after: self.send_after,
            next_try_at: self.next_try_at,
            sent_at: self.sent_at,
        };
        (self.message_id, delivery)
    }
}

/// A reply in the outbox, for the pages that undo, retry and settle.
#[derive(Clone, Debug)]
pub struct Reply {
    /// The message, with its delivery in [`Message::delivery`].
    pub message: Message,
    /// Where it is; the same as in the message.
    pub delivery: Delivery,
    /// The number of its conversation.
    pub number: i64,
}

/// Where an undone reply's words go: sealed, as a draft again, in the same transaction.
#[derive(Clone, Copy)]
pub struct BackToComposer<'a> {
    /// Whose draft.
    pub agent_id: &'a AgentId,
    /// The words, sealed.
    pub sealed: &'a [u8],
}

/// What an undo did.
#[derive(Clone, Debug)]
pub enum Withdrawal {
    /// It is withdrawn and was never sent.
    Back {
        /// What it said.
        message: Box<Message>,
        /// The version of the draft that holds its words again. `None` when there was a newer draft,
        /// which stays as it is, or no draft was asked for.
        draft_version: Option<i64>,
    },
    /// Too late; this is where it is.
    AlreadyLeft(OutboxState),
    /// There is no such version: it was withdrawn before, or sent again since.
    Gone,
}

/// The right to send one version, until its lease ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The row.
    pub outbox_id: OutboxId,
    /// Its version.
    pub version: i64,
    /// Which attempt this is.
    pub attempt: i64,
}

/// A letter to be sent, and the right to do so.
#[derive(Clone, Debug)]
pub struct ToSend {
    /// The right.
    pub claim: Claim,
    /// Its conversation.
    pub conversation_id: ConversationId,
    /// Its message.
    pub message_id: MessageId,
    /// The envelope's sender.
    pub envelope_from: String,
    /// The envelope's recipients.
    pub envelope_to: Vec<String>,
    /// The letter.
    pub eml: Vec<u8>,
}

/// Whose claims count as abandoned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leases {
    /// Those whose lease has ended: at any time, by any worker.
    Ended,
    /// All of them: on start-up, when this is the only program that works on the desk.
    All,
}

/// What was found abandoned.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recovered {
    /// Replies that were claimed and not yet handed over: they are sent as if nothing had been.
    pub back_in_line: u64,
    /// Replies that were being handed over: they wait for a person.
    pub unsure: Vec<(OutboxId, ConversationId)>,
    /// Jobs that nobody was working on any more.
    pub jobs: u64,
}

const UNSURE: &str = "The desk stopped while this reply was being handed to the mail server. It may have been \
    delivered, or not. It is kept, and it is not sent again unless you say so.";

const BY_ONCE: &str = "select id, version, message_id, send_after from outbox where once = $1";
const ADD_MESSAGE: &str = "insert into messages (conversation_id, id, direction, kind, author_id, from_name,
        from_address, to_line, cc_line, subject, message_id, in_reply_to, refs, marks, created_at, text)
    select c.id, $2, 'out', 'mail', $3, $4, $5, $6, $7, $8, $9, $10, $11, '[]', $12, $13
    from conversations c where c.id = $1";
const ADD_MESSAGE_ID: &str = "insert into message_ids (message_id, conversation_id, id) values ($1, $2, $3) on conflict do nothing";
const ADD: &str = "insert into outbox (id, conversation_id, message_id, direction, version, state, state_before,
        once, envelope_from, envelope_to, send_after, attempts, next_try_at, eml)
    select $1, c.id, $3, 'out', 1, 'waiting', c.state, $4, $5, $6, $7, 0, $7, $8 from conversations c where c.id = $2";
const THEIR_TURN: &str = "update conversations set state = 'waiting', preview = $2, last_from = $3,
        updated_at = case when updated_at > $4 then updated_at else $4 end
    where id = $1";
const WITHDRAW: &str = "delete from outbox where id = $1 and version = $2 and state = 'waiting'
    returning conversation_id, message_id, state_before, send_after";
const STATE: &str = "select state from outbox where id = $1 and version = $2";
const MESSAGE: &str = message_columns!("where m.conversation_id = $1 and m.id = $2");
const DROP_MESSAGE: &str = "delete from messages where conversation_id = $1 and id = $2";
const DROP_JOB: &str = "delete from jobs where kind = $1 and payload = $2";
const TURN_BACK: &str = "update conversations set state = $2 where id = $1 and state = 'waiting'
    and not exists (select 1 from outbox o where o.conversation_id = $1 and o.send_after > $3)";
const LAST_SAID: &str = "select text, case when from_name = '' then from_address else from_name end
    from messages where conversation_id = $1 and direction <> 'note' order by created_at desc, id desc limit 1";
const SHOW_LAST: &str = "update conversations set preview = $2, last_from = $3 where id = $1";
const CLAIM: &str = "update outbox set lease_until = $3, attempts = attempts + 1
    where id = $1 and version = $2 and state = 'waiting' and next_try_at <= $4
    and (lease_until is null or lease_until <= $4)
    returning conversation_id, message_id, attempts, envelope_from, envelope_to, eml";
const HANDING_OVER: &str = "update outbox set state = 'handing-over', lease_until = $4
    where id = $1 and version = $2 and attempts = $3 and state = 'waiting' and lease_until is not null";
const SENT: &str =
    "update outbox set state = 'sent', lease_until = null, problem = null, sent_at = $4
    where id = $1 and version = $2 and attempts = $3 and state = 'handing-over'";
const MESSAGE_SENT: &str = "update messages set sent_at = $2 where (conversation_id, id) in
    (select conversation_id, message_id from outbox where id = $1)";
const RETRY: &str =
    "update outbox set state = 'waiting', lease_until = null, problem = $4, next_try_at = $5
    where id = $1 and version = $2 and attempts = $3 and lease_until is not null
    and state in ('waiting', 'handing-over')";
const SETTLE: &str = "update outbox set state = $4, lease_until = null, problem = $5
    where id = $1 and version = $2 and attempts = $3 and lease_until is not null
    and state in ('waiting', 'handing-over')";
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
const OUR_TURN: &str = "update conversations set state = 'open',
        updated_at = case when updated_at > $2 then updated_at else $2 end
    where id = $1";
const ABANDONED_WAITING: &str =
    "update outbox set lease_until = null where state = 'waiting' and lease_until <= $1";
const ABANDONED_HANDING_OVER: &str =
    "update outbox set state = 'unsure', lease_until = null, problem = $2
    where state = 'handing-over' and lease_until <= $1 returning id, conversation_id";
const WITHOUT_JOB: &str = "select o.id, o.version, o.next_try_at from outbox o
    where o.state = 'waiting' and o.lease_until is null and not exists (select 1 from jobs j
        where j.kind = 'send' and j.payload = o.id || ':' || o.version and j.state in ('waiting', 'running'))";
const REPLY: &str =
    "select o.id, o.message_id, o.version, o.state, o.problem, o.attempts, o.send_after,
        o.next_try_at, o.sent_at
    from outbox o join conversations c on c.id = o.conversation_id
    where o.id = $2 and c.inbox_id in (select inbox_id from inbox_members where agent_id = $1)";
const PLACE: &str = "select o.conversation_id, c.number from outbox o
    join conversations c on c.id = o.conversation_id where o.id = $1";

/// The payload of the job that sends this version.
pub fn payload(id: &OutboxId, version: i64) -> String {
    format!("{id}:{version}")
}

/// Reads such a payload.
pub fn read_payload(payload: &str) -> Option<(OutboxId, i64)> {
    let (id, version) = payload.split_once(':')?;
    Some((OutboxId::parse(id)?, version.parse().ok()?))
}

impl Store {
    /// Queues a reply: its message, its row and the job that will send it, together. The draft that
    /// it was made from is forgotten, and it is the customer's turn.
    pub async fn queue_reply(&self, reply: &NewReply, now: Time) -> Result<Queued> {
        if let Some(before) = self.queued_once(reply).await? {
            return Ok(before);
        }
        let queued = Queued {
            outbox_id: OutboxId::fresh(),
            version: 1,
            message_id: MessageId::fresh(),
            send_after: reply.send_after,
        };
        let conversation = &reply.conversation_id;
        let text = plain(&reply.text);
        let mut tx = self.begin().await?;
        let written = run!(
            tx,
            ADD_MESSAGE,
            conversation,
            &queued.message_id,
            &reply.author_id,
            plain(&reply.from_name),
            &reply.from_address,
            &reply.to_line,
            &reply.cc_line,
            plain(&reply.subject),
            &reply.message_id,
            &reply.in_reply_to,
            &reply.refs,
            now,
            &text
        );
        if written == 0 {
            return Err(Error::Missing("conversation"));
        }
        run!(
            tx,
            ADD_MESSAGE_ID,
            &reply.message_id,
            conversation,
            &queued.message_id
        );
        let added = try_run!(
            tx,
            ADD,
            &queued.outbox_id,
            conversation,
            &queued.message_id,
            &reply.once,
            &reply.envelope_from,
            reply.envelope_to.join("\n"),
            reply.send_after,
            &reply.eml
        );
        match added {
            Ok(_) => {}
            Err(said) if Error::is_taken(&said) => {
                // The same form, a moment ago, on another connection.
                drop(tx);
                return self.queued_once(reply).await?.ok_or(Error::Taken("reply"));
            }
            Err(said) => return Err(said.into()),
        }
        jobs::enqueue(
            &mut tx,
            jobs::SEND,
            &payload(&queued.outbox_id, 1),
            reply.send_after,
        )
        .await?;
        run!(
            tx,
            THEIR_TURN,
            conversation,
            preview(&text),
            plain(&reply.from_name),
            now
        );
        drafts::forget(
            &mut tx,
            &reply.author_id,
            conversation,
            DraftKind::Reply,
            reply.draft_version,
        )
        .await?;
        tx.commit().await?;
        Ok(queued)
    }

    async fn queued_once(&self, reply: &NewReply) -> Result<Option<Queued>> {
        let Some(once) = &reply.once else {
            return Ok(None);
        };
        Ok(find!(self, BY_ONCE, once))
    }

    /// The reply in the outbox, if this agent may see it.
    pub async fn reply(&self, agent: &AgentId, id: &OutboxId) -> Result<Option<Reply>> {
        let row: Option<DeliveryRow> = find!(self, REPLY, agent, id);
        let place: Option<(ConversationId, i64)> = find!(self, PLACE, id);
        let (Some(row), Some((conversation, number))) = (row, place) else {
            return Ok(None);
        };
        let (message_id, delivery) = row.split();
        let message: Option<Message> = find!(self, MESSAGE, &conversation, &message_id);
        Ok(message.map(|mut message| {
            message.delivery = Some(delivery.clone());
            Reply {
                message,
                delivery,
                number,
            }
        }))
    }

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
        run!(tx, DROP_MESSAGE, &conversation, &message_id);
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
