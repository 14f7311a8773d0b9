//! Every command and every option, with the words that `--help` shows.

use crate::failure::EXIT_CODES;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;
use unruffled_reader::BUILT_IN;

/// Unruffled, a calm customer-service desk.
#[derive(Parser)]
#[command(name = "unruffled", version, after_help = EXIT_CODES, disable_help_subcommand = true, max_term_width = 100)]
pub struct Door {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand)]
pub enum Command {
    /// Seed a desk with a story and serve it; nothing leaves this machine
    #[command(after_help = EXIT_CODES)]
    Demo(Demo),
    /// Serve the desk
    #[command(after_help = EXIT_CODES)]
    Serve(Serve),
    /// Say what a customer's message says
    #[command(after_help = EXIT_CODES)]
    Read(Read),
    /// Say what a draft reply does well and leaves out
    #[command(after_help = EXIT_CODES)]
    Review(Review),
    /// Print the JSON Schema of what read or review takes and gives
    #[command(after_help = EXIT_CODES)]
    Schema(Schema),
    /// Look after cards: what the engine knows
    #[command(after_help = EXIT_CODES)]
    Cards(Cards),
    /// Look after the playbook: what may be offered
    #[command(after_help = EXIT_CODES)]
    Playbook(Playbook),
    /// Practise a difficult moment with a simulated customer; nothing of it is kept
    #[command(after_help = EXIT_CODES, args_conflicts_with_subcommands = true)]
    Rehearse(Rehearse),
    /// Print the settings that are in force, secrets starred
    #[command(after_help = EXIT_CODES)]
    Config(Config),
    /// Look at everything a desk needs, and say what is missing or broken
    #[command(after_help = EXIT_CODES)]
    Doctor(Doctor),
    /// Add an agent, or change a password
    #[command(after_help = EXIT_CODES)]
    Agent(Agent),
    /// Take in old mail from an mbox, a Maildir, a letter or a folder of letters
    ///
    /// It may be stopped and started again, and twice the same import changes nothing.
    /// Conversations that were quiet for a month come in as done.
    #[command(after_help = EXIT_CODES)]
    Import(Import),
    /// Write the whole desk into one file, while it runs
    #[command(after_help = EXIT_CODES)]
    Backup(Backup),
    /// Make an empty desk what a backup holds
    #[command(after_help = EXIT_CODES)]
    Restore(Restore),
    /// Print the version and how it was built
    Version,
}

#[derive(Args)]
pub struct Demo {
    /// Serve on this port; 0 takes any that is free [default: 7070, or any if that is taken]
    #[arg(long)]
    pub port: Option<u16>,
    /// Keep the desk in this folder; without it the desk lives in a temporary one and goes with it
    #[arg(long, value_name = "FOLDER")]
    pub folder: Option<PathBuf>,
}

/// Where a desk's settings come from; `UNRUFFLED_*` variables come after the file.
#[derive(Args)]
pub struct Desk {
    /// The settings file
    #[arg(long, value_name = "FILE", env = "UNRUFFLED_CONFIG")]
    pub config: Option<PathBuf>,
}

#[derive(Args)]
pub struct Serve {
    #[command(flatten)]
    pub desk: Desk,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Words under carets, for eyes
    Text,
    /// One JSON object, as `unruffled schema` describes it
    Json,
}

/// What `read` and `review` share.
#[derive(Args)]
pub struct Engine {
    /// How to show what was found
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    /// One JSON object a line in, one a line out, in the same order
    #[arg(long, conflicts_with = "format")]
    pub jsonl: bool,
    /// How many lines to work on at a time; all cores unless told
    #[arg(long, value_name = "N", requires = "jsonl", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub jobs: Option<u16>,
    /// What time it is, with its offset: 2026-05-04T10:02:00+01:00 [default: a letter's own date,
    /// else this machine's clock; with --jsonl each line's own `now`]
    #[arg(long, value_name = "RFC3339")]
    pub now: Option<String>,
    /// Cards and words of your own (glossary.txt, names.txt, house.txt), beside the ones built in
    #[arg(long, value_name = "FOLDER")]
    pub cards: Option<PathBuf>,
}

#[derive(Args)]
pub struct Read {
    /// Plain text or .eml; - is standard input
    #[arg(value_name = "FILE", default_value = "-")]
    pub message: PathBuf,
    /// What was written before, oldest first: a JSON list of {"from": "customer" or "agent", "text"}
    #[arg(long, value_name = "FILE", conflicts_with = "jsonl")]
    pub earlier: Option<PathBuf>,
    /// Weights of the encoder, which hears more and takes some milliseconds a message: its own, a file, or "off"
    #[arg(long, value_name = "FILE", default_value = BUILT_IN)]
    pub reader: PathBuf,
    #[command(flatten)]
    pub engine: Engine,
}

