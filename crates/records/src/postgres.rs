//! A PostgreSQL server: the one query, in a transaction that may only read.

use crate::limits::CONNECTIONS_MAX;
use crate::question::Question;
use crate::records::Found;
use crate::says::Says;
use crate::settings::{SettingsFault, SourceSettings};
use crate::sql;
use crate::sqlite::words;
use crate::trouble::Trouble;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions, PgRow};
use sqlx::{AssertSqlSafe, ConnectOptions, PgPool, Row};
use std::str::FromStr;
use std::time::Duration;

#[derive(Debug)]
pub(crate) struct Postgres {
    pool: PgPool,
    patience: String,
    statement: String,
    says: Says,
}

impl Postgres {
    pub(crate) fn new(source: &SourceSettings, says: Says) -> Result<Self, SettingsFault> {
        let patience = Duration::from_millis(source.timeout_ms);
        let mut open = PgConnectOptions::from_str(&source.address)
            .map_err(|why| source.fault("address", format!("{why}.")))?
            .application_name("unruffled")
            .disable_statement_logging();
        if let Some(password) = source.secret.reveal() {
            open = open.password(password);
        }
        let pool = PgPoolOptions::new()
            .max_connections(CONNECTIONS_MAX)
            .min_connections(0)
            .acquire_timeout(patience)
            .idle_timeout(Duration::from_secs(60))
            .connect_lazy_with(open);
        let (statement, _) = sql::statement(&source.query, &says, &sql::POSTGRES);
        Ok(Self {
            pool,
            patience: format!("set local statement_timeout = {}", source.timeout_ms),
            statement,
            says,
        })
    }

    pub(crate) async fn ask(&self, questions: &[Question]) -> Result<Vec<Found>, Trouble> {
        let begun = self.pool.begin_with("begin read only").await;
        let mut tx = begun.map_err(|said| Trouble::Down(words(&said)))?;
        let wrong = |said: sqlx::Error| Trouble::Wrong(words(&said));
        // The server, too, stops when nobody waits any longer; a number of ours is all that the text holds.
        sqlx::query(AssertSqlSafe(self.patience.clone()))
            .execute(&mut *tx)
            .await
            .map_err(wrong)?;
        let mut found = Vec::with_capacity(questions.len());
        for question in questions {
            // The query is the settings' own, with its end put on; the value is bound.
            let rows = sqlx::query(AssertSqlSafe(self.statement.clone()))
                .bind(question.value())
                .fetch_all(&mut *tx)
                .await
                .map_err(wrong)?;
            found.push(Found::of(rows.iter().map(|row| self.said(row))));
        }
        drop(tx.rollback().await);
        Ok(found)
    }

    fn said(&self, row: &PgRow) -> String {
        let held: Vec<Option<String>> = (0..self.says.columns().len())
            .map(|at| row.try_get::<Option<String>, _>(at).unwrap_or_default())
            .collect();
        self.says.fill(|at| held[at].as_deref())
    }
}
