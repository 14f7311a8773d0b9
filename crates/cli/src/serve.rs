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
        let open = Desk::open(settings).await.map_err(Failure::says)?;
        let listener = open.listen().await.map_err(Failure::says)?;
        let nobody = open
            .store()
            .agents()
            .await
            .map_err(Failure::says)?
            .is_empty();
        let address = listener.local_addr().map_err(Failure::says)?;
        say(&format!("The desk is at http://{address}. Ctrl-C ends it."))?;
        if nobody {
            say("Nobody can log in yet: `unruffled agent add LOGIN --name NAME` adds somebody.")?;
        }
        open.serve_on(listener, desk::asked_to_end())
            .await
            .map_err(Failure::says)
    })?;
    Ok(ExitCode::SUCCESS)
}

fn say(words: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{words}")?;
    out.flush()?;
    Ok(())
}
