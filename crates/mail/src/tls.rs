//! How a connection to a mail server is kept private, and whose word is trusted for it.

use std::{
    net::IpAddr,
    path::{Path, PathBuf},
    sync::Arc,
};

use rustls::{
    ClientConfig, RootCertStore,
    pki_types::{CertificateDer, pem::PemObject},
};
use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tls {
    /// Encrypted from the first byte (ports 993 and 465).
    #[default]
    Implicit,
    /// Begins in the open and must turn to TLS before anything is said (ports 143 and 587).
    StartTls,
    /// In the open. Only to this machine itself; refused for any other.
    None,
}

/// A certificate file of the desk's settings that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("The certificate file {} could not be read: {reason}. Nothing was sent or fetched.", path.display())]
pub struct CaFileError {
    pub path: PathBuf,
    pub reason: String,
}

/// The public certificate authorities, and the desk's own where it names one.
pub(crate) fn trusting(ca_file: Option<&Path>) -> Result<Arc<ClientConfig>, CaFileError> {
    let mut roots = RootCertStore {
        roots: webpki_roots::TLS_SERVER_ROOTS.to_vec(),
    };
    if let Some(path) = ca_file {
        for certificate in certificates(path)? {
            roots.add(certificate).map_err(|error| CaFileError {
                path: path.into(),
                reason: error.to_string(),
            })?;
        }
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap_or_else(|_| unreachable!("ring speaks TLS 1.2 and 1.3"))
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(Arc::new(config))
}

pub(crate) fn certificates(path: &Path) -> Result<Vec<CertificateDer<'static>>, CaFileError> {
    let unusable = |reason: String| CaFileError {
        path: path.into(),
        reason,
    };
    let pem = std::fs::read(path).map_err(|error| unusable(error.to_string()))?;
    let found = CertificateDer::pem_slice_iter(&pem)
        .collect::<Result<Vec<_>, _>>()
        .map_err(|error| unusable(error.to_string()))?;
    if found.is_empty() {
        Err(unusable("there is no certificate in it".into()))
    } else {
        Ok(found)
    }
}

/// Whether a host is this machine itself, by its written name alone.
pub(crate) fn is_loopback(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost")
        || host
            .trim_matches(['[', ']'])
            .parse::<IpAddr>()
            .is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::is_loopback;

    #[test]
    fn only_this_machine_may_be_spoken_to_in_the_open() {
        assert!(
            ["localhost", "127.0.0.1", "127.8.8.8", "::1", "[::1]"]
                .into_iter()
                .all(is_loopback)
        );
        assert!(
            ![
                "mail.a.test",
                "10.0.0.1",
                "localhost.a.test",
                "127.0.0.1.a.test",
                ""
            ]
            .into_iter()
            .any(is_loopback)
        );
    }
}
