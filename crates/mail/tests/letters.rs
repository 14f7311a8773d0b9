//! Every letter in `eml/` beside what the desk makes of it, and all of them again with damage.

use std::{fmt::Write, fs, path::PathBuf};

use unruffled_mail::{
    Address, Kind, Letter, Mark,
    letter::parse,
    limits,
    quote::{self, PartKind},
};

fn letters() -> Vec<(String, String, Vec<u8>)> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/eml");
    let mut found = Vec::new();
    for folder in ["rfc", "malformed", "clients", "bounces"] {
        for entry in fs::read_dir(root.join(folder)).expect("the letters") {
            let path = entry.expect("a file").path();
            if path.extension().is_some_and(|extension| extension == "eml") {
                let name = path
                    .file_stem()
                    .expect("a name")
                    .to_string_lossy()
                    .into_owned();
                found.push((folder.to_owned(), name, fs::read(&path).expect("a letter")));
            }
        }
    }
    found.sort();
    found
}

#[test]
fn every_letter_is_read_as_far_as_it_can_be() {
    for (folder, name, bytes) in letters() {
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(format!("eml/{folder}"));
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!(name, shown(&parse(&bytes))));
    }
}

/// A letter as a page would show it, without what is empty.
fn shown(letter: &Letter) -> String {
    let mut out = String::new();
    let mut field = |name: &str, value: String| {
        if !value.is_empty() {
            let _ = writeln!(out, "{name}: {value}");
        }
    };
    let list = |list: &[Address]| {
        list.iter()
            .map(|one| format!("{} <{}>", one.name, one.address))
            .collect::<Vec<_>>()
            .join(", ")
    };
    field("from", list(std::slice::from_ref(&letter.from)));
    field("reply to", list(&letter.reply_to));
    field("to", list(&letter.to));
    field("cc", list(&letter.cc));
    field("subject", letter.subject.clone());
    field(
        "date",
        letter.date.map(|date| date.to_string()).unwrap_or_default(),
    );
    field("id", letter.message_id.clone());
    field("in reply to", letter.in_reply_to.join(" "));
    field("references", letter.references.join(" "));
    field("list", letter.list_id.clone().unwrap_or_default());
    if letter.kind != Kind::Mail {
        field("kind", format!("{:?}", letter.kind));
    }
    for sign in &letter.signs {
        field("sign", sign.words().into());
    }
    for words in letter.words() {
        field("mark", words);
    }
    for attachment in &letter.attachments {
        field(
            "attachment",
            format!(
                "{attachment:?}{}",
                attachment
                    .content_id
                    .as_ref()
                    .map(|id| format!(" cid {id}"))
                    .unwrap_or_default()
            ),
        );
    }
    out.push('\n');
    for part in quote::parts(&letter.text) {
        let mark = match part.kind {
            PartKind::Fresh => "| ",
            PartKind::Quoted => "≫ ",
            PartKind::Signature => "~ ",
        };
        for line in part.text.lines().take(40) {
            let _ = writeln!(out, "{}", format!("{mark}{line}").trim_end());
        }
    }
    if let Some(html) = &letter.html {
        let _ = write!(out, "\n{}\n", html.trim());
    }
    out
}

#[test]
fn damage_of_any_kind_loses_no_letter() {
    let mut random = 0x2545_F491_4F6C_DD1D_u64;
    let mut next = move |below: usize| {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        (random % below.max(1) as u64) as usize
    };
    let all = letters();
    for (folder, name, bytes) in &all {
        for round in 0..60 {
            let mut bytes = bytes.clone();
            match round % 4 {
                0 => bytes.truncate(next(bytes.len())),
                1 => {
                    for _ in 0..8 {
                        let at = next(bytes.len());
                        if let Some(byte) = bytes.get_mut(at) {
                            *byte = next(256) as u8;
                        }
                    }
                }
                2 => {
                    let other = &all[next(all.len())].2;
                    let (from, at) = (next(other.len()), next(bytes.len()));
                    bytes.splice(at..at, other[from..].iter().copied());
                }
                _ => {
                    let (a, b) = (next(bytes.len()), next(bytes.len()));
                    bytes.drain(a.min(b)..a.max(b));
                }
            }
            let letter = parse(&bytes);
            let whole: String = quote::parts(&letter.text)
                .iter()
                .map(|part| part.text)
                .collect();
            assert_eq!(whole, letter.text, "{folder}/{name}");
            assert!(!letter.message_id.is_empty());
            let words = bytes.iter().any(u8::is_ascii_alphanumeric);
            assert!(
                !words || !shown(&letter).trim().is_empty(),
                "{folder}/{name}: nothing is shown of {:?}",
                String::from_utf8_lossy(&bytes)
            );
        }
    }
}

