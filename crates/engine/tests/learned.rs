//! The built-in learned reader: it says what its training said, shows words for every hint, and never makes hot by itself.

use unruffled_engine::{
    DraftInput, Engine, FactState, From, Heat, KnownFact, Lean, Learned, MessageInput, Reader,
    Reading, Stated, Weight, Wordings,
};

const FILE: &[u8] = include_bytes!("../../../cards/en/learned/words.weights");

fn learned() -> Learned {
    Learned::load(FILE).expect("the built-in weights load")
}

#[test]
fn it_says_what_its_training_said() {
    let learned = learned();
    let golden = include_str!("learned.golden");
    let mut lines = golden.lines();
    let names: Vec<&str> = lines.next().expect("a head").split('\t').skip(1).collect();
    assert_eq!(names, learned.acts().collect::<Vec<_>>());
    let mut count = 0;
    for line in lines {
        let mut cells = line.split('\t');
        let text = cells.next().expect("a text");
        for (name, wanted) in names.iter().zip(cells) {
            let wanted: f32 = wanted.parse().expect("a number");
            let said = learned.strength(name, text).expect("an act");
            assert!(
                (said - wanted).abs() < 2e-3,
                "{text:?} {name}: {said}, not {wanted}"
            );
            count += 1;
        }
    }
    assert!(count > 100);
}

const WORDINGS: &[u8] = include_bytes!("../../../cards/en/learned/wordings.weights");

#[test]
fn the_reader_of_single_codes_says_what_its_training_said() {
    let wordings = Wordings::load(WORDINGS).expect("the built-in weights load");
    let mut lines = include_str!("wordings.golden").lines();
    let names: Vec<&str> = lines.next().expect("a head").split('\t').skip(1).collect();
    assert_eq!(names, wordings.codes().collect::<Vec<_>>());
    let mut count = 0;
    for line in lines {
        let mut cells = line.split('\t');
        let text = cells.next().expect("a text");
        for (name, wanted) in names.iter().zip(cells) {
            let wanted: f32 = wanted.parse().expect("a number");
            let said = wordings.strength(name, text).expect("a code");
            assert!(
                (said - wanted).abs() < 2e-3,
                "{text:?} {name}: {said}, not {wanted}"
            );
            count += 1;
        }
    }
    assert!(count > 100);
}

/// What no pattern shows may be noticed; it neither warms a message nor raises a note's voice, and it gives no reason for a what-if. What
/// is doubted is not shown, and so makes no heat.
#[test]
fn what_single_codes_add_weighs_neither_on_heat_nor_on_what_ifs_and_checks_say_it_quietly() {
    let (with, without) = (
        Engine::embedded(),
        Engine::embedded().with_wordings(unruffled_engine::Language::ENGLISH, None),
    );
    let mut added = 0;
    let golden = include_str!("learned.golden").lines().skip(1);
    let said = golden.map(|line| line.split('\t').next().expect("a text"));
    for text in said.chain(["I've yet to see one of your trams turn up."]) {
        let message = MessageInput {
            text,
            ..MessageInput::default()
        };
        let (one, other) = (with.read(&message), without.read(&message));
        let shown = |cue: &unruffled_engine::Cue| one.cues.iter().any(|it| it.card == cue.card);
        let doubted = !other.cues.iter().all(shown);
        assert!(
            one.heat == other.heat || doubted && one.heat < other.heat,
            "{text}"
        );
        let wonders = |reading: &Reading| {
            reading
                .what_if
                .iter()
                .chain(&reading.other_what_ifs)
                .map(|it| it.code.clone())
                .collect::<Vec<_>>()
        };
        let known = wonders(&other);
        assert!(
            wonders(&one).iter().all(|code| known.contains(code)),
            "{text}"
        );
        assert_eq!(one.safety, other.safety, "{text}");
        added += usize::from(one.cues != other.cues);
        let draft = DraftInput {
            draft: text,
            ..DraftInput::default()
        };
        let (one, other) = (with.review(&draft), without.review(&draft));
        for note in one.notes {
            let known = other.notes.iter().any(|known| known.code == note.code);
            assert!(
                known || note.weight == Weight::Quiet,
                "{text}: {}",
                note.code
            );
        }
    }
    assert!(added > 0, "and some of it is heard");
}

