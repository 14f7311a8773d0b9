//! `unruffled backup`: the whole desk in one file, while it runs.

use crate::door::Backup;
use crate::failure::Failure;
use crate::{config, desk};
use std::io::Write;
use std::process::ExitCode;
use unruffled_store::Store;

pub fn run(order: &Backup) -> Result<ExitCode, Failure> {
    let settings = config::settings(&order.desk)?;
    let made = desk::one_thread()?.block_on(async {
        let store = Store::open_as_it_is(&settings.database, &settings.attachments).await?;
        let made = store.backup(&order.file).await;
        store.close().await;
        made
    });
    let made = made.map_err(Failure::says)?;
    writeln!(
        std::io::stdout(),
        "{} holds the desk and {} attachments, {:.1} MB. Keep the desk's secret_file beside it.",
        order.file.display(),
        made.attachments,
        made.bytes as f64 / 1e6,
    )?;
    Ok(ExitCode::SUCCESS)
}
