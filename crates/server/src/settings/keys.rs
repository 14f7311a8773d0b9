//! Every key with the sentence that explains it: the example file, the table and the environment
//! are all made from this list, and a test keeps it equal to the struct.

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Text,
    Number,
    /// A TOML list of strings; in the environment, separated by commas.
    List,
    /// Never in the file: only `UNRUFFLED_…`.
    Secret,
}

pub struct Key {
    pub path: &'static str,
    pub kind: Kind,
    pub says: &'static str,
}

const fn key(path: &'static str, kind: Kind, says: &'static str) -> Key {
    Key { path, kind, says }
}

pub const KEYS: &[Key] = &[
    key(
        "listen",
        Kind::Text,
        "The address and port the desk listens on; port 0 takes any free one.",
    ),
    key(
        "public_url",
        Kind::Text,
        "Where a browser finds the desk; with https, cookies travel by https alone.",
    ),
    key(
        "database",
        Kind::Text,
        "A file for SQLite, or postgres://… (with a password only as UNRUFFLED_DATABASE).",
    ),
    key(
        "attachments",
        Kind::Text,
        "The folder that keeps the files which came with letters.",
    ),
    key(
        "secret_file",
        Kind::Text,
        "The key that signs our Message-IDs; made at the first start, to be kept with the backups.",
    ),
    key(
        "time_zone",
        Kind::Text,
        "The desk's own time zone, such as Europe/London; times are shown and read in it.",
    ),
    key(
        "undo_seconds",
        Kind::Number,
        "How long a reply waits before it goes, so that it can be taken back; 0 to 120.",
    ),
    key(
        "hot_in_a_row",
        Kind::Number,
        "After how many hard moments in a row F, the next one, gives somebody a calmer one where there is one; 0 for no limit. Each person may set their own.",
    ),
    key(
        "cards_folder",
        Kind::Text,
        "A folder with cards and words of your own (glossary.txt, names.txt, house.txt), read again when it changes; empty for none.",
    ),
    key(
        "playbook_folder",
        Kind::Text,
        "The folder with what you may offer, one option a file; made with a starting set at the first start, read again when it changes; empty for the starting set as it is.",
    ),
    key(
        "stories_folder",
        Kind::Text,
        "The folder with stories of your own to rehearse with, one a file, beside the ones that come with the program; made when the first is kept; empty for none.",
    ),
    key(
        "leads",
        Kind::List,
        "Logins of those who nod where an option asks for a lead; empty means any colleague.",
    ),
    key(
        "reader_file",
        Kind::Text,
        "Weights of the encoder, which hears more in a message and knows better what a draft answers and states: \"built-in\", a file (crates/reader/model/reader.int8, with answers.int8 and statements.int8 beside it), or \"off\".",
    ),
    key(
        "names",
        Kind::List,
        "Names of your products, which the engine then leaves alone; names.txt in cards_folder adds to them.",
    ),
    key(
        "knock_secret_file",
        Kind::Text,
        "A file with the secret word of the telephone system: it tells calls to /knocks/calls/<secret>; empty for none. Or UNRUFFLED_KNOCK_SECRET.",
    ),
    key(
        "knock_secret",
        Kind::Secret,
        "Only as UNRUFFLED_KNOCK_SECRET.",
    ),
    key(
        "log",
        Kind::Text,
        "How much is logged: error, warn, info, debug, or a filter of the tracing library.",
    ),
    key(
        "drop_folder",
        Kind::Text,
        "Puts outgoing letters into this folder instead of sending them; empty to send.",
    ),
    key(
        "hours.monday",
        Kind::Text,
        "When somebody is there on a Monday: \"09:00-17:00\", \"09:00-12:30, 13:30-17:00\", or \"\" for a day on which the desk is closed.",
    ),
    key("hours.tuesday", Kind::Text, "The same for Tuesdays."),
    key("hours.wednesday", Kind::Text, "The same for Wednesdays."),
    key("hours.thursday", Kind::Text, "The same for Thursdays."),
    key("hours.friday", Kind::Text, "The same for Fridays."),
    key("hours.saturday", Kind::Text, "The same for Saturdays."),
    key("hours.sunday", Kind::Text, "The same for Sundays."),
    key(
        "hours.holidays",
        Kind::List,
        "Days on which the desk is closed all the same, such as \"2026-12-25\".",
    ),
    key(
        "voice.url",
        Kind::Text,
        "A model that lends its words to the customer of a rehearsal: an address in OpenAI's manner (Ollama is http://127.0.0.1:11434/v1); the story and the replies of the rehearsal are sent there, nothing else of the desk; empty for none.",
    ),
    key(
        "voice.model",
        Kind::Text,
        "The model's name, as its server calls it.",
    ),
    key(
        "voice.key_file",
        Kind::Text,
        "A file that holds the key of a hosted model and nothing else; or give UNRUFFLED_VOICE_KEY.",
    ),
    key(
        "voice.wait_ms",
        Kind::Number,
        "How long it is waited for before the story's own words are taken, in milliseconds: 100 to 25000.",
    ),
    key(
        "voice.ca_file",
        Kind::Text,
        "A certificate authority of your own, in PEM; empty for the public ones.",
    ),
    key("voice.key", Kind::Secret, "Only as UNRUFFLED_VOICE_KEY."),
    key(
        "inbox.name",
        Kind::Text,
        "The name that replies are sent under.",
    ),
    key(
        "inbox.address",
        Kind::Text,
        "The address that customers write to and replies come from.",
    ),
    key(
        "safety.risk_procedure",
        Kind::Text,
        "What is done where somebody may be at risk, step by step: a step a sentence, or a line of its own.",
    ),
    key(
        "safety.risk_call",
        Kind::Text,
        "Whom an agent calls then: a name and a number. While it is empty, the page says so.",
    ),
    key(
        "safety.emergency_number",
        Kind::Text,
        "The emergency number of the place you answer for. While it is empty, the page says so.",
    ),
    key(
        "safety.abuse_procedure",
        Kind::Text,
        "What an agent may do where words cross a line.",
    ),
    key(
        "safety.boundary_wording",
        Kind::Text,
        "Words that say the limit once, ready to be put into a reply.",
    ),
    key(
        "imap.host",
        Kind::Text,
        "The server letters are fetched from; empty to fetch nothing.",
    ),
    key(
        "imap.port",
        Kind::Number,
        "Its port; 0 for the usual one (993, or 143 with start-tls).",
    ),
    key(
        "imap.tls",
        Kind::Text,
        "implicit, start-tls, or none (only to this machine itself).",
    ),
    key("imap.user", Kind::Text, "The name to log in with."),
    key(
        "imap.password_file",
        Kind::Text,
        "A file that holds the password and nothing else; or give UNRUFFLED_IMAP_PASSWORD.",
    ),
    key(
        "imap.ca_file",
        Kind::Text,
        "A certificate authority of your own, in PEM; empty for the public ones.",
    ),
    key("imap.folder", Kind::Text, "The mailbox to fetch from."),
    key(
        "imap.password",
        Kind::Secret,
        "Only as UNRUFFLED_IMAP_PASSWORD.",
    ),
    key(
        "smtp.host",
        Kind::Text,
        "The server replies are handed to; empty to hand over nothing.",
    ),
    key(
        "smtp.port",
        Kind::Number,
        "Its port; 0 for the usual one (465, or 587 with start-tls).",
    ),
    key(
        "smtp.tls",
        Kind::Text,
        "implicit, start-tls, or none (only to this machine itself).",
    ),
    key(
        "smtp.user",
        Kind::Text,
        "The name to log in with; empty to hand over without logging in.",
    ),
    key(
        "smtp.password_file",
        Kind::Text,
        "A file that holds the password and nothing else; or give UNRUFFLED_SMTP_PASSWORD.",
    ),
    key(
        "smtp.ca_file",
        Kind::Text,
        "A certificate authority of your own, in PEM; empty for the public ones.",
    ),
    key(
        "smtp.password",
        Kind::Secret,
        "Only as UNRUFFLED_SMTP_PASSWORD.",
    ),
];

/// `imap.ca_file` is `UNRUFFLED_IMAP_CA_FILE` in the environment.
pub fn variable(path: &str) -> String {
    format!("UNRUFFLED_{}", path.replace('.', "_").to_uppercase())
}
