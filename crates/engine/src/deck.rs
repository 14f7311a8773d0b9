//! All cards, compiled: one index from words to patterns, so that a text is read once for all of them.

use crate::card::{Card, CardFault, CardKind};
use crate::condition::Condition;
use crate::detect::Detector;
use crate::language::{Language, Telltale};
use crate::list::SingleWords;
use crate::pattern::{Firsts, Lists, Match, Pattern, Present, Sets};
use crate::review::families::Families;
use crate::scene::Scene;
use crate::text::contraction_words;
use crate::words::{Fnv, Words};
use std::collections::HashMap;
use std::hash::BuildHasherDefault;

/// A card reports at most this many hits in one text: more is noise.
const HITS_PER_CARD_MAX: usize = 8;

/// Word lists as one pattern each, for senses and detectors.
pub type CompiledLists = HashMap<String, Pattern, BuildHasherDefault<Fnv>>;

/// A card with its patterns and conditions compiled.
#[derive(Debug)]
pub struct Compiled {
    pub card: Card,
    not: Vec<Pattern>,
    unless: Vec<Condition>,
    only: Vec<Condition>,
    pub silent_when: Vec<Condition>,
    pub pause_when: Vec<Condition>,
    pub quiet_when: Vec<Condition>,
    pub look_again_when: Vec<Condition>,
    pub detector: Option<Detector>,
}

/// The cards of one engine.
#[derive(Debug)]
pub struct Deck {
    pub telltale: Telltale,
    pub words: Words,
    pub sets: Sets,
    pub lists: CompiledLists,
    pub single_words: SingleWords,
    pub families: Families,
    pub cards: Vec<Compiled>,
    /// Patterns with the card each belongs to.
    patterns: Vec<(Pattern, u16)>,
    /// Patterns of each kind of card by what can begin them.
    indices: [Index; 4],
}

/// Patterns by what can begin them.
#[derive(Debug, Default)]
struct Index {
    /// By the word's number.
    by_word: Vec<Vec<u16>>,
    /// Those that anything can begin.
    by_anything: Vec<u16>,
}

/// A hit of one card, with what a detector has to say beyond the card.
#[derive(Debug, Clone)]
pub struct Hit {
    /// Index into `Deck::cards`.
    pub card: usize,
    pub found: Match,
    pub says: Option<String>,
    pub instead: Option<Vec<String>>,
    pub fix: Option<crate::Fix>,
    /// How loud, where the detector knows better than the card.
    pub weight: Option<crate::Weight>,
}

impl Deck {
    /// Compiles cards and word lists; every fault is reported, with file and line.
    /// `files` are `(path, text)`: cards in `cues/`, `checks/`, `virtues/`, `what-ifs/`, word lists in `words/NAME.txt`.
    pub fn load<'a>(
        language: Language,
        files: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Deck, Vec<CardFault>> {
        Deck::read(language, files, false)
    }

    /// Only those of the cards that do not depend on language, without a word of any language: for texts in a language that
    /// we do not know.
    pub fn structure<'a>(
        language: Language,
        files: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Deck, Vec<CardFault>> {
        let cards = files.into_iter().filter(|(file, _)| file.ends_with(".md"));
        Deck::read(language, cards, true)
    }

