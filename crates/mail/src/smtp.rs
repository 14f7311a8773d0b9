//! Mail out: one letter handed to the mail server, with an honest answer about what became of it.

use std::{
    path::PathBuf,
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use lettre::transport::smtp::{
    Error,
    authentication::{Credentials, Mechanism},
    client::{AsyncSmtpConnection, Certificate, CertificateStore, TlsParameters},
    commands::{Data, Mail, Rcpt},
    extension::{ClientId, Extension, MailBodyParameter, MailParameter},
};
use tokio::time::timeout;

use crate::{Envelope, Secret, Tls, limits, tls, visible};

/// Small enough to notice a broken connection before the last of them.
const CHUNK_BYTES: usize = 64 * 1024;

/// Saying goodbye is politeness; the letter is taken already.
const QUIT_MAX: Duration = Duration::from_secs(5);

#[derive(Clone, Debug)]
pub struct Account {
    pub host: String,
    pub port: u16,
    pub tls: Tls,
    /// `None` for a server that asks for no login.
    pub user: Option<String>,
    pub secret: Secret,
    /// A PEM file with a certificate to trust beside the public ones, for a server of one's own.
    pub ca_file: Option<PathBuf>,
    /// The name this machine greets with; its own host name when `None`.
    pub hello: Option<String>,
}

/// What became of a letter. `words` are for the agent: what happened, what is safe, what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The server has taken it over; `response` is what it said.
    Accepted { response: String },
    /// Not handed over. It is safe to try again.
    Later { words: String },
    /// Not handed over, and trying again unchanged will not help.
    Refused { words: String },
    /// The connection broke after the last byte went and before the answer came. It may have been sent or
    /// not; only a person should decide whether to send again.
    Unsure { words: String },
}

/// Hands one letter over. `before_data` runs when the server has agreed to take the letter and before its
/// first byte goes: the place to commit "handing over". If it fails, nothing goes.
pub async fn send<B, F>(
    account: &Account,
    envelope: &Envelope,
    letter: &[u8],
    before_data: B,
) -> Outcome
where
    B: FnOnce() -> F,
    F: Future<Output = Result<(), String>>,
{
    let host = &account.host;
    let mut connection = match timeout(limits::CONNECT_MAX, connect(account)).await {
        Ok(Ok(connection)) => connection,
        Ok(Err(outcome)) => return outcome,
        Err(_) => return later(format!("The mail server {host} did not answer in time.")),
    };
    let asked = async {
        ask(&mut connection, envelope, letter, host).await?;
        Ok(())
    };
    if let Err(outcome) = timeout(limits::TRANSFER_MAX, asked)
        .await
        .unwrap_or_else(|_| {
            Err(later(format!(
                "The mail server {host} did not answer in time."
            )))
        })
    {
        return outcome;
    }
    if let Err(problem) = before_data().await {
        // The connection is closed without the final dot, so the server throws the empty letter away.
        return later(format!(
            "The desk could not note down that it was about to send ({problem})."
        ));
    }
    hand_over(&mut connection, letter, host).await
}

/// Connects, logs in and leaves again: whether letters could be handed over. The words say why not.
pub async fn try_login(account: &Account) -> Result<(), String> {
    let connected = timeout(limits::CONNECT_MAX, connect(account)).await;
    match connected {
        Ok(Ok(mut connection)) => {
            let _ = timeout(QUIT_MAX, connection.quit()).await;
            Ok(())
        }
        Ok(Err(
            Outcome::Later { words } | Outcome::Refused { words } | Outcome::Unsure { words },
        )) => {
            // No letter was at stake.
            Err(words.trim_end_matches(KEPT).to_owned())
        }
        Ok(Err(Outcome::Accepted { .. })) => Ok(()),
        Err(_) => Err(format!(
            "The mail server {} did not answer in time.",
            account.host
        )),
    }
}

/// Connected, encrypted, logged in.
async fn connect(account: &Account) -> Result<AsyncSmtpConnection, Outcome> {
    let host = &account.host;
    if account.tls == Tls::None && !tls::is_loopback(host) {
        return Err(Outcome::Refused {
            words: format!(
                "Mail to {host} would travel in the open, so nothing was sent. Set tls to \"implicit\" or \"start-tls\" in the settings."
            ),
        });
    }
    let hello = account
        .hello
        .clone()
        .map_or_else(ClientId::default, ClientId::Domain);
    let parameters = || trust(account).map_err(later);
    let at_start = if account.tls == Tls::Implicit {
        Some(parameters()?)
    } else {
        None
    };
    let address = (host.trim_matches(['[', ']']), account.port);
    let unreachable = |error: Error| {
        later(
            if error.is_tls() || error.to_string().contains("certificate") {
                format!(
                    "The mail server {host} could not prove who it is ({}). If it is your own server, name its certificate in ca_file.",
                    said(&error)
                )
            } else {
                format!(
                    "The mail server {host} could not be reached on port {} ({}).",
                    account.port,
                    said(&error)
                )
            },
        )
    };
    let mut connection = AsyncSmtpConnection::connect_tokio1(
        address,
        Some(limits::CONNECT_MAX),
        &hello,
        at_start,
        None,
    )
    .await
    .map_err(unreachable)?;
    if account.tls == Tls::StartTls {
        if !connection.can_starttls() {
            return Err(later(format!(
                "The mail server {host} does not offer an encrypted connection on port {}. Nothing was said to it; try tls = \"implicit\" with port 465.",
                account.port
            )));
        }
        connection
            .starttls(parameters()?, &hello)
            .await
            .map_err(unreachable)?;
    }
    if let Some(user) = &account.user {
        let credentials = Credentials::new(user.clone(), account.secret.reveal().to_owned());
        connection.auth(&[Mechanism::Plain, Mechanism::Login], &credentials).await.map_err(|error| {
            later(if error.is_permanent() {
                format!("The mail server refused the password for {user}. Correct it in the settings.")
            } else if error.is_client() {
                format!("The mail server {host} offers no way to log in that is known here. Check the port: letters are usually handed in on 587 or 465.")
            } else {
                format!("The mail server {host} could not check the password just now ({}).", said(&error))
            })
        })?;
    }
    Ok(connection)
}

