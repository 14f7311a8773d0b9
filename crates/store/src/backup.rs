//! Backup: the whole desk in one file, while it runs.
//!
//! The file is a plain tar: `unruffled-backup` (one line of text), `desk.sqlite`, and
//! `attachments/…`. Drafts and keys in it are as sealed as they are in the database.

use crate::engine::Engine;
use crate::open::{new_private_file, sync_folder_of};
use crate::{Error, Result, Store, attachments};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// The first entry: what this file is.
pub(crate) const TITLE: &str = "unruffled-backup";
/// The line in it. The schema's number is in the database itself.
pub(crate) const TITLE_LINE: &str = "Unruffled backup, form 1\n";
/// The database inside.
pub(crate) const DATABASE: &str = "desk.sqlite";
/// The folder inside.
pub(crate) const ATTACHMENTS: &str = "attachments";

const HAS_CALLS: &str = "select name from sqlite_master where type = 'table' and name = 'calls'";

/// What a backup holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BackedUp {
    /// Bytes of the file.
    pub bytes: u64,
    /// How many attachments are in it.
    pub attachments: u64,
}

impl Store {
    /// Writes the whole desk into one new file that only its owner reads. The desk goes on working
    /// meanwhile: what is written after the first moment is not in the backup.
    pub async fn backup(&self, file: &Path) -> Result<BackedUp> {
        let Engine::Sqlite { read, .. } = self.engine() else {
            return Err(Error::Refused(
                "This desk is on PostgreSQL, which backs itself up: use pg_dump for the database, and copy \
                 the folder of attachments after it."
                    .into(),
            ));
        };
        if file.exists() {
            return Err(Error::Refused(format!(
                "{} is there already. Nothing was written. Name a new file.",
                file.display()
            )));
        }
        let snapshot = Scratch::beside(file, "desk")?;
        sqlx::query("vacuum into $1")
            .bind(snapshot.path_text()?)
            .execute(read)
            .await?;
        without_calls(&snapshot.0).await?;
        // After the snapshot: every file that its rows name lies in the folder by now.
        let folder = self.attachments_folder().to_owned();
        let file = file.to_owned();
        let packing = move || pack(&snapshot, &folder, &file);
        tokio::task::spawn_blocking(packing)
            .await
            .unwrap_or_else(|stopped| {
                Err(Error::Refused(format!(
                    "The backup stopped before its end: {stopped}. No file was written."
                )))
            })
    }
}

/// Many backups kept side by side would tell what one database cannot: who called for help how often.
async fn without_calls(snapshot: &Path) -> Result<()> {
    let mut desk = SqliteConnectOptions::new()
        .filename(snapshot)
        .foreign_keys(true)
        .pragma("secure_delete", "on")
        .connect()
        .await?;
    // A desk of an older schema has none.
    let has: Option<(String,)> = sqlx::query_as(HAS_CALLS).fetch_optional(&mut desk).await?;
    if has.is_some() {
        sqlx::query("delete from calls").execute(&mut desk).await?;
    }
    desk.close().await?;
    Ok(())
}

fn pack(snapshot: &Scratch, folder: &Path, file: &Path) -> Result<BackedUp> {
    let archive = Scratch::beside(file, "backup")?;
    let attachments = write_archive(snapshot, folder, &archive.0).map_err(Error::file(file))?;
    let bytes = archive.0.metadata().map_err(Error::file(file))?.len();
    archive.keep_as(file)?;
    Ok(BackedUp { bytes, attachments })
}

fn write_archive(snapshot: &Scratch, folder: &Path, archive: &Path) -> std::io::Result<u64> {
    let mut tar = tar::Builder::new(BufWriter::new(File::options().write(true).open(archive)?));
    tar.mode(tar::HeaderMode::Deterministic);
    let mut header = tar::Header::new_gnu();
    header.set_size(TITLE_LINE.len() as u64);
    header.set_mode(0o600);
    tar.append_data(&mut header, TITLE, TITLE_LINE.as_bytes())?;
    tar.append_path_with_name(&snapshot.0, DATABASE)?;
    let mut count = 0;
    for name in attachments::names(folder)? {
        let inside = Path::new(ATTACHMENTS).join(&name);
        tar.append_path_with_name(attachments::place(folder, &name), inside)?;
        count += 1;
    }
    let mut file = tar.into_inner()?;
    file.flush()?;
    file.get_ref().sync_all()?;
    Ok(count)
}

/// A private file beside the one that is wanted, removed when it is no longer needed.
pub(crate) struct Scratch(pub PathBuf);

impl Scratch {
    pub fn beside(file: &Path, what: &str) -> Result<Self> {
        let path = file.with_file_name(format!(".{what}-{}.part", uuid::Uuid::now_v7()));
        new_private_file(&path).map_err(Error::file(&path))?;
        Ok(Self(path))
    }

    /// Gives it its name. If something of that name has come up meanwhile, that stays.
    pub fn keep_as(&self, file: &Path) -> Result<()> {
        match std::fs::hard_link(&self.0, file) {
            Err(said) if said.kind() == std::io::ErrorKind::AlreadyExists => {
                return Err(Error::Refused(format!(
                    "{} has come up meanwhile and stays.",
                    file.display()
                )));
            }
            // A file system without links.
            Err(_) => std::fs::rename(&self.0, file).map_err(Error::file(file))?,
            Ok(()) => {}
        }
        sync_folder_of(file)
    }

    fn path_text(&self) -> Result<&str> {
        let odd = || {
            Error::Refused("The backup's path is not readable as text. Name another folder.".into())
        };
        self.0.to_str().ok_or_else(odd)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // It may have been moved to its place already.
        drop(std::fs::remove_file(&self.0));
    }
}
