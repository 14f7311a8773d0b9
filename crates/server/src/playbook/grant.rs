//! Who may grant an option alone, and whose nod the others need.

use super::Choice;

/// Whose nod, where the file names nobody: one of those whom the settings name as leads.
pub const A_LEAD: &str = "a lead";

/// Whose nod it takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NodBy {
    /// Somebody by their login.
    Login(String),
    /// One of the leads.
    ALead,
}

/// Whose nod `login` needs before this is granted; `None` when they may grant it alone.
pub fn needs_nod(option: &Choice, login: &str, leads: &[String]) -> Option<NodBy> {
    let nod = option.limits.nod.as_deref()?;
    let is_lead = leads.iter().any(|lead| lead == login);
    let alone = option.limits.alone.iter().any(|who| match who.as_str() {
        "everybody" => true,
        "leads" => is_lead,
        who => who == login,
    });
    if alone {
        return None;
    }
    match nod {
        A_LEAD if is_lead => None,
        A_LEAD => Some(NodBy::ALead),
        who if who == login => None,
        who => Some(NodBy::Login(who.to_owned())),
    }
}
