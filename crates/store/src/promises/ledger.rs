//! Writing in the ledger.

use super::{Due, NewPromise, PromiseKind, PromiseSource, PromiseState, WithReply};
use crate::engine::Tx;
use crate::limits::PROMISE_CHARS_MAX;
use crate::preview::plain;
use crate::{AgentId, ConversationId, Error, MessageId, PromiseId, Result, Store, Time, jobs};

const ADD: &str = "insert into promises (id, conversation_id, kind, what, promised_by, source, message_id, card_id,
        due_at, whole_day, bring_up_at, state, created_at)
    select $1, c.id, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'open', $12 from conversations c where c.id = $2";
const SETTLE: &str = "update promises set state = $2, settled_at = $3, kept_with = $4
    where id = $1 and state in ('open', 'moved', 'broken') and state <> $2";
const REOPEN: &str = "update promises set settled_at = null, kept_with = null, state = case
        when exists (select 1 from promise_moves m where m.promise_id = promises.id) then 'moved' else 'open' end
    where id = $1 and state in ('kept', 'broken', 'dismissed')";
const WORD: &str = "update promises set what = $2 where id = $1";
const REMEMBER: &str = "insert into promise_moves (promise_id, moved_at, due_at, whole_day, bring_up_at, message_id)
    select id, $2, due_at, whole_day, bring_up_at, $3 from promises where id = $1 and state in ('open', 'moved', 'broken')";
const MOVE: &str = "update promises set due_at = $2, whole_day = $3, bring_up_at = $4, state = 'moved', settled_at = null
    where id = $1";
const IN_CONVERSATION: &str = "select id from promises where id = $1 and conversation_id = $2";
const KEPT_WITH: &str =
    "select id from promises where conversation_id = $1 and kept_with = $2 and state = 'kept'";
const MOVED_WITH: &str = "select m.promise_id, m.moved_at, m.due_at, m.whole_day, m.bring_up_at
    from promise_moves m join promises p on p.id = m.promise_id
    where p.conversation_id = $1 and m.message_id = $2";
const FORGET_MOVE: &str = "delete from promise_moves where promise_id = $1 and moved_at = $2";
const MOVE_BACK: &str =
    "update promises set due_at = $2, whole_day = $3, bring_up_at = $4, state = case
        when exists (select 1 from promise_moves m where m.promise_id = promises.id) then 'moved' else 'open' end
    where id = $1 and state in ('open', 'moved')";
const MADE_WITH: &str = "select id from promises where conversation_id = $1 and message_id = $2";
const DROP_JOBS: &str = "delete from jobs where kind = $1 and payload = $2 and state = 'waiting'";

/// The time that a promise had before it was moved.
#[derive(sqlx::FromRow)]
struct Moved {
    promise_id: PromiseId,
    moved_at: Time,
    due_at: Option<Time>,
    whole_day: i64,
    bring_up_at: Option<Time>,
}

impl Store {
    /// A person says what became of it: kept, broken or dismissed. `with` is the reply that kept it, whose
    /// undoing undoes this too. `false` when that had been said before.
    pub async fn settle_promise(
        &self,
        id: &PromiseId,
        state: PromiseState,
        with: Option<&MessageId>,
        now: Time,
    ) -> Result<bool> {
        let mut tx = self.begin().await?;
        let settled = settle(&mut tx, id, state, with, now).await?;
        tx.commit().await?;
        Ok(settled)
    }

    /// What was said of it is taken back: it is to be kept again.
    pub async fn reopen_promise(&self, id: &PromiseId, now: Time) -> Result<bool> {
        let mut tx = self.begin().await?;
        let reopened = run!(tx, REOPEN, id) > 0;
        if reopened {
            bring_up_again(&mut tx, id, now).await?;
        }
        tx.commit().await?;
        Ok(reopened)
    }

    /// Gives it another time; the one before is remembered. `false` when it was settled already.
    pub async fn move_promise(&self, id: &PromiseId, due: &Due, now: Time) -> Result<bool> {
        let mut tx = self.begin().await?;
        let moved = move_to(&mut tx, id, due, None, now).await?;
        tx.commit().await?;
        Ok(moved)
    }

    /// Says in other words what is promised.
    pub async fn word_promise(&self, id: &PromiseId, what: &str) -> Result<bool> {
        let mut tx = self.begin().await?;
        let worded = run!(tx, WORD, id, cut(what));
        tx.commit().await?;
        Ok(worded > 0)
    }
}

/// Writes down a promise within the transaction of its reason, and the jobs that bring it up.
pub(crate) async fn add(tx: &mut Tx, promise: &NewPromise, now: Time) -> Result<PromiseId> {
    let id = PromiseId::fresh();
    let added = run!(
        tx,
        ADD,
        &id,
        &promise.conversation_id,
        promise.kind,
        cut(&promise.what),
        &promise.promised_by,
        promise.source,
        &promise.message_id,
        &promise.card_id,
        promise.due.map(|due| due.at),
        i64::from(promise.due.is_some_and(|due| due.whole_day)),
        promise.due.map(|due| due.bring_up_at),
        now
    );
    if added == 0 {
        return Err(Error::Missing("conversation"));
    }
    if let Some(due) = promise.due {
        bring_up(tx, &id, &due, now).await?;
    }
    Ok(id)
}

