//! Options read, ranked, found again in a reply, and written.

use std::path::Path;

use jiff::Zoned;
use unruffled_engine::{DraftInput, Engine, MessageInput, Weight};

use super::wording::{Said, blanks};
use super::*;

const DAY_TICKET: &str = "+++\n# ours since the gate broke\nsays = \"A day ticket, today\"\ntopics = [\"pool pass\", \"gate\"]\nfacts = [\"membership: not found\"]\ncues = [\"C10\"]\namount = \"£24\"\noften = \"twice a year\"\nnod = \"ben\"\nuntil = 2027-03-31\n+++\n\nPlease come in today; {who} at the desk has {how many} tickets in your name.\n";

fn file(path: &str, text: &str) -> File {
    File {
        path: path.into(),
        group: String::new(),
        text: text.into(),
    }
}

fn faults(text: &str) -> Vec<String> {
    let found = parse("book/day-ticket.md", "", text)
        .err()
        .unwrap_or_default();
    found.iter().map(ToString::to_string).collect()
}

#[track_caller]
fn says(text: &str, expect: &[&str]) {
    let found = faults(text);
    assert_eq!(found.len(), expect.len(), "{found:#?}");
    for (found, expect) in found.iter().zip(expect) {
        assert!(found.contains(expect), "{found:?} lacks {expect:?}");
    }
}

fn with(front: &str) -> String {
    format!("+++\nsays = \"A day ticket\"\n{front}\n+++\nPlease come in today, it is on us.\n")
}

#[test]
fn a_whole_option_is_read() {
    let option = parse("book/day-ticket.md", "", DAY_TICKET).expect("read");
    assert_eq!(option.id, "day-ticket");
    assert_eq!(option.says, "A day ticket, today");
    assert_eq!(option.fits.topics, ["pool pass", "gate"]);
    assert_eq!(option.fits.facts[0].to_string(), "membership: not found");
    assert_eq!(
        option.limits.often.map(|it| it.to_string()).as_deref(),
        Some("twice a year")
    );
    assert_eq!(option.until, Some(jiff::civil::date(2027, 3, 31)));
    let names: Vec<&str> = blanks(&option.wording)
        .into_iter()
        .map(|at| &option.wording[at])
        .collect();
    assert_eq!(names, ["{who}", "{how many}"]);
}

#[test]
fn every_fault_of_a_file_is_told_at_once_with_its_line() {
    says(
        &with("topic = [\"gate\"]\noften = \"now and then\"\namount = \"24\"\ncues = [\"V14\"]"),
        &[
            "day-ticket.md:3: there is no key `topic`",
            "day-ticket.md:4: `often`: `now and then` is not understood",
            "day-ticket.md:5: `amount`: `24` is no amount with its currency",
            "day-ticket.md:6: `cues`: `V14` is no cue's code",
        ],
    );
    says(
        "+++\nkind = \"remedy\"\n+++\nCome in.\n",
        &["day-ticket.md:1: `says` is missing"],
    );
    says(
        "says = \"x\"\n",
        &["day-ticket.md:1: the first line has to be `+++`"],
    );
    says(
        "+++\nsays = \"x\"\n",
        &["day-ticket.md:1: the front part lacks its closing"],
    );
    says(
        "+++\nsays = \"A day ticket\"\n+++\n\n",
        &["the wording is missing"],
    );
    says(
        "+++\nsays = \"A day ticket\"\n+++\n\nCome in.\nAsk for {who\n",
        &["day-ticket.md:6: a blank is never closed"],
    );
    says(
        "+++\nsays = \"A day ticket\"\n+++\nAsk for who}.\n",
        &["day-ticket.md:4: a `}` without its `{`"],
    );
    says(
        &with("facts = [\"membership\"]"),
        &["`facts`: `membership` is no fact with its state"],
    );
    says(&with("what_ifs = [\"H9\"]"), &["none of H1 to H8"]);
    says(&with("kind = \"treat\""), &["neither remedy nor wow"]);
    says(
        &with("until = \"next week\""),
        &["`until`: a day is wanted"],
    );
    says(&with("alone = [\"ada\"]"), &["`nod` is missing"]);
    says(&with("topics = \"gate\""), &["`topics`: a list is wanted"]);
    says(
        &with("costs = 3"),
        &["`costs`: words between quotation marks"],
    );
}

#[test]
fn a_broken_front_is_named_by_its_line() {
    let found = faults("+++\nsays = \"A day ticket\ntopics = [\"gate\"]\n+++\nCome in.\n");
    assert!(
        found.iter().any(|it| it.contains("day-ticket.md:2:")),
        "{found:#?}"
    );
    let found = faults("+++\nsays = \"A\"\nsays = \"B\"\n+++\nCome in.\n");
    assert!(
        found.iter().any(|it| it.contains("day-ticket.md:3:")),
        "{found:#?}"
    );
}

