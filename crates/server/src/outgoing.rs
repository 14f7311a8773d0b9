//! A reply written down as a letter: to whom, in answer to what, under which signed id.

use jiff::Timestamp;
use unruffled_mail::compose::{self, Answered, Outgoing};
use unruffled_mail::{Address, thread};
use unruffled_store::{
    AgentId, Conversation, Customer, Direction, Message, MessageKind, NewReply, WithReply,
};

use crate::clock::Micros;
use crate::sheets::Address as Shown;
use crate::{Desk, Oops, offering, reader, words};

/// What a reply is made from.
pub struct About<'a> {
    pub desk: &'a Desk,
    pub conversation: &'a Conversation,
    /// Oldest first.
    pub thread: &'a [Message],
    pub customer: Option<&'a Customer>,
    pub author: &'a AgentId,
    pub author_name: &'a str,
    pub text: &'a str,
    pub send_after: Micros,
    /// Whether its author chose that time, rather than the one that is left for an undo.
    pub timed: bool,
}

/// The reply for the store's outbox. It can only be made from what an agent wrote as a reply.
pub fn reply(about: &About<'_>) -> Result<NewReply, Oops> {
    let settings = about.desk.settings();
    let to = whom(about.thread, about.customer).ok_or(Oops::Unusable(
        "No address is known to reply to, so nothing was sent. A private note can be kept.",
    ))?;
    let conversation = uuid::Uuid::parse_str(about.conversation.id.as_str())
        .map_err(|fault| Oops::Broken(fault.to_string()))?;
    let message_id = thread::sign(conversation, settings.domain(), about.desk.secret());
    let last = answered_letter(about.thread, about.customer);
    let answering = last.and_then(|last| {
        let message_id = last.message_id.clone()?;
        Some(Answered {
            from: Address::new(&last.from_name, &last.from_address),
            date: Timestamp::from_microsecond(last.sent_at.unwrap_or(last.created_at)).ok(),
            message_id,
            references: last.refs.split_whitespace().map(str::to_owned).collect(),
            text: reader::fresh(last).0,
        })
    });
    let references = answering.as_ref().map_or_else(Vec::new, |answered| {
        thread::references(&answered.references, &answered.message_id)
    });
    let outgoing = Outgoing {
        from: Address::new(&settings.inbox.name, &settings.inbox.address),
        to: vec![Address::new(&to.name, &to.address)],
        cc: Vec::new(),
        subject: answer_to(&about.conversation.subject),
        text: about.text.to_owned(),
        message_id,
        date: words::in_zone(about.send_after, about.desk.zone()),
        answering,
    };
    let (envelope, eml) =
        compose::letter(&outgoing).map_err(|fault| Oops::Said(fault.to_string()))?;
    Ok(NewReply {
        conversation_id: about.conversation.id.clone(),
        author_id: about.author.clone(),
        from_name: about.author_name.to_owned(),
        from_address: settings.inbox.address.clone(),
        to_line: shown(&to),
        cc_line: String::new(),
        subject: outgoing.subject,
        text: about.text.to_owned(),
        message_id: outgoing.message_id,
        in_reply_to: outgoing.answering.map(|answered| answered.message_id),
        refs: references.join(" "),
        envelope_from: envelope.from,
        envelope_to: envelope.to,
        eml,
        send_after: about.send_after,
        timed: about.timed,
        draft_version: 0,
        once: None,
        options: offering::granted_by(&about.desk.playbook(), about.text),
        promises: WithReply::default(),
    })
}

/// Where a reply goes: to the customer, at the address they last wrote from and want answers at. Somebody
/// else who joined the conversation is shown in it, and gets nothing by joining.
pub fn whom(thread: &[Message], customer: Option<&Customer>) -> Option<Shown> {
    let wrote = answered_letter(thread, customer).and_then(|letter| {
        let address = match &letter.reply_to {
            Some(address) if !address.is_empty() => address.clone(),
            _ => letter.from_address.clone(),
        };
        (!address.is_empty()).then(|| Shown {
            name: letter.from_name.clone(),
            address,
        })
    });
    wrote.or_else(|| {
        let customer = customer?;
        Some(Shown {
            name: customer.name.clone(),
            address: customer.addresses.first()?.clone(),
        })
    })
}

/// The letter that a reply answers: the last one that the customer wrote.
fn answered_letter<'a>(thread: &'a [Message], customer: Option<&Customer>) -> Option<&'a Message> {
    let letters = || {
        thread.iter().filter(|message| {
            message.direction == Direction::In && message.kind == MessageKind::Mail
        })
    };
    let theirs = |letter: &&Message| {
        customer.is_none_or(|customer| {
            let from = letter.from_address.trim();
            customer
                .addresses
                .iter()
                .any(|known| known.eq_ignore_ascii_case(from))
        })
    };
    letters().rfind(theirs).or_else(|| letters().next_back())
}

fn answer_to(subject: &str) -> String {
    let is_answer = subject
        .get(..3)
        .is_some_and(|start| start.eq_ignore_ascii_case("re:"));
    if is_answer {
        subject.to_owned()
    } else {
        format!("Re: {subject}").trim_end().to_owned()
    }
}

fn shown(address: &Shown) -> String {
    if address.name.is_empty() || address.name == address.address {
        address.address.clone()
    } else {
        format!("{} <{}>", address.name, address.address)
    }
}
