//! Every limit of a model's answer, each with its reason.

/// How long it is waited for when the settings do not say: somebody is practising, and the story has words of its own.
pub const WAIT_MS: u64 = 8_000;

/// The shortest patience that makes sense, and the longest: a page of the desk is given up after thirty seconds.
pub const WAIT_MS_MIN: u64 = 100;
pub const WAIT_MS_MAX: u64 = 25_000;

/// Bytes of an answer: a few sentences, and what a server says around them.
pub const ANSWER_BYTES_MAX: usize = 256 * 1024;

/// Words of an answer, as models count them: a short letter, and what some of them think before it.
pub const TOKENS_MAX: u32 = 700;