#[test]
fn a_hot_message_shows_by_which_words() {
    let engine = Engine::embedded();
    let heat_of = |text| {
        let message = MessageInput {
            text,
            ..MessageInput::default()
        };
        let reading = engine.read(&message);
        (reading.heat, reading.cues)
    };
    // "not guessing" is doubted here, and was once the only reason for "hot".
    let (heat, _) = heat_of("I write them down, so I'm not guessing.");
    assert_eq!(heat, unruffled_engine::Heat::Quiet);
    let (heat, cues) = heat_of("I doubt that anybody there ever looked at my claim.");
    assert_eq!(heat, unruffled_engine::Heat::Hot);
    assert!(cues.iter().any(|cue| cue.code == "C25"), "{cues:?}");
}

#[test]
fn a_broken_file_says_what_is_wrong_with_it() {
    let says = |file: &[u8]| {
        Learned::load(file.to_vec())
            .expect_err("it is broken")
            .to_string()
    };
    assert!(says(b"").contains("no file of learned words"));
    assert!(says(b"GGUF and so on").contains("no file of learned words"));
    assert!(says(&FILE[..20]).contains("ends too early"));
    assert!(says(&FILE[..40]).contains("ends too early"));
    assert!(says(&FILE[..FILE.len() - 1]).contains("bytes of rows"));
    let mut long = FILE.to_vec();
    long.push(0);
    assert!(says(&long).contains("bytes of rows"));
    let mut head = FILE.to_vec();
    head[22] = b'?';
    assert!(says(&head).contains("its head"));
    let mut vast = b"unruffled words 1\n\x0e\0\0\0rows_log2 = 99".to_vec();
    assert!(says(&vast).contains("its head"));
    vast[18] = 23;
    vast.extend(b"\nact = []");
    assert!(says(&vast).contains("larger than any"));
}

#[test]
fn every_leaning_shows_words_of_its_sentence() {
    let learned = learned();
    let mut shown = 0;
    for line in include_str!("learned.golden").lines() {
        let text = line.split('\t').next().expect("a text");
        let mut leans = Vec::new();
        learned.lean(text, From::Customer, &mut leans);
        for lean in leans {
            assert!(lean.beyond > 0.0);
            assert!(
                text[lean.start..lean.end]
                    .chars()
                    .any(char::is_alphanumeric),
                "{lean:?}"
            );
            shown += 1;
        }
    }
    assert!(shown > 2);
}

