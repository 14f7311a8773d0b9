//! How soon the desk answers after its start, and how much memory it holds when nobody asks anything.

use crate::bench::Row;
use crate::machine;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Enough starts for a median that one busy second cannot move.
const STARTS: usize = 10;
/// Long enough for the first jobs to be done and for freed memory to be given back.
const REST: Duration = Duration::from_secs(10);

/// A demo in a process of its own; gone when dropped.
pub struct Demo {
    child: Child,
    pub address: String,
    /// Everything it said before it was ready, logins included.
    pub said: Vec<String>,
}

impl Demo {
    /// A story told anew, in a folder that goes with it.
    pub fn start(program: &Path) -> Result<Demo, String> {
        Demo::start_with(program, &[])
    }

    fn start_with(program: &Path, more: &[&str]) -> Result<Demo, String> {
        let mut child = Command::new(program)
            .args(["demo", "--port", "0"])
            .args(more)
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

pub fn measure(program: &Path) -> Result<Vec<Row>, String> {
    let (told, _) = median(|| Demo::start(program))?;
    let kept = Kept::new();
    // The first start tells the story; the others find it told, as a desk finds its letters.
    drop(Demo::start_with(program, &["--folder", &kept.words()])?);
    let (start, slowest) = median(|| Demo::start_with(program, &["--folder", &kept.words()]))?;

    let demo = Demo::start_with(program, &["--folder", &kept.words()])?;
    is_well(&demo.address)?;
    std::thread::sleep(REST);
    let kb = demo
        .resident_kb()
        .ok_or("this system does not tell a process's memory")?;
    let mb = kb as f64 / 1e3;
    Ok(vec![
        Row {
            what: "From start to the first answer".to_owned(),
            measured: format!("{start:.0} ms (slowest of {STARTS}: {slowest:.0} ms)"),
            aim: Some(("under 300 ms", start < 300.0)),
        },
        Row {
            what: "The same for the demo, telling its story first".to_owned(),
            measured: format!("{told:.0} ms"),
            aim: None,
        },
        Row {
            what: format!("Memory of the idle desk after {} s", REST.as_secs()),
            measured: format!("{mb:.0} MB"),
            aim: Some(("under 60 MB", mb < 60.0)),
        },
    ])
}

/// Median and slowest, in milliseconds, from the start of the process to the first 200.
fn median(start: impl Fn() -> Result<Demo, String>) -> Result<(f64, f64), String> {
    let mut took = Vec::with_capacity(STARTS);
    for _ in 0..STARTS {
        let began = Instant::now();
        let demo = start()?;
        is_well(&demo.address)?;
        took.push(began.elapsed().as_secs_f64() * 1e3);
    }
    took.sort_by(f64::total_cmp);
    Ok((took[STARTS / 2], took[STARTS - 1]))
}

fn is_well(address: &str) -> Result<(), String> {
    let mut line = TcpStream::connect(address).map_err(|why| format!("no answer: {why}"))?;
    let ask = format!("GET /health HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    let mut page = Vec::new();
    line.write_all(ask.as_bytes())
        .and_then(|()| line.read_to_end(&mut page))
        .map_err(|why| format!("no answer: {why}"))?;
    if page.starts_with(b"HTTP/1.1 200") {
        Ok(())
    } else {
        Err("the desk does not say that it is well".to_owned())
    }
}

/// A folder for a demo that is started again and again.
struct Kept(PathBuf);

impl Kept {
    fn new() -> Kept {
        let folder = machine::target().join("bench-desk");
        let _ = std::fs::remove_dir_all(&folder);
        Kept(folder)
    }

    fn words(&self) -> String {
        self.0.display().to_string()
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
