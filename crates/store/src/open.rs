//! Opening a desk's database and the folder of its attachments.

use crate::engine::{Engine, Tx};
use crate::error::{Error, Result};
use crate::limits::{BUSY_WAIT, POSTGRES_CONNECTIONS_MAX, SQLITE_CACHE_KIB};
use crate::{Time, migrate};
use sqlx::Connection;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

/// A desk's database and its folder of attachments. Clones share the same connections.
#[derive(Clone, Debug)]
pub struct Store {
    engine: Engine,
    attachments: Arc<Path>,
    /// Held to read from laying files down until their rows name them; held to write while files are taken away.
    laying: Arc<tokio::sync::RwLock<()>>,
}

/// Whether opening may create and change.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Manner {
    CreateAndMigrate,
    AsItIs,
}

impl Store {
    /// Opens `place`, a file of SQLite or a `postgres://` address, creates it when it is not there,
    /// and brings its schema up to date.
    pub async fn open(place: &str, attachments: impl Into<PathBuf>) -> Result<Self> {
        let store = Self::connect(place, attachments.into(), Manner::CreateAndMigrate).await?;
        migrate::to_newest(&store.engine).await?;
        Ok(store)
    }

    /// Opens a desk that is there already without changing its schema, so that a newer program can
    /// back up what an older one is running.
    pub async fn open_as_it_is(place: &str, attachments: impl Into<PathBuf>) -> Result<Self> {
        let store = Self::connect(place, attachments.into(), Manner::AsItIs).await?;
        migrate::check(&store).await?;
        Ok(store)
    }

    async fn connect(place: &str, attachments: PathBuf, manner: Manner) -> Result<Self> {
        let engine = if place.starts_with("postgres://") || place.starts_with("postgresql://") {
            postgres(place).await?
        } else {
            sqlite(
                Path::new(place.strip_prefix("sqlite://").unwrap_or(place)),
                manner,
            )
            .await?
        };
        if manner == Manner::CreateAndMigrate {
            private_folder(&attachments)?;
        }
        Ok(Self {
            engine,
            attachments: attachments.into(),
            laying: Arc::default(),
        })
    }

    /// The time now, in microseconds UTC.
    pub fn now() -> Time {
        SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .map_or(0, |since| {
                i64::try_from(since.as_micros()).unwrap_or(i64::MAX)
            })
    }

    /// Waits for what is under way and closes every connection.
    pub async fn close(&self) {
        match &self.engine {
            Engine::Sqlite { read, write } => {
                read.close().await;
                write.close().await;
            }
            Engine::Postgres(pool) => pool.close().await,
        }
    }

    /// Whether a commit waits for the disk. It does, except while a desk is filled that could be
    /// filled again, such as the demo's; there it would be most of the time. PostgreSQL always waits.
    pub async fn wait_for_disk(&self, wait: bool) -> Result<()> {
        if let Engine::Sqlite { write, .. } = &self.engine {
            let word = if wait {
                "pragma synchronous = full"
            } else {
                "pragma synchronous = off"
            };
            sqlx::query(word).execute(write).await?;
        }
        Ok(())
    }

    /// Asks the database for a sign of life.
    pub async fn is_well(&self) -> Result<()> {
        let _: Option<(i64,)> = find!(self, "select max(version) from migrations");
        Ok(())
    }

    /// The folder in which the attachments lie.
    pub fn attachments_folder(&self) -> &Path {
        &self.attachments
    }

    pub(crate) fn laying(&self) -> &tokio::sync::RwLock<()> {
        &self.laying
    }

    pub(crate) fn engine(&self) -> &Engine {
        &self.engine
    }

    pub(crate) async fn begin(&self) -> Result<Tx> {
        self.engine.begin().await
    }
}

/// One connection that writes and as many that read as there are cores: more only quarrel.
async fn sqlite(path: &Path, manner: Manner) -> Result<Engine> {
    let what = path.display().to_string();
    if manner == Manner::CreateAndMigrate {
        private_file(path)?;
    }
    let open = SqliteConnectOptions::new()
        .filename(path)
        .busy_timeout(BUSY_WAIT)
        .foreign_keys(true)
        .pragma("cache_size", (-SQLITE_CACHE_KIB).to_string())
        .pragma("temp_store", "memory");
    // FULL: after a commit the letter is on the disk, whatever happens to the machine.
    let writing = open
        .clone()
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        // What is deleted is overwritten: a draft that was sent, and whatever of a customer is erased.
        .pragma("secure_delete", "on");
    let write = SqlitePoolOptions::new()
        .max_connections(1)
        .min_connections(1)
        .idle_timeout(None)
        .max_lifetime(None)
        .acquire_timeout(BUSY_WAIT)
        .test_before_acquire(false)
        // On a full disk SQLite ends the transaction by itself and the driver does not notice: it
        // would refuse every later one. Such a connection is closed, and the next one is new.
        .after_release(|connection, _| {
            Box::pin(async move {
                connection.ping().await?;
                Ok(!connection.is_in_transaction())
            })
        })
        .connect_with(writing)
        .await
        .map_err(|said| Error::opening(&what, said))?;
    let cores =
        std::thread::available_parallelism().map_or(2, |cores| cores.get().clamp(2, 8)) as u32;
    let read = SqlitePoolOptions::new()
        .max_connections(cores)
        .min_connections(1)
        .acquire_timeout(BUSY_WAIT)
        .test_before_acquire(false)
        .connect_with(open.read_only(true))
        .await
        .map_err(|said| Error::opening(&what, said))?;
    Ok(Engine::Sqlite { read, write })
}

async fn postgres(address: &str) -> Result<Engine> {
    let what = without_secret(address);
    let open = PgConnectOptions::from_str(address).map_err(|said| Error::opening(&what, said))?;
    let pool = PgPoolOptions::new()
        .max_connections(POSTGRES_CONNECTIONS_MAX)
        .acquire_timeout(BUSY_WAIT)
        .connect_with(open)
        .await
        .map_err(|said| match said {
            // Here nobody is busy: nobody answered.
            sqlx::Error::PoolTimedOut => Error::Unreachable {
                what: what.clone(),
                source: Box::new(said),
            },
            said => Error::opening(&what, said),
        })?;
    Ok(Engine::Postgres(pool))
}

/// The address up to the user and from the host on.
fn without_secret(address: &str) -> String {
    let plain = address.split(['?', '#']).next().unwrap_or_default();
    match (plain.split_once("://"), plain.rsplit_once('@')) {
        (Some((scheme, _)), Some((_, host))) => format!("{scheme}://{host}"),
        _ => plain.to_owned(),
    }
}

/// Makes an empty file that only its owner reads, unless there is one.
fn private_file(path: &Path) -> Result<()> {
    match new_private_file(path) {
        Err(said) if said.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        done => done.map_err(Error::file(path)),
    }
}

/// Makes an empty file that only its owner reads; an error if there is one.
pub(crate) fn new_private_file(path: &Path) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop)
}

/// Waits until a new name in this file's folder is on the disk.
pub(crate) fn sync_folder_of(path: &Path) -> Result<()> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    std::fs::File::open(folder)
        .and_then(|folder| folder.sync_all())
        .map_err(Error::file(folder))
}

/// Makes a folder that only its owner reads, unless there is one.
pub(crate) fn private_folder(path: &Path) -> Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path).map_err(Error::file(path))
}
