//! Migrations: forward only, one text for both databases, all of them or none.

use crate::Store;
use crate::engine::{Differs, Engine, On, Tx};
use crate::error::{Error, Result};
use sqlx::AssertSqlSafe;

/// Every migration, the oldest first; a migration's number is its place in this list, from 1.
const MIGRATIONS: &[&str] = &[
    include_str!("../migrations/0001_a_desk.sql"),
    include_str!("../migrations/0002_promises.sql"),
    include_str!("../migrations/0003_facts.sql"),
    include_str!("../migrations/0004_options.sql"),
    include_str!("../migrations/0005_backup.sql"),
    include_str!("../migrations/0006_listening_cards.sql"),
    include_str!("../migrations/0007_customers.sql"),
    include_str!("../migrations/0008_own_rooms.sql"),
    include_str!("../migrations/0010_circle.sql"),
];

/// Two programs that start at once take turns. SQLite's write lock is that turn already.
const TAKE_TURNS: Differs = Differs {
    sqlite: "select 1",
    postgres: "select 1 from pg_advisory_xact_lock(7023881)",
};
const TABLE: &str = "create table if not exists migrations (version bigint primary key)";
const NEWEST: &str = "select coalesce(max(version), 0) from migrations";
const DONE: &str = "insert into migrations (version) values ($1)";

/// What the migrations call by SQLite's name, and its name on PostgreSQL.
const POSTGRES_NAMES: &[(&str, &str)] = &[
    (" integer", " bigint"),
    (" blob", " bytea"),
    (") strict, without rowid", ")"),
    (") strict", ")"),
];

/// The newest schema that this program knows.
pub(crate) fn known() -> i64 {
    MIGRATIONS.len() as i64
}

/// Brings the schema up to date, in one transaction.
pub(crate) async fn to_newest(engine: &Engine) -> Result<()> {
    let mut tx = engine.begin().await?;
    let turns = tx.word(&TAKE_TURNS);
    run!(tx, turns);
    run!(tx, TABLE);
    let found: Option<(i64,)> = find_in!(tx, NEWEST);
    let found = known_or_refused(found.map_or(0, |(version,)| version))?;
    for (version, text) in (1..).zip(MIGRATIONS).skip(found as usize) {
        run_text(&mut tx, text).await?;
        run!(tx, DONE, version as i64);
    }
    tx.commit().await
}

/// Says whether this program knows the schema, and changes nothing.
pub(crate) async fn check(store: &Store) -> Result<()> {
    match found(store).await {
        Err(Error::Database(_)) | Ok(0) => Err(Error::Refused(
            "There is no desk in this database. Name the database of a desk, or start one first."
                .into(),
        )),
        Ok(found) => known_or_refused(found).map(drop),
        Err(other) => Err(other),
    }
}

async fn found(store: &Store) -> Result<i64> {
    let found: Option<(i64,)> = find!(store, NEWEST);
    Ok(found.map_or(0, |(version,)| version))
}

impl Store {
    /// The schema that was found, and the newest that this program knows.
    pub async fn schema(&self) -> Result<(i64, i64)> {
        Ok((found(self).await?, known()))
    }
}

fn known_or_refused(found: i64) -> Result<i64> {
    if found > known() {
        return Err(Error::NewerSchema {
            found,
            known: known(),
        });
    }
    Ok(found)
}

async fn run_text(tx: &mut Tx, text: &'static str) -> Result<()> {
    match &mut tx.on {
        On::Sqlite(db) => {
            sqlx::raw_sql(text).execute(&mut **db).await?;
        }
        On::Postgres(db) => {
            let text = POSTGRES_NAMES
                .iter()
                .fold(text.to_owned(), |text, (lite, pg)| text.replace(lite, pg));
            // The text is one of ours from above, with three words exchanged.
            sqlx::raw_sql(AssertSqlSafe(text))
                .execute(&mut **db)
                .await?;
        }
    }
    Ok(())
}
