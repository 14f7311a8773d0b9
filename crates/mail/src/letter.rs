//! A letter as the desk shows it, made from any bytes at all.

use jiff::{Timestamp, fmt::rfc2822::DateTimeParser};
use mail_parser::{HeaderName, HeaderValue, Message, MessagePart, MimeHeaders, PartType};
use sha2::{Digest, Sha256};

use crate::{
    Address, Bounce, Mark, auto, auto::Sign, bounce, flowed, html, limits, mime, thread, visible,
};

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

static OLD_DATES: DateTimeParser = DateTimeParser::new().relaxed_weekday(true);

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
    let head = mime::fields(&bytes[..body_at]);
    let tangled = mime::too_tangled(&bytes);
    let message = mime::open(&bytes, !tangled).unwrap_or_default();
    if tangled {
        marks.push(Mark::TooDeep);
    }

    let mut letter = headers(&message, &head, raw, &mut marks);
    letter.signs = auto::signs(&head, &letter.from.address);
    letter.kind = match bounce::read(&message, &head) {
        Some(bounce) => Kind::Bounce(bounce),
        None if letter.signs.iter().any(|sign| sign.machine_wrote_it()) => Kind::AutoReply,
        None => Kind::Mail,
    };
    if !tangled {
        damage(&message, &bytes, &mut marks);
        body(&mut letter, &message, &mut marks);
        attachments(&mut letter, &message, &mut marks);
    }
    if letter.text.is_empty() && letter.html.is_none() && letter.attachments.is_empty() {
        // Nothing could be opened, so the letter is shown as it stands.
        let has_head = head
            .iter()
            .any(|(name, _)| HEAD_FIELDS.contains(&name.as_str()));
        let begin = if has_head { body_at } else { 0 };
        let end = bytes.len().min(begin + limits::TEXT_BYTES_MAX * 2);
        letter.text = visible::body(&String::from_utf8_lossy(&bytes[begin..end]));
        if !letter.text.is_empty() && !tangled {
            mime::push(&mut marks, Mark::BrokenMime);
        }
    }
    cut(&mut letter.text, &mut marks);
    if letter.text.is_empty() {
        marks.push(Mark::Empty);
    }
    letter.marks = marks;
    letter
}

