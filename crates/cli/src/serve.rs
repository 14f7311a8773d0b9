//! `unruffled serve`: the desk, until somebody asks it to end.

use crate::door::Serve;
use crate::failure::Failure;
use crate::{config, desk};
use std::io::Write;
use std::process::ExitCode;
use unruffled_server::Desk;

pub fn run(order: &Serve) -> Result<ExitCode, Failure> {
    let settings = config::settings(&order.desk)?;
    desk::log(&settings.log)?;
    desk::all_threads()?.block_on(async {
        let end = desk::asked_to_end()?;
        let open = Desk::open(settings).await.map_err(Failure::says)?;
        let listener = open.listen().await.map_err(Failure::says)?;
        let agents = open.store().agents().await.map_err(Failure::says)?;
        let address = listener.local_addr().map_err(Failure::says)?;
        if agents.is_empty() {
            say("Nobody can log in yet: `unruffled agent add LOGIN --name NAME` adds somebody.")?;
        }
        say(&format!("The desk is at http://{address}. Ctrl-C ends it."))?;
        open.serve_on(listener, end).await.map_err(Failure::says)
    })?;
    Ok(ExitCode::SUCCESS)
}

fn say(words: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{words}")?;
    out.flush()?;
    Ok(())
}
