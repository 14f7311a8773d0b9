//! Any bytes are a letter: parsing never fails, always leaves something to read, and lets nothing through that acts.
#![no_main]

use unruffled_mail::{letter, quote};

/// The MIME library may give up by a panic: our crate catches it and shows the letter as it stands. Any other
/// panic is a find.
fn let_the_library_give_up() {
    let find = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if !panic.location().is_some_and(|place| place.file().contains("/mail-parser-")) {
            find(panic);
        }
    }));
}

libfuzzer_sys::fuzz_target!(init: let_the_library_give_up(), |bytes: &[u8]| {
    let letter = letter::parse(bytes);
    let has_more = letter.html.is_some() || !letter.attachments.is_empty();
    assert!(!letter.text.is_empty() || has_more || !letter.marks.is_empty(), "nothing to read, and nobody says so");
    assert!(!letter.message_id.is_empty());
    assert_eq!(letter, letter::parse(bytes), "the same bytes are the same letter");
    for line in [&letter.subject, &letter.from.name, &letter.from.address, &letter.message_id] {
        assert!(!line.contains(['\r', '\n', '\0']), "more than a line: {line:?}");
    }
    for attachment in &letter.attachments {
        let name = &attachment.name;
        assert!(!name.is_empty() && !name.starts_with('.'), "a name that hides: {name:?}");
        assert!(!name.contains(['/', '\\', '\0', '\r', '\n']), "a path got through: {name:?}");
    }
    if let Some(html) = &letter.html {
        for tag in tags(html) {
            quiet(tag);
        }
    }
    quote::split(&letter.text);
});

/// What stands between `<` and `>`, quoted values left whole.
fn tags(html: &str) -> Vec<&str> {
    let mut tags = Vec::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        rest = &rest[start + 1..];
        let mut quoted = false;
        let end = rest.find(|c| {
            quoted ^= c == '"';
            c == '>' && !quoted
        });
        let Some(end) = end else { break };
        tags.push(&rest[..end]);
        rest = &rest[end + 1..];
    }
    tags
}

/// The sanitiser writes tags in small letters with values in double quotes, so plain looking will do.
fn quiet(tag: &str) {
    let name: String = tag.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
    assert!(
        !["script", "style", "iframe", "object", "embed", "form", "input", "svg", "math", "link", "meta", "base"]
            .contains(&name.as_str()),
        "it acts: <{tag}>"
    );
    let mut rest = &tag[name.len().min(tag.len())..];
    while let Some(at) = rest.find("=\"") {
        let attribute = rest[..at].rsplit([' ', '"']).next().unwrap_or_default();
        let value = &rest[at + 2..];
        let end = value.find('"').unwrap_or(value.len());
        let (value, after) = value.split_at(end);
        let bare: String = value.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
        let bare = bare.to_ascii_lowercase();
        assert!(!attribute.starts_with("on"), "it listens: <{tag}>");
        assert!(attribute != "src" || bare.starts_with("cid:"), "it fetches: <{tag}>");
        assert!(attribute != "href" || !bare.starts_with("javascript:"), "it runs: <{tag}>");
        assert!(attribute != "style" || !bare.contains("url("), "it fetches: <{tag}>");
        rest = after.strip_prefix('"').unwrap_or(after);
    }
}
