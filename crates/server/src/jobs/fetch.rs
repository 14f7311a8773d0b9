//! Letters fetched from the mail server, each kept before the next is asked for.

use unruffled_mail::Tls;
use unruffled_mail::imap::{Account, Fetched, Fetcher, Reached, State};
use unruffled_store::MailboxProgress;

use crate::{Desk, Settings, words};

/// Fetches until the desk closes; does nothing where no mailbox is set up.
pub async fn fetch(desk: Desk) {
    let Some(account) = account(desk.settings()) else {
        return;
    };
    let folder = account.folder.clone();
    let since = match desk.store().mailbox(desk.inbox(), &folder).await {
        Ok(mailbox) => mailbox.and_then(|mailbox| {
            Some(Reached {
                uid_validity: u32::try_from(mailbox.uid_validity).ok()?,
                last_uid: u32::try_from(mailbox.last_uid).ok()?,
            })
        }),
        Err(fault) => {
            // Everything is fetched again then, and known by its bytes: slow, but nothing is lost.
            tracing::warn!(%fault, "how far fetching had got could not be read");
            None
        }
    };
    let fetcher = Fetcher::new(account);
    let keeping = desk.clone();
    let telling = desk.clone();
    let mut closing = desk.closing();
    tokio::select! {
        () = fetcher.run(
            since,
            move |fetched| { let desk = keeping.clone(); async move { keep(&desk, fetched).await } },
            move |state| tell(&telling, &state),
        ) => {}
        _ = closing.wait_for(|closing| *closing) => {}
    }
}

async fn keep(desk: &Desk, fetched: Fetched) -> Result<(), String> {
    let origin = format!(
        "imap:{}:{}:{}",
        fetched.folder, fetched.uid_validity, fetched.uid
    );
    let progress = MailboxProgress {
        folder: &fetched.folder,
        uid_validity: i64::from(fetched.uid_validity),
        uid: i64::from(fetched.uid),
    };
    let stored = desk
        .store()
        .store_raw(
            desk.inbox(),
            &fetched.bytes,
            &origin,
            Some(progress),
            desk.now(),
        )
        .await;
    match stored {
        Ok(_) => {
            desk.wake();
            let mut weather = desk.weather();
            weather.fetched_at = Some(desk.now());
            desk.set_weather(weather);
            Ok(())
        }
        Err(fault) => Err(fault.to_string()),
    }
}

fn tell(desk: &Desk, state: &State<'_>) {
    let mut weather = desk.weather();
    match state {
        State::Connecting => return,
        State::Waiting { .. } => {
            weather.fetched_at = Some(desk.now());
            weather.problem = None;
        }
        State::Renumbered { was, now } => {
            tracing::info!(
                was,
                now,
                "the mailbox was numbered anew; everything is looked at again"
            );
        }
        State::Trouble { error, next_try } => {
            let micros = i64::try_from(next_try.as_micros()).unwrap_or(0);
            let at = words::clock_time(desk.now() + micros, desk.zone());
            tracing::warn!(%error, "letters could not be fetched");
            weather.problem = Some(format!("{error} Next try at {at}."));
        }
    }
    desk.set_weather(weather);
}

/// The mailbox that these settings name; none where letters are not fetched.
pub fn account(settings: &Settings) -> Option<Account> {
    let end = &settings.imap;
    (!end.host.is_empty()).then(|| Account {
        host: end.host.clone(),
        port: match (end.port, end.tls) {
            (0, Tls::Implicit) => 993,
            (0, _) => 143,
            (port, _) => port,
        },
        tls: end.tls,
        user: end.user.clone(),
        secret: end.password.clone(),
        folder: if end.folder.is_empty() {
            "INBOX".to_owned()
        } else {
            end.folder.clone()
        },
        ca_file: (!end.ca_file.as_os_str().is_empty()).then(|| end.ca_file.clone()),
        mark_seen: false,
    })
}
