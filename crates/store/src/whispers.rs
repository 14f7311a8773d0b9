//! Whispers: what the two of a call say to each other. A whisper has its own type, verb and table, and
//! no way into a message; who wants to keep one writes a private note of it.

use crate::limits::{WHISPER_CHARS_MAX, WHISPERS_MAX};
use crate::preview::plain;
use crate::{AgentId, ConversationId, Error, Result, Store, Time, WhisperId};

/// A whisper.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Whisper {
    /// The id.
    pub id: WhisperId,
    /// Who said it.
    pub author_id: AgentId,
    /// Their name.
    pub author_name: String,
    /// What they said.
    pub text: String,
    /// When.
    pub said_at: Time,
}

const SAY: &str = "insert into whispers (id, conversation_id, author_id, text, said_at)
    select $1, k.conversation_id, $3, $4, $5 from calls k
    where k.conversation_id = $2 and k.state = 'joined' and (k.caller_id = $3 or k.came_id = $3)";
/// Of a call that is over they stay until the moment closes: until then one can still be kept.
const HEARD: &str = "select w.id, w.author_id, a.name as author_name, w.text, w.said_at
    from whispers w
    join calls k on k.conversation_id = w.conversation_id
    join agents a on a.id = w.author_id
    where w.conversation_id = $1 and (k.caller_id = $2 or k.came_id = $2)
    order by w.id desc limit $3";

impl Store {
    /// Says something to the other one of the call. `false` when this agent is in no call here.
    pub async fn whisper(
        &self,
        conversation: &ConversationId,
        author: &AgentId,
        text: &str,
        now: Time,
    ) -> Result<bool> {
        if text.chars().count() > WHISPER_CHARS_MAX {
            return Err(Error::Refused(format!(
                "A whisper has at most {WHISPER_CHARS_MAX} characters. Nothing was said; shorten it."
            )));
        }
        let mut tx = self.begin().await?;
        let said = run!(
            tx,
            SAY,
            WhisperId::fresh(),
            conversation,
            author,
            plain(text),
            now
        );
        tx.commit().await?;
        Ok(said > 0)
    }

    /// What was whispered, the oldest first; nothing for anybody but the two of the call.
    pub async fn whispers(
        &self,
        conversation: &ConversationId,
        agent: &AgentId,
    ) -> Result<Vec<Whisper>> {
        let mut heard: Vec<Whisper> = list!(self, HEARD, conversation, agent, WHISPERS_MAX);
        heard.reverse();
        Ok(heard)
    }
}
