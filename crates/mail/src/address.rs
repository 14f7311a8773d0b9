//! Who a letter is from or for, on the letter itself and on its envelope.

use serde::{Deserialize, Serialize};

/// One person or mailbox as a letter names it. Both parts are shown text: cleaned of control and
/// direction-changing characters, not checked for being deliverable.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// The name beside the address; empty when there is none.
    pub name: String,
    /// The address as written; empty when the letter gave none.
    pub address: String,
}

impl Address {
    pub fn new(name: impl Into<String>, address: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            address: address.into(),
        }
    }

    /// The name where there is one, else the address.
    pub fn shown(&self) -> &str {
        if self.name.is_empty() {
            &self.address
        } else {
            &self.name
        }
    }
}

/// What the mail server is told, apart from what the letter says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Envelope {
    pub from: String,
    pub to: Vec<String>,
}
