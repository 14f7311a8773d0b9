//! A break: a quiet page. What it is taken for and what is done in it, the desk is never told.

use axum::extract::State;
use axum::response::Response;

use super::{availability, page};
use crate::session::Agent;
use crate::sheets::breaks::BreakSheet;
use crate::{Desk, Oops, pages};

pub async fn show(State(desk): State<Desk>, agent: Agent) -> Result<Response, Oops> {
    page(pages::a_break(&BreakSheet {
        agent: agent.person(),
        inbox_name: agent
            .inboxes
            .first()
            .map_or_else(|| desk.settings().inbox.name.clone(), |it| it.name.clone()),
        breaks: availability::breaks(&desk, &agent),
    }))
}
