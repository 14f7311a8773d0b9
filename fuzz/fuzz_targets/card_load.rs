//! Any text in place of a card is a card or a fault with its file, never a panic.
#![no_main]

use unruffled_engine::Engine;

libfuzzer_sys::fuzz_target!(|text: &str| {
    for folder in ["cues", "checks", "virtues", "what-ifs"] {
        let name = format!("{folder}/own-card.md");
        if let Err(faults) = Engine::load([(name.as_str(), text)]) {
            assert!(faults.iter().all(|fault| !fault.says.is_empty()));
        }
    }
});
