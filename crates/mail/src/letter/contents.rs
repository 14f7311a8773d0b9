//! What a letter holds: its words, its laid-out form, its attachments, and what was damaged.

use mail_parser::{Message, MessagePart, MimeHeaders, PartType};

use super::{Attachment, Letter};
use crate::{Mark, flowed, html, limits, mime, visible};

/// What the parser had to repair.
pub(super) fn damage(message: &Message<'_>, bytes: &[u8], marks: &mut Vec<Mark>) {
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
pub(super) fn body(letter: &mut Letter, message: &Message<'_>, marks: &mut Vec<Mark>) {
    let mut texts: Vec<String> = Vec::new();
    for part in message.text_body.iter().filter_map(|&id| message.part(id)) {
        let words = match &part.body {
            PartType::Text(text) => {
                let text = beginning(text, marks);
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

pub(super) fn attachments(letter: &mut Letter, message: &Message<'_>, marks: &mut Vec<Mark>) {
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

pub(super) fn cut(text: &mut String, marks: &mut Vec<Mark>) {
    if text.len() > limits::TEXT_BYTES_MAX {
        text.truncate(text.floor_char_boundary(limits::TEXT_BYTES_MAX));
        mime::push(marks, Mark::TextCut);
    }
}

/// What can be shown of a very long text, before any work is done on it.
fn beginning<'a>(text: &'a str, marks: &mut Vec<Mark>) -> &'a str {
    let end = text.floor_char_boundary(limits::TEXT_BYTES_MAX * 2);
    if end < text.len() {
        mime::push(marks, Mark::TextCut);
    }
    &text[..end]
}
