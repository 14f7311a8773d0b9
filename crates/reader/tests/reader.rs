//! The encoder that ships: it says what its training side works out, says what is wrong with a file, and shows words.

use std::sync::LazyLock;
use unruffled_engine::{Engine, FactState, From, Heat, KnownFact, MessageInput, Reader};
use unruffled_reader::{Encoder, held_out};

const FILE: &[u8] = include_bytes!("../model/reader.int8");
static ENCODER: LazyLock<Encoder> =
    LazyLock::new(|| Encoder::load(FILE).expect("our own file loads"));
const GOLDEN: &str = include_str!("reader.golden");

#[test]
fn it_says_what_the_training_side_works_out() {
    let mut lines = GOLDEN.lines();
    let names: Vec<&str> = lines.next().expect("a head").split('\t').skip(1).collect();
    assert_eq!(names, ENCODER.acts().collect::<Vec<_>>());
    let mut count = 0;
    for line in lines {
        let mut cells = line.split('\t');
        let text = cells.next().expect("a text");
        for (said, wanted) in ENCODER.strengths(text).iter().zip(cells) {
            let wanted: f32 = wanted.parse().expect("a number");
            assert!(
                (said - wanted).abs() < 0.05,
                "{text:?}: {said}, not {wanted}"
            );
            count += 1;
        }
    }
    assert!(count > 400, "{count}");
}

#[test]
fn of_asks_it_says_what_the_training_side_works_out() {
    let encoder = Encoder::built_in().expect("our own files load");
    let mut count = 0;
    for pair in include_str!("answers.golden").split("\n\n") {
        let mut lines = pair.lines();
        let mut next = || lines.next().expect("three lines");
        let (draft, asks, said) = (next(), next(), next());
        let asks: Vec<&str> = asks.split('\t').collect();
        let heard = encoder.answers(&asks, draft);
        for (answer, wanted) in heard.iter().zip(said.split(' ')) {
            let answer = answer.as_ref().expect("an answer for each ask");
            let wanted: f32 = wanted.parse().expect("a number");
            assert!(
                (answer.strength - wanted).abs() < 0.15,
                "{asks:?}: {}, not {wanted}",
                answer.strength
            );
            assert!(draft.is_char_boundary(answer.start) && draft.is_char_boundary(answer.end));
            count += 1;
        }
    }
    assert!(count > 30, "{count}");
}

#[test]
fn of_statements_it_says_what_the_training_side_works_out() {
    let encoder = Encoder::built_in().expect("our own files load");
    let mut count = 0;
    for draft in include_str!("statements.golden").split("\n\n") {
        let mut lines = draft.lines();
        let mut next = || lines.next().expect("three lines");
        let (draft, facts, said) = (next(), next(), next());
        let fact = |fact: &str| KnownFact {
            text: fact[2..].to_owned(),
            source: None,
            state: match &fact[..1] {
                "+" => FactState::Checked,
                "~" => FactState::Claimed,
                _ => FactState::Disputed,
            },
        };
        let facts: Vec<KnownFact> = facts.split('\t').map(fact).collect();
        let heard = encoder.statements(&facts, draft);
        assert_eq!(heard.len(), said.split(' ').count(), "{draft}");
        for (word, wanted) in heard.iter().zip(said.split(' ')) {
            let wanted: f32 = wanted.parse().expect("a number");
            assert!(
                (word.questioned - wanted).abs() < 0.2,
                "{draft:?}, {:?}: {}, not {wanted}",
                &draft[word.start..word.end],
                word.questioned
            );
            assert!(word.fact.is_some_and(|at| at < facts.len()));
            count += 1;
        }
    }
    assert!(count > 300, "{count}");
}

#[test]
fn however_much_is_on_file_what_shows_it_is_found() {
    let encoder = Encoder::built_in().expect("our own files load");
    let fact = |text: &str| KnownFact {
        text: text.to_owned(),
        source: None,
        state: FactState::Checked,
    };
    let questioned = |facts: &[KnownFact]| {
        let words = encoder.statements(facts, "The boiler is working again.");
        words.iter().map(|word| word.questioned).sum::<f32>() / words.len() as f32
    };
    let broken = questioned(&[fact("Boiler: still out of order")]);
    let mut facts = vec![fact("Boiler: repaired and tested, working")];
    let short = questioned(&facts);
    assert!(short < broken, "{short} {broken}");
    let more = "Letter of the tenant about the bins in the yard, answered by telephone. ";
    facts.extend((0..24).map(|_| fact(more)));
    assert!(questioned(&facts) < broken, "{}", questioned(&facts));
    facts.insert(0, fact(&more.repeat(40)));
    assert!(questioned(&facts) < broken, "{}", questioned(&facts));
    facts.extend((0..90).map(|_| fact(more)));
    assert!(encoder.statements(&facts, "The boiler works.").is_empty());
}

#[test]
fn any_draft_is_read_beside_any_facts() {
    let encoder = Encoder::built_in().expect("our own files load");
    let long = "The 12 boxes left us on 3/5. ".repeat(90);
    let texts = ["", "\n", "😡\u{0}", "É 1a2b ß", long.as_str()];
    for draft in texts {
        for fact in texts {
            let fact = KnownFact {
                text: fact.to_owned(),
                source: None,
                state: FactState::Disputed,
            };
            let mut end = 0;
            for word in encoder.statements(&[fact.clone(), fact], draft) {
                assert!(word.questioned.is_finite() && word.denied.is_finite());
                assert!(end <= word.start && draft.get(word.start..word.end).is_some());
                end = word.end;
            }
        }
        for from in [From::Agent, From::Customer] {
            let mut leans = Vec::new();
            encoder.lean(draft, from, &mut leans);
            assert!(leans.iter().all(|it| draft.get(it.start..it.end).is_some()));
        }
    }
}