/// What a reply that is being queued does to the ledger.
pub(crate) async fn write_with(
    tx: &mut Tx,
    conversation: &ConversationId,
    message: &MessageId,
    author: &AgentId,
    with: &WithReply,
    now: Time,
) -> Result<()> {
    for (what, due) in &with.made {
        let promise = NewPromise {
            conversation_id: conversation.clone(),
            kind: PromiseKind::Promise,
            what: what.clone(),
            promised_by: Some(author.clone()),
            source: PromiseSource::Reply,
            message_id: Some(message.clone()),
            card_id: None,
            due: *due,
        };
        add(tx, &promise, now).await?;
    }
    // An id from another conversation is nothing that this reply can have kept or moved.
    for id in &with.kept {
        if is_in(tx, id, conversation).await? {
            settle(tx, id, PromiseState::Kept, Some(message), now).await?;
        }
    }
    for (id, due) in &with.moved {
        if is_in(tx, id, conversation).await? {
            move_to(tx, id, due, Some(message), now).await?;
        }
    }
    Ok(())
}

/// Undoes what a reply did to the ledger, before its message goes; what it promised goes with the message.
pub(crate) async fn withdraw_with(
    tx: &mut Tx,
    conversation: &ConversationId,
    message: &MessageId,
    now: Time,
) -> Result<()> {
    let kept: Vec<(PromiseId,)> = list_in!(tx, KEPT_WITH, conversation, message);
    for (id,) in kept {
        run!(tx, REOPEN, &id);
        bring_up_again(tx, &id, now).await?;
    }
    let moved: Vec<Moved> = list_in!(tx, MOVED_WITH, conversation, message);
    for before in moved {
        let id = &before.promise_id;
        run!(tx, FORGET_MOVE, id, before.moved_at);
        run!(
            tx,
            MOVE_BACK,
            id,
            before.due_at,
            before.whole_day,
            before.bring_up_at
        );
        drop_jobs(tx, id).await?;
        bring_up_again(tx, id, now).await?;
    }
    let made: Vec<(PromiseId,)> = list_in!(tx, MADE_WITH, conversation, message);
    for (id,) in made {
        drop_jobs(tx, &id).await?;
    }
    Ok(())
}

async fn is_in(tx: &mut Tx, id: &PromiseId, conversation: &ConversationId) -> Result<bool> {
    let found: Option<(PromiseId,)> = find_in!(tx, IN_CONVERSATION, id, conversation);
    Ok(found.is_some())
}

async fn settle(
    tx: &mut Tx,
    id: &PromiseId,
    state: PromiseState,
    with: Option<&MessageId>,
    now: Time,
) -> Result<bool> {
    let settled = run!(tx, SETTLE, id, state, now, with) > 0;
    if settled {
        drop_jobs(tx, id).await?;
    }
    Ok(settled)
}

async fn move_to(
    tx: &mut Tx,
    id: &PromiseId,
    due: &Due,
    with: Option<&MessageId>,
    now: Time,
) -> Result<bool> {
    if run!(tx, REMEMBER, id, now, with) == 0 {
        return Ok(false);
    }
    let whole_day = i64::from(due.whole_day);
    run!(tx, MOVE, id, due.at, whole_day, due.bring_up_at);
    drop_jobs(tx, id).await?;
    bring_up(tx, id, due, now).await?;
    Ok(true)
}

const TIMES: &str = "select due_at, whole_day, bring_up_at from promises where id = $1
    and due_at is not null and bring_up_at is not null";

async fn bring_up_again(tx: &mut Tx, id: &PromiseId, now: Time) -> Result<()> {
    let times: Option<(Time, i64, Time)> = find_in!(tx, TIMES, id);
    let Some((at, whole_day, bring_up_at)) = times else {
        return Ok(());
    };
    let due = Due {
        at,
        whole_day: whole_day != 0,
        bring_up_at,
    };
    bring_up(tx, id, &due, now).await
}

/// Two jobs: one when it is brought up to whoever promised it, one when it is due and becomes their team's.
async fn bring_up(tx: &mut Tx, id: &PromiseId, due: &Due, now: Time) -> Result<()> {
    for at in [due.bring_up_at, due.at] {
        if at > now {
            jobs::enqueue(tx, jobs::PROMISE, id.as_str(), at).await?;
        }
    }
    Ok(())
}

async fn drop_jobs(tx: &mut Tx, id: &PromiseId) -> Result<()> {
    run!(tx, DROP_JOBS, jobs::PROMISE, id.as_str());
    Ok(())
}

/// On one line, and no longer than a line of the ledger may be.
fn cut(what: &str) -> String {
    let words = plain(what);
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    line.chars().take(PROMISE_CHARS_MAX).collect()
}
