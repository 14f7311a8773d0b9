//! One question and its answer: `POST …/chat/completions`.

use crate::limits::{ANSWER_BYTES_MAX, TOKENS_MAX};
use crate::place::Wire;
use crate::trouble::Trouble;
use crate::{Line, Voice};
use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::client::conn::http1;
use hyper::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HOST, USER_AGENT};
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use serde::{Deserialize, Serialize};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::task::AbortHandle;

#[derive(Serialize)]
struct Asked<'a> {
    model: &'a str,
    messages: &'a [Line],
    max_tokens: u32,
    temperature: f32,
    seed: u64,
    stream: bool,
}

#[derive(Deserialize)]
struct Answered {
    #[serde(default)]
    choices: Vec<Choice>,
}

#[derive(Deserialize)]
struct Choice {
    message: Message,
}

#[derive(Deserialize)]
struct Message {
    #[serde(default)]
    content: Option<String>,
}

/// Some freedom in the words; what they may say is held elsewhere.
const TEMPERATURE: f32 = 0.7;

/// Above this not every server reads a number whole.
const SEED_BITS: u64 = 0x7fff_ffff;

pub(crate) async fn say(voice: &Voice, lines: &[Line], seed: u64) -> Result<String, Trouble> {
    let body = serde_json::to_vec(&Asked {
        model: &voice.model,
        messages: lines,
        max_tokens: TOKENS_MAX,
        temperature: TEMPERATURE,
        seed: seed & SEED_BITS,
        stream: false,
    })
    .map_err(|why| Trouble::Wrong(why.to_string()))?;
    let mut request = Request::post(format!("{}/chat/completions", voice.place.path))
        .header(HOST, voice.place.authority())
        .header(ACCEPT, "application/json")
        .header(CONTENT_TYPE, "application/json")
        .header(USER_AGENT, "unruffled");
    if let Some(key) = &voice.key {
        request = request.header(AUTHORIZATION, key.clone());
    }
    let request = request
        .body(Full::new(Bytes::from(body)))
        .map_err(|why| Trouble::Wrong(why.to_string()))?;
    let bytes = match voice.place.connect().await? {
        Wire::Plain(line) => post(line, request).await?,
        Wire::Tls(line) => post(line, request).await?,
    };
    words(&bytes)
}

async fn post<L>(line: L, request: Request<Full<Bytes>>) -> Result<Vec<u8>, Trouble>
where
    L: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let down = |why: hyper::Error| Trouble::Down(why.to_string());
    let (mut sender, connection) = http1::handshake(TokioIo::new(line)).await.map_err(down)?;
    // Given up with us, whatever makes us give up.
    let _line = Held(tokio::spawn(connection).abort_handle());
    let answer = sender.send_request(request).await.map_err(down)?;
    if !answer.status().is_success() {
        return Err(Trouble::Wrong(format!(
            "it answered {}",
            answer.status().as_u16()
        )));
    }
    bounded(answer).await
}

/// A connection's own task, ended when nobody reads from it any more.
struct Held(AbortHandle);

impl Drop for Held {
    fn drop(&mut self) {
        self.0.abort();
    }
}

async fn bounded(answer: Response<Incoming>) -> Result<Vec<u8>, Trouble> {
    let mut body = answer.into_body();
    let mut bytes = Vec::new();
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|why| Trouble::Down(format!("it broke off: {why}")))?;
        if let Some(more) = frame.data_ref() {
            if bytes.len() + more.len() > ANSWER_BYTES_MAX {
                return Err(Trouble::TooMuch(ANSWER_BYTES_MAX));
            }
            bytes.extend_from_slice(more);
        }
    }
    Ok(bytes)
}

/// The first answer's words, without what some models think aloud before them.
fn words(bytes: &[u8]) -> Result<String, Trouble> {
    let answered: Answered =
        serde_json::from_slice(bytes).map_err(|why| Trouble::Wrong(why.to_string()))?;
    let words = answered
        .choices
        .into_iter()
        .find_map(|choice| choice.message.content)
        .unwrap_or_default();
    let said = match words.rsplit_once("</think>") {
        Some((_, said)) => said,
        None => &words,
    };
    match said.trim() {
        "" => Err(Trouble::Wrong("it said nothing".to_owned())),
        said => Ok(said.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_an_answer_are_found_and_what_is_none_is_told() {
        let said = |json: &str| words(json.as_bytes());
        assert_eq!(
            said(
                r#"{"choices":[{"message":{"role":"assistant","content":"<think>Hm.</think>\n And Saturday? "}}]}"#
            ),
            Ok("And Saturday?".to_owned())
        );
        for none in [
            "",
            "{}",
            r#"{"choices":[{"message":{"content":null}}]}"#,
            r#"{"error":"no such model"}"#,
        ] {
            assert!(matches!(said(none), Err(Trouble::Wrong(_))), "{none}");
        }
    }
}
