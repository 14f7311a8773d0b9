//! Pages, jobs and live updates, called without sockets; sent letters are kept in memory.

mod browser;
mod memory;

mod arriving;
mod backup;
mod breaks;
mod circle;
mod door;
mod facts;
mod knock;
mod landing;
mod leaning;
mod looking;
mod nods;
mod options;
mod own;
mod own_words;
mod pause;
mod person;
mod promises;
mod real_mail;
mod rehearsal;
mod safety;
mod sending;
mod when_things_break;
mod workload;
mod writing;

use std::time::Duration;

use tempfile::TempDir;
use unruffled_store::Store;

pub use browser::{Answer, Browser};
pub use memory::{Memory, Moment};

use crate::clock::SECOND;
use crate::post::Post;
use crate::{Desk, Settings, jobs};

pub const PASSWORD: &str = "quiet harbour at dawn";

/// Where a test desk keeps cards and words of its own.
const OWN_WORDS: &str = "own";

fn write_own(desk: &std::path::Path, name: &str, text: &str) {
    let path = desk.join(OWN_WORDS).join(name);
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    std::fs::write(path, text).expect("written");
}

/// A desk of its own for a test. Dropping it fails when jobs are left over.
pub struct TestDesk {
    pub desk: Desk,
    pub memory: Memory,
    pub folder: TempDir,
    leave_jobs: bool,
}

impl TestDesk {
    pub async fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        Self::open_in(folder, Memory::default()).await
    }

    /// With a folder of cards and words of its own.
    pub async fn with_own_words(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, text) in files {
            write_own(folder.path(), name, text);
        }
        Self::open_in(folder, Memory::default()).await
    }

    /// With settings of its own.
    pub async fn with_settings(change: impl FnOnce(&mut Settings)) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        Self::open_with(folder, Memory::default(), change).await
    }

    /// With a telephone system that knows this secret.
    pub async fn with_telephone(secret: &str) -> Self {
        Self::with_settings(|settings| settings.knock_secret = secret.to_owned().into()).await
    }

    pub fn write_own(&self, name: &str, text: &str) {
        write_own(self.folder.path(), name, text);
    }

    /// With records of the organisation's own, made in the desk's folder.
    pub async fn with_records(
        records: impl FnOnce(&std::path::Path) -> Vec<unruffled_records::SourceSettings>,
    ) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let records = records(folder.path());
        Self::open_with(folder, Memory::default(), |settings| {
            settings.records = records
        })
        .await
    }

    async fn open_in(folder: TempDir, memory: Memory) -> Self {
        Self::open_with(folder, memory, |_| {}).await
    }

    async fn open_with(
        folder: TempDir,
        memory: Memory,
        change: impl FnOnce(&mut Settings),
    ) -> Self {
        let at = folder.path();
        let own = at.join(OWN_WORDS);
        let mut settings = Settings {
            database: at.join("desk.db").display().to_string(),
            attachments: at.join("attachments"),
            secret_file: at.join("secret"),
            time_zone: "Europe/London".to_owned(),
            cards_folder: if own.is_dir() {
                own
            } else {
                Default::default()
            },
            playbook_folder: at.join("playbook"),
            stories_folder: at.join("stories"),
            // Tests of the encoder ask for it.
            reader_file: "off".into(),
            ..Settings::default()
        };
        change(&mut settings);
        let post = Post::Memory(memory.clone());
        let desk = Desk::open_with(settings, post).await.expect("a desk");
        Self {
            desk,
            memory,
            folder,
            leave_jobs: false,
        }
    }

    /// The same desk after the process was killed and started again.
    pub async fn killed_and_started_again(self) -> Self {
        let (memory, ahead) = (self.memory.clone(), self.desk.clock().ahead());
        let folder = {
            let mut me = self;
            me.leave_jobs = true;
            std::mem::replace(&mut me.folder, tempfile::tempdir().expect("a folder"))
        };
        let again = Self::open_in(folder, memory).await;
        again.desk.clock().advance(ahead);
        again
    }

    /// Adds an agent and logs them in.
    pub async fn with_agent(&self, login: &str) -> Browser {
        let name = match login {
            "ada" => "Ada Jones",
            "ben" => "Ben Okoro",
            other => other,
        };
        self.desk
            .add_agent(login, name, PASSWORD)
            .await
            .expect("an agent");
        Browser::logged_in(&self.desk, login).await
    }

    /// A letter arrives and is read; gives the number of its conversation.
    pub async fn letter(&self, letter: &str) -> i64 {
        let letter = letter.replace('\n', "\r\n");
        let (store, inbox) = (self.desk.store(), self.desk.inbox());
        let stored = store
            .store_raw(inbox, letter.as_bytes(), "test", None, self.desk.now())
            .await
            .expect("stored");
        self.work().await;
        let raw = store
            .raw(&stored.raw_id)
            .await
            .expect("read")
            .expect("there");
        assert_eq!(
            raw.state,
            unruffled_store::RawState::Parsed,
            "{:?}",
            raw.problem
        );
        self.last_number().await
    }

    /// The number of the conversation in which something happened last.
    async fn last_number(&self) -> i64 {
        use unruffled_store::{ConversationState, Whose};
        let agents = self.desk.store().agents().await.expect("agents");
        let agent = &agents.first().expect("an agent is needed to look").id;
        let mut lines = Vec::new();
        for state in ConversationState::ALL {
            let page = self
                .desk
                .store()
                .list(agent, *state, Whose::All, None)
                .await;
            lines.extend(page.expect("a list").lines);
        }
        lines.sort_by_key(|line| (line.updated_at, line.number));
        lines.last().expect("a conversation").number
    }

    /// Does what is due.
    pub async fn work(&self) {
        jobs::work_off(&self.desk).await.expect("worked off");
    }

    /// Time passes, and what is then due is done.
    pub async fn after_seconds(&self, seconds: i64) {
        self.desk.clock().advance(seconds * SECOND);
        self.work().await;
    }

    /// Jobs may be left over: the test is about that.
    pub fn leaving_jobs(mut self) -> Self {
        self.leave_jobs = true;
        self
    }
}

impl Drop for TestDesk {
    fn drop(&mut self) {
        if std::thread::panicking() || self.leave_jobs {
            return;
        }
        let (database, attachments) = (
            self.desk.settings().database.clone(),
            self.desk.settings().attachments.clone(),
        );
        let left = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build();
            runtime.expect("a runtime").block_on(async {
                let store = Store::open_as_it_is(&database, attachments)
                    .await
                    .expect("a store");
                tokio::time::timeout(Duration::from_secs(5), store.jobs_left()).await
            })
        });
        let left = left
            .join()
            .expect("counted")
            .expect("in time")
            .expect("counted");
        assert_eq!(left, 0, "jobs were left over");
    }
}

/// A letter that gives no reason for anything.
pub fn plain_letter(from: &str, subject: &str, text: &str) -> String {
    format!(
        "From: {from}\nTo: help@example.org\nSubject: {subject}\n\
         Message-ID: <{}@mail.example.com>\nDate: Mon, 4 May 2026 10:02:00 +0100\n\n{text}\n",
        uuid::Uuid::new_v4()
    )
}

/// The one that the story begins with.
pub fn gate_letter() -> String {
    plain_letter(
        "Martin Jones <martin.jones@example.net>",
        "the gate says no",
        "I renewed my pool pass in March. The gate just beeps at me in front of the kids.\n\
         Can you open it today? And why was I never told?\n\nM. Jones",
    )
}
