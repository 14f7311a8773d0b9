//! `unruffled import`: old mail from files. Known letters are known by their bytes, so it may be
//! stopped and started again at will, and twice the same import changes nothing.
//!
//! A conversation that has been quiet for a month comes in as done: an inbox is for what is waiting,
//! and years of answered letters are not.

use crate::door::Import;
use crate::failure::{Failure, NOT_ALL_WELL};
use crate::{config, desk, limits};
use indicatif::{ProgressBar, ProgressStyle};
use std::io::Write;
use std::process::ExitCode;
use unruffled_mail::import::{self, Found};
use unruffled_server::{Desk, jobs};
use unruffled_store::{ConversationState, NewRaw};

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
        .await
        .map_err(Failure::says)?;
    jobs::work_off(open).await.map_err(Failure::says)?;
    for (letter, kept) in batch.drain(..).zip(kept) {
        if kept.new {
            came.new += 1;
            close_if_old(open, &letter.bytes)
                .await
                .map_err(Failure::says)?;
        } else {
            came.known += 1;
        }
    }
    bar.set_position(done);
    bar.set_message(format!("{} new, {} known", came.new, came.known));
    Ok(())
}

/// Closes the letter's conversation if nothing has happened in it for long.
async fn close_if_old(open: &Desk, letter: &[u8]) -> unruffled_store::Result<()> {
    let store = open.store();
    let id = unruffled_mail::letter::parse(letter).message_id;
    let Some(found) = store.threads_for(open.inbox(), &[id]).await? else {
        return Ok(());
    };
    let Some(conversation) = store.conversation_by_id(&found.conversation_id).await? else {
        return Ok(());
    };
    let old = open.now() - conversation.updated_at > limits::QUIET_MICROS;
    if old && conversation.state == ConversationState::Open {
        // It keeps its place in time; closing it is not what last happened in it.
        store
            .close_conversation(&conversation.id, conversation.updated_at)
            .await?;
    }
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
