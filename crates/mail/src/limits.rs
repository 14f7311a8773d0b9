//! Every limit of this crate, each with its reason. What is over a limit is kept whole and shown in part.

use std::time::Duration;

/// Larger letters than this are fetched only in part. Mail servers rarely take more than 50 MB.
pub const LETTER_BYTES_MAX: u64 = 50_000_000;

/// How much of a larger letter is fetched: its head and the beginning of what was written.
pub const LETTER_BYTES_IN_PART: u64 = 1_000_000;

/// A head longer than this is an accident or an attack; the longest honest ones (many relays, signed by
/// each) stay under 64 kB.
pub const HEADER_BYTES_MAX: usize = 256_000;

/// Honest letters nest four or five deep (a forwarded forward with pictures).
pub const MIME_DEPTH_MAX: usize = 30;

/// Each announced boundary may cost one pass over the rest of the letter.
pub const MIME_BOUNDARIES_MAX: usize = 300;

/// Letters inside letters are opened by recursion, so their number bounds the stack.
pub const MIME_INNER_LETTERS_MAX: usize = 40;

/// Boundaries times bytes: what an adversary could make the parser look at.
pub const MIME_WORK_MAX: usize = 2_000_000_000;

/// More attachments than this cannot be looked at by a person one by one; the original is kept.
pub const ATTACHMENTS_MAX: usize = 200;

/// About two hundred pages. Longer text is for a download, not for reading on a desk.
pub const TEXT_BYTES_MAX: usize = 500_000;

/// HTML above this is left out: newsletters reach 200 kB, tangled exports much more.
pub const HTML_BYTES_MAX: usize = 2_000_000;

/// Open elements inside one another; browsers themselves stop at about 512.
pub const HTML_DEPTH_MAX: usize = 400;

/// The squares of the numbers of `&` between tags, added up: seven thousand in one stretch, a fraction of a
/// second. The longest honest stretches (tables drawn with `&nbsp;`) have some hundreds.
pub const HTML_ENTITY_WORK_MAX: usize = 50_000_000;

/// A subject or name longer than this no longer fits any list.
pub const LINE_CHARS_MAX: usize = 1_000;

/// Addresses shown on one line of a letter; mass mailings list thousands.
pub const ADDRESSES_MAX: usize = 200;

/// File systems allow 255 bytes; some room is left for a browser's " (1)".
pub const ATTACHMENT_NAME_BYTES_MAX: usize = 180;

/// RFC 5322 allows 998 characters a line; longer ids cannot be written back.
pub const MESSAGE_ID_BYTES_MAX: usize = 500;

/// Ids read from References: the nearest are at the end.
pub const REFERENCES_MAX: usize = 100;

/// Some servers refuse header lines above 998 characters.
pub const REFERENCES_BYTES_MAX: usize = 900;

/// A letter that we write. Anything longer was pasted by accident.
pub const OUTGOING_TEXT_BYTES_MAX: usize = 1_000_000;

/// Name look-up, connecting and the TLS handshake together.
pub const CONNECT_MAX: Duration = Duration::from_secs(30);

/// One answer of a mail server (RFC 5321 asks for five minutes with SMTP).
pub const ANSWER_MAX: Duration = Duration::from_secs(120);

/// One letter's bytes on a slow line; RFC 5321 asks for ten minutes after the last.
pub const TRANSFER_MAX: Duration = Duration::from_secs(600);

/// How long one IDLE lasts. RFC 2177 allows 29 minutes, but home routers and firewalls forget quiet
/// connections after ten or so and tell nobody; each renewal also looks for new letters.
pub const IDLE_MAX: Duration = Duration::from_secs(9 * 60);

/// How often a server without IDLE is asked.
pub const POLL_EVERY: Duration = Duration::from_secs(60);

/// Between tries after trouble: 1 s, doubled each time, up to this.
pub const RETRY_MAX: Duration = Duration::from_secs(300);