    fn read<'a>(
        language: Language,
        files: impl IntoIterator<Item = (&'a str, &'a str)>,
        structure: bool,
    ) -> Result<Deck, Vec<CardFault>> {
        let mut faults = Vec::new();
        let mut grammar: Vec<(&str, &str)> = Vec::new();
        let mut lists = Lists::new();
        let mut family_lines: Vec<&str> = Vec::new();
        let mut cards: Vec<(String, Card)> = Vec::new();
        for (file, source) in files {
            if let Some(path) = file.strip_suffix(".txt") {
                let mut parts = path.rsplit(['/', '\\']);
                let name = parts.next().unwrap_or(path);
                if parts.next() == Some("grammar") {
                    grammar.push((file, source));
                    continue;
                }
                if name == "families" {
                    family_lines.extend(
                        source
                            .lines()
                            .map(str::trim)
                            .filter(|line| !line.is_empty() && !line.starts_with('#')),
                    );
                    continue;
                }
                let phrases = source
                    .lines()
                    .map(|line| line.split(" #").next().unwrap_or("").trim())
                    .filter(|line| !line.is_empty() && !line.starts_with('#'));
                lists
                    .entry(name.to_string())
                    .or_default()
                    .extend(phrases.map(str::to_string));
            } else {
                match crate::card::parse(file, source) {
                    Ok(card) if structure && !card.front.any_language => {}
                    Ok(card) => match cards.iter().position(|(_, known)| known.id == card.id) {
                        // An organisation's own card of the same name takes the place of ours.
                        Some(index) => cards[index] = (file.to_string(), card),
                        None => cards.push((file.to_string(), card)),
                    },
                    Err(found) => faults.extend(found),
                }
            }
        }
        if structure {
            for (_, card) in &mut cards {
                card.front.without_words();
            }
        }
        let mut words = Words::default();
        for word in contraction_words() {
            words.intern(word);
        }
        for mark in [",", ".", "?", "!", ":", ";", "—", "\n", "\"", "'", "(", ")"] {
            words.intern(mark);
        }
        let mut telltale = Telltale::unknown(language);
        for (file, source) in grammar {
            match file.rsplit(['/', '\\']).next() {
                Some("language.txt") => telltale.describe(file, source, &mut faults),
                Some("tells.txt") => telltale.tell(source, &mut words),
                Some("others.txt") => telltale.beside(source),
                _ => faults.push(CardFault {
                    file: file.to_string(),
                    line: 0,
                    says:
                        "there is no such grammar; there are language.txt, tells.txt and others.txt"
                            .into(),
                }),
            }
        }
        let mut families = Families::default();
        for line in family_lines {
            families.add(line, &mut words);
        }
        let mut deck = Deck {
            telltale,
            words,
            sets: Sets::default(),
            lists: CompiledLists::default(),
            single_words: SingleWords::default(),
            families,
            cards: Vec::new(),
            patterns: Vec::new(),
            indices: Default::default(),
        };
        let mut firsts_of: Vec<Firsts> = Vec::new();
        for name in lists.keys() {
            match Pattern::compile(
                &format!("<{name}>"),
                &mut deck.words,
                &mut deck.sets,
                &lists,
            ) {
                Ok((pattern, _)) => {
                    deck.lists.insert(name.clone(), pattern);
                }
                Err(says) => faults.push(CardFault {
                    file: format!("words/{name}.txt"),
                    line: 0,
                    says,
                }),
            }
        }
        for (file, card) in cards {
            let index = deck.cards.len();
            let mut fault = |says: String| {
                faults.push(CardFault {
                    file: file.clone(),
                    line: 0,
                    says,
                })
            };
            for source in &card.front.find {
                match Pattern::compile(source, &mut deck.words, &mut deck.sets, &lists) {
                    Ok((pattern, firsts)) => {
                        deck.patterns.push((pattern, index as u16));
                        firsts_of.push(firsts);
                    }
                    Err(says) => fault(format!("find: {says}")),
                }
            }
            let mut not = Vec::new();
            for source in &card.front.not {
                match Pattern::compile(source, &mut deck.words, &mut deck.sets, &lists) {
                    Ok((pattern, _)) => not.push(pattern),
                    Err(says) => fault(format!("not: {says}")),
                }
            }
            let mut conditions = |sources: &[String]| {
                let mut compiled = Vec::new();
                for source in sources {
                    match Condition::compile(source, &mut deck.words, &mut deck.sets, &lists) {
                        Ok(condition)
                            if card.kind == CardKind::Cue && condition.needs_a_message() =>
                        {
                            fault(format!(
                                "`{source}` can never hold in a cue's card: heat, cues and the message are known only for a draft"
                            ));
                        }
                        Ok(condition) => compiled.push(condition),
                        Err(says) => fault(says),
                    }
                }
                compiled
            };
            let front = &card.front;
            let (unless, only) = (conditions(&front.unless), conditions(&front.only));
            let (silent_when, pause_when) = (
                conditions(&front.silent_when),
                conditions(&front.pause_when),
            );
            let (quiet_when, look_again_when) = (
                conditions(&front.quiet_when),
                conditions(&front.look_again_when),
            );
            let detector = front.sense.as_deref().and_then(Detector::named);
            if let (Some(name), None) = (&front.sense, &detector) {
                fault(format!(
                    "there is no detector `{name}`; there are: {}",
                    Detector::names().collect::<Vec<_>>().join(", ")
                ));
            }
            deck.cards.push(Compiled {
                card,
                not,
                unless,
                only,
                silent_when,
                pause_when,
                quiet_when,
                look_again_when,
                detector,
            });
        }
        for index in &mut deck.indices {
            index.by_word = vec![Vec::new(); deck.words.len()];
        }
        for (number, firsts) in firsts_of.iter().enumerate() {
            let card = deck.patterns[number].1 as usize;
            let index = &mut deck.indices[deck.cards[card].card.kind as usize];
            if firsts.anything {
                index.by_anything.push(number as u16);
            } else {
                for word in &firsts.words {
                    index.by_word[*word as usize].push(number as u16);
                }
            }
        }
        deck.sets.seal(&deck.words);
        deck.single_words = SingleWords::new(&deck.sets, &deck.words);
        if faults.is_empty() {
            Ok(deck)
        } else {
            Err(faults)
        }
    }

    /// Every hit of the cards of `kind` in the scene's text, in order of the text, conditions applied.
    pub fn hits(&self, kind: CardKind, scene: &Scene<'_>) -> Vec<Hit> {
        let mut hits: Vec<Hit> = Vec::new();
        let text = scene.text();
        let present = Present::new(text, &self.words);
        let index = &self.indices[kind as usize];
        // 0: not asked yet, 1: the text holds what the pattern needs, 2: it does not.
        let mut worth = vec![0u8; self.patterns.len()];
        for (at, token) in text.tokens.iter().enumerate() {
            if token.skip {
                continue;
            }
            let by_word = index
                .by_word
                .get(token.word as usize)
                .map_or(&[][..], Vec::as_slice);
            for number in by_word.iter().chain(&index.by_anything) {
                let (pattern, card) = &self.patterns[*number as usize];
                let worth = &mut worth[*number as usize];
                if *worth == 0 {
                    *worth = 2 - u8::from(pattern.may_match(&self.sets, &present));
                }
                let card = *card as usize;
                if *worth == 2 || (token.masked && !self.cards[card].card.front.everywhere) {
                    continue;
                }
                if let Some(found) = pattern.matches(at, &scene.field)
                    && self.stands(card, found, scene)
                {
                    add(
                        &mut hits,
                        Hit {
                            card,
                            found,
                            says: None,
                            instead: None,
                            fix: None,
                            weight: None,
                        },
                    );
                }
            }
        }
        for (card, compiled) in self.cards.iter().enumerate() {
            if compiled.card.kind != kind {
                continue;
            }
            if let Some(detector) = &compiled.detector {
                for mut hit in detector.find(scene) {
                    hit.card = card;
                    if self.stands(card, hit.found, scene) {
                        add(&mut hits, hit);
                    }
                }
            }
        }
        hits.sort_by_key(|hit| (hit.found.show.0, hit.card));
        hits
    }

    /// Whether a hit stands once the card's anti-patterns and conditions have had their say.
    fn stands(&self, card: usize, found: Match, scene: &Scene<'_>) -> bool {
        let compiled = &self.cards[card];
        let text = scene.text();
        if found.from < text.tokens.len() && !compiled.not.is_empty() {
            let sentence = text.sentence_of(found.from);
            let cancelled = compiled.not.iter().any(|pattern| {
                (sentence.from..found.to)
                    .filter(|at| pattern.may_begin(text.tokens[*at].word, scene.field.sets))
                    .any(|at| {
                        pattern
                            .matches(at, &scene.field)
                            .is_some_and(|m| m.from < found.to && m.to > found.from)
                    })
            });
            if cancelled {
                return false;
            }
        }
        if found.from >= text.tokens.len() {
            // About the text as a whole: only context conditions make sense.
            return true;
        }
        compiled.only.iter().all(|c| c.holds(scene, found))
            && !compiled.unless.iter().any(|c| c.holds(scene, found))
    }

    /// The cards of one kind with their indices.
    pub fn of_kind(&self, kind: CardKind) -> impl Iterator<Item = (usize, &Compiled)> {
        self.cards
            .iter()
            .enumerate()
            .filter(move |(_, c)| c.card.kind == kind)
    }
}

