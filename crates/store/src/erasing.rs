//! Erasing: everything about one customer goes, in one transaction, and its bytes are overwritten.
//!
//! What is left is one line without content: that something was erased, by whom, when, how much. On SQLite deleted rows are
//! overwritten (`secure_delete`), the file is written anew and the log beside it is emptied, so that no free page keeps a
//! word. On PostgreSQL the rows are vacuumed away; what its own log and replicas keep is the operator's to let expire.
//! Backups and the mailbox at the mail provider are not touched by this, and the page says so.

use crate::engine::{Engine, Tx};
use crate::holdings::{HELD, delete, which_of};
use crate::preview::preview;
use crate::{
    AgentId, ConversationId, CustomerId, ErasureId, Error, RawId, Result, Store, Time, attachments,
};
use sqlx::AssertSqlSafe;

/// What erasing did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Erased {
    /// How many conversations.
    pub conversations: i64,
    /// How many messages.
    pub messages: i64,
    /// How many files on the disk.
    pub files: i64,
    /// Whether the database's own file holds no trace any more. A busy reader can hold that up; the next start does it.
    pub overwritten: bool,
}

const ON_ITS_WAY: &str = "select count(*) from outbox where state = 'handing-over'
    and conversation_id in (select id from conversations where customer_id = $1)";
const ELSEWHERE: &str = "select count(*) from conversations where customer_id = $2
    and inbox_id not in (select inbox_id from inbox_members where agent_id = $1)";
/// Conversations of others in which they wrote as well.
const ALSO_IN: &str = "select distinct m.conversation_id from messages m
    join conversations c on c.id = m.conversation_id
    where c.customer_id <> $1 and m.direction = 'in'
    and lower(m.from_address) in (select address from customer_addresses where customer_id = $1)";
const LAST_SAID: &str = "select text, case when from_name = '' then from_address else from_name end
    from messages where conversation_id = $1 and direction <> 'note' order by created_at desc, id desc limit 1";
const SHOW_LAST: &str = "update conversations set preview = $2, last_from = $3 where id = $1";
/// A letter that went out carries the one that it answers; what was sent needs its letter no more.
const LET_QUOTES_GO: &str =
    "update outbox set eml = $2 where conversation_id = $1 and state = 'sent'";
const FILES_STILL_NAMED: &str = "select count(*) from attachments where sha256 = $1";
const NOTE: &str = "insert into erasures (id, agent_id, erased_at, conversations, messages, files)
    values ($1, $2, $3, $4, $5, $6)";

impl Store {
    /// Erases everything about a customer. Refused while a reply to them is being handed over at this very moment, and
    /// where conversations with them belong to inboxes that this agent is not in.
    pub async fn erase_customer(
        &self,
        agent: &AgentId,
        id: &CustomerId,
        now: Time,
    ) -> Result<Erased> {
        // No letter may lay a file down, and not yet name it, while files are taken away.
        let _alone = self.laying().write().await;
        let mut tx = self.begin().await?;
        refuse_if_held_up(&mut tx, agent, id).await?;
        let raws: Vec<(RawId,)> = select(&mut tx, "id", "raws", id).await?;
        let names: Vec<(String,)> = select(&mut tx, "distinct sha256", "attachments", id).await?;
        let elsewhere: Vec<(ConversationId,)> = list_in!(tx, ALSO_IN, id);
        let mut erased = Erased {
            conversations: 0,
            messages: 0,
            files: 0,
            overwritten: false,
        };
        for held in HELD {
            match held.table {
                // Their messages are gone by now, so they are gone by their own ids.
                "raws" => {
                    for (raw,) in &raws {
                        run!(tx, "delete from raws where id = $1", raw);
                    }
                }
                table => {
                    let count = delete(&mut tx, table, id).await? as i64;
                    match table {
                        "conversations" => erased.conversations = count,
                        "messages" => erased.messages = count,
                        _ => {}
                    }
                }
            }
        }
        for (conversation,) in &elsewhere {
            let last: Option<(String, String)> = find_in!(tx, LAST_SAID, conversation);
            let (text, from) = last.unwrap_or_default();
            run!(tx, SHOW_LAST, conversation, preview(&text), from);
            run!(tx, LET_QUOTES_GO, conversation, Vec::<u8>::new());
        }
        let mut nameless = Vec::new();
        for (name,) in names {
            let named: Option<(i64,)> = find_in!(tx, FILES_STILL_NAMED, &name);
            if named.is_none_or(|(count,)| count == 0) {
                nameless.push(name);
            }
        }
        erased.files = nameless.len() as i64;
        run!(
            tx,
            NOTE,
            ErasureId::fresh(),
            agent,
            now,
            erased.conversations,
            erased.messages,
            erased.files
        );
        tx.commit().await?;
        for name in &nameless {
            let path = attachments::place(self.attachments_folder(), name);
            match std::fs::remove_file(&path) {
                Err(said) if said.kind() != std::io::ErrorKind::NotFound => {
                    return Err(Error::file(path)(said));
                }
                _ => {}
            }
        }
        let tables: Vec<&str> = HELD.iter().map(|held| held.table).collect();
        erased.overwritten = self.overwrite(&tables).await;
        Ok(erased)
    }

    /// Writes the database anew without its free pages, and empties the log beside it; on PostgreSQL these tables are
    /// vacuumed. `false` where that has to wait.
    pub(crate) async fn overwrite(&self, tables: &[&str]) -> bool {
        match self.engine() {
            Engine::Sqlite { write, .. } => {
                if sqlx::query("vacuum").execute(write).await.is_err() {
                    return false;
                }
                // A page that is being read at this moment holds the log for as long.
                for _ in 0..20 {
                    let emptied: std::result::Result<(i64, i64, i64), _> =
                        sqlx::query_as("pragma wal_checkpoint(truncate)")
                            .fetch_one(write)
                            .await;
                    if matches!(emptied, Ok((0, _, _))) {
                        return true;
                    }
                    tokio::time::sleep(std::time::Duration::from_millis(100)).await;
                }
                false
            }
            Engine::Postgres(pool) => {
                for table in tables {
                    let sql = format!("vacuum {table}");
                    if sqlx::query(AssertSqlSafe(sql)).execute(pool).await.is_err() {
                        return false;
                    }
                }
                true
            }
        }
    }
}

async fn refuse_if_held_up(tx: &mut Tx, agent: &AgentId, id: &CustomerId) -> Result<()> {
    let going: Option<(i64,)> = find_in!(tx, ON_ITS_WAY, id);
    if going.is_some_and(|(count,)| count > 0) {
        return Err(Error::Refused(
            "A reply to them is being handed to the mail server at this moment. Nothing was erased. Try again in a minute."
                .into(),
        ));
    }
    let elsewhere: Option<(i64,)> = find_in!(tx, ELSEWHERE, agent, id);
    if elsewhere.is_some_and(|(count,)| count > 0) {
        return Err(Error::Refused(
            "Conversations with them belong to an inbox that you are not in. Nothing was erased. Ask somebody who is in all of them."
                .into(),
        ));
    }
    Ok(())
}

async fn select<T>(tx: &mut Tx, what: &str, table: &str, id: &CustomerId) -> Result<Vec<T>>
where
    T: for<'r> sqlx::FromRow<'r, sqlx::sqlite::SqliteRow>
        + for<'r> sqlx::FromRow<'r, sqlx::postgres::PgRow>
        + Send
        + Unpin,
{
    let sql = format!("select {what} from {table} where {}", which_of(table));
    Ok(list_in!(tx, AssertSqlSafe(sql.clone()), id))
}
