//! The organisation's own records, read only: CSV and SQLite files, PostgreSQL and MySQL, an HTTP endpoint that answers JSON.
//!
//! A [`Source`] is set up in settings ([`SourceSettings`]) and asked [`Question`]s: "by e-mail address, this one". It answers
//! with entries in words, or says in words why it cannot ([`Trouble`]). Each has its own patience, so a source that is slow
//! or down holds nothing up but itself.
//!
//! # What is never so
//!
//! 1. Nothing is written: a file is opened to be read, a database is asked inside a read-only transaction, an endpoint gets `GET`.
//! 2. What a customer wrote is only ever a value: a bound parameter of the one query that the settings hold, a percent-encoded
//!    part of the address, or a key that is compared.
//! 3. Nothing is followed: an endpoint's redirect is an answer like any other, and the address that was looked at is the one
//!    that is connected to.
//! 4. An answer has an end: so many entries, so many bytes, so long.

mod address;
mod csv_file;
mod http;
mod json;
mod limits;
mod mysql;
mod postgres;
mod question;
mod records;
mod says;
mod settings;
mod sql;
mod sqlite;
mod table;
mod trouble;

pub use question::{By, Question};
pub use records::{Answer, Found, Records, Source};
pub use settings::{Kind, Secret, SettingsFault, SourceSettings, check};
pub use trouble::Trouble;
