//! What to say and do at the counter or on the phone: one short line at the card's edge, chosen by what is on the card yet.
//!
//! None of them is waited for and none is counted. At the counter somebody sees us; on the phone they hear us only, so the
//! same practice is said in other words.

use unruffled_engine::{Heat, Reading};
use unruffled_store::{Heard, LiveChannel};

/// The lines in their order, the one for this moment first; none where a risk comes before everything.
pub fn lines(channel: LiveChannel, heard: &Heard, reading: Option<&Reading>) -> Vec<String> {
    if reading.is_some_and(|reading| reading.safety.is_some()) {
        return Vec::new();
    }
    let says = |counter: &str, phone: &str| {
        match channel {
            LiveChannel::Counter => counter,
            LiveChannel::Phone => phone,
        }
        .to_owned()
    };
    let has = |field: &str| !field.trim().is_empty();
    let offers = |code: &str| {
        reading.is_some_and(|reading| reading.prompts.iter().any(|prompt| prompt.code == code))
    };
    let mut lines = Vec::new();
    if reading.is_some_and(|reading| reading.heat >= Heat::Hot) {
        lines.push(says(
            "A slow breath, both feet on the floor; then look up.",
            "A slow breath before the first word; they hear it in your voice.",
        ));
    }
    if !has(&heard.asks) {
        lines.push(match heard.name.trim() {
            "" => says(
                "Look up, say good day, ask for their name.",
                "Say your own name, ask for theirs and how to write it.",
            ),
            name => says(
                &format!("Look up and say their name once: {name}."),
                &format!("Say your own name, and theirs once: {name}."),
            ),
        });
        lines.push(says(
            "Let them finish. The card can wait; your eyes are with them.",
            "Let them finish. A small “yes” tells them that you are there.",
        ));
        return lines;
    }
    if !has(&heard.said_back) {
        lines.push(says(
            "Pause. Then say it back in one sentence, and ask whether you have it right.",
            "Pause for a breath. Say it back in one sentence: “Have I got that right?”",
        ));
    }
    if offers("P02") {
        lines.push(says(
            "Look it up together: turn the screen, if you may.",
            "Say that you look it up now and what you see: silence is long on the phone.",
        ));
    }
    if offers("P03") {
        lines.push(says(
            "Say what is possible before what is not.",
            "Say what is possible first; on the phone the last thing stays.",
        ));
    }
    if offers("P04") {
        lines.push(says(
            "A colleague may stand beside you: H calls somebody in.",
            "A colleague may listen along: H calls somebody in. Tell them who joins.",
        ));
    }
    if !has(&heard.by_when) {
        lines.push("Ask: “Is there a time by which this has to be done?”".to_owned());
    }
    if !has(&heard.matters) {
        lines.push("Ask: “What would help you most today?”".to_owned());
    }
    if !has(&heard.promised) {
        lines.push(says(
            "Before they go: what happens next, who does it, and by when.",
            "Before you ring off: what happens next, who does it, and by when.",
        ));
    } else {
        lines.push(says(
            "Read out what you promised, as it stands on the card. Thank them by name.",
            "Read out what you promised, as it stands on the card. Let them ring off first.",
        ));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use LiveChannel::{Counter, Phone};

    fn heard(name: &str, asks: &str, said_back: &str, promised: &str) -> Heard {
        Heard {
            name: name.into(),
            asks: asks.into(),
            said_back: said_back.into(),
            promised: promised.into(),
            ..Heard::default()
        }
    }

    #[track_caller]
    fn first(channel: LiveChannel, heard: &Heard, expect: &str) {
        let lines = lines(channel, heard, None);
        assert!(lines[0].contains(expect), "{lines:?}");
    }

    #[test]
    fn the_line_follows_the_card() {
        first(Counter, &heard("", "", "", ""), "ask for their name");
        first(Counter, &heard("Mr Jones", "", "", ""), "Mr Jones");
        first(Phone, &heard("Mr Jones", "", "", ""), "your own name");
        first(
            Counter,
            &heard("Mr Jones", "the gate", "", ""),
            "say it back",
        );
        let last = |heard: &Heard| lines(Phone, heard, None).pop().expect("a line");
        assert!(
            last(&heard("Mr Jones", "the gate", "he renewed", "")).contains("Before you ring off")
        );
        assert!(last(&heard("Mr Jones", "the gate", "he renewed", "a card")).contains("Read out"));
    }

    #[test]
    fn a_risk_silences_every_line() {
        let reading = Reading {
            safety: Some(unruffled_engine::Safety::Risk),
            ..Reading::default()
        };
        assert!(lines(Phone, &Heard::default(), Some(&reading)).is_empty());
    }
}
