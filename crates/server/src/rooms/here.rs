//! The conversation an address names, if this agent may see it. A handler that names this type
//! cannot forget to ask.

use axum::RequestPartsExt;
use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use std::collections::HashMap;
use unruffled_store::Conversation;

use crate::bus::Change;
use crate::session::Agent;
use crate::{Desk, Oops};

pub struct Here {
    pub agent: Agent,
    pub conversation: Conversation,
}

impl FromRequestParts<Desk> for Here {
    type Rejection = Oops;

    async fn from_request_parts(parts: &mut Parts, desk: &Desk) -> Result<Self, Oops> {
        let agent = Agent::from_request_parts(parts, desk).await?;
        let Path(path): Path<HashMap<String, String>> =
            parts.extract().await.map_err(|_| Oops::NotFound)?;
        let number = path
            .get("number")
            .and_then(|number| number.parse().ok())
            .ok_or(Oops::NotFound)?;
        let conversation = desk
            .store()
            .conversation(&agent.id, number)
            .await?
            .ok_or(Oops::NotFound)?;
        Ok(Self {
            agent,
            conversation,
        })
    }
}

impl Here {
    /// Tells open pages that this conversation and its list changed.
    pub fn changed(&self, desk: &Desk) {
        let inbox = self.conversation.inbox_id.to_string();
        desk.say(Change::Conversation {
            inbox: inbox.clone(),
            number: self.conversation.number,
        });
        desk.say(Change::Inbox { inbox });
    }

    /// The page of this conversation.
    pub fn address(&self) -> String {
        format!("/conversations/{}", self.conversation.number)
    }
}
