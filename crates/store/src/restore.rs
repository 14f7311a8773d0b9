//! Restore: a desk from a backup, never over another desk, and only once everything in it was found whole.

use crate::attachments::{place, write_whole};
use crate::backup::{ATTACHMENTS, DATABASE, Scratch, TITLE, TITLE_LINE};
use crate::open::private_folder;
use crate::raws::sha256;
use crate::{Error, Result, Store};
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

/// What was restored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Restored {
    /// How many conversations.
    pub conversations: u64,
    /// How many attachments.
    pub attachments: u64,
    /// How many replies were under way when the backup was made: they wait for a person, because
    /// they may have been sent since.
    pub unsure: u64,
}

const UNSURE: &str = "This desk was restored from a backup that was made while this reply was on its way. It may \
    have been delivered since. It is kept, and it is not sent again unless you say so.";
const TO_UNSURE: &str = "update outbox set state = 'unsure', lease_until = null, problem = $1
    where state in ('waiting', 'handing-over')";
const DROP_SENDS: &str = "delete from jobs where kind = 'send'";
const DROP_SESSIONS: &str = "delete from sessions";
const WHOLE: &str =
    "select integrity_check from pragma_integrity_check where integrity_check <> 'ok' limit 1";
const COUNT: &str = "select count(*) from conversations";
const FILES: &str = "select distinct sha256 from attachments";

impl Store {
    /// Restores a backup to a database file and an attachments folder that are not there yet, or are
    /// empty. Nobody is logged in afterwards, and nothing that was under way is sent by itself.
    pub async fn restore(file: &Path, database: &Path, attachments: &Path) -> Result<Restored> {
        refuse_if_there(database, attachments)?;
        if let Some(folder) = database
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty())
        {
            private_folder(folder)?;
        }
        private_folder(attachments)?;
        let restored = restore_whole(file, database, attachments).await;
        if restored.is_err() {
            // It was empty before, so everything in it is ours; an attempt must not block the next.
            drop(std::fs::remove_dir_all(attachments));
        }
        restored
    }
}

async fn restore_whole(file: &Path, database: &Path, attachments: &Path) -> Result<Restored> {
    let desk = Scratch::beside(database, "restore")?;
    let unpacked = {
        let (file, desk, attachments) = (file.to_owned(), desk.0.clone(), attachments.to_owned());
        tokio::task::spawn_blocking(move || unpack(&file, &desk, &attachments)).await
    };
    let count = unpacked.unwrap_or_else(|stopped| Err(damaged(file, &stopped.to_string())))?;
    let restored = settle(file, &desk.0, attachments, count).await?;
    desk.keep_as(database)?;
    Ok(restored)
}

fn refuse_if_there(database: &Path, attachments: &Path) -> Result<()> {
    let wal = PathBuf::from(format!("{}-wal", database.display()));
    for path in [database, &wal] {
        if path.exists() {
            return Err(Error::Refused(format!(
                "{} is there already. Nothing was changed. Name a place where no desk is.",
                path.display()
            )));
        }
    }
    let filled = attachments
        .read_dir()
        .is_ok_and(|mut inside| inside.next().is_some());
    if filled {
        return Err(Error::Refused(format!(
            "The folder {} is not empty. Nothing was changed. Name an empty folder.",
            attachments.display()
        )));
    }
    Ok(())
}

fn damaged(file: &Path, why: &str) -> Error {
    Error::Refused(format!(
        "{} is not a whole backup ({why}). No desk was made of it. Take another backup.",
        file.display()
    ))
}

/// Unpacks only what a backup holds, whatever else a file may name.
fn unpack(file: &Path, desk: &Path, attachments: &Path) -> Result<u64> {
    let opened = File::open(file).map_err(Error::file(file))?;
    let mut tar = tar::Archive::new(BufReader::new(opened));
    let torn = |said: std::io::Error| damaged(file, &said.to_string());
    let (mut titled, mut filled, mut count) = (false, false, 0);
    for entry in tar.entries().map_err(torn)? {
        let mut entry = entry.map_err(torn)?;
        let name = entry.path().map_err(torn)?.to_string_lossy().into_owned();
        if name == TITLE {
            let mut title = String::new();
            entry
                .by_ref()
                .take(1024)
                .read_to_string(&mut title)
                .map_err(torn)?;
            titled = title.starts_with(TITLE_LINE);
        } else if !titled {
            return Err(damaged(file, "it does not begin like one"));
        } else if name == DATABASE {
            let mut to = File::options()
                .write(true)
                .open(desk)
                .map_err(Error::file(desk))?;
            let size = entry.size();
            let copied = std::io::copy(&mut entry, &mut to).map_err(Error::file(desk))?;
            if copied != size {
                return Err(damaged(file, "its end is missing"));
            }
            to.sync_all().map_err(Error::file(desk))?;
            filled = true;
        } else if let Some(hash) = name
            .strip_prefix(ATTACHMENTS)
            .and_then(|rest| rest.strip_prefix('/'))
        {
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes).map_err(torn)?;
            if sha256(&bytes) != hash {
                return Err(damaged(file, "an attachment is not what it was"));
            }
            write_whole(&place(attachments, hash), &bytes)?;
            count += 1;
        } else {
            return Err(damaged(file, "it holds something that no backup holds"));
        }
    }
    if filled {
        Ok(count)
    } else {
        Err(damaged(file, "there is no desk in it"))
    }
}

/// Looks whether everything is whole, and settles what must not go on as if no time had passed.
async fn settle(file: &Path, desk: &Path, folder: &Path, attachments: u64) -> Result<Restored> {
    let place = desk
        .to_str()
        .ok_or_else(|| damaged(file, "its new path is not readable as text"))?;
    let store = Store::open_as_it_is(place, folder).await?;
    let settled = check_and_settle(file, &store, attachments).await;
    // Closing folds the log into the file, so that one file is the whole desk.
    store.close().await;
    settled
}

async fn check_and_settle(file: &Path, store: &Store, attachments: u64) -> Result<Restored> {
    let fault: Option<(String,)> = find!(store, WHOLE);
    if let Some((fault,)) = fault {
        return Err(damaged(file, &fault));
    }
    let named: Vec<(String,)> = list!(store, FILES);
    if named
        .iter()
        .any(|(hash,)| !place(store.attachments_folder(), hash).is_file())
    {
        return Err(damaged(file, "an attachment is missing"));
    }
    let conversations: Option<(i64,)> = find!(store, COUNT);
    let mut tx = store.begin().await?;
    let unsure = run!(tx, TO_UNSURE, UNSURE);
    run!(tx, DROP_SENDS);
    run!(tx, DROP_SESSIONS);
    tx.commit().await?;
    let conversations = conversations.map_or(0, |(count,)| count.unsigned_abs());
    Ok(Restored {
        conversations,
        attachments,
        unsure,
    })
}
