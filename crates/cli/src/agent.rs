//! `unruffled agent`: who may log in. Passwords are asked for or piped in, never written on the command line.

use crate::door::{Agent, AgentVerb};
use crate::failure::Failure;
use crate::{config, desk, limits};
use console::Term;
use std::io::{BufRead, IsTerminal, Read, Write};
use std::process::ExitCode;
use unruffled_server::Desk;

pub fn run(order: &Agent) -> Result<ExitCode, Failure> {
    let (AgentVerb::Add { desk: place, .. } | AgentVerb::Password { desk: place, .. }) =
        &order.verb;
    let settings = config::settings(place)?;
    let (login, words) = match &order.verb {
        AgentVerb::Add { login, .. } => (login, "can log in now"),
        AgentVerb::Password { login, .. } => {
            (login, "has a new password and is logged out everywhere")
        }
    };
    let password = password(login)?;
    desk::one_thread()?.block_on(async {
        let open = Desk::open(settings).await.map_err(Failure::says)?;
        let done = match &order.verb {
            AgentVerb::Add { login, name, .. } => {
                open.add_agent(login, name, &password).await.map(drop)
            }
            AgentVerb::Password { login, .. } => open.change_password(login, None, &password).await,
        };
        open.store().close().await;
        done.map_err(Failure::says)
    })?;
    writeln!(std::io::stdout(), "{login} {words}.")?;
    Ok(ExitCode::SUCCESS)
}

/// Twice from a terminal, without showing it; otherwise the first line of standard input.
fn password(login: &str) -> Result<String, Failure> {
    let unread =
        |why: std::io::Error| Failure::says(format!("The password could not be read: {why}."));
    if std::io::stdin().is_terminal() {
        let terminal = Term::stderr();
        let ask = |words: &str| {
            terminal
                .write_str(words)
                .and_then(|()| terminal.read_secure_line())
                .map_err(unread)
        };
        let first = ask(&format!("Password for {login}: "))?;
        if ask("Once more: ")? != first {
            return Err(Failure::says(
                "The two were not the same. Nothing was changed.",
            ));
        }
        return Ok(first);
    }
    let mut line = String::new();
    let limit = limits::PASSWORD_BYTES_MAX;
    std::io::stdin()
        .lock()
        .take(limit)
        .read_line(&mut line)
        .map_err(unread)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