#[test]
fn a_name_of_other_letters_and_a_file_too_long_are_refused() {
    let found = parse("book/Day Ticket.md", "", DAY_TICKET).expect_err("a fault");
    assert!(found[0].says.contains("small letters"), "{found:?}");
    let long = format!("{DAY_TICKET}{}", "word ".repeat(5000));
    says(&long, &["longer than an option can be"]);
}

#[test]
fn two_files_of_one_name_are_told_apart_from_what_is_well() {
    let (book, found) = Playbook::load(&[
        file("book/baths/day-ticket.md", DAY_TICKET),
        file("book/lines/day-ticket.md", DAY_TICKET),
        file("book/other.md", DAY_TICKET),
    ]);
    assert_eq!(book.options.len(), 2);
    assert_eq!(found.len(), 1);
    assert!(
        found[0]
            .to_string()
            .starts_with("book/lines/day-ticket.md: the name `day-ticket` is taken by book/baths/")
    );
}

#[test]
fn bytes_nobody_would_write_are_no_panic() {
    for text in [
        "",
        "+++",
        "+++\n+++",
        "+++\n+++\n",
        "\u{feff}+++\r\nsays = \"x\"\r\n+++\r\nCome in.",
        "+++\nsays = \"\"\n+++\n{}",
        "+++\nsays=\"{\"\n+++\n{a{b}",
        "+++\n[says]\n+++\nx",
        "+++\nsays = 1\n\0\n+++\nx",
    ] {
        let _ = parse("a.md", "", text);
    }
}

// Ranking

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

// Wording

fn still_in(wording: &str, text: &str) -> bool {
    Said::of(text).holds(wording)
}

#[test]
fn a_wording_that_was_made_ones_own_is_still_this_option() {
    let wording =
        "Please come in today; {who} at the front desk has {how many} tickets in your name.";
    let sent = "Dear Mr Jones,\n\nI am sorry. Please come in today; Ben at the front desk has four tickets in your name, for all of you.\n\nAda";
    assert!(still_in(wording, sent));
    assert!(still_in(wording, &sent.to_uppercase()));
    assert!(!still_in(
        wording,
        "Please come in tomorrow. Your tickets are at the door."
    ));
    assert!(!still_in(wording, "I have looked at the gate."));
    assert!(
        !still_in("{who}", "Ben"),
        "a wording of blanks stands nowhere"
    );
    assert!(!still_in(wording, ""));
}

// Files

#[test]
fn a_form_and_its_file_say_the_same() {
    let option = parse("day-ticket.md", "", DAY_TICKET).expect("read");
    let text = text(&Fields::of(&option), DAY_TICKET);
    assert!(
        text.contains("# ours since the gate broke\n"),
        "comments stay: {text}"
    );
    assert_eq!(
        parse("day-ticket.md", "", &text).expect("read again"),
        option
    );
    let odd = Fields {
        says: "A \"quoted\" \\ thing".into(),
        wording: "Come in.\r\nIt is on us.".into(),
        ..Fields::default()
    };
    let again = parse("odd.md", "", &super::text(&odd, "")).expect("read");
    assert_eq!(
        (&*again.says, &*again.wording),
        ("A \"quoted\" \\ thing", "Come in.\nIt is on us.")
    );
    assert_eq!(
        id_of("A free month, on the pass", &["a-free-month-on-the".into()]),
        "a-free-month-on-the-2"
    );
    assert_eq!(id_of("…", &[]), "option");
}

#[test]
fn a_file_is_written_whole_and_what_was_before_can_be_had_back() {
    let place = tempfile::tempdir().expect("a folder");
    let folder = Folder::new(place.path());
    folder.save("day-ticket", DAY_TICKET, "").expect("written");
    let kept = folder.find("day-ticket").expect("read").expect("there");
    let newer = DAY_TICKET.replace("today", "tomorrow");
    folder
        .save("day-ticket", &newer, &kept.version)
        .expect("written");
    // Somebody who began before that is told, and changes nothing.
    let Err(Refusal::Changed(Some(theirs))) = folder.save("day-ticket", "mine", &kept.version)
    else {
        panic!("it was changed since");
    };
    assert_eq!(theirs.text, newer);
    assert!(matches!(
        folder.save("day-ticket", "mine", ""),
        Err(Refusal::Changed(Some(_)))
    ));
    folder.bring_back("day-ticket").expect("undone");
    let back = folder.find("day-ticket").expect("read").expect("there");
    assert_eq!(back.text, DAY_TICKET);
    folder.bring_back("day-ticket").expect("the undoing undone");
    let again = folder.find("day-ticket").expect("read").expect("there");
    assert_eq!(again.text, newer);
    folder
        .remove("day-ticket", &again.version)
        .expect("removed");
    assert_eq!(folder.find("day-ticket").expect("read"), None);
    folder.bring_back("day-ticket").expect("had back");
    assert!(folder.find("day-ticket").expect("read").is_some());
    let left: Vec<_> = std::fs::read_dir(place.path())
        .expect("read")
        .flatten()
        .map(|it| it.file_name())
        .collect();
    assert_eq!(
        left.len(),
        2,
        "the file and its history, nothing half written: {left:?}"
    );
    assert_eq!(folder.bring_back("another"), Err(Refusal::Nothing));
}

