//! A SQLite file, opened anew for each look: whoever replaced it in the meantime is seen.

use crate::limits::SQLITE_STEPS;
use crate::question::Question;
use crate::records::Found;
use crate::says::Says;
use crate::sql;
use crate::trouble::Trouble;
use sqlx::sqlite::{SqliteConnectOptions, SqliteRow};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Row, SqliteConnection};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

#[derive(Debug)]
pub(crate) struct Sqlite {
    file: PathBuf,
    statement: String,
    columns: usize,
    says: Says,
    patience: Duration,
}

impl Sqlite {
    pub(crate) fn new(file: &Path, query: &str, says: Says, patience: Duration) -> Self {
        let (statement, _) = sql::statement(query, &says, &sql::SQLITE);
        Self {
            file: file.to_owned(),
            statement,
            columns: says.columns().len(),
            says,
            patience,
        }
    }

    pub(crate) async fn ask(&self, questions: &[Question]) -> Result<Vec<Found>, Trouble> {
        let mut db = self.open().await.map_err(|said| self.down(&said))?;
        let asked = self.ask_all(&mut db, questions).await;
        drop(db.close().await);
        asked.map_err(|said| self.wrong(&said))
    }

    async fn open(&self) -> Result<SqliteConnection, sqlx::Error> {
        let mut db = SqliteConnectOptions::new()
            .filename(&self.file)
            .read_only(true)
            .create_if_missing(false)
            .busy_timeout(self.patience)
            .pragma("query_only", "on")
            .disable_statement_logging()
            .connect()
            .await?;
        // The thread that works on a query would go on after everybody has stopped waiting for it.
        let until = Instant::now() + self.patience;
        let mut handle = db.lock_handle().await?;
        handle.set_progress_handler(SQLITE_STEPS, move || Instant::now() < until);
        drop(handle);
        Ok(db)
    }

    async fn ask_all(
        &self,
        db: &mut SqliteConnection,
        questions: &[Question],
    ) -> Result<Vec<Found>, sqlx::Error> {
        let mut found = Vec::with_capacity(questions.len());
        for question in questions {
            // The query is the settings' own, with its end put on; the value is bound.
            let rows = sqlx::query(AssertSqlSafe(self.statement.clone()))
                .bind(question.value())
                .fetch_all(&mut *db)
                .await?;
            found.push(Found::of(rows.iter().map(|row| self.said(row))));
        }
        Ok(found)
    }

    fn said(&self, row: &SqliteRow) -> String {
        let held: Vec<Option<String>> = (0..self.columns)
            .map(|at| row.try_get::<Option<String>, _>(at).unwrap_or_default())
            .collect();
        self.says.fill(|at| held[at].as_deref())
    }

    fn wrong(&self, said: &sqlx::Error) -> Trouble {
        match words(said) {
            // Our own handler stopped it.
            stopped if stopped == "interrupted" => Trouble::Slow(self.patience),
            said => Trouble::Wrong(said),
        }
    }

    fn down(&self, said: &sqlx::Error) -> Trouble {
        Trouble::Down(format!("{}: {}", self.file.display(), words(said)))
    }
}

/// What the database itself said, without the driver's words around it.
pub(crate) fn words(said: &sqlx::Error) -> String {
    match said {
        sqlx::Error::Database(inner) => inner.message().to_owned(),
        sqlx::Error::Io(inner) => inner.to_string(),
        sqlx::Error::PoolTimedOut => "no connection became free".to_owned(),
        other => other.to_string(),
    }
}
