//! The learned words by themselves, on the fifth of each set that they were never trained on. What stands in the way of
//! comparing them with published figures is said in `eval/models/words.md`.

use crate::figure::{Better, Out};
use crate::public::{self, Row};
use crate::score::{Calls, auc, correlation, share};
use unruffled_engine::{Engine, Learned};

/// One act of the table: where it is labelled, which rows say something of it, and which of them do it.
struct Act {
    name: &'static str,
    act: &'static str,
    set: &'static str,
    so: fn(&Row) -> Option<bool>,
    /// The F1 to beat at the best cut, and whose it is.
    beat: Option<(f64, &'static str)>,
}

const UPSET: [&str; 4] = ["anger", "annoyance", "disappointment", "disgust"];
/// Neither upset nor clearly not.
const OPEN: [&str; 7] = [
    "disapproval",
    "sadness",
    "grief",
    "fear",
    "nervousness",
    "remorse",
    "embarrassment",
];

const ACTS: &[Act] = &[
    Act {
        name: "upset travellers (RSiCS)",
        act: "upset",
        set: "rsics",
        so: |row| Some(row.is("rant") || row.is("emotion")),
        beat: None,
    },
    Act {
        name: "upset in issue trackers",
        act: "upset",
        set: "incivility",
        so: |row| (row.label("tone") != "Irony").then(|| row.label("tone") != "None"),
        beat: None,
    },
    Act {
        name: "upset comments (GoEmotions)",
        act: "upset",
        set: "goemotions",
        so: |row| {
            let has = |names: &[&str]| row.list("emotions").any(|emotion| names.contains(&emotion));
            if has(&UPSET) {
                return Some(true);
            }
            (!has(&OPEN)).then_some(false)
        },
        beat: None,
    },
    Act {
        name: "thanks (RSiCS)",
        act: "thanks",
        set: "rsics",
        so: |row| Some(row.is("gratitude")),
        beat: Some((0.860, "published")),
    },
    Act {
        name: "rant (RSiCS)",
        act: "rant",
        set: "rsics",
        so: |row| Some(row.is("rant")),
        beat: Some((0.509, "published")),
    },
    Act {
        name: "greeting (RSiCS)",
        act: "greeting",
        set: "rsics",
        so: |row| Some(row.is("greeting")),
        beat: Some((0.925, "published")),
    },
    Act {
        name: "request or commitment (office mail)",
        act: "intent",
        set: "email_intent",
        so: |row| Some(row.is("intent")),
        beat: Some((0.72, "published")),
    },
    Act {
        name: "reflection (AnnoMI)",
        act: "reflection",
        set: "annomi",
        so: |row| (row.label("who") == "therapist").then(|| row.label("act") == "reflection"),
        beat: Some((0.73, "published, macro")),
    },
    Act {
        name: "question (AnnoMI)",
        act: "question",
        set: "annomi",
        so: |row| (row.label("who") == "therapist").then(|| row.label("act") == "question"),
        beat: Some((0.73, "published, macro")),
    },
    Act {
        name: "uncivil (issue trackers)",
        act: "uncivil",
        set: "incivility",
        so: |row| Some(row.label("tone") != "None"),
        beat: None,
    },
];

pub fn measure(_: &Engine, out: &mut Out) {
    let path = crate::root().join("cards/en/learned/words.weights");
    let learned = match std::fs::read(&path).map(Learned::load) {
        Ok(Ok(learned)) => learned,
        Ok(Err(why)) => return out.leave_out(why.to_string()),
        Err(why) => return out.leave_out(format!("{}: {why}", path.display())),
    };
    for act in ACTS {
        let rows = match public::rows(act.set) {
            Ok(rows) => rows,
            Err(why) => {
                out.leave_out(format!("{}: {why}", act.name));
                continue;
            }
        };
        let scored: Vec<(f64, bool)> = rows
            .iter()
            .filter(|row| row.is_held_out())
            .filter_map(|row| {
                let so = (act.so)(row)?;
                let text = match act.set {
                    "rsics" => row.labelled_text(),
                    _ => &row.text,
                };
                Some((f64::from(learned.strength(act.act, text)?), so))
            })
            .collect();
        let (f1, count) = (best_f1(&scored), scored.len());
        out.plain(
            &format!("{}, AUC", act.name),
            auc(scored),
            count,
            Better::More,
        );
        let name = format!("{}, F1 at the best cut", act.name);
        match act.beat {
            Some((aim, whose)) => out.at_least(&name, f1, count, aim, whose),
            None => out.plain(&name, f1, count, Better::More),
        }
    }
    directions(&learned, out);
}

/// Politeness and receptiveness are directions, never scores.
fn directions(learned: &Learned, out: &mut Out) {
    let held_out = |set: &'static str,
                    act: &str,
                    domain: &str|
     -> Result<Vec<(f64, f64)>, String> {
        Ok(public::rows(set)?
            .iter()
            .filter(|row| row.is_held_out() && (domain.is_empty() || row.label("domain") == domain))
            .filter_map(|row| {
                Some((
                    f64::from(learned.strength(act, &row.text)?),
                    row.number(act)?,
                ))
            })
            .collect())
    };
    for (domain, aim) in [("wikipedia", 0.838), ("stack-exchange", 0.782)] {
        match held_out("politeness", "politeness", domain) {
            Ok(pairs) => {
                let (right, count) = quarters(pairs);
                let name = format!("politeness, {domain}: the outer quarters told apart");
                out.at_least(&name, share(right, count), count, aim, "published");
            }
            Err(why) => out.leave_out(why),
        }
    }
    match held_out("receptiveness", "receptiveness", "") {
        Ok(pairs) => out.at_least(
            "receptiveness, correlation",
            correlation(&pairs),
            pairs.len(),
            0.45,
            "TF-IDF",
        ),
        Err(why) => out.leave_out(why),
    }
}

/// Of the politest and the least polite quarter, how many lie on their side of the middle.
fn quarters(mut pairs: Vec<(f64, f64)>) -> (usize, usize) {
    pairs.sort_by(|a, b| a.1.total_cmp(&b.1));
    let quarter = pairs.len() / 4;
    let outer: Vec<(f64, bool)> = pairs[..quarter]
        .iter()
        .map(|pair| (pair.0, false))
        .chain(
            pairs[pairs.len() - quarter..]
                .iter()
                .map(|pair| (pair.0, true)),
        )
        .collect();
    let mut said: Vec<f64> = outer.iter().map(|pair| pair.0).collect();
    said.sort_by(f64::total_cmp);
    let middle = said.get(said.len() / 2).copied().unwrap_or(0.0);
    let right = outer
        .iter()
        .filter(|(said, polite)| (*said >= middle) == *polite)
        .count();
    (right, outer.len())
}

fn best_f1(scored: &[(f64, bool)]) -> f64 {
    let mut order: Vec<&(f64, bool)> = scored.iter().collect();
    order.sort_by(|a, b| b.0.total_cmp(&a.0));
    let all = scored.iter().filter(|(_, so)| *so).count();
    let (mut calls, mut best) = (Calls::default(), 0.0_f64);
    for (_, so) in order {
        calls.add(true, *so);
        calls.misses = all - calls.hits;
        best = best.max(calls.f1());
    }
    best
}
