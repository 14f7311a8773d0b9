//! Mailboxes: how far fetching got in each folder of an inbox, by UID and never by a clock.

use crate::engine::Tx;
use crate::{InboxId, Result, Store};

/// How far fetching got in one folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Mailbox {
    /// The server's name for this numbering; another one means that every UID is new.
    pub uid_validity: i64,
    /// The last UID whose bytes are stored.
    pub last_uid: i64,
}

/// A letter's place in its mailbox, stored together with its bytes.
#[derive(Clone, Copy, Debug)]
pub struct MailboxProgress<'a> {
    /// The folder, such as `INBOX`.
    pub folder: &'a str,
    /// See [`Mailbox::uid_validity`].
    pub uid_validity: i64,
    /// The letter's UID.
    pub uid: i64,
}

const FIND: &str =
    "select uid_validity, last_uid from mailboxes where inbox_id = $1 and folder = $2";
// A changed numbering starts over; an older UID never turns the clock back.
const ADVANCE: &str =
    "insert into mailboxes (inbox_id, folder, uid_validity, last_uid) values ($1, $2, $3, $4)
    on conflict (inbox_id, folder) do update set
        last_uid = case
            when mailboxes.uid_validity <> excluded.uid_validity then excluded.last_uid
            when mailboxes.last_uid > excluded.last_uid then mailboxes.last_uid
            else excluded.last_uid end,
        uid_validity = excluded.uid_validity";

impl Store {
    /// How far fetching got in this folder, if it ever began.
    pub async fn mailbox(&self, inbox: &InboxId, folder: &str) -> Result<Option<Mailbox>> {
        Ok(find!(self, FIND, inbox, folder))
    }

    /// The UID after which to fetch, now that the server has named its numbering: 0 when the folder
    /// is new or was numbered anew. Letters that come twice for that reason are known by their bytes.
    pub async fn mailbox_opened(
        &self,
        inbox: &InboxId,
        folder: &str,
        uid_validity: i64,
    ) -> Result<i64> {
        let mut tx = self.begin().await?;
        advance(
            &mut tx,
            inbox,
            &MailboxProgress {
                folder,
                uid_validity,
                uid: 0,
            },
        )
        .await?;
        let mailbox: Option<Mailbox> = find_in!(tx, FIND, inbox, folder);
        tx.commit().await?;
        Ok(mailbox.map_or(0, |mailbox| mailbox.last_uid))
    }
}

/// Moves the mark, within the transaction that stores the letter.
pub(crate) async fn advance(
    tx: &mut Tx,
    inbox: &InboxId,
    progress: &MailboxProgress<'_>,
) -> Result<()> {
    run!(
        tx,
        ADVANCE,
        inbox,
        progress.folder,
        progress.uid_validity,
        progress.uid
    );
    Ok(())
}
