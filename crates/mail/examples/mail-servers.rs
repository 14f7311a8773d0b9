//! Starts a real Dovecot and Postfix for the browser tests, says where they are, and runs until stdin closes.
//!
//! `cargo run -p unruffled-mail --example mail-servers -- help@desk.test ada@desk.test`

#[path = "../tests/servers/mod.rs"]
mod servers;

fn main() {
    let users: Vec<String> = std::env::args().skip(1).collect();
    let users: Vec<&str> = if users.is_empty() {
        vec!["help@desk.test", "ada@desk.test"]
    } else {
        users.iter().map(String::as_str).collect()
    };
    let running = match servers::MailServers::start(&users) {
        Ok(running) => running,
        Err(problem) => {
            eprintln!("The mail servers did not start. {problem}");
            std::process::exit(1);
        }
    };
    println!(
        "{}",
        serde_json::json!({
            "folder": running.folder,
            "host": "127.0.0.1",
            "imap": running.imap,
            "imaps": running.imaps,
            "submission": running.submission,
            "smtps": running.smtps,
            "ca_file": running.ca_file,
            "users": running.users,
            "password": servers::PASSWORD,
        })
    );
    let _ = std::io::copy(&mut std::io::stdin(), &mut std::io::sink());
}
