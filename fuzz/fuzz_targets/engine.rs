//! Any text can be read and reviewed; every span lies on the text that was given.
#![no_main]

use std::sync::LazyLock;
use unruffled_engine::{DraftInput, Engine, MessageInput, Span};

static ENGINE: LazyLock<Engine> = LazyLock::new(Engine::embedded);

fn lies_on(span: &Span, text: &str) {
    assert_eq!(text.get(span.start..span.end), Some(span.text.as_str()));
}

libfuzzer_sys::fuzz_target!(|text: &str| {
    let (message, draft) = text.split_once("\n---\n").unwrap_or((text, text));
    let reading = ENGINE.read(&MessageInput { text: message, ..Default::default() });
    for span in reading.cues.iter().flat_map(|cue| &cue.evidence) {
        lies_on(span, message);
    }
    for fact in &reading.facts {
        lies_on(&fact.span, message);
    }
    let review = ENGINE.review(&DraftInput { draft, message: Some(message), ..Default::default() });
    for note in &review.notes {
        lies_on(&note.span, draft);
    }
    for promise in &review.promises {
        lies_on(&promise.span, draft);
    }
});
