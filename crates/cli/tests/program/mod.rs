//! The built program, run with some input in some folder.
#![allow(dead_code, reason = "each test binary uses its own part")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

/// What a run came to.
pub struct Said {
    pub out: String,
    pub err: String,
    pub code: i32,
}

/// The program with nothing of the machine's own settings in it.
pub fn command(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_unruffled"));
    command
        .args(args)
        .current_dir(folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    // What it makes for a while, it makes in the test's own folder, where it can be counted.
    if folder != Path::new(".") {
        command.env("TMPDIR", folder);
    }
    for (key, _) in std::env::vars_os() {
        if key.to_string_lossy().starts_with("UNRUFFLED_") {
            command.env_remove(key);
        }
    }
    command
}

pub fn unruffled(args: &[&str], input: &str) -> Said {
    unruffled_in(Path::new("."), args, input)
}

pub fn unruffled_in(folder: &Path, args: &[&str], input: &str) -> Said {
    let mut child = command(folder, args)
        .stdin(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().expect("it has an input");
    let input = input.to_owned();
    let writer = std::thread::spawn(move || {
        // It may end before it has read everything; that is its right.
        let _ = stdin.write_all(input.as_bytes());
    });
    let output = child.wait_with_output().expect("the program ends");
    writer.join().expect("writing ends");
    Said {
        out: String::from_utf8(output.stdout).expect("it prints text"),
        err: String::from_utf8(output.stderr).expect("it prints text"),
        code: output.status.code().expect("it was not killed"),
    }
}

/// A desk that serves in a process of its own; ended when dropped.
pub struct Serving {
    child: Child,
    out: BufReader<ChildStdout>,
    pub address: String,
    pub said: String,
}

impl Serving {
    pub fn start(folder: &Path, args: &[&str]) -> Serving {
        let mut child = command(folder, args)
            .stdin(Stdio::null())
            .spawn()
            .expect("the program starts");
        let mut out = BufReader::new(child.stdout.take().expect("it has an output"));
        let mut said = String::new();
        while !said.contains("Ctrl-C") {
            let read = out.read_line(&mut said).expect("it prints text");
            if read == 0 {
                let mut err = String::new();
                let mut end = child.stderr.take().expect("it has an error output");
                end.read_to_string(&mut err).expect("it prints text");
                panic!("it ended before it was ready:\n{said}{err}");
            }
        }
        let address = said.split("http://").nth(1).expect("it says its address");
        let address: String = address
            .chars()
            .take_while(|c| c.is_ascii_digit() || ".:".contains(*c))
            .collect();
        let address = address.trim_end_matches('.').to_owned();
        Serving {
            child,
            out,
            address,
            said,
        }
    }

    /// One request, as a browser without scripts would make it; gives the whole answer.
    pub fn ask(&self, request: &str, head: &str, body: &str) -> String {
        let mut line = TcpStream::connect(&self.address).expect("it listens");
        let ask = format!(
            "{request} HTTP/1.1\r\nHost: {0}\r\nOrigin: http://{0}\r\nConnection: close\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {1}\r\n{head}\r\n{body}",
            self.address,
            body.len(),
        );
        line.write_all(ask.as_bytes())
            .expect("it takes the request");
        let mut answer = Vec::new();
        line.read_to_end(&mut answer).expect("it answers");
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// Logs in; gives the cookie as a header line.
    pub fn log_in(&self, login: &str, password: &str) -> Option<String> {
        let answer = self.ask(
            "POST /session",
            "",
            &format!("login={login}&password={password}"),
        );
        let cookie = answer.lines().find_map(|l| {
            let (name, value) = l.split_once(": ")?;
            name.eq_ignore_ascii_case("set-cookie")
                .then(|| value.split(';').next().unwrap_or("").to_owned())
        })?;
        Some(format!("Cookie: {cookie}\r\n"))
    }

    /// Ends it as Ctrl-C does, and gives its exit code.
    pub fn end(mut self) -> Option<i32> {
        self.interrupt();
        let mut rest = String::new();
        self.out.read_to_string(&mut rest).expect("it prints text");
        self.child.wait().expect("it ends").code()
    }

    fn interrupt(&self) {
        let pid = self.child.id().to_string();
        Command::new("kill")
            .args(["-INT", &pid])
            .status()
            .expect("there is a kill");
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // Only when a test failed half way: `end` has waited already otherwise.
        if matches!(self.child.try_wait(), Ok(None)) {
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }
}
