//! A real Dovecot and a real Postfix on loopback, for one test, in one folder, gone afterwards.
//!
//! Uses nothing but the standard library, so that other crates' tests can include it by its path:
//! `#[path = "../../mail/tests/servers/mod.rs"] mod servers;`

#![allow(dead_code)]

use std::{
    fs,
    io::{BufRead, BufReader, Write},
    net::{TcpListener, TcpStream},
    os::unix::{fs::PermissionsExt, net::UnixStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::atomic::{AtomicU32, Ordering},
    time::{Duration, Instant},
};

/// Running servers. Users are full addresses in `desk.test`; their password is [`PASSWORD`].
pub struct MailServers {
    pub folder: PathBuf,
    /// IMAP in the open and with STARTTLS.
    pub imap: u16,
    /// IMAP over TLS.
    pub imaps: u16,
    /// SMTP with STARTTLS and a login. Nobody listens when only IMAP was started.
    pub submission: u16,
    /// SMTP over TLS with a login.
    pub smtps: u16,
    /// The certificate to trust, for the name `localhost` and the address `127.0.0.1`.
    pub ca_file: PathBuf,
    pub users: Vec<String>,
    dovecot: Child,
    sink: Option<Child>,
}

pub const PASSWORD: &str = "a quiet secret";

const START_MAX: Duration = Duration::from_secs(20);

impl MailServers {
    /// Dovecot and Postfix, with a next hop that refuses everybody outside `desk.test`.
    pub fn start(users: &[&str]) -> Result<Self, String> {
        Self::build(users, true)
    }

    /// Dovecot alone, which starts faster. Letters come in by [`Self::deliver`].
    pub fn start_imap(users: &[&str]) -> Result<Self, String> {
        Self::build(users, false)
    }

    /// For tests: `None` when the servers are not installed here, which is said aloud and is a failure
    /// where nothing may be left out.
    pub fn or_leave_out(users: &[&str], with_smtp: bool) -> Option<Self> {
        if let Err(missing) = available() {
            assert!(
                std::env::var_os("UNRUFFLED_ALL_TESTS").is_none_or(|all| all != "1"),
                "{missing}"
            );
            eprintln!("LEFT OUT: this test needs real mail servers. {missing}");
            return None;
        }
        Some(
            Self::build(users, with_smtp)
                .unwrap_or_else(|problem| panic!("the mail servers did not start: {problem}")),
        )
    }

    fn build(users: &[&str], with_smtp: bool) -> Result<Self, String> {
        available()?;
        let folder = own_folder().map_err(|error| error.to_string())?;
        let result = Self::begin(&folder, users, with_smtp);
        if result.is_err() && std::env::var_os("KEEP_MAIL_SERVERS").is_none() {
            let _ = fs::remove_dir_all(&folder);
        }
        result
    }

    fn begin(folder: &Path, users: &[&str], with_smtp: bool) -> Result<Self, String> {
        let words = |error: std::io::Error| error.to_string();
        user_vmail()?;
        certificates(folder)?;
        let [imap, imaps, submission, smtps, sink_port] = free_ports().map_err(words)?;
        let passwd: String = users
            .iter()
            .map(|user| format!("{user}:{{PLAIN}}{PASSWORD}::::::\n"))
            .collect();
        fs::write(folder.join("passwd"), passwd).map_err(words)?;
        let recipients: String = users.iter().map(|user| format!("{user} ok\n")).collect();
        fs::write(folder.join("recipients"), recipients).map_err(words)?;
        fs::create_dir(folder.join("home")).map_err(words)?;
        run("chown", &["vmail:vmail", &text(&folder.join("home"))])?;
        let name = text(Path::new(folder.file_name().unwrap_or_default()));
        let fill = |template: &str| {
            template
                .replace("@DIR@", &text(folder))
                .replace("@NAME@", &name)
                .replace("@IMAPS@", &imaps.to_string())
                .replace("@IMAP@", &imap.to_string())
                .replace("@SUBMISSION@", &submission.to_string())
                .replace("@SMTPS@", &smtps.to_string())
                .replace("@SINK@", &sink_port.to_string())
        };
        fs::write(
            folder.join("dovecot.conf"),
            fill(include_str!("dovecot.conf")),
        )
        .map_err(words)?;
        let dovecot = Command::new("dovecot")
            .args(["-F", "-c", &text(&folder.join("dovecot.conf"))])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(words)?;
        let mut servers = Self {
            folder: folder.into(),
            imap,
            imaps,
            submission,
            smtps,
            ca_file: folder.join("ca.pem"),
            users: users.iter().map(ToString::to_string).collect(),
            dovecot,
            sink: None,
        };
        listening(imap, "Dovecot", &folder.join("dovecot.log"))?;
        if with_smtp {
            let conf = folder.join("postfix.d");
            fs::create_dir(&conf).map_err(words)?;
            for made in ["queue", "postfix"] {
                fs::create_dir(folder.join(made)).map_err(words)?;
            }
            run("chown", &["postfix", &text(&folder.join("postfix"))])?;
            fs::write(conf.join("main.cf"), fill(include_str!("main.cf"))).map_err(words)?;
            fs::write(conf.join("master.cf"), fill(include_str!("master.cf"))).map_err(words)?;
            let sink = Command::new("smtp-sink")
                .args([
                    "-u",
                    "nobody",
                    "-f",
                    "RCPT",
                    &format!("127.0.0.1:{sink_port}"),
                    "10",
                ])
                .stdin(Stdio::null())
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .map_err(words)?;
            servers.sink = Some(sink);
            run("postfix", &["-c", &text(&conf), "start"])?;
            listening(submission, "Postfix", &folder.join("postfix.log"))?;
        }
        Ok(servers)
    }

    /// Puts a letter into a user's inbox, as a mail server would at the end of its way.
    pub fn deliver(&self, to: &str, letter: &[u8]) -> Result<(), String> {
        let mut wire =
            UnixStream::connect(self.folder.join("lmtp")).map_err(|error| error.to_string())?;
        let mut answers = BufReader::new(wire.try_clone().map_err(|error| error.to_string())?);
        let mut say = |line: &str, expect: char| -> Result<(), String> {
            wire.write_all(line.as_bytes())
                .map_err(|error| error.to_string())?;
            loop {
                let mut answer = String::new();
                answers
                    .read_line(&mut answer)
                    .map_err(|error| error.to_string())?;
                if answer.as_bytes().get(3) != Some(&b'-') {
                    return if answer.starts_with(expect) {
                        Ok(())
                    } else {
                        Err(format!("{line:?} was answered {answer:?}"))
                    };
                }
            }
        };
        say("", '2')?;
        say("LHLO test\r\n", '2')?;
        say("MAIL FROM:<sender@elsewhere.test>\r\n", '2')?;
        say(&format!("RCPT TO:<{to}>\r\n"), '2')?;
        say("DATA\r\n", '3')?;
        let mut body = String::from_utf8_lossy(letter)
            .replace("\r\n", "\n")
            .replace("\n.", "\n..")
            .replace('\n', "\r\n");
        body.push_str("\r\n.\r\n");
        say(&body, '2')?;
        say("QUIT\r\n", '2')
    }

    /// Runs `doveadm` on this Dovecot.
    pub fn doveadm(&self, args: &[&str]) -> Result<String, String> {
        let conf = text(&self.folder.join("dovecot.conf"));
        run("doveadm", &[&["-c", &conf], args].concat())
    }

    /// Ends a user's connections from the server's side.
    pub fn cut_off(&self, user: &str) -> Result<(), String> {
        self.doveadm(&["kick", user]).map(drop)
    }
}

impl Drop for MailServers {
    fn drop(&mut self) {
        let conf = text(&self.folder.join("postfix.d"));
        if self.sink.is_some() {
            let _ = run("postfix", &["-c", &conf, "stop"]);
        }
        // Not by `doveadm stop`: it waits for a process that only we can see off.
        let _ = run("kill", &["-TERM", &self.dovecot.id().to_string()]);
        let until = Instant::now() + Duration::from_secs(5);
        while Instant::now() < until && matches!(self.dovecot.try_wait(), Ok(None)) {
            std::thread::sleep(Duration::from_millis(20));
        }
        for child in [Some(&mut self.dovecot), self.sink.as_mut()]
            .into_iter()
            .flatten()
        {
            let _ = child.kill();
            let _ = child.wait();
        }
        if std::env::var_os("KEEP_MAIL_SERVERS").is_none() {
            let _ = fs::remove_dir_all(&self.folder);
        }
    }
}

/// What is missing here, if anything.
pub fn available() -> Result<(), String> {
    let there = |name: &str| {
        ["/usr/sbin", "/usr/bin", "/sbin", "/bin", "/usr/local/bin"]
            .iter()
            .any(|place| Path::new(place).join(name).is_file())
    };
    let missing: Vec<_> = ["dovecot", "doveadm", "postfix", "smtp-sink", "openssl"]
        .into_iter()
        .filter(|name| !there(name))
        .collect();
    if !missing.is_empty() {
        return Err(format!(
            "Not installed: {}. On Debian: apt-get install dovecot-imapd dovecot-lmtpd postfix openssl.",
            missing.join(", ")
        ));
    }
    if !Path::new("/usr/lib/dovecot/lmtp").exists() {
        return Err(
            "Not installed: Dovecot's LMTP. On Debian: apt-get install dovecot-lmtpd.".into(),
        );
    }
    match run("id", &["-u"]) {
        Ok(id) if id.trim() == "0" => Ok(()),
        _ => Err("Dovecot and Postfix can only be started by root.".into()),
    }
}

fn own_folder() -> std::io::Result<PathBuf> {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let name = format!(
        "unruffled-mail-{}-{}",
        std::process::id(),
        COUNT.fetch_add(1, Ordering::Relaxed)
    );
    let folder = std::env::temp_dir().join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir(&folder)?;
    // The servers' own users must be able to reach their files.
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755))?;
    Ok(folder)
}

