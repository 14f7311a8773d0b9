//! What everything at the desk shares: settings, store, engine, clock, live updates, the way out.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use tokio::sync::{Notify, Semaphore, watch};
use unruffled_engine::Engine;
use unruffled_store::{InboxId, Store};

use crate::bus::{Bus, Change};
use crate::post::Post;
use crate::{Clock, Settings, limits, seal};

/// Cheap to clone; one desk a process.
#[derive(Clone)]
pub struct Desk(Arc<Shared>);

struct Shared {
    settings: Settings,
    zone: jiff::tz::TimeZone,
    store: Store,
    inbox: InboxId,
    /// Loaded by the first who needs it, so that starting stays quick.
    engine: OnceLock<Engine>,
    clock: Clock,
    bus: Bus,
    post: Post,
    secret: Vec<u8>,
    weather: Mutex<Weather>,
    work: Notify,
    closing: watch::Sender<bool>,
    streams: Arc<Semaphore>,
}

/// How fetching goes, in words, for the health page and one calm line above the inbox.
#[derive(Debug, Clone, Default)]
pub struct Weather {
    pub fetched_at: Option<i64>,
    pub problem: Option<String>,
}

/// Why a desk could not be opened, in a sentence ready to be printed.
#[derive(Debug, thiserror::Error)]
pub enum Closed {
    #[error(transparent)]
    Store(#[from] unruffled_store::Error),
    #[error("{path}: {source}", path = path.display())]
    File {
        path: PathBuf,
        source: std::io::Error,
    },
    #[error("{path}: this is not a secret of ours; it was left as it is. Restore the one that belongs to this desk, or remove it to have a new one made.", path = path.display())]
    Secret { path: PathBuf },
    #[error("{0}")]
    Cards(String),
    #[error("{address}: the desk cannot listen there: {source}")]
    Listen {
        address: String,
        source: std::io::Error,
    },
}

impl Desk {
    /// Opens the store, makes what a first start needs, and looks after what a crash left behind.
    pub async fn open(settings: Settings) -> Result<Self, Closed> {
        let post = Post::of(&settings);
        Self::open_with(settings, post).await
    }

    pub(crate) async fn open_with(settings: Settings, post: Post) -> Result<Self, Closed> {
        if !settings.is_postgres() {
            make_folder_of(Path::new(&settings.database))?;
        }
        let secret = secret(&settings.secret_file)?;
        let store = Store::open(&settings.database, &settings.attachments).await?;
        let clock = Clock::default();
        let inbox = match store.inbox_by_address(&settings.inbox.address).await? {
            Some(inbox) => {
                if inbox.name != settings.inbox.name {
                    store.rename_inbox(&inbox.id, &settings.inbox.name).await?;
                }
                inbox.id
            }
            None => {
                let (name, address) = (&settings.inbox.name, &settings.inbox.address);
                store.add_inbox(name, address, clock.now()).await?
            }
        };
        let desk = Self(Arc::new(Shared {
            zone: settings.zone(),
            store,
            inbox,
            engine: OnceLock::new(),
            clock,
            bus: Bus::new(),
            post,
            secret,
            weather: Mutex::default(),
            work: Notify::new(),
            closing: watch::Sender::new(false),
            streams: Arc::new(Semaphore::new(limits::STREAMS_MAX)),
            settings,
        }));
        desk.load_own_cards()?;
        Ok(desk)
    }

    pub fn settings(&self) -> &Settings {
        &self.0.settings
    }

    pub fn zone(&self) -> &jiff::tz::TimeZone {
        &self.0.zone
    }

    pub fn store(&self) -> &Store {
        &self.0.store
    }

    /// The one inbox that mail is fetched into.
    pub fn inbox(&self) -> &InboxId {
        &self.0.inbox
    }

    /// Microseconds UTC.
    pub fn now(&self) -> i64 {
        self.0.clock.now()
    }

    pub fn clock(&self) -> &Clock {
        &self.0.clock
    }

    pub fn engine(&self) -> &Engine {
        let names = &self.0.settings.names;
        self.0
            .engine
            .get_or_init(|| Engine::embedded().with_names(names))
    }

