//! Lessons: what a circle learnt, in a sentence; what became of it; and whether it is used.
//!
//! Uses are counted by lesson and never by person: of options as they always are, of places to look by the checks that name
//! them, of words by how often they were written since, on either side.

use crate::circle::day;
use crate::{AgentId, InboxId, LessonId, Result, Store, Time};

words! {
    /// What became of a lesson.
    Became {
        /// Nothing, so far.
        NothingYet = "nothing-yet",
        /// An option of the playbook, by its id.
        Option = "option",
        /// A saved reply: an option that is wording and nothing else, by its id.
        Reply = "reply",
        /// A card of our own, by its id.
        Card = "card",
        /// A place to look facts up by hand, by its name.
        Place = "place",
    }
}

/// What was learnt.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Lesson {
    /// The id.
    pub id: LessonId,
    /// The team.
    pub inbox_id: InboxId,
    /// The sentence.
    pub says: String,
    /// What became of it.
    pub became: Became,
    /// Which one: an option's id, a card's, a place's name.
    pub became_name: String,
    /// The day.
    pub learnt_on: Time,
}

const ADD: &str = "insert into lessons (id, inbox_id, says, became, became_name, learnt_on) values ($1, $2, $3, $4, $5, $6)";
const ALL: &str = "select id, inbox_id, says, became, became_name, learnt_on from lessons
    where inbox_id in (select inbox_id from inbox_members where agent_id = $1) order by learnt_on desc, id";
const ONE: &str = "select id, inbox_id, says, became, became_name, learnt_on from lessons
    where id = $2 and inbox_id in (select inbox_id from inbox_members where agent_id = $1)";
const BECAME: &str = "update lessons set became = $3, became_name = $4 where id = $2
    and inbox_id in (select inbox_id from inbox_members where agent_id = $1)";
const DROP: &str = "delete from lessons where id = $2 and inbox_id in (select inbox_id from inbox_members where agent_id = $1)";
/// Checked by hand, or written down by hand.
const LOOKED_THERE: &str = "select
        (select count(*) from fact_checks f join conversations c on c.id = f.conversation_id
            where lower(f.source) = lower($2) and c.inbox_id in (select inbox_id from inbox_members where agent_id = $1))
        + (select count(*) from facts f join conversations c on c.id = f.conversation_id
            where f.author_id is not null and lower(f.source) = lower($2)
            and c.inbox_id in (select inbox_id from inbox_members where agent_id = $1))";
const SAID: &str = "select count(case when m.direction = 'in' then 1 end) as theirs,
        count(case when m.direction = 'out' then 1 end) as ours
    from messages m join conversations c on c.id = m.conversation_id
    where m.created_at >= $2 and m.kind = 'mail' and lower(m.text) like $3 escape '!'
        and c.inbox_id in (select inbox_id from inbox_members where agent_id = $1)";

impl Store {
    /// Writes down what was learnt.
    pub async fn add_lesson(&self, inbox: &InboxId, says: &str, now: Time) -> Result<LessonId> {
        let id = LessonId::at_random();
        let says = crate::preview::plain(says);
        let mut tx = self.begin().await?;
        run!(tx, ADD, &id, inbox, says, Became::NothingYet, "", day(now));
        tx.commit().await?;
        Ok(id)
    }

    /// Every lesson of this agent's teams, the newest first.
    pub async fn lessons(&self, agent: &AgentId) -> Result<Vec<Lesson>> {
        Ok(list!(self, ALL, agent))
    }

    /// One of them.
    pub async fn lesson(&self, agent: &AgentId, id: &LessonId) -> Result<Option<Lesson>> {
        Ok(find!(self, ONE, agent, id))
    }

    /// Says what became of a lesson.
    pub async fn lesson_became(
        &self,
        agent: &AgentId,
        id: &LessonId,
        became: Became,
        name: &str,
    ) -> Result<bool> {
        let mut tx = self.begin().await?;
        let name = crate::preview::plain(name);
        let changed = run!(tx, BECAME, agent, id, became, name) > 0;
        tx.commit().await?;
        Ok(changed)
    }

    /// Lets a lesson go; what became of it stays.
    pub async fn drop_lesson(&self, agent: &AgentId, id: &LessonId) -> Result<bool> {
        let mut tx = self.begin().await?;
        let dropped = run!(tx, DROP, agent, id) > 0;
        tx.commit().await?;
        Ok(dropped)
    }

    /// How many facts were checked by hand at this place.
    pub async fn looked_at(&self, agent: &AgentId, place: &str) -> Result<i64> {
        let count: Option<(i64,)> = find!(self, LOOKED_THERE, agent, place);
        Ok(count.map_or(0, |(count,)| count))
    }

    /// In how many letters of theirs and of ours these words stand since then.
    pub async fn said_since(
        &self,
        agent: &AgentId,
        words: &str,
        since: Time,
    ) -> Result<(i64, i64)> {
        let plain = words.to_lowercase();
        let escaped = plain
            .replace('!', "!!")
            .replace('%', "!%")
            .replace('_', "!_");
        let counts: Option<(i64, i64)> = find!(self, SAID, agent, since, format!("%{escaped}%"));
        Ok(counts.unwrap_or_default())
    }
}
