//! A moment on its way to the circle, or thanks on their way to the shelf: made nameless, corrected, shown, and only then shared.
//!
//! What somebody corrects travels in the form and is kept nowhere. What is shared is what the last page showed, word for word.

use unruffled_mail::quote;
use unruffled_nameless::{Added, Known, Nameless, Part, Piece, Voice, Wish, Wishes, nameless};
use unruffled_store::{Direction, Message, MessageKind};

use crate::pages::rejoin;
use crate::session::Agent;
use crate::sheets::circle::{PartSheet, PieceSheet, ReplacedSheet, SaidSheet};
use crate::{Desk, Oops, limits, own_words, reader};

/// A form as it came: names may come again.
pub type Pairs = Vec<(String, String)>;

/// A message that can be told.
pub struct Source {
    pub id: String,
    pub voice: Voice,
    pub text: String,
}

/// What the desk knows of the names in a moment.
#[derive(Default)]
pub struct Names {
    pub customer: Vec<String>,
    pub ours: Vec<String>,
    pub firm: Vec<String>,
    pub left: Vec<String>,
}

/// What the customer and we said, the newest last; notes and bounces are nobody's to bring.
pub fn sources(thread: &[Message]) -> Vec<Source> {
    let told = thread.iter().filter_map(|message| {
        let (voice, text) = match (message.direction, message.kind) {
            (Direction::In, MessageKind::Mail | MessageKind::Listening) => {
                (Voice::Customer, reader::fresh(message).0)
            }
            (Direction::Out, _) => (Voice::Us, quote::split(&message.text).0),
            _ => return None,
        };
        let end = text.floor_char_boundary(limits::CIRCLE_PART_BYTES_MAX);
        // Lines that a mail program broke would be read aloud as they break.
        let text = rejoin(text[..end].trim());
        (!text.is_empty()).then(|| Source {
            id: message.id.to_string(),
            voice,
            text,
        })
    });
    let mut told: Vec<Source> = told.collect();
    told.drain(..told.len().saturating_sub(limits::CIRCLE_PARTS_MAX));
    told
}

/// The team's names, the firm's, and the products of `names.txt`.
pub async fn names(desk: &Desk, agent: &Agent) -> Result<Names, Oops> {
    let mut firm: Vec<String> = agent
        .inboxes
        .iter()
        .map(|inbox| inbox.name.clone())
        .collect();
    firm.push(desk.settings().inbox.name.clone());
    // A name of the settings that stands in an inbox's own is the house's; any other is a product's and tells of nobody.
    let (house, mut left): (Vec<String>, Vec<String>) = desk
        .settings()
        .names
        .iter()
        .cloned()
        .partition(|name| firm.iter().any(|firm| firm.contains(name.as_str())));
    left.extend(own_words::product_names(&desk.settings().cards_folder));
    firm.extend(house);
    firm.sort();
    firm.dedup();
    // "Front desk" is a name of everybody's, and a word of the letter's.
    firm.retain(|name| name.split_whitespace().any(|word| !is_plain(word)));
    let agents = desk.store().agents().await?;
    Ok(Names {
        customer: Vec::new(),
        ours: agents.into_iter().map(|agent| agent.name).collect(),
        firm,
        left,
    })
}

fn is_plain(word: &str) -> bool {
    matches!(
        word.to_lowercase().as_str(),
        "desk"
            | "front"
            | "help"
            | "support"
            | "service"
            | "customer"
            | "inbox"
            | "team"
            | "repairs"
            | "info"
            | "office"
            | "sales"
            | "the"
            | "and"
            | "of"
    )
}

/// The texts without their names, as this form wants them; and what the desk itself would have said for each group.
pub fn told(
    desk: &Desk,
    sources: &[Source],
    names: &Names,
    pairs: &Pairs,
) -> (Nameless, Vec<String>) {
    let refs = |all: &'_ [String]| -> Vec<String> { all.to_vec() };
    let (customer, ours, firm, left) = (
        refs(&names.customer),
        refs(&names.ours),
        refs(&names.firm),
        refs(&names.left),
    );
    let (customer, ours): (Vec<&str>, Vec<&str>) = (strs(&customer), strs(&ours));
    let (firm, left): (Vec<&str>, Vec<&str>) = (strs(&firm), strs(&left));
    let known = Known {
        customer: &customer,
        ours: &ours,
        firm: &firm,
        left: &left,
    };
    let parts: Vec<Part<'_>> = sources
        .iter()
        .map(|source| Part {
            voice: source.voice,
            text: &source.text,
        })
        .collect();
    let engine = desk.engine();
    let added = added(pairs);
    let plain = Wishes {
        groups: &[],
        added: &added,
    };
    let by_itself = nameless(&engine, &parts, &known, &plain);
    let own: Vec<String> = by_itself
        .groups
        .iter()
        .map(|group| group.with.clone())
        .collect();
    let wishes = wishes(pairs, &by_itself);
    if wishes.is_empty() {
        return (by_itself, own);
    }
    let wanted = Wishes {
        groups: &wishes,
        added: &added,
    };
    (nameless(&engine, &parts, &known, &wanted), own)
}

fn strs(all: &[String]) -> Vec<&str> {
    all.iter().map(String::as_str).collect()
}

