//! Facts: what they say in a conversation beside what we know, with source, time and a state in words.
//!
//! What the records said and what somebody checked by hand are kept apart, so that a check can be taken
//! back and a second look at the records leaves it standing.

use crate::limits::{FACT_LINES_MAX, FACT_WORDS_MAX, OUR_WORDS_MAX};
use crate::preview::plain;
use crate::{
    AgentId, ConversationId, CustomerId, Error, FactId, MessageId, Result, Store, Time, jobs,
};

words! {
    /// How a line stands.
    FactState {
        /// A record shows it, or somebody looked.
        Checked = "checked",
        /// A record says otherwise.
        Contradicted = "contradicted",
        /// The records were asked and know nothing of it.
        NotFound = "not-found",
        /// Nobody has looked, or what was asked did not answer.
        NotChecked = "not-checked",
        /// Their account and ours differ, and it is not settled.
        Disputed = "disputed",
    }
}

/// One line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// The id.
    pub id: FactId,
    /// The message that says it; none where no message does.
    pub message_id: Option<MessageId>,
    /// What they say, in their words; empty where it is only we who know it.
    pub claim: String,
    /// What we know, in words; empty where nothing is known.
    pub known: String,
    /// Where from, as people say it.
    pub source: String,
    /// How it stands by the records alone.
    pub state: FactState,
    /// What we know is only what we said: it shows that we said it, and not that it is so.
    pub of_ours: bool,
    /// Who wrote it down by hand; none where the records said it.
    pub author: Option<String>,
    /// When the records said it, or when it was written down.
    pub found_at: Time,
    /// What somebody looked up by hand since.
    pub check: Option<FactCheck>,
}

/// A line checked by hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactCheck {
    /// What they found.
    pub state: FactState,
    /// Where they looked, in their words.
    pub source: String,
    /// Who looked, by name.
    pub author: String,
    /// When.
    pub checked_at: Time,
}

impl Fact {
    /// How it stands: what was checked by hand has the last word.
    pub fn standing(&self) -> FactState {
        self.check.as_ref().map_or(self.state, |check| check.state)
    }
}

/// A line that the records gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewFact {
    /// What they say, in their words, or nothing.
    pub claim: String,
    /// What we know, or nothing.
    pub known: String,
    /// Where from.
    pub source: String,
    /// How it stands.
    pub state: FactState,
    /// What we know is only what we said.
    pub of_ours: bool,
}

/// A source that did not answer, in a sentence.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct FactTrouble {
    /// As people say it.
    pub source: String,
    /// What happened: "did not answer within 2 s".
    pub problem: String,
    /// When it was asked.
    pub asked_at: Time,
}

/// Everything a look at the records gave.
#[derive(Clone, Copy, Debug)]
pub struct LookedUp<'a> {
    /// For which conversation.
    pub conversation_id: &'a ConversationId,
    /// For which message of it; none for what was said at the counter or on the phone.
    pub message_id: Option<&'a MessageId>,
    /// The lines, in the order in which they are shown.
    pub facts: &'a [NewFact],
    /// The sources that did not answer; those of an earlier look are forgotten.
    pub troubles: &'a [FactTrouble],
}

#[derive(sqlx::FromRow)]
struct Row {
    id: FactId,
    message_id: Option<MessageId>,
    claim: String,
    known: String,
    source: String,
    state: FactState,
    of_ours: i64,
    author: Option<String>,
    found_at: Time,
    checked_state: Option<FactState>,
    checked_source: Option<String>,
    checked_by: Option<String>,
    checked_at: Option<Time>,
}

impl From<Row> for Fact {
    fn from(row: Row) -> Self {
        let check = row.checked_state.map(|state| FactCheck {
            state,
            source: row.checked_source.unwrap_or_default(),
            author: row.checked_by.unwrap_or_default(),
            checked_at: row.checked_at.unwrap_or_default(),
        });
        Self {
            id: row.id,
            message_id: row.message_id,
            claim: row.claim,
            known: row.known,
            source: row.source,
            state: row.state,
            of_ours: row.of_ours != 0,
            author: row.author,
            found_at: row.found_at,
            check,
        }
    }
}

/// The kind of the job that looks up what a message says; its payload is made by [`payload`].
pub const LOOK_UP: &str = "look-up";

/// Stands in a payload where no message does.
const SAID_ALOUD: &str = "aloud";

