//! A whole moment: the same person, number and place are the same words in every part, and a person's wishes go before ours.

use unruffled_engine::Engine;
use unruffled_nameless::{Added, Kind, Known, Nameless, Part, Voice, Wish, Wishes, nameless};

const LETTER: &str = "Dear Ada,\n\nMy son Tom and I came to Harbour Baths on 3 May with order 88213. Dean at the gate said the pass for \
    which I paid £42.10 was no good, and Tom cried. I have asked for the £42.10 back twice.\n\nKaren Blythe\n07700 900123";
const REPLY: &str = "Dear Mrs Blythe,\n\nI have talked to Dean. The £42.10 for order 88213 went back to your card, and £5 with it. \
    Harbour Baths will have Tom swim for free.\n\nKind regards,\nAda Lovelace";

fn told(wishes: &Wishes<'_>) -> Nameless {
    let parts = [
        Part {
            voice: Voice::Customer,
            text: LETTER,
        },
        Part {
            voice: Voice::Us,
            text: REPLY,
        },
    ];
    let known = Known {
        customer: &["Karen Blythe"],
        ours: &["Ada Lovelace", "Ben Ashworth"],
        firm: &["Harbour Baths"],
        ..Default::default()
    };
    nameless(&Engine::embedded(), &parts, &known, wishes)
}

#[test]
fn a_moment_reads_on_without_its_names() {
    let told = told(&Wishes::default());
    assert_eq!(
        told.parts[0].text(),
        "Dear colleague,\n\nMy son and I came to your firm on a date with order (a reference). Somebody at the gate said the pass for \
    which I paid an amount was no good, and the son cried. I have asked for the amount back twice.\n\nThe customer\nA phone number"
    );
    assert_eq!(
        told.parts[1].text(),
        "Dear customer,\n\nI have talked to somebody. The amount for order (a reference) went back to your card, and another amount with it. \
    Our firm will have the son swim for free.\n\nKind regards,\nA colleague"
    );
}

#[test]
fn every_replacement_is_listed_once_with_what_it_was() {
    let told = told(&Wishes::default());
    let of = |kind: Kind| {
        told.groups
            .iter()
            .find(|group| group.kind == kind)
            .expect("a group")
    };
    assert_eq!(of(Kind::Customer).was, ["Karen Blythe", "Mrs Blythe"]);
    assert_eq!(of(Kind::Colleague).was, ["Ada", "Ada Lovelace"]);
    assert_eq!(of(Kind::Reference).was, ["88213"]);
    let amounts: Vec<&str> = told
        .groups
        .iter()
        .filter(|g| g.kind == Kind::Amount)
        .map(|g| g.with.as_str())
        .collect();
    assert_eq!(amounts, ["an amount", "another amount"]);
}

#[test]
fn a_wish_goes_before_what_was_found() {
    let first = told(&Wishes::default());
    let key = |kind: Kind| {
        first
            .groups
            .iter()
            .find(|group| group.kind == kind)
            .expect("a group")
            .key
            .clone()
    };
    let groups = [
        Wish {
            key: key(Kind::Amount),
            with: None,
        },
        Wish {
            key: key(Kind::Customer),
            with: Some("the mother".into()),
        },
    ];
    let added = [Added {
        words: "the gate".into(),
        with: "the door".into(),
    }];
    let told = told(&Wishes {
        groups: &groups,
        added: &added,
    });
    let letter = told.parts[0].text();
    assert!(
        letter.contains("I paid £42.10 was") && letter.contains("the £42.10 back"),
        "{letter}"
    );
    assert!(letter.contains("\n\nThe mother\n"), "{letter}");
    assert!(letter.contains("Somebody at the door said"), "{letter}");
    assert!(
        told.groups
            .iter()
            .any(|group| group.left && group.kind == Kind::Amount)
    );
}

#[test]
fn making_it_nameless_again_changes_nothing() {
    let engine = Engine::embedded();
    for part in told(&Wishes::default()).parts {
        let text = part.text();
        let again = nameless(
            &engine,
            &[Part {
                voice: part.voice,
                text: &text,
            }],
            &Known::default(),
            &Wishes::default(),
        );
        assert_eq!(again.parts[0].text(), text);
    }
}

#[test]
fn any_text_at_all_is_told_and_loses_no_byte() {
    let engine = Engine::embedded();
    let odd = [
        "",
        "\n\n\n",
        "'s",
        "Mr.",
        "@",
        "£",
        "Ω’s Ω",
        "my son,",
        "Dear",
        "Karen\u{301} x",
        "\u{202e}Tom",
        "a\0b",
        "12 \u{a0}Oak\u{2009}Lane",
        "My name is",
    ];
    for text in odd {
        for voice in [Voice::Customer, Voice::Us] {
            let told = nameless(
                &engine,
                &[Part { voice, text }],
                &Known::default(),
                &Wishes::default(),
            );
            assert_eq!(told.parts.len(), 1, "{text:?}");
        }
    }
    let long = LETTER.repeat(30);
    nameless(
        &engine,
        &[Part {
            voice: Voice::Customer,
            text: &long,
        }],
        &Known::default(),
        &Wishes::default(),
    );
}

#[test]
fn a_language_that_is_not_read_is_said_to_be_so() {
    let engine = Engine::embedded();
    let text = "Guten Tag, mein Sohn wurde gestern wieder am Eingang abgewiesen und niemand hilft uns weiter.";
    let told = nameless(
        &engine,
        &[Part {
            voice: Voice::Customer,
            text,
        }],
        &Known::default(),
        &Wishes::default(),
    );
    assert!(told.parts[0].unread);
}

/// The demo's letters were written by others, for something else: none of them says who wrote it once it is told.
#[test]
fn no_letter_of_the_demo_says_who_wrote_it() {
    let engine = Engine::embedded();
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../cli/demo");
    let mut seen = 0;
    for firm in ["harbour", "larkline"] {
        for talk in std::fs::read_dir(root.join(firm))
            .expect("the demo")
            .flatten()
        {
            for letter in std::fs::read_dir(talk.path())
                .expect("its letters")
                .flatten()
            {
                let path = letter.path();
                if path.extension().is_none_or(|it| it != "eml") {
                    continue;
                }
                let text = std::fs::read_to_string(&path).expect("a letter");
                let (head, body) = text.split_once("\n\n").expect("a head and a body");
                let from = head
                    .lines()
                    .find_map(|line| line.strip_prefix("From: "))
                    .expect("who");
                let name = from
                    .split('<')
                    .next()
                    .unwrap_or("")
                    .trim()
                    .trim_matches('"');
                if name.contains("Mail") || body.contains("Content-Type") {
                    continue;
                }
                let known = Known {
                    customer: &[name],
                    ours: &["Ada", "Ben"],
                    firm: &["Harbour Baths", "Larkline"],
                    ..Default::default()
                };
                let told = nameless(
                    &engine,
                    &[Part {
                        voice: Voice::Customer,
                        text: body,
                    }],
                    &known,
                    &Wishes::default(),
                );
                let said = told.parts[0].text().to_lowercase();
                let words: Vec<&str> = said.split(|c: char| !c.is_alphanumeric()).collect();
                for word in name.split_whitespace().filter(|word| word.len() > 3) {
                    assert!(
                        !words.contains(&word.to_lowercase().as_str()),
                        "{word} in {}: {said}",
                        path.display()
                    );
                }
                seen += 1;
            }
        }
    }
    assert!(seen >= 10, "only {seen} letters were read");
}
