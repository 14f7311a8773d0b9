//! One connection to an IMAP server: logging in, asking, waiting.
//!
//! Answers are read one by one here rather than through the library's streams, because those end quietly
//! both when a letter is gone and when the connection is, and only one of the two may be passed over.

use async_imap::{
    error::Error as ImapError,
    imap_proto::{AttributeValue, MailboxDatum, RequestId, Response, Status},
};
use tokio::time::{Instant, timeout, timeout_at};

use super::{
    Account, Error,
    connect::{Wire, connect, log_in},
    utf7,
};
use crate::{limits, mime, visible};

/// How the server ended a command: done, or why not.
type Answer = Result<(), String>;

pub(super) struct Session {
    inner: async_imap::Session<Box<dyn Wire>>,
    host: String,
    folder: String,
    uid_validity: u32,
    idle: bool,
    /// The server told of new letters while something else was asked. It does not tell twice.
    stirred: bool,
    /// How many letters the folder holds, as last told: a number told again is no news.
    letters: u32,
    mark_seen: bool,
    letter_bytes_max: u64,
}

impl Session {
    /// Connects, logs in and opens the folder.
    pub(super) async fn open(account: &Account, letter_bytes_max: u64) -> Result<Self, Error> {
        let host = account.host.clone();
        let slow = || Error::Slow { host: host.clone() };
        let client = timeout(limits::CONNECT_MAX, connect(account))
            .await
            .map_err(|_| slow())??;
        let mut inner = timeout(limits::ANSWER_MAX, log_in(client, account))
            .await
            .map_err(|_| slow())??;
        let capabilities = timeout(limits::ANSWER_MAX, inner.capabilities())
            .await
            .map_err(|_| slow())?
            .map_err(|error| trouble(&host, error))?;
        let name = utf7::encode(&account.folder);
        let opened = timeout(limits::ANSWER_MAX, async {
            if account.mark_seen {
                inner.select(&name).await
            } else {
                inner.examine(&name).await
            }
        })
        .await;
        let mailbox = match opened.map_err(|_| slow())? {
            Ok(mailbox) => mailbox,
            Err(ImapError::No(_)) => {
                return Err(Error::NoFolder {
                    host,
                    folder: account.folder.clone(),
                });
            }
            Err(error) => return Err(trouble(&host, error)),
        };
        let Some(uid_validity) = mailbox.uid_validity else {
            return Err(Error::Odd {
                host,
                said: "it does not number its letters".into(),
            });
        };
        Ok(Self {
            inner,
            host,
            folder: account.folder.clone(),
            uid_validity,
            idle: capabilities.has_str("IDLE"),
            stirred: false,
            letters: mailbox.exists,
            mark_seen: account.mark_seen,
            letter_bytes_max,
        })
    }

    pub(super) fn folder(&self) -> &str {
        &self.folder
    }

    pub(super) fn uid_validity(&self) -> u32 {
        self.uid_validity
    }

    pub(super) fn can_idle(&self) -> bool {
        self.idle
    }

    /// UIDs above `last` with their letters' sizes, in order.
    pub(super) async fn newer_than(&mut self, last: u32) -> Result<Vec<(u32, u64)>, Error> {
        let mut found = Vec::new();
        let from = last.saturating_add(1);
        self.stirred = false;
        let answer = self
            .ask(
                &format!("UID FETCH {from}:* (UID RFC822.SIZE)"),
                |attributes| {
                    let uid = attributes.iter().find_map(|one| {
                        if let AttributeValue::Uid(uid) = one {
                            Some(*uid)
                        } else {
                            None
                        }
                    });
                    let size = attributes.iter().find_map(|one| {
                        if let AttributeValue::Rfc822Size(size) = one {
                            Some(*size)
                        } else {
                            None
                        }
                    });
                    // "5:*" also gives the last letter when its UID is below 5.
                    if let (Some(uid), Some(size)) = (uid, size)
                        && uid > last
                    {
                        found.push((uid, u64::from(size)));
                    }
                },
            )
            .await?;
        if let Err(said) = answer {
            return Err(Error::Odd {
                host: self.host.clone(),
                said,
            });
        }
        found.sort_unstable();
        found.dedup_by_key(|(uid, _)| *uid);
        Ok(found)
    }

    /// One letter's bytes; `None` when it is there no more.
    pub(super) async fn letter(&mut self, uid: u32, size: u64) -> Result<Option<Vec<u8>>, Error> {
        let in_part = size > self.letter_bytes_max;
        let what = if in_part {
            format!("BODY.PEEK[]<0.{}>", limits::LETTER_BYTES_IN_PART)
        } else {
            "BODY.PEEK[]".into()
        };
        let mut letter: Option<Vec<u8>> = None;
        let answer = self
            .ask(&format!("UID FETCH {uid} (UID {what})"), |attributes| {
                if !attributes
                    .iter()
                    .any(|one| matches!(one, AttributeValue::Uid(found) if *found == uid))
                {
                    return;
                }
                for attribute in attributes {
                    if let AttributeValue::BodySection {
                        section: None,
                        data,
                        ..
                    }
                    | AttributeValue::Rfc822(data) = attribute
                    {
                        letter = Some(data.as_deref().unwrap_or_default().to_vec());
                    }
                }
            })
            .await?;
        if letter.is_none()
            && let Err(said) = answer
        {
            return Err(Error::LetterRefused {
                host: self.host.clone(),
                folder: self.folder.clone(),
                uid,
                said,
            });
        }
        Ok(letter.map(|bytes| {
            if !in_part {
                return bytes;
            }
            let mut noted = format!("{}: {size}\r\n", mime::IN_PART).into_bytes();
            noted.extend(bytes);
            noted
        }))
    }