fn trust(account: &Account) -> Result<TlsParameters, String> {
    let mut builder = TlsParameters::builder(account.host.trim_matches(['[', ']']).to_owned())
        .certificate_store(CertificateStore::WebpkiRoots);
    if let Some(path) = &account.ca_file {
        for certificate in tls::certificates(path).map_err(|error| error.to_string())? {
            builder = builder.add_root_certificate(
                Certificate::from_der(certificate.to_vec()).map_err(|error| error.to_string())?,
            );
        }
    }
    builder.build().map_err(|error| error.to_string())
}

/// Tells the server from whom and for whom, until it says "go on". All recipients or none: a letter that
/// reaches only some would have to be explained later.
async fn ask(
    connection: &mut AsyncSmtpConnection,
    envelope: &Envelope,
    letter: &[u8],
    host: &str,
) -> Result<(), Outcome> {
    let mut options = Vec::new();
    if !letter.is_ascii()
        && connection
            .server_info()
            .supports_feature(Extension::EightBitMime)
    {
        options.push(MailParameter::Body(MailBodyParameter::EightBitMime));
    }
    let all = || envelope.to.iter().chain([&envelope.from]);
    if !all().all(|address| address.is_ascii()) {
        if !connection
            .server_info()
            .supports_feature(Extension::SmtpUtfEight)
        {
            return Err(Outcome::Refused {
                words: format!(
                    "An address holds letters beyond plain English ones, and the mail server {host} cannot carry those. Nothing was sent."
                ),
            });
        }
        options.push(MailParameter::SmtpUtfEight);
    }
    let address = |written: &str| {
        written.parse::<lettre::Address>().map_err(|_| Outcome::Refused { words: format!("The address {} cannot be written to. Nothing was sent; correct it and send again.", visible::line(written)) })
    };
    let from = address(&envelope.from)?;
    let to = envelope
        .to
        .iter()
        .map(|to| address(to))
        .collect::<Result<Vec<_>, _>>()?;
    if to.is_empty() {
        return Err(Outcome::Refused {
            words:
                "There is nobody to send this to. Nothing was sent; add an address and send again."
                    .into(),
        });
    }

    connection
        .command(Mail::new(Some(from), options))
        .await
        .map_err(|error| answer(&error, host, "would not take a letter from this desk"))?;
    for to in to {
        connection
            .command(Rcpt::new(to.clone(), vec![]))
            .await
            .map_err(|error| answer(&error, host, &format!("would not take a letter for {to}")))?;
    }
    connection
        .command(Data)
        .await
        .map_err(|error| answer(&error, host, "would not take the letter"))?;
    Ok(())
}

/// Sends the bytes and waits for the answer. Until the final dot goes the server has nothing to keep, so a
/// connection that breaks before it is harmless; after it, nobody can know.
async fn hand_over(connection: &mut AsyncSmtpConnection, letter: &[u8], host: &str) -> Outcome {
    let dot_went = AtomicBool::new(false);
    let mut rest = letter.chunks(CHUNK_BYTES);
    let chunks = std::iter::from_fn(|| {
        let chunk = rest.next();
        // The library asks for more only when the chunk before has been written out.
        dot_went.store(chunk.is_none(), Ordering::Relaxed);
        chunk
    });
    let result = timeout(limits::TRANSFER_MAX, connection.message_iter(chunks)).await;
    let dot_went = dot_went.load(Ordering::Relaxed);
    match result {
        Ok(Ok(response)) => {
            let _ = timeout(QUIT_MAX, connection.quit()).await;
            Outcome::Accepted {
                response: visible::line(&response.message().collect::<Vec<_>>().join(" ")),
            }
        }
        Ok(Err(error)) if error.status().is_some() => {
            answer(&error, host, "would not take the letter")
        }
        _ if dot_went => Outcome::Unsure {
            words: format!(
                "The connection to {host} broke after the letter was handed over and before the server answered. It may have been sent or not. Nothing is sent again by itself; look for an answer, then choose."
            ),
        },
        _ => later(format!(
            "The connection to {host} broke while the letter was on its way to it."
        )),
    }
}

/// A "no" of the server: for now, or for good.
fn answer(error: &Error, host: &str, what: &str) -> Outcome {
    if error.is_permanent() {
        Outcome::Refused {
            words: format!(
                "The mail server {what}: \"{}\". Nothing was sent.",
                said(error)
            ),
        }
    } else if error.is_transient() {
        later(format!(
            "The mail server {what} just now: \"{}\".",
            said(error)
        ))
    } else {
        later(format!(
            "The connection to {host} broke before the letter was handed over."
        ))
    }
}

const KEPT: &str = " The letter is kept here, and nothing was sent.";

fn later(what: String) -> Outcome {
    Outcome::Later {
        words: format!("{what}{KEPT}"),
    }
}

/// What the server said, without the library's words around it.
fn said(error: &Error) -> String {
    let code = error
        .status()
        .map(|code| format!("{code} "))
        .unwrap_or_default();
    let reason = std::error::Error::source(error).map_or_else(
        || error.to_string(),
        |source| {
            source
                .downcast_ref::<std::io::Error>()
                .map_or_else(|| source.to_string(), crate::unreached::words)
        },
    );
    visible::line(&format!("{code}{reason}"))
}
