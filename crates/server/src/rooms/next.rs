//! `POST /next`: the conversation to take up next. Whoever asks is led there; nothing is written down.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Deserialize;
use serde_json::json;

use super::form::Form;
use super::{availability, done};
use crate::next::{self, Next, Wanted};
use crate::presence::Own;
use crate::session::Agent;
use crate::{Desk, Oops, words};

#[derive(Default, Deserialize)]
pub struct Given {
    /// The page that is left: a conversation's number, or its address.
    #[serde(default)]
    from: String,
    /// Not empty where calmer ones are to come first.
    #[serde(default)]
    calmer: String,
    /// Not empty where whoever asks was told what stands against it, and asks again.
    #[serde(default)]
    anyway: String,
}

pub async fn find(
    State(desk): State<Desk>,
    agent: Agent,
    headers: HeaderMap,
    Form(given): Form<Given>,
) -> Result<Response, Oops> {
    let anyway = !given.anyway.is_empty();
    if let Own::Break(until) = desk.presence().own(&agent.id, desk.now()) {
        if !anyway {
            let at = words::clock_time(until, desk.zone());
            let says = format!(
                "You are on a break until about {at}. F again ends it and opens the next one."
            );
            return Ok(said(&headers, &says, true));
        }
        desk.presence().say(&agent.id, Own::Here, desk.now());
        availability::changed(&desk, &agent);
    }
    let wanted = Wanted {
        from: given.from.rsplit('/').next().and_then(|it| it.parse().ok()),
        calmer: !given.calmer.is_empty() && !anyway,
    };
    Ok(match next::find(&desk, &agent, wanted).await? {
        Next::One(number) => {
            let to = format!("/conversations/{number}");
            done(&headers, &to, json!({ "to": to, "number": number }))
        }
        Next::OnlyHard => said(
            &headers,
            "Only hard moments wait now, and the limit of them in a row is reached. A few minutes are yours, or a colleague; F again opens the one that waits longest.",
            true,
        ),
        Next::Nothing if wanted.from.is_some() => {
            said(&headers, "Nothing else is waiting for you.", false)
        }
        Next::Nothing => said(&headers, "Nothing is waiting for you.", false),
    })
}

/// A sentence instead of a place to go; `again`: asking once more goes on all the same.
fn said(headers: &HeaderMap, says: &str, again: bool) -> Response {
    done(headers, "/inbox", json!({ "says": says, "again": again }))
}
