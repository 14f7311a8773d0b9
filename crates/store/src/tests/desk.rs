//! A desk for one test: two agents, two inboxes, and letters at the ready.

use crate::*;
use std::ops::Deref;
use tempfile::TempDir;

/// A second.
pub const SECOND: Time = 1_000_000;
/// Some morning.
pub const MORNING: Time = 1_790_000_000_000_000;

/// A desk with Ada at the front desk, Ben at the repairs, and a folder that goes away with it.
pub struct TestDesk {
    pub store: Store,
    pub place: String,
    pub folder: TempDir,
    pub ada: AgentId,
    pub ben: AgentId,
    pub front: InboxId,
    pub repairs: InboxId,
}

impl Deref for TestDesk {
    type Target = Store;

    fn deref(&self) -> &Store {
        &self.store
    }
}

impl TestDesk {
    pub async fn on_sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let place = folder
            .path()
            .join("desk.sqlite")
            .to_str()
            .expect("a plain path")
            .to_owned();
        Self::at(place, folder).await
    }

    pub async fn on_postgres(address: &str) -> Self {
        Self::at(address.to_owned(), tempfile::tempdir().expect("a folder")).await
    }

    async fn at(place: String, folder: TempDir) -> Self {
        let store = Store::open(&place, folder.path().join("attachments"))
            .await
            .expect("a desk");
        let ada = store
            .add_agent(&agent("ada", "Ada"), MORNING)
            .await
            .expect("Ada");
        let ben = store
            .add_agent(&agent("ben", "Ben"), MORNING)
            .await
            .expect("Ben");
        let front = store
            .add_inbox("Front desk", "help@baths.example", MORNING)
            .await
            .expect("an inbox");
        let repairs = store
            .add_inbox("Repairs", "repairs@baths.example", MORNING + 1)
            .await
            .expect("an inbox");
        store.join_inbox(&front, &ada).await.expect("joined");
        store.join_inbox(&repairs, &ben).await.expect("joined");
        Self {
            store,
            place,
            folder,
            ada,
            ben,
            front,
            repairs,
        }
    }

    /// A second program on the same desk.
    pub async fn opened_again(&self) -> Store {
        Store::open(&self.place, self.folder.path().join("attachments"))
            .await
            .expect("the desk again")
    }

    /// Stores a letter of these bytes at the front desk.
    pub async fn stored(&self, bytes: &str, now: Time) -> RawId {
        self.store_raw(&self.front, bytes.as_bytes(), "test", None, now)
            .await
            .expect("stored")
            .raw_id
    }

    /// A letter from Mr Jones, stored and received as a conversation of its own.
    pub async fn with_letter(&self, words: &str, now: Time) -> Received {
        let raw = self.stored(words, now).await;
        self.receive(letter(raw, words, now))
            .await
            .expect("received")
    }

    /// A letter from Mr Jones, and a reply to it that waits for ten seconds.
    pub async fn with_reply(&self, words: &str, now: Time) -> (Received, Queued) {
        let received = self.with_letter("The gate says no.", now).await;
        let queued = self
            .queue_reply(&reply(self, &received, words, now), now)
            .await
            .expect("queued");
        (received, queued)
    }

    /// Claims and hands over, as a worker does.
    pub async fn handing_over(&self, queued: &Queued, lease_until: Time, now: Time) -> Claim {
        let claimed = self
            .claim_outbox(&queued.outbox_id, queued.version, lease_until, now)
            .await;
        let claim = claimed.expect("asked").expect("claimed").claim;
        assert!(
            self.mark_handing_over(&claim, lease_until)
                .await
                .expect("marked")
        );
        claim
    }

    /// What became of the only reply of this conversation.
    pub async fn delivery(&self, received: &Received) -> Delivery {
        let thread = self
            .thread(&received.conversation_id)
            .await
            .expect("a thread");
        let mut deliveries = thread
            .messages
            .into_iter()
            .filter_map(|message| message.delivery);
        deliveries.next().expect("a reply")
    }

    pub async fn state(&self, received: &Received) -> ConversationState {
        let found = self
            .conversation_by_id(&received.conversation_id)
            .await
            .expect("asked");
        found.expect("a conversation").state
    }
}

pub fn agent<'a>(login: &'a str, name: &'a str) -> NewAgent<'a> {
    NewAgent {
        login,
        name,
        password_hash: "hash",
        seal_salt: b"salt",
        sealed_key: b"sealed",
    }
}

pub fn letter(raw_id: RawId, words: &str, now: Time) -> Parsed {
    Parsed {
        message_id: format!("{raw_id}@jones.example"),
        raw_id,
        target: Target::New,
        kind: LetterKind::Mail,
        from_name: "Mr Jones".into(),
        from_address: "Jones@Example.org".into(),
        reply_to: None,
        to_line: "help@baths.example".into(),
        cc_line: String::new(),
        subject: "The gate".into(),
        text: words.into(),
        html: None,
        in_reply_to: None,
        refs: String::new(),
        marks: vec![],
        attachments: vec![],
        created_at: now,
        sent_at: Some(now - SECOND),
    }
}

pub fn reply(desk: &TestDesk, to: &Received, words: &str, now: Time) -> NewReply {
    NewReply {
        conversation_id: to.conversation_id.clone(),
        author_id: desk.ada.clone(),
        from_name: "Ada".into(),
        from_address: "help@baths.example".into(),
        to_line: "Mr Jones <jones@example.org>".into(),
        cc_line: String::new(),
        subject: "Re: The gate".into(),
        text: words.into(),
        message_id: format!("{}@baths.example", MessageId::fresh()),
        in_reply_to: None,
        refs: String::new(),
        envelope_from: "help@baths.example".into(),
        envelope_to: vec!["jones@example.org".into(), "mrs.jones@example.org".into()],
        eml: format!("Subject: Re: The gate\r\n\r\n{words}").into_bytes(),
        send_after: now + 10 * SECOND,
        timed: false,
        draft_version: 0,
        once: None,
        options: Vec::new(),
        promises: WithReply::default(),
    }
}
