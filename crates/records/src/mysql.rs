//! A MySQL or MariaDB server: the one query, in a transaction that may only read.

use crate::limits::CONNECTIONS_MAX;
use crate::question::Question;
use crate::records::Found;
use crate::says::Says;
use crate::settings::{SettingsFault, SourceSettings};
use crate::sql;
use crate::sqlite::words;
use crate::trouble::Trouble;
use sqlx::mysql::{MySqlConnectOptions, MySqlPoolOptions, MySqlRow};
use sqlx::{AssertSqlSafe, ConnectOptions, Executor, MySqlPool, Row};
use std::str::FromStr;
use std::time::Duration;

#[derive(Debug)]
pub(crate) struct Mysql {
    pool: MySqlPool,
    statement: String,
    binds: usize,
    says: Says,
}

impl Mysql {
    pub(crate) fn new(source: &SourceSettings, says: Says) -> Result<Self, SettingsFault> {
        let patience = Duration::from_millis(source.timeout_ms);
        let mut open = MySqlConnectOptions::from_str(&source.address)
            .map_err(|why| source.fault("address", format!("{why}.")))?
            .disable_statement_logging();
        if let Some(password) = source.secret.reveal() {
            open = open.password(password);
        }
        let ms = source.timeout_ms;
        let pool = MySqlPoolOptions::new()
            .max_connections(CONNECTIONS_MAX)
            .min_connections(0)
            .acquire_timeout(patience)
            .idle_timeout(Duration::from_secs(60))
            .after_connect(move |db, _| {
                Box::pin(async move {
                    // Each of the two kinds of server knows one of these; whoever knows neither is stopped by us.
                    let maria = format!(
                        "set session max_statement_time = {}.{:03}",
                        ms / 1000,
                        ms % 1000
                    );
                    if db.execute(AssertSqlSafe(maria)).await.is_err() {
                        let mysql = format!("set session max_execution_time = {ms}");
                        drop(db.execute(AssertSqlSafe(mysql)).await);
                    }
                    Ok(())
                })
            })
            .connect_lazy_with(open);
        let (statement, binds) = sql::statement(&source.query, &says, &sql::MYSQL);
        Ok(Self {
            pool,
            statement,
            binds,
            says,
        })
    }

    pub(crate) async fn ask(&self, questions: &[Question]) -> Result<Vec<Found>, Trouble> {
        let begun = self.pool.begin_with("start transaction read only").await;
        let mut tx = begun.map_err(|said| Trouble::Down(words(&said)))?;
        let mut found = Vec::with_capacity(questions.len());
        for question in questions {
            // The query is the settings' own, with its end put on; the value is bound.
            let mut query = sqlx::query(AssertSqlSafe(self.statement.clone()));
            for _ in 0..self.binds {
                query = query.bind(question.value());
            }
            let rows = query
                .fetch_all(&mut *tx)
                .await
                .map_err(|said| Trouble::Wrong(words(&said)))?;
            found.push(Found::of(rows.iter().map(|row| self.said(row))));
        }
        drop(tx.rollback().await);
        Ok(found)
    }

    fn said(&self, row: &MySqlRow) -> String {
        let held: Vec<Option<String>> = (0..self.says.columns().len())
            .map(|at| row.try_get::<Option<String>, _>(at).unwrap_or_default())
            .collect();
        self.says.fill(|at| held[at].as_deref())
    }
}
