//! Queueing: a reply, its message, its job and its turn, written together; and reading it again.

use super::{DeliveryRow, MESSAGE, NewReply, PLACE, Queued, Reply, newer, payload, timed};
use crate::preview::{plain, preview};
use crate::{
    AgentId, ConversationId, DraftKind, Error, Message, MessageId, OutboxId, Result, Store, Time,
    drafts, jobs, options, promises,
};

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
const TIMED: &str = "insert into timed_replies (outbox_id) values ($1)";
const REPLY: &str = concat!(
    "select o.id, o.message_id, o.version, o.state, o.problem, o.attempts, o.send_after,
        o.next_try_at, o.sent_at, ",
    timed!("o"),
    " as timed, ",
    newer!("o"),
    " as newer
    from outbox o join conversations c on c.id = o.conversation_id
    where o.id = $2 and c.inbox_id in (select inbox_id from inbox_members where agent_id = $1)"
);

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
        if reply.timed {
            run!(tx, TIMED, &queued.outbox_id);
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
        options::note_uses(&mut tx, conversation, &reply.options, now).await?;
        promises::write_with(
            &mut tx,
            conversation,
            &queued.message_id,
            &reply.author_id,
            &reply.promises,
            now,
        )
        .await?;
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
}
