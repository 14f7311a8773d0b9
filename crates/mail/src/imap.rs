//! Mail in: every new letter of one folder, one after another, each kept before the next is asked for.
//!
//! The place reached is a UIDVALIDITY and a UID, never a clock and never a flag, so that no pause, no other
//! mail program and no second reader can make a letter go missing. The folder is opened read-only.

mod connect;
mod error;
mod session;
mod utf7;

use std::{path::PathBuf, time::Duration};

pub use error::Error;
use session::Session;

use crate::{Secret, Tls, limits};

#[derive(Clone, Debug)]
pub struct Account {
    pub host: String,
    pub port: u16,
    pub tls: Tls,
    pub user: String,
    pub secret: Secret,
    /// `INBOX` unless told otherwise.
    pub folder: String,
    /// A PEM file with a certificate to trust beside the public ones, for a server of one's own.
    pub ca_file: Option<PathBuf>,
    /// Mark letters as read on the server once they are kept. The desk does not need it.
    pub mark_seen: bool,
}

/// How far a folder has been fetched. The caller stores it in the same transaction as the letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reached {
    pub uid_validity: u32,
    pub last_uid: u32,
}

/// One letter from the server. Store `bytes` and `reached()` together, then return `Ok`.
#[derive(Clone, Debug)]
pub struct Fetched {
    pub folder: String,
    pub uid_validity: u32,
    pub uid: u32,
    /// The letter as the server has it; or, over the limit, its beginning below a line that says so.
    pub bytes: Vec<u8>,
}

impl Fetched {
    pub fn reached(&self) -> Reached {
        Reached {
            uid_validity: self.uid_validity,
            last_uid: self.uid,
        }
    }
}

/// What the fetcher is doing, for the health page.
#[derive(Debug)]
pub enum State<'a> {
    Connecting,
    /// Everything there is has been kept; waiting for more, by IDLE or by asking every minute.
    Waiting {
        by_idle: bool,
        reached: Option<Reached>,
    },
    /// The server's numbering began anew, so everything is looked at again. Letters already kept are the
    /// caller's to recognise, by their bytes.
    Renumbered {
        was: u32,
        now: u32,
    },
    /// Trying again after `next_try`. The error's text is for people.
    Trouble {
        error: &'a Error,
        next_try: Duration,
    },
}

/// Fetches one folder of one account.
#[derive(Clone, Debug)]
pub struct Fetcher {
    account: Account,
    letter_bytes_max: u64,
}

/// After this many refusals of the same letter, one after another, a note stands in for it.
const REFUSALS_MAX: u32 = 5;

impl Fetcher {
    pub fn new(account: Account) -> Self {
        Self {
            account,
            letter_bytes_max: limits::LETTER_BYTES_MAX,
        }
    }

    /// Another limit than [`limits::LETTER_BYTES_MAX`].
    pub fn with_letter_bytes_max(mut self, bytes: u64) -> Self {
        self.letter_bytes_max = bytes;
        self
    }

    /// Connects, logs in, opens the folder and leaves again: whether letters could be fetched.
    pub async fn try_login(&self) -> Result<(), Error> {
        let session = Session::open(&self.account, self.letter_bytes_max).await?;
        session.leave().await;
        Ok(())
    }

    /// Fetches what is new and returns. `keep` must have stored the letter when it returns `Ok`; its
    /// error words end the run, and the same letter comes again next time.
    pub async fn fetch_new<K, F>(
        &self,
        since: Option<Reached>,
        mut keep: K,
    ) -> Result<Option<Reached>, Error>
    where
        K: FnMut(Fetched) -> F,
        F: Future<Output = Result<(), String>>,
    {
        let mut place = Place {
            reached: since,
            refused: None,
        };
        let mut session = Session::open(&self.account, self.letter_bytes_max).await?;
        let result = pass(&mut session, &mut place, &mut keep, &mut |_| {}).await;
        if result.is_ok() {
            session.leave().await;
        }
        result.map(|()| place.reached)
    }

