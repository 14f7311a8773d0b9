//! Whoever writes, a message says the same: nothing hangs on the name that signs it.

use unruffled_engine::{CardKind, Engine, MessageInput};

/// Names that are other words as well, names whose parts are, and names that no card knows.
const NAMES: [&str; 14] = [
    "Sue Grant",
    "Happy Singh",
    "Angel Cruz",
    "Grace Love",
    "Joy Sharp",
    "Will Power",
    "Precious Moyo",
    "Lucky Dube",
    "Fatima al-Sayed",
    "Siobhan O'Brien",
    "Anna-Lena van der Berg",
    "Oluwaseun Adeyemi",
    "So Yeon Kim",
    "Nguyễn Thị Hoa",
];
const WAYS: [&str; 6] = [
    "{text}. {name}",
    "{text}\n\n{name}",
    "{text}.\nKind regards,\n{name}",
    "{text}\nRegards, {name}",
    "My name is {name}. {text}",
    "{name} here. {text}",
];

#[test]
fn no_name_changes_what_a_message_says() {
    let engine = Engine::embedded();
    let read = |text: &str| {
        let reading = engine.read(&MessageInput {
            text,
            ..Default::default()
        });
        let what_ifs = reading.what_if.iter().chain(&reading.other_what_ifs);
        let codes: Vec<String> = what_ifs.map(|what_if| what_if.code.to_string()).collect();
        let cues: Vec<String> = reading
            .cues
            .iter()
            .map(|cue| cue.code.to_string())
            .collect();
        (reading.heat, codes, cues)
    };
    let cues = engine.cards().filter(|card| card.kind == CardKind::Cue);
    let texts = cues.flat_map(|card| card.fires.iter().chain(&card.stays_quiet));
    let mut wrong = Vec::new();
    for (at, text) in texts.enumerate() {
        let way = WAYS[at % WAYS.len()];
        let by = |name: &str| {
            let text = text.text.trim_end_matches('.');
            way.replace("{text}", text).replace("{name}", name)
        };
        let (one, other) = (
            by(NAMES[at / WAYS.len() % NAMES.len()]),
            by("Thomas Whitfield"),
        );
        if read(&one) != read(&other) {
            wrong.push(format!(
                "{one:?}\n   {:?}\n   {:?}",
                read(&one),
                read(&other)
            ));
        }
    }
    assert!(wrong.is_empty(), "{}: {}", wrong.len(), wrong.join("\n"));
}

#[test]
fn only_a_name_is_left_out() {
    let engine = Engine::embedded();
    let words = |text: &str| {
        let message = MessageInput {
            text,
            ..Default::default()
        };
        engine.read(&message).style.words
    };
    let said = "Where is my parcel?";
    for name in ["Amir", "Grace", "- Amir Haddad", "Thanks, Amir"] {
        let thanks = usize::from(name.starts_with("Thanks"));
        assert_eq!(words(&format!("{said} {name}")), 4 + thanks, "{name}");
    }
    for more in [
        "Very Disappointed",
        "Refund Please",
        "Avoid Vodafone",
        "Thank You",
        "URGENT",
        "So sad",
    ] {
        let count = more.split(' ').count();
        assert_eq!(words(&format!("{said} {more}")), 4 + count, "{more}");
    }
    assert_eq!(words("I am Nigerian and I want my money back."), 9);
    assert_eq!(words("I spoke to Mr. Okafor"), 5);
    assert_eq!(words("This is Ngozi Eze, I want my money back."), 5);
}
