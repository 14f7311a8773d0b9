//! Backup as it stands at the side and above the letters: who is called, who looks on, what was whispered.

use super::when::clock;
use crate::sheets::backup::{BackupSheet, BriefingSheet, CallStanding, SafetySheet, WhisperSheet};
use crate::sheets::{Around, backup::Colleague};
use askama::Template;
use jiff::tz::TimeZone;

/// A minute before it is said that nobody came, nothing changes by itself; then the page looks again.
const LOOK_AGAIN_MS: i64 = crate::limits::CALL_WAIT / 1_000;

/// Everything the templates show of backup.
pub struct Backup<'a> {
    pub asking: bool,
    /// Nobody is called, so the line for it can be opened.
    pub may_call: bool,
    pub whom: Vec<&'a Colleague>,
    pub call: Option<Call<'a>>,
    pub whispers: Vec<Whisper<'a>>,
    pub briefing: Option<&'a BriefingSheet>,
    pub offers: &'a [crate::sheets::backup::OfferSheet],
    pub times: &'a [crate::send_times::SendTime],
}

/// One call in words, and what this agent may do about it.
#[derive(Default)]
pub struct Call<'a> {
    pub says: String,
    pub wanted: &'a str,
    pub may_come: bool,
    pub may_take_over: bool,
    /// The name of the other one of the two.
    pub other: Option<&'a str>,
    pub end: Option<&'static str>,
    /// Somebody to ask next, with the words of the button.
    pub next: Option<(&'a str, String)>,
    /// The draft that is shown to this agent.
    pub draft: Option<&'a str>,
    pub may_show_draft: bool,
    pub shows_draft: bool,
    /// In so many milliseconds the page looks again.
    pub look_again_ms: Option<i64>,
}

pub struct Whisper<'a> {
    pub id: &'a str,
    pub who: &'a str,
    pub text: &'a str,
    pub at: String,
}

impl<'a> Backup<'a> {
    pub fn of(sheet: &'a BackupSheet, around: &'a Around) -> Self {
        let call = call(&sheet.call, around.now, &around.tz);
        Self {
            asking: sheet.asking,
            may_call: matches!(sheet.call, CallStanding::None | CallStanding::Over { .. }),
            whom: around.people.iter().filter(|person| !person.me).collect(),
            call,
            whispers: sheet
                .whispers
                .iter()
                .map(|whisper| said(whisper, &around.tz))
                .collect(),
            briefing: sheet.briefing.as_ref(),
            offers: &sheet.offers,
            times: &sheet.send_times,
        }
    }
}

fn said<'a>(whisper: &'a WhisperSheet, tz: &TimeZone) -> Whisper<'a> {
    Whisper {
        id: &whisper.id,
        who: if whisper.mine { "You" } else { &whisper.author },
        text: &whisper.text,
        at: clock(whisper.at, tz),
    }
}

fn call<'a>(standing: &'a CallStanding, now: i64, tz: &TimeZone) -> Option<Call<'a>> {
    Some(match standing {
        CallStanding::None => return None,
        CallStanding::Waiting {
            whom,
            since,
            late,
            next,
        } => {
            let whom = whom.as_deref().unwrap_or("anyone");
            let at = clock(*since, tz);
            let says = match (late, next) {
                (false, _) => format!("You called {whom} at {at}. Nobody has come yet."),
                (true, Some(_)) => format!("You called {whom} at {at}, and nobody has answered."),
                (true, None) => format!(
                    "You called {whom} at {at}, and nobody has answered. Nobody else is around."
                ),
            };
            Call {
                says,
                end: Some("Take it back"),
                next: next.as_ref().map(|next| {
                    (
                        next.id.as_str(),
                        format!("Ask {}, {}", next.name, next.word),
                    )
                }),
                look_again_ms: (!late).then(|| (LOOK_AGAIN_MS - (now - since) / 1_000).max(1_000)),
                ..Call::default()
            }
        }
        CallStanding::Asked { caller, wanted } => Call {
            says: format!("{caller} calls somebody in here."),
            wanted,
            may_come: true,
            ..Call::default()
        },
        CallStanding::Helped {
            by,
            here,
            taken,
            shows_draft,
        } => Call {
            says: match (taken, here) {
                (true, _) => format!("{by} has taken it over. Your draft stays yours."),
                (false, true) => format!("{by} looks on."),
                (false, false) => format!("{by} has come, and is elsewhere just now."),
            },
            other: Some(by),
            end: Some("End it"),
            may_show_draft: !shows_draft && !taken,
            shows_draft: *shows_draft,
            ..Call::default()
        },
        CallStanding::Helping { whom, taken, draft } => Call {
            says: if *taken {
                format!("You have taken it over. {whom}’s draft stays theirs.")
            } else {
                format!("You look on beside {whom}.")
            },
            other: Some(whom),
            end: Some("End it"),
            may_take_over: !taken,
            draft: draft.as_deref(),
            ..Call::default()
        },
        CallStanding::Over { other } => Call {
            says: format!(
                "It is over with {other}. What was whispered goes when the conversation is closed."
            ),
            ..Call::default()
        },
    })
}

/// The procedure alone, for words that are not a customer's letter.
#[derive(Template)]
#[template(path = "safety.html")]
pub struct Procedure<'a> {
    safety: &'a SafetySheet,
}

impl<'a> Procedure<'a> {
    pub fn of(safety: &'a SafetySheet) -> Self {
        Self { safety }
    }
}
