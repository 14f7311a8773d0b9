//! What we write can be read by others and by ourselves, and nobody can write a header through us.

use super::*;
use crate::letter::parse;

fn reply() -> Outgoing {
    Outgoing {
        from: Address::new("Harbour Baths", "help@baths.test"),
        to: vec![Address::new("Zoë Jones", "zoe@a.test")],
        cc: vec![],
        subject: "Re: The gate says no — again".into(),
        text: "Hello Zoë,\n\nyour pass works from today, 16:00.\n\nAda".into(),
        message_id: "conversation.random.mac@baths.test".into(),
        date: "2026-05-04T14:10:00+01:00[Europe/London]"
            .parse()
            .expect("a time"),
        answering: Some(Answered {
            from: Address::new("Zoë Jones", "zoe@a.test"),
            date: "2026-05-04T09:02:00Z".parse().ok(),
            message_id: "one@a.test".into(),
            references: vec!["zero@a.test".into()],
            text: "I renewed it in March.\n\nThe gate just beeps.\n> older".into(),
        }),
    }
}

#[test]
fn a_reply_reads_back_as_it_was_written() {
    let (envelope, bytes) = letter(&reply()).expect("a letter");
    insta::assert_snapshot!(String::from_utf8_lossy(&bytes).replace("\r\n", "\n"));
    assert_eq!(
        envelope,
        Envelope {
            from: "help@baths.test".into(),
            to: vec!["zoe@a.test".into()]
        }
    );
    assert!(
        bytes.is_ascii()
            && !bytes
                .windows(2)
                .any(|two| two[1] == b'\n' && two[0] != b'\r')
    );
    let read = parse(&bytes);
    assert_eq!(read.subject, "Re: The gate says no — again");
    assert_eq!(read.to, reply().to);
    assert_eq!(read.in_reply_to, ["one@a.test"]);
    assert_eq!(read.references, ["zero@a.test", "one@a.test"]);
    assert_eq!(read.marks, []);
    let (fresh, quoted) = crate::quote::split(&read.text);
    assert_eq!(fresh.trim_end(), reply().text);
    assert!(
        quoted
            .starts_with("On 4 May 2026 at 10:02, Zoë Jones wrote:\n> I renewed it in March.\n>\n"),
        "{quoted}"
    );
}

#[test]
fn nobody_writes_a_header_through_us() {
    for trick in [
        "x\r\nBcc: all@a.test",
        "x\nBcc: all@a.test",
        "x\rBcc: all@a.test",
        "x\u{2028}Bcc: all@a.test",
        "x\0\r\n\r\nBcc: all@a.test",
        "=?utf-8?q?x=0D=0ABcc:_all@a.test?=",
    ] {
        let mut out = reply();
        out.subject = trick.into();
        out.from.name = trick.into();
        out.to[0].name = trick.into();
        if let Some(answered) = &mut out.answering {
            answered.from.name = trick.into();
            answered.references = vec![trick.into()];
        }
        let (envelope, bytes) = letter(&out).expect("tricks are taken out");
        let head = &bytes[..crate::mime::head_end(&bytes)];
        assert!(
            crate::mime::fields(head)
                .iter()
                .all(|(name, _)| name != "bcc"),
            "{trick:?}: {}",
            String::from_utf8_lossy(head)
        );
        assert_eq!(envelope.to.len(), 1);
        out.to[0].address = trick.into();
        assert!(matches!(letter(&out), Err(Error::Address(_))), "{trick:?}");
    }
    let mut out = reply();
    out.message_id = "a@b>\r\nBcc: x@a.test".into();
    assert!(matches!(letter(&out), Err(Error::Form(_))));
}

#[test]
fn addresses_are_checked_and_said_once() {
    let mut out = reply();
    out.cc = vec![
        Address::new("", "ZOE@a.test"),
        Address::new("Ben", "ben@a.test"),
    ];
    let (envelope, _) = letter(&out).expect("a letter");
    assert_eq!(envelope.to, ["zoe@a.test", "ben@a.test"]);
    for wrong in [
        "",
        "zoe",
        "zoe@",
        "@a.test",
        "zoe@a.test, ben@a.test",
        "group: zoe@a.test;",
        "<zoe@a.test>",
        "zoe@a.test\r\n",
    ] {
        out.to[0].address = wrong.into();
        let result = letter(&out);
        if wrong.trim() != "zoe@a.test" {
            assert!(matches!(result, Err(Error::Address(_))), "{wrong:?}");
        }
    }
    out.to.clear();
    out.cc.clear();
    assert_eq!(letter(&out).unwrap_err(), Error::NoRecipient);
}

#[test]
fn a_long_thread_keeps_its_first_and_last_references() {
    let many: Vec<String> = (0..200)
        .map(|n| format!("letter-{n}@a-rather-long-domain.test"))
        .collect();
    let kept = crate::thread::references(&many, "last@a.test");
    assert_eq!(kept.first(), many.first());
    assert_eq!(kept.last().map(String::as_str), Some("last@a.test"));
    assert!(kept.iter().map(|id| id.len() + 3).sum::<usize>() <= limits::REFERENCES_BYTES_MAX);
    assert!(kept.len() > 10);
}

#[test]
fn lines_that_smtp_would_trip_over_arrive_whole() {
    let mut out = reply();
    out.text = format!(
        ".\n..\nFrom here\n{}\ntrailing  \n=20 = ü 🏊\n-- \nAda",
        "x".repeat(3_000)
    );
    let (_, bytes) = letter(&out).expect("a letter");
    assert!(bytes.split(|&b| b == b'\n').all(|line| line.len() <= 998));
    assert!(parse(&bytes).text.starts_with(&out.text));
}
