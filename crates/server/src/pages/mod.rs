//! Sheets in, HTML out: nothing here asks the store or decides anything.

use crate::sheets::{CardSheet, ConversationSheet, DropSheet, InboxSheet, LoginSheet, OopsSheet};

/// A page, or the fault of a template.
pub type Page = Result<String, askama::Error>;

pub fn login(sheet: &LoginSheet) -> Page {
    Ok(format!("<!doctype html><title>Log in</title>{sheet:?}"))
}

pub fn inbox(sheet: &InboxSheet) -> Page {
    Ok(format!("<!doctype html><title>Inbox</title>{}", sheet.around.rows.len()))
}

pub fn conversation(sheet: &ConversationSheet) -> Page {
    Ok(format!("<!doctype html><title>{}</title>", sheet.number))
}

pub fn drop_folder(sheet: &DropSheet) -> Page {
    Ok(format!("<!doctype html><title>Sent</title>{}", sheet.letters.len()))
}

/// The whole page, or (`fragment`) only the card for the side of a conversation.
pub fn card(sheet: &CardSheet, fragment: bool) -> Page {
    Ok(format!("<!doctype html><title>{}</title>{fragment}", sheet.title))
}

pub fn oops(sheet: &OopsSheet) -> Page {
    Ok(format!("<!doctype html><title>{}</title>", sheet.title))
}
