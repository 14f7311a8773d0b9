//! An endpoint that answers JSON, asked with `GET` and nothing else.
//!
//! The host is the one in the settings; a customer's words only ever fill a place behind it, percent-encoded. Its name is
//! looked up once, the addresses are looked at, and one of those very addresses is connected to. No redirect is followed.

use crate::address::is_private;
use crate::json;
use crate::limits::ANSWER_BYTES_MAX;
use crate::question::Question;
use crate::records::Found;
use crate::says::Says;
use crate::settings::{SettingsFault, SourceSettings};
use crate::trouble::Trouble;
use futures_util::future::try_join_all;
use http_body_util::{BodyExt, Empty};
use hyper::body::{Bytes, Incoming};
use hyper::client::conn::http1;
use hyper::header::{ACCEPT, AUTHORIZATION, HOST, HeaderValue, USER_AGENT};
use hyper::{Request, Response, StatusCode, Uri};
use hyper_util::rt::TokioIo;
use rustls::pki_types::ServerName;
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::task::AbortHandle;
use tokio_rustls::TlsConnector;

/// Where it is, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Endpoint {
    is_tls: bool,
    host: String,
    port: u16,
    /// What stands behind the host, with `{value}` and `{by}` still in it.
    path: String,
}

impl Endpoint {
    /// Takes an address apart, or says what is wrong with it.
    pub(crate) fn parse(address: &str, may_be_private: bool) -> Result<Self, String> {
        let (is_tls, rest) = match (
            address.strip_prefix("https://"),
            address.strip_prefix("http://"),
        ) {
            (Some(rest), _) => (true, rest),
            (_, Some(rest)) => (false, rest),
            _ => return Err("http:// or https:// is wanted.".to_owned()),
        };
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let (authority, path) = rest.split_at(end);
        if authority.is_empty() || authority.contains(['{', '}', '@', ' ', '\\']) {
            return Err(
                "a host is wanted, without a name, a password or a place to fill in.".to_owned(),
            );
        }
        if !is_tls && !may_be_private {
            return Err("https is wanted; http is taken only inside your own network, with private_address = true.".to_owned());
        }
        if !path.contains("{value}") {
            return Err("it never asks for the value; write it as {value}.".to_owned());
        }
        let filled = format!(
            "{}{}",
            &address[..address.len() - path.len()],
            fill(path, "x", "x")
        );
        let uri: Uri = filled
            .parse()
            .map_err(|_| "this is not an address.".to_owned())?;
        let host = uri.host().ok_or("a host is wanted.")?;
        let path = if path.starts_with('/') {
            path.to_owned()
        } else {
            format!("/{path}")
        };
        Ok(Self {
            is_tls,
            host: host.trim_matches(['[', ']']).to_owned(),
            port: uri.port_u16().unwrap_or(if is_tls { 443 } else { 80 }),
            path,
        })
    }

    /// As the other side is named in a request.
    fn authority(&self) -> String {
        let host = if self.host.contains(':') {
            format!("[{}]", self.host)
        } else {
            self.host.clone()
        };
        match (self.is_tls, self.port) {
            (true, 443) | (false, 80) => host,
            (_, port) => format!("{host}:{port}"),
        }
    }
}

fn fill(path: &str, by: &str, value: &str) -> String {
    path.replace("{by}", by).replace("{value}", value)
}

/// Every byte that is not a letter or a figure, so that none means anything: not `/`, not `&`, not `..`.
fn encoded(value: &str) -> String {
    let mut out = String::with_capacity(value.len() * 3);
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_') {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

pub(crate) struct Http {
    endpoint: Endpoint,
    may_be_private: bool,
    token: Option<HeaderValue>,
    tls: Option<TlsConnector>,
    entries: String,
    says: Says,
}

impl std::fmt::Debug for Http {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Http")
            .field("endpoint", &self.endpoint)
            .finish_non_exhaustive()
    }
}

impl Http {
    pub(crate) fn new(source: &SourceSettings, says: Says) -> Result<Self, SettingsFault> {
        let endpoint = Endpoint::parse(&source.address, source.private_address)
            .map_err(|why| source.fault("address", why))?;
        let token = source.secret.reveal().map(|token| {
            let mut header = HeaderValue::from_str(&format!("Bearer {token}")).map_err(|_| {
                source.fault(
                    "secret_file",
                    "it holds something that no header can carry.",
                )
            })?;
            header.set_sensitive(true);
            Ok(header)
        });
        Ok(Self {
            tls: if endpoint.is_tls {
                Some(tls(source)?)
            } else {
                None
            },
            endpoint,
            may_be_private: source.private_address,
            token: token.transpose()?,
            entries: source.entries.clone(),
            says,
        })
    }

    pub(crate) async fn ask(&self, questions: &[Question]) -> Result<Vec<Found>, Trouble> {
        let address = self.resolve().await?;
        try_join_all(questions.iter().map(|question| self.one(address, question))).await
    }

    /// An address that may be connected to; what was looked at is what is connected to.
    async fn resolve(&self) -> Result<SocketAddr, Trouble> {
        let there = tokio::net::lookup_host((self.endpoint.host.as_str(), self.endpoint.port))
            .await
            .map_err(|why| Trouble::Down(format!("its name is not known: {why}")))?;
        let mut private = false;
        for address in there {
            if self.may_be_private || !is_private(address.ip()) {
                return Ok(address);
            }
            private = true;
        }
        Err(if private {
            Trouble::Private
        } else {
            Trouble::Down("its name leads nowhere".to_owned())
        })
    }

