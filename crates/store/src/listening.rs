//! Listening cards: what was heard at the counter or on the phone, and what was promised.
//!
//! A card is the team's record from its first word: whoever takes the moment over sees what was said, and nothing of it is
//! lost with a machine. It holds what the customer said and what we said to them, never what the agent felt.

use crate::engine::Tx;
use crate::limits::CARD_FIELD_BYTES_MAX;
use crate::preview::{plain, preview};
use crate::{AgentId, CardId, ConversationId, Error, NewPromise, Result, Store, Time, promises};

words! {
    /// Where a live moment takes place.
    LiveChannel {
        /// Face to face.
        Counter = "counter",
        /// On the telephone.
        Phone = "phone",
    }
}

/// The words on a card, in the order in which they are heard.
#[derive(
    Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize, sqlx::FromRow,
)]
#[serde(default)]
pub struct Heard {
    /// Who they are, as they say it.
    pub name: String,
    /// What they ask.
    pub asks: String,
    /// What matters to them.
    pub matters: String,
    /// By when.
    pub by_when: String,
    /// It said back in one sentence.
    pub said_back: String,
    /// What we promised.
    pub promised: String,
}

impl Heard {
    /// The words in their order.
    pub fn fields(&self) -> [&str; 6] {
        [
            &self.name,
            &self.asks,
            &self.matters,
            &self.by_when,
            &self.said_back,
            &self.promised,
        ]
    }

    /// Whether nothing is written but, at most, a name.
    pub fn is_blank(&self) -> bool {
        self.fields()[1..]
            .iter()
            .all(|field| field.trim().is_empty())
    }

    /// What the customer said, as a letter of theirs would say it: the reader is given this.
    pub fn their_words(&self) -> String {
        let by_when = match self.by_when.trim() {
            "" => String::new(),
            // "Friday" alone is no sentence; as a wish it is heard as one.
            when => format!("I need this by {}.", strip_by(when)),
        };
        let said: Vec<&str> = [self.asks.trim(), self.matters.trim(), &by_when]
            .into_iter()
            .filter(|words| !words.is_empty())
            .collect();
        said.join("\n")
    }
}

fn strip_by(when: &str) -> &str {
    let when = when.trim_end_matches('.');
    match when.get(..3) {
        Some(start) if start.eq_ignore_ascii_case("by ") => &when[3..],
        _ => when,
    }
}

/// A listening card.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ListeningCard {
    /// The id.
    pub id: CardId,
    /// In which conversation.
    pub conversation_id: ConversationId,
    /// Where they speak.
    pub channel: LiveChannel,
    /// Who listened.
    pub author_id: Option<AgentId>,
    /// Their name.
    pub author_name: String,
    /// Which save this is; versions grow and fit into a JavaScript number.
    pub version: i64,
    /// What was heard.
    #[sqlx(flatten)]
    pub heard: Heard,
    /// When it was begun.
    pub begun_at: Time,
    /// When it was kept as the conversation's record; none while it is being written.
    pub kept_at: Option<Time>,
}

/// A card to be saved.
#[derive(Clone, Copy, Debug)]
pub struct SaveCard<'a> {
    /// In which conversation.
    pub conversation_id: &'a ConversationId,
    /// Who listens.
    pub author_id: &'a AgentId,
    /// Where they speak.
    pub channel: LiveChannel,
    /// The version that this one was made from; 0 when there was none.
    pub expected_version: i64,
    /// What was heard.
    pub heard: &'a Heard,
}

/// What saving did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CardSaving {
    /// Saved as this version.
    Saved(i64),
    /// Not saved: somebody else was here. `None` when the card was kept or dropped meanwhile.
    Conflict {
        /// What stands there now.
        current: Option<Box<ListeningCard>>,
    },
}

const COLUMNS_OPEN: &str =
    "select * from listening_cards where conversation_id = $1 and kept_at is null
    order by begun_at desc limit 1";
/// The cards of a conversation and of those that it is joined with; a card that is being written only in its own.
const OF_THREAD: &str = "select l.* from listening_cards l where l.conversation_id = $1
    or (l.kept_at is not null and l.conversation_id in (
        select other_id from joined_conversations where conversation_id = $1
        union select conversation_id from joined_conversations where other_id = $1))
    order by l.begun_at";
const ADD: &str =
    "insert into listening_cards (id, conversation_id, channel, author_id, author_name, version,
        name, asks, matters, by_when, said_back, promised, begun_at)
    select $1, $2, $3, a.id, a.name, $5, $6, $7, $8, $9, $10, $11, $12 from agents a where a.id = $4
    and not exists (select 1 from listening_cards where conversation_id = $2 and kept_at is null)";
const CHANGE: &str =
    "update listening_cards set channel = $3, version = $4, name = $5, asks = $6, matters = $7,
        by_when = $8, said_back = $9, promised = $10
    where conversation_id = $1 and kept_at is null and version = $2";
const KEEP: &str = "update listening_cards set kept_at = $3
    where conversation_id = $1 and kept_at is null and version = $2 returning id, name, asks";