const LIST: &str =
    "select f.id, f.message_id, f.claim, f.known, f.source, f.state, f.of_ours, a.name as author, f.found_at,
        c.state as checked_state, c.source as checked_source, b.name as checked_by, c.checked_at
    from facts f
    left join fact_checks c on c.conversation_id = f.conversation_id and c.fact_id = f.id
    left join agents a on a.id = f.author_id
    left join agents b on b.id = c.author_id
    where f.conversation_id = $1 order by f.message_id, f.position, f.id limit $2";
const TROUBLES: &str = "select source, problem, asked_at from fact_troubles
    where conversation_id = $1 order by source";
const BEFORE: &str = "select id, claim, source from facts
    where conversation_id = $1 and coalesce(message_id, '') = $2 and author_id is null order by position, id";
const ADD: &str = "insert into facts (conversation_id, id, message_id, position, claim, known, source, state, of_ours, author_id, found_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
const SAY_AGAIN: &str =
    "update facts set position = $3, known = $4, state = $5, of_ours = $6, found_at = $7
    where conversation_id = $1 and id = $2";
/// What somebody checked stays, whatever the records say now.
const LET_GO: &str = "delete from facts where conversation_id = $1 and id = $2
    and not exists (select 1 from fact_checks where conversation_id = $1 and fact_id = $2)";
const TROUBLE: &str = "insert into fact_troubles (conversation_id, source, problem, asked_at) values ($1, $2, $3, $4)
    on conflict (conversation_id, source) do update set problem = excluded.problem, asked_at = excluded.asked_at";
const NO_TROUBLE: &str = "delete from fact_troubles where conversation_id = $1";
const CHECK: &str = "insert into fact_checks (conversation_id, fact_id, state, source, author_id, checked_at)
    select f.conversation_id, f.id, $3, $4, $5, $6 from facts f where f.conversation_id = $1 and f.id = $2
    on conflict (conversation_id, fact_id) do update set state = excluded.state, source = excluded.source,
        author_id = excluded.author_id, checked_at = excluded.checked_at";
const UNCHECK: &str = "delete from fact_checks where conversation_id = $1 and fact_id = $2";
const TAKE_BACK: &str =
    "delete from facts where conversation_id = $1 and id = $2 and author_id is not null";
const OUR_WORDS: &str = "select m.created_at, m.text from messages m
    join conversations c on c.id = m.conversation_id
    where c.customer_id = $1 and m.direction = 'out' and m.created_at < $2
    order by m.created_at desc, m.id desc limit $3";
const THERE: &str = "select id from messages where conversation_id = $1 and id = $2";

impl Store {
    /// The conversation's facts: the lines of each message together, in the order of the messages. Ask for the
    /// conversation by number and agent first: that is where it is decided who may see it.
    pub async fn facts(&self, conversation: &ConversationId) -> Result<Vec<Fact>> {
        let rows: Vec<Row> = list!(self, LIST, conversation, FACT_LINES_MAX);
        Ok(rows.into_iter().map(Fact::from).collect())
    }

    /// The sources that did not answer when they were asked last.
    pub async fn fact_troubles(&self, conversation: &ConversationId) -> Result<Vec<FactTrouble>> {
        Ok(list!(self, TROUBLES, conversation))
    }

    /// Keeps what a look at the records gave for one message. A line that was there before keeps its id, and with
    /// it what somebody checked by hand; a line that is gone goes, unless somebody checked it.
    pub async fn keep_facts(&self, looked: &LookedUp<'_>, now: Time) -> Result<()> {
        let (conversation, message) = (looked.conversation_id, looked.message_id);
        let mut tx = self.begin().await?;
        if let Some(message) = message {
            let there: Option<(MessageId,)> = find_in!(tx, THERE, conversation, message);
            if there.is_none() {
                return Err(Error::Missing("message"));
            }
        }
        let mut before: Vec<(FactId, String, String)> = list_in!(
            tx,
            BEFORE,
            conversation,
            message.map_or("", MessageId::as_str)
        );
        for (position, fact) in (0..).zip(looked.facts) {
            let (claim, source) = (short(&fact.claim), short(&fact.source));
            let known = short(&fact.known);
            let same = before
                .iter()
                .position(|(_, was, from)| *was == claim && *from == source);
            match same {
                Some(at) => {
                    let (id, ..) = before.remove(at);
                    run!(
                        tx,
                        SAY_AGAIN,
                        conversation,
                        &id,
                        position,
                        known,
                        fact.state,
                        i64::from(fact.of_ours),
                        now
                    );
                }
                None => {
                    let id = FactId::fresh();
                    let nobody: Option<&AgentId> = None;
                    run!(
                        tx,
                        ADD,
                        conversation,
                        &id,
                        message,
                        position,
                        claim,
                        known,
                        source,
                        fact.state,
                        i64::from(fact.of_ours),
                        nobody,
                        now
                    );
                }
            }
        }
        for (id, ..) in &before {
            run!(tx, LET_GO, conversation, id);
        }
        run!(tx, NO_TROUBLE, conversation);
        for trouble in looked.troubles {
            let (source, problem) = (short(&trouble.source), short(&trouble.problem));
            run!(tx, TROUBLE, conversation, source, problem, trouble.asked_at);
        }
        tx.commit().await
    }

