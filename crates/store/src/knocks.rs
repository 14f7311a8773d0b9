//! Knocks: somebody is at the counter or rings, and waits until one of us opens the moment.

use crate::limits::{KNOCK_WAIT_US, KNOCKS_SHOWN_MAX};
use crate::listening::{self, Heard, LiveChannel, SaveCard};
use crate::preview::{plain, preview};
use crate::receive::new_number;
use crate::{
    AgentId, ConversationId, CustomerId, Error, InboxId, KnockId, PhoneCallId, Result, Store, Time,
    customers,
};

/// Somebody to be announced.
#[derive(Clone, Copy, Debug)]
pub struct NewKnock<'a> {
    /// Where they come to.
    pub inbox_id: &'a InboxId,
    /// At the counter or on the phone.
    pub channel: LiveChannel,
    /// Which customer, if it is known.
    pub customer_id: Option<&'a CustomerId>,
    /// Who, as it was said.
    pub who: &'a str,
    /// What about, as it was said.
    pub about: &'a str,
    /// The colleague who says so; none when the telephone system does.
    pub said_by: Option<&'a AgentId>,
    /// Whom it is for; none for whoever is free.
    pub meant_for: Option<&'a AgentId>,
}

/// Somebody who waits, as a line above the list.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Knock {
    /// The id.
    pub id: KnockId,
    /// Where they come to.
    pub inbox_id: InboxId,
    /// At the counter or on the phone.
    pub channel: LiveChannel,
    /// Which customer, if it is known.
    pub customer_id: Option<CustomerId>,
    /// Their name.
    pub customer_name: Option<String>,
    /// Who, as it was said.
    pub who: String,
    /// What about, as it was said.
    pub about: String,
    /// The colleague who said so.
    pub said_by: Option<AgentId>,
    /// Their name.
    pub said_by_name: Option<String>,
    /// Whom it is for.
    pub meant_for: Option<AgentId>,
    /// Their name.
    pub meant_for_name: Option<String>,
    /// The number that rings, when it is a call.
    pub number: Option<String>,
    /// Whether the call was picked up.
    pub answered_at: Option<Time>,
    /// When the call ended; with no `answered_at`, it was missed.
    pub ended_at: Option<Time>,
    /// When they came or rang.
    pub created_at: Time,
}

/// For whom a moment is opened.
#[derive(Clone, Copy, Debug)]
pub enum OpenFor<'a> {
    /// A customer who is known.
    Known(&'a CustomerId),
    /// Somebody new, by the name that was said.
    New,
}

/// A moment that was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// The number of its conversation.
    pub number: i64,
    /// Whether it was opened just now, and not before.
    pub first_time: bool,
}

macro_rules! knocks {
    ($rest:literal) => {
        concat!(
            "select k.id, k.inbox_id, k.channel, k.customer_id, u.name as customer_name, k.who, k.about,
                k.said_by, s.name as said_by_name, k.meant_for, f.name as meant_for_name,
                c.number, c.answered_at, c.ended_at, k.created_at
            from knocks k
            left join customers u on u.id = k.customer_id
            left join agents s on s.id = k.said_by
            left join agents f on f.id = k.meant_for
            left join phone_calls c on c.id = k.call_row
            where k.inbox_id in (select inbox_id from inbox_members where agent_id = $1) ",
            $rest
        )
    };
}

const WAITING: &str = knocks!(
    "and k.state = 'waiting' and k.created_at > $2
    and (k.meant_for is null or k.meant_for = $1 or k.said_by = $1) order by k.created_at limit $3"
);
const ONE: &str = knocks!("and k.id = $2 and k.state = 'waiting'");
const ADD: &str = "insert into knocks (id, inbox_id, channel, customer_id, who, about, said_by, meant_for, call_row, state, created_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'waiting', $10)";
const SETTLE: &str =
    "update knocks set state = 'opened', settled_at = $3, conversation_id = $4, customer_id = $5
    where id = $1 and state = 'waiting'
    and inbox_id in (select inbox_id from inbox_members where agent_id = $2)";
const OPENED_AS: &str =
    "select c.number from knocks k join conversations c on c.id = k.conversation_id
    where k.id = $2 and k.inbox_id in (select inbox_id from inbox_members where agent_id = $1)";
const BEGIN: &str =
    "insert into conversations (id, number, inbox_id, customer_id, subject, state, assignee_id,
        channel, preview, last_from, created_at, updated_at)
    values ($1, $2, $3, $4, $5, 'open', $6, $7, $8, $9, $10, $10)";