    /// A letter in place of one that the server does not hand over, so that those behind it do not wait for ever.
    pub(super) fn stand_in(&self, uid: u32, said: &str) -> Vec<u8> {
        format!(
            "From: mail server <mailer-daemon@invalid>\r\nSubject: A letter that could not be fetched\r\nAuto-Submitted: auto-generated\r\n\
             MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n\
             The mail server would not hand over letter {uid} (numbering {}) of the folder {}.\r\nIt said: {}\r\n\
             The letter still lies there. Please open it with another mail program.\r\n",
            self.uid_validity,
            visible::line(&self.folder),
            visible::line(said),
        )
        .into_bytes()
    }

    /// The caller has stored the letter.
    pub(super) async fn kept(&mut self, uid: u32) -> Result<(), Error> {
        if self.mark_seen {
            // A server that will not set the flag is no reason to stop.
            let _ = self
                .ask(&format!("UID STORE {uid} +FLAGS.SILENT (\\Seen)"), |_| {})
                .await?;
        }
        Ok(())
    }

    /// Waits until something may be new.
    pub(super) async fn wait(&mut self) -> Result<(), Error> {
        if self.stirred {
            return Ok(());
        }
        if !self.idle {
            tokio::time::sleep(limits::POLL_EVERY).await;
            let _ = self.ask("NOOP", |_| {}).await?;
            return Ok(());
        }
        let until = Instant::now() + limits::IDLE_MAX;
        let tag = self
            .inner
            .run_command("IDLE")
            .await
            .map_err(|error| trouble(&self.host, error))?;
        let (mut accepted, mut stirred) = (false, false);
        loop {
            let Ok(response) = timeout_at(until, self.inner.read_response()).await else {
                if accepted {
                    break;
                }
                return Err(Error::Slow {
                    host: self.host.clone(),
                });
            };
            let Some(response) = response.map_err(|_| self.lost())? else {
                return Err(self.lost());
            };
            match response.parsed() {
                Response::Continue { .. } if stirred => break,
                Response::Continue { .. } => accepted = true,
                // It says that it can, but will not: ask from time to time instead.
                Response::Done { tag: done, .. } if *done == tag => {
                    self.idle = false;
                    return Ok(());
                }
                Response::MailboxData(MailboxDatum::Exists(count)) => {
                    self.letters = *count;
                    if accepted {
                        break;
                    }
                    stirred = true;
                }
                Response::Expunge(_) => self.letters = self.letters.saturating_sub(1),
                Response::Data {
                    status: Status::Bye,
                    ..
                } => return Err(self.lost()),
                _ => {}
            }
        }
        self.inner
            .run_command_untagged("DONE")
            .await
            .map_err(|error| trouble(&self.host, error))?;
        let _ = self.answer(&tag, &mut |_| {}).await?;
        Ok(())
    }

    pub(super) async fn leave(mut self) {
        // Politeness only: everything is kept already.
        let _ = timeout(limits::CONNECT_MAX, self.inner.logout()).await;
    }

    /// Sends a command and gives every FETCH answer to `each`; says how it ended.
    async fn ask(
        &mut self,
        command: &str,
        mut each: impl FnMut(&[AttributeValue<'_>]),
    ) -> Result<Answer, Error> {
        let tag = timeout(limits::ANSWER_MAX, self.inner.run_command(command))
            .await
            .map_err(|_| Error::Slow {
                host: self.host.clone(),
            })?
            .map_err(|error| trouble(&self.host, error))?;
        self.answer(&tag, &mut each).await
    }

    async fn answer(
        &mut self,
        tag: &RequestId,
        each: &mut impl FnMut(&[AttributeValue<'_>]),
    ) -> Result<Answer, Error> {
        loop {
            let response = timeout(limits::TRANSFER_MAX, self.inner.read_response())
                .await
                .map_err(|_| Error::Slow {
                    host: self.host.clone(),
                })?;
            let Some(response) = response.map_err(|error| trouble(&self.host, error.into()))?
            else {
                return Err(self.lost());
            };
            match response.parsed() {
                Response::Fetch(_, attributes) => each(attributes),
                Response::MailboxData(MailboxDatum::Exists(count)) => {
                    self.stirred |= *count != self.letters;
                    self.letters = *count;
                }
                Response::Expunge(_) => self.letters = self.letters.saturating_sub(1),
                Response::Data {
                    status: Status::Bye,
                    ..
                } => return Err(self.lost()),
                Response::Done {
                    tag: done,
                    status,
                    outcome,
                } if done == tag => {
                    let said = visible::line(
                        outcome
                            .information
                            .as_deref()
                            .unwrap_or("no reason was given"),
                    );
                    return Ok(if *status == Status::Ok {
                        Ok(())
                    } else {
                        Err(said)
                    });
                }
                _ => {}
            }
        }
    }

    fn lost(&self) -> Error {
        Error::Lost {
            host: self.host.clone(),
        }
    }
}

pub(super) fn trouble(host: &str, error: ImapError) -> Error {
    let host = host.to_owned();
    match error {
        ImapError::Io(error) if error.kind() == std::io::ErrorKind::InvalidData => {
            Error::Certificate {
                host,
                reason: error.to_string(),
            }
        }
        ImapError::Io(_) | ImapError::ConnectionLost => Error::Lost { host },
        ImapError::Bad(said) | ImapError::No(said) => Error::Odd {
            host,
            said: visible::line(&said),
        },
        // Parse errors quote what the server sent, which may be a customer's words.
        _ => Error::Odd {
            host,
            said: "an answer out of order".into(),
        },
    }
}
