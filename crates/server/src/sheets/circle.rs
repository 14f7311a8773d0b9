//! The circle: a moment made nameless before it is shared, the agenda, what was learnt, the shelf of thanks.

use super::Around;

/// A text on its way to others, made nameless: every replacement to be seen and put right before anybody else reads it.
#[derive(Debug, Clone)]
pub struct NamelessSheet {
    pub around: Around,
    pub purpose: Purpose,
    /// Where its form goes.
    pub action: String,
    /// Where whoever changes their mind goes.
    pub back: String,
    pub parts: Vec<PartSheet>,
    pub groups: Vec<ReplacedSheet>,
    pub added: Vec<(String, String)>,
    /// What is carried through the form unseen: where a text was typed and lies in no conversation.
    pub carried: Vec<(String, String)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    Circle,
    Shelf,
}

/// One message of it.
#[derive(Debug, Clone)]
pub struct PartSheet {
    pub id: String,
    /// "They write", "We write".
    pub who: &'static str,
    /// "customer" or "us".
    pub voice: &'static str,
    pub taken: bool,
    pub pieces: Vec<PieceSheet>,
    /// In no language that the desk reads, so names in it are hardly found.
    pub unread: bool,
}

#[derive(Debug, Clone)]
pub struct PieceSheet {
    pub words: String,
    /// What stood there, where it was replaced.
    pub was: Option<String>,
}

/// What was replaced, and by what.
#[derive(Debug, Clone)]
pub struct ReplacedSheet {
    pub key: String,
    /// "Karen Blythe · Mrs Blythe".
    pub was: String,
    pub with: String,
    /// What the desk would say.
    pub own: String,
    pub left: bool,
}

/// What is shared, exactly as others will read it: the last look before it is.
#[derive(Debug, Clone)]
pub struct SharingSheet {
    pub around: Around,
    pub purpose: Purpose,
    pub action: String,
    pub back: String,
    pub said: Vec<SaidSheet>,
    pub about: String,
    pub question: String,
    /// Whoever shares it stands by it.
    pub mine: bool,
    /// What may still tell who it was; asked once.
    pub still: Vec<String>,
    pub problem: Option<String>,
    /// The form of the step before, to go back to it with every correction.
    pub carried: Vec<(String, String)>,
    /// Teams to share it with, where there are several.
    pub teams: Vec<(String, String)>,
}

#[derive(Debug, Clone)]
pub struct SaidSheet {
    /// "customer" or "us".
    pub voice: &'static str,
    pub who: &'static str,
    pub words: String,
}

/// Everything that was brought.
#[derive(Debug, Clone)]
pub struct CircleSheet {
    pub around: Around,
    pub agenda: Vec<BroughtSheet>,
    pub waiting: Vec<BroughtSheet>,
    pub over: Vec<BroughtSheet>,
    /// Brought just now.
    pub brought: Option<String>,
    /// Taken back just now, with all that is needed to have it again.
    pub taken: Option<Vec<(String, String)>>,
}

#[derive(Debug, Clone)]
pub struct BroughtSheet {
    pub id: String,
    pub about: String,
    pub question: String,
    pub by: Option<String>,
    pub day: String,
}

/// One moment, for everybody in the circle and for whoever leads through it.
#[derive(Debug, Clone)]
pub struct CircleMomentSheet {
    pub around: Around,
    pub moment: BroughtSheet,
    pub state: &'static str,
    pub version: i64,
    pub said: Vec<SaidSheet>,
    pub notes: NotesSheet,
    pub saved: bool,
    pub problem: Option<String>,
    /// What somebody else wrote down meanwhile.
    pub theirs: Option<NotesSheet>,
}

#[derive(Debug, Clone, Default, serde::Deserialize)]
#[serde(default)]
pub struct NotesSheet {
    pub expected: String,
    pub happened: String,
    pub why: String,
    pub keep_on: String,
    pub change_to: String,
}

/// What was learnt.
#[derive(Debug, Clone)]
pub struct LessonsSheet {
    pub around: Around,
    pub lessons: Vec<LessonSheet>,
    /// The lesson that was just written down or changed.
    pub now: Option<String>,
    /// Let go just now: its words, so that it can be had again.
    pub dropped: Option<String>,
    pub may_have_options: bool,
    pub may_have_cards: bool,
}

#[derive(Debug, Clone)]
pub struct LessonSheet {
    pub id: String,
    pub says: String,
    pub day: String,
    /// "An option", with where it is; none while nothing became of it.
    pub became: Option<BecameSheet>,
}

#[derive(Debug, Clone)]
pub struct BecameSheet {
    pub word: &'static str,
    pub name: String,
    pub href: Option<String>,
    /// How often it was used since.
    pub use_seen: String,
}

/// A lesson on its way to a card or a place to look.
#[derive(Debug, Clone)]
pub struct LessonFormSheet {
    pub around: Around,
    pub id: String,
    pub says: String,
    pub card: bool,
    pub words: String,
    pub instead: String,
    pub why: String,
    pub name: String,
    pub problem: Option<String>,
}

/// The team's shelf of thanks.
#[derive(Debug, Clone)]
pub struct ShelfSheet {
    pub around: Around,
    pub thanks: Vec<ThanksOnShelf>,
    /// Taken down just now: words, whom for and the team, so that it can be put back.
    pub taken: Option<(String, String, String)>,
}

#[derive(Debug, Clone)]
pub struct ThanksOnShelf {
    pub id: String,
    pub words: String,
    pub for_whom: String,
    pub day: String,
}
