//! What comes first at a moment, why, and whose nod it takes.

use jiff::Zoned;

use super::super::*;
use super::file;

fn now() -> Zoned {
    "2026-05-04T10:02:00+01:00[Europe/London]"
        .parse()
        .expect("a time")
}

fn book(files: &[(&str, &str)]) -> Playbook {
    let files: Vec<File> = files
        .iter()
        .map(|(id, front)| {
            file(
                &format!("{id}.md"),
                &format!(
                    "+++\nsays = \"{id}\"\n{front}\n+++\nPlease come in, it is on us today.\n"
                ),
            )
        })
        .collect();
    let (book, faults) = Playbook::load(&files);
    assert_eq!(faults, []);
    book
}

fn order(book: &Playbook, moment: &Moment<'_>) -> Vec<String> {
    rank(book, moment)
        .iter()
        .map(|it| {
            format!(
                "{}: {}{}",
                it.option.id,
                it.reasons.join(" · "),
                it.used_up
                    .as_deref()
                    .map(|it| format!(" ({it})"))
                    .unwrap_or_default()
            )
        })
        .collect()
}

#[test]
fn what_the_words_the_facts_and_the_cues_speak_for_comes_first_with_its_reason() {
    let book = book(&[
        ("barred", "topics = [\"unknown calls\"]\ncues = [\"C10\"]"),
        ("call-back", "cues = [\"C10\"]"),
        (
            "credit",
            "topics = [\"double charge\"]\nfacts = [\"payment: not found\"]",
        ),
        ("day-ticket", "topics = [\"pool pass\", \"gate\"]"),
        ("cocoa", "kind = \"wow\"\ntopics = [\"kids\"]"),
    ]);
    let moment = Moment {
        subject: "the gate says no",
        words: "I renewed my pool pass. The gates just beep at me in front of the kids, and I was charged doubly!\n\nA double charge, I mean.",
        cues: vec![Known {
            code: "C10".into(),
            words: "told by us".into(),
        }],
        facts: vec![FactStanding {
            what: "payment HB-20417".into(),
            state: "not found".into(),
        }],
        now: now(),
        ..Moment::default()
    };
    let expect = [
        "credit: double charge · payment not found",
        "day-ticket: pool pass · gate",
        "call-back: told by us",
        "cocoa: kids",
        "barred: ",
    ];
    assert_eq!(order(&book, &moment), expect);
    assert_eq!(order(&book, &moment), expect, "the same again");
}

#[test]
fn an_earlier_letter_counts_less_and_says_so() {
    let book = book(&[
        ("booklet", "topics = [\"booklet\"]"),
        ("course", "topics = [\"course\"]"),
    ]);
    let moment = Moment {
        words: "What do I do about the course?",
        earlier: vec!["I am waiting for the booklets."],
        now: now(),
        ..Moment::default()
    };
    assert_eq!(
        order(&book, &moment),
        ["course: course", "booklet: booklet (earlier)"]
    );
}

#[test]
fn a_full_playbook_is_ranked_and_every_option_is_in_it_once() {
    let fronts: Vec<(String, String)> = (0..crate::limits::OPTIONS_MAX)
        .map(|at| {
            (
                format!("option-{at}"),
                format!("topics = [\"gate {at}\", \"pool pass\"]\ncues = [\"C10\"]"),
            )
        })
        .collect();
    let fronts: Vec<(&str, &str)> = fronts.iter().map(|(id, front)| (&**id, &**front)).collect();
    let book = book(&fronts);
    let letter = "I renewed my pool pass and the gate 7 says no. ".repeat(200);
    let moment = Moment {
        words: &letter,
        now: now(),
        ..Moment::default()
    };
    let ranked = rank(&book, &moment);
    assert_eq!(ranked.len(), crate::limits::OPTIONS_MAX);
    assert_eq!(ranked[0].option.id, "option-7");
}

#[test]
fn what_is_used_up_stands_behind_what_is_not_and_what_is_over_is_left_out() {
    let book = book(&[
        ("again", "topics = [\"gate\"]\noften = \"twice a year\""),
        ("ever", "topics = [\"gate\"]\noften = \"once\""),
        ("over", "topics = [\"gate\"]\nuntil = 2026-05-03"),
        (
            "today",
            "topics = [\"gate\"]\nuntil = 2026-05-04\noften = \"once a year\"",
        ),
    ]);
    let day = 86_400_000_000;
    let then = |days: i64| now().timestamp().as_microsecond() - days * day;
    let moment = Moment {
        words: "The gate again.",
        granted: vec![
            ("again".into(), then(20)),
            ("again".into(), then(10)),
            ("ever".into(), then(900)),
            ("today".into(), then(400)),
        ],
        now: now(),
        ..Moment::default()
    };
    assert_eq!(
        order(&book, &moment),
        [
            "today: gate",
            "again: gate (used up: twice a year, last granted 24 April)",
            "ever: gate (used up: once, last granted 16 November 2023)",
        ]
    );
}

#[test]
fn a_nod_is_needed_by_whom_the_file_says() {
    let leads = ["cleo".to_owned()];
    let who = |front: &str, login: &str| {
        let book = book(&[("free-month", front)]);
        needs_nod(&book.options[0], login, &leads)
    };
    assert_eq!(who("", "ada"), None);
    assert_eq!(
        who("nod = \"ben\"", "ada"),
        Some(NodBy::Login("ben".into()))
    );
    assert_eq!(who("nod = \"ben\"", "ben"), None);
    assert_eq!(who("nod = \"ben\"\nalone = [\"ada\"]", "ada"), None);
    assert_eq!(who("nod = \"a lead\"", "ada"), Some(NodBy::ALead));
    assert_eq!(who("nod = \"a lead\"", "cleo"), None);
    assert_eq!(who("nod = \"ben\"\nalone = [\"leads\"]", "cleo"), None);
    assert_eq!(who("nod = \"ben\"\nalone = \"everybody\"", "ada"), None);
}
