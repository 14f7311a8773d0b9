//! What a message says, looked up in the organisation's own records and in the desk itself.

use unruffled_store::{Error, Job, facts};

use super::{Done, later};
use crate::Desk;
use crate::facts::look;

pub async fn run(desk: &Desk, job: &Job) -> Done {
    let Some((conversation, message)) = facts::parse_payload(&job.payload) else {
        return Done::GivenUp {
            problem: "this job names no message".to_owned(),
        };
    };
    match look(desk, &conversation, message.as_ref()).await {
        // A message or a conversation that was erased in the meantime needs no facts.
        Ok(()) | Err(Error::Missing(_)) => Done::Finished,
        Err(fault) => later(desk, job, &fault),
    }
}
