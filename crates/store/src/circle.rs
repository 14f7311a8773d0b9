//! The circle: moments that somebody brought to talk about, nameless before they come here.
//!
//! A moment knows neither its conversation nor its customer, and nobody can find them by its id or its time: ids are random and
//! times are days. Who brought it is known only where they chose to stand by it. Once it was talked about its words stay for a
//! while ([`limits::CIRCLE_KEPT_US`]) and then go; what stays is the lesson.

use crate::{AgentId, CircleId, Error, InboxId, Result, Store, Time, limits};

words! {
    /// How far a moment has come.
    CircleState {
        /// Brought, and not chosen yet.
        Waiting = "waiting",
        /// On the agenda of the next circle.
        Agenda = "agenda",
        /// Talked about.
        Over = "over",
    }
}

words! {
    /// Who speaks.
    CircleVoice {
        /// The customer.
        Customer = "customer",
        /// One of us.
        Us = "us",
    }
}

/// A moment to be brought.
#[derive(Clone, Debug)]
pub struct NewCircleMoment<'a> {
    /// To which team.
    pub inbox_id: &'a InboxId,
    /// What it is about, in a line.
    pub about: &'a str,
    /// What whoever brings it would like to talk about; may be empty.
    pub question: &'a str,
    /// Who stands by it; `None` is nobody.
    pub brought_by: Option<&'a AgentId>,
    /// What was said, without names.
    pub words: &'a [(CircleVoice, String)],
}

/// A moment in the circle.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct CircleMoment {
    /// The id, which says nothing of when it was brought.
    pub id: CircleId,
    /// The team.
    pub inbox_id: InboxId,
    /// What it is about.
    pub about: String,
    /// What to talk about.
    pub question: String,
    /// Who stands by it.
    pub brought_by_name: Option<String>,
    /// The day on which it was brought.
    pub brought_on: Time,
    /// How far it has come.
    pub state: CircleState,
    /// The day on which it was talked about.
    pub over_on: Option<Time>,
    /// Counts every save of the notes.
    pub version: i64,
    /// What was expected to happen.
    pub expected: String,
    /// What happened.
    pub happened: String,
    /// Why.
    pub why: String,
    /// What to keep.
    pub keep_on: String,
    /// What to change.
    pub change_to: String,
}

/// One speech of a moment.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct CircleWords {
    /// Who speaks.
    pub voice: CircleVoice,
    /// What they say.
    pub words: String,
}

/// What is written down in a circle.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CircleNotes {
    /// What was expected to happen.
    pub expected: String,
    /// What happened.
    pub happened: String,
    /// Why.
    pub why: String,
    /// What to keep.
    pub keep_on: String,
    /// What to change.
    pub change_to: String,
}

macro_rules! moments {
    ($rest:literal) => {
        concat!(
            "select m.id, m.inbox_id, m.about, m.question, a.name as brought_by_name, m.brought_on, m.state, m.over_on, m.version,
                m.expected, m.happened, m.why, m.keep_on, m.change_to
            from circle_moments m left join agents a on a.id = m.brought_by
            where m.inbox_id in (select inbox_id from inbox_members where agent_id = $1) ",
            $rest
        )
    };
}

const BRING: &str = "insert into circle_moments (id, inbox_id, about, question, brought_by, brought_on, state, version,
        expected, happened, why, keep_on, change_to)
    values ($1, $2, $3, $4, $5, $6, 'waiting', 0, '', '', '', '', '')";
const SAY: &str =
    "insert into circle_words (moment_id, position, voice, words) values ($1, $2, $3, $4)";
const WAITING: &str = "select count(*) from circle_moments where inbox_id = $1 and state <> 'over'";
const ALL: &str = moments!("order by m.brought_on, m.id");
const ONE: &str = moments!("and m.id = $2");
const WORDS: &str = "select voice, words from circle_words where moment_id = $1 order by position";
const STAND: &str =
    "update circle_moments set state = $3, over_on = $4 where id = $2 and state <> $3
    and inbox_id in (select inbox_id from inbox_members where agent_id = $1)";
const NOTE: &str = "update circle_moments set version = version + 1, expected = $4, happened = $5, why = $6, keep_on = $7, change_to = $8
    where id = $2 and version = $3 and inbox_id in (select inbox_id from inbox_members where agent_id = $1)";