/// Hears one act in every sentence, in its first word.
struct Always(&'static str);

impl Reader for Always {
    fn lean(&self, sentence: &str, _: From, leans: &mut Vec<Lean>) {
        leans.push(Lean {
            act: self.0.into(),
            beyond: 9.0,
            start: 0,
            end: sentence.find(' ').unwrap_or(sentence.len()),
        });
    }
}

/// Hears one act in every message, in its first word.
struct First(&'static str);

impl Reader for First {
    fn lean(&self, _: &str, _: From, _: &mut Vec<Lean>) {}

    fn what_ifs(&self, words: &str, leans: &mut Vec<Lean>) {
        Always(self.0).lean(words, From::Customer, leans);
    }
}

#[test]
fn a_leaning_alone_makes_warm_and_never_hot() {
    let engine = Engine::embedded();
    let text = "The lamp hums all night. The shade leans. The cord is short.";
    let read = |leans: &[Lean]| {
        engine.read(&MessageInput {
            text,
            leans,
            ..Default::default()
        })
    };
    assert_eq!(read(&[]).heat, Heat::Quiet);
    let leans = engine.leans(&Always("upset"), text, From::Customer);
    assert_eq!(leans.len(), 3);
    let reading = read(&leans);
    assert_eq!(reading.heat, Heat::Warm);
    let cue = reading
        .cues
        .iter()
        .find(|cue| cue.code == "C01")
        .expect("the card speaks");
    let words: Vec<&str> = cue.evidence.iter().map(|span| span.text.as_str()).collect();
    // Where nothing of a sentence speaks for the card, it is not believed.
    assert!(!words.is_empty() && words.iter().all(|word| *word == "The"));
}

#[test]
fn a_code_that_is_heard_shows_its_words_and_no_heat() {
    let engine = Engine::embedded();
    let reader: &dyn Reader = &Always("C05");
    let message = MessageInput {
        text: "The lamp hums all night.",
        ..Default::default()
    };
    let reading = engine.read_with(Some(reader), &message);
    assert_eq!(reading.heat, Heat::Quiet);
    let cue = reading.cues.iter().find(|cue| cue.code == "C05");
    assert_eq!(cue.expect("the card speaks").evidence[0].text, "The");
}

#[test]
fn what_a_reader_hears_in_a_draft_is_a_quiet_note() {
    let engine = Engine::embedded();
    let draft = DraftInput {
        draft: "The lamp hums all night.",
        ..Default::default()
    };
    assert!(engine.review(&draft).notes.is_empty());
    let reader: &dyn Reader = &Always("V03");
    let notes = engine.review_with(Some(reader), &draft).notes;
    assert_eq!(notes.len(), 1);
    assert_eq!(
        (notes[0].code.as_str(), notes[0].weight),
        ("V03", Weight::Quiet)
    );
}

#[test]
fn and_stays_quiet_in_a_hot_moment() {
    let engine = Engine::embedded();
    let draft = |draft| DraftInput {
        draft,
        message: Some("THIS IS OUTRAGEOUS. Nobody rang, twice!!! You people are useless."),
        ..Default::default()
    };
    let weight_in = |review: unruffled_engine::Review| {
        let note = review.notes.into_iter().find(|note| note.code == "V09");
        note.expect("a note").weight
    };
    let said = weight_in(engine.review(&draft("You have no reason to be upset.")));
    assert_eq!(said, Weight::Pause);
    let reader: &dyn Reader = &Always("V09");
    let heard = weight_in(engine.review_with(Some(reader), &draft("The lamp hums all night.")));
    assert_eq!(heard, Weight::Quiet);
}

#[test]
fn a_reader_may_doubt_what_a_pattern_found() {
    let engine = Engine::embedded();
    let draft = DraftInput {
        draft: "Please calm down.",
        ..Default::default()
    };
    assert!(
        engine
            .review(&draft)
            .notes
            .iter()
            .any(|note| note.code == "V01")
    );
    let whole = Lean {
        act: "not V01".into(),
        beyond: 1.0,
        start: 0,
        end: draft.draft.len(),
    };
    let review = engine.review(&DraftInput {
        leans: &[whole],
        ..draft
    });
    assert!(review.notes.iter().all(|note| note.code != "V01"));
}

/// Keeps what it is asked to read.
#[derive(Default)]
struct Notebook(std::cell::RefCell<Vec<String>>);

impl Reader for Notebook {
    fn lean(&self, _: &str, _: From, _: &mut Vec<Lean>) {}

    fn what_ifs(&self, words: &str, _: &mut Vec<Lean>) {
        self.0.borrow_mut().push(words.into());
    }
}

#[test]
fn a_message_as_a_whole_is_read_without_names_capitals_and_points() {
    let engine = Engine::embedded();
    let whole = |text| {
        let notebook = Notebook::default();
        engine.leans(&notebook, text, From::Customer);
        let mut read = notebook.0.into_inner();
        read.pop().expect("the whole is read")
    };
    let said = whole("The heating is off again. Was it turned off? Zainab Bello here!");
    assert_eq!(said, "the heating is off again was it turned off ?");
    assert_eq!(
        said,
        whole("the heating is off again was it turned off? Ngozi Okonkwo")
    );
}

#[test]
fn a_leaning_towards_a_what_if_comes_first_with_its_words() {
    let engine = Engine::embedded();
    let text = "The lamp hums all night. I have no time for this.";
    let reader: &dyn Reader = &First("H7");
    let message = MessageInput {
        text,
        ..Default::default()
    };
    let leans = engine.leans(reader, text, From::Customer);
    assert_eq!(leans.len(), 1, "of the message as a whole");
    let what_if = engine.read_with(Some(reader), &message).what_if;
    let what_if = what_if.expect("a what-if");
    assert_eq!(what_if.code, "H7");
    assert!(what_if.evidence.iter().any(|span| span.text == "The"));
}

#[test]
fn and_one_away_from_it_takes_back_what_the_cues_give() {
    let engine = Engine::embedded();
    let message = MessageInput {
        text: "We need the keys before Saturday.",
        ..Default::default()
    };
    let first = |reading: Reading| reading.what_if.map(|what_if| what_if.code);
    assert_eq!(first(engine.read(&message)).as_deref(), Some("H3"));
    let reading = engine.read_with(Some(&First("not H3")), &message);
    assert_ne!(first(reading).as_deref(), Some("H3"));
}

/// Hears one act in these words, wherever they stand.
struct Hears(&'static str, &'static str);

impl Reader for Hears {
    fn lean(&self, sentence: &str, _: From, leans: &mut Vec<Lean>) {
        let found = sentence.match_indices(self.1);
        leans.extend(found.map(|(start, words)| Lean {
            act: self.0.to_owned(),
            beyond: 1.0,
            start,
            end: start + words.len(),
        }));
    }
}

#[test]
fn a_promise_that_only_a_reader_hears_is_one_of_its_very_words() {
    let engine = Engine::embedded();
    let promised = |reader: &dyn Reader, draft| {
        let draft = DraftInput {
            draft,
            ..Default::default()
        };
        let promises = engine.review_with(Some(reader), &draft).promises;
        promises
            .into_iter()
            .map(|promise| promise.span.text)
            .collect::<Vec<_>>()
    };
    let own = "Consider the hedge trimmed, with my thanks.";
    let heard = Hears("promise", "Consider the hedge trimmed");
    assert_eq!(promised(&heard, own), ["Consider the hedge trimmed"]);
    let plain = "I'll trim the hedge on Friday.";
    assert_eq!(promised(&Hears("promise", "Consider"), plain).len(), 1);
    let part = Hears("not promise", "the hedge");
    assert_eq!(promised(&part, plain).len(), 1, "only a part is denied");
    assert_eq!(promised(&Hears("not promise", plain), plain).len(), 0);
}

#[test]
fn what_customers_tell_is_heard_in_its_very_words() {
    let engine = Engine::embedded();
    let told = |reader: &dyn Reader, text| {
        let message = MessageInput {
            text,
            ..Default::default()
        };
        let told = engine.read_with(Some(reader), &message).told;
        told.into_iter().map(|it| it.span.text).collect::<Vec<_>>()
    };
    let text = "The chap at the desk had it all sorted, a new key by noon, and then nothing.";
    let heard = Hears("told", "a new key by noon");
    assert_eq!(told(&heard, text), ["a new key by noon"]);
}

/// Questions these words of a draft, and lets all others pass.
struct Questions(&'static str);

impl Reader for Questions {
    fn lean(&self, _: &str, _: From, _: &mut Vec<Lean>) {}

    fn statements(&self, _: &[KnownFact], draft: &str) -> Vec<Stated> {
        let from = draft.find(self.0).unwrap_or(draft.len());
        let mut at = 0;
        let mut words = Vec::new();
        for word in draft.split_inclusive(' ') {
            let within = from <= at && at < from + self.0.len();
            words.push(Stated {
                questioned: if within { 6.0 } else { -6.0 },
                denied: 3.0,
                fact: Some(0),
                start: at,
                end: at + word.trim_end_matches(['.', ' ']).len(),
            });
            at += word.len();
        }
        words
    }
}

fn noted(reader: Option<&dyn Reader>, draft: &str, fact: &str) -> Vec<(String, String)> {
    let facts = [KnownFact {
        text: fact.to_owned(),
        state: FactState::Checked,
        source: None,
    }];
    let input = DraftInput {
        draft,
        facts: &facts,
        ..Default::default()
    };
    let notes = Engine::embedded().review_with(reader, &input).notes;
    let facts = notes.into_iter().filter(|note| note.code == "V19");
    facts.map(|note| (note.span.text, note.says)).collect()
}

#[test]
fn a_statement_that_only_a_reader_questions_names_the_fact_it_is_about() {
    let (draft, fact) = (
        "Sorry for the wait. The tailor is done with it.",
        "Hem: not begun",
    );
    let quiet = noted(None, draft, fact);
    assert!(
        quiet.iter().all(|(_, says)| !says.contains(fact)),
        "{quiet:?}"
    );
    let notes = noted(Some(&Questions("The tailor is done with it.")), draft, fact);
    let [(words, says)] = notes.as_slice() else {
        panic!("{notes:?}");
    };
    assert_eq!(words, "The tailor is done with it");
    assert!(says.contains("Hem: not begun"), "{says}");
}

#[test]
fn and_one_that_it_lets_pass_is_not_questioned() {
    let (draft, fact) = ("Your coat has come in.", "Room: 12");
    assert_eq!(noted(None, draft, fact).len(), 1);
    assert_eq!(noted(Some(&Questions("nothing")), draft, fact), []);
    // A number is compared better than it is heard.
    let (draft, fact) = ("It comes to £45.", "Price of the coat: £54");
    assert_eq!(noted(None, draft, fact).len(), 1);
}

#[test]
fn statements_of_another_text_show_nothing() {
    let engine = Engine::embedded();
    let facts = [KnownFact {
        text: "Hem: not begun".to_owned(),
        state: FactState::Checked,
        source: None,
    }];
    let long = "The tailor is done with it and the coat is on its way to you. ".repeat(20);
    let statements = Questions("The tailor is done with it").statements(&facts, &long);
    for draft in ["", "Ok", "The tailor. É"] {
        let review = engine.review(&DraftInput {
            draft,
            facts: &facts,
            statements: &statements,
            ..Default::default()
        });
        for note in review.notes {
            assert_eq!(draft[note.span.start..note.span.end], note.span.text);
        }
    }
}

#[test]
fn a_leaning_of_another_text_shows_nothing() {
    let engine = Engine::embedded();
    let leans = engine.leans(
        &Always("upset"),
        &"The lamp hums all night. ".repeat(50),
        From::Customer,
    );
    for text in ["", "Ok", "The lamp"] {
        let reading = engine.read(&MessageInput {
            text,
            leans: &leans,
            ..Default::default()
        });
        for span in reading.cues.iter().flat_map(|cue| &cue.evidence) {
            assert_eq!(&text[span.start..span.end], span.text);
        }
    }
}

#[test]
fn greetings_signatures_and_quotations_are_not_leant_on() {
    let engine = Engine::embedded();
    let text = "Dear Karen,\n\nYour driver said \"this is terrible, you idiot\" to me.\n\nKind regards,\nJim Awful";
    for lean in engine.leans(&Always("upset"), text, From::Customer) {
        let word = &text[lean.start..lean.end];
        let own = ["Your", "to"].contains(&word) || !word.contains(char::is_alphanumeric);
        assert!(own, "{word}");
    }
}

#[test]
fn added_thanks_never_heat_and_an_added_insult_never_cools() {
    let engine = Engine::embedded();
    let heat = |text: &str| {
        engine
            .read(&MessageInput {
                text,
                ..Default::default()
            })
            .heat
    };
    for line in include_str!("learned.golden").lines().skip(1) {
        let text = line.split('\t').next().expect("a text");
        let own = heat(text);
        assert!(
            heat(&format!("{text}\n\nThank you for your help.")) <= own,
            "{text}"
        );
        assert!(
            heat(&format!("{text}\n\nYou are a useless idiot.")) >= own,
            "{text}"
        );
    }
}

#[test]
fn names_and_numbers_weigh_nothing() {
    let learned = learned();
    for (one, other) in [
        (
            "Mohammed Hussain is at the desk",
            "Emily Carter is at the desk",
        ),
        (
            "I am 82 and my order is 1001",
            "I am 19 and my order is 88213",
        ),
        ("WHERE IS MY ORDER", "where is my order"),
    ] {
        for act in learned.acts() {
            assert_eq!(
                learned.strength(act, one),
                learned.strength(act, other),
                "{act}"
            );
        }
    }
}
