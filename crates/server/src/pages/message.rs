//! One message: who wrote it, when, its words, what came with it, and how far it got.

use super::lines::rejoin;
use super::listening::Kept;
use super::when::{When, when};
use crate::sheets::{Around, DeliverySheet, DeliveryState, MessageSheet, Voice};
use askama::Template;

pub struct MessageView<'a> {
    pub id: &'a str,
    pub class: &'static str,
    pub label: String,
    pub who: &'a str,
    pub is_note: bool,
    pub at: When,
    pub marks: &'a [String],
    pub tone: Option<&'static str>,
    pub last_word: bool,
    pub fresh: String,
    pub quoted: String,
    pub has_layout: bool,
    pub has_raw: bool,
    /// The letter as it came is offered where something about it is unusual, not under every one.
    pub offer_raw: bool,
    pub files: Vec<File<'a>>,
    pub delivery: Option<Delivery<'a>>,
    pub card: Option<Kept<'a>>,
}

pub struct File<'a> {
    pub id: &'a str,
    pub name: &'a str,
    pub size: String,
}

pub struct Delivery<'a> {
    pub id: &'a str,
    pub version: i64,
    pub words: &'a str,
    pub may_undo: bool,
    pub undo: &'static str,
    pub may_retry: bool,
    pub retry: &'static str,
    pub unsure: bool,
    pub unwell: bool,
}

impl<'a> MessageView<'a> {
    pub fn of(sheet: &'a MessageSheet, around: &'a Around) -> Self {
        let at = when(sheet.at, around.now, &around.tz);
        let who = if sheet.from.name.is_empty() {
            &sheet.from.address
        } else {
            &sheet.from.name
        };
        Self {
            id: &sheet.id,
            class: class_of(sheet.voice),
            label: format!("{who}, {}", at.long),
            who,
            is_note: sheet.voice == Voice::Note,
            at,
            marks: &sheet.marks,
            tone: None,
            last_word: false,
            fresh: rejoin(&sheet.fresh),
            quoted: sheet.quoted.trim_end().to_owned(),
            has_layout: sheet.has_layout,
            has_raw: sheet.has_raw,
            offer_raw: !sheet.marks.is_empty(),
            files: sheet
                .attachments
                .iter()
                .map(|file| File {
                    id: &file.id,
                    name: &file.name,
                    size: size(file.bytes),
                })
                .collect(),
            delivery: sheet
                .delivery
                .as_ref()
                .map(|it| Delivery::of(it, around.now)),
            card: sheet.card.as_ref().map(Kept::of),
        }
    }
}

impl<'a> Delivery<'a> {
    fn of(sheet: &'a DeliverySheet, now: i64) -> Self {
        let waiting = sheet.state == DeliveryState::Waiting;
        let may_undo = waiting && sheet.undo_until.is_some_and(|until| until > now);
        let refused = sheet.state == DeliveryState::Refused;
        Self {
            id: &sheet.id,
            version: sheet.version,
            words: &sheet.words,
            may_undo,
            undo: if sheet.timed { "Take it back" } else { "Undo" },
            // What waits for the next try, or for its time, can be taken back and can be hurried.
            may_retry: refused || (waiting && (sheet.timed || sheet.words.starts_with("Not "))),
            retry: if sheet.timed {
                "Send it now"
            } else {
                "Try again now"
            },
            unsure: sheet.state == DeliveryState::Unsure,
            unwell: refused
                || sheet.state == DeliveryState::Unsure
                || sheet.words.starts_with("Not "),
        }
    }
}

/// A message alone, as a fragment.
#[derive(Template)]
#[template(path = "message.html")]
pub struct Alone<'a> {
    message: MessageView<'a>,
}

impl<'a> Alone<'a> {
    pub fn of(sheet: &'a MessageSheet, around: &'a Around) -> Self {
        Self {
            message: MessageView::of(sheet, around),
        }
    }
}

fn class_of(voice: Voice) -> &'static str {
    match voice {
        Voice::Customer => "customer",
        Voice::Agent => "agent",
        Voice::Note => "note",
        Voice::Machine => "machine",
    }
}

/// "340 kB": near enough to know whether to open it here.
fn size(bytes: i64) -> String {
    match bytes {
        ..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{} kB", (bytes + 500) / 1_000),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}