    /// Fetches what is new, waits for more, connects again after trouble: for ever. Drop the future to stop;
    /// nothing is lost by it.
    pub async fn run<K, F, T>(&self, since: Option<Reached>, mut keep: K, mut tell: T)
    where
        K: FnMut(Fetched) -> F,
        F: Future<Output = Result<(), String>>,
        T: FnMut(State<'_>),
    {
        let mut place = Place {
            reached: since,
            refused: None,
        };
        let mut pause = Duration::from_secs(1);
        loop {
            tell(State::Connecting);
            let error = self
                .stay(&mut place, &mut keep, &mut tell, &mut pause)
                .await;
            place.note_refusal(&error);
            tracing::warn!(
                host = self.account.host,
                problem = error.kind(),
                "mail is not fetched for now"
            );
            tell(State::Trouble {
                error: &error,
                next_try: pause,
            });
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(limits::RETRY_MAX);
        }
    }

    /// One connection, for as long as it lasts.
    async fn stay<K, F, T>(
        &self,
        place: &mut Place,
        keep: &mut K,
        tell: &mut T,
        pause: &mut Duration,
    ) -> Error
    where
        K: FnMut(Fetched) -> F,
        F: Future<Output = Result<(), String>>,
        T: FnMut(State<'_>),
    {
        let mut session = match Session::open(&self.account, self.letter_bytes_max).await {
            Ok(session) => session,
            Err(error) => return error,
        };
        loop {
            if let Err(error) = pass(&mut session, place, keep, tell).await {
                return error;
            }
            *pause = Duration::from_secs(1);
            tell(State::Waiting {
                by_idle: session.can_idle(),
                reached: place.reached,
            });
            if let Err(error) = session.wait().await {
                return error;
            }
        }
    }
}

struct Place {
    reached: Option<Reached>,
    /// A letter that the server would not hand over, and how often.
    refused: Option<(u32, u32)>,
}

impl Place {
    fn note_refusal(&mut self, error: &Error) {
        if let Error::LetterRefused { uid, .. } = error {
            let times = self
                .refused
                .filter(|(known, _)| known == uid)
                .map_or(0, |(_, times)| times);
            self.refused = Some((*uid, times + 1));
        }
    }

    fn given_up_on(&self, uid: u32) -> bool {
        self.refused
            .is_some_and(|(known, times)| known == uid && times >= REFUSALS_MAX)
    }
}

/// Everything new in the folder, in order.
async fn pass<K, F, T>(
    session: &mut Session,
    place: &mut Place,
    keep: &mut K,
    tell: &mut T,
) -> Result<(), Error>
where
    K: FnMut(Fetched) -> F,
    F: Future<Output = Result<(), String>>,
    T: FnMut(State<'_>),
{
    let uid_validity = session.uid_validity();
    let last_uid = match place.reached {
        Some(reached) if reached.uid_validity == uid_validity => reached.last_uid,
        Some(reached) => {
            tell(State::Renumbered {
                was: reached.uid_validity,
                now: uid_validity,
            });
            0
        }
        None => 0,
    };
    for (uid, bytes) in session.newer_than(last_uid).await? {
        let letter = match session.letter(uid, bytes).await {
            // It was deleted while we were on the way.
            Ok(None) => continue,
            Ok(Some(bytes)) => bytes,
            Err(Error::LetterRefused { said, .. }) if place.given_up_on(uid) => {
                session.stand_in(uid, &said)
            }
            Err(error) => return Err(error),
        };
        let fetched = Fetched {
            folder: session.folder().to_owned(),
            uid_validity,
            uid,
            bytes: letter,
        };
        let reached = fetched.reached();
        keep(fetched).await.map_err(Error::NotKept)?;
        place.reached = Some(reached);
        session.kept(uid).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_is_given_up_on_only_after_several_refusals_in_a_row() {
        let refusal = |uid| Error::LetterRefused {
            host: "mail.test".into(),
            folder: "INBOX".into(),
            uid,
            said: "no".into(),
        };
        let mut place = Place {
            reached: None,
            refused: None,
        };
        for _ in 0..REFUSALS_MAX {
            assert!(!place.given_up_on(7));
            place.note_refusal(&refusal(7));
        }
        assert!(place.given_up_on(7) && !place.given_up_on(8));
        place.note_refusal(&Error::NotKept("the disk is full".into()));
        assert!(
            place.given_up_on(7),
            "other trouble says nothing about the letter"
        );
        place.note_refusal(&refusal(8));
        assert!(!place.given_up_on(7) && !place.given_up_on(8));
    }
}
