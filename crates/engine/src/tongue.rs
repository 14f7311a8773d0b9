//! The languages an engine knows: a deck of cards each, and one without words for texts in any other.

use crate::deck::Deck;
use crate::language::Language;
use crate::scene::Heard;
use crate::text::Text;
use jiff::Zoned;

/// The language of cards that lie in no language's folder.
const UNNAMED: Language = Language::ENGLISH;
/// So many little words of another language are told before the desk's own is given up for it.
const TOLD_MIN: usize = 2;

/// Cards in their languages, the desk's own first.
#[derive(Debug)]
pub struct Tongues {
    decks: Vec<Deck>,
    structure: Deck,
}

/// One of them; none of them has no language.
#[derive(Debug, Clone, Copy)]
pub struct Tongue<'a> {
    pub language: Option<Language>,
    pub deck: &'a Deck,
}

impl<'a> Tongue<'a> {
    pub fn heard(self, text: Text<'a>, now: Option<&Zoned>, month_first: bool) -> Heard<'a> {
        let typed = crate::typed::find(
            &text,
            &self.deck.words,
            &self.deck.single_words,
            now,
            month_first,
        );
        Heard {
            text,
            typed,
            tongue: self,
        }
    }
}

impl Tongues {
    /// At least one deck.
    pub fn new(mut decks: Vec<Deck>, structure: Deck) -> Tongues {
        for own in 0..decks.len() {
            let (before, rest) = decks.split_at_mut(own);
            let Some((deck, after)) = rest.split_first_mut() else {
                continue;
            };
            for other in before.iter().chain(after.iter()) {
                deck.telltale.apart_from(&other.telltale);
            }
            deck.telltale.settle();
        }
        Tongues { decks, structure }
    }

    /// The desk's own language.
    pub fn desk(&self) -> &Deck {
        &self.decks[0]
    }

    pub fn desk_mut(&mut self) -> &mut Deck {
        &mut self.decks[0]
    }

    pub fn deck_mut(&mut self, language: Language) -> Option<&mut Deck> {
        let mut decks = self.decks.iter_mut();
        decks.find(|deck| deck.telltale.language == language)
    }

    pub fn decks(&self) -> impl Iterator<Item = &Deck> {
        self.decks.iter()
    }

    /// The language that a text is in, which was read with the vocabulary of the desk's own.
    pub fn of(&self, text: &Text<'_>) -> Tongue<'_> {
        let desk = self.desk();
        if desk.telltale.fits(text) {
            return Tongue {
                language: Some(desk.telltale.language),
                deck: desk,
            };
        }
        let words = text.word_count();
        let other = self.decks[1..]
            .iter()
            .map(|deck| (deck.telltale.told_in(text), deck))
            .filter(|(told, _)| *told >= TOLD_MIN.min(words))
            .max_by_key(|(told, _)| *told);
        match other {
            Some((_, deck)) => Tongue {
                language: Some(deck.telltale.language),
                deck,
            },
            None => Tongue {
                language: None,
                deck: &self.structure,
            },
        }
    }
}

/// The files of one language.
type Files<'a> = Vec<(&'a str, &'a str)>;

/// Files by their language, in the order in which the languages come; English, where there is any, before the others.
pub fn sorted<'a>(files: &[(&'a str, &'a str)]) -> Vec<(Language, Files<'a>)> {
    let known: Vec<Language> = files
        .iter()
        .filter_map(|(file, _)| {
            let folder = file.strip_suffix("grammar/language.txt")?;
            Language::of_code(folder.trim_end_matches('/').rsplit('/').next()?)
        })
        .collect();
    let mut sorted: Vec<(Language, Files<'a>)> = Vec::new();
    for (file, source) in files {
        let folder = file.rsplit(['/', '\\']).nth(2);
        let language = folder
            .and_then(Language::of_code)
            .filter(|language| known.contains(language))
            .unwrap_or(UNNAMED);
        match sorted.iter_mut().find(|(known, _)| *known == language) {
            Some((_, files)) => files.push((file, source)),
            None => sorted.push((language, vec![(file, source)])),
        }
    }
    if sorted.is_empty() {
        sorted.push((UNNAMED, Vec::new()));
    }
    sorted.sort_by_key(|(language, _)| *language != UNNAMED);
    sorted
}
