//! Options read, found again in a reply, and written; ranked and ours in files of their own.

mod files;
mod ours;
mod ranking;

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
