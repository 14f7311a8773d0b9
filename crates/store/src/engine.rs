//! The two databases behind one text: connections, transactions, and the few words that differ.

use crate::error::Result;
use sqlx::{PgPool, Postgres, Sqlite, SqlitePool, Transaction};

/// Where the statements go.
#[derive(Clone, Debug)]
pub(crate) enum Engine {
    /// One file. One connection writes, so that writers queue in order instead of colliding.
    Sqlite { read: SqlitePool, write: SqlitePool },
    /// A server.
    Postgres(PgPool),
}

/// A transaction that may write. Dropped without [`Tx::commit`], it leaves no trace.
pub(crate) struct Tx {
    pub(crate) on: On,
}

/// Which database a transaction is on.
pub(crate) enum On {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

/// A word or statement that must differ between the two.
pub(crate) struct Differs {
    pub sqlite: &'static str,
    pub postgres: &'static str,
}

/// Reads at most one row: `find!(store, SQL, binds…)` gives an `Option`.
macro_rules! find {
    ($store:expr, $sql:expr $(, $bind:expr)* $(,)?) => {
        match $store.engine() {
            $crate::engine::Engine::Sqlite { read: db, .. } => sqlx::query_as($sql)$(.bind($bind))*.fetch_optional(db).await?,
            $crate::engine::Engine::Postgres(db) => sqlx::query_as($sql)$(.bind($bind))*.fetch_optional(db).await?,
        }
    };
}

/// Reads rows: `list!(store, SQL, binds…)` gives a `Vec`.
macro_rules! list {
    ($store:expr, $sql:expr $(, $bind:expr)* $(,)?) => {
        match $store.engine() {
            $crate::engine::Engine::Sqlite { read: db, .. } => sqlx::query_as($sql)$(.bind($bind))*.fetch_all(db).await?,
            $crate::engine::Engine::Postgres(db) => sqlx::query_as($sql)$(.bind($bind))*.fetch_all(db).await?,
        }
    };
}

/// Like `find!`, within a transaction.
macro_rules! find_in {
    ($tx:expr, $sql:expr $(, $bind:expr)* $(,)?) => {
        match &mut $tx.on {
            $crate::engine::On::Sqlite(db) => sqlx::query_as($sql)$(.bind($bind))*.fetch_optional(&mut **db).await?,
            $crate::engine::On::Postgres(db) => sqlx::query_as($sql)$(.bind($bind))*.fetch_optional(&mut **db).await?,
        }
    };
}

/// Like `list!`, within a transaction.
macro_rules! list_in {
    ($tx:expr, $sql:expr $(, $bind:expr)* $(,)?) => {
        match &mut $tx.on {
            $crate::engine::On::Sqlite(db) => sqlx::query_as($sql)$(.bind($bind))*.fetch_all(&mut **db).await?,
            $crate::engine::On::Postgres(db) => sqlx::query_as($sql)$(.bind($bind))*.fetch_all(&mut **db).await?,
        }
    };
}

/// Writes within a transaction and gives back what the driver said: how many rows, or a refusal.
macro_rules! try_run {
    ($tx:expr, $sql:expr $(, $bind:expr)* $(,)?) => {
        match &mut $tx.on {
            $crate::engine::On::Sqlite(db) => {
                sqlx::query($sql)$(.bind($bind))*.execute(&mut **db).await.map(|done| done.rows_affected())
            }
            $crate::engine::On::Postgres(db) => {
                sqlx::query($sql)$(.bind($bind))*.execute(&mut **db).await.map(|done| done.rows_affected())
            }
        }
    };
}

/// Writes within a transaction: `run!(tx, SQL, binds…)` gives how many rows changed.
macro_rules! run {
    ($($tokens:tt)*) => {
        try_run!($($tokens)*)?
    };
}

impl Engine {
    /// Opens a transaction that may write. SQLite takes its write lock at once: a lock that is
    /// asked for in the middle is refused at once instead of waited for.
    pub async fn begin(&self) -> Result<Tx> {
        let on = match self {
            Self::Sqlite { write, .. } => On::Sqlite(write.begin_with("begin immediate").await?),
            Self::Postgres(pool) => On::Postgres(pool.begin().await?),
        };
        Ok(Tx { on })
    }
}

impl Tx {
    /// Makes everything that was written lasting.
    pub(crate) async fn commit(self) -> Result<()> {
        match self.on {
            On::Sqlite(tx) => tx.commit().await?,
            On::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }

    /// Chooses between the words of the two.
    pub(crate) fn word(&self, words: &Differs) -> &'static str {
        match self.on {
            On::Sqlite(_) => words.sqlite,
            On::Postgres(_) => words.postgres,
        }
    }
}
