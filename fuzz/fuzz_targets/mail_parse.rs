//! Any bytes are a letter: parsing never fails and always leaves something to read.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let letter = unruffled_mail::letter::parse(bytes);
    if let Some(html) = &letter.html {
        let lower = html.to_lowercase();
        assert!(!lower.contains("<script"), "a script got through");
    }
    for attachment in &letter.attachments {
        assert!(!attachment.name.contains(['/', '\\', '\0', '\r', '\n']), "a path got through: {:?}", attachment.name);
    }
});
