//! A letter as the desk shows it, made from any bytes at all.

use jiff::Timestamp;

use crate::{Address, Bounce, Mark, auto::Sign};

/// What arrived, read as far as it can be read. The raw bytes stay with the caller, for ever.
#[derive(Clone, Debug, PartialEq)]
pub struct Letter {
    pub from: Address,
    pub reply_to: Vec<Address>,
    pub to: Vec<Address>,
    pub cc: Vec<Address>,
    pub subject: String,
    /// When the sender's machine says it was written.
    pub date: Option<Timestamp>,
    /// Without angle brackets. Made from the bytes' SHA-256 when the letter has none, so that the
    /// same bytes always get the same id.
    pub message_id: String,
    pub in_reply_to: Vec<String>,
    /// Oldest first, as written.
    pub references: Vec<String>,
    /// Always something readable; made from the HTML when there is no plain text. Lines end in `\n`.
    pub text: String,
    /// Sanitised: no scripts, no forms, no remote or embedded pictures. `None` when there was no HTML.
    pub html: Option<String>,
    /// Pictures left out of `html` because they lie on somebody's server.
    pub remote_images: usize,
    pub attachments: Vec<Attachment>,
    pub kind: Kind,
    /// Every reason for which a machine must not answer this letter. A person may, of course.
    pub signs: Vec<Sign>,
    /// `List-Id`, when it came through a mailing list.
    pub list_id: Option<String>,
    pub marks: Vec<Mark>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Written by a person, as far as can be told.
    Mail,
    /// Written by a machine: an out-of-office note, a receipt, a notification (RFC 3834).
    AutoReply,
    /// A report on whether a letter of ours arrived (RFC 3464). Look at its `action`: a delay is no refusal.
    Bounce(Bounce),
}

#[derive(Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Safe to show and to offer as a file name: no folders, no hidden or direction-changing characters.
    pub name: String,
    /// `type/subtype` in lower case, as claimed by the sender.
    pub media_type: String,
    pub bytes: Vec<u8>,
    /// `Content-ID` without brackets, when the HTML refers to it.
    pub content_id: Option<String>,
}

impl std::fmt::Debug for Attachment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{} ({}, {} bytes)",
            self.name,
            self.media_type,
            self.bytes.len()
        )
    }
}

impl Letter {
    /// The marks as plain sentences, for storing beside the message.
    pub fn words(&self) -> Vec<String> {
        self.marks.iter().map(Mark::words).collect()
    }
}

/// Reads any bytes as a letter. Never fails, never panics, never drops anything: what is wrong
/// becomes [`Mark`]s.
pub fn parse(raw: &[u8]) -> Letter {
    let _ = raw;
    todo!()
}
