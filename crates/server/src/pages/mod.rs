//! Sheets in, HTML out: nothing here asks the store or decides anything.

mod backup;
mod breaks;
mod card;
mod circle;
mod conversation;
mod customer;
mod drop_folder;
mod facts;
mod inbox;
mod knocks;
mod lines;
mod list;
mod listening;
mod login;
mod message;
mod oops;
mod options;
mod own;
mod promises;
mod rehearsal;
mod side;
#[cfg(test)]
mod tests;
mod when;
mod workload;

use crate::sheets::backup::SafetySheet;
use crate::sheets::breaks::BreakSheet;
use crate::sheets::circle as sheets;
use crate::sheets::workload::{UnseenSheet, WorkloadSheet};
use crate::sheets::{
    AnnouncingSheet, Around, CardSheet, ChoosingSheet, ConversationSheet, CustomerPageSheet,
    DropSheet, FactsSheet, InboxSheet, LedgerSheet, LoginSheet, MessageSheet, OopsSheet,
    OptionSheet, PlaybookSheet, RehearsalSheet, ScreenSheet, ShelfSheet, StorySheet, WorkshopSheet,
};
use askama::Template;

pub(crate) use lines::rejoin;
pub(crate) use when::when;

/// A page, or the fault of a template.
pub type Page = Result<String, askama::Error>;

/// The style sheets of every page, in the order of their layers.
pub(crate) const STYLES: [&str; 20] = [
    "paper.css",
    "forms.css",
    "frame.css",
    "list.css",
    "letter.css",
    "composer.css",
    "side.css",
    "promises.css",
    "facts.css",
    "live.css",
    "breath.css",
    "backup.css",
    "breaks.css",
    "landing.css",
    "keys.css",
    "options.css",
    "circle.css",
    "own.css",
    "rehearsal.css",
    "plain.css",
];

pub fn login(sheet: &LoginSheet) -> Page {
    login::Login::of(sheet).render()
}

pub fn inbox(sheet: &InboxSheet) -> Page {
    inbox::Inbox::of(sheet).render()
}

pub fn conversation(sheet: &ConversationSheet) -> Page {
    conversation::Conversation::of(sheet).render()
}

/// One message alone, for a browser that has just sent it.
pub fn message(sheet: &MessageSheet, around: &Around) -> Page {
    message::Alone::of(sheet, around).render()
}

/// What they say beside what we know, for a browser that has just changed it.
pub fn facts(sheet: &FactsSheet, number: i64, last_word: &str, around: &Around) -> Page {
    facts::Alone::of(sheet, number, last_word, around).render()
}

pub fn promises(sheet: &LedgerSheet) -> Page {
    promises::Ledger::of(sheet).render()
}

/// The procedure alone, for words that are not a customer's letter.
pub fn safety(sheet: &SafetySheet) -> Page {
    backup::Procedure::of(sheet).render()
}

/// A break's own page.
pub fn a_break(sheet: &BreakSheet) -> Page {
    breaks::Break::of(sheet).render()
}

/// What arrives at a team, all together.
pub fn workload(sheet: &WorkloadSheet) -> Page {
    workload::Workload::of(sheet).render()
}

/// What is not seen there, and why.
pub fn unseen(sheet: &UnseenSheet) -> Page {
    workload::Unseen::of(sheet).render()
}

/// The playbook as a page.
pub fn playbook(sheet: &PlaybookSheet) -> Page {
    options::Playbook::of(sheet).render()
}

/// One option of it, to be edited.
pub fn option(sheet: &OptionSheet) -> Page {
    options::Editing::of(sheet).render()
}

/// The room of one's own.
pub fn own(sheet: &crate::sheets::own::OwnSheet) -> Page {
    own::Own::of(sheet).render()
}

/// The stories at hand.
pub fn shelf(sheet: &ShelfSheet) -> Page {
    rehearsal::Shelf { sheet }.render()
}

/// One rehearsal, as far as it has got.
pub fn rehearsal(sheet: &RehearsalSheet) -> Page {
    rehearsal::Rehearsal::of(sheet).render()
}

/// A story's file, to be written or changed.
pub fn story(sheet: &StorySheet) -> Page {
    rehearsal::Writing { sheet }.render()
}

pub fn workshop(sheet: &WorkshopSheet) -> Page {
    rehearsal::Workshop::of(sheet).render()
}

/// One step of a story, for a wall.
pub fn screen(sheet: &ScreenSheet) -> Page {
    rehearsal::Screen { sheet }.render()
}

/// A text on its way to others, with what is replaced in it.
pub fn nameless(sheet: &sheets::NamelessSheet) -> Page {
    circle::Nameless::of(sheet).render()
}

/// The same as it will be read.
pub fn sharing(sheet: &sheets::SharingSheet) -> Page {
    circle::Sharing::of(sheet).render()
}

/// What was brought to the circle.
pub fn circle(sheet: &sheets::CircleSheet) -> Page {
    circle::Circle::of(sheet).render()
}

/// One moment of it.
pub fn circle_moment(sheet: &sheets::CircleMomentSheet) -> Page {
    circle::CircleMoment::of(sheet).render()
}

pub fn lessons(sheet: &sheets::LessonsSheet) -> Page {
    circle::Lessons::of(sheet).render()
}

/// A lesson that becomes a card, or a place to look.
pub fn lesson_form(sheet: &sheets::LessonFormSheet) -> Page {
    circle::LessonForm::of(sheet).render()
}

/// Thanks that somebody chose to put there.
pub fn thanks(sheet: &sheets::ShelfSheet) -> Page {
    circle::Shelf::of(sheet).render()
}

pub fn drop_folder(sheet: &DropSheet) -> Page {
    drop_folder::DropFolder::of(sheet).render()
}

/// The whole page, or (`fragment`) only the card for the side of a conversation.
pub fn card(sheet: &CardSheet, fragment: bool) -> Page {
    if fragment {
        card::Part::of(sheet).render()
    } else {
        card::Card::of(sheet).render()
    }
}

/// The form in which somebody is announced, by itself.
pub fn announcing(sheet: &AnnouncingSheet) -> Page {
    knocks::Announcing::of(sheet).render()
}

/// Who it is that knocks.
pub fn choosing(sheet: &ChoosingSheet) -> Page {
    knocks::Choosing::of(sheet).render()
}

/// All that is held about a customer.
pub fn customer(sheet: &CustomerPageSheet) -> Page {
    customer::CustomerPage::of(sheet).render()
}

/// What is said after erasing; `soon`: freed pages of the database are overwritten at the next start.
pub fn erased(soon: bool) -> Page {
    customer::Erased { soon }.render()
}

pub fn oops(sheet: &OopsSheet) -> Page {
    oops::Oops::of(sheet).render()
}
