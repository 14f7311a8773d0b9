//! The JSON that `read` and `review` take and give, as `schema/` describes it. Kept stable.

use crate::lines::{Answer, Line};
use crate::when;
use jiff::Zoned;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;
use unruffled_engine::{Earlier, FactState, KnownFact, Reading, Review};

/// One message to read.
#[derive(Deserialize)]
pub struct ReadIn {
    #[serde(default)]
    pub id: Value,
    pub text: String,
    #[serde(default, deserialize_with = "absent_or_null")]
    pub earlier: Vec<Earlier>,
    #[serde(default, deserialize_with = "moment")]
    pub now: Option<Zoned>,
}

/// What a message says.
#[derive(Serialize)]
pub struct ReadOut<'a> {
    pub id: &'a Value,
    /// The words the offsets are about; only where they came out of a letter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<&'a str>,
    pub reading: &'a Reading,
}

/// One draft to review.
#[derive(Deserialize)]
pub struct ReviewIn {
    #[serde(default)]
    pub id: Value,
    pub draft: String,
    #[serde(default)]
    pub message: Option<String>,
    #[serde(default, deserialize_with = "absent_or_null")]
    pub earlier: Vec<Earlier>,
    #[serde(default, deserialize_with = "absent_or_null")]
    pub facts: Vec<FactIn>,
    #[serde(default)]
    pub customer_name: Option<String>,
    #[serde(default, deserialize_with = "moment")]
    pub now: Option<Zoned>,
}

/// What a draft says and leaves out.
#[derive(Serialize)]
pub struct ReviewOut<'a> {
    pub id: &'a Value,
    /// The words the offsets are about; only where they came out of a letter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<&'a str>,
    pub review: &'a Review,
}

/// A fact as a bare sentence, taken as checked, or with its state and source.
#[derive(Deserialize)]
#[serde(
    untagged,
    expecting = "a fact is a sentence, or an object with `text` and perhaps `state` (checked, claimed, disputed) and `source`"
)]
pub enum FactIn {
    Sentence(String),
    Known(KnownFact),
}

impl From<FactIn> for KnownFact {
    fn from(fact: FactIn) -> KnownFact {
        match fact {
            FactIn::Known(known) => known,
            FactIn::Sentence(text) => KnownFact {
                text,
                state: FactState::Checked,
                source: None,
            },
        }
    }
}

/// A line that could not be read, in place of its answer.
#[derive(Serialize)]
struct Refused<'a> {
    id: &'a Value,
    error: Problem<'a>,
}

#[derive(Serialize)]
struct Problem<'a> {
    line: u64,
    says: &'a str,
}

/// Turns one line into its answer: the work's, or words about what is wrong with the line.
pub fn answer<In: for<'de> Deserialize<'de>>(line: Line, work: impl Fn(In) -> String) -> Answer {
    let number = line.number;
    let text = match line.text {
        Ok(text) => text,
        Err(says) => return refused(number, &Value::Null, says),
    };
    match serde_json::from_str::<In>(&text) {
        // The engine cannot fail by design; were it ever to, one line is lost and not the stream.
        Ok(input) => std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| work(input)))
            .map(|json| Answer { json, good: true })
            .unwrap_or_else(|_| {
                refused(
                    number,
                    &id_of(&text),
                    "The engine stopped at this line, which is a fault of ours.",
                )
            }),
        Err(why) => refused(number, &id_of(&text), &says(&why)),
    }
}

fn refused(line: u64, id: &Value, says: &str) -> Answer {
    let error = Problem { line, says };
    Answer {
        json: to_json(&Refused { id, error }),
        good: false,
    }
}

/// The id of a line that is JSON but not of the right shape.
fn id_of(text: &str) -> Value {
    #[derive(Deserialize)]
    struct OnlyId {
        #[serde(default)]
        id: Value,
    }
    serde_json::from_str::<OnlyId>(text).map_or(Value::Null, |line| line.id)
}

/// The parser's words as a sentence; its line count starts anew on every line and says nothing here.
pub fn says(why: &serde_json::Error) -> String {
    let words = why.to_string();
    let words = words.split(" at line ").next().unwrap_or(&words);
    match why.classify() {
        serde_json::error::Category::Data => format!("Not of the described shape: {words}."),
        _ => format!("Not JSON: {words}, at column {}.", why.column()),
    }
}

/// Findings are strings, numbers and lists: nothing that JSON could not hold.
pub fn to_json(found: &impl Serialize) -> String {
    serde_json::to_string(found)
        .unwrap_or_else(|why| unreachable!("findings are plain JSON: {why}"))
}

fn absent_or_null<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    from: D,
) -> Result<Vec<T>, D::Error> {
    Option::deserialize(from).map(Option::unwrap_or_default)
}

fn moment<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Zoned>, D::Error> {
    Option::<String>::deserialize(from)?
        .map(|words| {
            when::parse(&words).map_err(|why| {
                serde::de::Error::custom(format!("now: {}", why.trim_end_matches('.')))
            })
        })
        .transpose()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(text: &str) -> Answer {
        let line = Line {
            number: 7,
            text: Ok(text.to_owned()),
        };
        answer(line, |input: ReviewIn| {
            let facts: Vec<KnownFact> = input.facts.into_iter().map(KnownFact::from).collect();
            to_json(&(
                input.id,
                input.draft,
                facts,
                input.now.map(|now| now.to_string()),
            ))
        })
    }

    #[test]
    fn facts_come_as_sentences_or_with_their_state() {
        let answer = one(
            r#"{"id":1,"draft":"x","facts":["a",{"text":"b","state":"claimed","source":"phone"}]}"#,
        );
        assert_eq!(
            answer.json,
            r#"[1,"x",[{"text":"a","state":"checked"},{"text":"b","state":"claimed","source":"phone"}],null]"#
        );
    }

    #[test]
    fn null_is_the_same_as_absent() {
        assert!(
            one(r#"{"draft":"x","id":null,"facts":null,"earlier":null,"now":null,"message":null}"#)
                .good
        );
    }

    #[track_caller]
    fn check(text: &str, expect: &str) {
        let answer = one(text);
        assert!(!answer.good);
        assert_eq!(answer.json, expect);
    }

    #[test]
    fn a_bad_line_says_which_and_why_and_keeps_its_id() {
        check(
            "{",
            r#"{"id":null,"error":{"line":7,"says":"Not JSON: EOF while parsing an object, at column 1."}}"#,
        );
        check(
            r#"{"id":"a"}"#,
            r#"{"id":"a","error":{"line":7,"says":"Not of the described shape: missing field `draft`."}}"#,
        );
        check(
            r#"{"id":"a","draft":"x","now":"noon"}"#,
            r#"{"id":"a","error":{"line":7,"says":"Not of the described shape: now: `noon` is not a time with an offset, such as 2026-05-04T10:02:00+01:00."}}"#,
        );
        check(
            r#"{"id":"a","draft":"x","facts":[7]}"#,
            r#"{"id":"a","error":{"line":7,"says":"Not of the described shape: a fact is a sentence, or an object with `text` and perhaps `state` (checked, claimed, disputed) and `source`."}}"#,
        );
    }
}
