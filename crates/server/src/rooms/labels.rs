//! Words about a person, looked for while a note or a field about somebody is typed. Nothing of it is kept.

use axum::Json as Answer;
use axum::extract::State;
use serde::Deserialize;
use serde_json::{Value, json};

use super::form::Json;
use crate::session::Agent;
use crate::utf16::Ruler;
use crate::{Desk, Oops, limits, reader};

/// The check that asks for what happened instead of a word about a person.
const LABEL: &str = "V26";

/// What is put in the place of a label, for the hand that wrote it to fill in.
const INSTEAD: &str = "[what was said or done]";

#[derive(Deserialize)]
pub struct Given {
    text: String,
}

pub async fn find(
    State(desk): State<Desk>,
    _agent: Agent,
    Json(given): Json<Given>,
) -> Result<Answer<Value>, Oops> {
    if given.text.len() > limits::LABELS_BYTES_MAX {
        return Err(Oops::TooLarge);
    }
    let ruler = Ruler::new(&given.text);
    let review = reader::review_alone(&desk, &given.text);
    let notes: Vec<Value> = review
        .notes
        .into_iter()
        .filter(|note| note.code == LABEL)
        .map(|note| {
            let (start, end) = (ruler.utf16(note.span.start), ruler.utf16(note.span.end));
            json!({
                "card": note.card,
                "says": note.says,
                "text": note.span.text,
                "start": start,
                "end": end,
                "with": INSTEAD,
            })
        })
        .collect();
    Ok(Answer(json!({ "notes": notes })))
}
