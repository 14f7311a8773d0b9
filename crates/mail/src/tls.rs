//! How a connection to a mail server is kept private.

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
