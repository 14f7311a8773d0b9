//! Raws: the letters' bytes as they arrived, kept for ever, stored before anybody looks inside.

use crate::engine::Tx;
use crate::mailboxes::{self, MailboxProgress};
use crate::{AgentId, InboxId, MessageId, RawId, Result, Store, Time, jobs};
use sha2::{Digest, Sha256};

words! {
    /// How far the reading of a letter got.
    RawState {
        /// Stored, not yet read.
        New = "new",
        /// Read; its message is there.
        Parsed = "parsed",
        /// It could not be made a message, for the reason in `problem`; the bytes are safe.
        Failed = "failed",
    }
}

/// A letter as it arrived.
#[derive(Clone, sqlx::FromRow)]
pub struct Raw {
    /// The id.
    pub id: RawId,
    /// Where it arrived.
    pub inbox_id: InboxId,
    /// SHA-256 of the bytes, in hexadecimal.
    pub sha256: String,
    /// Where it came from, such as `imap:INBOX:17:42` or `import:old.mbox`.
    pub origin: String,
    /// When it was stored.
    pub received_at: Time,
    /// How far its reading got.
    pub state: RawState,
    /// Why it could not be read.
    pub problem: Option<String>,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// A letter that has just arrived.
#[derive(Clone, Copy)]
pub struct NewRaw<'a> {
    /// The bytes.
    pub bytes: &'a [u8],
    /// See [`Raw::origin`].
    pub origin: &'a str,
    /// Its place in the mailbox, when it came from one.
    pub mailbox: Option<MailboxProgress<'a>>,
}

/// What storing did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// The letter, the one that was there when the bytes were known.
    pub raw_id: RawId,
    /// Whether the bytes were new.
    pub new: bool,
}

const ADD: &str = "insert into raws (id, inbox_id, sha256, origin, received_at, state, size, bytes)
    values ($1, $2, $3, $4, $5, 'new', $6, $7) on conflict (inbox_id, sha256) do nothing";
const KNOWN: &str = "select id from raws where inbox_id = $1 and sha256 = $2";
const BY_ID: &str = "select * from raws where id = $1";
const OF_MESSAGE: &str = "select r.* from raws r
    join messages m on m.raw_id = r.id
    join conversations c on c.id = m.conversation_id
    where m.id = $2 and c.inbox_id in (select inbox_id from inbox_members where agent_id = $1)";
const FAILED: &str =
    "update raws set state = 'failed', problem = $2 where id = $1 and state = 'new'";

impl Store {
    /// Stores a letter: its bytes, how far fetching got, and the job that will read it, all together.
    /// The same bytes twice change nothing but the mailbox's mark.
    pub async fn store_raw(
        &self,
        inbox: &InboxId,
        bytes: &[u8],
        origin: &str,
        mailbox: Option<MailboxProgress<'_>>,
        now: Time,
    ) -> Result<Stored> {
        let mut tx = self.begin().await?;
        let stored = store(
            &mut tx,
            inbox,
            &NewRaw {
                bytes,
                origin,
                mailbox,
            },
            now,
        )
        .await?;
        tx.commit().await?;
        Ok(stored)
    }

    /// Stores many letters together: all of them or none. One wait for the disk instead of many.
    pub async fn store_raws(
        &self,
        inbox: &InboxId,
        letters: &[NewRaw<'_>],
        now: Time,
    ) -> Result<Vec<Stored>> {
        let mut tx = self.begin().await?;
        let mut all = Vec::with_capacity(letters.len());
        for letter in letters {
            all.push(store(&mut tx, inbox, letter, now).await?);
        }
        tx.commit().await?;
        Ok(all)
    }

    /// The letter, for the job that reads it.
    pub async fn raw(&self, id: &RawId) -> Result<Option<Raw>> {
        Ok(find!(self, BY_ID, id))
    }

    /// The letter behind a message, if this agent may see it.
    pub async fn raw_of(&self, agent: &AgentId, message: &MessageId) -> Result<Option<Raw>> {
        Ok(find!(self, OF_MESSAGE, agent, message))
    }

    /// Notes that a letter could not be made a message. Its bytes stay.
    pub async fn raw_failed(&self, id: &RawId, problem: &str) -> Result<()> {
        let mut tx = self.begin().await?;
        run!(tx, FAILED, id, problem);
        tx.commit().await
    }
}

async fn store(tx: &mut Tx, inbox: &InboxId, letter: &NewRaw<'_>, now: Time) -> Result<Stored> {
    let id = RawId::fresh();
    let sha256 = sha256(letter.bytes);
    let size = letter.bytes.len() as i64;
    let new = run!(
        tx,
        ADD,
        &id,
        inbox,
        &sha256,
        letter.origin,
        now,
        size,
        letter.bytes
    ) > 0;
    let raw_id = if new {
        jobs::enqueue(tx, jobs::PARSE, id.as_str(), now).await?;
        id
    } else {
        let known: Option<(RawId,)> = find_in!(tx, KNOWN, inbox, &sha256);
        known.map_or(id, |(known,)| known)
    };
    if let Some(mailbox) = &letter.mailbox {
        mailboxes::advance(tx, inbox, mailbox).await?;
    }
    Ok(Stored { raw_id, new })
}

/// SHA-256 in hexadecimal.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
