//! What can go wrong in the store, as few things as a caller can act on.

use std::path::PathBuf;

/// The store's results.
pub type Result<T> = std::result::Result<T, Error>;

/// A failure of the store. The words are safe to show to an operator: they hold no customer's words.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No room on the disk. The transaction was rolled back as a whole.
    #[error(
        "The disk of the database is full. What was kept before is safe; this was not kept. Make room and try again."
    )]
    DiskFull,
    /// Another process holds the database, or every connection is busy.
    #[error("The database is busy. Nothing was changed. Try again in a moment.")]
    Locked,
    /// The file is there and is something else, or is damaged.
    #[error(
        "{what} is not a readable Unruffled database. It was left as it is. Restore a backup, or name another file."
    )]
    NotADatabase {
        /// The file, or the address without its password.
        what: String,
    },
    /// The database was made by a newer program.
    #[error(
        "The database has schema {found}; this program knows schemas up to {known}. Nothing was changed. Use the newer program."
    )]
    NewerSchema {
        /// The newest migration that the database has seen.
        found: i64,
        /// The newest migration that this program knows.
        known: i64,
    },
    /// The database cannot be reached or opened.
    #[error("The database {what} could not be opened: {source}")]
    Unreachable {
        /// The file, or the address without its password.
        what: String,
        /// What the driver said.
        source: Box<sqlx::Error>,
    },
    /// A file or folder of the desk could not be read or written.
    #[error("{path}: {source}", path = path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A backup or restore that was refused; the sentence says why and what to do.
    #[error("{0}")]
    Refused(String),
    /// Something that must be unique is taken already, such as a login.
    #[error("The {0} is taken already.")]
    Taken(&'static str),
    /// What the verb was to act on is not there (any more).
    #[error("There is no such {0}.")]
    Missing(&'static str),
    /// Anything else that the database said.
    #[error("The database refused a statement: {0}")]
    Database(Box<sqlx::Error>),
}

impl From<sqlx::Error> for Error {
    fn from(source: sqlx::Error) -> Self {
        match Ailment::of(&source) {
            Ailment::Full => Self::DiskFull,
            Ailment::Busy => Self::Locked,
            Ailment::NotADatabase => Self::NotADatabase {
                what: "The file".into(),
            },
            Ailment::Other => Self::Database(Box::new(source)),
        }
    }
}

impl Error {
    /// The same, told while opening `what`.
    pub(crate) fn opening(what: &str, source: sqlx::Error) -> Self {
        match Ailment::of(&source) {
            Ailment::Full => Self::DiskFull,
            Ailment::Busy => Self::Locked,
            Ailment::NotADatabase => Self::NotADatabase { what: what.into() },
            Ailment::Other => Self::Unreachable {
                what: what.into(),
                source: Box::new(source),
            },
        }
    }

    /// Wraps a failure of the file system; a full disk is a full disk wherever it shows.
    pub(crate) fn file(path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Self {
        move |source| match source.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => Self::DiskFull,
            _ => Self::File {
                path: path.into(),
                source,
            },
        }
    }

    /// Whether a unique constraint refused the row.
    pub(crate) fn is_taken(source: &sqlx::Error) -> bool {
        matches!(source, sqlx::Error::Database(said) if said.is_unique_violation())
    }
}

enum Ailment {
    Full,
    Busy,
    NotADatabase,
    Other,
}

impl Ailment {
    /// SQLite gives extended result codes as decimal text, PostgreSQL gives five-character states.
    fn of(source: &sqlx::Error) -> Self {
        let said = match source {
            sqlx::Error::PoolTimedOut => return Self::Busy,
            sqlx::Error::Database(said) => said,
            _ => return Self::Other,
        };
        let code = said.code().unwrap_or_default();
        if said
            .try_downcast_ref::<sqlx::sqlite::SqliteError>()
            .is_none()
        {
            return match &*code {
                "53100" => Self::Full,
                "55P03" | "40001" | "40P01" | "53300" => Self::Busy,
                _ => Self::Other,
            };
        }
        match code.parse::<i64>().map(|code| code & 0xff) {
            Ok(13) => Self::Full,
            Ok(5 | 6) => Self::Busy,
            Ok(11 | 26) => Self::NotADatabase,
            _ => Self::Other,
        }
    }
}
