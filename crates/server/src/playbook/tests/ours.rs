//! The options that come with the program: well formed, and as calm as what they help to write.

use std::path::Path;

use unruffled_engine::{DraftInput, Engine, MessageInput, Weight};

use super::super::wording::blanks;
use super::super::*;

fn ours() -> Vec<File> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../playbook");
    let mut all = files(&root.join("starting")).expect("the starting set");
    all.extend(files(&root.join("demo")).expect("the demo's"));
    all
}

#[test]
fn our_own_options_are_well_and_one_of_the_demo_asks_ben() {
    let (book, faults) = Playbook::load(&ours());
    assert_eq!(faults, []);
    assert!(book.options.len() >= 16, "{}", book.options.len());
    assert!(
        book.options
            .iter()
            .any(|it| it.limits.nod.as_deref() == Some("ben"))
    );
    assert!(book.options.iter().any(|it| it.kind == Kind::Wow));
    assert_eq!(Playbook::starting().options.len(), STARTING.len());
}

#[test]
fn no_wording_of_ours_gives_cause_to_look_again() {
    let engine = Engine::embedded();
    let (book, _) = Playbook::load(&ours());
    let mut found = Vec::new();
    for option in &book.options {
        let mut filled = option.wording.clone();
        for at in blanks(&option.wording).into_iter().rev() {
            let words = match option.wording[at.clone()].trim_matches(['{', '}']) {
                it if it.starts_with("time") => "16:00",
                it if it.starts_with("day") => "Friday",
                it if it.contains("umber") || it.starts_with("code") => "07700 900142",
                "how many" => "four",
                "amount" => "£18",
                "month" => "June",
                it if it.contains("address") => "12 Quay Street",
                it if it.to_lowercase().contains("who") || it.to_lowercase().contains("name") => {
                    "Ben"
                }
                "which" => "Tuesday",
                "what changed" => "the form checks the last digit now",
                _ => "lamp",
            };
            filled.replace_range(at, words);
        }
        let messages = [
            None,
            Some(
                "I am standing at your gate with two kids and it just beeps at me. AGAIN. I was told it was sorted. This is ridiculous. Why does it say expired, and can they swim today or not?",
            ),
            Some(
                "Four months of voicemails that never came, and nobody rang me. I am furious. Who is repairing it, and by when? What about the months that I have paid for?",
            ),
            Some(
                "I bought a card for ten visits. The machine says zero. I write this with a translation program. Short sentences help me. Can you please look?",
            ),
        ];
        for (words, message) in [&option.wording, &filled]
            .into_iter()
            .flat_map(|words| messages.map(|message| (words, message)))
        {
            let reading = message.map(|text| {
                engine.read(&MessageInput {
                    text,
                    ..MessageInput::default()
                })
            });
            let review = engine.review(&DraftInput {
                draft: words,
                message,
                reading: reading.as_ref(),
                ..DraftInput::default()
            });
            // An empty blank is to be seen until it is filled; what a whole reply lacks is not this wording's fault.
            let loud = review.notes.iter().filter(|note| {
                note.weight >= Weight::LookAgain && note.code != "V28" && !note.span.text.is_empty()
            });
            found.extend(loud.map(|note| {
                format!(
                    "{}: {} “{}” {}",
                    option.id, note.code, note.span.text, note.says
                )
            }));
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}
