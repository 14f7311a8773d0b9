//! Options beside the composer, nods in a conversation and above the inbox, and the playbook's own pages.

use crate::playbook::Fields;

use super::Around;

/// What is possible at this moment, the likeliest first.
#[derive(Debug, Clone, Default)]
pub struct OptionsSheet {
    /// What something speaks for.
    pub fitting: Vec<OptionRow>,
    /// The rest of the playbook.
    pub rest: Vec<OptionRow>,
    /// Whether any of them takes somebody's nod: then sending asks for it.
    pub nods_matter: bool,
}

/// One option at the side.
#[derive(Debug, Clone, Default)]
pub struct OptionRow {
    pub id: String,
    pub says: String,
    /// "fits: pool pass · membership not found"; empty where nothing speaks for it.
    pub reason: String,
    /// Limits and cost, in one line.
    pub line: String,
    pub wording: String,
    /// What it usually leads to.
    pub leads_to: String,
    /// A small surprise: "if you like".
    pub if_you_like: bool,
    /// Said when the limit for this customer is reached.
    pub used_up: Option<String>,
    pub nod: Option<NodNeeded>,
}

/// A nod that this agent needs first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NodNeeded {
    /// "Ben’s", "a lead’s".
    pub whose: String,
    /// "Ben", "a lead".
    pub who: String,
    /// "on a break, back about 14:20", where they are not around.
    pub away: Option<String>,
    /// How far it has got: asked or answered; none when it was not asked for.
    pub stands: Option<String>,
}

/// A nod as a line of the conversation, or above the inbox.
#[derive(Debug, Clone)]
pub struct NodSheet {
    pub id: String,
    pub number: i64,
    pub customer_name: String,
    pub subject: String,
    /// The whole line, in words.
    pub words: String,
    /// What was asked for, for a label.
    pub says: String,
    pub waits: bool,
    /// Asked for since our last reply: it stands above the composer. What came before is a record of the conversation.
    pub current: bool,
    /// This agent can answer.
    pub may_answer: bool,
    /// This agent asked, and can take the question back.
    pub may_withdraw: bool,
    /// This agent answered, and can take the answer back.
    pub may_take_back: bool,
}

/// The playbook as a page.
#[derive(Debug, Clone)]
pub struct PlaybookSheet {
    pub around: Around,
    pub groups: Vec<PlaybookGroup>,
    /// Where its files lie; none where it is the set that comes with the program.
    pub folder: Option<String>,
    pub problem: Option<String>,
    /// Said after something was removed: its id, so that it can be had back.
    pub removed: Option<String>,
}

#[derive(Debug, Clone)]
pub struct PlaybookGroup {
    /// Empty at the top.
    pub name: String,
    pub lines: Vec<PlaybookLine>,
}

#[derive(Debug, Clone)]
pub struct PlaybookLine {
    pub id: String,
    pub says: String,
    /// Limits and cost, in one line.
    pub line: String,
    /// What it usually leads to.
    pub leads_to: String,
    /// How often it was used and what it led to; empty when it never was.
    pub uses: String,
}

/// One option, to be edited.
#[derive(Debug, Clone)]
pub struct OptionSheet {
    pub around: Around,
    /// Empty for a new one.
    pub id: String,
    pub fields: Fields,
    /// The file as it stands, where it cannot be read as an option.
    pub source: Option<String>,
    pub version: String,
    /// Why it was not saved, a sentence each.
    pub problems: Vec<String>,
    /// What somebody else saved meanwhile, as the file has it.
    pub theirs: Option<String>,
    pub saved: bool,
    pub may_write: bool,
    pub has_history: bool,
    pub uses: String,
    /// "It usually leads to …", measured: what became of the conversations.
    pub file: String,
    /// The lesson that it comes from; empty for most.
    pub lesson: String,
    /// A saved reply: wording and nothing else.
    pub reply: bool,
}
