//! Inboxes: each is a team of one inbox, with the agents who answer from it.

use crate::{Agent, AgentId, Error, InboxId, Result, Store, Time};

/// An inbox.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Inbox {
    /// The id.
    pub id: InboxId,
    /// Its name, such as "Front desk".
    pub name: String,
    /// Its address, lower-case: what its replies come from.
    pub address: String,
    /// Since when.
    pub created_at: Time,
}

const ADD: &str = "insert into inboxes (id, name, address, created_at) values ($1, $2, $3, $4)";
const RENAME: &str = "update inboxes set name = $2 where id = $1";
const BY_ADDRESS: &str = "select * from inboxes where address = $1";
const BY_ID: &str = "select * from inboxes where id = $1";
const ALL: &str = "select * from inboxes order by created_at, id";
const OF: &str = "select i.* from inboxes i join inbox_members m on m.inbox_id = i.id
    where m.agent_id = $1 order by i.created_at, i.id";
const JOIN: &str =
    "insert into inbox_members (inbox_id, agent_id) values ($1, $2) on conflict do nothing";
const LEAVE: &str = "delete from inbox_members where inbox_id = $1 and agent_id = $2";
const MEMBERS: &str = "select a.* from agents a join inbox_members m on m.agent_id = a.id
    where m.inbox_id = $1 order by a.name, a.login";

impl Store {
    /// Adds an inbox; [`Error::Taken`] when there is one with this address.
    pub async fn add_inbox(&self, name: &str, address: &str, now: Time) -> Result<InboxId> {
        let id = InboxId::fresh();
        let mut tx = self.begin().await?;
        let added = try_run!(tx, ADD, &id, name, address.trim().to_lowercase(), now);
        match added {
            Ok(_) => tx.commit().await.map(|()| id),
            Err(said) if Error::is_taken(&said) => Err(Error::Taken("address")),
            Err(said) => Err(said.into()),
        }
    }

    /// Gives an inbox another name.
    pub async fn rename_inbox(&self, id: &InboxId, name: &str) -> Result<()> {
        let mut tx = self.begin().await?;
        run!(tx, RENAME, id, name);
        tx.commit().await
    }

    /// The inbox with this id.
    pub async fn inbox(&self, id: &InboxId) -> Result<Option<Inbox>> {
        Ok(find!(self, BY_ID, id))
    }

    /// The inbox with this address, in any case of letters.
    pub async fn inbox_by_address(&self, address: &str) -> Result<Option<Inbox>> {
        let address = address.trim().to_lowercase();
        Ok(find!(self, BY_ADDRESS, address))
    }

    /// Every inbox, the oldest first.
    pub async fn inboxes(&self) -> Result<Vec<Inbox>> {
        Ok(list!(self, ALL))
    }

    /// The inboxes that this agent answers from.
    pub async fn inboxes_of(&self, agent: &AgentId) -> Result<Vec<Inbox>> {
        Ok(list!(self, OF, agent))
    }

    /// Lets an agent into an inbox; nothing changes if they are in it.
    pub async fn join_inbox(&self, inbox: &InboxId, agent: &AgentId) -> Result<()> {
        let mut tx = self.begin().await?;
        run!(tx, JOIN, inbox, agent);
        tx.commit().await
    }

    /// Takes an agent out of an inbox. What they wrote stays.
    pub async fn leave_inbox(&self, inbox: &InboxId, agent: &AgentId) -> Result<()> {
        let mut tx = self.begin().await?;
        run!(tx, LEAVE, inbox, agent);
        tx.commit().await
    }

    /// Who answers from this inbox, by name.
    pub async fn members_of(&self, inbox: &InboxId) -> Result<Vec<Agent>> {
        Ok(list!(self, MEMBERS, inbox))
    }
}
