//! Every limit of the desk, each with its reason.

use std::time::Duration;

/// What the encoder heard is kept for so many texts, so that typing a reply does not wait for it.
pub const LEANS_KEPT_MAX: usize = 64;
/// Drafts whose answers and statements are kept in memory.
pub const ANSWERS_KEPT_MAX: usize = 16;

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

/// Memory of one password hash: dear for whoever guesses, and see `password::hasher`.
pub const HASH_KIB: u32 = 46 * 1024;

/// One hash at a time keeps a small machine small; sixteen people a second can still log in.
pub const HASHES_AT_ONCE_MAX: usize = 1;

/// Changes kept for a slow browser before it is told to look at everything again.
pub const BUS_CHANGES_MAX: usize = 256;

/// Open event streams of the whole desk: a browser tab holds one.
pub const STREAMS_MAX: usize = 1_000;

/// Earlier messages the engine is given: older ones do not change what is asked now.
pub const EARLIER_READ_MAX: usize = 20;

/// Text of one message given to the engine: a letter longer than this is an appendix.
pub const TEXT_READ_BYTES_MAX: usize = 200 * 1024;

/// How often the folder of own cards and words is looked at: soon enough for whoever edits it, and nothing to the disk.
pub const OWN_WORDS_LOOK: Duration = Duration::from_secs(3);

/// Options of a playbook: more than anybody looks through, and all of them are ranked for every page.
pub const OPTIONS_MAX: usize = 300;

/// A file of the playbook: a page of wording and its front.
pub const OPTION_FILE_BYTES_MAX: usize = 16 * 1024;

/// A line of an option: it is read beside a letter.
pub const OPTION_LINE_CHARS_MAX: usize = 160;

/// Topics, codes or logins in one list of an option.
pub const OPTION_LIST_MAX: usize = 40;

/// An option's wording: longer ones are letters, and letters are written.
pub const OPTION_WORDING_CHARS_MAX: usize = 4_000;

/// Earlier versions kept of each option: enough to go back, not an archive.
pub const OPTION_VERSIONS_KEPT_MAX: usize = 20;

/// Stories of a team's own: more than anybody rehearses with in a year.
pub const STORIES_MAX: usize = 200;

/// What a rehearsal has been answered so far, as its page sends it: eight answers, a little longer than a letter each.
pub const SO_FAR_BYTES_MAX: usize = 300 * 1024;

/// Stories of one workshop: with more nobody gets home.
pub const WORKSHOP_STORIES_MAX: usize = 8;

/// A word said with a nod: a line or two.
pub const NOD_WORD_CHARS_MAX: usize = 400;

/// Letters of the drop folder shown: the demo's page is for looking, not for keeping.
pub const DROPPED_SHOWN_MAX: usize = 100;

/// Hand-made ticks kept with a draft: no message asks more.
pub const TICKS_MAX: usize = 200;

/// Sentences of one message that are looked up: a letter with more claims is read by a person first.
pub const CLAIMS_MAX: usize = 10;

/// How long the first answers of the records are waited for, so that they are shown together.
pub const FACTS_GATHER: Duration = Duration::from_millis(150);

/// What somebody found or where they looked, written into a line of the facts.
pub const FACT_BYTES_MAX: usize = 2_000;

/// What a telephone system tells of one event: a few numbers and names.
pub const CALL_BYTES_MAX: usize = 16 * 1024;

/// Letters of one thing that it tells; Zammad allows 250 to an id.
pub const CALL_WORD_CHARS_MAX: usize = 250;

/// Events of calls in a minute: three a call, and more than a small town rings. Wrong secrets count too.
pub const CALLS_A_MINUTE_MAX: u32 = 600;

/// The line in which a colleague announces somebody.
pub const ANNOUNCED_BYTES_MAX: usize = 500;

/// What a customer says of themselves, each field: a few sentences.
pub const SAYS_BYTES_MAX: usize = 4 * 1024;

/// A field in which labels are looked for while it is typed.
pub const LABELS_BYTES_MAX: usize = 20 * 1024;

/// Letters in the export of a customer, all together: it is made in memory.
pub const EXPORT_BYTES_MAX: i64 = 128 * 1024 * 1024;

/// A request that takes longer than this hangs; event streams are exempt.
pub const REQUEST_SECONDS_MAX: u64 = 30;

/// Jobs worked on at once: sending waits on the network, parsing does not.
pub const JOBS_AT_ONCE_MAX: usize = 4;

/// A session ends this long after its agent was last seen: a working day, not a night as well.
pub const SESSION_HOURS: i64 = 12;

/// A worker that says nothing for so long is taken for dead; handing over a letter takes less.
pub const LEASE_MINUTES: i64 = 10;

/// How often the jobs are looked at when nothing calls: leases end and clocks jump.
pub const JOBS_REST_SECONDS: u64 = 20;

