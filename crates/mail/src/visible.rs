//! What of a stranger's text may be seen: no control characters, no hidden tricks with direction or names.

use crate::limits;

/// A subject, a name, a header: one line, without anything that hides or turns other text around.
/// Joiners stay, because Persian words and many emoji need them.
pub fn line(text: &str) -> String {
    let mut out = String::with_capacity(text.len().min(256));
    let mut space = false;
    for c in text.chars().take(limits::LINE_CHARS_MAX * 4) {
        if c.is_whitespace() || c.is_control() {
            space = true;
        } else if !(turns(c) || matches!(c, '\u{200b}' | '\u{feff}' | '\u{2060}' | '\u{00ad}')) {
            if space && !out.is_empty() {
                out.push(' ');
            }
            space = false;
            out.push(c);
        }
    }
    if out.chars().count() > limits::LINE_CHARS_MAX {
        out = out.chars().take(limits::LINE_CHARS_MAX).collect();
        out.push('…');
    }
    out
}

/// A body: lines end in `\n`, control characters and direction overrides are gone, all else stays.
pub fn body(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' => {
                if chars.peek() != Some(&'\n') {
                    out.push('\n');
                }
            }
            '\n' | '\t' => out.push(c),
            '\u{202d}' | '\u{202e}' | '\u{feff}' => {}
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out.truncate(out.trim_end().len());
    let blank = out.len() - out.trim_start_matches('\n').len();
    out.split_off(blank)
}

/// A name for an attachment that means the same to a person and to a file system, and whether it had to
/// be changed for that.
pub fn file_name(given: &str, media_type: &str) -> (String, bool) {
    let base = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let mut name: String = base
        .chars()
        .filter(|&c| !(c.is_control() || turns(c) || invisible(c)))
        .map(|c| {
            if matches!(c, '<' | '>' | ':' | '"' | '|' | '?' | '*') {
                '_'
            } else {
                c
            }
        })
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .collect();
    name = name
        .trim_start_matches(['.', ' '])
        .trim_end_matches(['.', ' '])
        .to_owned();
    if reserved(&name) {
        name.insert(0, '_');
    }
    let name = shorten(&name);
    if name.is_empty() {
        return (
            format!("attachment{}", extension(media_type)),
            !given.is_empty(),
        );
    }
    let changed = name != given;
    (name, changed)
}

/// Characters that change the direction of what follows.
fn turns(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{061c}')
}

fn invisible(c: char) -> bool {
    matches!(c,
        '\u{00ad}' | '\u{034f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200d}' | '\u{2028}' | '\u{2029}' | '\u{2060}'..='\u{2065}' | '\u{206a}'..='\u{206f}'
        | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

/// Names that some systems take for a device.
fn reserved(name: &str) -> bool {
    let stem = name
        .split('.')
        .next()
        .unwrap_or_default()
        .trim_end()
        .to_ascii_uppercase();
    matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL")
        || (stem.len() == 4
            && (stem.starts_with("COM") || stem.starts_with("LPT"))
            && stem.ends_with(|c: char| c.is_ascii_digit()))
}

/// Cuts in the middle, so that the extension still tells what it is.
fn shorten(name: &str) -> String {
    let max = limits::ATTACHMENT_NAME_BYTES_MAX;
    if name.len() <= max {
        return name.to_owned();
    }
    let tail = match name.rfind('.') {
        Some(dot) if name.len() - dot <= 20 => &name[dot..],
        _ => "",
    };
    let mut end = max - tail.len() - '…'.len_utf8();
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    format!("{}…{tail}", &name[..end])
}

fn extension(media_type: &str) -> &'static str {
    match media_type {
        "text/plain"
        | "text/rfc822-headers"
        | "message/delivery-status"
        | "message/disposition-notification" => ".txt",
        "text/html" => ".html",
        "text/calendar" => ".ics",
        "text/csv" => ".csv",
        "image/png" => ".png",
        "image/jpeg" => ".jpg",
        "image/gif" => ".gif",
        "application/pdf" => ".pdf",
        "message/rfc822" => ".eml",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_name_holds_no_folder_and_no_disguise() {
        for (given, media, expected) in [
            ("../../etc/passwd", "", "passwd"),
            (r"C:\Users\me\bill.pdf", "", "bill.pdf"),
            ("\u{200b}.htaccess", "", "htaccess"),
            ("bill\u{202e}fdp.exe", "", "billfdp.exe"),
            ("con.txt", "", "_con.txt"),
            ("lpt1", "", "_lpt1"),
            ("a\r\nb.txt", "", "ab.txt"),
            ("", "application/pdf", "attachment.pdf"),
            (" . ", "image/png", "attachment.png"),
            ("rechnung ü.txt", "", "rechnung ü.txt"),
            ("what?<is>this|.txt", "", "what__is_this_.txt"),
        ] {
            assert_eq!(file_name(given, media).0, expected, "{given:?}");
        }
        assert!(!file_name("bill.pdf", "").1);
        assert!(file_name("a/b.pdf", "").1);
    }

    #[test]
    fn a_long_file_name_keeps_its_extension() {
        let (name, changed) = file_name(&("é".repeat(400) + ".pdf"), "");
        assert!(
            changed && name.len() <= limits::ATTACHMENT_NAME_BYTES_MAX && name.ends_with("….pdf"),
            "{name}"
        );
    }

    #[test]
    fn a_subject_is_one_line_and_keeps_joiners() {
        assert_eq!(
            line("  My\r\n\tpass \u{202e}evil\u{202c} 👩\u{200d}👧 "),
            "My pass evil 👩\u{200d}👧"
        );
        assert_eq!(line("Bcc: x\u{0}y"), "Bcc: x y");
    }

    #[test]
    fn a_body_keeps_its_words_and_loses_control_characters() {
        assert_eq!(body("\r\na\r\nb\rc\u{7}\u{202e}d\n\n\n"), "a\nb\ncd");
        assert_eq!(body("    indented\n\n  two  "), "    indented\n\n  two");
    }
}
