//! A stored letter read and put where it belongs.
//!
//! Where it belongs, in this order: an id that only this desk can have signed; an id of a letter
//! already known, if the sender takes part there; a conversation of its own. A subject alone
//! decides nothing, and a letter never acts as one of us.

use std::sync::Arc;

use unruffled_mail::{Action, Address, Kind, Letter, bounce, letter, thread};
use unruffled_store::{
    ConversationId, InboxId, Job, LetterKind, NewAttachment, Parsed, Raw, RawId, RawState, Target,
};

use super::{Done, later};
use crate::Desk;
use crate::bus::Change;

/// Origins that begin so bear letters of an earlier time, which keep their own place in it.
const IMPORTED: &str = "import:";

pub async fn run(desk: &Desk, job: &Job) -> Done {
    let Some(id) = RawId::parse(&job.payload) else {
        return Done::GivenUp {
            problem: "this job names no letter".to_owned(),
        };
    };
    match take_in(desk, &id).await {
        Ok(()) => Done::Finished,
        Err(Fault::Store(fault)) => later(desk, job, &fault),
        Err(Fault::Gone) => Done::GivenUp {
            problem: "the letter's bytes are not there".to_owned(),
        },
    }
}

enum Fault {
    Store(unruffled_store::Error),
    Gone,
}

impl From<unruffled_store::Error> for Fault {
    fn from(fault: unruffled_store::Error) -> Self {
        Self::Store(fault)
    }
}

async fn take_in(desk: &Desk, id: &RawId) -> Result<(), Fault> {
    let store = desk.store();
    let raw = store.raw(id).await?.ok_or(Fault::Gone)?;
    if raw.state == RawState::Parsed {
        return Ok(());
    }
    let raw = Arc::new(raw);
    let (letter, is_readable) = read(&raw).await;
    let inbox = raw.inbox_id.clone();
    let mut marks = letter.words();
    let is_ours_back = thread::verify(&letter.message_id, desk.secret()).is_some();
    let target = place(desk, &inbox, &letter, &mut marks).await?;
    let kind = match &letter.kind {
        _ if !is_readable => LetterKind::Unreadable,
        _ if is_ours_back => {
            marks.push("a copy of a letter that this desk sent".to_owned());
            LetterKind::AutoReply
        }
        Kind::Mail => LetterKind::Mail,
        Kind::AutoReply => {
            marks.push("answered by a machine".to_owned());
            LetterKind::AutoReply
        }
        Kind::Bounce(bounce) => {
            marks.push(bounce_mark(bounce.action).to_owned());
            match bounce.action {
                Action::Failed => LetterKind::Bounce,
                // Nothing is to be done about a delay or a receipt, so it is nobody's turn.
                _ => LetterKind::AutoReply,
            }
        }
    };
    if let Kind::Bounce(report) = &letter.kind
        && report.action == Action::Failed
        && let Some(about) = &report.original_message_id
        && thread::verify(about, desk.secret()).is_some()
    {
        store
            .note_bounce(about, &reason(report), desk.now())
            .await?;
    }
    let parsed = parsed(&raw, letter, target, kind, marks, desk.now());
    let received = store.receive(parsed).await?;
    let inbox = received.inbox_id.to_string();
    desk.say(Change::Conversation {
        inbox: inbox.clone(),
        number: received.number,
    });
    desk.say(Change::Inbox { inbox });
    Ok(())
}

/// Reads the bytes on a thread of its own. A letter that breaks the reader is still shown, as one
/// that could not be read; its bytes can be saved from the page.
async fn read(raw: &Arc<Raw>) -> (Letter, bool) {
    let bytes = Arc::clone(raw);
    let done = tokio::task::spawn_blocking(move || letter::parse(&bytes.bytes)).await;
    done.map_or_else(
        // What the panic says may hold words of the letter, so it is not logged here.
        |_| {
            tracing::error!(letter = %raw.id, "a letter could not be read");
            (stand_in(raw), false)
        },
        |letter| (letter, true),
    )
}

fn stand_in(raw: &Raw) -> Letter {
    let words = format!(
        "Subject: A letter that could not be read\r\n\r\n\
         This letter broke the desk's reader. It is kept as it came (no. {}); save it and open it with another mail program.\r\n",
        raw.id
    );
    letter::parse(words.as_bytes())
}

