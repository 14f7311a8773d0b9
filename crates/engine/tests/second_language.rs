//! A second language is a folder of files: no Rust knows of it. This one is a toy, to show that the door is open.

use std::fs;
use std::path::Path;
use unruffled_engine::{AskKind, DraftInput, Engine, FactKind, Language, MessageInput, Reading};

/// Two cues, a check, a virtue, the words of asks, and a grammar of a few lines.
const GERMAN: &[(&str, &str)] = &[
    (
        "de/grammar/language.txt",
        "name = German\nletters = latin\n",
    ),
    (
        "de/grammar/tells.txt",
        "ich nicht und der die das den dem ein eine einen ist sind war wir sie ihr mein meine seit noch schon auf für mit von zu\nwann wo wie warum kommt habe haben wird werden bitte danke guten hallo tag bei am im ihnen sich\n",
    ),
    (
        "de/grammar/vocabulary.txt",
        "number 2: zwei\nnumber 3: drei\nnumber 20: zwanzig\nunit day: tag tage tagen\nunit week: woche wochen\nmonth 3: märz\nmonth 5: mai\nweekday 4: freitag\nin: im\nat: um bis\non: am\nthe: der die das\nday 1: morgen\nday 0: heute\n",
    ),
    (
        "de/grammar/letter.txt",
        "greeting: hallo guten sehr\nclosing: mit freundlichen grüßen | viele grüße\nshort: usw bzw\nshort-before-name: hr fr dr\n",
    ),
    ("de/grammar/endings.txt", "en = e st t\n"),
    ("de/words/ask-lead.txt", "wann\nwo\nwarum\n"),
    ("de/words/ask-when.txt", "wann\n"),
    ("de/words/ask-where.txt", "wo\n"),
    ("de/words/ask-aux.txt", "kommt\nist\nwird\n"),
    ("de/words/ask-subject.txt", "mein\nmeine\nder\ndie\ndas\n"),
    (
        "de/cues/lange-gewartet.md",
        "+++\ncode = \"C14\"\nsays = \"They name how long they have waited.\"\nfind = [\"~warten (ich)? (schon)? seit [<duration>]\"]\npoints = 1\n+++\n\n# Lange gewartet\n\nWer eine Zeit nennt, hat gezählt.\n\n## Fires\nIch warte seit drei Wochen.\n\n## Stays quiet\nIch komme in drei Wochen.\n",
    ),
    (
        "de/cues/geht.md",
        "+++\ncode = \"C27\"\nsays = \"They say that they may leave.\"\nfind = [\"~kündigen\", \"zur Konkurrenz\"]\npoints = 1\n+++\n\n# Geht\n\nWer das schreibt, hofft noch.\n\n## Fires\nDann gehe ich zur Konkurrenz.\n\n## Stays quiet\nIch bleibe.\n",
    ),
    (
        "de/checks/beruhigen.md",
        "+++\ncode = \"V01\"\nsays = \"Ruhig wird niemand auf Zuruf.\"\nweight = \"pause\"\nfind = [\"beruhigen Sie sich\"]\n+++\n\n# Beruhigen Sie sich\n\nDas Gefühl ist nicht der Fehler.\n\n## Instead\n- Drei Wochen sind zu lang.\n\n## Fires\nBitte beruhigen Sie sich.\n      ^^^^^^^^^^^^^^^^^^\n\n## Stays quiet\nDrei Wochen sind zu lang.\n",
    ),
    (
        "de/virtues/naechster-schritt.md",
        "+++\ncode = \"G09\"\nsays = \"Ein Schritt mit einer Zeit.\"\nfind = [\"ich (rufe|schreibe) ... <date>\"]\n+++\n\n# Nächster Schritt\n\nEin Schritt mit einer Zeit lässt niemanden warten.\n\n## Fires\nIch schreibe Ihnen am Freitag.\n\n## Stays quiet\nIch schreibe Ihnen bald.\n",
    ),
];

const LETTER: &str = "Hallo,\n\nich warte seit drei Wochen auf mein Paket. Wann kommt das Paket? Sonst kündige ich im Mai.\n\nViele Grüße\nJana Weber";

fn both() -> Engine {
    Engine::load(GERMAN.iter().copied()).expect("the toy language loads")
}

fn read(engine: &Engine, text: &str) -> Reading {
    engine.read(&MessageInput {
        text,
        ..Default::default()
    })
}

