//! Letters written by machines: recognised, shown for what they are, never answered (RFC 3834).

use serde::{Deserialize, Serialize};

/// One reason for which a machine must not answer a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Sign {
    AutoSubmitted,
    AutoResponder,
    PrecedenceAutoReply,
    PrecedenceBulk,
    MailingList,
    SuppressesAnswers,
    EmptyReturnPath,
    MailSystem,
    Report,
}
