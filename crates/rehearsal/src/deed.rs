//! What a reply does to the one who reads it, as the engine's review finds it, and what each deed moves.

use crate::state::Move;
use serde::Serialize;
use unruffled_engine::Weight;

/// Something that a reply does. In order of what a reader hears first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Deed {
    HeatBack,
    ToldToBeCalm,
    Blamed,
    Denied,
    TalkedDown,
    MadeSmall,
    SentAway,
    TakenBack,
    PutOff,
    NotChecked,
    Formula,
    HardToFollow,
    LeftOpen,
    Owned,
    Acknowledged,
    Answered,
    PromisedTime,
    Asked,
    Offered,
    MadeClear,
    Thanked,
}

/// A deed's heading in a story, what it is called beside a reply, why it moves what it moves, and by how much.
struct About {
    deed: Deed,
    heading: &'static str,
    name: &'static str,
    says: &'static str,
    moves: (i8, i8, i8),
}

const fn about(
    deed: Deed,
    heading: &'static str,
    name: &'static str,
    says: &'static str,
    moves: (i8, i8, i8),
) -> About {
    About {
        deed,
        heading,
        name,
        says,
        moves,
    }
}

/// The order is that of the enum. Heat, trust, clarity.
const ALL: [About; 21] = [
    about(
        Deed::HeatBack,
        "given heat back",
        "gave the heat back",
        "Sharp words and labels are answered with sharper ones.",
        (4, -2, 0),
    ),
    about(
        Deed::ToldToBeCalm,
        "told to be calm",
        "asked for calm",
        "Whoever is asked for calm hears that they are the trouble.",
        (4, -2, 0),
    ),
    about(
        Deed::Blamed,
        "blamed",
        "made them the cause",
        "Whoever is made the cause defends themselves.",
        (4, -2, 0),
    ),
    about(
        Deed::Denied,
        "denied",
        "denied what they lived",
        "What somebody lived cannot be argued away.",
        (3, -3, 0),
    ),
    about(
        Deed::TalkedDown,
        "talked down to",
        "talked down",
        "What is called simple makes small whoever is lost.",
        (3, -2, 0),
    ),
    about(
        Deed::MadeSmall,
        "made small",
        "made it small",
        "It is not small for the one who lives it.",
        (2, -1, 0),
    ),
    about(
        Deed::SentAway,
        "sent away",
        "sent them away",
        "Another door, a rule or a bare no leaves them where they were.",
        (2, -2, -1),
    ),
    about(
        Deed::TakenBack,
        "taken back",
        "took the kindness back",
        "After a but, the sorry before it is not heard.",
        (1, -1, 0),
    ),
    about(
        Deed::PutOff,
        "put off",
        "put them off",
        "A promise without a time is a wait without an end.",
        (1, -2, -1),
    ),
    about(
        Deed::NotChecked,
        "told what nobody checked",
        "stated what nobody checked",
        "Nothing known shows this; if it is wrong, it is the second disappointment.",
        (0, -1, 0),
    ),
    about(
        Deed::Formula,
        "given a formula",
        "used a formula",
        "A formula shows that nobody read the letter.",
        (1, -1, 0),
    ),
    about(
        Deed::HardToFollow,
        "it is hard to follow",
        "was hard to follow",
        "What cannot be followed is a second riddle.",
        (0, 0, -2),
    ),
    about(
        Deed::LeftOpen,
        "left open",
        "left something open",
        "What was asked and not answered is asked again, a little warmer.",
        (2, -1, -2),
    ),
    about(
        Deed::Owned,
        "owned",
        "took it on",
        "Somebody who takes it on need not be accused any more.",
        (-2, 2, 0),
    ),
    about(
        Deed::Acknowledged,
        "acknowledged",
        "said back what they lived",
        "Whoever is heard need not say it louder.",
        (-2, 1, 0),
    ),
    about(
        Deed::Answered,
        "answered",
        "answered what they asked",
        "An answer takes the question off their mind.",
        (-2, 1, 3),
    ),
    about(
        Deed::PromisedTime,
        "promised a time",
        "said who does what, by when",
        "A time lets them get on with their day.",
        (-1, 2, 1),
    ),
    about(
        Deed::Asked,
        "asked",
        "asked something that moves it on",
        "A question about what lies behind shows that somebody wants to know.",
        (-1, 1, 0),
    ),
    about(
        Deed::Offered,
        "offered",
        "put a choice into their hands",
        "Whoever may choose is no longer at our mercy.",
        (-1, 1, 1),
    ),
    about(
        Deed::MadeClear,
        "made clear",
        "made it plain",
        "Plain steps and plain limits can be relied on.",
        (0, 0, 2),
    ),
    about(
        Deed::Thanked,
        "thanked",
        "thanked for something in particular",
        "Thanks for one thing that they did show that it was seen.",
        (-1, 1, 0),
    ),
];

