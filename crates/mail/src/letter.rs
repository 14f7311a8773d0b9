//! A letter as the desk shows it, made from any bytes at all.

mod contents;
mod head;

use jiff::Timestamp;

use crate::{Address, Bounce, Mark, auto, auto::Sign, bounce, limits, mime, visible};

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

/// Any one of these says that the bytes begin with a head.
const HEAD_FIELDS: [&str; 9] = [
    "from",
    "to",
    "subject",
    "date",
    "message-id",
    "received",
    "return-path",
    "content-type",
    "mime-version",
];

/// Reads any bytes as a letter. Never fails, never panics, never drops anything: what is wrong
/// becomes [`Mark`]s.
pub fn parse(raw: &[u8]) -> Letter {
    let mut marks = Vec::new();
    let bytes = mime::prepare(raw, &mut marks);
    let body_at = mime::head_end(&bytes);
    let fields = mime::fields(&bytes[..body_at]);
    let tangled = mime::too_tangled(&bytes);
    let message = mime::open(&bytes, !tangled).unwrap_or_default();
    if tangled {
        marks.push(Mark::TooDeep);
    }

    let mut letter = head::read(&message, &fields, raw, &mut marks);
    letter.signs = auto::signs(&fields, &letter.from.address);
    letter.kind = match bounce::read(&message, &fields) {
        Some(bounce) => Kind::Bounce(bounce),
        None if letter.signs.iter().any(|sign| sign.machine_wrote_it()) => Kind::AutoReply,
        None => Kind::Mail,
    };
    if !tangled {
        contents::damage(&message, &bytes, &mut marks);
        contents::body(&mut letter, &message, &mut marks);
        contents::attachments(&mut letter, &message, &mut marks);
    }
    if letter.text.is_empty() && letter.html.is_none() && letter.attachments.is_empty() {
        // Nothing could be opened, so the letter is shown as it stands.
        let has_head = fields
            .iter()
            .any(|(name, _)| HEAD_FIELDS.contains(&name.as_str()));
        let begin = if has_head { body_at } else { 0 };
        let end = bytes.len().min(begin + limits::TEXT_BYTES_MAX * 2);
        letter.text = visible::body(&String::from_utf8_lossy(&bytes[begin..end]));
        if !letter.text.is_empty() && !tangled {
            mime::push(&mut marks, Mark::BrokenMime);
        }
    }
    contents::cut(&mut letter.text, &mut marks);
    if letter.text.is_empty() {
        marks.push(Mark::Empty);
    }
    letter.marks = marks;
    letter
}
