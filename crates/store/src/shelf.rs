//! The team's shelf: thanks that somebody chose to put there, without the names of those who thanked. Who put them is not kept.

use crate::circle::day;
use crate::{AgentId, Error, InboxId, Result, ShelfId, Store, Time, limits};

/// Thanks on the shelf.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ShelfThanks {
    /// The id.
    pub id: ShelfId,
    /// The team.
    pub inbox_id: InboxId,
    /// The words.
    pub words: String,
    /// Whom they are for, as whoever put them there chose to say; may be empty.
    pub for_whom: String,
    /// The day.
    pub put_on: Time,
}

const PUT: &str =
    "insert into shelf_thanks (id, inbox_id, words, for_whom, put_on) values ($1, $2, $3, $4, $5)";
const COUNT: &str = "select count(*) from shelf_thanks where inbox_id = $1";
const ALL: &str = "select id, inbox_id, words, for_whom, put_on from shelf_thanks
    where inbox_id in (select inbox_id from inbox_members where agent_id = $1) order by put_on desc, id";
const ONE: &str = "select id, inbox_id, words, for_whom, put_on from shelf_thanks
    where id = $2 and inbox_id in (select inbox_id from inbox_members where agent_id = $1)";
const TAKE: &str = "delete from shelf_thanks where id = $2
    and inbox_id in (select inbox_id from inbox_members where agent_id = $1)";

impl Store {
    /// Puts thanks on the shelf of a team.
    pub async fn put_on_shelf(
        &self,
        inbox: &InboxId,
        words: &str,
        for_whom: &str,
        now: Time,
    ) -> Result<ShelfId> {
        let id = ShelfId::at_random();
        let (words, for_whom) = (
            crate::preview::plain(words),
            crate::preview::plain(for_whom),
        );
        let mut tx = self.begin().await?;
        let count: Option<(i64,)> = find_in!(tx, COUNT, inbox);
        if count.is_some_and(|(count,)| count >= limits::SHELF_MAX) {
            return Err(Error::Refused(
                "The shelf is full. Nothing was added; take something down first.".into(),
            ));
        }
        run!(tx, PUT, &id, inbox, words, for_whom, day(now));
        tx.commit().await?;
        Ok(id)
    }

    /// What stands on the shelves of this agent's teams, the newest first.
    pub async fn shelf(&self, agent: &AgentId) -> Result<Vec<ShelfThanks>> {
        Ok(list!(self, ALL, agent))
    }

    /// Takes thanks down, and gives them back, so that it can be undone.
    pub async fn take_from_shelf(
        &self,
        agent: &AgentId,
        id: &ShelfId,
    ) -> Result<Option<ShelfThanks>> {
        let mut tx = self.begin().await?;
        let thanks: Option<ShelfThanks> = find_in!(tx, ONE, agent, id);
        run!(tx, TAKE, agent, id);
        tx.commit().await?;
        Ok(thanks)
    }
}
