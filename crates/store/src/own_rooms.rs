//! Rooms of one's own: who has one, how its key is locked, and sealed bytes. Nothing here can be read here.

use crate::limits::{OWN_ROOM_BYTES_MAX, OWN_THING_BYTES_MAX, OWN_THINGS_MAX};
use crate::{AgentId, Error, OwnThingId, Result, Store};

/// How the key of a room is locked. The browser makes all of it and opens it alone.
#[derive(Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct OwnRoom {
    /// The salt of the key that the passphrase gives.
    pub salt: Vec<u8>,
    /// What Argon2id spends on it: memory.
    pub memory_kib: i64,
    /// What Argon2id spends on it: passes.
    pub passes: i64,
    /// The room's key, wrapped by that.
    pub key_by_passphrase: Vec<u8>,
    /// The salt of the key that the printed recovery key gives.
    pub recovery_salt: Vec<u8>,
    /// The room's key, wrapped by that.
    pub key_by_recovery: Vec<u8>,
}

impl std::fmt::Debug for OwnRoom {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("OwnRoom")
    }
}

/// Something that is kept.
#[derive(Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct OwnThing {
    /// Drawn by chance in the browser.
    pub id: OwnThingId,
    /// Bytes that only its owner can open, padded.
    pub sealed: Vec<u8>,
}

impl std::fmt::Debug for OwnThing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("OwnThing")
    }
}

const ROOM: &str =
    "select salt, memory_kib, passes, key_by_passphrase, recovery_salt, key_by_recovery
    from own_rooms where agent_id = $1";
const MAKE: &str = "insert into own_rooms
    (agent_id, salt, memory_kib, passes, key_by_passphrase, recovery_salt, key_by_recovery, mark)
    values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (agent_id) do nothing";
const CHANGE: &str =
    "update own_rooms set salt = $2, memory_kib = $3, passes = $4, key_by_passphrase = $5,
    recovery_salt = $6, key_by_recovery = $7
    where agent_id = $1 and key_by_passphrase = $8 and key_by_recovery = $9";
const DELETE: &str = "delete from own_rooms where agent_id = $1";
const THINGS: &str = "select id, sealed from own_things where agent_id = $1 order by id";
const OTHERS: &str = "select count(*), coalesce(sum(length(sealed)), 0) from own_things
    where agent_id = $1 and id <> $2";
const MARK: &str = "select mark from own_rooms where agent_id = $1";
const CHANGED: &str = "update own_rooms set mark = $2 where agent_id = $1";
const KEEP: &str = "insert into own_things (agent_id, id, sealed) values ($1, $2, $3)
    on conflict (agent_id, id) do update set sealed = excluded.sealed";
const REMOVE: &str = "delete from own_things where agent_id = $1 and id = $2";

impl Store {
    /// How this agent's room is locked, if they have one.
    pub async fn own_room(&self, agent: &AgentId) -> Result<Option<OwnRoom>> {
        Ok(find!(self, ROOM, agent))
    }

    /// Makes a room; `false` where there is one already, which stays as it is.
    pub async fn make_own_room(
        &self,
        agent: &AgentId,
        room: &OwnRoom,
        mark: &[u8],
    ) -> Result<bool> {
        let mut tx = self.begin().await?;
        let made = run!(
            tx,
            MAKE,
            agent,
            &room.salt,
            room.memory_kib,
            room.passes,
            &room.key_by_passphrase,
            &room.recovery_salt,
            &room.key_by_recovery,
            mark
        );
        tx.commit().await?;
        Ok(made > 0)
    }

    /// Locks a room anew, if it is still locked as it was `before`.
    pub async fn change_own_room(
        &self,
        agent: &AgentId,
        before: &OwnRoom,
        after: &OwnRoom,
    ) -> Result<bool> {
        let mut tx = self.begin().await?;
        let changed = run!(
            tx,
            CHANGE,
            agent,
            &after.salt,
            after.memory_kib,
            after.passes,
            &after.key_by_passphrase,
            &after.recovery_salt,
            &after.key_by_recovery,
            &before.key_by_passphrase,
            &before.key_by_recovery
        );
        tx.commit().await?;
        Ok(changed > 0)
    }

    /// Deletes a room with everything in it, and overwrites its bytes. `false` where the overwriting has to wait.
    pub async fn delete_own_room(&self, agent: &AgentId) -> Result<bool> {
        let mut tx = self.begin().await?;
        run!(tx, DELETE, agent);
        tx.commit().await?;
        Ok(self.overwrite(&["own_rooms", "own_things"]).await)
    }

    /// What everything in it was marked with when it changed last.
    pub async fn own_mark(&self, agent: &AgentId) -> Result<Option<Vec<u8>>> {
        let found: Option<(Vec<u8>,)> = find!(self, MARK, agent);
        Ok(found.map(|(mark,)| mark))
    }

    /// Everything in it, in the order of chance.
    pub async fn own_things(&self, agent: &AgentId) -> Result<Vec<OwnThing>> {
        Ok(list!(self, THINGS, agent))
    }

    /// Keeps something, or puts it in the place of what had this id; `mark` is drawn by chance for it.
    pub async fn keep_own_thing(
        &self,
        agent: &AgentId,
        id: &OwnThingId,
        sealed: &[u8],
        mark: &[u8],
    ) -> Result<()> {
        if sealed.len() > OWN_THING_BYTES_MAX {
            return Err(Error::Refused(
                "This is longer than can be kept in one piece. Nothing was changed. Keep it in two.".into(),
            ));
        }
        let mut tx = self.begin().await?;
        if run!(tx, CHANGED, agent, mark) == 0 {
            return Err(Error::Missing("room"));
        }
        let others: Option<(i64, i64)> = find_in!(tx, OTHERS, agent, id);
        let is_full = |(count, bytes)| {
            count >= OWN_THINGS_MAX || bytes + sealed.len() as i64 > OWN_ROOM_BYTES_MAX
        };
        if others.is_some_and(is_full) {
            return Err(Error::Refused(
                "The room is full. Nothing was changed. Export what is old, let it go, and keep this then.".into(),
            ));
        }
        run!(tx, KEEP, agent, id, sealed);
        tx.commit().await
    }

    /// Lets something go; `false` where there was nothing of this id.
    pub async fn remove_own_thing(
        &self,
        agent: &AgentId,
        id: &OwnThingId,
        mark: &[u8],
    ) -> Result<bool> {
        let mut tx = self.begin().await?;
        run!(tx, CHANGED, agent, mark);
        let gone = run!(tx, REMOVE, agent, id);
        tx.commit().await?;
        Ok(gone > 0)
    }
}
