//! A conversation: the letters, the side, the composer.

use super::backup::Backup;
use super::customer::PersonView;
use super::facts::FactsView;
use super::list::{List, subject_or_words};
use super::listening::{Also, Listening};
use super::message::MessageView;
use super::promises::Promises;
use super::side::Side;
use super::when::{clock, day, when};
use crate::sheets::backup::SafetySheet;
use crate::sheets::{
    Address, ConversationSheet, DraftSheet, LandingSheet, MessageSheet, NodSheet, OptionsSheet,
    Person, ReadingSheet, Standing, Voice,
};
use askama::Template;
use std::cmp::Ordering;
use unruffled_engine::Heat;

/// In a longer conversation only this many letters lie open; those before are folded.
const OPEN_LETTERS: usize = 6;

#[derive(Template)]
#[template(path = "conversation.html")]
pub struct Conversation<'a> {
    list: List<'a>,
    number: i64,
    who: &'a str,
    subject: &'a str,
    today: String,
    last_word: &'a str,
    undo_seconds: u32,
    done: bool,
    may_bring: bool,
    state_words: Option<&'static str>,
    colleagues: Vec<Colleague<'a>>,
    person: PersonView<'a>,
    listening: Listening<'a>,
    also: Vec<Also<'a>>,
    cut: bool,
    earlier: Vec<MessageView<'a>>,
    earlier_since: String,
    messages: Vec<MessageView<'a>>,
    side: Side<'a>,
    promises: Promises<'a>,
    landing: &'a LandingSheet,
    options: &'a OptionsSheet,
    nods: &'a [NodSheet],
    facts: FactsView<'a>,
    safety: Option<&'a SafetySheet>,
    backup: Backup<'a>,
    to: Option<&'a Address>,
    reply: Draft<'a>,
    note: Draft<'a>,
    problem: Option<&'a str>,
}

struct Colleague<'a> {
    id: &'a str,
    words: String,
    here: bool,
}

struct Draft<'a> {
    body: &'a str,
    version: i64,
    once: &'a str,
    promises: &'a str,
    state: String,
}

impl<'a> Conversation<'a> {
    pub fn of(sheet: &'a ConversationSheet) -> Self {
        let around = &sheet.around;
        let who = name_of(&sheet.customer.name, sheet.to.as_ref());
        let last = sheet
            .messages
            .iter()
            .rposition(|message| message.voice == Voice::Customer);
        let fold = fold_at(sheet.messages.len(), last);
        let mut messages: Vec<MessageView> = sheet
            .messages
            .iter()
            .enumerate()
            .map(|(index, message)| MessageView {
                last_word: last == Some(index),
                tone: (last == Some(index))
                    .then(|| tone(sheet.reading.as_ref()?))
                    .flatten(),
                ..MessageView::of(message, around)
            })
            .collect();
        let rest = messages.split_off(fold);
        Self {
            list: List::of(around, Some(sheet.number)),
            number: sheet.number,
            who,
            subject: subject_or_words(&sheet.subject),
            today: day(around.now, &around.tz).to_string(),
            last_word: last.map_or("", |index| &sheet.messages[index].id),
            undo_seconds: sheet.undo_seconds,
            done: sheet.standing == Standing::Done,
            // Something was said on both sides, or it is over: before that there is no moment to talk about.
            may_bring: sheet.standing == Standing::Done
                || sheet
                    .messages
                    .iter()
                    .any(|message| message.voice == Voice::Agent),
            state_words: match sheet.standing {
                Standing::Open => None,
                Standing::Waiting => Some("waiting for their answer"),
                Standing::Done => Some("closed"),
            },
            colleagues: colleagues(sheet),
            person: PersonView::of(&sheet.customer, around),
            listening: Listening::of(&sheet.listening, around),
            also: sheet.also.iter().map(|it| Also::of(it, around)).collect(),
            cut: sheet.cut,
            earlier_since: earlier_since(&sheet.messages[..fold], around.now, &around.tz),
            earlier: messages,
            messages: rest,
            safety: sheet.safety.as_ref(),
            backup: Backup::of(&sheet.backup, around),
            options: &sheet.options,
            nods: &sheet.nods,
            side: Side::of(sheet.reading.as_ref(), &sheet.reply),
            facts: FactsView::of(
                &sheet.facts,
                sheet.number,
                last.map_or("", |index| &sheet.messages[index].id),
                around,
            ),
            promises: Promises::of(&sheet.promises, around),
            landing: &sheet.landing,
            to: sheet.to.as_ref(),
            reply: draft(&sheet.reply, sheet),
            note: draft(&sheet.note, sheet),
            problem: sheet.problem.as_deref(),
        }
    }
}

fn name_of<'a>(name: &'a str, to: Option<&'a Address>) -> &'a str {
    match to {
        _ if !name.is_empty() => name,
        Some(to) => &to.address,
        None => "Somebody",
    }
}

/// Heat as a word at the letter's edge: it is said of the words, and only where it helps to know.
fn tone(sheet: &ReadingSheet) -> Option<&'static str> {
    let (is, was) = (sheet.reading.heat, sheet.before);
    if sheet.reading.safety.is_some() {
        return None;
    }
    Some(match was.map(|was| is.cmp(&was)) {
        Some(Ordering::Greater) => "warmer than before",
        Some(Ordering::Less) => "cooler than before",
        _ if is == Heat::Quiet => return None,
        Some(Ordering::Equal) => "as warm as before",
        None if is == Heat::Warm => "warm words",
        None => "hot words",
    })
}

/// The customer's last word is never folded away.
fn fold_at(count: usize, last_word: Option<usize>) -> usize {
    if count <= OPEN_LETTERS + 1 {
        return 0;
    }
    (count - OPEN_LETTERS).min(last_word.unwrap_or(count))
}

fn earlier_since(folded: &[MessageSheet], now: i64, tz: &jiff::tz::TimeZone) -> String {
    folded
        .first()
        .map_or_else(String::new, |message| when(message.at, now, tz).short)
}

fn colleagues(sheet: &ConversationSheet) -> Vec<Colleague<'_>> {
    let me = &sheet.around.agent;
    let words = |person: &Person| {
        let around = &sheet.around.people;
        let word = around.iter().find(|known| known.id == person.id);
        match word {
            _ if person.id == me.id => "with me".to_owned(),
            Some(known) => format!("with {} · {}", person.name, known.word),
            None => format!("with {}", person.name),
        }
    };
    sheet
        .colleagues
        .iter()
        .map(|person| Colleague {
            id: &person.id,
            words: words(person),
            here: sheet.assignee.as_ref().is_some_and(|it| it.id == person.id),
        })
        .collect()
}

/// What the composer says about a draft that was there already.
fn draft<'a>(draft: &'a DraftSheet, sheet: &ConversationSheet) -> Draft<'a> {
    let last = sheet
        .messages
        .iter()
        .rfind(|message| message.voice == Voice::Customer);
    let moved_on = match (&draft.answered_for, last) {
        (Some(for_id), Some(last)) => !draft.body.is_empty() && *for_id != last.id,
        _ => false,
    };
    let kept = draft
        .kept_at
        .filter(|_| !draft.body.is_empty())
        .map(|at| clock(at, &sheet.around.tz));
    let state = match (kept, moved_on) {
        (Some(kept), true) => format!("kept {kept} · they have written since"),
        (Some(kept), false) => format!("kept {kept}"),
        (None, _) => String::new(),
    };
    Draft {
        body: &draft.body,
        version: draft.version,
        once: &draft.once,
        promises: &draft.promises,
        state,
    }
}
