//! Every limit of the desk, each with its reason.

/// A form or JSON body. A reply of 200 kB is forty pages; percent-encoding may treble it.
pub const BODY_BYTES_MAX: usize = 700 * 1024;

/// A draft or a reply: far more than anybody writes, little enough to review while typing.
pub const DRAFT_BYTES_MAX: usize = 200 * 1024;

/// A log-in form: nobody's password is longer, and hashing is dear.
pub const PASSWORD_BYTES_MAX: usize = 1024;

/// A login name; the store keeps it lower-case.
pub const LOGIN_BYTES_MAX: usize = 100;

/// Shorter passwords are guessed; longer rules only breed notes under keyboards.
pub const PASSWORD_CHARS_MIN: usize = 10;

/// Hashing takes 19 MiB each; two at once keep a small machine small.
pub const HASHES_AT_ONCE_MAX: usize = 2;

/// Changes kept for a slow browser before it is told to look at everything again.
pub const BUS_CHANGES_MAX: usize = 256;

/// Open event streams of the whole desk: a browser tab holds one.
pub const STREAMS_MAX: usize = 1_000;

/// Conversations in one page of the list.
pub const LIST_ROWS: usize = 50;

/// Messages of a conversation shown at once: the newest; more would make a page nobody reads.
pub const MESSAGES_SHOWN_MAX: usize = 200;

/// Earlier messages the engine is given: older ones do not change what is asked now.
pub const EARLIER_READ_MAX: usize = 20;

/// Text of one message given to the engine: a letter longer than this is an appendix.
pub const TEXT_READ_BYTES_MAX: usize = 200 * 1024;

/// Letters of the drop folder shown: the demo's page is for looking, not for keeping.
pub const DROPPED_SHOWN_MAX: usize = 100;

/// Hand-made ticks kept with a draft: no message asks more.
pub const TICKS_MAX: usize = 200;

/// A request that takes longer than this hangs; event streams are exempt.
pub const REQUEST_SECONDS_MAX: u64 = 30;

/// Jobs worked on at once: sending waits on the network, parsing does not.
pub const JOBS_AT_ONCE_MAX: usize = 4;