async fn place(
    desk: &Desk,
    inbox: &InboxId,
    letter: &Letter,
    marks: &mut Vec<String>,
) -> Result<Target, unruffled_store::Error> {
    let store = desk.store();
    let sender = letter.from.address.trim().to_lowercase();
    if sender == desk.settings().inbox.address.trim().to_lowercase() {
        marks.push("bears this desk's own address; nobody here wrote it".to_owned());
    }
    let (signed, is_report) = match &letter.kind {
        Kind::Bounce(report) => {
            let about = report.original_message_id.as_deref();
            let signed = about.and_then(|id| thread::verify(id, desk.secret()));
            (signed.or_else(|| thread::ours(letter, desk.secret())), true)
        }
        _ => (thread::ours(letter, desk.secret()), false),
    };
    if let Some(id) = signed.and_then(|id| ConversationId::parse(&id.to_string()))
        && let Some(conversation) = store.conversation_by_id(&id).await?
        && conversation.inbox_id == *inbox
    {
        if !is_report && !store.participants(&id).await?.contains(&sender) {
            marks.push("new sender".to_owned());
        }
        return Ok(Target::Conversation(id));
    }
    let ids: Vec<String> = thread::known(letter)
        .into_iter()
        .map(str::to_owned)
        .collect();
    match store.threads_for(inbox, &ids).await? {
        Some(found) if found.participants.contains(&sender) => {
            Ok(Target::Conversation(found.conversation_id))
        }
        _ => Ok(Target::New),
    }
}

fn parsed(
    raw: &Raw,
    letter: Letter,
    target: Target,
    kind: LetterKind,
    marks: Vec<String>,
    now: i64,
) -> Parsed {
    let date = letter.date.map(|date| date.as_microsecond());
    let created_at = match date {
        Some(date) if raw.origin.starts_with(IMPORTED) => date.min(now),
        _ => raw.received_at,
    };
    Parsed {
        raw_id: raw.id.clone(),
        target,
        kind,
        reply_to: answers_to(&letter),
        from_name: letter.from.name,
        from_address: letter.from.address,
        to_line: line(&letter.to),
        cc_line: line(&letter.cc),
        subject: letter.subject,
        text: letter.text,
        html: letter.html,
        message_id: letter.message_id,
        in_reply_to: letter.in_reply_to.first().cloned(),
        refs: letter.references.join(" "),
        marks,
        attachments: letter
            .attachments
            .into_iter()
            .map(|file| NewAttachment {
                name: file.name,
                media_type: file.media_type,
                bytes: file.bytes,
            })
            .collect(),
        created_at,
        sent_at: date,
    }
}

/// The address answers are wanted at, where it is another than the sender's.
fn answers_to(letter: &Letter) -> Option<String> {
    let address = &letter.reply_to.first()?.address;
    (!address.is_empty() && !address.eq_ignore_ascii_case(&letter.from.address))
        .then(|| address.clone())
}

fn line(addresses: &[Address]) -> String {
    let shown: Vec<String> = addresses
        .iter()
        .map(|address| {
            if address.name.is_empty() {
                address.address.clone()
            } else {
                format!("{} <{}>", address.name, address.address)
            }
        })
        .collect();
    shown.join(", ")
}

fn bounce_mark(action: Action) -> &'static str {
    match action {
        Action::Failed => "says that a letter did not arrive",
        Action::Delayed => "says that a letter is delayed",
        _ => "a report about a letter",
    }
}

/// Why a reply did not arrive, for the line beside it.
fn reason(report: &bounce::Bounce) -> String {
    let whom = match report.final_recipient.as_str() {
        "" => "the address",
        address => address,
    };
    let said = match (report.diagnostic.as_str(), report.status.as_str()) {
        ("", "") => "without saying why".to_owned(),
        ("", status) => format!("with status {status}"),
        (diagnostic, _) => format!("saying: {diagnostic}"),
    };
    format!("the mail server of {whom} gave it back, {said}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_that_breaks_the_reader_is_still_shown() {
        let raw = Raw {
            id: RawId::fresh(),
            inbox_id: InboxId::fresh(),
            sha256: String::new(),
            origin: String::new(),
            received_at: 0,
            state: RawState::New,
            problem: None,
            bytes: Vec::new(),
        };
        let letter = stand_in(&raw);
        assert_eq!(letter.subject, "A letter that could not be read");
        assert!(letter.text.contains("kept as it came"));
    }
}
