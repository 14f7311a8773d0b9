//! What everything at the desk shares: settings, store, engine, clock, live updates, the way out.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use tokio::sync::{Notify, Semaphore, watch};
use unruffled_engine::{Engine, From, Lean};
use unruffled_records::Records;
use unruffled_store::{InboxId, Store};

use crate::bus::{Bus, Change};
use crate::hours::Hours;
use crate::leaning::Leaning;
use crate::looks::Looks;
use crate::own_words::Standing;
use crate::pace::Pace;
use crate::playbook;
use crate::post::Post;
use crate::presence::Presence;
use crate::rehearsing;
use crate::{Clock, Settings, limits, seal};

/// Cheap to clone; one desk a process.
#[derive(Clone)]
pub struct Desk(Arc<Shared>);

struct Shared {
    settings: Settings,
    zone: jiff::tz::TimeZone,
    hours: Hours,
    store: Store,
    inbox: InboxId,
    /// Loaded by the first who needs it, so that starting stays quick.
    engine: RwLock<Option<Arc<Engine>>>,
    own_words: Mutex<Standing>,
    playbook: Mutex<playbook::Standing>,
    stories: Mutex<rehearsing::Standing>,
    leaning: Leaning,
    records: Records,
    clock: Clock,
    bus: Bus,
    /// Who is around, and drafts shown to a colleague: in memory, and nowhere else.
    presence: Presence,
    looks: Looks,
    post: Post,
    secret: Vec<u8>,
    weather: Mutex<Weather>,
    work: Notify,
    closing: watch::Sender<bool>,
    streams: Arc<Semaphore>,
    calls_pace: Pace,
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
    #[error("{0}")]
    Records(String),
    #[error("{0}")]
    Hours(String),
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
        let hours = settings.open_hours().map_err(Closed::Hours)?;
        let desk = Self(Arc::new(Shared {
            zone: settings.zone(),
            hours,
            store,
            inbox,
            engine: RwLock::default(),
            own_words: Mutex::default(),
            playbook: Mutex::default(),
            stories: Mutex::default(),
            leaning: Leaning::new(&settings.reader_file),
            records: Records::open(&settings.records)
                .map_err(|why| Closed::Records(why.to_string()))?,
            clock,
            bus: Bus::new(),
            presence: Presence::default(),
            looks: Looks::default(),
            post,
            secret,
            weather: Mutex::default(),
            work: Notify::new(),
            closing: watch::Sender::new(false),
            streams: Arc::new(Semaphore::new(limits::STREAMS_MAX)),
            calls_pace: Pace::default(),
            settings,
        }));
        desk.load_own_words().map_err(Closed::Cards)?;
        desk.open_playbook();
        Ok(desk)
    }

    pub fn settings(&self) -> &Settings {
        &self.0.settings
    }

    pub fn zone(&self) -> &jiff::tz::TimeZone {
        &self.0.zone
    }

    /// When the desk is open.
    pub(crate) fn hours(&self) -> &Hours {
        &self.0.hours
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

    /// The engine that is in force now; ask again for the next letter.
    pub fn engine(&self) -> Arc<Engine> {
        let known = self
            .0
            .engine
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        known.unwrap_or_else(|| {
            let mut place = self
                .0
                .engine
                .write()
                .unwrap_or_else(PoisonError::into_inner);
            let names = &self.0.settings.names;
            Arc::clone(place.get_or_insert_with(|| Arc::new(Engine::embedded().with_names(names))))
        })
    }

    /// What the encoder hears in a message or a draft, where there is one.
    pub(crate) fn leans(&self, text: &str, from: From) -> Vec<Lean> {
        self.0.leaning.hear(&self.engine(), text, from)
    }

    pub(crate) fn leaning(&self) -> &Leaning {
        &self.0.leaning
    }

    pub(crate) fn presence(&self) -> &Presence {
        &self.0.presence
    }

    pub(crate) fn looks(&self) -> &Looks {
        &self.0.looks
    }

    /// The organisation's own records.
    pub(crate) fn records(&self) -> &Records {
        &self.0.records
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

    /// How fast the telephone system, or whoever pretends to be it, tells calls.
    pub(crate) fn calls_pace(&self) -> &Pace {
        &self.0.calls_pace
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

    /// This engine is asked from now on; whoever is asking the one from before goes on with it.
    pub(crate) fn take_engine(&self, engine: Engine) {
        let engine = engine.with_names(&self.0.settings.names);
        *self
            .0
            .engine
            .write()
            .unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(engine));
    }

    pub(crate) fn playbook_standing(&self) -> playbook::Standing {
        let standing = self.0.playbook.lock();
        standing.unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) fn set_playbook(&self, standing: playbook::Standing) {
        *self
            .0
            .playbook
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = standing;
    }

    pub(crate) fn stories_standing(&self) -> rehearsing::Standing {
        let standing = self.0.stories.lock();
        standing.unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) fn set_stories(&self, standing: rehearsing::Standing) {
        *self
            .0
            .stories
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = standing;
    }

    pub(crate) fn own_words(&self) -> Standing {
        let standing = self.0.own_words.lock();
        standing.unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) fn set_own_words(&self, standing: Standing) {
        *self
            .0
            .own_words
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = standing;
    }
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
