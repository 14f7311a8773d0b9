//! Reaching an IMAP server privately and logging in.

use std::{fmt::Debug, sync::Arc};

use async_imap::{
    Client,
    error::Error as ImapError,
    imap_proto::{Response, Status},
};
use rustls::pki_types::ServerName;
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
};
use tokio_rustls::TlsConnector;

use super::{Account, Error, session::trouble};
use crate::{Tls, tls};

/// A connection, with TLS or without.
pub(super) trait Wire: AsyncRead + AsyncWrite + Debug + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Debug + Send + Unpin> Wire for T {}

/// A private line to the server, ready for logging in.
pub(super) async fn connect(account: &Account) -> Result<Client<Box<dyn Wire>>, Error> {
    let host = || account.host.clone();
    if account.tls == Tls::None && !tls::is_loopback(&account.host) {
        return Err(Error::InTheOpen { host: host() });
    }
    let trust = tls::trusting(account.ca_file.as_deref())?;
    let wire = TcpStream::connect((account.host.as_str(), account.port))
        .await
        .map_err(|source| Error::Unreachable {
            host: host(),
            port: account.port,
            source,
        })?;
    let mut client = match account.tls {
        Tls::None => Client::new(Box::new(wire) as Box<dyn Wire>),
        Tls::Implicit => Client::new(secure(wire, trust, &account.host).await?),
        Tls::StartTls => {
            let mut open = Client::new(wire);
            greeting(&mut open, account).await?;
            match open.run_command_and_check_ok("STARTTLS", None).await {
                Ok(()) => {}
                Err(ImapError::No(_) | ImapError::Bad(_)) => {
                    return Err(Error::NoStartTls { host: host() });
                }
                Err(error) => return Err(trouble(&account.host, error)),
            }
            // Whatever somebody slipped in before encryption began is thrown away with the old client.
            return Ok(Client::new(
                secure(open.into_inner(), trust, &account.host).await?,
            ));
        }
    };
    greeting(&mut client, account).await?;
    Ok(client)
}

async fn greeting<W: Wire>(client: &mut Client<W>, account: &Account) -> Result<(), Error> {
    match client.read_response().await {
        Ok(Some(response))
            if !matches!(
                response.parsed(),
                Response::Data {
                    status: Status::Bye,
                    ..
                }
            ) =>
        {
            Ok(())
        }
        Ok(_) => Err(Error::Lost {
            host: account.host.clone(),
        }),
        Err(error) => Err(trouble(&account.host, error.into())),
    }
}

async fn secure(
    wire: TcpStream,
    trust: Arc<rustls::ClientConfig>,
    host: &str,
) -> Result<Box<dyn Wire>, Error> {
    let unproven = |reason: String| Error::Certificate {
        host: host.to_owned(),
        reason,
    };
    let name = ServerName::try_from(host.trim_matches(['[', ']']).to_owned())
        .map_err(|error| unproven(error.to_string()))?;
    match TlsConnector::from(trust).connect(name, wire).await {
        Ok(wire) => Ok(Box::new(wire)),
        Err(error)
            if error
                .get_ref()
                .is_some_and(|inner| inner.is::<rustls::Error>()) =>
        {
            Err(unproven(error.to_string()))
        }
        Err(_) => Err(Error::Lost {
            host: host.to_owned(),
        }),
    }
}

struct Plain<'a>(&'a Account);

impl async_imap::Authenticator for Plain<'_> {
    type Response = String;

    fn process(&mut self, _: &[u8]) -> String {
        format!("\0{}\0{}", self.0.user, self.0.secret.reveal())
    }
}

pub(super) async fn log_in(
    client: Client<Box<dyn Wire>>,
    account: &Account,
) -> Result<async_imap::Session<Box<dyn Wire>>, Error> {
    // LOGIN cannot carry letters beyond ASCII; SASL can.
    let done = if account.user.is_ascii() && account.secret.reveal().is_ascii() {
        client.login(&account.user, account.secret.reveal()).await
    } else {
        client.authenticate("PLAIN", Plain(account)).await
    };
    done.map_err(|(error, _)| match error {
        ImapError::No(_) | ImapError::Validate(_) => Error::Password {
            user: account.user.clone(),
        },
        error => trouble(&account.host, error),
    })
}