    pub(crate) fn post(&self) -> &Post {
        &self.0.post
    }

    /// The key that signs our Message-IDs.
    pub(crate) fn secret(&self) -> &[u8] {
        &self.0.secret
    }

    pub(crate) fn bus(&self) -> &Bus {
        &self.0.bus
    }

    pub(crate) fn say(&self, change: Change) {
        self.0.bus.say(change);
    }

    pub(crate) fn streams(&self) -> Arc<Semaphore> {
        Arc::clone(&self.0.streams)
    }

    /// A lock held by the one program that works on this desk's jobs. The system takes it back when
    /// its holder ends, however it ends; so whoever has it knows that every lease is a dead one's.
    ///
    /// It lies on the secret, not on the database, whose locks SQLite would lose with it. On
    /// PostgreSQL other machines may work too, and only time tells who is dead.
    pub(crate) fn work_alone(&self) -> Option<std::fs::File> {
        if self.settings().is_postgres() {
            return None;
        }
        let secret = std::fs::File::open(&self.settings().secret_file).ok()?;
        secret.try_lock().ok()?;
        Some(secret)
    }

    /// Something is to be done: whoever works on jobs looks now rather than later.
    pub fn wake(&self) {
        self.0.work.notify_one();
    }

    pub(crate) fn work(&self) -> &Notify {
        &self.0.work
    }

    /// Ends event streams, fetching and the looking for jobs.
    pub fn close(&self) {
        self.0.closing.send_replace(true);
    }

    pub(crate) fn closing(&self) -> watch::Receiver<bool> {
        self.0.closing.subscribe()
    }

    pub(crate) fn weather(&self) -> Weather {
        self.0
            .weather
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    pub(crate) fn set_weather(&self, weather: Weather) {
        *self
            .0
            .weather
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = weather;
    }

    /// Faults in an organisation's own cards are told at the start, not at the first letter.
    fn load_own_cards(&self) -> Result<(), Closed> {
        let folder = &self.0.settings.cards_folder;
        if folder.as_os_str().is_empty() {
            return Ok(());
        }
        let mut cards = Vec::new();
        read_cards(folder, &mut cards).map_err(|source| Closed::File {
            path: folder.clone(),
            source,
        })?;
        let pairs = cards
            .iter()
            .map(|(path, text)| (path.as_str(), text.as_str()));
        let engine = Engine::load(pairs).map_err(|faults| {
            let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
            Closed::Cards(lines.join("\n"))
        })?;
        let _ = self.0.engine.set(engine.with_names(&self.0.settings.names));
        Ok(())
    }
}

fn read_cards(folder: &Path, cards: &mut Vec<(String, String)>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            read_cards(&path, cards)?;
        } else if path.extension().is_some_and(|ending| ending == "md") {
            let text = std::fs::read_to_string(&path)?;
            cards.push((path.display().to_string(), text));
        }
    }
    Ok(())
}

fn make_folder_of(file: &Path) -> Result<(), Closed> {
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => {
            std::fs::create_dir_all(folder).map_err(|source| Closed::File {
                path: folder.to_owned(),
                source,
            })
        }
        _ => Ok(()),
    }
}

/// Reads the desk's secret, or makes it at the first start, readable by its owner alone.
fn secret(path: &Path) -> Result<Vec<u8>, Closed> {
    use std::io::Write;
    use std::os::unix::fs::OpenOptionsExt;
    let file = |source| Closed::File {
        path: path.to_owned(),
        source,
    };
    make_folder_of(path)?;
    match std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
    {
        Ok(mut made) => {
            let secret = seal::random();
            made.write_all(&secret).map_err(file)?;
            made.sync_all().map_err(file)?;
            Ok(secret.to_vec())
        }
        Err(fault) if fault.kind() == std::io::ErrorKind::AlreadyExists => {
            let secret = std::fs::read(path).map_err(file)?;
            if secret.len() == 32 {
                Ok(secret)
            } else {
                Err(Closed::Secret {
                    path: path.to_owned(),
                })
            }
        }
        Err(fault) => Err(file(fault)),
    }
}
