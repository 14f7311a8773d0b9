//! Holdings: all that is held about one customer, table by table, counted and written out.
//!
//! The list below is the only one: the page counts by it, the export is made from it, and [`crate::erasing`] deletes by it.
//! A test compares it with the schema, so that a new table with somebody's words in it cannot be forgotten.

use crate::engine::{Engine, Tx};
use crate::{AgentId, CustomerId, Result, Store};
use serde_json::Value;
use sqlx::AssertSqlSafe;
use std::collections::BTreeMap;

/// The customer's conversations.
macro_rules! theirs {
    () => {
        "(select id from conversations where customer_id = $1)"
    };
}
/// Messages of theirs: those of their conversations, and what they wrote into somebody else's.
macro_rules! their_messages {
    () => {
        "(conversation_id in (select id from conversations where customer_id = $1)
            or (direction = 'in' and lower(from_address) in (select address from customer_addresses where customer_id = $1)))"
    };
}
macro_rules! their_calls {
    () => {
        "(customer_id = $1 or (customer_id is null and tail <> ''
            and tail in (select tail from customer_phones where customer_id = $1)))"
    };
}

/// Rows of a table that are about one customer.
pub(crate) struct Held {
    pub table: &'static str,
    /// What they are, in words; several tables may be one thing to a person.
    pub says: &'static str,
    /// Which rows, `$1` being the customer's id.
    pub which: &'static str,
}

const fn held(table: &'static str, says: &'static str, which: &'static str) -> Held {
    Held { table, says, which }
}

const OF_CONVERSATION: &str = concat!("conversation_id in ", theirs!());

