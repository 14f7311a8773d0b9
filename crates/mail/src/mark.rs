//! What was unusual about a letter, in words a person can read beside it.

use serde::{Deserialize, Serialize};

/// Something an agent may want to know about how a letter arrived. Never a reason to drop it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Mark {
    /// There were no bytes, or nothing that could be shown as words.
    Empty,
    /// No From, Sender or Return-Path with an address.
    NoSender,
    /// More than one From line: mail programs disagree about which to show.
    SeveralSenders,
    /// The sender's name is written so that it looks like another address.
    NameLooksLikeAddress,
    NoMessageId,
    NoDate,
    /// The parts of the letter could not be told apart as announced.
    BrokenMime,
    /// A part's base64 or quoted-printable was damaged.
    BrokenEncoding,
    /// The letters of the text were guessed; the name is the one that was announced, if any.
    CharsetGuessed(String),
    /// Nested deeper than is opened here.
    TooDeep,
    /// More parts or attachments than are opened here.
    TooManyParts,
    /// The header was longer than is read here.
    HeadersCut,
    /// The text was longer than is shown here.
    TextCut,
    /// The laid-out form was too large or too tangled to be cleaned safely, so only words are shown.
    HtmlLeftOut,
    /// Only the first part of the letter was fetched; the number is its full size in bytes.
    FetchedInPart(u64),
    /// Pictures that lie elsewhere and would have told their owner that the letter was opened.
    RemoteImages(usize),
    /// An attachment's name held hidden characters, a folder or a reserved name, and was rewritten.
    AttachmentRenamed,
}

impl Mark {
    /// One short sentence for the page, without a full stop.
    pub fn words(&self) -> String {
        match self {
            Self::Empty => "this letter held no words that could be shown".into(),
            Self::NoSender => "this letter does not say who sent it".into(),
            Self::SeveralSenders => {
                "this letter names more than one sender; the first is shown".into()
            }
            Self::NameLooksLikeAddress => {
                "the sender's name is written like another address; look at the address itself"
                    .into()
            }
            Self::NoMessageId => {
                "this letter came without an id of its own; one was made for it".into()
            }
            Self::NoDate => "this letter does not say when it was written".into(),
            Self::BrokenMime => "this letter was damaged; what could be read is shown".into(),
            Self::BrokenEncoding => {
                "a part of this letter was damaged on its way; what could be read is shown".into()
            }
            Self::CharsetGuessed(named) if named.is_empty() => {
                "the lettering was guessed; some characters may be wrong".into()
            }
            Self::CharsetGuessed(named) => format!(
                "the lettering named in this letter ({named}) did not fit, so it was guessed; some characters may be wrong"
            ),
            Self::TooDeep => {
                "this letter is nested deeper than is opened here; the original is kept".into()
            }
            Self::TooManyParts => {
                "this letter has more parts than are opened here; the original is kept".into()
            }
            Self::HeadersCut => {
                "the head of this letter is longer than is read here; the original is kept".into()
            }
            Self::TextCut => {
                "this letter is longer than is shown here; the original is kept".into()
            }
            Self::HtmlLeftOut => {
                "the layout of this letter could not be cleaned safely; its words are shown".into()
            }
            Self::FetchedInPart(bytes) => format!(
                "this letter is larger than is fetched here ({} MB); its beginning is shown",
                bytes / 1_000_000
            ),
            Self::RemoteImages(1) => "one remote picture was left out".into(),
            Self::RemoteImages(count) => format!("{count} remote pictures were left out"),
            Self::AttachmentRenamed => {
                "an attachment had a misleading name and was given a plain one".into()
            }
        }
    }
}
