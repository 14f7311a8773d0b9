//! Delivery reports about letters of ours (RFC 3464).

use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bounce {
    /// The address the report is about; empty when it does not say.
    pub final_recipient: String,
    pub action: Action,
    /// An enhanced status code such as `5.1.1`; empty when it does not say.
    pub status: String,
    /// What the other mail server said, on one line.
    pub diagnostic: String,
    /// The Message-ID of the letter that the report is about, without brackets.
    pub original_message_id: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    Failed,
    /// Still trying: the letter may yet arrive.
    Delayed,
    Delivered,
    Relayed,
    Expanded,
    Unknown,
}