/// Keeps one hit a place: of overlapping hits of the same card the longest stays.
fn add(hits: &mut Vec<Hit>, hit: Hit) {
    let mut same = 0;
    for known in hits.iter_mut().filter(|known| known.card == hit.card) {
        same += 1;
        let overlap =
            known.found.show.0 < hit.found.show.1 && hit.found.show.0 < known.found.show.1;
        if overlap || known.found.show == hit.found.show {
            if hit.found.show.1 - hit.found.show.0 > known.found.show.1 - known.found.show.0 {
                *known = hit;
            }
            return;
        }
    }
    if same < HITS_PER_CARD_MAX {
        hits.push(hit);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults_of(unless: &str) -> Vec<String> {
        let card = format!(
            "+++\ncode = \"C99\"\nsays = \"Seen.\"\nfind = [\"lamp\"]\nunless = [\"{unless}\"]\n+++\n\n# Lamp\n\nWhy.\n\n## Fires\nA lamp.\nThe lamp.\nOne lamp.\nThis lamp.\n\n## Stays quiet\nA cup.\nA bowl.\nA tray.\nA fork.\n"
        );
        Deck::load(
            crate::language::Language::of_code("en").expect("a code"),
            [("cues/lamp.md", card.as_str())],
        )
        .err()
        .into_iter()
        .flatten()
        .map(|fault| fault.says)
        .filter(|says| says.contains("can never hold"))
        .collect()
    }

    #[test]
    fn a_cue_card_may_not_ask_what_only_a_draft_knows() {
        for unless in ["C08", "not C08", "hot", "safety", "in message: lamp"] {
            assert_eq!(faults_of(unless).len(), 1, "{unless}");
        }
        assert!(faults_of("in sentence: shade").is_empty());
    }
}
