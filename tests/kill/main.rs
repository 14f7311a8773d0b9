//! The desk killed in the middle of things: nothing is lost, nothing is sent twice, and it is counted.
//!
//! The built program serves a desk on SQLite beside a real Dovecot and Postfix; `kill -9` comes at a
//! moment chosen by chance, fifty times in each test (`UNRUFFLED_KILL_ROUNDS`); each start after it finds
//! what the dead one left. What this does not show is a machine that loses its power: the system still
//! writes what a killed program gave it.
//!
//! `cargo test -p unruffled-cli --test kill -- --nocapture --test-threads=1`

mod chance;
mod desk;
mod drafts;
mod fetch;
mod send;

#[path = "../../crates/cli/tests/program/mod.rs"]
mod program;
#[path = "../../crates/mail/tests/servers/mod.rs"]
mod servers;
