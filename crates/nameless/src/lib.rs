//! A moment made nameless: people, places, firms, addresses, numbers, references, amounts and days that would tell who it was are
//! replaced, the same thing by the same words everywhere, and each replacement can be seen and put right.
//!
//! ```
//! use unruffled_engine::Engine;
//! use unruffled_nameless::{Known, Part, Voice, Wishes, nameless};
//!
//! let said = Part { voice: Voice::Customer, text: "I paid £42.10 for order 88213.\n\nKaren Blythe" };
//! let told = nameless(&Engine::embedded(), &[said], &Known::default(), &Wishes::default());
//! assert_eq!(told.parts[0].text(), "I paid an amount for order (a reference).\n\nThe customer");
//! ```
//!
//! A pure function: no I/O, no clock, nothing kept. What is typed (amounts, references, days) comes from the engine; names are found
//! by where they stand and by lists of ours in `lists/`. In doubt a word with a capital is hidden: a person looks at the result before
//! anybody else does, and putting a word back is easier than taking it back. It cannot know everything: who somebody is may
//! follow from what happened to them.

mod find;
mod introduced;
mod lists;
mod people;
mod say;
mod shapes;
mod token;
mod who;

use serde::Serialize;
use unruffled_engine::Engine;

/// Who speaks in a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Voice {
    Customer,
    Us,
}

/// One message of a moment, or any other text.
#[derive(Debug, Clone, Copy)]
pub struct Part<'a> {
    pub voice: Voice,
    pub text: &'a str,
}

/// What the desk knows already; all of it may be empty.
#[derive(Debug, Clone, Copy, Default)]
pub struct Known<'a> {
    /// Names that the customer goes by.
    pub customer: &'a [&'a str],
    /// Names of those who answer.
    pub ours: &'a [&'a str],
    /// What this organisation is called.
    pub firm: &'a [&'a str],
    /// Names of products, which are left as they are.
    pub left: &'a [&'a str],
}

/// What a person wants otherwise.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wishes<'a> {
    pub groups: &'a [Wish],
    pub added: &'a [Added],
}

/// Another wording for a group, or none: left as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// [`Group::key`].
    pub key: String,
    pub with: Option<String>,
}

/// Words that were not found and are to be replaced, wherever they stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Added {
    pub words: String,
    pub with: String,
}

/// What sort of thing was replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    Customer,
    Colleague,
    Person,
    /// A word with a capital that may be anybody's or anything's.
    Name,
    Place,
    Address,
    OurFirm,
    Firm,
    Email,
    Phone,
    Link,
    Handle,
    Secret,
    Account,
    Reference,
    Amount,
    Date,
    /// Asked for by the person who looked at it.
    ByHand,
}

/// Everything that stands for one thing: "Mrs Kaur" and "Jas" are the customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Group {
    /// Stays the same while the text does, for a [`Wish`].
    pub key: String,
    pub kind: Kind,
    /// As they were written, each once, in order.
    pub was: Vec<String>,
    /// What stands in their place where nothing beside it asks for another form.
    pub with: String,
    /// True where a wish leaves it as it was.
    pub left: bool,
}

/// A stretch of a part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Piece {
    Words(String),
    /// Something that was replaced, and by what; `with` may be empty ("my son Tom" is "my son").
    Instead {
        was: String,
        with: String,
        /// Place in [`Nameless::groups`].
        group: usize,
    },
}

/// A part, told without names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Told {
    pub voice: Voice,
    pub pieces: Vec<Piece>,
    /// True where the text is in no language that the engine reads: names are hardly found then.
    pub unread: bool,
}

impl Told {
    /// The text as it would be shared.
    pub fn text(&self) -> String {
        self.pieces
            .iter()
            .map(|piece| match piece {
                Piece::Words(words) => words.as_str(),
                Piece::Instead { with, .. } => with.as_str(),
            })
            .collect()
    }
}

/// A moment without names.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Nameless {
    pub parts: Vec<Told>,
    /// In order of their first appearance.
    pub groups: Vec<Group>,
}

/// Makes the parts of one moment nameless, with the same words for the same thing in all of them.
pub fn nameless(
    engine: &Engine,
    parts: &[Part<'_>],
    known: &Known<'_>,
    wishes: &Wishes<'_>,
) -> Nameless {
    let mut found: Vec<find::Found> = parts
        .iter()
        .map(|part| find::in_part(engine, part, known, wishes.added))
        .collect();
    // "Dean at the gate" may begin with a word like any other, until another part has spoken with Dean.
    let mut names = people::known_words(known);
    names.extend(found.iter().flat_map(find::Found::names).map(str::to_owned));
    names.sort();
    names.dedup();
    for (part, found) in parts.iter().zip(&mut found) {
        found.look_again(part.text, &names);
    }
    let spans = who::settle(parts, &found, known);
    say::told(parts, &found, spans, wishes)
}
