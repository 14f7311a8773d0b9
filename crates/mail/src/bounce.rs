//! Delivery reports about letters of ours (RFC 3464).

use mail_parser::{Message, MimeHeaders, PartType};
use serde::{Deserialize, Serialize};

use crate::{mime, visible};

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

impl Action {
    fn named(word: &str) -> Self {
        match word.trim().to_ascii_lowercase().as_str() {
            "failed" => Self::Failed,
            "delayed" => Self::Delayed,
            "delivered" => Self::Delivered,
            "relayed" => Self::Relayed,
            "expanded" => Self::Expanded,
            _ => Self::Unknown,
        }
    }
}

type Fields = Vec<(String, String)>;

/// Reads a delivery report, if that is what the letter is.
pub(crate) fn read(message: &Message<'_>, head: &Fields) -> Option<Bounce> {
    let status = message.parts.iter().find(|part| {
        part.is_content_type("message", "delivery-status")
            || part.is_content_type("message", "global-delivery-status")
    });
    let original = || original_message_id(message, head);
    let Some(status) = status else {
        // Exim's way, without a machine-readable part.
        let failed = mime::field(head, "x-failed-recipients")?;
        return Some(Bounce {
            final_recipient: visible::line(failed.split(',').next().unwrap_or_default()),
            action: Action::Failed,
            status: String::new(),
            diagnostic: String::new(),
            original_message_id: original(),
        });
    };
    let content = mime::content(message, status);
    let groups = groups(&String::from_utf8_lossy(&content));
    // A report may speak of several people; the one who was not reached matters most.
    let about = groups
        .iter()
        .filter(|group| {
            mime::field(group, "final-recipient")
                .or(mime::field(group, "action"))
                .is_some()
        })
        .min_by_key(|group| {
            match Action::named(mime::field(group, "action").unwrap_or_default()) {
                Action::Failed => 0,
                Action::Delayed => 1,
                _ => 2,
            }
        });
    let field = |name| {
        about
            .and_then(|group| mime::field(group, name))
            .unwrap_or_default()
    };
    Some(Bounce {
        final_recipient: visible::line(typed(if field("final-recipient").is_empty() {
            field("original-recipient")
        } else {
            field("final-recipient")
        })),
        action: Action::named(field("action")),
        status: visible::line(
            field("status")
                .split_whitespace()
                .next()
                .unwrap_or_default(),
        ),
        diagnostic: visible::line(typed(field("diagnostic-code"))),
        original_message_id: original(),
    })
}

/// The value behind `rfc822;` or `smtp;`.
fn typed(value: &str) -> &str {
    value.split_once(';').map_or(value, |(_, rest)| rest).trim()
}

/// The blocks of a delivery-status part: one about the letter, then one for each recipient.
fn groups(text: &str) -> Vec<Fields> {
    text.replace("\r\n", "\n")
        .split("\n\n")
        .map(|block| mime::fields(block.as_bytes()))
        .filter(|fields| !fields.is_empty())
        .take(200)
        .collect()
}

/// From the returned letter or its head; else from what the report itself answers.
fn original_message_id(message: &Message<'_>, head: &Fields) -> Option<String> {
    let of_fields = |fields: &Fields, name| {
        let id = mime::field(fields, name)?
            .split_whitespace()
            .next()?
            .trim_matches(['<', '>'])
            .to_owned();
        crate::thread::is_id(&id).then_some(id)
    };
    for part in message.parts.iter().skip(1) {
        let returned = matches!(part.body, PartType::Message(_))
            || ["rfc822-headers", "rfc822-header"]
                .iter()
                .any(|name| part.is_content_type("text", name))
            || part.is_content_type("message", "rfc822")
            || part.is_content_type("message", "global-headers");
        if returned {
            let content = mime::content(message, part);
            let fields = mime::fields(&content[..mime::head_end(&content)]);
            if let Some(id) = of_fields(&fields, "message-id") {
                return Some(id);
            }
        }
    }
    of_fields(head, "in-reply-to").or_else(|| of_fields(head, "references"))
}