/// Tries to note what became of a reply before the lease is left to end.
pub const NOTING_TRIES: usize = 5;

/// The pause between them: a busy database is free again by then.
pub const NOTING_PAUSE: Duration = Duration::from_secs(2);

/// The random word of a form; a UUID has 36.
pub const ONCE_CHARS_MAX: usize = 64;

/// How often leases that ended are looked for.
pub const RECOVER_SECONDS: u64 = 60;

/// Promises that somebody says something about in one reply; the engine follows no more in a draft.
pub const PROMISES_SAID_MAX: usize = 24;

/// What is said about them, with what they say: a few lines each.
pub const PROMISES_SAID_BYTES_MAX: usize = 32 * 1024;

/// Promises brought up above the inbox: what does not fit a glance is one key away.
pub const BROUGHT_UP_MAX: usize = 3;

/// After a hard moment somebody looks again on the third working day: time for a repair to show that it holds.
pub const CHECK_BACK_DAYS: u32 = 3;

/// A moment is landed while it is near: hot words of longer ago belong to one that was closed before.
pub const LANDING_DAYS: i64 = 14;

/// So many of a customer's latest messages are looked at for it; each is read anew, in less than a millisecond.
pub const LANDING_READ_MAX: usize = 10;

/// A keepsake is a few sentences; whoever thanks at greater length is kept from the beginning.
pub const KEEPSAKE_CHARS_MAX: usize = 600;

/// What was said of a promise can be taken back at the side for so long: until the end of the day, roughly.
pub const PROMISE_SETTLED_SHOWN_HOURS: i64 = 12;
/// Drafts shown to colleagues at once: one a call, and a desk has not so many agents.
pub const LOOKS_MAX: usize = 200;

/// A call that nobody has answered for so long is told so: who waits beside a hot letter waits long.
pub const CALL_WAIT: i64 = 3 * crate::clock::MINUTE;

/// A reply for later is at least a little later: what is nearer has the undo of every reply.
pub const SEND_AT_SOONEST: i64 = crate::clock::MINUTE;

/// And not so late that nobody remembers what it answers.
pub const SEND_AT_LATEST: i64 = 31 * 24 * crate::clock::HOUR;

/// Conversations among which the next one is looked for: whoever comes after these waits for others first.
pub const TURNS_LOOKED_AT_MAX: i64 = 200;

/// And how many of them are read for a calmer one: reading is quick, their letters have to be fetched.
pub const TURNS_READ_MAX: usize = 40;

/// What arrives is looked at four weeks together: every weekday four times, and no single day.
pub const WORKLOAD_DAYS: i64 = 28;

/// Fewer than this are never counted out loud: letters of one thing, or people who promised.
pub const GROUP_MIN: i64 = 5;

/// Letters read for it, the newest, and the first words of each: some seconds of reading at the very most.
pub const WORKLOAD_LETTERS_MAX: i64 = 2_000;
pub const WORKLOAD_LETTER_CHARS_MAX: i64 = 2_000;

/// Topics shown: what comes after these is no pattern.
pub const WORKLOAD_TOPICS_MAX: usize = 8;

/// A break that is asked for in minutes: from long enough to leave the desk to long enough for lunch.
pub const BREAK_MINUTES: std::ops::RangeInclusive<i64> = 1..=60;

/// When somebody is back is said to the next five minutes: about, because nobody is clocked.
pub const BREAK_ABOUT: i64 = 5 * crate::clock::MINUTE;

/// The break that is offered where words crossed a line.
pub const BREAK_AFTER_ABUSE: i64 = 15 * crate::clock::MINUTE;

/// Messages of a conversation that can be brought to the circle, the newest: more are not read in a few minutes.
pub const CIRCLE_PARTS_MAX: usize = 12;

/// One of them.
pub const CIRCLE_PART_BYTES_MAX: usize = 12 * 1024;

/// All of what is shared: three minutes of reading aloud.
pub const CIRCLE_WORDS_BYTES_MAX: usize = 32 * 1024;

/// Words that somebody names for replacing: what needs more is written anew on the page after.
pub const CIRCLE_ADDED_MAX: usize = 24;

/// Words that may still tell who it was, named on the last page: enough to look again.
pub const CIRCLE_STILL_MAX: usize = 12;

/// What a moment is about, whom thanks are for, what a place is called: a line of a list.
pub const CIRCLE_LINE_CHARS_MAX: usize = 120;

/// A question or a lesson: a sentence or two.
pub const CIRCLE_NOTE_CHARS_MAX: usize = 300;

/// What is written down under one heading in a circle.
pub const CIRCLE_WRITTEN_CHARS_MAX: usize = 2_000;

/// Thanks on the shelf: a few paragraphs.
pub const SHELF_WORDS_BYTES_MAX: usize = 4 * 1024;

/// Wordings of a card that a circle makes.
pub const LESSON_PHRASES_MAX: usize = 8;