#[test]
fn the_same_bytes_get_the_same_id_and_others_another() {
    let (one, two) = (
        parse(b"Subject: x\n\nRefund."),
        parse(b"Subject: x\n\nRefund!"),
    );
    assert_eq!(one.message_id, parse(b"Subject: x\n\nRefund.").message_id);
    assert_ne!(one.message_id, two.message_id);
}

#[test]
fn a_letter_too_long_to_show_is_cut_and_says_so() {
    let long = format!(
        "From: a@b.test\nSubject: long\n\n{}",
        "wörd \n".repeat(200_000)
    );
    let letter = parse(long.as_bytes());
    assert!(
        letter.text.len() <= limits::TEXT_BYTES_MAX
            && letter.text.len() > limits::TEXT_BYTES_MAX - 8
    );
    assert!(
        letter
            .words()
            .iter()
            .any(|words| words.contains("longer than is shown")),
        "{:?}",
        letter.marks
    );
}

#[test]
fn an_endless_head_is_cut_and_the_words_stay() {
    let long = format!(
        "From: a@b.test\nSubject: long\n{}\nHello.\n",
        "X-More: of the same\n".repeat(50_000)
    );
    let letter = parse(long.as_bytes());
    assert_eq!(
        (letter.text.as_str(), letter.subject.as_str()),
        ("Hello.", "long")
    );
    assert!(
        letter
            .words()
            .iter()
            .any(|words| words.contains("head of this letter"))
    );
}

#[test]
fn letters_made_to_be_slow_are_read_in_time() {
    let nested = |open: &str, times: usize| {
        format!(
            "From: a@b.test\nMIME-Version: 1.0\n{}Words.\n",
            open.repeat(times)
        )
    };
    let mut boundaries = String::from("From: a@b.test\nMIME-Version: 1.0\n");
    for at in 0..5_000 {
        let _ = write!(
            boundaries,
            "Content-Type: multipart/mixed; boundary=b{at}\n\n--b{at}\n"
        );
    }
    let html = |inner: String| {
        format!("From: a@b.test\nMIME-Version: 1.0\nContent-Type: text/html\n\n{inner}Words.")
    };
    for slow in [
        nested("Content-Type: message/rfc822\n\n", 100_000),
        nested(
            "Content-Type: multipart/digest; boundary=x\n\n--x\n\n",
            50_000,
        ),
        boundaries,
        html("<div>".repeat(100_000)),
        html("<b><i a=1>".repeat(50_000)),
        html("<table><tr><td>".repeat(20_000)),
        html("<a href=x><p>".repeat(30_000)),
        html("<!--".repeat(100_000)),
        html("&".repeat(300_000)),
        html("<img src='".repeat(50_000)),
        format!("From: {}\n\nWords.", "a@b.test, ".repeat(20_000)),
        format!("Subject: {}\n\nWords.", "=?utf-8?q?x?= ".repeat(15_000)),
        format!("References: {}\n\nWords.", "<a@b> ".repeat(30_000)),
        format!("Subject: x\n\n{}", "On 1\n".repeat(60_000)),
        format!("Subject: x\n\n{}", "Sent from my x\n".repeat(30_000)),
        format!(
            "Subject: x\n\n{}",
            "On 4 May 2026, a@b.test wrote:\n\n\n".repeat(10_000)
        ),
    ] {
        let begun = std::time::Instant::now();
        let letter = parse(slow.as_bytes());
        let _ = quote::split(&letter.text);
        let took = begun.elapsed();
        assert!(took.as_secs() < 5, "{took:?} for {}", &slow[..120]);
        assert!(
            !letter.text.is_empty() || letter.marks.contains(&Mark::Empty),
            "{}",
            &slow[..120]
        );
    }
}
