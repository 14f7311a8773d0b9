//! Every limit of the command line, each with its reason.

/// A file to read or review. A letter's words are a few kilobytes; an .eml with attachments is what
/// needs room, and mail servers stop at about this size.
pub const FILE_BYTES_MAX: u64 = 64 << 20;

/// One line of a stream. Far above any letter's words, and small enough that a file without a single
/// line break cannot fill the memory.
pub const LINE_BYTES_MAX: usize = 16 << 20;

/// Lines handed to a worker at once: enough that handing over costs nothing beside the work.
pub const CHUNK_LINES_MAX: usize = 64;

/// The same in bytes, so that long lines do not pile up.
pub const CHUNK_BYTES_MAX: usize = 256 << 10;

/// Chunks waiting for each worker and from each worker: one being worked on, one ready.
pub const CHUNKS_WAITING_MAX: usize = 2;

/// Files of one folder of stories: each is read whole, and nobody rehearses hundreds.
pub const STORIES_MAX: usize = 500;

/// A terminal wider than this makes long lines hard to read; narrower ones wrap by themselves.
pub const COLUMNS_MAX: usize = 80;

/// A password typed or piped in; the server asks for its own, shorter limit afterwards.
pub const PASSWORD_BYTES_MAX: u64 = 4096;

/// Letters imported in one transaction: enough that waiting for the disk does not count, few enough
/// that stopping in the middle loses little work.
pub const IMPORT_LETTERS_MAX: usize = 200;

/// The same in bytes, because one letter may be 50 MB.
pub const IMPORT_BYTES_MAX: usize = 32 << 20;

/// Thirty days in microseconds. A customer who has heard nothing for a month has written again,
/// or has gone; neither is helped by an old letter at the top of the inbox.
pub const QUIET_MICROS: i64 = 30 * 24 * 60 * 60 * 1_000_000;
