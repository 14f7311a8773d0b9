//! How much of anything there may be, and why.

/// A story is a few letters; what is longer is something else that lay in the folder.
pub const STORY_FILE_BYTES_MAX: usize = 48 * 1024;
/// Letters of one story: a rehearsal fits between two real moments.
pub const LETTERS_MAX: usize = 4;
/// A first letter alone shows nothing that lies behind it.
pub const LETTERS_MIN: usize = 2;
/// A letter that nobody would read to its end.
pub const LETTER_CHARS_MAX: usize = 4_000;
/// A sentence or two of reaction.
pub const LINE_CHARS_MAX: usize = 500;
/// Lines of one list.
pub const LINES_MAX: usize = 40;
/// Facts, and what may be offered: what fits beside a letter.
pub const FACTS_MAX: usize = 20;
/// Replies in one rehearsal: after that it is left as it is, so that nobody goes round in circles.
pub const REPLIES_MAX: usize = 8;
/// A reply, as the desk takes it: longer drafts are read up to here.
pub const DRAFT_CHARS_MAX: usize = 20_000;
