//! Every limit of the records, each with its reason.

/// Entries that one question brings: more than these say only that the question was too wide.
pub const ENTRIES_MAX: usize = 3;

/// Questions that one look asks of a source: no letter names more things that matter.
pub const QUESTIONS_MAX: usize = 16;

/// Bytes of a question's value: a name, an address or a number, not a letter.
pub const VALUE_BYTES_MAX: usize = 256;

/// Characters of one column as it is said: the rest is to be read where it stands.
pub const COLUMN_CHARS_MAX: usize = 160;

/// Bytes of an endpoint's answer: a few entries of JSON have a few kilobytes.
pub const ANSWER_BYTES_MAX: usize = 1024 * 1024;

/// Bytes of a CSV file: two million lines of a usual list.
pub const CSV_BYTES_MAX: u64 = 256 * 1024 * 1024;

/// How long a source is waited for when its settings do not say: somebody is about to reply.
pub const TIMEOUT_MS: u64 = 2_000;

/// The shortest patience that makes sense, and the longest that is still one.
pub const TIMEOUT_MS_MIN: u64 = 50;
pub const TIMEOUT_MS_MAX: u64 = 15_000;

/// Looks that one source works on at once; the others wait within their own patience.
pub const LOOKS_AT_ONCE_MAX: usize = 4;

/// Connections to one database: a few looks at once, and a guest's manners.
pub const CONNECTIONS_MAX: u32 = 2;

/// How often the files are looked at: soon enough for whoever saves a list, nothing to the disk.
pub const LOOK_SECONDS: u64 = 2;

/// SQLite asks whether to go on after so many of its steps: well under a millisecond.
pub const SQLITE_STEPS: i32 = 2_000;
