//! What the parser is given and what is taken from it: heads, guards, and the bytes of a part.

use std::{borrow::Cow, sync::LazyLock};

use mail_parser::{Encoding, Message, MessageParser, MessagePart, MimeHeaders, PartType, decoders};

use crate::{Mark, limits};

static PARSER: LazyLock<MessageParser> = LazyLock::new(MessageParser::default);

/// Written on top of a letter of which only the beginning was fetched, so that the bytes say so themselves.
pub(crate) const IN_PART: &str = "X-Unruffled-Fetched-In-Part";

/// The bytes as the parser should see them: no mbox line or byte-order mark on top, a head of sane length in
/// one lettering.
pub(crate) fn prepare<'a>(raw: &'a [u8], marks: &mut Vec<Mark>) -> Cow<'a, [u8]> {
    let mut bytes = raw.strip_prefix(b"\xef\xbb\xbf").unwrap_or(raw);
    if bytes.starts_with(b"From ")
        && let Some(end) = bytes.iter().position(|&b| b == b'\n')
    {
        bytes = &bytes[end + 1..];
    }
    let end = head_end(bytes);
    if end > limits::HEADER_BYTES_MAX {
        marks.push(Mark::HeadersCut);
        let cut = bytes[..limits::HEADER_BYTES_MAX]
            .iter()
            .rposition(|&b| b == b'\n')
            .map_or(0, |at| at + 1);
        let mut short = latin(&bytes[..cut], marks).into_owned();
        short.extend_from_slice(b"\r\n");
        short.extend_from_slice(&bytes[end..]);
        return short.into();
    }
    match latin(&bytes[..end], marks) {
        Cow::Borrowed(_) => bytes.into(),
        Cow::Owned(mut head) => {
            head.extend_from_slice(&bytes[end..]);
            head.into()
        }
    }
}

/// Where the body begins.
pub(crate) fn head_end(bytes: &[u8]) -> usize {
    let mut at = 0;
    while let Some(line) = bytes[at..].iter().position(|&b| b == b'\n') {
        let empty = line == 0 || (line == 1 && bytes[at] == b'\r');
        at += line + 1;
        if empty {
            return at;
        }
    }
    bytes.len()
}

/// A head with raw bytes that are not UTF-8 is taken for Windows-1252, by far the most common case.
fn latin<'a>(head: &'a [u8], marks: &mut Vec<Mark>) -> Cow<'a, [u8]> {
    if std::str::from_utf8(head).is_ok() {
        return head.into();
    }
    marks.push(Mark::CharsetGuessed(String::new()));
    windows_1252(head).into_bytes().into()
}

fn windows_1252(bytes: &[u8]) -> String {
    match decoders::charsets::map::charset_decoder(b"windows-1252") {
        Some(decode) => decode(bytes),
        None => String::from_utf8_lossy(bytes).into_owned(),
    }
}

/// Header fields in order, unfolded, names in lower case, values as they stand.
pub(crate) fn fields(head: &[u8]) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> = Vec::new();
    for line in String::from_utf8_lossy(head).lines() {
        if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = fields.last_mut() {
                value.push(' ');
                value.push_str(line.trim());
            }
        } else if let Some((name, value)) = line.split_once(':') {
            fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
    fields
}

pub(crate) fn field<'a>(fields: &'a [(String, String)], name: &str) -> Option<&'a str> {
    fields
        .iter()
        .find(|(found, _)| found == name)
        .map(|(_, value)| value.as_str())
}

/// Whether opening the parts could take unreasonably long or deep.
pub(crate) fn too_tangled(bytes: &[u8]) -> bool {
    let boundaries = count(bytes, b"boundary");
    let inner = count(bytes, b"message/rfc822") + count(bytes, b"message/global");
    boundaries > limits::MIME_BOUNDARIES_MAX
        || inner > limits::MIME_INNER_LETTERS_MAX
        || boundaries.saturating_mul(bytes.len()) > limits::MIME_WORK_MAX
        || (inner > 0 || count(bytes, b"/digest") > 0)
            && count(bytes, b"\n--") > limits::MIME_BOUNDARIES_MAX * 10
}

/// How often a word stands there, in any case. Letters may be 50 MB, so the first byte decides quickly.
pub(crate) fn count(bytes: &[u8], word: &[u8]) -> usize {
    let Some(first) = word.first().map(u8::to_ascii_lowercase) else {
        return 0;
    };
    bytes
        .iter()
        .enumerate()
        .filter(|&(at, byte)| {
            byte.to_ascii_lowercase() == first
                && bytes[at..]
                    .get(..word.len())
                    .is_some_and(|found| found.eq_ignore_ascii_case(word))
        })
        .count()
}