const TAKE_WORDS: &str =
    "delete from circle_words where moment_id in (select id from circle_moments where id = $2
    and inbox_id in (select inbox_id from inbox_members where agent_id = $1))";
const TAKE: &str = "delete from circle_moments where id = $2
    and inbox_id in (select inbox_id from inbox_members where agent_id = $1)";
const FORGET_WORDS: &str = "delete from circle_words where moment_id in
    (select id from circle_moments where state = 'over' and over_on < $1)";
const FORGET: &str = "delete from circle_moments where state = 'over' and over_on < $1";

/// The day of a time, so that a moment of the circle cannot be matched with what was done in that minute.
pub(crate) fn day(at: Time) -> Time {
    const DAY: Time = 24 * 3_600 * 1_000_000;
    at.div_euclid(DAY) * DAY
}

impl Store {
    /// Brings a moment. Whoever calls has made it nameless.
    pub async fn bring_to_circle(
        &self,
        moment: &NewCircleMoment<'_>,
        now: Time,
    ) -> Result<CircleId> {
        let id = CircleId::at_random();
        let mut tx = self.begin().await?;
        let waiting: Option<(i64,)> = find_in!(tx, WAITING, moment.inbox_id);
        if waiting.is_some_and(|(count,)| count >= limits::CIRCLE_MOMENTS_MAX) {
            return Err(Error::Refused(
                "The circle has as many moments as it can talk about in a season. Nothing was added; yours is still on this page. Take one back first, or talk about some."
                    .into(),
            ));
        }
        run!(
            tx,
            BRING,
            &id,
            moment.inbox_id,
            crate::preview::plain(moment.about),
            crate::preview::plain(moment.question),
            moment.brought_by,
            day(now)
        );
        for (position, (voice, words)) in moment.words.iter().enumerate() {
            let words = crate::preview::plain(words);
            run!(tx, SAY, &id, position as i64, *voice, words);
        }
        tx.commit().await?;
        Ok(id)
    }

    /// Every moment of this agent's circles, the first brought first. What was talked about long ago goes for good by this.
    pub async fn circle(&self, agent: &AgentId, now: Time) -> Result<Vec<CircleMoment>> {
        let before = day(now) - limits::CIRCLE_KEPT_US;
        let mut tx = self.begin().await?;
        run!(tx, FORGET_WORDS, before);
        run!(tx, FORGET, before);
        tx.commit().await?;
        Ok(list!(self, ALL, agent))
    }

    /// One of them, with what was said.
    pub async fn circle_moment(
        &self,
        agent: &AgentId,
        id: &CircleId,
    ) -> Result<Option<(CircleMoment, Vec<CircleWords>)>> {
        let moment: Option<CircleMoment> = find!(self, ONE, agent, id);
        match moment {
            Some(moment) => Ok(Some((moment, list!(self, WORDS, id)))),
            None => Ok(None),
        }
    }

    /// Puts a moment on the agenda, back among those that wait, or behind us. `false` where it stands so already.
    pub async fn place_in_circle(
        &self,
        agent: &AgentId,
        id: &CircleId,
        state: CircleState,
        now: Time,
    ) -> Result<bool> {
        let mut tx = self.begin().await?;
        let over_on = (state == CircleState::Over).then(|| day(now));
        let placed = run!(tx, STAND, agent, id, state, over_on) > 0;
        tx.commit().await?;
        Ok(placed)
    }

    /// Keeps what was written down. `false` where somebody kept something since `version`.
    pub async fn note_in_circle(
        &self,
        agent: &AgentId,
        id: &CircleId,
        version: i64,
        notes: &CircleNotes,
    ) -> Result<bool> {
        let mut tx = self.begin().await?;
        let kept = run!(
            tx,
            NOTE,
            agent,
            id,
            version,
            crate::preview::plain(&notes.expected),
            crate::preview::plain(&notes.happened),
            crate::preview::plain(&notes.why),
            crate::preview::plain(&notes.keep_on),
            crate::preview::plain(&notes.change_to)
        ) > 0;
        tx.commit().await?;
        Ok(kept)
    }

    /// Takes a moment back with every word of it.
    pub async fn take_from_circle(&self, agent: &AgentId, id: &CircleId) -> Result<bool> {
        let mut tx = self.begin().await?;
        run!(tx, TAKE_WORDS, agent, id);
        let taken = run!(tx, TAKE, agent, id) > 0;
        tx.commit().await?;
        Ok(taken)
    }
}