const KEPT_ALREADY: &str = "select id from listening_cards where conversation_id = $1 and version = $2 and kept_at is not null";
const SHOW: &str =
    "update conversations set preview = $2, last_from = $3, updated_at = $4 where id = $1";
const OPEN_AGAIN: &str = "update listening_cards set kept_at = null, version = $3
    where id = $2 and conversation_id = $1 and kept_at is not null
    and not exists (select 1 from listening_cards o where o.conversation_id = $1 and o.kept_at is null)";
const TAKE_PROMISES_BACK: &str =
    "delete from promises where conversation_id = $1 and card_id = $2 and state = 'open'";
const DROP: &str =
    "delete from listening_cards where conversation_id = $1 and kept_at is null and version = $2";

impl Store {
    /// The card that is being written in this conversation, if there is one.
    pub async fn open_card(&self, conversation: &ConversationId) -> Result<Option<ListeningCard>> {
        Ok(find!(self, COLUMNS_OPEN, conversation))
    }

    /// Every card that shows in this conversation: its own, and the kept ones of those it is joined with.
    pub async fn cards_of(&self, conversation: &ConversationId) -> Result<Vec<ListeningCard>> {
        Ok(list!(self, OF_THREAD, conversation))
    }

    /// Saves the card that is being written, if nobody saved another since the one that it was made from.
    pub async fn save_card(&self, card: &SaveCard<'_>, now: Time) -> Result<CardSaving> {
        if card
            .heard
            .fields()
            .iter()
            .any(|field| field.len() > CARD_FIELD_BYTES_MAX)
        {
            return Err(Error::Refused(
                "One field of the card is longer than can be kept. Put the rest into a private note.".into(),
            ));
        }
        let mut tx = self.begin().await?;
        let version = now.max(card.expected_version + 1);
        let saved = if card.expected_version == 0 {
            add(&mut tx, card, version, now).await?
        } else {
            change(&mut tx, card, version).await?
        };
        if saved {
            tx.commit().await?;
            return Ok(CardSaving::Saved(version));
        }
        let current: Option<ListeningCard> = find_in!(tx, COLUMNS_OPEN, card.conversation_id);
        Ok(CardSaving::Conflict {
            current: current.map(Box::new),
        })
    }

    /// Keeps the card as the conversation's record, and what it promises in the ledger, together. `None` when it stands at
    /// another version; run twice, it keeps once.
    pub async fn keep_card(
        &self,
        conversation: &ConversationId,
        version: i64,
        promised: Vec<NewPromise>,
        now: Time,
    ) -> Result<Option<CardId>> {
        let mut tx = self.begin().await?;
        let kept: Option<(CardId, String, String)> = find_in!(tx, KEEP, conversation, version, now);
        let Some((id, name, asks)) = kept else {
            let before: Option<(CardId,)> = find_in!(tx, KEPT_ALREADY, conversation, version);
            return Ok(before.map(|(id,)| id));
        };
        for mut promise in promised {
            promise.card_id = Some(id.to_string());
            promises::add(&mut tx, &promise, now).await?;
        }
        run!(tx, SHOW, conversation, preview(&asks), name, now);
        tx.commit().await?;
        Ok(Some(id))
    }

    /// Takes keeping back: the card is written on again, and what it promised is out of the ledger, unless it was kept or
    /// moved since. `None` when another one is being written by now.
    pub async fn open_card_again(
        &self,
        conversation: &ConversationId,
        card: &CardId,
        now: Time,
    ) -> Result<Option<i64>> {
        let mut tx = self.begin().await?;
        let opened = run!(tx, OPEN_AGAIN, conversation, card, now);
        if opened > 0 {
            run!(tx, TAKE_PROMISES_BACK, conversation, card);
        }
        tx.commit().await?;
        Ok((opened > 0).then_some(now))
    }

    /// Drops a card on which nothing was written, if it is still at this version.
    pub async fn drop_card(&self, conversation: &ConversationId, version: i64) -> Result<bool> {
        let mut tx = self.begin().await?;
        let dropped = run!(tx, DROP, conversation, version);
        tx.commit().await?;
        Ok(dropped > 0)
    }
}

/// Begins a card; `false` when one is being written already.
pub(crate) async fn add(tx: &mut Tx, card: &SaveCard<'_>, version: i64, now: Time) -> Result<bool> {
    let [name, asks, matters, by_when, said_back, promised] = card.heard.fields().map(plain);
    Ok(run!(
        tx,
        ADD,
        CardId::fresh(),
        card.conversation_id,
        card.channel,
        card.author_id,
        version,
        name,
        asks,
        matters,
        by_when,
        said_back,
        promised,
        now
    ) > 0)
}

async fn change(tx: &mut Tx, card: &SaveCard<'_>, version: i64) -> Result<bool> {
    let [name, asks, matters, by_when, said_back, promised] = card.heard.fields().map(plain);
    Ok(run!(
        tx,
        CHANGE,
        card.conversation_id,
        card.expected_version,
        card.channel,
        version,
        name,
        asks,
        matters,
        by_when,
        said_back,
        promised
    ) > 0)
}