#[test]
fn a_second_language_is_read_by_its_files_alone() {
    let engine = both();
    let reading = read(&engine, LETTER);
    assert_eq!(reading.language, Language::of_code("de"));
    let cues: Vec<&str> = reading.cues.iter().map(|cue| cue.card.as_str()).collect();
    assert_eq!(cues, ["lange-gewartet", "geht"]);
    let asks: Vec<_> = reading
        .asks
        .iter()
        .map(|ask| (ask.kind, ask.span.text.as_str()))
        .collect();
    assert_eq!(asks, [(AskKind::When, "Wann kommt das Paket")]);
    let facts: Vec<_> = reading
        .facts
        .iter()
        .map(|fact| (fact.kind, fact.span.text.as_str()))
        .collect();
    assert!(
        facts.contains(&(FactKind::Duration, "drei Wochen")),
        "{facts:?}"
    );
    assert!(facts.contains(&(FactKind::Date, "Mai")), "{facts:?}");
}

#[test]
fn a_draft_in_the_second_language_meets_its_checks_and_virtues() {
    let engine = both();
    let review = engine.review(&DraftInput {
        draft: "Bitte beruhigen Sie sich. Ich schreibe Ihnen am Freitag, wann das Paket kommt.",
        message: Some(LETTER),
        ..Default::default()
    });
    assert_eq!(review.language, Language::of_code("de"));
    let notes: Vec<_> = review
        .notes
        .iter()
        .map(|note| (note.card.as_str(), note.span.text.as_str()))
        .collect();
    assert!(
        notes.contains(&("beruhigen", "beruhigen Sie sich")),
        "{notes:?}"
    );
    let virtues: Vec<_> = review.virtues.iter().map(|v| v.card.as_str()).collect();
    assert_eq!(virtues, ["naechster-schritt"]);
}

#[test]
fn english_is_read_as_before_and_a_third_language_is_owned_up_to() {
    let (engine, alone) = (both(), Engine::embedded());
    for text in [
        "Where is my parcel? I have waited for three weeks and nobody answers.",
        "Cancel it, please. I paid £42 on 3 May.",
        "ok",
    ] {
        assert_eq!(read(&engine, text), read(&alone, text), "{text}");
    }
    let french = read(
        &engine,
        "Bonjour, où est ma commande ? Je n'ai rien reçu depuis le 3/5, réf. R-7719.",
    );
    assert_eq!(french.language, None);
    assert_eq!(french.asks.len(), 1);
    assert!(french.cues.is_empty() && french.what_if.is_none());
    // Numbers are numbers everywhere.
    assert!(
        french
            .facts
            .iter()
            .any(|fact| fact.kind == FactKind::Reference)
    );
    let languages: Vec<_> = engine
        .languages()
        .map(|(code, name)| format!("{code} {name}"))
        .collect();
    assert_eq!(languages, ["en English", "de German"]);
}

#[test]
fn faults_of_a_grammar_are_told_with_file_and_line() {
    let faulty = [
        (
            "de/grammar/language.txt",
            "name = German\nletters = runes\n",
        ),
        (
            "de/grammar/vocabulary.txt",
            "month 13: undezember\nweekdy 1: dienstag\n",
        ),
        ("de/grammar/contractions.txt", "zum = zu dem\n"),
        ("de/grammar/jokes.txt", "ha\n"),
    ];
    let faults = Engine::load(faulty).expect_err("it is faulty");
    let says: Vec<String> = faults.iter().map(ToString::to_string).collect();
    for begins in [
        "de/grammar/language.txt:2: there are no letters `runes`",
        "de/grammar/vocabulary.txt:1: there is no part `month 13`",
        "de/grammar/vocabulary.txt:2: there is no part `weekdy 1`",
        "de/grammar/contractions.txt:1: `zum` needs a `|`",
        "de/grammar/jokes.txt: there is no such grammar",
    ] {
        assert!(
            says.iter().any(|fault| fault.starts_with(begins)),
            "{says:#?}"
        );
    }
}

#[test]
fn no_word_of_a_language_is_asked_for_in_rust() {
    let mut found = Vec::new();
    search(
        Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")),
        &mut found,
    );
    assert!(
        found.is_empty(),
        "these belong into cards/en/words: {found:#?}"
    );
}

/// Calls that compare a token with a word written into the code.
fn search(folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder)
        .expect("the sources can be read")
        .flatten()
    {
        let path = entry.path();
        if path.is_dir() {
            search(&path, found);
            continue;
        }
        let source = fs::read_to_string(&path).expect("a source can be read");
        let code = source.split("#[cfg(test)]").next().unwrap_or("");
        let flat: String = code.split_whitespace().collect();
        for call in ["word_is(", "word_is_any(", "eq_ignore_ascii_case(\""] {
            for (at, _) in flat.match_indices(call) {
                let rest = &flat[at + call.len()..];
                let end = rest.find([')', ']']).unwrap_or(rest.len());
                if call.starts_with("word_is") || rest[..end].starts_with(char::is_alphabetic) {
                    let shown: String = rest.chars().take(40).collect();
                    found.push(format!("{}: {call}{shown}", path.display()));
                }
            }
        }
    }
}