#[test]
fn any_pair_is_read() {
    let encoder = Encoder::built_in().expect("our own files load");
    let long = "Where is it? ".repeat(100);
    for (ask, draft) in [
        ("", ""),
        ("Where is it?", ""),
        ("", "It left."),
        ("où est-il \u{0}😡?", "😡\u{0}"),
        (long.as_str(), long.as_str()),
    ] {
        for answer in encoder.answers(&[ask, ""], draft).iter().flatten() {
            assert!(answer.strength.is_finite() && answer.end <= draft.len());
        }
    }
}

#[test]
fn what_is_asked_and_answered_is_seen_without_a_shared_word() {
    let encoder = Encoder::built_in().expect("our own files load");
    let heard = |asks: [&str; 2], draft| -> Vec<f32> {
        let answers = encoder.answers(&asks, draft);
        answers.iter().flatten().map(|it| it.strength).collect()
    };
    let asks = [
        "Is the pool open on Monday?",
        "what does a day ticket cost for two?",
    ];
    let both = heard(asks, "Shut for cleaning. £14 for the pair.");
    assert!(both[0] > 0.0 && both[1] > 0.0, "{both:?}");
    let none = heard(
        asks,
        "Thank you for writing to us. We love to hear from our guests.",
    );
    assert!(none[0] < 0.0 && none[1] < 0.0, "{none:?}");
    // Which of two a single sentence answers it only ranks so far.
    let first = heard(asks, "We are shut that day for cleaning.");
    assert!(first[0] > first[1], "{first:?}");
}

#[test]
fn it_says_the_same_each_time_and_in_any_order() {
    let texts: Vec<&str> = GOLDEN
        .lines()
        .filter_map(|line| line.split('\t').next())
        .collect();
    let once: Vec<Vec<f32>> = texts.iter().map(|text| ENCODER.strengths(text)).collect();
    let again = Encoder::load(FILE).expect("our own file loads");
    for (text, once) in texts.iter().zip(&once).rev() {
        assert_eq!(&again.strengths(text), once, "{text}");
    }
}

#[test]
fn a_broken_file_says_what_is_wrong_with_it() {
    let says = |file: &[u8]| Encoder::load(file).expect_err("it is broken").to_string();
    assert!(says(b"").contains("no file of the encoder"));
    assert!(says(b"PK\x03\x04").contains("no file of the encoder"));
    for cut in [20, 40, 3_000, 100_000, 5_000_000, FILE.len() - 1] {
        assert!(says(&FILE[..cut]).contains("ends too early"), "{cut}");
    }
    let mut long = FILE.to_vec();
    long.extend([0; 5]);
    assert!(says(&long).contains("5 bytes too many"));
    let mut head = FILE.to_vec();
    head[24] = b'?';
    assert!(says(&head).contains("the head of"));
    assert!(Encoder::open("/nowhere/reader.int8".as_ref()).is_err());
}

#[test]
fn any_text_is_read() {
    for text in [
        "",
        " ",
        "\n\n",
        "😡😡😡",
        "\u{0}\u{1}",
        &"wait ".repeat(5_000),
        &"x".repeat(9_000),
        "été ﬁn ß İ",
    ] {
        assert!(ENCODER.strengths(text).iter().all(|x| x.is_finite()));
        ENCODER.lean(text, From::Customer, &mut Vec::new());
    }
}

#[test]
fn letter_case_and_digits_weigh_nothing() {
    for (one, other) in [
        ("WHERE IS MY ORDER", "where is my order"),
        ("I am 82 and it cost 1,001", "I am 9 and it cost 45,500"),
    ] {
        assert_eq!(ENCODER.strengths(one), ENCODER.strengths(other));
    }
}

#[test]
fn a_leaning_shows_its_words_and_makes_warm_at_most() {
    let engine = Engine::embedded();
    let mut shown = 0;
    for line in GOLDEN.lines().skip(1) {
        let text = line.split('\t').next().expect("a text");
        let leans = engine.leans(&*ENCODER, text, From::Customer);
        for lean in &leans {
            assert!(
                text[lean.start..lean.end].contains(char::is_alphanumeric),
                "{lean:?}"
            );
            shown += 1;
        }
        let without = engine.read(&MessageInput {
            text,
            ..Default::default()
        });
        let with = engine.read(&MessageInput {
            text,
            leans: &leans,
            ..Default::default()
        });
        assert!(
            with.heat == without.heat || (without.heat == Heat::Quiet && with.heat == Heat::Warm),
            "{text}"
        );
    }
    assert!(shown > 0);
}

#[test]
fn the_same_fifth_is_held_out_as_in_training() {
    // Worked out by eval/train/rows.py.
    assert!(
        FOLDS
            .iter()
            .all(|(set, group, held)| held_out(set, group) == *held)
    );
}

const FOLDS: [(&str, &str, bool); 6] = [
    ("rsics", "1-2414", false),
    ("annomi", "3", false),
    ("annomi", "34", false),
    ("email_intent", "a1290", true),
    ("incivility", "1144972959", false),
    ("rsics", "g2", true),
];
