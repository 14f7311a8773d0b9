//! Small pieces of words: times, paragraphs.

use crate::pages::lines::rejoin;
use crate::pages::when::{due, when};
use jiff::tz::TimeZone;

const NOW: i64 = super::sample::NOW;
const DAY: i64 = 86_400_000_000;

#[test]
fn a_moment_is_named_by_how_near_it_is() {
    let short = |ago: i64| when(NOW - ago, NOW, &TimeZone::UTC).short;
    assert_eq!(short(0), "10:12");
    assert_eq!(short(DAY), "yesterday");
    assert_eq!(short(4 * DAY), "Fri");
    assert_eq!(short(40 * DAY), "22 Jan");
    assert_eq!(short(400 * DAY), "27 Jan 2025");
    assert_eq!(
        when(NOW - DAY, NOW, &TimeZone::UTC).long,
        "yesterday, 10:12"
    );
}

#[test]
fn a_date_is_words_and_anything_else_is_left_out() {
    assert_eq!(due("2026-03-06").as_deref(), Some("Fri 6 Mar"));
    assert_eq!(
        due("2026-03-06T16:00:00+00:00").as_deref(),
        Some("Fri 6 Mar, 16:00")
    );
    assert_eq!(due("soon"), None);
}

#[test]
fn lines_broken_by_a_program_flow_again_and_lists_stay_lists() {
    let wrapped = "I renewed the pass in March, like every year. The gate just beeps at me\nin front of the kids.\n\nBest\nGareth";
    assert_eq!(
        rejoin(wrapped),
        "I renewed the pass in March, like every year. The gate just beeps at me in front of the kids.\n\nBest\nGareth"
    );
    let even = "You told me it was in the mail, so I have been going down to the letter box\nevery day like a child, and there is nothing in it, as you may\nhave guessed.\nRosa";
    assert_eq!(rejoin(even).lines().count(), 2);
    let list = "There are two things that I would like to know about the pool pass:\n1. why it beeps\n2. whether they can swim";
    assert_eq!(rejoin(list), list);
}

/// Everything a person can read on our pages and in our modules, by file.
fn our_words() -> Vec<(String, String)> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut words = Vec::new();
    for (folder, ending) in [("templates", "html"), ("assets", "js")] {
        for entry in std::fs::read_dir(root.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|it| it == ending) {
                let text = std::fs::read_to_string(&path).unwrap();
                words.push((path.display().to_string(), text));
            }
        }
    }
    assert!(!words.is_empty());
    words
}

#[test]
fn nothing_of_ours_raises_its_voice_or_tells_people_what_to_do() {
    for (file, text) in our_words() {
        let shouts = text
            .as_bytes()
            .windows(2)
            .any(|pair| pair[0].is_ascii_lowercase() && pair[1] == b'!');
        assert!(!shouts, "{file} has an exclamation mark after a word");
        let low = text.to_lowercase();
        for word in [
            "oops",
            "you should",
            "please be",
            "well done",
            "great job",
            "calm down",
        ] {
            assert!(!low.contains(word), "{file} says {word:?}");
        }
    }
}

#[test]
fn every_module_a_page_asks_for_is_there() {
    let assets = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("assets");
    for (file, text) in our_words() {
        for name in text
            .split("\"./")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
        {
            assert!(assets.join(name).is_file(), "{file} asks for {name}");
        }
    }
    for name in crate::pages::STYLES {
        assert!(assets.join(name).is_file(), "{name}");
    }
}
