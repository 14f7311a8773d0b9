//! Whether a story is what its file says: played by its own letters, it ends as it has to.

use crate::lines::Lines;
use crate::rehearsal::{Ending, Rehearsal};
use crate::state::heat_word;
use crate::story::{Fault, Story};
use unruffled_engine::{Engine, Heat, MessageInput};

/// Two seeds: other versions of letters, other lines.
const SEEDS: [u64; 2] = [1, 300];

/// What does not hold; nothing where the story is well.
pub fn prove(engine: &Engine, lines: &Lines, story: &Story) -> Vec<Fault> {
    let mut faults: Vec<String> = Vec::new();
    for words in story.letters.first().map_or(&[][..], |l| &l.words) {
        let read = engine.read(&MessageInput {
            text: words,
            now: story.now.as_ref(),
            ..Default::default()
        });
        if far(read.heat, story.heat) {
            faults.push(format!(
                "it begins {}, and its first letter reads {}: `heat` and the words have to agree, give or take one",
                heat_word(story.heat),
                heat_word(read.heat)
            ));
        }
    }
    for seed in SEEDS {
        let played = |well: bool| {
            let mut rehearsal = Rehearsal::begin(engine, lines, story, seed);
            while rehearsal.ending().is_none() {
                let draft = match well {
                    true => rehearsal.well(),
                    false => rehearsal.badly(),
                };
                rehearsal.reply(&draft);
            }
            rehearsal
        };
        let calm = played(true);
        if calm.ending() != Some(Ending::Calm) {
            faults.push(format!(
                "played by its Well letters it does not end calm: {}",
                stuck(&calm)
            ));
        }
        let hot = played(false);
        if hot.ending() != Some(Ending::Hot) {
            faults.push(format!(
                "played by its Badly letters it does not end hot: {}",
                stuck(&hot)
            ));
        }
        if !faults.is_empty() {
            break;
        }
    }
    let of_the_file = |says| Fault {
        file: format!("{}.md", story.id),
        line: 0,
        says,
    };
    faults.into_iter().map(of_the_file).collect()
}

fn far(one: Heat, other: Heat) -> bool {
    let place = |heat: Heat| match heat {
        Heat::Quiet => 0_i8,
        Heat::Warm => 1,
        Heat::Hot => 2,
        Heat::VeryHot => 3,
    };
    (place(one) - place(other)).abs() > 1
}

/// Where it stood at the end, and what the last letter did.
fn stuck(rehearsal: &Rehearsal<'_>) -> String {
    let Some(turn) = rehearsal.turns().last() else {
        return "it never began".to_owned();
    };
    let did: Vec<String> = turn
        .reasons
        .iter()
        .map(|reason| {
            let words: Vec<&str> = match reason.asks.is_empty() {
                true => reason.spans.iter().map(|s| s.text.as_str()).collect(),
                false => reason.asks.iter().map(String::as_str).collect(),
            };
            format!("{} ({})", reason.name, words.join("; "))
        })
        .collect();
    format!(
        "after {} replies it is {} at letter {}, and the last reply {}",
        rehearsal.turns().len(),
        heat_word(turn.after.heat()),
        rehearsal.at + 1,
        did.join(", ")
    )
}
