//! Candidates: which customers somebody may mean by a name, an address or a number. They are offered, never chosen here.

use crate::limits::{CANDIDATES_MAX, CANDIDATES_READ_MAX};
use crate::phones::tail;
use crate::{AgentId, CustomerId, Result, Store, Time};
use std::cmp::Reverse;

/// A customer who may be meant.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Candidate {
    /// The id.
    pub id: CustomerId,
    /// Their name.
    pub name: String,
    /// One of their addresses, to tell them apart by.
    pub address: Option<String>,
    /// What their newest conversation is called.
    pub subject: Option<String>,
    /// When something last happened in it.
    pub updated_at: Option<Time>,
}

/// Only customers with a conversation that this agent may see, and those who have none yet.
macro_rules! candidates {
    ($rest:literal) => {
        concat!(
            "select u.id, u.name,
                (select min(d.address) from customer_addresses d where d.customer_id = u.id) as address,
                (select c.subject from conversations c where c.customer_id = u.id
                    and c.inbox_id in (select inbox_id from inbox_members where agent_id = $1)
                    order by c.updated_at desc, c.id desc limit 1) as subject,
                (select max(c.updated_at) from conversations c where c.customer_id = u.id
                    and c.inbox_id in (select inbox_id from inbox_members where agent_id = $1)) as updated_at
            from customers u
            where (not exists (select 1 from conversations c where c.customer_id = u.id)
                or exists (select 1 from conversations c where c.customer_id = u.id
                    and c.inbox_id in (select inbox_id from inbox_members where agent_id = $1))) ",
            $rest
        )
    };
}

const BY_ADDRESS: &str = candidates!(
    "and u.id in (select customer_id from customer_addresses where address = $2) limit $3"
);
const BY_PHONE: &str =
    candidates!("and u.id in (select customer_id from customer_phones where tail = $2) limit $3");
// SQLite knows capitals of plain letters only, so the word is also looked for as it was typed.
const BY_NAME: &str = candidates!(
    "and (lower(u.name) like '%' || lower($2) || '%' escape '!' or u.name like '%' || $2 || '%' escape '!')
    order by updated_at desc limit $3"
);
const BY_ID: &str = candidates!("and u.id = $2");

/// Words before or after a name that name nobody.
const TITLES: &[&str] = &[
    "mr",
    "mrs",
    "ms",
    "miss",
    "mx",
    "dr",
    "prof",
    "professor",
    "sir",
    "madam",
    "dame",
    "lord",
    "lady",
    "rev",
    "reverend",
    "father",
    "sister",
    "the",
    "a",
    "an",
    "and",
    "from",
    "of",
    "her",
    "his",
    "their",
    "old",
    "young",
    "again",
];

impl Store {
    /// Who may be meant, the likeliest first: by an address or a number if there is one in the words, else by name.
    pub async fn candidates(&self, agent: &AgentId, words: &str) -> Result<Vec<Candidate>> {
        let most = CANDIDATES_MAX as i64;
        if let Some(address) = words.split_whitespace().find(|word| word.contains('@')) {
            let address = address.trim_matches(|c: char| ",;<>()".contains(c));
            return Ok(list!(self, BY_ADDRESS, agent, address.to_lowercase(), most));
        }
        let tail = tail(words);
        if !tail.is_empty() {
            return Ok(list!(self, BY_PHONE, agent, tail, most));
        }
        let words = name_words(words);
        // The last word of a name is shared by the fewest who are not meant.
        let Some(rarest) = words.last() else {
            return Ok(Vec::new());
        };
        let found: Vec<Candidate> = list!(self, BY_NAME, agent, like(rarest), CANDIDATES_READ_MAX);
        Ok(likeliest(found, &words))
    }

    /// One customer as a candidate, if this agent may see them.
    pub async fn candidate(&self, agent: &AgentId, id: &CustomerId) -> Result<Option<Candidate>> {
        Ok(find!(self, BY_ID, agent, id))
    }
}

/// The words of a name, lower-case, without titles.
fn name_words(words: &str) -> Vec<String> {
    words
        .split(|c: char| !(c.is_alphanumeric() || "'’-".contains(c)))
        .map(|word| word.trim_matches(['\'', '’', '-']).to_lowercase())
        .map(|word| {
            word.trim_end_matches("'s")
                .trim_end_matches("’s")
                .to_owned()
        })
        .filter(|word| word.chars().count() > 1 && !TITLES.contains(&word.as_str()))
        .collect()
}

fn like(word: &str) -> String {
    word.replace('!', "!!")
        .replace('%', "!%")
        .replace('_', "!_")
}

/// Those whose name holds a word as a whole come before those who only hold its letters; among them, who holds more of
/// the words, and then who was here last.
fn likeliest(found: Vec<Candidate>, words: &[String]) -> Vec<Candidate> {
    let whole = |candidate: &Candidate| {
        let name = name_words(&candidate.name);
        words.iter().filter(|word| name.contains(word)).count()
    };
    let mut ranked: Vec<(usize, Candidate)> =
        found.into_iter().map(|it| (whole(&it), it)).collect();
    let best = ranked.iter().map(|(whole, _)| *whole).max().unwrap_or(0);
    // "Gareth Jones" means no other Jones, while "Jones" means any of them.
    ranked.retain(|(whole, _)| *whole == best);
    ranked.sort_by_key(|(_, it)| Reverse(it.updated_at));
    ranked
        .into_iter()
        .map(|(_, it)| it)
        .take(CANDIDATES_MAX)
        .collect()
}
