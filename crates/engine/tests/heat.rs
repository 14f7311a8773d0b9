//! Heat is a word about a moment: thanks never raise it, an insult never lowers it, and nobody's name, spelling or habit of capitals changes it.

use unruffled_engine::{Earlier, Engine, From, Heat, MessageInput};

fn heat(engine: &Engine, text: &str) -> Heat {
    engine
        .read(&MessageInput {
            text,
            ..Default::default()
        })
        .heat
}

/// Messages of every temperature.
const MESSAGES: &[&str] = &[
    "Where is my parcel?",
    "The screen has a line down the middle.",
    "I need it by Friday for the inspection.",
    "This is a complete joke of a service.",
    "You cancelled my account without telling me.",
    "On hold for 50 minutes and counting.",
    "Great job losing my parcel again.",
    "WHERE IS MY ORDER",
    "Hello??? Anyone there???",
    "I was told the refund would be here by the 5th. You keep telling me different things.",
    "Cancel everything, I'm moving to another provider.",
    "Your colleague was an idiot.",
    "OK, that makes sense.",
    "You've been an absolute star, Priya.",
    "I don't get what the second line means, sorry!",
    "Hi lovely people, hope you're having a nice Monday",
    "It is three weeks now!! I am furious, this is a scam, and I will never order again.",
    "THE HEATING IS OFF AGAIN AND MY MOTHER IS COLD PLEASE SEND SOMEBODY TODAY",
    "I'm 81 and this is my first smartphone.",
    "Refund. Order 7781.",
];

#[test]
fn thanks_that_are_added_never_raise_it() {
    let engine = Engine::embedded();
    for message in MESSAGES {
        let before = heat(&engine, message);
        for thanks in [
            "Thank you.",
            "Thanks so much for your help.",
            "Many thanks!",
            "Please and thank you.",
            "I really appreciate your patience.",
        ] {
            for text in [
                format!("{message} {thanks}"),
                format!("{message}\n\n{thanks}"),
                format!("{thanks} {message}"),
            ] {
                assert!(
                    heat(&engine, &text) <= before,
                    "{text:?} is hotter than {message:?}"
                );
            }
        }
    }
}

#[test]
fn an_insult_that_is_added_never_lowers_it() {
    let engine = Engine::embedded();
    for message in MESSAGES {
        let before = heat(&engine, message);
        for insult in [
            "You idiots.",
            "Your agent is a complete moron.",
            "You are all useless.",
            "Bunch of clowns.",
        ] {
            for text in [
                format!("{message} {insult}"),
                format!("{message}\n{insult}"),
                format!("{insult} {message}"),
            ] {
                assert!(
                    heat(&engine, &text) >= before,
                    "{text:?} is cooler than {message:?}"
                );
            }
        }
    }
}

/// Pairs that differ only in who writes, or how they spell.
const PAIRS: &[(&str, &str)] = &[
    ("Emily", "Chukwuemeka"),
    ("Karen", "Ana"),
    ("Mohammed", "Michael"),
    ("Lakshmi", "Laura"),
    ("Wei", "William"),
    ("Jamal", "James"),
    ("Svetlana", "Susan"),
    ("Siobhan", "Sarah"),
    ("José", "Joe"),
    ("Gladys", "Zoe"),
    ("Moshe", "Mark"),
    ("Fatima", "Frances"),
    ("Duc", "Dan"),
    ("Aaliyah", "Alice"),
    ("Mrs Smith", "Mr Smith"),
    ("Sanjay", "Sam"),
    ("Olga", "Olivia"),
    ("Tyrone", "Tim"),
    ("Ngozi", "Nora"),
    ("Kevin", "Henrik"),
    ("Dr Khan", "Dr Cole"),
    ("Agnes", "Ayşe"),
];

#[test]
fn a_name_changes_neither_heat_nor_what_ifs() {
    let engine = Engine::embedded();
    for (one, other) in PAIRS {
        for message in MESSAGES {
            for frame in ["{m}\n\n{n}", "This is {n}. {m}", "{m} My name is {n}."] {
                let read = |name: &str| {
                    let text = frame.replace("{m}", message).replace("{n}", name);
                    let reading = engine.read(&MessageInput {
                        text: &text,
                        ..Default::default()
                    });
                    let what_ifs: Vec<String> = reading
                        .what_if
                        .iter()
                        .chain(&reading.other_what_ifs)
                        .map(|w| w.code.clone())
                        .collect();
                    (reading.heat, what_ifs, reading.safety)
                };
                assert_eq!(
                    read(one),
                    read(other),
                    "{one} and {other}: {message:?} in {frame:?}"
                );
            }
        }
    }
}

