//! What a message says, looked up in the organisation's own records and in the desk itself.

use unruffled_store::{Job, facts};

use super::Done;
use crate::Desk;

pub async fn run(_desk: &Desk, job: &Job) -> Done {
    match facts::parse_payload(&job.payload) {
        Some(_) => Done::Finished,
        None => Done::GivenUp {
            problem: "this job names no message".to_owned(),
        },
    }
}
