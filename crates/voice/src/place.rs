//! Where the model is: an address taken apart, looked up once, and connected to.

use crate::trouble::Trouble;
use rustls::pki_types::ServerName;
use std::net::{IpAddr, SocketAddr};
use std::path::Path;
use std::sync::Arc;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

pub(crate) struct Place {
    host: String,
    port: u16,
    /// What stands behind the host, without the stroke at its end: `/v1`.
    pub path: String,
    tls: Option<TlsConnector>,
}

/// A line to it, with TLS or without.
pub(crate) enum Wire {
    Plain(TcpStream),
    Tls(Box<TlsStream<TcpStream>>),
}

impl std::fmt::Debug for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Place")
            .field("host", &self.host)
            .field("port", &self.port)
            .finish_non_exhaustive()
    }
}

impl Place {
    pub fn parse(url: &str, ca_file: &Path) -> Result<Place, String> {
        let (is_tls, rest) = match (url.strip_prefix("https://"), url.strip_prefix("http://")) {
            (Some(rest), _) => (true, rest),
            (_, Some(rest)) => (false, rest),
            _ => return Err("url: http:// or https:// is wanted".to_owned()),
        };
        let authority = rest.split('/').next().unwrap_or_default();
        if authority.is_empty() || authority.contains(['@', ' ', '\\', '?', '#']) {
            return Err("url: a host is wanted, without a name or a password".to_owned());
        }
        let uri: hyper::Uri = url
            .parse()
            .map_err(|_| "url: this is not an address".to_owned())?;
        if uri.query().is_some() {
            return Err("url: nothing is wanted behind the path".to_owned());
        }
        let host = uri.host().ok_or("url: a host is wanted")?;
        Ok(Place {
            host: host.trim_matches(['[', ']']).to_owned(),
            port: uri.port_u16().unwrap_or(if is_tls { 443 } else { 80 }),
            path: uri.path().trim_end_matches('/').to_owned(),
            tls: match is_tls {
                true => Some(tls(ca_file)?),
                false => None,
            },
        })
    }

    /// As the other side is named in a request.
    pub fn authority(&self) -> String {
        let host = match self.host.contains(':') {
            true => format!("[{}]", self.host),
            false => self.host.clone(),
        };
        match (self.tls.is_some(), self.port) {
            (true, 443) | (false, 80) => host,
            (_, port) => format!("{host}:{port}"),
        }
    }

    pub async fn connect(&self) -> Result<Wire, Trouble> {
        let down = |why: std::io::Error| Trouble::Down(why.to_string());
        let address = self.resolve().await?;
        let line = TcpStream::connect(address).await.map_err(down)?;
        let Some(tls) = &self.tls else {
            return Ok(Wire::Plain(line));
        };
        let name = ServerName::try_from(self.host.clone())
            .map_err(|_| Trouble::Down("its name cannot be proved".to_owned()))?;
        let line = tls.connect(name, line).await.map_err(down)?;
        Ok(Wire::Tls(Box::new(line)))
    }

    /// An address that may be connected to; what was looked at is what is connected to.
    async fn resolve(&self) -> Result<SocketAddr, Trouble> {
        let there = tokio::net::lookup_host((self.host.as_str(), self.port))
            .await
            .map_err(|why| Trouble::Down(format!("its name is not known: {why}")))?;
        let mut outside = false;
        for address in there {
            if self.tls.is_some() || is_ours(address.ip()) {
                return Ok(address);
            }
            outside = true;
        }
        Err(match outside {
            true => Trouble::Open,
            false => Trouble::Down("its name leads nowhere".to_owned()),
        })
    }
}

/// This machine, or its own network.
fn is_ours(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(v4) => v4.is_loopback() || v4.is_private() || v4.is_link_local(),
        IpAddr::V6(v6) => v6.is_loopback() || v6.is_unique_local() || v6.is_unicast_link_local(),
    }
}

fn tls(ca_file: &Path) -> Result<TlsConnector, String> {
    let mut roots = rustls::RootCertStore::empty();
    if ca_file.as_os_str().is_empty() {
        roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    } else {
        let said = |why: &dyn std::fmt::Display| format!("ca_file: {}: {why}", ca_file.display());
        let pem = std::fs::read(ca_file).map_err(|why| said(&why))?;
        for certificate in rustls_pemfile::certs(&mut pem.as_slice()) {
            let certificate = certificate.map_err(|why| said(&why))?;
            roots.add(certificate).map_err(|why| said(&why))?;
        }
    }
    let ring = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(ring)
        .with_safe_default_protocol_versions()
        .map_err(|why| format!("url: {why}"))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(TlsConnector::from(Arc::new(config)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_taken_apart_or_refused_in_words() {
        let there = Place::parse("http://127.0.0.1:11434/v1/", Path::new("")).expect("it is one");
        assert_eq!(
            (there.authority().as_str(), there.path.as_str()),
            ("127.0.0.1:11434", "/v1")
        );
        let there = Place::parse("https://[::1]/v1", Path::new("")).expect("it is one");
        assert_eq!(there.authority(), "[::1]");
        for (url, why) in [
            ("ftp://x/v1", "http://"),
            ("https://me:secret@x/v1", "without a name"),
            ("https:///v1", "host"),
            ("https://x/v1?key=1", "behind the path"),
        ] {
            let fault = Place::parse(url, Path::new("")).expect_err(url);
            assert!(fault.contains(why), "{url}: {fault}");
        }
    }

    #[test]
    fn only_our_own_network_is_reached_without_tls() {
        for ours in [
            "127.0.0.1",
            "10.1.2.3",
            "192.168.1.9",
            "::1",
            "fd12::1",
            "::ffff:127.0.0.1",
        ] {
            assert!(is_ours(ours.parse().expect(ours)), "{ours}");
        }
        for open in ["1.1.1.1", "2606:4700::1111", "0.0.0.0"] {
            assert!(!is_ours(open.parse().expect(open)), "{open}");
        }
    }
}
