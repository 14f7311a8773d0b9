//! Nods: a colleague's yes to an option that an agent may not grant alone.
//!
//! A nod is a thing of its own, in a table of its own: it is no message and no note, and there is no way from it
//! to the outbox. Asked, answered and withdrawn stay in the conversation for the team; nobody counts them.

use crate::{AgentId, ConversationId, Error, NodId, Result, Store, Time};

words! {
    /// Where a nod stands.
    NodState {
        /// Asked, not answered.
        Waiting = "waiting",
        /// Yes.
        Yes = "yes",
        /// Yes, with a condition in its word.
        YesBut = "yes-but",
        /// No.
        No = "no",
        /// Whoever asked took the question back.
        Withdrawn = "withdrawn",
    }
}

/// A nod to be asked for.
#[derive(Clone, Copy, Debug)]
pub struct NewNod<'a> {
    /// In which conversation.
    pub conversation_id: &'a ConversationId,
    /// For which option.
    pub option_id: &'a str,
    /// The option in words, as they are now.
    pub says: &'a str,
    /// Who asks.
    pub asked_by: &'a AgentId,
    /// Who is asked; `None` is anybody who may nod.
    pub asked_of: Option<&'a AgentId>,
}

/// A nod as it stands.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Nod {
    /// The id.
    pub id: NodId,
    /// In which conversation.
    pub conversation_id: ConversationId,
    /// The number of that conversation.
    pub number: i64,
    /// Who wrote in.
    pub customer_name: String,
    /// What the conversation is called.
    pub subject: String,
    /// For which option.
    pub option_id: String,
    /// The option in words, as they were when it was asked for.
    pub says: String,
    /// Who asked.
    pub asked_by: AgentId,
    /// Their name.
    pub asked_by_name: String,
    /// Who was asked; `None` is anybody who may nod.
    pub asked_of: Option<AgentId>,
    /// Their name.
    pub asked_of_name: Option<String>,
    /// When.
    pub asked_at: Time,
    /// Where it stands.
    pub state: NodState,
    /// Who answered.
    pub answered_by: Option<AgentId>,
    /// Their name.
    pub answered_by_name: Option<String>,
    /// When.
    pub answered_at: Option<Time>,
    /// What they said with it; empty when nothing.
    pub word: String,
}

macro_rules! nods {
    ($rest:literal) => {
        concat!(
            "select n.id, n.conversation_id, c.number, u.name as customer_name, c.subject, n.option_id, n.says,
                n.asked_by, a.name as asked_by_name, n.asked_of, o.name as asked_of_name, n.asked_at, n.state,
                n.answered_by, b.name as answered_by_name, n.answered_at, n.word
            from option_nods n
            join conversations c on c.id = n.conversation_id
            join customers u on u.id = c.customer_id
            join agents a on a.id = n.asked_by
            left join agents o on o.id = n.asked_of
            left join agents b on b.id = n.answered_by ",
            $rest
        )
    };
}

const ASK: &str = "insert into option_nods (conversation_id, id, option_id, says, asked_by, asked_of, asked_at, state, word)
    select c.id, $2, $3, $4, $5, $6, $7, 'waiting', '' from conversations c where c.id = $1
    on conflict do nothing";
const WAITING_ALREADY: &str = "select id from option_nods where conversation_id = $1 and option_id = $2 and state = 'waiting'";
const OF_CONVERSATION: &str = nods!("where n.conversation_id = $1 order by n.asked_at, n.id");
const ONE: &str = nods!(
    "where n.id = $2 and c.inbox_id in (select inbox_id from inbox_members where agent_id = $1)"
);
const FOR_AGENT: &str = nods!(
    "where n.state = 'waiting' and c.state <> 'done' and n.asked_by <> $1
        and (n.asked_of = $1 or (n.asked_of is null and $2 = 1))
        and c.inbox_id in (select inbox_id from inbox_members where agent_id = $1)
    order by n.asked_at, n.id"
);
const ANSWER: &str =
    "update option_nods set state = $2, answered_by = $3, answered_at = $4, word = $5
    where id = $1 and state = 'waiting' and asked_by <> $3";
const UNANSWER: &str =
    "update option_nods set state = 'waiting', answered_by = null, answered_at = null, word = ''
    where id = $1 and answered_by = $2
    and not exists (select 1 from option_nods w where w.conversation_id = option_nods.conversation_id
        and w.option_id = option_nods.option_id and w.state = 'waiting')";
const WITHDRAW: &str = "update option_nods set state = 'withdrawn' where id = $1 and asked_by = $2 and state = 'waiting'";

impl Store {
    /// Asks for a nod. While one is waiting for the same option in the same conversation, that one is given back:
    /// asking twice asks once.
    pub async fn ask_for_nod(&self, nod: &NewNod<'_>, now: Time) -> Result<NodId> {
        let id = NodId::fresh();
        let mut tx = self.begin().await?;
        let asked = run!(
            tx,
            ASK,
            nod.conversation_id,
            &id,
            nod.option_id,
            nod.says,
            nod.asked_by,
            nod.asked_of,
            now
        );
        if asked > 0 {
            tx.commit().await?;
            return Ok(id);
        }
        let before: Option<(NodId,)> =
            find_in!(tx, WAITING_ALREADY, nod.conversation_id, nod.option_id);
        before.map(|(id,)| id).ok_or(Error::Missing("conversation"))
    }

    /// Every nod of a conversation, in the order in which they were asked for.
    pub async fn nods_of(&self, conversation: &ConversationId) -> Result<Vec<Nod>> {
        Ok(list!(self, OF_CONVERSATION, conversation))
    }

    /// A nod, if this agent may see its conversation.
    pub async fn nod(&self, agent: &AgentId, id: &NodId) -> Result<Option<Nod>> {
        Ok(find!(self, ONE, agent, id))
    }

    /// The nods that wait for this agent: those asked of them, and, where they `may_nod` for anybody, those asked
    /// of anybody.
    pub async fn nods_waiting_for(&self, agent: &AgentId, may_nod: bool) -> Result<Vec<Nod>> {
        Ok(list!(self, FOR_AGENT, agent, i64::from(may_nod)))
    }

    /// Answers a nod; `false` when it is not waiting (any more), or is the answerer's own question.
    pub async fn answer_nod(
        &self,
        id: &NodId,
        by: &AgentId,
        answer: NodState,
        word: &str,
        now: Time,
    ) -> Result<bool> {
        if !matches!(answer, NodState::Yes | NodState::YesBut | NodState::No) {
            return Ok(false);
        }
        let mut tx = self.begin().await?;
        let word = crate::preview::plain(word);
        let answered = run!(tx, ANSWER, id, answer, by, now, &word) > 0;
        tx.commit().await?;
        Ok(answered)
    }

    /// Takes an answer back: the nod waits again. Only for whoever gave it.
    pub async fn take_back_answer(&self, id: &NodId, by: &AgentId) -> Result<bool> {
        let mut tx = self.begin().await?;
        let waits = run!(tx, UNANSWER, id, by) > 0;
        tx.commit().await?;
        Ok(waits)
    }

    /// Takes the question back. Only for whoever asked, and only while it waits.
    pub async fn withdraw_nod(&self, id: &NodId, by: &AgentId) -> Result<bool> {
        let mut tx = self.begin().await?;
        let withdrawn = run!(tx, WITHDRAW, id, by) > 0;
        tx.commit().await?;
        Ok(withdrawn)
    }
}
