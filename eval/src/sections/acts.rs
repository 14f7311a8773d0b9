//! What words do: thank, greet, rant, reflect, ask, request, commit. Each is found by cards, and by leanings where they speak.

use crate::figure::Out;
use crate::public::{self, Row};
use crate::score::Calls;
use unruffled_engine::{DraftInput, Engine, Heat, MessageInput, Reading, Review};

/// One act: the set that labels it, which rows count, which of those do it, and how the engine says so.
struct Act {
    name: &'static str,
    set: &'static str,
    counts: fn(&Row) -> bool,
    so: fn(&Row) -> bool,
    said: fn(&Engine, &str) -> bool,
    /// The F1 to beat and whose it is.
    beat: (f64, &'static str),
}

const ACTS: &[Act] = &[
    Act {
        name: "thanks (RSiCS), F1",
        set: "rsics",
        counts: |_| true,
        so: |row| row.is("gratitude"),
        said: |engine, text| cue(&read(engine, text), "C28"),
        beat: (0.860, "published"),
    },
    Act {
        name: "rant (RSiCS), F1",
        set: "rsics",
        counts: |_| true,
        so: |row| row.is("rant"),
        said: |engine, text| read(engine, text).heat >= Heat::Warm,
        beat: (0.509, "published"),
    },
    Act {
        name: "reflection (AnnoMI), F1",
        set: "annomi",
        counts: therapist,
        so: |row| row.label("act") == "reflection",
        said: |engine, text| {
            let review = review(engine, text);
            virtue(&review, "G01") || virtue(&review, "G02")
        },
        beat: (0.73, "published, macro"),
    },
    Act {
        name: "question (AnnoMI), F1",
        set: "annomi",
        counts: therapist,
        so: |row| row.label("act") == "question",
        said: |engine, text| !read(engine, text).asks.is_empty(),
        beat: (0.73, "published, macro"),
    },
    Act {
        name: "request or commitment (office mail), F1",
        set: "email_intent",
        counts: |_| true,
        so: |row| row.is("intent"),
        said: |engine, text| {
            !read(engine, text).asks.is_empty() || !review(engine, text).promises.is_empty()
        },
        beat: (0.72, "published"),
    },
];

pub fn measure(engine: &Engine, out: &mut Out) {
    for act in ACTS {
        let rows = match public::rows(act.set) {
            Ok(rows) => rows,
            Err(why) => {
                out.leave_out(format!("{}: {why}", act.name));
                continue;
            }
        };
        let mut calls = Calls::default();
        for row in rows.iter().filter(|row| (act.counts)(row)) {
            let text = row.labelled_text();
            let (said, so) = ((act.said)(engine, text), (act.so)(row));
            calls.add(said, so);
            if said != so {
                let how = if said { "said and not so" } else { "not said" };
                out.wrong(format!("{}, {how}: {}", act.name, text.replace('\n', " ")));
            }
        }
        let (aim, whose) = act.beat;
        out.at_least(act.name, calls.f1(), calls.count(), aim, whose);
    }
}

fn therapist(row: &Row) -> bool {
    row.label("who") == "therapist"
}

fn read(engine: &Engine, text: &str) -> Reading {
    engine.read(&MessageInput {
        text,
        ..Default::default()
    })
}

fn review(engine: &Engine, draft: &str) -> Review {
    engine.review(&DraftInput {
        draft,
        ..Default::default()
    })
}

fn cue(reading: &Reading, code: &str) -> bool {
    reading.cues.iter().any(|cue| cue.code == code)
}

fn virtue(review: &Review, code: &str) -> bool {
    review.virtues.iter().any(|virtue| virtue.code == code)
}
