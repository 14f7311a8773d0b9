//! A PostgreSQL and a MariaDB of the tests' own, each as long as its test.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

const POSTGRES: &str = "/usr/lib/postgresql/15/bin";

pub struct Server {
    pub address: String,
    port: u16,
    running: Child,
    _folder: TempDir,
}

/// Where a program is missing, the tests say so, and fail where nothing may be left out.
fn left_out(what: &str, package: &str) {
    let words =
        format!("{what} was left out: it is not installed here (apt-get install {package}).");
    assert!(
        std::env::var("UNRUFFLED_ALL_TESTS").as_deref() != Ok("1"),
        "{words}"
    );
    eprintln!("{words}");
}

pub fn postgres(statements: &str) -> Option<Server> {
    if !Path::new(POSTGRES).join("initdb").is_file() {
        left_out("PostgreSQL", "postgresql-15");
        return None;
    }
    let (folder, inside) = folder_for("postgres");
    done(
        as_user("postgres", &Path::new(POSTGRES).join("initdb"))
            .args(["-A", "trust", "-U", "postgres", "-E", "UTF8", "-N", "-D"])
            .arg(&inside),
    );
    let port = free_port();
    let running = as_user("postgres", &Path::new(POSTGRES).join("postgres"))
        .arg("-D")
        .arg(&inside)
        .args(["-p", &port.to_string(), "-h", "127.0.0.1", "-k", "", "-F"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("PostgreSQL starts");
    let address = format!("postgres://postgres@127.0.0.1:{port}/postgres");
    let server = Server {
        address,
        port,
        running,
        _folder: folder,
    };
    server.waited_for(|server| server.psql("select 1"));
    done_with(&server.psql(statements));
    Some(server)
}

pub fn mariadb(statements: &str) -> Option<Server> {
    let program = ["/usr/sbin/mariadbd", "/usr/local/sbin/mariadbd"]
        .map(PathBuf::from)
        .into_iter()
        .find(|path| path.is_file());
    let Some(program) = program else {
        left_out("MariaDB", "mariadb-server");
        return None;
    };
    let (folder, inside) = folder_for("mysql");
    let data = format!("--datadir={}", inside.display());
    let user = if is_root() { "mysql" } else { "" };
    let mut install = Command::new("mariadb-install-db");
    install.args([
        "--no-defaults",
        &data,
        "--auth-root-authentication-method=normal",
        "--skip-test-db",
    ]);
    if !user.is_empty() {
        install.arg("--user=mysql");
    }
    done(&mut install);
    let port = free_port();
    let socket = format!("--socket={}", inside.join("socket").display());
    let running = as_user("mysql", &program)
        .args(["--no-defaults", &data, &socket, "--bind-address=127.0.0.1"])
        .args([
            format!("--port={port}"),
            "--innodb-buffer-pool-size=16M".to_owned(),
        ])
        .args(["--skip-log-bin", "--innodb-flush-log-at-trx-commit=0"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("MariaDB starts");
    let address = format!("mysql://root@127.0.0.1:{port}/till");
    let server = Server {
        address,
        port,
        running,
        _folder: folder,
    };
    server.waited_for(|server| server.mariadb("", "select 1"));
    done_with(&server.mariadb("", "create database till"));
    done_with(&server.mariadb("till", statements));
    Some(server)
}

impl Server {
    fn waited_for(&self, asked: impl Fn(&Self) -> Output) {
        let patience = Instant::now() + Duration::from_secs(60);
        while !asked(self).status.success() {
            assert!(
                Instant::now() < patience,
                "the server did not answer in a minute"
            );
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    pub fn psql(&self, statement: &str) -> Output {
        Command::new(Path::new(POSTGRES).join("psql"))
            .args([
                "-qtA",
                "-v",
                "ON_ERROR_STOP=1",
                "-c",
                statement,
                &self.address,
            ])
            .output()
            .expect("psql runs")
    }

    pub fn mariadb(&self, database: &str, statement: &str) -> Output {
        Command::new("mariadb")
            .args([
                "--no-defaults",
                "--protocol=tcp",
                "-h",
                "127.0.0.1",
                "-u",
                "root",
                "-N",
                "-P",
            ])
            .arg(self.port.to_string())
            .args(["-e", statement])
            .args((!database.is_empty()).then_some(database))
            .output()
            .expect("mariadb runs")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Asked to end at once, whatever is connected: PostgreSQL by INT, MariaDB by TERM.
        let signal = if self.address.starts_with("postgres") {
            "-INT"
        } else {
            "-TERM"
        };
        drop(
            Command::new("kill")
                .args([signal, &self.running.id().to_string()])
                .status(),
        );
        drop(self.running.wait());
    }
}

fn folder_for(user: &str) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let inside = folder.path().join("data");
    std::fs::create_dir(&inside).expect("a folder");
    if is_root() {
        let all = std::os::unix::fs::PermissionsExt::from_mode(0o755);
        std::fs::set_permissions(folder.path(), all).expect("permissions");
        done(Command::new("chown").arg(user).arg(&inside));
    }
    (folder, inside)
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.local_addr().expect("a port").port()
}

fn is_root() -> bool {
    std::os::unix::fs::MetadataExt::uid(&std::fs::metadata("/proc/self").expect("/proc")) == 0
}

/// A program that refuses to run as root, ended with us whatever ends us.
fn as_user(user: &str, program: &Path) -> Command {
    let mut command = Command::new("setpriv");
    if is_root() {
        command.args([
            &format!("--reuid={user}"),
            &format!("--regid={user}"),
            "--clear-groups",
        ]);
    }
    command
        .args(["--pdeathsig", "KILL"])
        .arg(program)
        .current_dir("/");
    command
}

fn done(command: &mut Command) {
    done_with(&command.output().expect("the program runs"));
}

fn done_with(output: &Output) {
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success(),
        "{said}{}",
        String::from_utf8_lossy(&output.stdout)
    );
}
