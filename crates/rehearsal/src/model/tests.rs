//! What a model may say, and what it may not.

use super::*;
use crate::{Rehearsal, Shelf, Voice};
use std::sync::LazyLock;
use unruffled_engine::Engine;

static ENGINE: LazyLock<Engine> = LazyLock::new(Engine::embedded);
static SHELF: LazyLock<Shelf> = LazyLock::new(Shelf::embedded);

fn blamed() -> Rehearsal<'static> {
    let story = SHELF.get("the-gate-beeps").expect("it is one of ours");
    let mut rehearsal = Rehearsal::begin(&ENGINE, &SHELF.lines, story, 7);
    rehearsal.reply(
        "You should have told us about your new name. The gate opens when the desk has changed it.",
    );
    rehearsal
}

#[test]
fn nothing_is_asked_before_the_first_reply_and_then_only_the_story_and_the_replies() {
    let story = SHELF.get("the-gate-beeps").expect("it is one of ours");
    let mut rehearsal = Rehearsal::begin(&ENGINE, &SHELF.lines, story, 7);
    assert_eq!(rehearsal.asks_a_model(), None);
    rehearsal.reply("I'll look at it by noon.");
    let lines = rehearsal.asks_a_model().expect("there is something to say");
    assert!(lines[1].words.contains("I'll look at it by noon."));
    assert!(lines[1].words.contains(rehearsal.wrote()));
    // What they keep back is not the model's to give away.
    assert!(lines.iter().all(|line| !line.words.contains(&story.behind)));
}

#[test]
fn words_that_hold_are_taken_and_marked() {
    let mut rehearsal = blamed();
    let own = rehearsal.wrote().to_owned();
    let same = format!("\"{own}\"");
    rehearsal.lend(&same).expect("the story's own words hold");
    assert_eq!(
        (rehearsal.wrote(), rehearsal.wrote_by()),
        (own.as_str(), Voice::Model)
    );
    assert_eq!(rehearsal.turns()[0].says_by, Voice::Model);
}

#[test]
fn words_that_do_not_hold_are_not_taken_and_the_reason_is_told() {
    let own = blamed().wrote().to_owned();
    let with = |more: &str| format!("{own} {more}");
    for (words, slip) in [
        (String::new(), Slip::Empty),
        ("word ".repeat(WORDS_MAX + 1), Slip::TooLong),
        (
            "Das ist nicht meine Schuld, und das Tor geht immer noch nicht auf, verstehen Sie das?"
                .to_owned(),
            Slip::OtherLanguage,
        ),
        (
            with("I paid £250 for it."),
            Slip::NotInTheStory("£250".to_owned()),
        ),
        (
            with("It was on 12 June."),
            Slip::NotInTheStory("12 June".to_owned()),
        ),
        (with("Yours, [Name]"), Slip::NotTheirVoice),
        (format!("Customer:\n{own}"), Slip::NotTheirVoice),
        (
            "I see what you mean about the name on my card.".to_owned(),
            Slip::Dropped("Why does the gate beep at us?".to_owned()),
        ),
    ] {
        let mut rehearsal = blamed();
        let said = rehearsal.lend(&words);
        match slip {
            Slip::Dropped(_) => assert!(
                matches!(said, Err(Slip::Dropped(_) | Slip::TooCool)),
                "{words}: {said:?}"
            ),
            slip => assert_eq!(said, Err(slip), "{words}"),
        }
        assert_eq!(
            (rehearsal.wrote(), rehearsal.wrote_by()),
            (own.as_str(), Voice::Story)
        );
    }
}

/// A story played by these letters: `w` well, `b` badly.
fn played(story: &str, letters: &str) -> Rehearsal<'static> {
    let story = SHELF.get(story).expect("it is one of ours");
    let mut rehearsal = Rehearsal::begin(&ENGINE, &SHELF.lines, story, 5);
    for letter in letters.chars() {
        let draft = match letter {
            'w' => rehearsal.well(),
            _ => rehearsal.badly(),
        };
        rehearsal.reply(&draft);
    }
    rehearsal
}

#[test]
fn the_same_said_in_other_words_holds_and_something_else_does_not() {
    for (story, letters, words) in [
        (
            "the-gate-beeps",
            "b",
            "Oh, so it's my fault? I spelled that name out for you, letter by letter, standing at your own desk. There are five \
             days left until Saturday. Will the gate open, yes or no? I'm this close to going somewhere else.",
        ),
        (
            "the-gate-beeps",
            "w",
            "Yes, that's exactly what happened, thank you. It's for Saturday: my daughter swims for her first badge at half past \
             nine. She has practised for weeks, and she dreads the gate beeping in front of the others again. What do I do if it \
             beeps anyway?",
        ),
        (
            "four-months-of-voicemail",
            "b",
            "So it's my doing now? I never asked anybody to turn my voicemail off, and nobody told me it was off. Where are my \
             messages? I asked that first. And why do you still take £3 a month from me? I'm very close to leaving.",
        ),
        (
            "madam-zhang",
            "w",
            "Thank you, so it was the machine, not a person. \"Ms Zhang\" is right. The certificate matters a great deal: at home I \
             am the head of a school, and with the wrong name the ministry will refuse it. Can the family name come first, as it \
             does in my passport? And what happens if there is still a mistake after printing?",
        ),
        (
            "refund-7781",
            "w",
            "Good. And the delivery? I paid 4 for that.",
        ),
    ] {
        assert_eq!(played(story, letters).lend(words), Ok(()), "{words}");
    }
    for (story, letters, words) in [
        (
            "the-gate-beeps",
            "b",
            "I'm sorry, I will bring my ID next time. Thank you for your help.",
        ),
        (
            "the-gate-beeps",
            "b",
            "You are all useless idiots. Will the gate open on Saturday or not? Five days.",
        ),
        (
            "four-months-of-voicemail",
            "b",
            "Where are my messages? And why have I been paying £3 a month since 2019?",
        ),
        (
            "refund-7781",
            "w",
            "Good. And the delivery? I paid 4 for that, and my lawyer will write to you.",
        ),
    ] {
        let mut rehearsal = played(story, letters);
        let own = rehearsal.wrote().to_owned();
        assert!(rehearsal.lend(words).is_err(), "{words}");
        assert_eq!(rehearsal.wrote(), own);
    }
}
