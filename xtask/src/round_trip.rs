//! From a request with a draft to the answer with its notes, over loopback, one after another, as a person types.

use crate::bench::Row;
use crate::idle::Demo;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::time::{Duration, Instant};

/// Enough for a 99th percentile that ten slow ones make.
const REQUESTS: usize = 1000;
/// Not measured: the first ones load cards and warm the caches.
const WARM_UP: usize = 50;

/// A reply of about 150 words; each request carries a little more of it than the one before.
const DRAFT: &str = "Dear Mrs Okafor, you waited four months for messages that never came, and then for a call \
from us that never came either. That was ours to do and we did not do it. I am sorry that you heard of your father's \
appointment from a nurse. Here is where we are. The mailbox on 07700 900142 was moved in July and its new address was \
never switched on, so callers could speak and nothing was kept. Those messages cannot be brought back; I asked the \
network people twice this morning. The switch is on since 10:40 today and I have left you a message myself, please \
tell me whether it arrives. The four months at £18 come off your next bill, £72 in all. I will ring you today at 16:00 \
on this number to hear whether it works, and if I cannot reach you I will write by 17:00. You do not have to explain \
anything again. Ben";

pub fn measure(program: &Path) -> Result<Vec<Row>, String> {
    let demo = Demo::start(program)?;
    let mut browser = Browser::open(&demo.address)?;
    browser.log_in(&demo)?;
    let mut took = Vec::with_capacity(REQUESTS);
    for n in 0..WARM_UP + REQUESTS {
        let length = DRAFT.len() * (n % 100 + 1) / 100;
        let end = (length..DRAFT.len()).find(|at| DRAFT.is_char_boundary(*at));
        let draft = &DRAFT[..end.unwrap_or(DRAFT.len())];
        let began = Instant::now();
        let (status, answer) = browser.post(
            "/conversations/1/review",
            "application/json",
            &format!("{{\"draft\":\"{draft}\",\"ticks\":[]}}"),
        )?;
        let wait = began.elapsed();
        if status != 200 || !answer.contains("\"review\"") {
            return Err(format!("a review was answered with {status}"));
        }
        if n >= WARM_UP {
            took.push(wait);
        }
    }
    took.sort();
    let ms = |at: usize| took[at].as_secs_f64() * 1e3;
    let most = ms(REQUESTS * 99 / 100);
    Ok(vec![Row {
        what: format!("Typing round trip, {REQUESTS} reviews"),
        measured: format!(
            "half within {:.1} ms, 99 of 100 within {most:.1} ms",
            ms(REQUESTS / 2)
        ),
        aim: Some(("99 of 100 under 10 ms", most < 10.0)),
    }])
}

/// One connection kept open, as a browser keeps it.
struct Browser {
    line: BufReader<TcpStream>,
    address: String,
    cookie: String,
}

impl Browser {
    fn open(address: &str) -> Result<Browser, String> {
        let line = TcpStream::connect(address).map_err(|why| format!("no answer: {why}"))?;
        line.set_nodelay(true).map_err(|why| why.to_string())?;
        line.set_read_timeout(Some(Duration::from_secs(10)))
            .map_err(|why| why.to_string())?;
        Ok(Browser {
            line: BufReader::new(line),
            address: address.to_owned(),
            cookie: String::new(),
        })
    }

    /// With the login that the demo itself prints.
    fn log_in(&mut self, demo: &Demo) -> Result<(), String> {
        let said = demo.said.iter().find_map(|line| {
            let (_, rest) = line.split_once("log in as ")?;
            let mut words = rest.split_whitespace();
            Some((words.next()?.to_owned(), words.last()?.to_owned()))
        });
        let (login, password) = said.ok_or("the demo did not say how to log in")?;
        let form = format!("login={login}&password={password}");
        self.post("/session", "application/x-www-form-urlencoded", &form)?;
        if self.cookie.is_empty() {
            return Err("the demo did not let its own login in".to_owned());
        }
        Ok(())
    }

    fn post(&mut self, path: &str, kind: &str, body: &str) -> Result<(u16, String), String> {
        let ask = format!(
            "POST {path} HTTP/1.1\r\nHost: {0}\r\nOrigin: http://{0}\r\nCookie: {1}\r\nAccept: application/json\r\n\
             Content-Type: {kind}\r\nContent-Length: {2}\r\n\r\n{body}",
            self.address,
            self.cookie,
            body.len(),
        );
        let broke = |why: std::io::Error| format!("the line broke: {why}");
        self.line
            .get_mut()
            .write_all(ask.as_bytes())
            .map_err(broke)?;
        let mut status = 0;
        let mut length = 0;
        let mut head = String::new();
        loop {
            head.clear();
            self.line.read_line(&mut head).map_err(broke)?;
            let line = head.trim_end();
            if line.is_empty() {
                break;
            }
            if let Some(rest) = line.strip_prefix("HTTP/1.1 ") {
                status = rest
                    .split(' ')
                    .next()
                    .and_then(|n| n.parse().ok())
                    .unwrap_or(0);
            }
            let (name, value) = line.split_once(": ").unwrap_or((line, ""));
            if name.eq_ignore_ascii_case("content-length") {
                length = value.parse().unwrap_or(0);
            }
            if name.eq_ignore_ascii_case("set-cookie") {
                self.cookie = value.split(';').next().unwrap_or("").to_owned();
            }
        }
        let mut body = vec![0; length];
        self.line.read_exact(&mut body).map_err(broke)?;
        Ok((status, String::from_utf8_lossy(&body).into_owned()))
    }
}