/// Opens the letter. A parser that gives up, in whatever way, is no reason to lose it.
pub(crate) fn open(bytes: &[u8], whole: bool) -> Option<Message<'_>> {
    std::panic::catch_unwind(|| {
        if whole {
            PARSER.parse(bytes)
        } else {
            PARSER.parse_headers(bytes)
        }
    })
    .ok()
    .flatten()
    .filter(|message| !message.parts.is_empty())
}

/// How deep the parts of a letter lie in one another.
pub(crate) fn depth(message: &Message<'_>) -> usize {
    let mut deepest = 0;
    let mut open = vec![(0u32, 1usize)];
    let mut seen = 0;
    while let Some((id, depth)) = open.pop() {
        deepest = deepest.max(depth);
        seen += 1;
        if seen > message.parts.len() {
            break;
        }
        if let Some(PartType::Multipart(inner)) = message.part(id).map(|part| &part.body) {
            open.extend(
                inner
                    .iter()
                    .filter(|&&child| child != id)
                    .map(|&child| (child, depth + 1)),
            );
        }
    }
    deepest
}

/// A part's own bytes, its transfer encoding undone, its lettering untouched.
pub(crate) fn content<'a>(message: &'a Message<'_>, part: &'a MessagePart<'_>) -> Cow<'a, [u8]> {
    let raw = || {
        message
            .raw_message
            .get(part.offset_body as usize..part.offset_end as usize)
            .unwrap_or_default()
    };
    match &part.body {
        PartType::Binary(bytes) | PartType::InlineBinary(bytes) => Cow::Borrowed(bytes.as_ref()),
        PartType::Message(inner) if part.encoding != Encoding::None => {
            Cow::Borrowed(inner.raw_message.as_ref())
        }
        PartType::Multipart(_) | PartType::Message(_) => Cow::Borrowed(raw()),
        PartType::Text(text) | PartType::Html(text) => match part.encoding {
            Encoding::None => Cow::Borrowed(raw()),
            Encoding::Base64 => decoders::base64::base64_decode(raw())
                .map_or(Cow::Borrowed(text.as_bytes()), Cow::Owned),
            Encoding::QuotedPrintable => decoders::quoted_printable::quoted_printable_decode(raw())
                .map_or(Cow::Borrowed(text.as_bytes()), Cow::Owned),
        },
    }
}

/// A text part's words. Where the announced lettering is unknown or does not fit, a better one is guessed.
pub(crate) fn words<'a>(
    message: &'a Message<'_>,
    part: &'a MessagePart<'_>,
    text: &'a str,
    marks: &mut Vec<Mark>,
) -> Cow<'a, str> {
    let named = part
        .content_type()
        .and_then(|kind| kind.attribute("charset"))
        .unwrap_or_default();
    let utf8 = named.eq_ignore_ascii_case("utf-8") || named.eq_ignore_ascii_case("utf8");
    let known = utf8 || decoders::charsets::map::charset_decoder(named.as_bytes()).is_some();
    let ascii = named.eq_ignore_ascii_case("us-ascii") || named.eq_ignore_ascii_case("ascii");
    if text.is_ascii() || (known && !ascii && !text.contains('\u{fffd}')) {
        return text.into();
    }
    let bytes = content(message, part);
    let valid = std::str::from_utf8(&bytes);
    if named.is_empty() && valid.is_ok() {
        return text.into();
    }
    let guessed = match valid {
        Ok(utf8) => utf8.to_owned(),
        // The announced lettering fits but for a few bytes: keep it.
        Err(_) if known && !ascii && few_holes(text) => return text.into(),
        Err(_) => windows_1252(&bytes),
    };
    push(
        marks,
        Mark::CharsetGuessed(crate::visible::line(named).chars().take(40).collect()),
    );
    guessed.into()
}

fn few_holes(text: &str) -> bool {
    let (mut holes, mut others) = (0usize, 0usize);
    for c in text.chars().filter(|c| !c.is_ascii()) {
        if c == '\u{fffd}' {
            holes += 1
        } else {
            others += 1
        }
    }
    others > holes * 4
}

pub(crate) fn push(marks: &mut Vec<Mark>, mark: Mark) {
    if !marks.contains(&mark) {
        marks.push(mark);
    }
}
