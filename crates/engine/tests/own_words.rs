//! An organisation's own words beside its cards: names, house words, a glossary, with every fault at its line.

use unruffled_engine::{DraftInput, Engine};

const FAMILIAR: &str = "+++\ncode = \"V12\"\nsays = \"This may be too familiar.\"\nweight = \"quiet\"\nfind = [\"duck\", \"my lovely\"]\n+++\n\n# Too familiar\n\nNot everybody likes it.\n\n## Fires\nThere you go, duck.\n\n## Stays quiet\nThere you go.\n";

fn notes(engine: &Engine, draft: &str) -> Vec<String> {
    engine
        .review(&DraftInput {
            draft,
            ..Default::default()
        })
        .notes
        .iter()
        .map(|note| note.card.clone())
        .collect()
}

#[test]
fn a_word_of_the_house_draws_no_note_and_another_does() {
    let card = ("own/checks/own-too-familiar.md", FAMILIAR);
    let draft = "Your key is ready, duck. It is at the desk, my lovely.";
    let plain = Engine::load([card]).expect("it loads");
    assert_eq!(
        notes(&plain, draft)
            .iter()
            .filter(|card| *card == "own-too-familiar")
            .count(),
        2
    );
    let ours = Engine::load([card, ("own/house.txt", "# Derby\nDuck\n")]).expect("it loads");
    assert_eq!(
        notes(&ours, draft)
            .iter()
            .filter(|card| *card == "own-too-familiar")
            .count(),
        1
    );
}

#[test]
fn a_product_is_not_read_as_words() {
    let draft = "The Calm Down lamp is back in the shop.";
    let told = "told-to-calm-down";
    let ours = Engine::load([("own/names.txt", "Calm Down lamp\nHush chair\n")]).expect("loads");
    assert!(!notes(&ours, draft).iter().any(|card| card == told));
    assert!(
        notes(&ours, "Please calm down, it is only a lamp.")
            .iter()
            .any(|card| card == told)
    );
}

#[test]
fn faults_of_cards_and_words_are_told_together_with_file_and_line() {
    let faults = Engine::load([
        ("own/checks/own-too-familiar.md", "no card"),
        ("own/glossary.txt", "RMA = return number\nPO\n"),
        ("own/names.txt", "--\n"),
    ])
    .expect_err("they are faulty");
    let says: Vec<String> = faults.iter().map(ToString::to_string).collect();
    for part in [
        "own/checks/own-too-familiar.md:1:",
        "own/glossary.txt:2: `PO` lacks its plain words",
        "own/names.txt:1: `--` names no word",
    ] {
        assert!(
            says.iter().any(|fault| fault.starts_with(part)),
            "{says:#?}"
        );
    }
}

#[test]
fn a_term_of_the_glossary_is_offered_in_plain_words_unless_it_is_theirs_or_explained() {
    let engine = Engine::load([(
        "own/glossary.txt",
        "blue card = day pass\nGRN = delivery note\n",
    )])
    .expect("it loads");
    let review = |draft: &str, message: Option<&str>| {
        let review = engine.review(&DraftInput {
            draft,
            message,
            ..Default::default()
        });
        review.notes.into_iter().find(|note| note.code == "V23")
    };
    let note = review("Please bring the blue-card on Monday.", None).expect("it is seen");
    assert_eq!(note.span.text, "blue-card");
    assert_eq!(note.instead, ["day pass"]);
    assert_eq!(note.fix.map(|fix| fix.with).as_deref(), Some("day pass"));
    assert!(review("We wait for the GRN.", None).is_some());
    assert!(review("The blue card (your day pass) is at the desk.", None).is_none());
    assert!(
        review(
            "The blue card is at the desk.",
            Some("Where is my blue card?")
        )
        .is_none()
    );
}