#[test]
fn a_full_disk_and_a_folder_that_may_not_be_written_say_so_and_change_nothing() {
    let place = tempfile::tempdir().expect("a folder");
    Folder::new(place.path())
        .save("day-ticket", DAY_TICKET, "")
        .expect("written");
    let full = Folder::writing_with(place.path(), |_, _| {
        Err(std::io::ErrorKind::StorageFull.into())
    });
    let shut = Folder::writing_with(place.path(), |_, _| {
        Err(std::io::ErrorKind::ReadOnlyFilesystem.into())
    });
    let version = full
        .find("day-ticket")
        .expect("read")
        .expect("there")
        .version;
    for (folder, words) in [(full, "The disk is full"), (shut, "may not write into")] {
        for refused in [
            folder.save("day-ticket", "other", &version),
            folder.save("new", "other", ""),
            folder.remove("day-ticket", &version),
        ] {
            let Err(Refusal::Unwritable(says)) = refused else {
                panic!("{refused:?}");
            };
            assert!(
                says.contains(words) && says.contains("Your words are still here"),
                "{says}"
            );
        }
        assert_eq!(
            folder
                .find("day-ticket")
                .expect("read")
                .expect("there")
                .text,
            DAY_TICKET
        );
        assert_eq!(folder.find("new").expect("read"), None);
    }
}

// Ours

fn ours() -> Vec<File> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../playbook");
    let mut all = files(&root.join("starting")).expect("the starting set");
    all.extend(files(&root.join("demo")).expect("the demo's"));
    all
}

#[test]
fn our_own_options_are_well_and_one_of_the_demo_asks_ben() {
    let (book, faults) = Playbook::load(&ours());
    assert_eq!(faults, []);
    assert!(book.options.len() >= 16, "{}", book.options.len());
    assert!(
        book.options
            .iter()
            .any(|it| it.limits.nod.as_deref() == Some("ben"))
    );
    assert!(book.options.iter().any(|it| it.kind == Kind::Wow));
    assert_eq!(Playbook::starting().options.len(), STARTING.len());
}

#[test]
fn no_wording_of_ours_gives_cause_to_look_again() {
    let engine = Engine::embedded();
    let (book, _) = Playbook::load(&ours());
    let mut found = Vec::new();
    for option in &book.options {
        let mut filled = option.wording.clone();
        for at in blanks(&option.wording).into_iter().rev() {
            let words = match option.wording[at.clone()].trim_matches(['{', '}']) {
                it if it.starts_with("time") => "16:00",
                it if it.starts_with("day") => "Friday",
                it if it.contains("umber") || it.starts_with("code") => "07700 900142",
                "how many" => "four",
                "amount" => "£18",
                "month" => "June",
                it if it.contains("address") => "12 Quay Street",
                it if it.to_lowercase().contains("who") || it.to_lowercase().contains("name") => {
                    "Ben"
                }
                "which" => "Tuesday",
                "what changed" => "the form checks the last digit now",
                _ => "lamp",
            };
            filled.replace_range(at, words);
        }
        let messages = [
            None,
            Some(
                "I am standing at your gate with two kids and it just beeps at me. AGAIN. I was told it was sorted. This is ridiculous. Why does it say expired, and can they swim today or not?",
            ),
            Some(
                "Four months of voicemails that never came, and nobody rang me. I am furious. Who is repairing it, and by when? What about the months that I have paid for?",
            ),
            Some(
                "I bought a card for ten visits. The machine says zero. I write this with a translation program. Short sentences help me. Can you please look?",
            ),
        ];
        for (words, message) in [&option.wording, &filled]
            .into_iter()
            .flat_map(|words| messages.map(|message| (words, message)))
        {
            let reading = message.map(|text| {
                engine.read(&MessageInput {
                    text,
                    ..MessageInput::default()
                })
            });
            let review = engine.review(&DraftInput {
                draft: words,
                message,
                reading: reading.as_ref(),
                ..DraftInput::default()
            });
            // An empty blank is to be seen until it is filled; what a whole reply lacks is not this wording's fault.
            let loud = review.notes.iter().filter(|note| {
                note.weight >= Weight::LookAgain && note.code != "V28" && !note.span.text.is_empty()
            });
            found.extend(loud.map(|note| {
                format!(
                    "{}: {} “{}” {}",
                    option.id, note.code, note.span.text, note.says
                )
            }));
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}
