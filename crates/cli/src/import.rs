//! `unruffled import`: old mail from files. Known letters are known by their bytes, so it may be
//! stopped and started again at will, and twice the same import changes nothing.

use crate::door::Import;
use crate::failure::{Failure, NOT_ALL_WELL};
use crate::{config, desk, limits};
use indicatif::{ProgressBar, ProgressStyle};
use std::io::Write;
use std::process::ExitCode;
use unruffled_mail::import::{self, Found};
use unruffled_server::{Desk, jobs};
use unruffled_store::NewRaw;

/// What an import came to.
#[derive(Default)]
struct Came {
    new: u64,
    known: u64,
    /// One sentence a file that could not be read.
    unread: Vec<String>,
}

pub fn run(order: &Import) -> Result<ExitCode, Failure> {
    let settings = config::settings(&order.desk)?;
    let letters = import::open(&order.path, None).map_err(Failure::says)?;
    let bar = bar(letters.bytes_total());
    let came = desk::one_thread()?.block_on(async {
        let open = Desk::open(settings).await.map_err(Failure::says)?;
        let came = take_in(&open, letters, &bar).await;
        open.store().close().await;
        came
    })?;
    bar.finish_and_clear();
    writeln!(
        std::io::stdout(),
        "{} letters are new here, {} were here already.",
        came.new,
        came.known,
    )?;
    for words in &came.unread {
        eprintln!("{words}");
    }
    Ok(if came.unread.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(NOT_ALL_WELL)
    })
}

async fn take_in(open: &Desk, letters: import::Import, bar: &ProgressBar) -> Result<Came, Failure> {
    let mut came = Came::default();
    let mut batch: Vec<Found> = Vec::new();
    let mut bytes = 0;
    for letter in letters {
        match letter {
            Ok(found) => {
                bytes += found.bytes.len();
                batch.push(found);
            }
            Err(why) => came.unread.push(why.to_string()),
        }
        if batch.len() >= limits::IMPORT_LETTERS_MAX || bytes >= limits::IMPORT_BYTES_MAX {
            keep(open, &mut batch, &mut came, bar).await?;
            bytes = 0;
        }
    }
    keep(open, &mut batch, &mut came, bar).await?;
    Ok(came)
}

/// Commits a batch, then reads it by the same job that reads fetched mail.
async fn keep(
    open: &Desk,
    batch: &mut Vec<Found>,
    came: &mut Came,
    bar: &ProgressBar,
) -> Result<(), Failure> {
    let Some(done) = batch.last().map(|last| last.bytes_done) else {
        return Ok(());
    };
    let origins: Vec<String> = batch
        .iter()
        .map(|found| format!("import:{}", found.origin))
        .collect();
    let letters: Vec<NewRaw> = batch
        .iter()
        .zip(&origins)
        .map(|(found, origin)| NewRaw {
            bytes: &found.bytes,
            origin,
            mailbox: None,
        })
        .collect();
    let kept = open
        .store()
        .store_raws(open.inbox(), &letters, open.now())
        .await;
    for letter in kept.map_err(Failure::says)? {
        if letter.new {
            came.new += 1;
        } else {
            came.known += 1;
        }
    }
    batch.clear();
    jobs::work_off(open).await.map_err(Failure::says)?;
    bar.set_position(done);
    bar.set_message(format!("{} new, {} known", came.new, came.known));
    Ok(())
}

/// Shown on a terminal only; indicatif sees to that.
fn bar(bytes: u64) -> ProgressBar {
    let style = ProgressStyle::with_template("  {bar:30} {bytes} of {total_bytes}, {msg}");
    let bar = ProgressBar::new(bytes);
    match style {
        Ok(style) => bar.with_style(style.progress_chars("━╸·")),
        Err(_) => bar,
    }
}
