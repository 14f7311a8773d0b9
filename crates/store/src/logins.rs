//! The gate before log-ins: how often somebody may try, over a sliding window.

use crate::engine::Tx;
use crate::limits::{LOGIN_TRIES_MAX, LOGIN_WINDOW_US};
use crate::{Result, Store, Time};

/// Whether somebody may try to log in now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoginGate {
    /// They may.
    Open,
    /// Not before this time.
    ClosedUntil(Time),
}

const KNOCK: &str = "insert into login_gates (key, tried_at) values ($1, $2)
    on conflict (key) do update set tried_at = excluded.tried_at";
const TRIES: &str = "select tried_at from login_attempts where key = $1 and tried_at > $2
    order by tried_at desc limit $3";
const TRIED: &str = "insert into login_attempts (key, tried_at) values ($1, $2)";
const FORGET: &str = "delete from login_attempts where key = $1";
const FORGET_TRIES: &str = "delete from login_attempts where tried_at <= $1";
const FORGET_GATES: &str = "delete from login_gates where tried_at <= $1";

impl Store {
    /// Asks whether `key` (say `login:ada` or `peer:192.0.2.7`) may try now, and counts the try: a
    /// hundred tries at once are a hundred tries. A right password forgets them again, with
    /// [`Store::login_succeeded`]; a wrong one needs no verb.
    pub async fn login_allowed(&self, key: &str, now: Time) -> Result<LoginGate> {
        let mut tx = self.begin().await?;
        // Holds the gate until the end: on PostgreSQL tries at once would not see one another else.
        run!(tx, KNOCK, key, now);
        run!(tx, TRIED, key, now);
        let tries: Vec<(Time,)> =
            list_in!(tx, TRIES, key, now - LOGIN_WINDOW_US, LOGIN_TRIES_MAX + 1);
        if tries.len() as i64 <= LOGIN_TRIES_MAX {
            tx.commit().await?;
            return Ok(LoginGate::Open);
        }
        // Not committed: tries before a closed gate do not keep it closed.
        let oldest_that_counts = tries.last().map_or(now, |(at,)| *at);
        Ok(LoginGate::ClosedUntil(oldest_that_counts + LOGIN_WINDOW_US))
    }

    /// A right password: forgets the tries of `key`.
    pub async fn login_succeeded(&self, key: &str) -> Result<()> {
        let mut tx = self.begin().await?;
        run!(tx, FORGET, key);
        tx.commit().await
    }
}

/// Forgets what no longer counts; done whenever somebody logs in.
pub(crate) async fn forget_old(tx: &mut Tx, now: Time) -> Result<()> {
    run!(tx, FORGET_TRIES, now - LOGIN_WINDOW_US);
    run!(tx, FORGET_GATES, now - LOGIN_WINDOW_US);
    Ok(())
}
