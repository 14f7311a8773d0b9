//! Stated against known: which statements of a draft are questioned (V19).

use super::{overlap, with_and_without};
use crate::figure::{Better, Out};
use crate::score::Calls;
use jiff::Zoned;
use serde::Deserialize;
use unruffled_engine::{DraftInput, Engine, KnownFact, Reader};

#[derive(Deserialize)]
struct Item {
    id: String,
    now: Option<String>,
    #[serde(default)]
    locale: String,
    message: Option<String>,
    draft: String,
    #[serde(default)]
    facts: Vec<KnownFact>,
    statements: Vec<Statement>,
}

#[derive(Deserialize)]
struct Statement {
    words: String,
    verdict: String,
}

pub fn measure(engine: &Engine, out: &mut Out) {
    with_and_without(out, |reader, with, out| {
        measure_with(engine, reader, with, out)
    });
}

fn measure_with(engine: &Engine, reader: Option<&dyn Reader>, with: &str, out: &mut Out) {
    for half in out.sets.parts() {
        let items: Vec<Item> = match out.sets.items(half, "facts") {
            Ok(items) => items,
            Err(why) => {
                out.leave_out(why);
                continue;
            }
        };
        let mut questioned = Calls::default();
        let mut contradictions = Calls::default();
        for item in &items {
            let engine = if item.locale == "en-US" {
                &out.month_first
            } else {
                engine
            };
            let now: Option<Zoned> = item.now.as_deref().and_then(|now| now.parse().ok());
            let draft = DraftInput {
                draft: &item.draft,
                message: item.message.as_deref(),
                facts: &item.facts,
                now: now.as_ref(),
                ..Default::default()
            };
            let review = engine.review_with(reader, &draft);
            let notes: Vec<_> = review.notes.iter().filter(|n| n.code == "V19").collect();
            let mut taken = vec![false; notes.len()];
            for statement in &item.statements {
                let mut said = None;
                for (at, note) in notes.iter().enumerate() {
                    if overlap(&item.draft, &note.span.text, &statement.words) > 0 {
                        taken[at] = true;
                        said.get_or_insert(note);
                    }
                }
                let by = said.map_or_else(String::new, |note| {
                    format!(" by “{}” ({})", note.span.text, note.says)
                });
                let said = said.is_some();
                let so = matches!(statement.verdict.as_str(), "contradicted" | "unchecked");
                questioned.add(said, so);
                if statement.verdict == "contradicted" {
                    contradictions.add(said, true);
                }
                if said != so {
                    let facts: Vec<&str> = item.facts.iter().map(|f| f.text.as_str()).collect();
                    out.wrong_in(
                        half,
                        format!(
                            "{}: {} “{}” ({}){by}\n    facts: {facts:?}",
                            item.id,
                            if said { "questioned" } else { "let pass" },
                            statement.words,
                            statement.verdict
                        ),
                    );
                }
            }
            for (_, note) in notes.iter().enumerate().filter(|(at, _)| !taken[*at]) {
                questioned.add(true, false);
                out.wrong_in(
                    half,
                    format!(
                        "{}: questioned beside any statement: “{}” ({})",
                        item.id, note.span.text, note.says
                    ),
                );
            }
        }
        let count = questioned.hits + questioned.misses;
        out.at_least(
            &format!("questioned, precision, {half} half{with}"),
            questioned.precision(),
            questioned.hits + questioned.false_alarms,
            0.90,
            "ours",
        );
        out.at_least(
            &format!("questioned, recall, {half} half{with}"),
            questioned.recall(),
            count,
            0.85,
            "ours",
        );
        out.plain(
            &format!("contradictions seen, {half} half{with}"),
            contradictions.recall(),
            contradictions.count(),
            Better::More,
        );
    }
}
