//! The whole way with a real Dovecot and a real Postfix on loopback: a letter arrives, is answered,
//! taken back, answered again, received; the answer to it threads; and a bounce comes home.

use std::time::{Duration, Instant};

use unruffled_mail::imap::{self, Fetcher};
use unruffled_mail::{Secret, Tls, letter};
use unruffled_store::{ConversationState, Message, OutboxState, Whose};

use super::{Browser, PASSWORD};
use crate::{Desk, Ending, Inbox, Settings, jobs};

#[path = "../../../mail/tests/servers/mod.rs"]
mod servers;

use servers::MailServers;

const HELP: &str = "help@desk.test";
const JONES: &str = "jones@desk.test";

struct Running {
    desk: Desk,
    ada: Browser,
    servers: MailServers,
    _folder: tempfile::TempDir,
    tasks: Vec<tokio::task::JoinHandle<()>>,
}

async fn running() -> Option<Running> {
    let servers = tokio::task::spawn_blocking(|| MailServers::or_leave_out(&[HELP, JONES], true))
        .await
        .expect("started")?;
    let folder = tempfile::tempdir().expect("a folder");
    let end = |port, tls| Ending {
        host: "127.0.0.1".to_owned(),
        port,
        tls,
        user: HELP.to_owned(),
        password: Secret::new(servers::PASSWORD),
        ca_file: servers.ca_file.clone(),
        ..Ending::default()
    };
    let at = folder.path();
    let desk = Desk::open(Settings {
        database: at.join("desk.db").display().to_string(),
        attachments: at.join("attachments"),
        secret_file: at.join("secret"),
        playbook_folder: at.join("playbook"),
        stories_folder: at.join("stories"),
        undo_seconds: 2,
        inbox: Inbox {
            name: "Harbour Baths".to_owned(),
            address: HELP.to_owned(),
        },
        imap: end(servers.imaps, Tls::Implicit),
        smtp: end(servers.submission, Tls::StartTls),
        ..Settings::default()
    })
    .await
    .expect("a desk");
    desk.add_agent("ada", "Ada Jones", PASSWORD)
        .await
        .expect("an agent");
    let ada = Browser::logged_in(&desk, "ada").await;
    let tasks = vec![
        tokio::spawn(jobs::work(desk.clone())),
        tokio::spawn(jobs::fetch(desk.clone())),
    ];
    Some(Running {
        desk,
        ada,
        servers,
        _folder: folder,
        tasks,
    })
}

impl Running {
    async fn thread(&self, number: i64) -> Vec<Message> {
        let agent = self
            .desk
            .store()
            .agent_by_login("ada")
            .await
            .expect("read")
            .expect("there");
        let conversation = self
            .desk
            .store()
            .conversation(&agent.id, number)
            .await
            .expect("read");
        let Some(conversation) = conversation else {
            return Vec::new();
        };
        self.desk
            .store()
            .thread(&conversation.id)
            .await
            .expect("read")
            .messages
    }

