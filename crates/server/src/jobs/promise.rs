//! A promise is brought up, or is due: open pages are told to look again. Who then sees it follows from the time alone,
//! so a job that runs twice, or late, does no harm.

use unruffled_store::{Job, PromiseId};

use super::{Done, later};
use crate::Desk;
use crate::bus::Change;

pub async fn run(desk: &Desk, job: &Job) -> Done {
    let Some(id) = PromiseId::parse(&job.payload) else {
        return Done::GivenUp {
            problem: "it names no promise".to_owned(),
        };
    };
    let promise = match desk.store().promise_by_id(&id).await {
        Ok(Some(promise)) if promise.state.is_live() => promise,
        // Settled or withdrawn in the meantime.
        Ok(_) => return Done::Finished,
        Err(fault) => return later(desk, job, &fault),
    };
    match desk
        .store()
        .conversation_by_id(&promise.conversation_id)
        .await
    {
        Ok(Some(conversation)) => {
            let inbox = conversation.inbox_id.to_string();
            desk.say(Change::Conversation {
                inbox: inbox.clone(),
                number: conversation.number,
            });
            desk.say(Change::Inbox { inbox });
            Done::Finished
        }
        Ok(None) => Done::Finished,
        Err(fault) => later(desk, job, &fault),
    }
}
