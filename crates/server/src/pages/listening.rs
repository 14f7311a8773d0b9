//! The listening card: written on in the composer, and as it was kept in the thread.

use super::when::{clock, when};
use crate::sheets::{AlsoSheet, Around, KeptCardSheet, ListeningSheet};
use unruffled_store::{Heard, LiveChannel};

/// A field of the card: its name in the form, what it is called, its words, and whether it is one line.
pub struct Field<'a> {
    pub name: &'static str,
    pub label: &'static str,
    pub words: &'a str,
}

/// In the order in which things are heard.
const FIELDS: [(&str, &str); 6] = [
    ("name", "Their name"),
    ("by_when", "By when"),
    ("asks", "What they ask"),
    ("matters", "What matters to them"),
    ("said_back", "Said back in one sentence"),
    ("promised", "What we promised"),
];

fn words_of<'a>(heard: &'a Heard, name: &str) -> &'a str {
    match name {
        "name" => &heard.name,
        "asks" => &heard.asks,
        "matters" => &heard.matters,
        "by_when" => &heard.by_when,
        "said_back" => &heard.said_back,
        _ => &heard.promised,
    }
}

fn fields(heard: &Heard) -> impl Iterator<Item = Field<'_>> {
    FIELDS.into_iter().map(|(name, label)| Field {
        name,
        label,
        words: words_of(heard, name),
    })
}

pub struct Listening<'a> {
    pub on_the_phone: bool,
    pub version: i64,
    pub fields: Vec<Field<'a>>,
    pub edge: &'a [String],
    pub first: bool,
    pub state: String,
    pub kept_card: Option<&'a str>,
}

impl<'a> Listening<'a> {
    pub fn of(sheet: &'a ListeningSheet, around: &Around) -> Self {
        Self {
            on_the_phone: sheet.channel == LiveChannel::Phone,
            version: sheet.version,
            fields: fields(&sheet.heard).collect(),
            edge: &sheet.edge,
            first: sheet.first,
            state: sheet
                .kept_at
                .map(|at| format!("kept {}", clock(at, &around.tz)))
                .unwrap_or_default(),
            kept_card: sheet.kept_card.as_deref(),
        }
    }
}

/// A card in the thread: what is on it and nothing that is not.
pub struct Kept<'a> {
    pub place: &'static str,
    pub by: &'a str,
    pub fields: Vec<Field<'a>>,
}

impl<'a> Kept<'a> {
    pub fn of(sheet: &'a KeptCardSheet) -> Self {
        Self {
            place: place(sheet.channel),
            by: &sheet.by,
            fields: fields(&sheet.heard)
                // Their name stands above the card already.
                .filter(|field| field.name != "name" && !field.words.trim().is_empty())
                .collect(),
        }
    }
}

/// A live moment beside a letter.
pub struct Also<'a> {
    pub number: i64,
    pub subject: &'a str,
    pub place: &'static str,
    pub at: String,
    pub joined: bool,
}

impl<'a> Also<'a> {
    pub fn of(sheet: &'a AlsoSheet, around: &Around) -> Self {
        Self {
            number: sheet.number,
            subject: &sheet.subject,
            place: place(sheet.channel),
            at: when(sheet.at, around.now, &around.tz).short,
            joined: sheet.joined,
        }
    }
}

fn place(channel: LiveChannel) -> &'static str {
    crate::knocking::place(channel)
}