/// In the order in which they can be deleted: what points at something goes before it.
pub(crate) const HELD: &[Held] = &[
    held(
        "jobs",
        "work that is still to be done about them",
        concat!(
            "(kind = 'parse' and payload in (select raw_id from messages where raw_id is not null and ",
            their_messages!(),
            ")) or (kind = 'send' and exists (select 1 from outbox o where jobs.payload like o.id || ':%'
                and o.conversation_id in ",
            theirs!(),
            ")) or exists (select 1 from conversations c where c.customer_id = $1 and jobs.payload like c.id || ' %')
                or (kind = 'promise' and payload in (select id from promises where conversation_id in ",
            theirs!(),
            "))"
        ),
    ),
    held(
        "timed_replies",
        "replies with a time of their own",
        concat!("outbox_id in (select id from outbox where conversation_id in ", theirs!(), ")"),
    ),
    held("outbox", "replies as they went out", OF_CONVERSATION),
    held("drafts", "unsent drafts, which only their author can read", OF_CONVERSATION),
    held(
        "attachments",
        "files that came with letters",
        concat!(
            "exists (select 1 from messages m where m.conversation_id = attachments.conversation_id
                and m.id = attachments.message_id and m.id in (select id from messages where ",
            their_messages!(),
            "))"
        ),
    ),
    held(
        "message_ids",
        "the letters’ own numbers",
        concat!("id in (select id from messages where ", their_messages!(), ")"),
    ),
    held(
        "joined_conversations",
        "notes of which conversations are one matter",
        concat!("conversation_id in ", theirs!(), " or other_id in ", theirs!()),
    ),
    held(
        "promise_moves",
        "promises that were moved",
        concat!("promise_id in (select id from promises where conversation_id in ", theirs!(), ")"),
    ),
    held("promises", "promises", OF_CONVERSATION),
    held("whispers", "words between two colleagues about them", OF_CONVERSATION),
    held("calls", "colleagues called in", OF_CONVERSATION),
    held("fact_checks", "facts that were looked up by hand", OF_CONVERSATION),
    held("fact_troubles", "sources that did not answer", OF_CONVERSATION),
    held("facts", "facts beside what they say", OF_CONVERSATION),
    held("option_uses", "options that were offered", OF_CONVERSATION),
    held("option_nods", "nods that were asked for", OF_CONVERSATION),
    held("listening_cards", "cards of what was said", OF_CONVERSATION),
    held(
        "knocks",
        "times that they came or rang",
        concat!(
            "customer_id = $1 or conversation_id in ",
            theirs!(),
            " or call_row in (select id from phone_calls where ",
            their_calls!(),
            ")"
        ),
    ),
    held("phone_calls", "telephone calls", their_calls!()),
    held("messages", "letters, replies and notes", their_messages!()),
    held(
        "raws",
        "letters as they arrived",
        concat!(
            "conversation_id in ",
            theirs!(),
            " or message_id in (select id from messages where ",
            their_messages!(),
            ")"
        ),
    ),
    held("conversations", "conversations", "customer_id = $1"),
    held("customer_addresses", "addresses", "customer_id = $1"),
    held("customer_phones", "telephone numbers", "customer_id = $1"),
    held("customers", "their name and what they say of themselves", "id = $1"),
];

/// How much is held about somebody.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Holdings {
    /// What it is, in words, and how many; what there is none of is left out.
    pub counted: Vec<(&'static str, i64)>,
    /// How many conversations with them belong to inboxes of others.
    pub elsewhere: i64,
}

/// A letter as it arrived, for the export.
#[derive(sqlx::FromRow)]
pub struct HeldLetter {
    /// The id of its bytes.
    pub id: crate::RawId,
    /// The bytes.
    pub bytes: Vec<u8>,
}

const ELSEWHERE: &str = "select count(*) from conversations where customer_id = $2
    and inbox_id not in (select inbox_id from inbox_members where agent_id = $1)";
const MAY_SEE: &str = "select count(*) from customers u where u.id = $2
    and (not exists (select 1 from conversations c where c.customer_id = u.id)
        or exists (select 1 from conversations c where c.customer_id = u.id
            and c.inbox_id in (select inbox_id from inbox_members where agent_id = $1)))";
const COLUMNS: &str = "select name, type from pragma_table_info($1) order by cid";

impl Store {
    /// Whether this agent may see the customer: some conversation of theirs is in an inbox of the agent's, or there is none.
    pub async fn may_see_customer(&self, agent: &AgentId, id: &CustomerId) -> Result<bool> {
        let found: Option<(i64,)> = find!(self, MAY_SEE, agent, id);
        Ok(found.is_some_and(|(count,)| count > 0))
    }

    /// How much is held about a customer.
    pub async fn holdings(&self, agent: &AgentId, id: &CustomerId) -> Result<Holdings> {
        let mut counted = Vec::new();
        for held in HELD {
            let sql = format!("select count(*) from {} where {}", held.table, held.which);
            let found: Option<(i64,)> = find!(self, AssertSqlSafe(sql), id);
            match found {
                Some((count,)) if count > 0 => counted.push((held.says, count)),
                _ => {}
            }
        }
        Ok(Holdings {
            counted,
            elsewhere: self.elsewhere(agent, id).await?,
        })
    }

    /// How many conversations with a customer belong to inboxes that this agent is not in.
    pub async fn elsewhere(&self, agent: &AgentId, id: &CustomerId) -> Result<i64> {
        let found: Option<(i64,)> = find!(self, ELSEWHERE, agent, id);
        Ok(found.map_or(0, |(count,)| count))
    }

    /// Every row that is about a customer, table by table, as JSON. Bytes are told by their number: the letters
    /// themselves are given by [`Store::held_letters`], and a sealed draft can be read by its author alone.
    pub async fn held_rows(&self, id: &CustomerId) -> Result<BTreeMap<&'static str, Vec<Value>>> {
        let mut all = BTreeMap::new();
        for held in HELD {
            let rows = self.rows_of(held, id).await?;
            if !rows.is_empty() {
                all.insert(held.table, rows);
            }
        }
        Ok(all)
    }

    async fn rows_of(&self, held: &Held, id: &CustomerId) -> Result<Vec<Value>> {
        let (table, which) = (held.table, held.which);
        let sql = match self.engine() {
            Engine::Sqlite { read, .. } => {
                let columns: Vec<(String, String)> =
                    sqlx::query_as(COLUMNS).bind(table).fetch_all(read).await?;
                let pairs: Vec<String> = columns
                    .iter()
                    .map(|(name, kind)| match kind.to_lowercase().as_str() {
                        "blob" => format!("'{name}', length({name})"),
                        _ => format!("'{name}', {name}"),
                    })
                    .collect();
                format!(
                    "select json_object({}) from {table} where {which}",
                    pairs.join(", ")
                )
            }
            // The names of our own columns that hold bytes.
            Engine::Postgres(_) => format!(
                "select (to_jsonb({table}) - 'bytes' - 'eml' - 'sealed')::text from {table} where {which}"
            ),
        };
        let rows: Vec<(String,)> = list!(self, AssertSqlSafe(sql), id);
        Ok(rows
            .into_iter()
            .filter_map(|(json,)| serde_json::from_str(&json).ok())
            .collect())
    }

    /// The letters of a customer as they arrived, as many as fit into `bytes_max`, and how many did not.
    pub async fn held_letters(
        &self,
        id: &CustomerId,
        bytes_max: i64,
    ) -> Result<(Vec<HeldLetter>, i64)> {
        let which = which_of("raws");
        let sql = format!("select id, size from raws where {which} order by received_at, id");
        let sizes: Vec<(crate::RawId, i64)> = list!(self, AssertSqlSafe(sql), id);
        let (mut letters, mut left_out, mut room) = (Vec::new(), 0, bytes_max);
        for (raw, size) in sizes {
            if size > room {
                left_out += 1;
                continue;
            }
            room -= size;
            let letter: Option<HeldLetter> =
                find!(self, "select id, bytes from raws where id = $1", &raw);
            letters.extend(letter);
        }
        Ok((letters, left_out))
    }
}

/// Which rows of this table are about the customer.
pub(crate) fn which_of(table: &str) -> &'static str {
    HELD.iter()
        .find(|held| held.table == table)
        .map_or("false", |held| held.which)
}

/// Deletes a customer's rows of one table.
pub(crate) async fn delete(tx: &mut Tx, table: &str, id: &CustomerId) -> Result<u64> {
    let sql = format!("delete from {table} where {}", which_of(table));
    Ok(run!(tx, AssertSqlSafe(sql.clone()), id))
}
