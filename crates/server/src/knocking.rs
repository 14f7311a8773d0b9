//! A knock in words: what a colleague types in one line, taken apart, and the line that the right person reads.
//!
//! Taken apart means looked at, not understood: who comes first, what it is about comes after "about". What is wrong with
//! it shows at once, because the candidates stand below the line before anything is announced.

use jiff::tz::TimeZone;
use unruffled_store::{AgentId, Knock, LiveChannel};

use crate::words::clock_time;

/// "Mr Jones is here about his pool pass", taken apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Announced {
    pub who: String,
    pub about: String,
    /// Where they are, if the line says so.
    pub channel: Option<LiveChannel>,
}

/// Words after which the name is over.
const AFTER_A_NAME: &[&str] = &[
    " is ",
    " are ",
    " was ",
    " has ",
    " rang",
    " called",
    " calling",
    " here",
    " on the phone",
    " on the line",
    " at the ",
    " about ",
    " regarding ",
    " concerning ",
    " because ",
    " wants ",
    " wanted ",
    " would like ",
    " asks ",
    ", ",
    ": ",
    " - ",
    " – ",
];
const BEFORE_THE_MATTER: &[&str] = &[
    " about ",
    " regarding ",
    " concerning ",
    " because of ",
    " because ",
    " wants ",
    " wanted ",
    " would like ",
    " asks for ",
    " asks ",
    ": ",
    " - ",
    " – ",
    ", ",
];
const ON_THE_PHONE: &[&str] = &[
    " on the phone",
    " on the line",
    " rang",
    " ringing",
    " called",
    " calling",
    " on hold",
    " by phone",
];
const AT_THE_COUNTER: &[&str] = &[
    " at the counter",
    " at the desk",
    " is here",
    " are here",
    " at the door",
    " in the lobby",
    " downstairs",
];
/// What a matter begins with and a subject does not.
const OWNERS: &[&str] = &["his ", "her ", "their ", "the ", "a ", "an ", "my ", "our "];

/// Takes the line apart; whatever it says, something comes of it.
pub fn announced(line: &str) -> Announced {
    let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
    let line = line.trim_end_matches(['.', ' ']);
    // Plain letters keep their places when they are made small.
    let small = line.to_ascii_lowercase();
    let first = |words: &[&str]| {
        words
            .iter()
            .filter_map(|word| small.find(word).map(|at| (at, at + word.len())))
            .min()
    };
    let says = |words: &[&str]| first(words).is_some();
    let who = first(AFTER_A_NAME).map_or(line, |(at, _)| &line[..at]);
    let about = first(&BEFORE_THE_MATTER[..4])
        .or_else(|| first(BEFORE_THE_MATTER))
        .map_or("", |(_, end)| &line[end..]);
    Announced {
        who: who.trim().trim_end_matches([',', ':']).to_owned(),
        about: about.trim().to_owned(),
        channel: if says(ON_THE_PHONE) {
            Some(LiveChannel::Phone)
        } else if says(AT_THE_COUNTER) {
            Some(LiveChannel::Counter)
        } else {
            None
        },
    }
}

/// What the conversation is called in a list: "his pool pass" is Mr Jones's, so "pool pass" will do.
pub fn subject(knock: &Knock) -> String {
    let about = knock.about.trim();
    let small = about.to_ascii_lowercase();
    let bare = OWNERS
        .iter()
        .find(|owner| small.starts_with(**owner))
        .map_or(about, |owner| about[owner.len()..].trim());
    match (bare, knock.channel) {
        ("", LiveChannel::Counter) => "at the counter".to_owned(),
        ("", LiveChannel::Phone) => "a call".to_owned(),
        (bare, _) => bare.to_owned(),
    }
}