/// Who, when, about what, in answer to what.
fn headers(
    message: &Message<'_>,
    head: &[(String, String)],
    raw: &[u8],
    marks: &mut Vec<Mark>,
) -> Letter {
    if let Some(size) =
        mime::field(head, &mime::IN_PART.to_ascii_lowercase()).and_then(|size| size.parse().ok())
    {
        marks.push(Mark::FetchedInPart(size));
    }
    let header = |name: HeaderName<'static>| {
        message
            .parts
            .first()
            .and_then(|part| part.headers.iter().find(|header| header.name == name))
            .map(|header| &header.value)
    };
    let addresses = |name| {
        header(name)
            .and_then(HeaderValue::as_address)
            .map(address_list)
            .unwrap_or_default()
    };

    let from = [
        HeaderName::From,
        HeaderName::Sender,
        HeaderName::ReplyTo,
        HeaderName::ReturnPath,
    ]
    .into_iter()
    .find_map(|name| {
        let written = header(name.clone())
            .and_then(HeaderValue::as_text)
            .map(|text| Address::new("", visible::line(text.trim_matches(['<', '>']))));
        addresses(name)
            .into_iter()
            .chain(written)
            .find(|address| address.address.contains('@'))
    })
    .or_else(|| addresses(HeaderName::From).into_iter().next())
    .unwrap_or_default();
    if !from.address.contains('@') {
        marks.push(Mark::NoSender);
    }
    if head.iter().filter(|(name, _)| name == "from").count() > 1 {
        marks.push(Mark::SeveralSenders);
    }
    if looks_like_another_address(&from) {
        marks.push(Mark::NameLooksLikeAddress);
    }

    let date = header(HeaderName::Date)
        .and_then(HeaderValue::as_datetime)
        .filter(|date| date.is_valid())
        .and_then(|date| Timestamp::from_second(date.to_timestamp()).ok())
        // Years of two digits, times without seconds and other old habits.
        .or_else(|| OLD_DATES.parse_timestamp(mime::field(head, "date")?).ok());
    if date.is_none() {
        marks.push(Mark::NoDate);
    }

    let ids = |name| match header(name) {
        Some(HeaderValue::Text(id)) => vec![id.as_ref()],
        Some(HeaderValue::TextList(ids)) => ids.iter().map(AsRef::as_ref).collect(),
        _ => Vec::new(),
    };
    let ids = |name| -> Vec<String> {
        let found = ids(name)
            .into_iter()
            .map(|id| id.trim().trim_matches(['<', '>']))
            .filter(|id| thread::is_id(id))
            .map(str::to_owned)
            .collect::<Vec<_>>();
        let skip = found.len().saturating_sub(limits::REFERENCES_MAX);
        found.into_iter().skip(skip).collect()
    };
    let message_id = ids(HeaderName::MessageId)
        .into_iter()
        .next()
        .unwrap_or_else(|| {
            marks.push(Mark::NoMessageId);
            format!("{}@sha256.invalid", thread::hex(&Sha256::digest(raw)[..20]))
        });

    Letter {
        from,
        reply_to: addresses(HeaderName::ReplyTo),
        to: addresses(HeaderName::To),
        cc: addresses(HeaderName::Cc),
        subject: header(HeaderName::Subject)
            .and_then(HeaderValue::as_text)
            .map(visible::line)
            .unwrap_or_default(),
        date,
        message_id,
        in_reply_to: ids(HeaderName::InReplyTo),
        references: ids(HeaderName::References),
        text: String::new(),
        html: None,
        remote_images: 0,
        attachments: Vec::new(),
        kind: Kind::Mail,
        signs: Vec::new(),
        list_id: mime::field(head, "list-id").map(visible::line),
        marks: Vec::new(),
    }
}

fn address_list(list: &mail_parser::Address<'_>) -> Vec<Address> {
    list.iter()
        .take(limits::ADDRESSES_MAX)
        .map(|one| {
            Address::new(
                visible::line(one.name().unwrap_or_default()),
                visible::line(one.address().unwrap_or_default()),
            )
        })
        .filter(|address| !(address.name.is_empty() && address.address.is_empty()))
        .collect()
}

/// `"help@bank.test" <x@elsewhere.test>`: the name promises another sender.
fn looks_like_another_address(from: &Address) -> bool {
    from.name.contains('@')
        && !from
            .name
            .to_lowercase()
            .contains(&from.address.to_lowercase())
}

/// What the parser had to repair.
fn damage(message: &Message<'_>, bytes: &[u8], marks: &mut Vec<Mark>) {
    if message
        .parts
        .iter()
        .any(|part| part.is_encoding_problem && part.offset_end > part.offset_body)
    {
        mime::push(marks, Mark::BrokenEncoding);
    }
    if mime::depth(message) > limits::MIME_DEPTH_MAX {
        mime::push(marks, Mark::TooDeep);
    }
    let Some(kind) = message
        .parts
        .first()
        .and_then(|root| root.content_type())
        .filter(|kind| kind.ctype() == "multipart")
    else {
        return;
    };
    let closed = kind
        .attribute("boundary")
        .is_some_and(|boundary| mime::count(bytes, format!("--{boundary}--").as_bytes()) > 0);
    let opened = matches!(message.parts[0].body, PartType::Multipart(_));
    if !(closed && opened) {
        mime::push(marks, Mark::BrokenMime);
    }
}