    /// Keeps a line that somebody wrote down by hand.
    pub async fn add_fact(
        &self,
        conversation: &ConversationId,
        fact: &NewFact,
        author: &AgentId,
        now: Time,
    ) -> Result<FactId> {
        let id = FactId::fresh();
        let mut tx = self.begin().await?;
        let (claim, known, source) = (short(&fact.claim), short(&fact.known), short(&fact.source));
        let none: Option<&MessageId> = None;
        let first = 0_i64;
        run!(
            tx,
            ADD,
            conversation,
            &id,
            none,
            first,
            claim,
            known,
            source,
            fact.state,
            i64::from(fact.of_ours),
            author,
            now
        );
        tx.commit().await?;
        Ok(id)
    }

    /// Keeps what somebody looked up by hand: `state` is checked, contradicted or disputed, `source` says where in
    /// their words.
    pub async fn check_fact(
        &self,
        conversation: &ConversationId,
        fact: &FactId,
        state: FactState,
        source: &str,
        author: &AgentId,
        now: Time,
    ) -> Result<()> {
        let mut tx = self.begin().await?;
        if run!(
            tx,
            CHECK,
            conversation,
            fact,
            state,
            short(source),
            author,
            now
        ) == 0
        {
            return Err(Error::Missing("fact"));
        }
        tx.commit().await
    }

    /// Takes back what was checked by hand, and a line written down by hand as a whole; `false` when there was
    /// nothing to take back.
    pub async fn uncheck_fact(&self, conversation: &ConversationId, fact: &FactId) -> Result<bool> {
        let mut tx = self.begin().await?;
        let taken = run!(tx, UNCHECK, conversation, fact) + run!(tx, TAKE_BACK, conversation, fact);
        tx.commit().await?;
        Ok(taken > 0)
    }

    /// What we wrote to this customer before, the newest first: a letter's day and its words.
    pub async fn our_words_to(
        &self,
        customer: &CustomerId,
        before: Time,
    ) -> Result<Vec<(Time, String)>> {
        Ok(list!(self, OUR_WORDS, customer, before, OUR_WORDS_MAX))
    }

    /// Has what a message says looked up (again); with none, what was said at the counter or on the phone.
    pub async fn ask_for_facts(
        &self,
        conversation: &ConversationId,
        message: Option<&MessageId>,
        now: Time,
    ) -> Result<()> {
        let mut tx = self.begin().await?;
        jobs::enqueue(&mut tx, LOOK_UP, &payload(conversation, message), now).await?;
        tx.commit().await
    }
}

/// The payload of a [`LOOK_UP`] job.
pub fn payload(conversation: &ConversationId, message: Option<&MessageId>) -> String {
    let message = message.map_or(SAID_ALOUD, MessageId::as_str);
    format!("{conversation} {message}")
}

/// The conversation and the message that a [`LOOK_UP`] job is about.
pub fn parse_payload(payload: &str) -> Option<(ConversationId, Option<MessageId>)> {
    let (conversation, message) = payload.split_once(' ')?;
    let message = match message {
        SAID_ALOUD => None,
        id => Some(MessageId::parse(id)?),
    };
    Some((ConversationId::parse(conversation)?, message))
}

/// The words as they are kept: no NUL, and no longer than a line of a list may be.
fn short(words: &str) -> String {
    let mut words = plain(words.trim());
    if words.chars().count() > FACT_WORDS_MAX {
        words = words.chars().take(FACT_WORDS_MAX).chain(['…']).collect();
    }
    words
}
