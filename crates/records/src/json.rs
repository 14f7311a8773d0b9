//! An endpoint's answer: a list of entries, one entry, or nothing.

use crate::limits::ENTRIES_MAX;
use crate::says::Says;
use serde_json::Value;

/// The entries of an answer as sentences; `place` says where they stand in it (`data.cards`).
pub(crate) fn entries(bytes: &[u8], place: &str, says: &Says) -> Result<Vec<String>, String> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Ok(Vec::new());
    }
    let answer: Value = serde_json::from_slice(bytes).map_err(|why| {
        format!(
            "its answer is no JSON: line {}, column {}",
            why.line(),
            why.column()
        )
    })?;
    let found = if place.is_empty() {
        Some(&answer)
    } else {
        at(&answer, place)
    };
    match found {
        None => Err(format!("its answer has no {place:?}")),
        Some(Value::Null) => Ok(Vec::new()),
        Some(Value::Array(all)) => all
            .iter()
            .take(ENTRIES_MAX + 1)
            .map(|entry| said(entry, says))
            .collect(),
        Some(entry @ Value::Object(fields)) if !fields.is_empty() => Ok(vec![said(entry, says)?]),
        Some(Value::Object(_)) => Ok(Vec::new()),
        Some(_) => Err("its answer is neither a list nor an entry".to_owned()),
    }
}

fn said(entry: &Value, says: &Says) -> Result<String, String> {
    let held: Vec<Option<String>> = says
        .columns()
        .iter()
        .map(|name| text(at(entry, name)))
        .collect();
    if held.iter().all(Option::is_none) {
        let names = says.columns().join(", ");
        return Err(format!("its entries have none of these: {names}"));
    }
    Ok(says.fill(|at| held[at].as_deref()))
}

fn at<'a>(value: &'a Value, place: &str) -> Option<&'a Value> {
    place
        .split('.')
        .try_fold(value, |value, name| value.get(name))
}

fn text(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        Value::Bool(yes) => Some(if *yes { "yes" } else { "no" }.to_owned()),
        Value::Number(number) => Some(number.to_string()),
        other => Some(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(answer: &str, place: &str) -> Result<Vec<String>, String> {
        let says = Says::parse("{card}[ of {owner.name}]").expect("it reads");
        entries(answer.as_bytes(), place, &says)
    }

    #[test]
    fn entries_are_found_where_the_settings_say() {
        let one = r#"{"card": 7, "owner": {"name": "Carys"}}"#;
        assert_eq!(read(one, "").expect("it reads"), ["7 of Carys"]);
        let many = format!(r#"{{"data": {{"cards": [{one}, {{"card": "8"}}]}}}}"#);
        assert_eq!(
            read(&many, "data.cards").expect("it reads"),
            ["7 of Carys", "8"]
        );
        for nothing in ["", "[]", "null", "{}"] {
            assert!(read(nothing, "").expect("it reads").is_empty(), "{nothing}");
        }
    }

    #[test]
    fn an_answer_that_is_none_is_told() {
        for (answer, place, why) in [
            ("<html>", "", "no JSON: line 1"),
            (r#"{"cards": []}"#, "results", "no \"results\""),
            (r#"[{"number": 7}]"#, "", "none of these: card, owner.name"),
            ("7", "", "neither a list nor an entry"),
        ] {
            let fault = read(answer, place).expect_err(answer);
            assert!(fault.contains(why), "{fault}");
        }
    }
}
