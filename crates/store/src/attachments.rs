//! Attachments: the files that came with a message. The names on our disk are ours: the hash of what is inside.

use crate::engine::Tx;
use crate::open::private_folder;
use crate::preview::plain;
use crate::raws::sha256;
use crate::{AgentId, AttachmentId, ConversationId, Error, MessageId, Result, Store};
use std::io::Write;
use std::path::{Path, PathBuf};

/// A file that came with a message.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Attachment {
    /// The id.
    pub id: AttachmentId,
    /// The conversation of its message.
    pub conversation_id: ConversationId,
    /// Its message.
    pub message_id: MessageId,
    /// Its name as the letter gave it, for showing; never a name on our disk.
    pub name: String,
    /// Its type as the letter gave it.
    pub media_type: String,
    /// How many bytes.
    pub size: i64,
    /// SHA-256 of the bytes, in hexadecimal: its name on our disk.
    pub sha256: String,
}

/// A file that has just arrived.
#[derive(Clone, Debug)]
pub struct NewAttachment {
    /// See [`Attachment::name`].
    pub name: String,
    /// See [`Attachment::media_type`].
    pub media_type: String,
    /// What is inside.
    pub bytes: Vec<u8>,
}

/// A file whose bytes lie on the disk already.
pub(crate) struct Laid {
    name: String,
    media_type: String,
    size: i64,
    sha256: String,
}

const FIND: &str = "select f.* from attachments f
    join conversations c on c.id = f.conversation_id
    where f.id = $2 and c.inbox_id in (select inbox_id from inbox_members where agent_id = $1)";
const ADD: &str = "insert into attachments (id, conversation_id, message_id, position, name, media_type, size, sha256)
    values ($1, $2, $3, $4, $5, $6, $7, $8)";

impl Store {
    /// The attachment, if this agent may see it.
    pub async fn attachment(
        &self,
        agent: &AgentId,
        id: &AttachmentId,
    ) -> Result<Option<Attachment>> {
        Ok(find!(self, FIND, agent, id))
    }

    /// Where the attachment's bytes lie, for streaming.
    pub fn attachment_path(&self, attachment: &Attachment) -> PathBuf {
        place(self.attachments_folder(), &attachment.sha256)
    }

    /// The attachment's bytes.
    pub async fn read_attachment(&self, attachment: &Attachment) -> Result<Vec<u8>> {
        let path = self.attachment_path(attachment);
        tokio::fs::read(&path).await.map_err(Error::file(path))
    }

    /// Lays the files down before any row names them: a row without its file would be a loss, a file
    /// without a row is only dust.
    pub(crate) async fn lay_down(&self, files: Vec<NewAttachment>) -> Result<Vec<Laid>> {
        if files.is_empty() {
            return Ok(Vec::new());
        }
        let folder = self.attachments_folder().to_owned();
        let laying = move || files.into_iter().map(|file| lay(&folder, file)).collect();
        tokio::task::spawn_blocking(laying)
            .await
            .unwrap_or_else(|stopped| {
                Err(Error::File {
                    path: self.attachments_folder().to_owned(),
                    source: std::io::Error::other(stopped),
                })
            })
    }
}

/// Writes the rows, within the transaction of their message.
pub(crate) async fn add(
    tx: &mut Tx,
    conversation: &ConversationId,
    message: &MessageId,
    files: &[Laid],
) -> Result<()> {
    for (position, file) in (0i64..).zip(files) {
        run!(
            tx,
            ADD,
            AttachmentId::fresh(),
            conversation,
            message,
            position,
            plain(&file.name),
            plain(&file.media_type),
            file.size,
            &file.sha256
        );
    }
    Ok(())
}

/// Two letters of the hash make a folder, so that no folder grows endless.
pub(crate) fn place(folder: &Path, sha256: &str) -> PathBuf {
    folder
        .join(sha256.get(..2).unwrap_or_default())
        .join(sha256)
}

/// The names of all files that lie there whole.
pub(crate) fn names(folder: &Path) -> std::io::Result<Vec<String>> {
    let mut names = Vec::new();
    for shelf in folder.read_dir()? {
        let shelf = shelf?;
        if !shelf.file_type()?.is_dir() {
            continue;
        }
        for file in shelf.path().read_dir()? {
            let name = file?.file_name().to_string_lossy().into_owned();
            if name.len() == 64 && name.bytes().all(|byte| byte.is_ascii_hexdigit()) {
                names.push(name);
            }
        }
    }
    names.sort();
    Ok(names)
}

fn lay(folder: &Path, file: NewAttachment) -> Result<Laid> {
    let sha256 = sha256(&file.bytes);
    let path = place(folder, &sha256);
    let size = file.bytes.len() as i64;
    if !path.is_file() {
        write_whole(&path, &file.bytes)?;
    }
    Ok(Laid {
        name: file.name,
        media_type: file.media_type,
        size,
        sha256,
    })
}

/// Writes beside, waits for the disk, then renames: the file is there whole or not at all.
pub(crate) fn write_whole(path: &Path, bytes: &[u8]) -> Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    private_folder(folder)?;
    let beside = folder.join(format!(".{}.part", uuid::Uuid::now_v7()));
    let written = std::fs::File::create(&beside)
        .and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()))
        .and_then(|()| std::fs::rename(&beside, path))
        .and_then(|()| std::fs::File::open(folder)?.sync_all());
    written.map_err(|said| {
        // Best effort: the half-written file has a name that nothing looks for.
        drop(std::fs::remove_file(&beside));
        Error::file(path)(said)
    })
}
