//! A reply as bytes: plain text, well-formed headers, the words it answers quoted below.

use jiff::{Timestamp, Zoned};
use lettre::message::{
    Body, Mailbox, Message, SinglePart,
    header::{ContentTransferEncoding, ContentType},
};

use crate::{Address, Envelope, limits, thread, visible};

#[derive(Clone, Debug)]
pub struct Outgoing {
    pub from: Address,
    pub to: Vec<Address>,
    pub cc: Vec<Address>,
    pub subject: String,
    /// What the agent wrote, and nothing else.
    pub text: String,
    /// From [`crate::thread::sign`], without brackets.
    pub message_id: String,
    /// Now, in the desk's time zone.
    pub date: Zoned,
    /// The letter answered, quoted below the reply. `None` starts a conversation.
    pub answering: Option<Answered>,
}

#[derive(Clone, Debug)]
pub struct Answered {
    pub from: Address,
    pub date: Option<Timestamp>,
    pub message_id: String,
    pub references: Vec<String>,
    /// The words to quote: usually the fresh part of the letter, without older history.
    pub text: String,
}

#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum Error {
    #[error("There is nobody to send this to. Add an address and send again.")]
    NoRecipient,
    #[error("The address {0:?} cannot be written to. Correct it and send again.")]
    Address(String),
    #[error("This letter is too long to send. Shorten it, or send a part of it as a file.")]
    TooLong,
    #[error("The letter could not be written down: {0}. Nothing was sent.")]
    Form(String),
}

/// Writes a letter for [`crate::smtp::send`]: the envelope and the bytes.
///
/// The same `Outgoing` always gives the same bytes, so a letter tried again is the same letter.
pub fn letter(outgoing: &Outgoing) -> Result<(Envelope, Vec<u8>), Error> {
    let from = mailbox(&outgoing.from)?;
    let mut builder = Message::builder()
        .from(from.clone())
        .date(outgoing.date.timestamp().into())
        .subject(visible::line(&outgoing.subject));
    let mut to: Vec<String> = Vec::new();
    for (list, copy) in [(&outgoing.to, false), (&outgoing.cc, true)] {
        for address in list {
            let mailbox = mailbox(address)?;
            if to
                .iter()
                .any(|known| known.eq_ignore_ascii_case(mailbox.email.as_ref()))
            {
                continue;
            }
            to.push(mailbox.email.to_string());
            builder = if copy {
                builder.cc(mailbox)
            } else {
                builder.to(mailbox)
            };
        }
    }
    if to.is_empty() {
        return Err(Error::NoRecipient);
    }
    if !thread::is_id(&outgoing.message_id) {
        return Err(Error::Form("its Message-ID is not well formed".into()));
    }
    builder = builder.message_id(Some(format!("<{}>", outgoing.message_id)));
    if let Some(answered) = &outgoing.answering
        && thread::is_id(&answered.message_id)
    {
        let references = thread::references(&answered.references, &answered.message_id);
        builder = builder
            .in_reply_to(format!("<{}>", answered.message_id))
            .references(
                references
                    .iter()
                    .map(|id| format!("<{id}>"))
                    .collect::<Vec<_>>()
                    .join(" "),
            );
    }
    let text = body(outgoing);
    if text.len() > limits::OUTGOING_TEXT_BYTES_MAX {
        return Err(Error::TooLong);
    }
    let body = Body::new_with_encoding(text, ContentTransferEncoding::QuotedPrintable)
        .map_err(|_| Error::Form("its text could not be encoded".into()))?;
    let part = SinglePart::builder()
        .header(ContentType::TEXT_PLAIN)
        .body(body);
    let message = builder
        .singlepart(part)
        .map_err(|error| Error::Form(error.to_string()))?;
    Ok((
        Envelope {
            from: from.email.to_string(),
            to,
        },
        message.formatted(),
    ))
}

/// A name without line breaks or tricks, an address that SMTP can carry.
fn mailbox(address: &Address) -> Result<Mailbox, Error> {
    let written = address.address.trim();
    let email = written
        .parse()
        .map_err(|_| Error::Address(visible::line(written)))?;
    let name = visible::line(&address.name);
    Ok(Mailbox::new((!name.is_empty()).then_some(name), email))
}

/// The reply, then the words it answers.
fn body(outgoing: &Outgoing) -> String {
    let mut text = visible::body(&outgoing.text);
    text.push('\n');
    if let Some(answered) = &outgoing.answering {
        let quoted = visible::body(&answered.text);
        if !quoted.is_empty() {
            text.push('\n');
            text.push_str(&attribution(answered, outgoing));
            text.push('\n');
            for line in quoted.lines() {
                // "> > " would read as two quotes to some programs; ">> " to all.
                text.push_str(if line.is_empty() || line.starts_with('>') {
                    ">"
                } else {
                    "> "
                });
                text.push_str(line);
                text.push('\n');
            }
        }
    }
    text
}

fn attribution(answered: &Answered, outgoing: &Outgoing) -> String {
    let who = visible::line(answered.from.shown());
    match answered.date {
        Some(date) => {
            let local = date.to_zoned(outgoing.date.time_zone().clone());
            format!(
                "On {} at {}, {who} wrote:",
                local.strftime("%-d %B %Y"),
                local.strftime("%H:%M")
            )
        }
        None => format!("{who} wrote:"),
    }
}

#[cfg(test)]
mod tests;
