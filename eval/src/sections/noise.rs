//! Noise: how many replies that were really sent carry a note. Few are customer service; what they are stands in the README.

use super::with_and_without;
use crate::figure::{Better, Out};
use crate::public;
use crate::score::share;
use crate::sets;
use serde::Deserialize;
use unruffled_engine::{DraftInput, Engine, Reader, Review, Weight};

/// Checks that look at what is asked, stated or open rather than at words.
const NOT_WORDS: [&str; 4] = ["V18", "V19", "V20", "V30"];

/// Shorter lines ("Mm-hmm.") are no drafts.
const WORDS_MIN: usize = 4;

#[derive(Deserialize)]
struct Reply {
    id: String,
    message: String,
    draft: String,
    #[serde(default)]
    bad_words: bool,
}

#[derive(Default)]
struct Noise {
    drafts: usize,
    word: usize,
    any: usize,
    pause: usize,
    quiet: usize,
}

impl Noise {
    fn add(&mut self, review: &Review) {
        let seen = |n: &&unruffled_engine::Note| n.weight > Weight::Quiet;
        self.drafts += 1;
        self.word += usize::from(word_note(review));
        self.any += usize::from(review.notes.iter().any(|n| seen(&n)));
        self.pause += usize::from(paused(review));
        self.quiet += usize::from(!review.notes.is_empty());
    }

    fn say(&self, out: &mut Out, whose: &str) {
        out.at_most(
            &format!("{whose}: a word note"),
            share(self.word, self.drafts),
            self.drafts,
            0.10,
            "issue",
        );
        out.at_most(
            &format!("{whose}: any note"),
            share(self.any, self.drafts),
            self.drafts,
            0.20,
            "issue",
        );
        out.at_most(
            &format!("{whose}: a pause"),
            share(self.pause, self.drafts),
            self.drafts,
            0.01,
            "issue",
        );
        out.plain(
            &format!("{whose}: any note, quiet ones in the panel counted"),
            share(self.quiet, self.drafts),
            self.drafts,
            Better::Less,
        );
    }
}

fn paused(review: &Review) -> bool {
    review.notes.iter().any(|n| n.weight == Weight::Pause)
}

fn word_note(review: &Review) -> bool {
    review
        .notes
        .iter()
        .any(|n| n.weight > Weight::Quiet && !NOT_WORDS.contains(&n.code.as_str()))
}

pub fn measure(engine: &Engine, out: &mut Out) {
    let mut all = Noise::default();
    for (set, whose) in [
        ("annomi", "counsellors' turns"),
        ("email_intent", "office mail, by sentence"),
        ("incivility", "civil answers in issue trackers"),
        ("politeness", "requests between editors"),
        ("casino", "negotiators' turns"),
    ] {
        let rows = match public::rows(set) {
            Ok(rows) => rows,
            Err(why) => {
                out.leave_out(why);
                continue;
            }
        };
        let mut noise = Noise::default();
        for row in &rows {
            let kept = match set {
                "annomi" => row.label("who") == "therapist",
                "incivility" => row.label("tone") == "None",
                _ => true,
            };
            if !kept || row.text.split_whitespace().count() < WORDS_MIN {
                continue;
            }
            let review = engine.review(&DraftInput {
                draft: &row.text,
                ..Default::default()
            });
            noise.add(&review);
            all.add(&review);
            for note in review.notes.iter().filter(|n| n.weight > Weight::Quiet) {
                out.wrong(format!(
                    "{set} {} {:?} “{}” in: {}",
                    note.code,
                    note.weight,
                    note.span.text,
                    row.text.replace('\n', " ")
                ));
            }
        }
        noise.say(out, whose);
    }
    if all.drafts > 0 {
        all.say(out, "all of these");
    }
    with_and_without(out, |reader, with, out| {
        for half in out.sets.parts_and(&[sets::ORDINARY]) {
            ours(engine, reader, with, out, half);
        }
    });
}

/// Replies of our own with the messages they answer: good ones stay silent, ordinary ones are as loud as they deserve.
fn ours(
    engine: &Engine,
    reader: Option<&dyn Reader>,
    with: &str,
    out: &mut Out,
    half: &'static str,
) {
    let sets: &[(&str, &str)] = match half {
        sets::ORDINARY => &[("good_replies", "good replies")],
        _ => &[
            ("good_replies", "good replies"),
            ("sent_replies", "ordinary replies"),
        ],
    };
    for (set, whose) in sets {
        let replies: Vec<Reply> = match out.sets.items(half, set) {
            Ok(replies) => replies,
            Err(why) => {
                out.leave_out(why);
                continue;
            }
        };
        let (mut noise, mut false_words, mut false_pauses, mut clean) = (Noise::default(), 0, 0, 0);
        for reply in &replies {
            let input = DraftInput {
                draft: &reply.draft,
                message: Some(&reply.message),
                ..Default::default()
            };
            let review = engine.review_with(reader, &input);
            noise.add(&review);
            if !reply.bad_words {
                clean += 1;
                false_words += usize::from(word_note(&review));
                false_pauses += usize::from(paused(&review));
                for note in review
                    .notes
                    .iter()
                    .filter(|n| n.weight > Weight::Quiet && !NOT_WORDS.contains(&n.code.as_str()))
                {
                    out.wrong_in(
                        half,
                        format!(
                            "{} {} “{}”: {}",
                            reply.id,
                            note.code,
                            note.span.text,
                            reply.draft.replace('\n', " ")
                        ),
                    );
                }
            }
        }
        let whose = match half {
            sets::ORDINARY => format!("{whose} of every day{with}"),
            _ => format!("{whose}, {half} half{with}"),
        };
        out.at_most(
            &format!("{whose}: a word note on a clean one"),
            share(false_words, clean),
            clean,
            0.10,
            "issue",
        );
        out.at_most(
            &format!("{whose}: a pause on a clean one"),
            share(false_pauses, clean),
            clean,
            0.01,
            "issue",
        );
        if *set == "good_replies" {
            out.at_most(
                &format!("{whose}: any note"),
                share(noise.any, noise.drafts),
                noise.drafts,
                0.20,
                "issue",
            );
            out.plain(
                &format!("{whose}: any note, quiet ones in the panel counted"),
                share(noise.quiet, noise.drafts),
                noise.drafts,
                Better::Less,
            );
        }
    }
}
