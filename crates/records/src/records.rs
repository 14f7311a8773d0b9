//! All sources of a desk, asked at once, each with its own patience.

use crate::csv_file::CsvFile;
use crate::http::Http;
use crate::limits::{ENTRIES_MAX, LOOK_SECONDS, LOOKS_AT_ONCE_MAX, QUESTIONS_MAX};
use crate::mysql::Mysql;
use crate::postgres::Postgres;
use crate::question::{By, Question};
use crate::settings::{Kind, SettingsFault, SourceSettings, check};
use crate::sqlite::Sqlite;
use crate::table::Wanted;
use crate::trouble::Trouble;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

/// Every source that the settings name, in their order.
#[derive(Debug, Clone, Default)]
pub struct Records {
    sources: Arc<Vec<Arc<Source>>>,
}

/// One source.
#[derive(Debug)]
pub struct Source {
    name: String,
    by: Vec<By>,
    absent: String,
    about: Vec<String>,
    patience: Duration,
    places: Semaphore,
    inside: Inside,
}

#[derive(Debug)]
enum Inside {
    Csv(CsvFile),
    Sqlite(Sqlite),
    Postgres(Postgres),
    Mysql(Mysql),
    Http(Http),
}

/// What one question brought.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// The entries in words; none where there are none.
    pub entries: Vec<String>,
    /// There are more than are shown.
    pub more: bool,
}

impl Found {
    pub(crate) fn of(entries: impl Iterator<Item = String>) -> Self {
        let mut entries: Vec<String> = entries.take(ENTRIES_MAX + 1).collect();
        let more = entries.len() > ENTRIES_MAX;
        entries.truncate(ENTRIES_MAX);
        Self { entries, more }
    }
}

/// What a source said to everything it was asked.
#[derive(Debug)]
pub struct Answer {
    /// Its place among [`Records::sources`].
    pub source: usize,
    /// How long it took.
    pub took: Duration,
    /// What each question brought, in the order in which they were asked; or why there is no answer.
    pub found: Result<Vec<(Question, Found)>, Trouble>,
}

impl Records {
    /// Sets all of them up. Nobody is asked yet: a source that is down is no reason not to start.
    pub fn open(settings: &[SourceSettings]) -> Result<Self, SettingsFault> {
        check(settings)?;
        let sources: Result<Vec<_>, _> = settings
            .iter()
            .map(|one| Source::new(one).map(Arc::new))
            .collect();
        Ok(Self {
            sources: Arc::new(sources?),
        })
    }

    /// The sources, in the order of the settings.
    pub fn sources(&self) -> &[Arc<Source>] {
        &self.sources
    }

    /// Asks every source what it can be asked, all at once. Answers come as they come; dropping the set ends the waiting.
    pub fn ask(&self, questions: &[Question]) -> JoinSet<Answer> {
        let mut asked = JoinSet::new();
        for (at, source) in self.sources.iter().enumerate() {
            let own = source.answerable(questions);
            if own.is_empty() {
                continue;
            }
            let source = Arc::clone(source);
            asked.spawn(async move {
                let begun = Instant::now();
                let found = source.ask(own).await;
                Answer {
                    source: at,
                    took: begun.elapsed(),
                    found,
                }
            });
        }
        asked
    }

    /// Watches the CSV files and reads those again that changed, for ever.
    pub async fn watch(&self) {
        loop {
            self.look().await;
            tokio::time::sleep(Duration::from_secs(LOOK_SECONDS)).await;
        }
    }

    /// Reads the CSV files that changed since they were read last.
    pub async fn look(&self) {
        for source in self.sources.iter() {
            if let Inside::Csv(file) = &source.inside {
                file.look().await;
            }
        }
    }

    /// What is wrong with the files as they lie there now, each a sentence with file and line.
    pub fn faults(&self) -> Vec<String> {
        let fault = |source: &Arc<Source>| {
            let Inside::Csv(file) = &source.inside else {
                return None;
            };
            let (fault, has_old) = file.fault()?;
            let safe = if has_old {
                "What was read before stays in force."
            } else {
                "Nothing of it is known until it is put right."
            };
            Some(format!(
                "{}: {}. {safe}",
                source.name,
                fault.trim_end_matches('.')
            ))
        };
        self.sources.iter().filter_map(fault).collect()
    }
}

impl Source {
    fn new(settings: &SourceSettings) -> Result<Self, SettingsFault> {
        let says = settings.sentence()?;
        let patience = Duration::from_millis(settings.timeout_ms);
        let inside = match settings.kind {
            Kind::Csv => {
                let key = |by: &By| (*by, settings.column(*by).to_owned());
                let keys = settings.by.iter().map(key).collect();
                Inside::Csv(CsvFile::new(&settings.file, Wanted { keys, says }))
            }
            Kind::Sqlite => {
                Inside::Sqlite(Sqlite::new(&settings.file, &settings.query, says, patience))
            }
            Kind::Postgres => Inside::Postgres(Postgres::new(settings, says)?),
            Kind::Mysql => Inside::Mysql(Mysql::new(settings, says)?),
            Kind::Http => Inside::Http(Http::new(settings, says)?),
        };
        Ok(Self {
            name: settings.name.trim().to_owned(),
            by: settings.by.clone(),
            absent: settings.absent.trim().to_owned(),
            about: settings
                .about
                .iter()
                .map(|words| words.trim().to_lowercase())
                .collect(),
            patience,
            places: Semaphore::new(LOOKS_AT_ONCE_MAX),
            inside,
        })
    }

    /// As people say it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it means that nothing was found; empty where it means nothing.
    pub fn absent(&self) -> &str {
        &self.absent
    }

    /// Words of a letter that are about this source, lower-case.
    pub fn about(&self) -> &[String] {
        &self.about
    }

    /// What it can be looked up by.
    pub fn by(&self) -> &[By] {
        &self.by
    }

    fn answerable(&self, questions: &[Question]) -> Vec<Question> {
        let own = questions
            .iter()
            .filter(|question| self.by.contains(&question.by));
        own.take(QUESTIONS_MAX).cloned().collect()
    }

    async fn ask(&self, questions: Vec<Question>) -> Result<Vec<(Question, Found)>, Trouble> {
        let asking = async {
            // Closed never; an error would only mean that nobody is left to ask.
            let _place = self.places.acquire().await;
            match &self.inside {
                Inside::Csv(file) => file.ask(&questions).await,
                Inside::Sqlite(file) => file.ask(&questions).await,
                Inside::Postgres(server) => server.ask(&questions).await,
                Inside::Mysql(server) => server.ask(&questions).await,
                Inside::Http(endpoint) => endpoint.ask(&questions).await,
            }
        };
        let found = tokio::time::timeout(self.patience, asking)
            .await
            .unwrap_or(Err(Trouble::Slow(self.patience)))?;
        Ok(questions.into_iter().zip(found).collect())
    }
}
