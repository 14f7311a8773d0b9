//! A model that answers well, late, wrongly, or not at all.

use super::*;
use std::sync::LazyLock;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use unruffled_engine::Engine;
use unruffled_rehearsal::{Shelf, Voice as By};
use unruffled_voice::VoiceSettings;

static ENGINE: LazyLock<Engine> = LazyLock::new(Engine::embedded);
static SHELF: LazyLock<Shelf> = LazyLock::new(Shelf::embedded);

/// A server that says the same to everybody, after a while; gives its address, and what it was asked.
async fn answering(
    status: &'static str,
    body: String,
    after: Duration,
) -> (String, tokio::task::JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("it listens");
    let url = format!("http://{}/v1", listener.local_addr().expect("it has one"));
    let asked = tokio::spawn(async move {
        let (mut line, _) = listener.accept().await.expect("somebody asks");
        let mut request = Vec::new();
        let mut piece = [0; 4096];
        // The body is JSON and ends with its brace; the answer may be given as soon as it is there.
        while !request.ends_with(b"}") {
            let read = line.read(&mut piece).await.expect("it is read");
            if read == 0 {
                break;
            }
            request.extend_from_slice(&piece[..read]);
        }
        tokio::time::sleep(after).await;
        let answer = format!(
            "HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
            body.len()
        );
        // Whoever asked may have stopped waiting.
        let _ = line.write_all(answer.as_bytes()).await;
        String::from_utf8_lossy(&request).into_owned()
    });
    (url, asked)
}

fn says(words: &str) -> String {
    serde_json::json!({"choices": [{"message": {"role": "assistant", "content": words}}]})
        .to_string()
}

fn voice(url: &str, wait_ms: u64) -> Voice {
    Voice::new(&VoiceSettings {
        url: url.to_owned(),
        model: "small".to_owned(),
        key: "sesame".to_owned(),
        wait_ms,
        ..VoiceSettings::default()
    })
    .expect("it is well")
    .expect("there is one")
}

fn replied() -> Rehearsal<'static> {
    let story = SHELF.get("the-gate-beeps").expect("it is one of ours");
    let mut rehearsal = Rehearsal::begin(&ENGINE, &SHELF.lines, story, 7);
    rehearsal.reply("You should have told us about your new name.");
    rehearsal
}

#[tokio::test]
async fn a_model_that_keeps_to_the_story_lends_its_words_and_is_marked() {
    let mut rehearsal = replied();
    let own = rehearsal.wrote().to_owned();
    let words = format!("{own} Honestly.");
    let (url, asked) = answering("200 OK", says(&words), Duration::ZERO).await;
    assert_eq!(
        speak(Some(&voice(&url, 5_000)), &mut rehearsal).await,
        Spoken::Lent
    );
    assert_eq!(
        (rehearsal.wrote(), rehearsal.wrote_by()),
        (words.as_str(), By::Model)
    );
    let asked = asked.await.expect("it was asked");
    assert!(
        asked.starts_with("POST /v1/chat/completions HTTP/1.1\r\n"),
        "{asked}"
    );
    assert!(
        asked
            .to_lowercase()
            .contains("authorization: bearer sesame")
    );
    assert!(asked.contains("You should have told us about your new name."));
}

#[tokio::test]
async fn a_model_that_is_slow_wrong_or_away_leaves_the_storys_own_words() {
    let invented = says(
        "I paid £250 on 12 June. Why does the gate beep at us? Can you sort it out before Saturday?",
    );
    for (status, body, after, why) in [
        (
            "200 OK",
            says("Fine."),
            Duration::from_secs(3),
            "did not answer within 150 ms",
        ),
        (
            "200 OK",
            "<html>".to_owned(),
            Duration::ZERO,
            "could not be read",
        ),
        (
            "404 Not Found",
            "{}".to_owned(),
            Duration::ZERO,
            "it answered 404",
        ),
        (
            "302 Found",
            "{}".to_owned(),
            Duration::ZERO,
            "it answered 302",
        ),
        ("200 OK", says(""), Duration::ZERO, "it said nothing"),
        (
            "200 OK",
            invented,
            Duration::ZERO,
            "which is not in the story",
        ),
    ] {
        let mut rehearsal = replied();
        let own = rehearsal.wrote().to_owned();
        let (url, _) = answering(status, body, after).await;
        // Only the slow one has to be given up; the others may have a slow machine.
        let wait_ms = if after.is_zero() { 5_000 } else { 150 };
        let began = Instant::now();
        let spoken = speak(Some(&voice(&url, wait_ms)), &mut rehearsal).await;
        let Spoken::FellBack(says) = spoken else {
            panic!("{why}: {spoken:?}");
        };
        assert!(says.contains(why), "{says}");
        assert!(began.elapsed() < Duration::from_secs(3), "{why}");
        assert_eq!(
            (rehearsal.wrote(), rehearsal.wrote_by()),
            (own.as_str(), By::Story)
        );
    }
    let mut rehearsal = replied();
    let nobody = speak(Some(&voice("http://127.0.0.1:9/v1", 5_000)), &mut rehearsal).await;
    assert!(matches!(nobody, Spoken::FellBack(says) if says.contains("could not be reached")));
    assert_eq!(speak(None, &mut rehearsal).await, Spoken::Nothing);
}
