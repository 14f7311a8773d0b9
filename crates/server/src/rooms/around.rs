//! What surrounds every page: who is here, and the list at the left.

use serde::Deserialize;
use unruffled_store::conversations::Before;
use unruffled_store::{Call, ConversationLine, ConversationState, Whose as StoreWhose};

use super::{availability, promises};
use crate::session::Agent;
use crate::sheets::backup::CallLine;
use crate::sheets::{Around, Row, Standing, Whose};
use crate::{Desk, Oops, live, nodding};

/// `?state=open&whose=mine&before=…`, on every page that shows the list.
#[derive(Debug, Default, Deserialize)]
pub struct Listing {
    #[serde(default)]
    state: String,
    #[serde(default)]
    whose: String,
    #[serde(default)]
    before: String,
    /// What stands open at the side without a script: `?open=call`.
    #[serde(default)]
    open: String,
}

impl Listing {
    fn standing(&self) -> Standing {
        match self.state.as_str() {
            "waiting" => Standing::Waiting,
            "done" => Standing::Done,
            _ => Standing::Open,
        }
    }

    pub fn opens(&self, what: &str) -> bool {
        self.open == what
    }

    fn whose(&self) -> Whose {
        match self.whose.as_str() {
            "mine" => Whose::Mine,
            _ => Whose::All,
        }
    }
}

pub async fn of(desk: &Desk, agent: &Agent, listing: &Listing) -> Result<Around, Oops> {
    let (standing, whose) = (listing.standing(), listing.whose());
    let asked_whose = match whose {
        Whose::Mine => StoreWhose::Mine,
        Whose::All => StoreWhose::All,
    };
    let asked_state = match standing {
        Standing::Open => ConversationState::Open,
        Standing::Waiting => ConversationState::Waiting,
        Standing::Done => ConversationState::Done,
    };
    let before = Before::parse(&listing.before);
    let store = desk.store();
    let page = store
        .list(&agent.id, asked_state, asked_whose, before.as_ref())
        .await?;
    let counts = store.counts(&agent.id, asked_whose).await?;
    let calls = store.calls_for(&agent.id).await?;
    let on_break = availability::on_break(desk, agent);
    Ok(Around {
        agent: agent.person(),
        inbox_name: agent.inboxes.first().map_or_else(
            || desk.settings().inbox.name.clone(),
            |inbox| inbox.name.clone(),
        ),
        standing,
        whose,
        rows: page.lines.into_iter().map(row).collect(),
        older: page.next.map(|next| next.to_string()),
        open_count: counts.open,
        waiting_count: counts.waiting,
        done_count: counts.done,
        mark: agent.mark.clone(),
        now: desk.now(),
        tz: desk.zone().clone(),
        drop_folder: desk.settings().drops(),
        mail_problem: desk.weather().problem,
        words_problem: desk
            .own_words_problem()
            .or_else(|| desk.records().faults().pop()),
        brought_up: promises::brought_up(desk, agent).await?,
        people: availability::people(desk, agent).await?,
        own: availability::own(desk, agent),
        breaks: availability::breaks(desk, agent),
        calls: calls
            .into_iter()
            // A break is protected: a call for whoever is free is for others.
            .filter(|call| !on_break || call.for_id.is_some())
            .map(called)
            .collect(),
        playbook_problem: desk.playbook_problem(),
        nods: nodding::waiting_for(desk, agent).await?,
        knocks: live::knocks(desk, agent).await?,
    })
}

fn called(call: Call) -> CallLine {
    CallLine {
        number: call.number,
        caller: call.caller_name,
        wanted: call.wanted,
        customer: call.customer_name,
        subject: call.subject,
        by_name: call.for_id.is_some(),
    }
}

pub fn row(line: ConversationLine) -> Row {
    Row {
        number: line.number,
        customer_name: line.customer_name,
        subject: line.subject,
        preview: line.preview,
        assignee_name: line.assignee_name,
        updated_at: line.updated_at,
    }
}

pub fn standing(state: ConversationState) -> Standing {
    match state {
        ConversationState::Open => Standing::Open,
        ConversationState::Waiting => Standing::Waiting,
        ConversationState::Done => Standing::Done,
    }
}