/// The line above the list.
pub fn line(knock: &Knock, me: &AgentId, tz: &TimeZone) -> String {
    let mut said = match &knock.number {
        Some(number) => call(knock, number, tz),
        None => {
            let who = knock.customer_name.as_deref().unwrap_or(&knock.who);
            let place = place(knock.channel);
            match knock.about.trim() {
                "" => format!("{who} is {place}"),
                about => format!("{who} is {place} about {about}"),
            }
        }
    };
    if let Some(name) = &knock.meant_for_name
        && knock.meant_for.as_ref() != Some(me)
    {
        said.push_str(&format!(" · for {name}"));
    }
    said
}

pub fn place(channel: LiveChannel) -> &'static str {
    match channel {
        LiveChannel::Counter => "at the counter",
        LiveChannel::Phone => "on the phone",
    }
}

fn call(knock: &Knock, number: &str, tz: &TimeZone) -> String {
    let number = shown(number);
    let missed = knock.ended_at.is_some() && knock.answered_at.is_none();
    match (&knock.customer_name, missed) {
        (Some(name), true) => format!(
            "A call from {name}, {number}, at {} was not answered",
            clock_time(knock.created_at, tz)
        ),
        (None, true) => format!(
            "A call from {number} at {} was not answered",
            clock_time(knock.created_at, tz)
        ),
        (Some(name), false) if knock.answered_at.is_some() => format!("{name} is on the phone"),
        (None, false) if knock.answered_at.is_some() => format!("{number} is on the phone"),
        (Some(name), false) => format!("{name} is calling"),
        (None, false) => format!("A call from {number}"),
    }
}

/// A number as people read it: telephone systems leave the plus out.
pub fn shown(number: &str) -> String {
    let bare = number.trim();
    if bare.is_empty() || bare.eq_ignore_ascii_case("anonymous") {
        "a hidden number".to_owned()
    } else if bare.len() >= 10
        && !bare.starts_with('0')
        && bare.bytes().all(|it| it.is_ascii_digit())
    {
        format!("+{bare}")
    } else {
        bare.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use LiveChannel::{Counter, Phone};

    #[track_caller]
    fn check(line: &str, who: &str, about: &str, channel: Option<LiveChannel>) {
        let expect = Announced {
            who: who.into(),
            about: about.into(),
            channel,
        };
        assert_eq!(announced(line), expect, "{line}");
    }

    #[test]
    fn a_line_is_taken_apart() {
        check(
            "Mr Jones is here about his pool pass",
            "Mr Jones",
            "his pool pass",
            Some(Counter),
        );
        check(
            "  mr jones IS HERE about  his pool pass. ",
            "mr jones",
            "his pool pass",
            Some(Counter),
        );
        check(
            "Chinwe Okafor on the phone about her voicemail",
            "Chinwe Okafor",
            "her voicemail",
            Some(Phone),
        );
        check(
            "Mrs Novak rang, the bill is wrong",
            "Mrs Novak",
            "the bill is wrong",
            Some(Phone),
        );
        check(
            "Anna Jones: lost armbands",
            "Anna Jones",
            "lost armbands",
            None,
        );
        check(
            "gareth@example.org about the gate",
            "gareth@example.org",
            "the gate",
            None,
        );
        check(
            "+44 7700 900123 called about the mailing list",
            "+44 7700 900123",
            "the mailing list",
            Some(Phone),
        );
        check(
            "A lady wants to know when the pool opens",
            "A lady",
            "to know when the pool opens",
            None,
        );
        check("Jones", "Jones", "", None);
        check("", "", "", None);
        check(
            "İrem Ünal is here about the café",
            "İrem Ünal",
            "the café",
            Some(Counter),
        );
    }

    #[test]
    fn numbers_are_shown_as_people_read_them() {
        assert_eq!(shown("447700900123"), "+447700900123");
        assert_eq!(shown("07700 900123"), "07700 900123");
        assert_eq!(shown("anonymous"), "a hidden number");
        assert_eq!(shown("<b>"), "<b>");
    }
}
