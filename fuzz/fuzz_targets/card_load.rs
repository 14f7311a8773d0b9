//! Any text in place of a card is a card or a fault with its file, never a panic; and an engine that
//! loaded it reads and reviews.
#![no_main]

use unruffled_engine::{DraftInput, Engine, MessageInput};

libfuzzer_sys::fuzz_target!(|text: &str| {
    // The kind is the folder, so the first byte chooses one: all five each time would be a fifth of the tries.
    let (kind, text) = match text.as_bytes().first() {
        Some(first @ b'0'..=b'5') => (first - b'0', &text[1..]),
        _ => (text.len() as u8 % 5, text),
    };
    let name = match kind {
        0 => "cues/own-card.md",
        1 => "checks/own-card.md",
        2 => "virtues/own-card.md",
        3 => "what-ifs/own-card.md",
        4 => "prompts/own-card.md",
        _ => "words/own-words.txt",
    };
    match Engine::of_cards([(name, text)]) {
        Ok(engine) => {
            engine.read(&MessageInput { text, ..Default::default() });
            engine.review(&DraftInput { draft: text, message: Some(text), ..Default::default() });
        }
        Err(faults) => {
            assert!(!faults.is_empty());
            for fault in &faults {
                assert!(!fault.says.is_empty());
                assert!(fault.to_string().contains("own-"), "a fault names its file: {fault}");
            }
        }
    }
});
