//! The head of a letter: who, when, about what, in answer to what.

use jiff::{Timestamp, fmt::rfc2822::DateTimeParser};
use mail_parser::{HeaderName, HeaderValue, Message};
use sha2::{Digest, Sha256};

use super::{Kind, Letter};
use crate::{Address, Mark, limits, mime, thread, visible};

static OLD_DATES: DateTimeParser = DateTimeParser::new().relaxed_weekday(true);

/// Who, when, about what, in answer to what.
pub(super) fn read(
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
