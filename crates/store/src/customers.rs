//! Customers: the people who write in, each with the addresses that they write from.

use crate::conversations::HISTORY;
use crate::engine::Tx;
use crate::limits::HISTORY_LINES_MAX;
use crate::{AgentId, ConversationLine, CustomerId, Result, Store, Time};

/// Somebody who writes in.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Customer {
    /// The id.
    pub id: CustomerId,
    /// As they signed their first letter, or as an agent wrote it since.
    pub name: String,
    /// When they first wrote.
    pub created_at: Time,
    /// Their addresses, lower-case.
    #[sqlx(skip)]
    pub addresses: Vec<String>,
}

/// A customer beside a conversation: who they are, and what was talked about before.
#[derive(Clone, Debug)]
pub struct CustomerPage {
    /// Who.
    pub customer: Customer,
    /// Their last conversations that this agent may see, the newest first.
    pub conversations: Vec<ConversationLine>,
}

const BY_ID: &str = "select * from customers where id = $1";
const ADDRESSES: &str =
    "select address from customer_addresses where customer_id = $1 order by address";
const OWNER: &str = "select customer_id from customer_addresses where address = $1";
const ADD: &str = "insert into customers (id, name, created_at) values ($1, $2, $3)";
const FORGET: &str = "delete from customers where id = $1";
const RENAME: &str = "update customers set name = $2 where id = $1";
const ADD_ADDRESS: &str =
    "insert into customer_addresses (address, customer_id) values ($1, $2) on conflict do nothing";

impl Store {
    /// The customer and their last conversations, as far as this agent may see any of them.
    pub async fn customer_page(
        &self,
        agent: &AgentId,
        id: &CustomerId,
    ) -> Result<Option<CustomerPage>> {
        let conversations: Vec<ConversationLine> =
            list!(self, HISTORY, agent, id, HISTORY_LINES_MAX);
        if conversations.is_empty() {
            return Ok(None);
        }
        Ok(self.customer(id).await?.map(|customer| CustomerPage {
            customer,
            conversations,
        }))
    }

    /// The customer with their addresses.
    pub async fn customer(&self, id: &CustomerId) -> Result<Option<Customer>> {
        let found: Option<Customer> = find!(self, BY_ID, id);
        let Some(mut customer) = found else {
            return Ok(None);
        };
        let addresses: Vec<(String,)> = list!(self, ADDRESSES, id);
        customer.addresses = addresses.into_iter().map(|(address,)| address).collect();
        Ok(Some(customer))
    }

    /// Writes the name as the customer likes it.
    pub async fn rename_customer(&self, id: &CustomerId, name: &str) -> Result<()> {
        let mut tx = self.begin().await?;
        run!(tx, RENAME, id, name);
        tx.commit().await
    }

    /// Adds an address that the customer writes from; `false` when it is somebody's already.
    pub async fn add_customer_address(&self, id: &CustomerId, address: &str) -> Result<bool> {
        let mut tx = self.begin().await?;
        let added = run!(tx, ADD_ADDRESS, address.trim().to_lowercase(), id);
        tx.commit().await?;
        Ok(added > 0)
    }
}

/// The customer who writes from this address, made when there is none. A letter without an address
/// has a customer of its own: two people without an address are not one.
pub(crate) async fn whose(tx: &mut Tx, address: &str, name: &str, now: Time) -> Result<CustomerId> {
    let address = address.trim().to_lowercase();
    if !address.is_empty() {
        let owner: Option<(CustomerId,)> = find_in!(tx, OWNER, &address);
        if let Some((customer,)) = owner {
            return Ok(customer);
        }
    }
    let id = CustomerId::fresh();
    let name = if name.trim().is_empty() {
        &address
    } else {
        name.trim()
    };
    run!(tx, ADD, &id, name, now);
    if address.is_empty() || run!(tx, ADD_ADDRESS, &address, &id) > 0 {
        return Ok(id);
    }
    // Somebody else wrote the same address down a moment ago; theirs holds.
    run!(tx, FORGET, &id);
    let owner: Option<(CustomerId,)> = find_in!(tx, OWNER, &address);
    owner
        .map(|(customer,)| customer)
        .ok_or(crate::Error::Locked)
}
