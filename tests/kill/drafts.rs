//! Killed while a draft is saved.

use crate::chance::{Chance, rounds};
use crate::desk::{Place, Running, between, until};
use std::time::Duration;

/// A draft as somebody who types knows it.
#[derive(Default)]
struct Typed {
    kind: &'static str,
    /// How many texts there have been; each is longer or shorter than the one before.
    written: usize,
    /// The last text that the desk said it had.
    acknowledged: usize,
    version: i64,
}

#[test]
fn every_draft_that_was_acknowledged_is_there() {
    let Some(place) = Place::new(false) else {
        return;
    };
    let rounds = rounds();
    let mut chance = Chance::of("saving drafts");
    place.deliver(
        "From: Jones <jones@desk.test>\nTo: help@desk.test\nSubject: the gate says no\n\
         Message-ID: <gate@post.test>\n\nThe gate just beeps at me.\n",
    );
    let desk = place.start();
    let there = || {
        desk.get("/conversations/1")
            .is_some_and(|page| page.status == 200)
    };
    until("the letter", there);
    desk.kill();

    let mut sheets = ["reply", "note"].map(|kind| Typed {
        kind,
        ..Typed::default()
    });
    let (mut acknowledged, mut kept, mut later) = (0, 0, 0);
    for round in 0..rounds {
        let typed = &mut sheets[round % 2];
        let desk = place.start();
        let before = typed.acknowledged;
        std::thread::scope(|scope| {
            scope.spawn(|| type_on(&desk, typed));
            let moment = chance.between(Duration::ZERO, Duration::from_millis(300));
            std::thread::sleep(moment);
            desk.slay();
        });
        acknowledged += typed.acknowledged - before;

        // Started again, the page shows what was acknowledged last, or what came after it.
        let desk = place.start();
        let page = desk.page("/conversations/1");
        let (text, version) = shown(&page, typed.kind);
        let number = number(&text);
        assert!(
            number >= typed.acknowledged,
            "round {round}: text {} was acknowledged, and text {number} is there",
            typed.acknowledged
        );
        assert!(number <= typed.written, "text {number} was never written");
        assert_eq!(text, words(number), "text {number} is not whole");
        kept += usize::from(number == typed.acknowledged);
        later += usize::from(number > typed.acknowledged);
        typed.acknowledged = number;
        typed.written = number;
        typed.version = version;
        desk.kill();
    }
    println!(
        "Killed {rounds} times while saving drafts: {acknowledged} saves were acknowledged and none was lost; \
         the last one was there {kept} times, and one that came after it {later} times."
    );
    assert!(
        acknowledged > 0,
        "nothing was acknowledged, so nothing was proved"
    );
}

/// Types until the line breaks.
fn type_on(desk: &Running, typed: &mut Typed) {
    let path = format!("/conversations/1/draft/{}", typed.kind);
    loop {
        typed.written += 1;
        let json = serde_json::json!({ "body": words(typed.written), "version": typed.version });
        let Some(answer) = desk.put(&path, &json.to_string()) else {
            return;
        };
        assert_eq!(answer.status, 200, "{}", answer.body);
        let said: serde_json::Value = serde_json::from_str(&answer.body).expect("JSON");
        typed.version = said["version"].as_i64().expect("a version");
        typed.acknowledged = typed.written;
    }
}

/// The nth text: of any length, and known from its number alone.
fn words(n: usize) -> String {
    if n == 0 {
        return String::new();
    }
    format!(
        "Text {n}. {}",
        "Dear Mr Jones, the gate knows you again. ".repeat(n * 7 % 120)
    )
    .trim_end()
    .to_owned()
}

fn number(text: &str) -> usize {
    let word = text
        .strip_prefix("Text ")
        .and_then(|rest| rest.split('.').next());
    word.map_or(0, |word| word.parse().expect("a number"))
}

/// The draft on the page, and its version.
fn shown(page: &str, kind: &str) -> (String, i64) {
    let form = between(page, &format!("data-draft=\"{kind}\""), "</form>");
    let version = between(form, "name=\"draft_version\" value=\"", "\"");
    let area = between(form, "<textarea", "</textarea>");
    let (_, text) = area.split_once('>').expect("a text area");
    (text.to_owned(), version.parse().expect("a version"))
}
