//! An HTTP server that answers as it is told, byte for byte.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

/// What it does with whoever comes.
#[derive(Clone)]
pub enum Manner {
    /// Answers these bytes.
    Says(String),
    /// Answers with a body of so many bytes that never ends in time.
    SaysMuch(usize),
    /// Takes the question and says nothing.
    Silent,
}

pub struct Endpoint {
    pub at: SocketAddr,
    /// The first line of every question.
    pub heard: Arc<Mutex<Vec<String>>>,
    /// How many bytes of a body were taken off it.
    pub taken: Arc<Mutex<usize>>,
}

pub fn json(body: &str) -> Manner {
    let length = body.len();
    Manner::Says(format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
    ))
}

impl Endpoint {
    pub async fn start(manner: Manner) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let at = listener.local_addr().expect("a port");
        let (heard, taken) = (Arc::default(), Arc::default());
        let endpoint = Self {
            at,
            heard: Arc::clone(&heard),
            taken: Arc::clone(&taken),
        };
        tokio::spawn(async move {
            while let Ok((line, _)) = listener.accept().await {
                let (manner, heard, taken) =
                    (manner.clone(), Arc::clone(&heard), Arc::clone(&taken));
                tokio::spawn(answer(line, manner, heard, taken));
            }
        });
        endpoint
    }

    pub fn heard(&self) -> Vec<String> {
        self.heard.lock().expect("the list").clone()
    }

    pub fn taken(&self) -> usize {
        *self.taken.lock().expect("the count")
    }
}

async fn answer(
    mut line: tokio::net::TcpStream,
    manner: Manner,
    heard: Arc<Mutex<Vec<String>>>,
    taken: Arc<Mutex<usize>>,
) {
    let mut asked = Vec::new();
    let mut part = [0; 4096];
    while !asked.windows(4).any(|end| end == b"\r\n\r\n") {
        match line.read(&mut part).await {
            Ok(0) | Err(_) => return,
            Ok(more) => asked.extend_from_slice(&part[..more]),
        }
    }
    let asked = String::from_utf8_lossy(&asked).into_owned();
    heard.lock().expect("the list").push(asked);
    match manner {
        Manner::Says(words) => drop(line.write_all(words.as_bytes()).await),
        Manner::Silent => tokio::time::sleep(Duration::from_secs(60)).await,
        Manner::SaysMuch(bytes) => {
            let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {bytes}\r\n\r\n");
            drop(line.write_all(head.as_bytes()).await);
            let chunk = vec![b' '; 64 * 1024];
            for _ in 0..bytes / chunk.len() {
                if line.write_all(&chunk).await.is_err() {
                    return;
                }
                *taken.lock().expect("the count") += chunk.len();
            }
        }
    }
}
