//! Which language a text is in: English as people type it stays English, other languages are owned up to, and a second
//! language needs files alone.

use unruffled_engine::{Engine, Language, MessageInput};

fn language(engine: &Engine, text: &str) -> Option<Language> {
    engine
        .read(&MessageInput {
            text,
            ..Default::default()
        })
        .language
}

/// Messages as customers write them, in languages that no folder of cards is for.
const FOREIGN: &str = include_str!("language/foreign.txt");
/// English with slips, dialect, codes, names, a foreign word or two, or next to nothing in it.
const ENGLISH: &str = include_str!("language/english.txt");

fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}

#[test]
fn english_is_taken_for_english_however_it_is_typed() {
    let engine = Engine::embedded();
    let missed: Vec<&str> = lines(ENGLISH)
        .filter(|text| language(&engine, text).is_none())
        .collect();
    assert!(missed.is_empty(), "{missed:#?}");
}

#[test]
fn other_languages_are_owned_up_to() {
    let engine = Engine::embedded();
    let all = lines(FOREIGN).count();
    let missed: Vec<&str> = lines(FOREIGN)
        .filter(|text| language(&engine, text).is_some())
        .collect();
    assert!(all >= 60 && missed.len() * 20 <= all, "{missed:#?}");
}
