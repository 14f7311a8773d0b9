//! What a telephone system tells, in the shape of Zammad's generic CTI: `POST /knocks/calls/{secret}` with JSON, a form, or
//! form-data of `event` (`newCall`, `answer`, `hangup`), `from`, `to`, `direction`, `callId`, `user`, `answeringNumber`
//! and `cause`. The answer is `{}`; what cannot be used is told in `error`, and nothing is changed by it.
//!
//! Nobody is logged in here: the secret in the address is all that lets a telephone system in, so it is compared in
//! constant time, and whoever guesses is slowed down with everybody else.

use axum::extract::{FromRequest, Multipart, Path, Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;
use unruffled_store::{Agent, AgentId, PhoneDirection, PhoneEvent, PhoneNews};

use crate::bus::Change;
use crate::{Desk, Oops, limits};

/// Why something that was told cannot be used.
struct Refused(StatusCode, String);

impl Refused {
    fn unusable(says: impl Into<String>) -> Self {
        Self(StatusCode::UNPROCESSABLE_ENTITY, says.into())
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        (self.0, axum::Json(json!({ "error": self.1 }))).into_response()
    }
}

pub async fn hear(
    State(desk): State<Desk>,
    Path(secret): Path<String>,
    headers: HeaderMap,
    request: Request,
) -> Response {
    match heard(&desk, &secret, &headers, request).await {
        Ok(()) => axum::Json(json!({})).into_response(),
        Err(refused) => refused.into_response(),
    }
}

async fn heard(
    desk: &Desk,
    secret: &str,
    headers: &HeaderMap,
    request: Request,
) -> Result<(), Refused> {
    if !desk.calls_pace().take(limits::CALLS_A_MINUTE_MAX) {
        return Err(Refused(
            StatusCode::TOO_MANY_REQUESTS,
            "More is told in this minute than this desk listens to. Tell it again in a minute."
                .into(),
        ));
    }
    if !is_ours(secret, desk.settings().knock_secret.reveal()) {
        return Err(Refused(
            StatusCode::NOT_FOUND,
            "No telephone system is heard at this address. Look at knock_secret_file in the settings.".into(),
        ));
    }
    let told = Told::read(headers, request).await?;
    let members = desk
        .store()
        .members_of(desk.inbox())
        .await
        .map_err(broken)?;
    let event = told.event(desk, &members)?;
    let changed = desk
        .store()
        .hear_phone(&event, desk.now())
        .await
        .map_err(broken)?;
    if changed {
        desk.say(Change::Knock {
            inbox: desk.inbox().to_string(),
        });
    }
    Ok(())
}

fn broken(fault: unruffled_store::Error) -> Refused {
    let oops = Oops::from(fault);
    tracing::error!(%oops, "a call could not be written down");
    Refused(
        StatusCode::SERVICE_UNAVAILABLE,
        "The desk could not write this down. Tell it again in a moment.".into(),
    )
}

/// Compares by their digests under a key, so that the time taken says nothing of how much was right.
fn is_ours(given: &str, ours: &str) -> bool {
    let digest = |words: &str| {
        let mut mac = Hmac::<Sha256>::new_from_slice(b"unruffled: the telephone system's secret")
            .unwrap_or_else(|_| unreachable!("HMAC takes keys of every length"));
        mac.update(words.as_bytes());
        mac
    };
    !ours.is_empty()
        && digest(given)
            .verify_slice(&digest(ours).finalize().into_bytes())
            .is_ok()
}

/// Names and values as they came, whatever they came in.
struct Told(Vec<(String, String)>);

impl Told {
    async fn read(headers: &HeaderMap, request: Request) -> Result<Self, Refused> {
        let kind = headers
            .get(CONTENT_TYPE)
            .and_then(|kind| kind.to_str().ok())
            .unwrap_or_default()
            .to_ascii_lowercase();
        let pairs = if kind.starts_with("multipart/form-data") {
            parts(request).await?
        } else {
            let body = axum::body::to_bytes(request.into_body(), limits::CALL_BYTES_MAX)
                .await
                .map_err(|_| too_long())?;
            if kind.starts_with("application/json") || body.trim_ascii_start().starts_with(b"{") {
                members(&body)?
            } else {
                let pairs: Result<Vec<(String, String)>, _> =
                    axum::Form::from_request(as_form(body), &())
                        .await
                        .map(|axum::Form(it)| it);
                pairs.map_err(|_| {
                    Refused::unusable(
                        "The body is neither JSON nor a form, so nothing was changed.",
                    )
                })?
            }
        };
        Ok(Self(pairs))
    }

    /// The values of one name, with `user[]` and `user` taken for one.
    fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.0
            .iter()
            .filter(move |(key, _)| key.trim_end_matches("[]").eq_ignore_ascii_case(name))
            .map(|(_, value)| value.trim())
            .filter(|value| !value.is_empty())
    }

    fn maybe(&self, name: &'static str) -> Result<&str, Refused> {
        let word = self.all(name).next().unwrap_or_default();
        if word.chars().count() > limits::CALL_WORD_CHARS_MAX {
            return Err(Refused::unusable(format!(
                "{name} has more than {} letters, so nothing was changed.",
                limits::CALL_WORD_CHARS_MAX
            )));
        }
        if word.chars().any(char::is_control) {
            return Err(Refused::unusable(format!(
                "{name} holds letters that nobody can read, so nothing was changed."
            )));
        }
        Ok(word)
    }

    fn must(&self, name: &'static str) -> Result<&str, Refused> {
        match self.maybe(name)? {
            "" => Err(Refused::unusable(format!(
                "{name} is missing, so nothing was changed."
            ))),
            word => Ok(word),
        }
    }

    fn event<'a>(
        &'a self,
        desk: &'a Desk,
        members: &'a [Agent],
    ) -> Result<PhoneEvent<'a>, Refused> {
        let direction = match self.must("direction")? {
            "in" => PhoneDirection::In,
            "out" => PhoneDirection::Out,
            _ => {
                return Err(Refused::unusable(
                    "direction: in or out is wanted. Nothing was changed.",
                ));
            }
        };
        let (from, to) = (self.must("from")?, self.must("to")?);
        let (number, line) = match direction {
            PhoneDirection::In => (from, to),
            PhoneDirection::Out => (to, from),
        };
        let users: Vec<&str> = self.all("user").collect();
        let answering = self.maybe("answeringNumber")?;
        let by = match (self.maybe("user")?, answering) {
            ("", number) => number,
            (user, _) => user,
        };
        // A call that rings for several people is for whoever picks it up.
        let named = match users.as_slice() {
            [one] => Some(*one),
            _ => None,
        };
        let news = match self.must("event")? {
            "newCall" => PhoneNews::Rings,
            "answer" => PhoneNews::Answered {
                by,
                agent: one_of_us(members, answering).or_else(|| one_of_us(members, by)),
            },
            "hangup" => {
                let cause = self.maybe("cause")?;
                PhoneNews::Ended {
                    cause,
                    may_be_missed: cause != "forwarded",
                }
            }
            _ => {
                return Err(Refused::unusable(
                    "event: newCall, answer or hangup is wanted. Nothing was changed.",
                ));
            }
        };
        Ok(PhoneEvent {
            inbox_id: desk.inbox(),
            call_id: self.must("callId")?,
            direction,
            number,
            line,
            meant_for: named.and_then(|name| one_of_us(members, name)),
            news,
        })
    }
}

