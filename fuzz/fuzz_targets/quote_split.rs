//! Folding quoted history never loses a byte, and never hides everything somebody sent.
#![no_main]

use unruffled_mail::quote::{self, PartKind};

libfuzzer_sys::fuzz_target!(|text: &str| {
    let parts = quote::parts(text);
    let whole: String = parts.iter().map(|part| part.text).collect();
    assert_eq!(whole, text);
    assert!(parts.windows(2).all(|pair| pair[0].kind != pair[1].kind), "neighbours of one kind are one part");
    let hides_everything = parts
        .iter()
        .all(|part| part.text.trim().is_empty() || part.kind == PartKind::Quoted);
    assert!(text.trim().is_empty() || !hides_everything, "everything was folded away");

    let (fresh, folded) = quote::split(text);
    assert_eq!(fresh.len() + folded.len(), text.len());
});