impl Deed {
    pub fn all() -> impl Iterator<Item = Deed> {
        ALL.iter().map(|about| about.deed)
    }

    fn about(self) -> &'static About {
        &ALL[self as usize]
    }

    /// The words after "When" in a story's heading.
    pub fn heading(self) -> &'static str {
        self.about().heading
    }

    /// What is said beside a reply: "made them the cause".
    pub fn name(self) -> &'static str {
        self.about().name
    }

    /// Why it moves what it moves, in a sentence.
    pub fn says(self) -> &'static str {
        self.about().says
    }

    pub(crate) fn of_heading(words: &str) -> Option<Deed> {
        ALL.iter()
            .find(|about| about.heading.eq_ignore_ascii_case(words))
            .map(|about| about.deed)
    }

    pub(crate) fn moves(self) -> Move {
        let (heat, trust, clarity) = self.about().moves;
        Move {
            heat,
            trust,
            clarity,
        }
    }

    /// Makes things better rather than worse.
    pub fn is_kind(self) -> bool {
        self >= Deed::Owned
    }

    /// Heard before anything kind that stands beside it.
    pub fn is_harsh(self) -> bool {
        self <= Deed::TalkedDown
    }

    /// What a note on a draft comes to for its reader; none where only a fellow writer would mind.
    pub(crate) fn of_note(code: &str, weight: Weight) -> Option<Deed> {
        let loud = weight > Weight::Quiet;
        Some(match code {
            // "Don't worry" makes the worry small; only asking for calm is heard as an order.
            "V01" if !loud => Deed::MadeSmall,
            "V01" => Deed::ToldToBeCalm,
            "V02" | "V03" => Deed::Blamed,
            "V04" => Deed::TakenBack,
            "V05" | "V07" | "V21" | "V27" | "V28" | "V30" | "V31" => Deed::Formula,
            "V06" if loud => Deed::Formula,
            "V08" | "V10" => Deed::MadeSmall,
            "V09" => Deed::Denied,
            "V11" | "V12" => Deed::TalkedDown,
            "V13" | "V14" | "V15" | "V20" | "V29" => Deed::SentAway,
            "V16" | "V33" => Deed::PutOff,
            "V17" | "V19" => Deed::NotChecked,
            "V23" | "V24" | "V32" if loud => Deed::HardToFollow,
            "V25" | "V26" => Deed::HeatBack,
            _ => return None,
        })
    }

    /// What a virtue of a draft comes to for its reader.
    pub(crate) fn of_virtue(code: &str) -> Option<Deed> {
        Some(match code {
            "G01" | "G02" | "G03" | "G04" => Deed::Acknowledged,
            "G05" | "G14" => Deed::Asked,
            "G06" | "G07" => Deed::Owned,
            "G08" => Deed::Thanked,
            "G09" => Deed::Offered,
            "G10" | "G22" => Deed::PromisedTime,
            "G15" | "G19" => Deed::MadeClear,
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_beside_a_reply_passes_the_engines_own_checks() {
        let engine = unruffled_engine::Engine::embedded();
        for about in &ALL {
            let review = engine.review(&unruffled_engine::DraftInput {
                draft: about.says,
                ..Default::default()
            });
            let notes: Vec<_> = review
                .notes
                .iter()
                .filter(|note| note.weight > Weight::Quiet)
                .collect();
            assert!(notes.is_empty(), "{}: {notes:?}", about.says);
        }
    }

    #[test]
    fn every_deed_stands_at_its_place_and_moves_what_its_side_says() {
        for (at, about) in ALL.iter().enumerate() {
            assert_eq!(about.deed as usize, at);
            assert_eq!(Deed::of_heading(about.heading), Some(about.deed));
            let (heat, trust, clarity) = about.moves;
            match about.deed.is_kind() {
                true => assert!(heat <= 0 && trust >= 0 && clarity >= 0, "{:?}", about.deed),
                false => assert!(heat >= 0 && trust <= 0 && clarity <= 0, "{:?}", about.deed),
            }
        }
    }
}
