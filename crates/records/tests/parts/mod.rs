//! Sources for the tests, and the servers behind them.

#![allow(dead_code, reason = "each test file uses a part of it")]

pub mod endpoint;
pub mod server;

use std::path::Path;
use unruffled_records::{By, Found, Kind, Question, Records, SourceSettings, Trouble};

/// What a customer may call themselves.
pub const HOSTILE: &str = "Robert'); drop table members; --";

pub fn question(by: By, value: &str) -> Question {
    Question::new(by, value).expect("a question")
}

pub fn csv(file: &Path) -> SourceSettings {
    SourceSettings {
        name: "the member list".into(),
        kind: Kind::Csv,
        file: file.to_owned(),
        by: vec![By::Reference, By::Name, By::Email],
        columns: [(By::Reference, "card".into())].into(),
        says: "{name}, card {card}[, until {until}]".into(),
        absent: "no member".into(),
        ..SourceSettings::default()
    }
}

pub fn database(kind: Kind, file: &Path, address: &str) -> SourceSettings {
    SourceSettings {
        file: file.to_owned(),
        address: address.to_owned(),
        kind,
        query: "select name, card, until from members where card = :value or lower(name) = lower(:value)".into(),
        by: vec![By::Reference, By::Name],
        columns: [].into(),
        ..csv(Path::new(""))
    }
}

/// Asks one source one question.
pub async fn ask(source: SourceSettings, by: By, value: &str) -> Result<Found, Trouble> {
    let records = Records::open(&[source]).expect("the settings are right");
    ask_again(&records, by, value).await
}

pub async fn ask_again(records: &Records, by: By, value: &str) -> Result<Found, Trouble> {
    let mut answers = records.ask(&[question(by, value)]);
    let answer = answers
        .join_next()
        .await
        .expect("a source was asked")
        .expect("it did not panic");
    answer.found.map(|mut all| all.remove(0).1)
}

pub fn entries(found: Result<Found, Trouble>) -> Vec<String> {
    found.expect("an answer").entries
}