    /// Waits until the conversation is as it should be.
    async fn until(
        &self,
        number: i64,
        what: &str,
        holds: impl Fn(&[Message]) -> bool,
    ) -> Vec<Message> {
        let end = Instant::now() + Duration::from_secs(30);
        loop {
            let thread = self.thread(number).await;
            if holds(&thread) {
                return thread;
            }
            assert!(
                Instant::now() < end,
                "waited in vain for {what}: {:?} {thread:#?}",
                self.desk.weather()
            );
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    fn deliver(&self, from: &str, answering: &str, text: &str) {
        let letter = format!(
            "From: Martin Jones <{from}>\nTo: {HELP}\nSubject: the gate says no\n\
             Message-ID: <{}@mail.test>\n{answering}Date: Mon, 4 May 2026 10:02:00 +0100\n\n{text}\n",
            uuid::Uuid::new_v4()
        );
        self.servers
            .deliver(HELP, letter.as_bytes())
            .expect("delivered");
    }

    async fn reply(&self, number: i64, text: &str) -> String {
        let path = format!("/conversations/{number}/replies");
        let said = self.ada.tell(&path, &[("body", text)]).await.is(201).json();
        said["delivery"]["id"].as_str().expect("an id").to_owned()
    }

    async fn end(self) {
        // What the last letter says may still be looked up.
        let looked_up = async {
            while self.desk.store().jobs_left().await.expect("counted") > 0 {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(20), looked_up)
            .await
            .expect("it is done");
        self.desk.close();
        for task in self.tasks {
            tokio::time::timeout(Duration::from_secs(20), task)
                .await
                .expect("it ends")
                .expect("well");
        }
        let lines = self.desk.store();
        assert_eq!(lines.jobs_left().await.expect("counted"), 0);
        tokio::task::spawn_blocking(move || drop(self.servers))
            .await
            .expect("stopped");
    }
}

fn state(message: &Message) -> Option<OutboxState> {
    message.delivery.as_ref().map(|delivery| delivery.state)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_letter_is_answered_and_the_answer_threads() {
    let Some(running) = running().await else {
        return;
    };
    running.deliver(
        JONES,
        "",
        "The gate just beeps at me in front of the kids. Can you open it?",
    );
    running
        .until(1, "the letter", |thread| thread.len() == 1)
        .await;

    // Answered, taken back, answered with better words.
    let first = running.reply(1, "Too quick a word.").await;
    let undo = format!("/replies/{first}/withdrawal");
    running.ada.tell(&undo, &[("version", "1")]).await.ok();
    running
        .reply(1, "The gate knows you again from now on.")
        .await;
    let thread = running
        .until(1, "the reply", |thread| {
            thread.len() == 2 && state(&thread[1]) == Some(OutboxState::Sent)
        })
        .await;
    let id = thread[1].message_id.clone().expect("an id");

    // Mr Jones has exactly one letter, and answers it with another program.
    let jones = Fetcher::new(imap::Account {
        host: "127.0.0.1".to_owned(),
        port: running.servers.imaps,
        tls: Tls::Implicit,
        user: JONES.to_owned(),
        secret: Secret::new(servers::PASSWORD),
        folder: "INBOX".to_owned(),
        ca_file: Some(running.servers.ca_file.clone()),
        mark_seen: false,
    });
    let mut received = Vec::new();
    for _ in 0..100 {
        received.clear();
        let kept = std::sync::Mutex::new(&mut received);
        jones
            .fetch_new(None, |fetched| {
                kept.lock()
                    .expect("unpoisoned")
                    .push(letter::parse(&fetched.bytes));
                async { Ok(()) }
            })
            .await
            .expect("fetched");
        if !received.is_empty() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert_eq!(received.len(), 1);
    assert!(received[0].text.contains("The gate knows you again"));
    assert_eq!(received[0].message_id, id);
    assert_eq!(received[0].from.address, HELP);
    running.deliver(
        JONES,
        &format!("In-Reply-To: <{id}>\n"),
        "It does. Thank you.",
    );
    running
        .until(1, "the answer", |thread| thread.len() == 3)
        .await;
    let agent = running
        .desk
        .store()
        .agent_by_login("ada")
        .await
        .expect("read")
        .expect("there")
        .id;
    let open = running
        .desk
        .store()
        .list(&agent, ConversationState::Open, Whose::All, None)
        .await
        .expect("a list");
    assert_eq!(open.lines.len(), 1);
    running.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reply_that_no_server_takes_comes_back_as_words() {
    let Some(running) = running().await else {
        return;
    };
    running.deliver(
        "jones@elsewhere.test",
        "",
        "Please write to me at this address.",
    );
    running
        .until(1, "the letter", |thread| thread.len() == 1)
        .await;
    running.reply(1, "We do.").await;
    let thread = running
        .until(1, "the bounce", |thread| {
            thread.len() == 3 && state(&thread[1]) == Some(OutboxState::Refused)
        })
        .await;
    assert_eq!(thread[2].kind, unruffled_store::MessageKind::Bounce);
    running
        .ada
        .get("/conversations/1")
        .await
        .ok()
        .says("Not delivered: ")
        .says("says that a letter did not arrive");
    running.end().await;
}
