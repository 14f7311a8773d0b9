//! A PostgreSQL for the tests: the one that is named, or a private one that lives as long as the tests.

use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::sync::Mutex;
use std::time::{Duration, Instant};
use tempfile::TempDir;

const BINARIES: &str = "/usr/lib/postgresql/15/bin";

pub struct Cluster {
    address: String,
    schemas: Mutex<Vec<String>>,
    private: Option<(Child, TempDir)>,
}

impl Cluster {
    /// The PostgreSQL of this machine. Where there is none, says so plainly.
    pub fn found_or_started() -> Option<Self> {
        if let Ok(address) = std::env::var("UNRUFFLED_TEST_POSTGRES") {
            return Some(Self {
                address,
                schemas: Mutex::default(),
                private: None,
            });
        }
        if Path::new(BINARIES).join("initdb").is_file() {
            return Some(Self::start());
        }
        let left_out = "PostgreSQL was left out: it is not installed here, and UNRUFFLED_TEST_POSTGRES names none.";
        assert!(
            std::env::var("UNRUFFLED_ALL_TESTS").as_deref() != Ok("1"),
            "{left_out}"
        );
        eprintln!("{left_out}");
        None
    }

    fn start() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let inside = folder.path().join("cluster");
        std::fs::create_dir(&inside).expect("a folder");
        if is_root() {
            // PostgreSQL refuses to run as root.
            let all = std::os::unix::fs::PermissionsExt::from_mode(0o755);
            std::fs::set_permissions(folder.path(), all).expect("permissions");
            done(Command::new("chown").arg("postgres").arg(&inside));
        }
        done(
            as_postgres("initdb")
                .args(["-A", "trust", "-U", "postgres", "-E", "UTF8", "-N", "-D"])
                .arg(&inside),
        );
        let port = TcpListener::bind("127.0.0.1:0")
            .expect("a port")
            .local_addr()
            .expect("a port")
            .port();
        let server = as_postgres("postgres")
            .arg("-D")
            .arg(&inside)
            .args(["-p", &port.to_string(), "-h", "127.0.0.1", "-k", "", "-F"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("PostgreSQL starts");
        let address = format!("postgres://postgres@127.0.0.1:{port}/postgres");
        let cluster = Self {
            address,
            schemas: Mutex::default(),
            private: Some((server, folder)),
        };
        let patience = Instant::now() + Duration::from_secs(30);
        while !cluster.psql("select 1").status.success() {
            assert!(
                Instant::now() < patience,
                "PostgreSQL did not answer in thirty seconds"
            );
            std::thread::sleep(Duration::from_millis(50));
        }
        cluster
    }

    /// An address at which one test is alone.
    pub fn address_of_a_new_schema(&self) -> String {
        let name = format!("unruffled_test_{}", uuid::Uuid::now_v7().simple());
        let made = self.psql(&format!("create schema {name}"));
        assert!(
            made.status.success(),
            "{}",
            String::from_utf8_lossy(&made.stderr)
        );
        self.schemas.lock().expect("the names").push(name.clone());
        let joint = if self.address.contains('?') { '&' } else { '?' };
        format!("{}{joint}options[search_path]={name}", self.address)
    }

    fn psql(&self, statement: &str) -> Output {
        let beside = Path::new(BINARIES).join("psql");
        let psql = if beside.is_file() {
            beside
        } else {
            "psql".into()
        };
        Command::new(psql)
            .args(["-qtA", "-c", statement, &self.address])
            .output()
            .expect("psql runs")
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        if self.private.is_none() {
            for name in self.schemas.lock().expect("the names").iter() {
                self.psql(&format!(
                    "set client_min_messages = error; drop schema {name} cascade"
                ));
            }
        }
        if let Some((server, _)) = &mut self.private {
            // INT asks for a fast end; it takes its own children along.
            drop(
                Command::new("kill")
                    .args(["-INT", &server.id().to_string()])
                    .status(),
            );
            drop(server.wait());
        }
    }
}

fn is_root() -> bool {
    std::os::unix::fs::MetadataExt::uid(&std::fs::metadata("/proc/self").expect("/proc")) == 0
}

/// One of PostgreSQL's programs, ended with us whatever ends us.
fn as_postgres(program: &str) -> Command {
    let path = Path::new(BINARIES).join(program);
    let mut command = Command::new("setpriv");
    if is_root() {
        command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups"]);
    }
    command
        .args(["--pdeathsig", "INT"])
        .arg(path)
        .current_dir("/");
    command
}

fn done(command: &mut Command) {
    let output = command.output().expect("the program runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}