    async fn one(&self, address: SocketAddr, question: &Question) -> Result<Found, Trouble> {
        let down = |why: std::io::Error| Trouble::Down(why.to_string());
        let line = TcpStream::connect(address).await.map_err(down)?;
        let answer = match &self.tls {
            None => self.get(line, question).await?,
            Some(tls) => {
                let name = ServerName::try_from(self.endpoint.host.clone())
                    .map_err(|_| Trouble::Down("its name cannot be proved".to_owned()))?;
                let line = tls.connect(name, line).await.map_err(down)?;
                self.get(line, question).await?
            }
        };
        match answer {
            None => Ok(Found::default()),
            Some(bytes) => json::entries(&bytes, &self.entries, &self.says)
                .map(|all| Found::of(all.into_iter()))
                .map_err(Trouble::Wrong),
        }
    }

    /// The body of the answer; none where the endpoint says that there is nothing.
    async fn get<L>(&self, line: L, question: &Question) -> Result<Option<Vec<u8>>, Trouble>
    where
        L: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let down = |why: hyper::Error| Trouble::Down(why.to_string());
        let (mut sender, connection) = http1::handshake(TokioIo::new(line)).await.map_err(down)?;
        // Given up with us, whatever makes us give up.
        let _line = Line(tokio::spawn(connection).abort_handle());
        let request = self.request(question)?;
        let answer = sender.send_request(request).await.map_err(down)?;
        let status = answer.status();
        if status.is_redirection() {
            return Err(Trouble::Redirect);
        }
        if matches!(
            status,
            StatusCode::NOT_FOUND | StatusCode::GONE | StatusCode::NO_CONTENT
        ) {
            return Ok(None);
        }
        if !status.is_success() {
            return Err(Trouble::Wrong(format!("it answered {}", status.as_u16())));
        }
        bounded(answer).await.map(Some)
    }

    fn request(&self, question: &Question) -> Result<Request<Empty<Bytes>>, Trouble> {
        let path = fill(
            &self.endpoint.path,
            question.by.word(),
            &encoded(question.value()),
        );
        let mut request = Request::get(path)
            .header(HOST, self.endpoint.authority())
            .header(ACCEPT, "application/json")
            .header(USER_AGENT, "unruffled");
        if let Some(token) = &self.token {
            request = request.header(AUTHORIZATION, token.clone());
        }
        request
            .body(Empty::new())
            .map_err(|_| Trouble::Wrong("the question does not fit into an address".to_owned()))
    }
}

/// A connection's own task, ended when nobody reads from it any more.
struct Line(AbortHandle);

impl Drop for Line {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// The body, unless it is longer than anybody reads: then what is behind the limit is never taken off the line.
async fn bounded(answer: Response<Incoming>) -> Result<Vec<u8>, Trouble> {
    let mut body = answer.into_body();
    let mut bytes = Vec::new();
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|why| Trouble::Down(format!("it broke off: {why}")))?;
        if let Some(more) = frame.data_ref() {
            if bytes.len() + more.len() > ANSWER_BYTES_MAX {
                return Err(Trouble::TooMuch(ANSWER_BYTES_MAX));
            }
            bytes.extend_from_slice(more);
        }
    }
    Ok(bytes)
}

fn tls(source: &SourceSettings) -> Result<TlsConnector, SettingsFault> {
    let mut roots = rustls::RootCertStore::empty();
    if source.ca_file.as_os_str().is_empty() {
        roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    } else {
        let path = &source.ca_file;
        let read =
            |why: std::io::Error| source.fault("ca_file", format!("{}: {why}.", path.display()));
        let pem = std::fs::read(path).map_err(read)?;
        for certificate in rustls_pemfile::certs(&mut pem.as_slice()) {
            let certificate = certificate.map_err(read)?;
            roots
                .add(certificate)
                .map_err(|why| source.fault("ca_file", format!("{}: {why}.", path.display())))?;
        }
    }
    let ring = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(ring)
        .with_safe_default_protocol_versions()
        .map_err(|why| source.fault("address", format!("{why}.")))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(TlsConnector::from(Arc::new(config)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_customer_wrote_means_nothing_in_an_address() {
        for (value, path) in [
            ("HB-20417", "/cards/HB-20417?by=reference"),
            ("../../admin", "/cards/%2E%2E%2F%2E%2E%2Fadmin?by=reference"),
            ("a&admin=1#x", "/cards/a%26admin%3D1%23x?by=reference"),
            ("{by}\r\nX: y", "/cards/%7Bby%7D%0D%0AX%3A%20y?by=reference"),
            ("é", "/cards/%C3%A9?by=reference"),
        ] {
            assert_eq!(
                fill("/cards/{value}?by={by}", "reference", &encoded(value)),
                path
            );
        }
    }

    #[test]
    fn an_address_is_taken_apart() {
        let there =
            Endpoint::parse("https://till.example:8443/cards/{value}", false).expect("it is one");
        assert_eq!(
            (there.host.as_str(), there.port, there.is_tls),
            ("till.example", 8443, true)
        );
        assert_eq!(there.authority(), "till.example:8443");
        let there = Endpoint::parse("http://[::1]/?n={value}", true).expect("it is one");
        assert_eq!(
            (there.host.as_str(), there.authority().as_str()),
            ("::1", "[::1]")
        );
        for (address, why) in [
            ("ftp://till.example/{value}", "http://"),
            ("https://{value}/x", "host"),
            ("https://user@till.example/{value}", "host"),
            ("http://till.example/{value}", "https"),
            ("https://till.example/cards", "{value}"),
        ] {
            let fault = Endpoint::parse(address, false).expect_err(address);
            assert!(fault.contains(why), "{fault}");
        }
    }
}