#[derive(Args)]
pub struct Review {
    /// The draft: plain text or .eml; - is standard input
    #[arg(value_name = "DRAFT", default_value = "-")]
    pub draft: PathBuf,
    /// The customer's message it answers: plain text or .eml
    #[arg(long, value_name = "MESSAGE", conflicts_with = "jsonl")]
    pub replying_to: Option<PathBuf>,
    /// What was written before, oldest first: a JSON list of {"from": "customer" or "agent", "text"}
    #[arg(long, value_name = "FILE", conflicts_with = "jsonl")]
    pub earlier: Option<PathBuf>,
    /// What is known: a JSON list of sentences or of {"text", "state", "source"}, or plain lines
    #[arg(long, value_name = "FILE", conflicts_with = "jsonl")]
    pub facts: Option<PathBuf>,
    /// Weights of the encoder, which hears more and knows better what a draft answers: its own, a file, or "off"
    #[arg(long, value_name = "FILE", default_value = BUILT_IN)]
    pub reader: PathBuf,
    /// The customer's name as they sign [default: the letter's own]
    #[arg(long, value_name = "NAME", conflicts_with = "jsonl")]
    pub customer_name: Option<String>,
    #[command(flatten)]
    pub engine: Engine,
}

#[derive(Args)]
pub struct Schema {
    #[arg(value_enum)]
    pub of: SchemaOf,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum SchemaOf {
    Read,
    Review,
}

#[derive(Args)]
pub struct Cards {
    #[command(subcommand)]
    pub verb: CardsVerb,
}

#[derive(Subcommand)]
pub enum CardsVerb {
    /// Load a folder of cards and words and run the examples in each card
    #[command(after_help = EXIT_CODES)]
    Test {
        /// A folder with cues, checks, virtues, what-ifs or prompts in it, or glossary.txt, names.txt, house.txt
        folder: PathBuf,
    },
}

#[derive(Args)]
pub struct Playbook {
    #[command(subcommand)]
    pub verb: PlaybookVerb,
}

#[derive(Subcommand)]
pub enum PlaybookVerb {
    /// Read a folder of options as the desk would, and name every fault with file and line
    #[command(after_help = EXIT_CODES)]
    Test {
        /// A folder with options in it, one .md file each; playbook/README.md says how they are written
        folder: PathBuf,
    },
}

#[derive(Args)]
pub struct Rehearse {
    /// Which story: its file's name without .md; without one, they are listed
    pub story: Option<String>,
    /// Chooses between the words a story may say: the same seed and replies, the same rehearsal
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// Stories of your own, beside the ones built in [default: the desk's stories_folder, where there is one]
    #[arg(long, value_name = "FOLDER")]
    pub stories: Option<PathBuf>,
    /// How to show it; as JSON, one object a reply
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    /// Show the story's own two ways to answer after each reply
    #[arg(long)]
    pub ways: bool,
    /// Let the model that the settings name (voice.url) lend the customer its words
    #[arg(long)]
    pub voice: bool,
    #[command(flatten)]
    pub desk: Desk,
    #[command(subcommand)]
    pub verb: Option<RehearseVerb>,
}

#[derive(Subcommand)]
pub enum RehearseVerb {
    /// Read a folder of stories, play each by its own letters, and name every fault
    #[command(after_help = EXIT_CODES)]
    Test {
        /// A folder with stories in it, one .md file each; stories/README.md says how they are written
        folder: PathBuf,
    },
}

#[derive(Args)]
pub struct Config {
    #[command(flatten)]
    pub desk: Desk,
}

#[derive(Args)]
pub struct Doctor {
    /// Leave the mail servers alone
    #[arg(long)]
    pub offline: bool,
    #[command(flatten)]
    pub desk: Desk,
}

#[derive(Args)]
pub struct Agent {
    #[command(subcommand)]
    pub verb: AgentVerb,
}

#[derive(Subcommand)]
pub enum AgentVerb {
    /// Add somebody who answers; the password is asked for, or read from standard input
    #[command(after_help = EXIT_CODES)]
    Add {
        /// What they log in with
        login: String,
        /// What customers and colleagues call them
        #[arg(long)]
        name: String,
        #[command(flatten)]
        desk: Desk,
    },
    /// Give an agent a new password; their unsent drafts are sealed with the old one and are let go
    #[command(after_help = EXIT_CODES)]
    Password {
        login: String,
        #[command(flatten)]
        desk: Desk,
    },
}

#[derive(Args)]
pub struct Import {
    /// An mbox, a Maildir, an .eml file or a folder of them
    pub path: PathBuf,
    #[command(flatten)]
    pub desk: Desk,
}

#[derive(Args)]
pub struct Backup {
    /// Where to write; a file that is there already is left as it is
    pub file: PathBuf,
    #[command(flatten)]
    pub desk: Desk,
}

#[derive(Args)]
pub struct Restore {
    /// What `unruffled backup` wrote
    pub file: PathBuf,
    #[command(flatten)]
    pub desk: Desk,
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_door_hangs_straight() {
        Door::command().debug_assert();
    }

    #[test]
    fn a_password_never_stands_on_the_command_line() {
        assert!(
            Door::try_parse_from([
                "unruffled",
                "agent",
                "add",
                "ada",
                "--name",
                "Ada",
                "--password",
                "x"
            ])
            .is_err()
        );
    }
}
