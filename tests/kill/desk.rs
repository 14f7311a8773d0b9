//! A desk in a process of its own that can be killed and started again, and what a browser sees of it.

use crate::program::{command, unruffled_in};
use crate::servers::{self, MailServers};
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, ChildStdout, Command};
use std::time::{Duration, Instant};
use tempfile::TempDir;
use unruffled_store::Store;

pub const HELP: &str = "help@desk.test";
pub const JONES: &str = "jones@desk.test";
const PASSWORD: &str = "a calm long word";
const SETTINGS: &str = "desk.toml";

/// A whole desk may take this long for anything that is waited for; a slow machine is no failure.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// The folder of a desk, beside real mail servers.
pub struct Place {
    pub folder: TempDir,
    pub servers: MailServers,
    /// Ada's, once she has logged in; it outlives every process.
    cookie: String,
}

/// The desk while it runs.
pub struct Running {
    child: Child,
    out: BufReader<ChildStdout>,
    address: String,
    cookie: String,
}

/// An answer that came whole.
pub struct Answer {
    pub status: u16,
    head: String,
    pub body: String,
}

impl Place {
    /// `None` where the mail servers are not installed, which has been said then.
    pub fn new(with_smtp: bool) -> Option<Place> {
        let servers = MailServers::or_leave_out(&[HELP, JONES], with_smtp)?;
        let folder = tempfile::tempdir().expect("a folder can be made");
        let at = |name: &str| folder.path().join(name);
        fs::write(at("password"), servers::PASSWORD).expect("a file can be written");
        let end = |name: &str, port: u16, tls: &str| {
            format!(
                "[{name}]\nhost = \"127.0.0.1\"\nport = {port}\ntls = \"{tls}\"\nuser = \"{HELP}\"\n\
                 password_file = \"password\"\nca_file = \"{}\"\n",
                servers.ca_file.display()
            )
        };
        let mut settings = format!(
            "listen = \"127.0.0.1:0\"\nundo_seconds = 0\nlog = \"info\"\n\
             [inbox]\nname = \"Harbour Baths\"\naddress = \"{HELP}\"\n{}",
            end("imap", servers.imaps, "implicit")
        );
        if with_smtp {
            settings += &end("smtp", servers.submission, "start-tls");
        }
        fs::write(at(SETTINGS), settings).expect("a file can be written");
        let add = [
            "agent", "add", "ada", "--name", "Ada Lind", "--config", SETTINGS,
        ];
        let said = unruffled_in(folder.path(), &add, &format!("{PASSWORD}\n"));
        assert_eq!(said.code, 0, "{}{}", said.out, said.err);
        let mut place = Place {
            folder,
            servers,
            cookie: String::new(),
        };
        place.log_in();
        Some(place)
    }

    /// Once; the session is in the database and holds through every kill.
    fn log_in(&mut self) {
        let desk = self.start();
        let form = format!("login=ada&password={}", PASSWORD.replace(' ', "+"));
        let answer = desk.post("/session", &form).expect("the desk answers");
        let cookie = answer.head.lines().find_map(|line| {
            let (name, value) = line.split_once(": ")?;
            name.eq_ignore_ascii_case("set-cookie")
                .then(|| value.split(';').next())?
        });
        self.cookie = cookie.expect("ada can log in").to_owned();
        desk.end();
    }

    /// The process, without waiting for anything.
    pub fn spawn(&self) -> Running {
        let log = File::options()
            .create(true)
            .append(true)
            .open(self.folder.path().join("log"))
            .expect("a file can be written");
        let mut child = command(self.folder.path(), &["serve", "--config", SETTINGS])
            .stdin(std::process::Stdio::null())
            .stderr(log)
            .spawn()
            .expect("the program starts");
        let out = BufReader::new(child.stdout.take().expect("it has an output"));
        Running {
            child,
            out,
            address: String::new(),
            cookie: self.cookie.clone(),
        }
    }

    /// The process, once it listens.
    pub fn start(&self) -> Running {
        let mut desk = self.spawn();
        desk.listens()
            .unwrap_or_else(|| panic!("the desk did not start: {}", self.log()));
        desk
    }

    pub fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }

    pub fn deliver(&self, letter: &str) {
        let delivered = self.servers.deliver(HELP, letter.as_bytes());
        delivered.unwrap_or_else(|why| panic!("the mail server did not take a letter: {why}"));
    }

    /// The desk's database as the dead left it: a copy, so that the next start finds it untouched.
    pub async fn peek(&self) -> (Store, TempDir) {
        let copy = tempfile::tempdir().expect("a folder can be made");
        for name in ["unruffled.db", "unruffled.db-wal"] {
            let from = self.folder.path().join("desk").join(name);
            if from.exists() {
                fs::copy(from, copy.path().join(name)).expect("a file can be copied");
            }
        }
        (open(&copy.path().join("unruffled.db")).await, copy)
    }

    /// The desk's own database, beside whoever works on it.
    pub async fn look(&self) -> Store {
        open(&self.folder.path().join("desk/unruffled.db")).await
    }
}