fn user_vmail() -> Result<(), String> {
    if run("id", &["-u", "vmail"]).is_ok() {
        return Ok(());
    }
    let made = run(
        "useradd",
        &[
            "--system",
            "--user-group",
            "--no-create-home",
            "--shell",
            "/usr/sbin/nologin",
            "vmail",
        ],
    );
    // Another test may have been faster.
    if run("id", &["-u", "vmail"]).is_ok() {
        Ok(())
    } else {
        made.map(drop)
    }
}

/// An authority of the test's own and a certificate from it.
fn certificates(folder: &Path) -> Result<(), String> {
    let at = |name: &str| text(&folder.join(name));
    let key = |name: &str| {
        run(
            "openssl",
            &[
                "ecparam",
                "-name",
                "prime256v1",
                "-genkey",
                "-noout",
                "-out",
                &at(name),
            ],
        )
    };
    key("ca-key.pem")?;
    key("key.pem")?;
    run(
        "openssl",
        &[
            "req",
            "-x509",
            "-new",
            "-key",
            &at("ca-key.pem"),
            "-days",
            "2",
            "-subj",
            "/CN=Test authority",
            "-out",
            &at("ca.pem"),
        ],
    )?;
    run(
        "openssl",
        &[
            "req",
            "-new",
            "-key",
            &at("key.pem"),
            "-subj",
            "/CN=localhost",
            "-out",
            &at("request.pem"),
        ],
    )?;
    fs::write(
        folder.join("names"),
        "subjectAltName=DNS:localhost,IP:127.0.0.1\nbasicConstraints=CA:FALSE\n",
    )
    .map_err(|error| error.to_string())?;
    run(
        "openssl",
        &[
            "x509",
            "-req",
            "-in",
            &at("request.pem"),
            "-CA",
            &at("ca.pem"),
            "-CAkey",
            &at("ca-key.pem"),
            "-CAcreateserial",
            "-days",
            "2",
            "-extfile",
            &at("names"),
            "-out",
            &at("cert.pem"),
        ],
    )?;
    Ok(())
}

/// Ports that nobody holds just now; all are held together while they are chosen.
fn free_ports<const N: usize>() -> std::io::Result<[u16; N]> {
    let mut held = Vec::new();
    let mut ports = [0; N];
    for port in &mut ports {
        let listener = TcpListener::bind(("127.0.0.1", 0))?;
        *port = listener.local_addr()?.port();
        held.push(listener);
    }
    Ok(ports)
}

fn listening(port: u16, who: &str, log: &Path) -> Result<(), String> {
    let until = Instant::now() + START_MAX;
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        if Instant::now() > until {
            return Err(format!(
                "{who} does not listen. Its log: {}",
                fs::read_to_string(log).unwrap_or_default()
            ));
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    Ok(())
}

fn run(program: &str, args: &[&str]) -> Result<String, String> {
    let output = Command::new(program)
        .args(args)
        .stdin(Stdio::null())
        .output()
        .map_err(|error| format!("{program}: {error}"))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        Err(format!(
            "{program} {}: {}{}",
            args.join(" "),
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        ))
    }
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}