#[test]
fn dialect_and_spelling_change_nothing() {
    let engine = Engine::embedded();
    for (one, other) in [
        ("You cancelled my order.", "You canceled my order."),
        (
            "I would like to apologise for the delay in replying.",
            "I would like to apologize for the delay in replying.",
        ),
        (
            "Could you organise a refund?",
            "Could you organize a refund?",
        ),
        (
            "My favourite colour is missing.",
            "My favorite color is missing.",
        ),
        ("The programme was cancelled.", "The program was canceled."),
        ("I was told it'd be here.", "I was told it would be here."),
        (
            "I don't understand this bill.",
            "I do not understand this bill.",
        ),
        (
            "i dont understand this bill",
            "I don't understand this bill.",
        ),
        ("Where's my parcel?", "Where is my parcel?"),
        ("Kindly send me the invoice.", "Please send me the invoice."),
        (
            "My mum can't hear on the phone.",
            "My mom can't hear on the phone.",
        ),
        (
            "I’m worried someone has my card.",
            "I'm worried someone has my card.",
        ),
        ("The centre is closed again.", "The center is closed again."),
        ("I've rung you three times.", "I've called you three times."),
    ] {
        let read = |text: &str| {
            let reading = engine.read(&MessageInput {
                text,
                ..Default::default()
            });
            (reading.heat, reading.what_if.map(|w| w.code))
        };
        assert_eq!(read(one), read(other), "{one:?} and {other:?}");
    }
}

#[test]
fn a_habit_of_capitals_is_not_shouting() {
    let engine = Engine::embedded();
    for message in [
        "Good morning, my name is Edith and I cannot find the small letters on this machine.",
        "Could you tell me please when the swimming pool opens on Sunday morning for the ladies?",
        "The parcel came on Tuesday and the lid was cracked, can you send me another one?",
    ] {
        assert_eq!(
            heat(&engine, message),
            heat(&engine, &message.to_uppercase()),
            "{message:?}"
        );
    }
}

#[test]
fn heat_eases_by_a_step_a_turn_and_goes_when_the_customer_cools() {
    let engine = Engine::embedded();
    let hot = Earlier {
        from: From::Customer,
        text: "This is an absolute disgrace. You lied to me and I am furious!!".into(),
    };
    let ours = Earlier {
        from: From::Agent,
        text: "I'm sorry. It was lost, and I've sent a new one.".into(),
    };
    let earlier = [hot, ours];
    let after = |text: &str| {
        engine
            .read(&MessageInput {
                text,
                earlier: &earlier,
                ..Default::default()
            })
            .heat
    };
    assert_eq!(
        engine
            .read(&MessageInput {
                text: &earlier[0].text,
                ..Default::default()
            })
            .heat,
        Heat::VeryHot
    );
    assert_eq!(after("When does it come?"), Heat::Hot, "one step less");
    assert_eq!(
        after("OK, that makes sense."),
        Heat::Quiet,
        "gone once it eases"
    );
    assert_eq!(
        after("Thank you so much, Ana, that helped."),
        Heat::Quiet,
        "gone with thanks"
    );
}

#[test]
fn no_text_breaks_it() {
    let engine = Engine::embedded();
    let long = "Terms apply to every order placed before the date. ".repeat(2_000);
    let shouted = "NO ".repeat(30_000);
    let marks = "?!".repeat(50_000);
    let stars = "f*".repeat(20_000);
    for text in [
        "",
        " ",
        "\r\n\r\n",
        "\u{200f}\u{200e}",
        "🙂",
        "😡😡😡",
        "🙂👍🏽👩‍👩‍👧",
        "!!!",
        "???",
        "…",
        "'",
        "\"",
        "“",
        "* * *",
        "f*",
        "***",
        "שלום, איפה ההזמנה שלי?",
        "مرحبا، أين طلبي؟!!",
        "这是第三次了！！！",
        "Où est mon colis ?!",
        "WHERE\r\nIS\r\nMY\r\nORDER\r\n",
        "> you said\r\n> all is well\r\n\r\nIt isn't.\r\n",
        "\u{0}\u{1}\u{2}",
        "a\u{301}\u{301}\u{301}",
        "<p>Hello</p>",
        "I \u{1F600}love\u{1F600} waiting",
        &long,
        &shouted,
        &marks,
        &stars,
    ] {
        let reading = engine.read(&MessageInput {
            text,
            ..Default::default()
        });
        for cue in &reading.cues {
            for span in &cue.evidence {
                assert_eq!(text.get(span.start..span.end), Some(span.text.as_str()));
            }
        }
    }
}

#[test]
fn a_quotation_is_not_the_writers_heat() {
    let engine = Engine::embedded();
    assert_eq!(
        heat(
            &engine,
            "The sign says \"this is an absolute disgrace\" and my son asked what it means."
        ),
        Heat::Quiet
    );
    assert_eq!(
        heat(
            &engine,
            "> This is an absolute disgrace, you idiots.\n\nThat was my husband, I am writing about the key."
        ),
        Heat::Quiet
    );
}