const GO: &str =
    "update knocks set state = 'gone', settled_at = $3 where id = $2 and state = 'waiting'
    and inbox_id in (select inbox_id from inbox_members where agent_id = $1)";
const COME_BACK: &str =
    "update knocks set state = 'waiting', settled_at = null where id = $2 and state = 'gone'
    and inbox_id in (select inbox_id from inbox_members where agent_id = $1)";

impl Store {
    /// Announces somebody.
    pub async fn add_knock(&self, knock: &NewKnock<'_>, now: Time) -> Result<KnockId> {
        let mut tx = self.begin().await?;
        let id = add(&mut tx, knock, None, now).await?;
        tx.commit().await?;
        Ok(id)
    }

    /// Who waits for this agent, or was announced by them, the first to come first.
    pub async fn waiting_knocks(&self, agent: &AgentId, now: Time) -> Result<Vec<Knock>> {
        Ok(list!(
            self,
            WAITING,
            agent,
            now - KNOCK_WAIT_US,
            KNOCKS_SHOWN_MAX
        ))
    }

    /// Somebody who waits still, if this agent may see them.
    pub async fn waiting_knock(&self, agent: &AgentId, id: &KnockId) -> Result<Option<Knock>> {
        Ok(find!(self, ONE, agent, id))
    }

    /// Opens the moment: a conversation that this agent has in hand, with a card to write on. Two who open at once open
    /// one. `None` when nobody waits there for this agent's inboxes.
    pub async fn open_knock(
        &self,
        agent: &AgentId,
        knock: &Knock,
        whose: OpenFor<'_>,
        subject: &str,
        now: Time,
    ) -> Result<Option<Opened>> {
        let mut tx = self.begin().await?;
        let customer = match whose {
            OpenFor::Known(id) => id.clone(),
            OpenFor::New => {
                let number = knock.number.as_deref().unwrap_or_default();
                customers::add_new(&mut tx, &knock.who, number, now).await?
            }
        };
        let conversation = ConversationId::fresh();
        let name = plain(knock.customer_name.as_deref().unwrap_or(&knock.who));
        let number = new_number(&mut tx).await?;
        run!(
            tx,
            BEGIN,
            &conversation,
            number,
            &knock.inbox_id,
            &customer,
            plain(subject),
            agent,
            knock.channel.word(),
            preview(&plain(&knock.about)),
            &name,
            now
        );
        if run!(tx, SETTLE, &knock.id, agent, now, &conversation, &customer) == 0 {
            // A colleague was quicker; what was begun here is not committed.
            drop(tx);
            let opened: Option<(i64,)> = find!(self, OPENED_AS, agent, &knock.id);
            return Ok(opened.map(|(number,)| Opened {
                number,
                first_time: false,
            }));
        }
        let heard = Heard {
            name,
            ..Heard::default()
        };
        let card = SaveCard {
            conversation_id: &conversation,
            author_id: agent,
            channel: knock.channel,
            expected_version: 0,
            heard: &heard,
        };
        if !listening::add(&mut tx, &card, now, now).await? {
            return Err(Error::Missing("agent"));
        }
        tx.commit().await?;
        Ok(Some(Opened {
            number,
            first_time: true,
        }))
    }

    /// Where a knock that is no longer waiting was opened, if this agent may see it.
    pub async fn opened_knock(&self, agent: &AgentId, id: &KnockId) -> Result<Option<i64>> {
        let opened: Option<(i64,)> = find!(self, OPENED_AS, agent, id);
        Ok(opened.map(|(number,)| number))
    }

    /// They have gone, or were helped without this desk. `false` when nobody waited.
    pub async fn let_knock_go(&self, agent: &AgentId, id: &KnockId, now: Time) -> Result<bool> {
        let mut tx = self.begin().await?;
        let gone = run!(tx, GO, agent, id, now);
        tx.commit().await?;
        Ok(gone > 0)
    }

    /// Takes that back: they wait still.
    pub async fn knock_waits_again(&self, agent: &AgentId, id: &KnockId) -> Result<bool> {
        let mut tx = self.begin().await?;
        let back = run!(tx, COME_BACK, agent, id);
        tx.commit().await?;
        Ok(back > 0)
    }
}

pub(crate) async fn add(
    tx: &mut crate::engine::Tx,
    knock: &NewKnock<'_>,
    call: Option<&PhoneCallId>,
    now: Time,
) -> Result<KnockId> {
    let id = KnockId::fresh();
    run!(
        tx,
        ADD,
        &id,
        knock.inbox_id,
        knock.channel,
        knock.customer_id,
        plain(knock.who),
        plain(knock.about),
        knock.said_by,
        knock.meant_for,
        call,
        now
    );
    Ok(id)
}
