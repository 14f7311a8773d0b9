//! `unruffled restore`: makes a place where no desk is what a backup holds.

use crate::door::Restore;
use crate::failure::Failure;
use crate::{config, desk};
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;
use unruffled_store::Store;

pub fn run(order: &Restore) -> Result<ExitCode, Failure> {
    let settings = config::settings(&order.desk)?;
    if settings.is_postgres() {
        return Err(Failure::says(
            "This desk is on PostgreSQL, which is restored by pg_restore. Nothing was changed.",
        ));
    }
    let restoring = Store::restore(
        &order.file,
        Path::new(&settings.database),
        &settings.attachments,
    );
    let restored = desk::one_thread()?
        .block_on(restoring)
        .map_err(Failure::says)?;
    let mut out = std::io::stdout().lock();
    writeln!(
        out,
        "{} holds {} conversations and {} attachments again.",
        settings.database, restored.conversations, restored.attachments,
    )?;
    if !settings.secret_file.exists() {
        writeln!(
            out,
            "Put the old desk's secret to {} before it is served: answers to letters of before are known by it.",
            settings.secret_file.display(),
        )?;
    }
    if restored.unsure > 0 {
        writeln!(
            out,
            "{} replies were on their way when the backup was made; each waits for a person to say whether it goes again.",
            restored.unsure,
        )?;
    }
    Ok(ExitCode::SUCCESS)
}
