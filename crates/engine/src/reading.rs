//! What reading a customer's message yields. Every span is a byte range of the text that was given.

pub(crate) mod asks;
pub(crate) mod deadline;
pub(crate) mod heat;
pub(crate) mod style;
pub(crate) mod told;
pub(crate) mod what_if;

use serde::Serialize;

/// A byte range of the text that was given, with the words it covers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Span {
    /// First byte, UTF-8.
    pub start: usize,
    /// One past the last byte, UTF-8.
    pub end: usize,
    /// The words themselves, as written.
    pub text: String,
}

/// Who wrote an earlier message of the thread.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum From {
    Customer,
    Agent,
}

/// An earlier message of the same thread, oldest first in a list.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize, Serialize)]
pub struct Earlier {
    pub from: From,
    pub text: String,
}

/// How warm the words are; a property of a moment, never of a person, never a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Heat {
    #[default]
    Quiet,
    Warm,
    Hot,
    VeryHot,
}

/// Something noticed in a message, with the words that show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cue {
    /// Taxonomy code, such as `C08`.
    pub code: String,
    /// The card's id: its file name without `.md`.
    pub card: String,
    pub evidence: Vec<Span>,
}

/// What kind of answer an ask wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum AskKind {
    YesNo,
    When,
    Where,
    Who,
    Why,
    How,
    What,
    HowMuch,
    Which,
    Request,
}

/// A question or a request; rhetorical ones are left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Ask {
    pub kind: AskKind,
    #[serde(flatten)]
    pub span: Span,
}

/// What sort of checkable thing a fact is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FactKind {
    Date,
    Time,
    Duration,
    Amount,
    Reference,
    Email,
    Phone,
    Count,
    /// What they say we said or promised.
    WeSaid,
}

/// A checkable thing the text states.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fact {
    pub kind: FactKind,
    #[serde(flatten)]
    pub span: Span,
    /// Normalised where there is one: `2026-03-05`, `16:00`, `PT50M`, `42.10 GBP`, `88213`.
    pub value: Option<String>,
}

/// When the answer has to be there, in the customer's words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Deadline {
    #[serde(flatten)]
    pub span: Span,
    /// RFC 3339 date or date-time where it can be worked out from "now".
    pub value: Option<String>,
}

/// A possibility about what lies behind the words: a question, never a verdict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WhatIf {
    /// `H1` to `H8`.
    pub code: String,
    pub card: String,
    /// The possibility, ready to show: "What if … ?"
    pub says: String,
    pub evidence: Vec<Span>,
    /// One question to ask the customer.
    pub ask: String,
    /// The paired response.
    pub respond: String,
}

/// Overrides everything else: people and procedures, no coaching.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Safety {
    Risk,
    Abuse,
}

/// Something that the practice offers to the agent at this moment; ignoring it is an answer (EVIDENCE 7e).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Prompt {
    /// `P01` to `P06`; what hangs on time or on the person is never offered here.
    pub code: String,
    pub card: String,
    /// One sentence that is shown.
    pub says: String,
    /// The words that make it an offer: of the message in a reading, of the draft in a review.
    pub evidence: Vec<Span>,
}

/// How long a message is, in words of the writer's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Length {
    /// Up to twelve words.
    Short,
    #[default]
    Usual,
    /// A hundred and twenty words or more.
    Long,
}

/// How formal a message is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Formality {
    #[default]
    Plain,
    Formal,
}

/// The style of this one message, for a reply to meet. Never of a person, and never kept: no age, culture, health or type is
/// read into it (EVIDENCE 7f, H2).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Style {
    pub length: Length,
    /// The writer's own words, greeting, closing and quotations left out.
    pub words: usize,
    pub formality: Formality,
    /// The phrases that make it formal; empty where it is plain.
    pub formal_words: Vec<Span>,
    /// Their greeting, where they greet.
    pub greets: Option<Span>,
    /// Where they say themselves that steps should be plain ("I can't see well", C23). Empty: nothing says so.
    pub asks_for_plain_steps: Vec<Span>,
}

/// What one message says.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Reading {
    /// The language that the message is in; none where it is not one we know, and then only what does not depend on
    /// language was looked at.
    pub language: Option<crate::Language>,
    pub heat: Heat,
    pub cues: Vec<Cue>,
    pub asks: Vec<Ask>,
    pub facts: Vec<Fact>,
    /// What they say that we promised, with the day it was to be, where it can be worked out.
    pub told: Vec<crate::Promise>,
    pub deadline: Option<Deadline>,
    pub what_if: Option<WhatIf>,
    pub other_what_ifs: Vec<WhatIf>,
    pub safety: Option<Safety>,
    /// What it makes an offer, in order of the codes' cards.
    pub prompts: Vec<Prompt>,
    pub style: Style,
}
