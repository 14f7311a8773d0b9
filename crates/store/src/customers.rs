//! Customers: the people who write in, each with the addresses that they write from.

use crate::conversations::HISTORY;
use crate::engine::Tx;
use crate::limits::HISTORY_LINES_MAX;
use crate::preview::plain;
use crate::{AgentId, ConversationLine, CustomerId, Result, Store, Time, phones};

/// Somebody who writes in.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Customer {
    /// The id.
    pub id: CustomerId,
    /// As they signed their first letter, or as an agent wrote it since.
    pub name: String,
    /// When they first wrote.
    pub created_at: Time,
    /// How they want to be addressed, as they said it; empty when they said nothing.
    pub addressed_as: String,
    /// What matters to them, in their own words; empty unless they agreed that we keep it.
    pub matters: String,
    /// When they agreed to that.
    pub matters_agreed_at: Option<Time>,
    /// Their addresses, lower-case.
    #[sqlx(skip)]
    pub addresses: Vec<String>,
    /// The numbers that they ring from, as they were told.
    #[sqlx(skip)]
    pub phones: Vec<String>,
}

/// What a customer says of themselves, to be written down.
#[derive(Clone, Copy, Debug)]
pub struct SaysOfThemselves<'a> {
    /// Their name as they sign it.
    pub name: &'a str,
    /// How they want to be addressed.
    pub addressed_as: &'a str,
    /// What matters to them, and when they agreed that we keep it. Without the one, nothing of the other is kept.
    pub matters: Option<(&'a str, Time)>,
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
const DESCRIBE: &str = "update customers set name = $2, addressed_as = $3, matters = $4, matters_agreed_at = $5 where id = $1";
const REMOVE_ADDRESS: &str =
    "delete from customer_addresses where customer_id = $1 and address = $2";
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
        let phones: Vec<(String,)> = list!(self, phones::OF_CUSTOMER, id);
        customer.phones = phones.into_iter().map(|(number,)| number).collect();
        Ok(Some(customer))
    }

    /// Writes the name as the customer likes it.
    pub async fn rename_customer(&self, id: &CustomerId, name: &str) -> Result<()> {
        let mut tx = self.begin().await?;
        run!(tx, RENAME, id, plain(name));
        tx.commit().await
    }

    /// Writes down what the customer says of themselves.
    pub async fn describe_customer(
        &self,
        id: &CustomerId,
        says: &SaysOfThemselves<'_>,
    ) -> Result<()> {
        let (matters, agreed_at) = match says.matters {
            Some((matters, agreed_at)) if !matters.trim().is_empty() => {
                (matters.trim(), Some(agreed_at))
            }
            _ => ("", None),
        };
        let mut tx = self.begin().await?;
        run!(
            tx,
            DESCRIBE,
            id,
            plain(says.name.trim()),
            plain(says.addressed_as.trim()),
            plain(matters),
            agreed_at
        );
        tx.commit().await
    }

    /// Takes an address away from a customer. `false` when it is not theirs.
    pub async fn remove_customer_address(&self, id: &CustomerId, address: &str) -> Result<bool> {
        let mut tx = self.begin().await?;
        let removed = run!(tx, REMOVE_ADDRESS, id, address.trim().to_lowercase());
        tx.commit().await?;
        Ok(removed > 0)
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

/// Somebody who has never written: known by a name alone, and by a number if they rang.
pub(crate) async fn add_new(
    tx: &mut Tx,
    name: &str,
    number: &str,
    now: Time,
) -> Result<CustomerId> {
    let id = CustomerId::fresh();
    run!(tx, ADD, &id, plain(name.trim()), now);
    phones::add(tx, &id, number, now).await?;
    Ok(id)
}