/// The words, and the laid-out form where there is one.
fn body(letter: &mut Letter, message: &Message<'_>, marks: &mut Vec<Mark>) {
    let mut texts: Vec<String> = Vec::new();
    for part in message.text_body.iter().filter_map(|&id| message.part(id)) {
        let words = match &part.body {
            PartType::Text(text) => {
                let text = mime::words(message, part, text, marks);
                match part.content_type().filter(|kind| {
                    kind.attribute("format")
                        .is_some_and(|format| format.eq_ignore_ascii_case("flowed"))
                }) {
                    Some(kind) => flowed::unflow(
                        &text,
                        kind.attribute("delsp")
                            .is_some_and(|delsp| delsp.eq_ignore_ascii_case("yes")),
                    ),
                    None => text.into_owned(),
                }
            }
            PartType::Html(html) => {
                let html = mime::words(message, part, html, marks);
                html::clean(&html).map_or_else(
                    || html::crude_text(&html),
                    |clean| html::to_text(&clean.html),
                )
            }
            _ => continue,
        };
        let words = visible::body(&words);
        if !words.is_empty() {
            texts.push(words);
        }
    }
    letter.text = texts.join("\n\n");

    let parts: Vec<_> = message
        .html_body
        .iter()
        .filter_map(|&id| message.part(id))
        .collect();
    if !parts
        .iter()
        .any(|part| matches!(part.body, PartType::Html(_)))
    {
        return;
    }
    let mut whole = String::new();
    for part in parts {
        match &part.body {
            PartType::Html(html) => {
                let html = mime::words(message, part, html, marks);
                match html::clean(&html) {
                    Some(clean) => {
                        letter.remote_images += clean.remote_images;
                        whole.push_str(&clean.html);
                    }
                    None => {
                        mime::push(marks, Mark::HtmlLeftOut);
                        whole.push_str(&html::from_text(&html::crude_text(&html)));
                    }
                }
            }
            PartType::Text(text) => whole.push_str(&html::from_text(&visible::body(text))),
            _ => {}
        }
    }
    if letter.text.is_empty() {
        letter.text = visible::body(&html::to_text(&whole));
    }
    if letter.remote_images > 0 {
        mime::push(marks, Mark::RemoteImages(letter.remote_images));
    }
    letter.html = Some(whole);
}

fn attachments(letter: &mut Letter, message: &Message<'_>, marks: &mut Vec<Mark>) {
    if message.attachments.len() > limits::ATTACHMENTS_MAX {
        mime::push(marks, Mark::TooManyParts);
    }
    for part in message
        .attachments
        .iter()
        .take(limits::ATTACHMENTS_MAX)
        .filter_map(|&id| message.part(id))
    {
        let media_type = media_type(part);
        if media_type.starts_with("multipart/") && letter.text.is_empty() {
            // A part that announced others and held none: its words are the letter's.
            letter.text = visible::body(&String::from_utf8_lossy(&mime::content(message, part)));
            mime::push(marks, Mark::BrokenMime);
            continue;
        }
        let given = match &part.body {
            PartType::Message(inner) if part.attachment_name().is_none() => inner
                .subject()
                .map(|subject| format!("{}.eml", visible::line(subject).replace(['/', '\\'], "-"))),
            _ => part.attachment_name().map(str::to_owned),
        };
        let (name, renamed) = visible::file_name(given.as_deref().unwrap_or_default(), &media_type);
        if renamed && part.attachment_name().is_some() {
            mime::push(marks, Mark::AttachmentRenamed);
        }
        letter.attachments.push(Attachment {
            name,
            media_type,
            bytes: mime::content(message, part).into_owned(),
            content_id: part
                .content_id()
                .map(|id| visible::line(id.trim_matches(['<', '>']))),
        });
    }
}

fn media_type(part: &MessagePart<'_>) -> String {
    let token = |text: &str| {
        !text.is_empty()
            && text.len() <= 100
            && text
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"!#$&-^_.+".contains(&b))
    };
    let (kind, sub) = match part.content_type() {
        Some(given) => (given.ctype(), given.subtype().unwrap_or_default()),
        None if matches!(part.body, PartType::Text(_)) => ("text", "plain"),
        None => ("", ""),
    };
    if token(kind) && token(sub) {
        format!("{kind}/{sub}").to_ascii_lowercase()
    } else {
        "application/octet-stream".into()
    }
}

fn cut(text: &mut String, marks: &mut Vec<Mark>) {
    if text.len() > limits::TEXT_BYTES_MAX {
        let mut end = limits::TEXT_BYTES_MAX;
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        text.truncate(end);
        marks.push(Mark::TextCut);
    }
}
