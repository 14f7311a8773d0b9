//! Every limit of the store, each with its reason.

use std::time::Duration;

/// Failed log-ins that one key (a login, or a peer's address) has in a window: enough for somebody
/// who mistypes, far too few for somebody who guesses.
pub const LOGIN_TRIES_MAX: i64 = 10;

/// The window in which they are counted, in microseconds: fifteen minutes, the time of a coffee.
pub const LOGIN_WINDOW_US: i64 = 15 * 60 * 1_000_000;

/// How long a verb waits for a connection or for another process's lock before it says "busy".
pub const BUSY_WAIT: Duration = Duration::from_secs(5);

/// Connections to PostgreSQL: several times what a small desk needs, a fraction of its default of 100.
pub const POSTGRES_CONNECTIONS_MAX: u32 = 8;

/// Page cache of one SQLite connection in KiB: a few of these must fit beside the rest in 60 MB.
pub const SQLITE_CACHE_KIB: i64 = 4096;

/// Conversations on one page of the inbox.
pub const PAGE_LINES_MAX: i64 = 50;

/// Messages shown of one conversation, the newest: more than anybody reads, and no page of 100 MB.
pub const THREAD_MESSAGES_MAX: i64 = 500;

/// Conversations on a customer's page.
pub const HISTORY_LINES_MAX: i64 = 20;

/// Lines of a conversation's facts: more than anybody holds a draft against.
pub const FACT_LINES_MAX: i64 = 200;

/// Letters of ours to one customer that are gone through for what they say we said.
pub const OUR_WORDS_MAX: i64 = 40;

/// Characters of one side of such a line: a long sentence, not a letter.
pub const FACT_WORDS_MAX: usize = 400;

/// Characters of a message that the inbox shows.
pub const PREVIEW_CHARS_MAX: usize = 160;

/// Message-IDs looked up for threading: a `References` line holds at most a few dozen that matter.
pub const THREAD_LOOKUPS_MAX: usize = 50;

/// Bytes of a sealed draft: a draft of 200 kB, sealed, with room for its ticks.
pub const DRAFT_BYTES_MAX: usize = 512 * 1024;

/// Seconds after which a session counts as seen again; saves a write for each click.
pub const SESSION_SEEN_US: i64 = 60 * 1_000_000;

/// Characters of what a promise says: a sentence, never a letter.
pub const PROMISE_CHARS_MAX: usize = 300;

/// Promises on one page: a team that owes more than these needs another page than this.
pub const PROMISES_MAX: i64 = 200;

/// How long a broken promise stands first in a customer's next conversation: a season, not for ever.
pub const BROKEN_SHOWN_US: i64 = 90 * 24 * 3_600 * 1_000_000;

/// How far conversations are counted: beyond a thousand the number says nothing that helps, and an
/// old desk would count a hundred thousand for every page.
pub const COUNTED_MAX: i64 = 1000;

/// What is wanted of somebody who is called in: a line, because they come at once.
pub const CALL_WANTED_CHARS_MAX: usize = 200;

/// A whisper: a few lines that are read while somebody waits.
pub const WHISPER_CHARS_MAX: usize = 2000;

/// Whispers shown of one call, the newest: a talk that is longer wants a telephone.
pub const WHISPERS_MAX: i64 = 100;

/// How long an ended call is kept where its moment does not close: long enough to keep a whisper.
pub const CALL_FORGOTTEN_US: i64 = 60 * 60 * 1_000_000;

/// A call of another shift is nobody's any more.
pub const CALL_STALE_US: i64 = 12 * 60 * 60 * 1_000_000;
/// Bytes of one field of a listening card: a page of what somebody says, more than anybody types while listening.
pub const CARD_FIELD_BYTES_MAX: usize = 8 * 1024;

/// How long a knock waits to be opened: whoever came this morning is not at the counter tonight.
pub const KNOCK_WAIT_US: i64 = 12 * 3600 * 1_000_000;

/// Knocks shown at once: more people than this are not helped by a longer list.
pub const KNOCKS_SHOWN_MAX: i64 = 8;

/// Customers offered for a name: more are not read while somebody stands there; a further word of the name narrows it.
pub const CANDIDATES_MAX: usize = 6;

/// Customers looked through for a name before the best are offered.
pub const CANDIDATES_READ_MAX: i64 = 60;

/// Digits by which a number is known with and without its country's code.
pub const PHONE_TAIL_DIGITS: usize = 9;

/// Fewer digits than this are an extension or a mistake, and find nobody.
pub const PHONE_DIGITS_MIN: usize = 5;

/// Earlier conversations of which a line of history is made.
pub const EARLIER_LINES_MAX: i64 = 5;

/// Characters of an earlier conversation's first words that are read for its line.
pub const EARLIER_CHARS_MAX: i64 = 4000;

/// How long a live moment is offered to a later letter of the same person, in microseconds: two weeks.
pub const ALSO_LIVE_US: i64 = 14 * 24 * 3600 * 1_000_000;

/// Bytes of one sealed thing in a room of one's own: a picture made small, or far more words than one evening has.
pub const OWN_THING_BYTES_MAX: usize = 256 * 1024;

/// Bytes of everything in one room: years of words and a handful of pictures; all of it is sent when a page asks for it.
pub const OWN_ROOM_BYTES_MAX: i64 = 32 * 1024 * 1024;

/// Things in one room: five a working day for ten years.
pub const OWN_THINGS_MAX: i64 = 12_000;

/// Moments that wait in one circle: more than a team talks about in half a year, one a week.
pub const CIRCLE_MOMENTS_MAX: i64 = 100;

/// How long a moment's words are kept once it was talked about: until the next circle or two, and then only the lesson stays.
pub const CIRCLE_KEPT_US: i64 = 30 * 24 * 3_600 * 1_000_000;

/// Thanks on one team's shelf: a page, not an archive.
pub const SHELF_MAX: i64 = 300;
