//! Where outgoing letters go: a mail server, a folder on this machine, or a test's own memory.

use std::path::PathBuf;

use unruffled_mail::smtp::{self, Outcome};
use unruffled_mail::{Envelope, Tls, drop_folder};

use crate::Settings;
use crate::settings::Ending;

pub enum Post {
    /// No way out is set up: replies are kept and say so.
    Nowhere,
    Server(smtp::Account),
    Folder(PathBuf),
    #[cfg(test)]
    Memory(crate::tests::Memory),
}

impl Post {
    pub fn of(settings: &Settings) -> Self {
        if settings.drops() {
            Self::Folder(settings.drop_folder.clone())
        } else if settings.smtp.host.is_empty() {
            Self::Nowhere
        } else {
            Self::Server(account(&settings.smtp))
        }
    }

    /// Hands one letter over. `before_data` is awaited when the other end is ready and before the
    /// first byte of the letter goes.
    pub async fn send<B, F>(&self, envelope: &Envelope, letter: &[u8], before_data: B) -> Outcome
    where
        B: FnOnce() -> F,
        F: Future<Output = Result<(), String>>,
    {
        match self {
            Self::Nowhere => Outcome::Later {
                words: "No mail server is set up for sending; whoever looks after the desk can name one as smtp.host. The letter is kept here, and nothing was sent.".to_owned(),
            },
            Self::Server(account) => smtp::send(account, envelope, letter, before_data).await,
            Self::Folder(folder) => {
                if let Err(words) = before_data().await {
                    return Outcome::Later { words };
                }
                let (folder, envelope, letter) =
                    (folder.clone(), envelope.clone(), letter.to_vec());
                let put = tokio::task::spawn_blocking(move || {
                    drop_folder::send(&folder, &envelope, &letter)
                });
                match put.await {
                    Ok(Ok(_)) => Outcome::Accepted { response: "kept in the drop folder".to_owned() },
                    Ok(Err(fault)) => Outcome::Later {
                        words: format!("The drop folder could not be written ({fault}). The letter is kept here."),
                    },
                    Err(_) => Outcome::Later {
                        words: "The drop folder could not be written. The letter is kept here.".to_owned(),
                    },
                }
            }
            #[cfg(test)]
            Self::Memory(memory) => memory.send(envelope, letter, before_data).await,
        }
    }
}

pub(crate) fn account(end: &Ending) -> smtp::Account {
    smtp::Account {
        host: end.host.clone(),
        port: match (end.port, end.tls) {
            (0, Tls::Implicit) => 465,
            (0, Tls::StartTls) => 587,
            (0, Tls::None) => 25,
            (port, _) => port,
        },
        tls: end.tls,
        user: (!end.user.is_empty()).then(|| end.user.clone()),
        secret: end.password.clone(),
        ca_file: (!end.ca_file.as_os_str().is_empty()).then(|| end.ca_file.clone()),
        hello: None,
    }
}