fn all<'a>(pairs: &'a Pairs, name: &'a str) -> impl Iterator<Item = &'a str> {
    pairs
        .iter()
        .filter(move |(known, _)| known == name)
        .map(|(_, value)| value.as_str())
}

/// The first value of a field.
pub fn one<'a>(pairs: &'a Pairs, name: &str) -> &'a str {
    pairs
        .iter()
        .find(|(known, _)| known == name)
        .map_or("", |(_, value)| value.as_str())
}

fn added(pairs: &Pairs) -> Vec<Added> {
    all(pairs, "also")
        .zip(all(pairs, "instead"))
        .filter(|(words, _)| !words.trim().is_empty())
        .take(limits::CIRCLE_ADDED_MAX)
        .map(|(words, with)| Added {
            words: words.trim().to_owned(),
            with: with.trim().to_owned(),
        })
        .collect()
}

/// A wording that is the desk's own is no wish: it may change while more is named.
fn wishes(pairs: &Pairs, by_itself: &Nameless) -> Vec<Wish> {
    let left: Vec<&str> = all(pairs, "left").collect();
    all(pairs, "key")
        .zip(all(pairs, "own").zip(all(pairs, "with")))
        .filter(|(key, _)| by_itself.groups.iter().any(|group| group.key == *key))
        .filter_map(|(key, (own, with))| {
            let with = with.trim();
            let wish = if left.contains(&key) {
                None
            } else if with == own {
                return None;
            } else {
                Some(with.to_owned())
            };
            Some(Wish {
                key: key.to_owned(),
                with: wish,
            })
        })
        .collect()
}

/// Which messages are taken along: all of them until somebody has looked.
pub fn is_taken(pairs: &Pairs, id: &str) -> bool {
    one(pairs, "looked").is_empty() || all(pairs, "part").any(|part| part == id)
}

/// What the page before carried, for the way back to it.
pub fn carried(pairs: &Pairs) -> Pairs {
    const CARRIED: [&str; 9] = [
        "looked", "part", "key", "own", "with", "left", "also", "instead", "words",
    ];
    pairs
        .iter()
        .filter(|(name, _)| CARRIED.contains(&name.as_str()))
        .cloned()
        .collect()
}

pub fn who(voice: Voice) -> &'static str {
    match voice {
        Voice::Customer => "They write",
        Voice::Us => "We write",
    }
}

/// The pieces of a page that shows what was replaced.
pub fn parts(sources: &[Source], told: &Nameless, pairs: &Pairs) -> Vec<PartSheet> {
    sources
        .iter()
        .zip(&told.parts)
        .map(|(source, told)| PartSheet {
            id: source.id.clone(),
            who: who(source.voice),
            voice: word(source.voice),
            taken: is_taken(pairs, &source.id),
            unread: told.unread,
            pieces: told
                .pieces
                .iter()
                .map(|piece| match piece {
                    Piece::Words(words) => PieceSheet {
                        words: words.clone(),
                        was: None,
                    },
                    Piece::Instead { was, with, .. } => PieceSheet {
                        words: with.clone(),
                        was: Some(was.trim_matches([' ', ',']).to_owned()),
                    },
                })
                .collect(),
        })
        .collect()
}

pub fn replaced(told: &Nameless, own: &[String]) -> Vec<ReplacedSheet> {
    told.groups
        .iter()
        .zip(own)
        .filter(|(group, _)| group.kind != unruffled_nameless::Kind::ByHand)
        .map(|(group, own)| ReplacedSheet {
            key: group.key.clone(),
            was: group.was.join(" · "),
            with: match group.left {
                true => own.clone(),
                false => group.with.clone(),
            },
            own: own.clone(),
            left: group.left,
        })
        .collect()
}

/// What somebody named themselves, and room for more.
pub fn named_by_hand(pairs: &Pairs) -> Pairs {
    let mut all: Pairs = added(pairs)
        .into_iter()
        .map(|added| (added.words, added.with))
        .collect();
    all.extend((0..2).map(|_| Default::default()));
    all
}

/// The texts of the form of the last page.
pub fn said(pairs: &Pairs) -> Vec<SaidSheet> {
    all(pairs, "voice")
        .zip(all(pairs, "said"))
        .map(|(voice, words)| {
            let voice = match voice {
                "us" => Voice::Us,
                _ => Voice::Customer,
            };
            SaidSheet {
                voice: word(voice),
                who: who(voice),
                words: words.replace("\r\n", "\n").trim().to_owned(),
            }
        })
        .filter(|said| !said.words.is_empty())
        .collect()
}

pub fn word(voice: Voice) -> &'static str {
    match voice {
        Voice::Customer => "customer",
        Voice::Us => "us",
    }
}

/// What in these texts may still tell who it was, as it is written.
pub fn still(desk: &Desk, said: &[SaidSheet], names: &Names) -> Vec<String> {
    let sources: Vec<Source> = said
        .iter()
        .map(|said| Source {
            id: String::new(),
            voice: match said.voice {
                "us" => Voice::Us,
                _ => Voice::Customer,
            },
            text: said.words.clone(),
        })
        .collect();
    let (told, _) = told(desk, &sources, names, &Pairs::new());
    told.groups
        .into_iter()
        .flat_map(|group| group.was)
        .take(limits::CIRCLE_STILL_MAX)
        .collect()
}