/// Who of us is meant by a name, a login, or an address whose first part is the login.
fn one_of_us<'a>(members: &'a [Agent], word: &str) -> Option<&'a AgentId> {
    let word = word.trim().to_lowercase();
    let login = word.split('@').next().unwrap_or_default();
    let mut found = members.iter().filter(|it| {
        !word.is_empty() && (it.name.to_lowercase() == word || it.login.to_lowercase() == login)
    });
    match (found.next(), found.next()) {
        (Some(one), None) => Some(&one.id),
        _ => None,
    }
}

fn too_long() -> Refused {
    Refused(
        StatusCode::PAYLOAD_TOO_LARGE,
        format!(
            "More than {} kB came, and an event of a call has a few words. Nothing was changed.",
            limits::CALL_BYTES_MAX / 1024
        ),
    )
}

fn as_form(body: axum::body::Bytes) -> Request {
    let mut request = Request::new(axum::body::Body::from(body));
    *request.method_mut() = axum::http::Method::POST;
    request.headers_mut().insert(
        CONTENT_TYPE,
        axum::http::HeaderValue::from_static("application/x-www-form-urlencoded"),
    );
    request
}

async fn parts(request: Request) -> Result<Vec<(String, String)>, Refused> {
    let odd =
        || Refused::unusable("The form-data broke off or cannot be read, so nothing was changed.");
    let mut parts = Multipart::from_request(request, &())
        .await
        .map_err(|_| odd())?;
    let mut pairs = Vec::new();
    let mut room = limits::CALL_BYTES_MAX;
    while let Some(part) = parts.next_field().await.map_err(|_| odd())? {
        let name = part.name().unwrap_or_default().to_owned();
        let value = part.text().await.map_err(|_| odd())?;
        room = room
            .checked_sub(name.len() + value.len())
            .ok_or_else(too_long)?;
        pairs.push((name, value));
    }
    Ok(pairs)
}

fn members(body: &[u8]) -> Result<Vec<(String, String)>, Refused> {
    let odd = || Refused::unusable("The body is no JSON object, so nothing was changed.");
    let Value::Object(members) = serde_json::from_slice(body).map_err(|_| odd())? else {
        return Err(odd());
    };
    let mut pairs = Vec::new();
    for (name, value) in members {
        let values = match value {
            Value::Array(values) => values,
            value => vec![value],
        };
        for value in values {
            match value {
                Value::String(word) => pairs.push((name.clone(), word)),
                Value::Number(number) => pairs.push((name.clone(), number.to_string())),
                // Nothing that is told of a call is nested; what is, is no word of it.
                _ => {}
            }
        }
    }
    Ok(pairs)
}
