//! How soon the demo answers after its start, and how much memory it holds when nobody asks anything.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Enough starts for a median that one busy second cannot move.
const STARTS: usize = 9;
/// Long enough for the first jobs to be done and for freed memory to be given back.
const REST: Duration = Duration::from_secs(3);

/// A demo in a process of its own; gone when dropped.
pub struct Demo {
    child: Child,
    pub address: String,
    /// Everything it said before it was ready, logins included.
    pub said: Vec<String>,
}

impl Demo {
    pub fn start(program: &Path) -> Result<Demo, String> {
        let mut child = Command::new(program)
            .args(["demo", "--port", "0"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|why| format!("the demo did not start: {why}"))?;
        let out = child.stdout.take().ok_or("the demo has no output")?;
        let mut demo = Demo {
            child,
            address: String::new(),
            said: Vec::new(),
        };
        for line in BufReader::new(out).lines().map_while(Result::ok) {
            let found = line
                .split_whitespace()
                .find_map(|w| w.strip_prefix("http://"));
            if let Some(address) = found {
                demo.address = address.trim_end_matches('/').to_owned();
            }
            demo.said.push(line.clone());
            // Its last line: everything a person needs has been said.
            if line.contains("Ctrl-C") {
                break;
            }
        }
        if demo.address.is_empty() {
            return Err("the demo ended without saying its address".to_owned());
        }
        Ok(demo)
    }

    /// Resident memory in kilobytes.
    fn resident_kb(&self) -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let line = status.lines().find(|l| l.starts_with("VmRSS:"))?;
        line.split_whitespace().nth(1)?.parse().ok()
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        // Asked first, so that it takes its folder away; killed only if it does not listen.
        let pid = self.child.id().to_string();
        let _ = Command::new("kill").args(["-INT", &pid]).status();
        for _ in 0..100 {
            if matches!(self.child.try_wait(), Ok(Some(_))) {
                return;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub fn measure(program: &Path) -> Result<String, String> {
    let mut starts = Vec::with_capacity(STARTS);
    for _ in 0..STARTS {
        let began = Instant::now();
        let demo = Demo::start(program)?;
        first_page(&demo.address)?;
        starts.push(began.elapsed());
    }
    starts.sort();
    let demo = Demo::start(program)?;
    first_page(&demo.address)?;
    std::thread::sleep(REST);
    let kb = demo
        .resident_kb()
        .ok_or("this system does not tell a process's memory")?;
    Ok(format!(
        "from start to first page {:.0} ms (median of {STARTS}, slowest {:.0} ms), seeding included; idle {:.1} MB",
        starts[STARTS / 2].as_secs_f64() * 1e3,
        starts[STARTS - 1].as_secs_f64() * 1e3,
        kb as f64 / 1e3,
    ))
}

fn first_page(address: &str) -> Result<(), String> {
    let mut line = TcpStream::connect(address).map_err(|why| format!("no answer: {why}"))?;
    let ask = format!("GET /login HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    let mut page = Vec::new();
    line.write_all(ask.as_bytes())
        .and_then(|()| line.read_to_end(&mut page))
        .map_err(|why| format!("no page: {why}"))?;
    if page.starts_with(b"HTTP/1.1 200") {
        Ok(())
    } else {
        Err("the log-in page did not come".to_owned())
    }
}