async fn open(database: &Path) -> Store {
    let attachments = database.with_file_name("attachments");
    let store = Store::open_as_it_is(&database.display().to_string(), attachments).await;
    store.expect("a desk that was killed can be opened")
}

impl Running {
    /// Waits for its first line; `None` when it ended before.
    pub fn listens(&mut self) -> Option<()> {
        let mut line = String::new();
        self.out.read_line(&mut line).ok()?;
        let address = line.split("http://").nth(1)?;
        let end = address.find(|c: char| !c.is_ascii_digit() && !".:".contains(c));
        self.address = address[..end.unwrap_or(address.len())]
            .trim_end_matches('.')
            .to_owned();
        Some(())
    }

    /// `kill -9`: no last words, no tidying up.
    pub fn kill(mut self) {
        let ended = self.child.try_wait().expect("it can be asked");
        assert!(ended.is_none(), "the desk ended by itself: {ended:?}");
        self.slay();
        self.child.wait().expect("it ends");
    }

    /// The same while another thread is still talking to it; dropping it waits for its end.
    pub fn slay(&self) {
        let pid = self.child.id().to_string();
        let killed = Command::new("kill").args(["-KILL", &pid]).status();
        assert!(
            killed.is_ok_and(|status| status.success()),
            "there is a kill, and somebody to be killed"
        );
    }

    /// Ends it as `systemctl stop` does.
    pub fn end(mut self) {
        let pid = self.child.id().to_string();
        let asked = Command::new("kill").args(["-TERM", &pid]).status();
        assert!(
            asked.is_ok_and(|status| status.success()),
            "there is a kill"
        );
        let status = self.child.wait().expect("it ends");
        assert!(status.success(), "the desk did not end well: {status}");
    }

    pub fn get(&self, path: &str) -> Option<Answer> {
        self.ask("GET", path, "text/plain", "")
    }

    pub fn post(&self, path: &str, form: &str) -> Option<Answer> {
        self.ask("POST", path, "application/x-www-form-urlencoded", form)
    }

    pub fn put(&self, path: &str, json: &str) -> Option<Answer> {
        self.ask("PUT", path, "application/json", json)
    }

    /// A page that has to come.
    pub fn page(&self, path: &str) -> String {
        let answer = self.get(path).expect("the desk answers");
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        answer.body
    }

    /// One request. `None` when the line broke before the answer was whole: not acknowledged.
    fn ask(&self, method: &str, path: &str, kind: &str, body: &str) -> Option<Answer> {
        let mut line = TcpStream::connect(&self.address).ok()?;
        line.set_read_timeout(Some(PATIENCE)).ok()?;
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {0}\r\nOrigin: http://{0}\r\nCookie: {1}\r\nConnection: close\r\n\
             Content-Type: {kind}\r\nContent-Length: {2}\r\n\r\n{body}",
            self.address,
            self.cookie,
            body.len(),
        );
        line.write_all(request.as_bytes()).ok()?;
        let mut answer = String::new();
        line.read_to_string(&mut answer).ok()?;
        let (head, body) = answer.split_once("\r\n\r\n")?;
        let length = head.lines().find_map(|line| {
            let (name, value) = line.split_once(": ")?;
            name.eq_ignore_ascii_case("content-length").then_some(value)
        });
        if length?.parse() != Ok(body.len()) {
            return None;
        }
        let status = head.split(' ').nth(1)?.parse().ok()?;
        Some(Answer {
            status,
            head: head.to_owned(),
            body: body.to_owned(),
        })
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // After `slay`, or when a test failed half way; it may be gone already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Asks again and again until it is so, and gives how long that took.
pub fn until(what: &str, mut holds: impl FnMut() -> bool) -> Duration {
    let began = Instant::now();
    while !holds() {
        assert!(began.elapsed() < PATIENCE, "waited in vain for {what}");
        std::thread::sleep(Duration::from_millis(5));
    }
    began.elapsed()
}

/// What stands between two words of a page.
pub fn between<'a>(page: &'a str, before: &str, after: &str) -> &'a str {
    let start = page
        .find(before)
        .unwrap_or_else(|| panic!("the page lacks {before:?}"))
        + before.len();
    let rest = &page[start..];
    &rest[..rest.find(after).unwrap_or(rest.len())]
}
