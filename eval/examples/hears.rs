//! Which lines the engine hears: `CODE<tab>text` in, 1 or 0 out; with `--cards-alone`, without the reader of single codes. Training
//! asks it.

use std::io::{BufRead, Write};
use unruffled_engine::{DraftInput, Engine, Language, MessageInput};

fn main() -> std::io::Result<()> {
    let mut engine = Engine::embedded();
    if std::env::args().any(|arg| arg == "--cards-alone") {
        engine = engine.with_wordings(Language::ENGLISH, None);
    }
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let (code, text) = line.split_once('\t').unwrap_or_default();
        writeln!(out, "{}", u8::from(hears(&engine, code, text)))?;
    }
    out.flush()
}

fn hears(engine: &Engine, code: &str, text: &str) -> bool {
    if code.starts_with(['C', 'H']) || code == "told" {
        let reading = engine.read(&MessageInput {
            text,
            ..MessageInput::default()
        });
        return reading.cues.iter().any(|cue| cue.code == code)
            || code == "told" && !reading.told.is_empty()
            || reading.what_if.is_some_and(|what_if| what_if.code == code);
    }
    let review = engine.review(&DraftInput {
        draft: text,
        ..DraftInput::default()
    });
    code == "promise" && !review.promises.is_empty()
        || review.notes.iter().any(|note| note.code == code)
        || review.virtues.iter().any(|virtue| virtue.code == code)
}
