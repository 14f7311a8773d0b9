//! All cards, compiled: one index from words to patterns, so that a text is read once for all of them.

use crate::card::{Card, CardFault, CardKind};
use crate::condition::Condition;
use crate::detect::Detector;
use crate::grammar::Grammar;
use crate::language::{Language, Telltale};
use crate::learned::{Learned, Wordings};
use crate::list::{ListId, SingleWords};
use crate::pattern::{Lists, Match, Pattern, Sets, Width, sketched};
use crate::prompt::Occasion;
use crate::review::families::Families;
use crate::review::opposites::Opposites;
use crate::scene::Scene;
use crate::text::{Sketch, Text};
use crate::words::{Quick, WordId, Words};
use std::collections::HashMap;
use std::hash::BuildHasherDefault;

/// A card reports at most this many hits in one text: more is noise.
const HITS_PER_CARD_MAX: usize = 8;

/// Word lists as one pattern each, for senses and detectors.
#[derive(Debug, Default)]
pub struct CompiledLists {
    patterns: Vec<Pattern>,
    by_name: HashMap<String, u32, BuildHasherDefault<Quick>>,
    /// By the number that a list has in Rust.
    by_id: Vec<Option<u32>>,
}

impl CompiledLists {
    fn add(&mut self, name: &str, pattern: Pattern) {
        self.by_name
            .insert(name.to_string(), self.patterns.len() as u32);
        self.patterns.push(pattern);
    }

    fn seal(&mut self) {
        let index_of = |name: &&str| self.by_name.get(*name).copied();
        self.by_id = crate::list::NAMES.iter().map(index_of).collect();
    }

    pub fn get(&self, name: impl ListName) -> Option<&Pattern> {
        name.find(self)
    }
}

/// How Rust names a word list: by its number, or in words.
pub trait ListName: Copy {
    fn find(self, lists: &CompiledLists) -> Option<&Pattern>;
}

impl ListName for ListId {
    #[inline]
    fn find(self, lists: &CompiledLists) -> Option<&Pattern> {
        let index = lists.by_id.get(self.index()).copied().flatten()?;
        lists.patterns.get(index as usize)
    }
}

impl<N: ListName> ListName for &N {
    fn find(self, lists: &CompiledLists) -> Option<&Pattern> {
        (*self).find(lists)
    }
}

impl ListName for &str {
    fn find(self, lists: &CompiledLists) -> Option<&Pattern> {
        let index = *lists.by_name.get(self)?;
        lists.patterns.get(index as usize)
    }
}

const KINDS: [CardKind; 4] = [
    CardKind::Cue,
    CardKind::Check,
    CardKind::Virtue,
    CardKind::WhatIf,
];

/// A card with its patterns and conditions compiled.
#[derive(Debug)]
pub struct Compiled {
    pub card: Card,
    /// Its anti-patterns, in `Deck::nots`.
    not: std::ops::Range<u32>,
    unless: Vec<Condition>,
    only: Vec<Condition>,
    pub silent_when: Vec<Condition>,
    pub pause_when: Vec<Condition>,
    pub quiet_when: Vec<Condition>,
    pub look_again_when: Vec<Condition>,
    /// Prompts: what makes it an offer.
    pub occasions: Vec<Occasion>,
    /// What a what-if goes by.
    pub evidence: Evidence,
    /// Its place in [`Deck::wordings`].
    pub wording: Option<usize>,
}

/// Cues by their packed codes, see [`packed`].
#[derive(Debug, Default)]
pub struct Evidence {
    pub strong: Vec<u32>,
    pub weak: Vec<u32>,
    pub supporting: Vec<u32>,
    pub silenced_by: Vec<u32>,
}

impl Evidence {
    fn of(front: &crate::card::Front) -> Evidence {
        let all = |codes: &[String]| codes.iter().map(|code| packed(code)).collect();
        Evidence {
            strong: all(&front.strong),
            weak: all(&front.weak),
            supporting: all(&front.supporting),
            silenced_by: all(&front.silenced_by),
        }
    }
}

/// A code as one number: codes are three letters or so.
pub fn packed(code: &str) -> u32 {
    code.bytes()
        .fold(0, |number, byte| number << 8 | u32::from(byte))
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
    pub opposites: Opposites,
    pub cards: Vec<Compiled>,
    /// The learned reader of this language, and the cards that listen to readers.
    pub learned: Option<Learned>,
    pub wordings: Option<Wordings>,
    pub listeners: Vec<usize>,
    /// Cards of each kind.
    by_kind: [Vec<usize>; 5],
    /// Patterns with the card each belongs to.
    patterns: Vec<(Pattern, u32)>,
    /// Patterns of each kind of card by what they need.
    indices: [Index; 5],
    /// Cards of each kind that have a detector.
    detectors: [Vec<(u32, Detector)>; 5],
    /// Patterns that cancel a hit, card by card, and which of them a text holds the words for.
    nots: Vec<Pattern>,
    not_index: Index,
}

/// Patterns by the rarest words that they need: where a text holds one, its patterns are tried around it.
#[derive(Debug, Default)]
struct Index {
    /// For each word, where its entries begin.
    starts: Vec<u32>,
    entries: Vec<Entry>,
    /// Patterns that need no word.
    always: Vec<u32>,
}

/// A pattern at one of the words of which it needs one.
#[derive(Debug, Clone, Copy, Default)]
struct Entry {
    pattern: u32,
    /// How far behind the pattern's beginning the word stands.
    behind: Width,
    /// How many words a match around this word may cover, from the first place where it may begin.
    reach: u16,
    /// All single words that a match around this word cannot do without.
    words: Sketch,
    /// The words that can begin the pattern, as in the sketch of their set: most places are ruled out without a look at it.
    begins: u64,
}

impl Index {
    fn new<'p>(
        patterns: impl Iterator<Item = (u32, &'p Pattern)> + Clone,
        vocabulary: usize,
        sets: &Sets,
    ) -> Index {
        let mut index = Index {
            starts: vec![0; vocabulary + 1],
            ..Index::default()
        };
        for (number, pattern) in patterns.clone() {
            match pattern.rarest() {
                Some(need) => sets
                    .words(need.set)
                    .iter()
                    .for_each(|word| index.starts[*word as usize] += 1),
                None => index.always.push(number),
            }
        }
        // Counts to ends, and from the ends, filled from behind, to beginnings.
        let mut end = 0;
        for start in &mut index.starts {
            end += *start;
            *start = end;
        }
        index.entries = vec![Entry::default(); end as usize];
        for (number, pattern) in patterns {
            let anchors = pattern.rarest().into_iter();
            for (word, anchor) in anchors.flat_map(|need| need.anchors(sets)) {
                let start = &mut index.starts[word as usize];
                *start -= 1;
                index.entries[*start as usize] = Entry {
                    pattern: number,
                    behind: anchor.behind,
                    reach: pattern.reach(anchor.behind),
                    words: pattern.words() | anchor.beside,
                    begins: pattern.begins_sketched(sets),
                };
            }
        }
        index
    }

    /// The patterns that hang on `word` and need no word beside it that is not in the text.
    fn at_word(&self, word: WordId, text: &Text<'_>) -> impl Iterator<Item = &Entry> {
        // A word of the house's glossary is in no pattern, and numbered behind all that are.
        let ends = self.starts.get(word as usize..);
        let range = match ends.and_then(<[u32]>::first_chunk) {
            Some([from, to]) => *from as usize..*to as usize,
            None => 0..0,
        };
        let there = text.present.sketch();
        self.entries[range]
            .iter()
            .filter(move |entry| entry.words & !there == 0)
    }
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

/// Where a pattern matched, before its card's conditions have had their say.
struct Found {
    at: u32,
    /// Anything can begin the pattern: it comes behind those of the same place that name their first word.
    anywhere: bool,
    pattern: u32,
    found: Match,
}

impl Deck {
    /// Compiles cards and word lists; every fault is reported, with file and line.
    /// `files` are `(path, text)`: cards in `cues/`, `checks/`, `virtues/`, `what-ifs/`, `prompts/`, word lists in `words/NAME.txt`.
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
        let mut opposite_lines: Vec<&str> = Vec::new();
        let mut cards: Vec<(String, Card)> = Vec::new();
        for (file, source) in files {
            if let Some(path) = file.strip_suffix(".txt") {
                let mut parts = path.rsplit(['/', '\\']);
                let name = parts.next().unwrap_or(path);
                if parts.next() == Some("grammar") {
                    grammar.push((file, source));
                    continue;
                }
                let told = match name {
                    "families" => Some(&mut family_lines),
                    "opposites" => Some(&mut opposite_lines),
                    _ => None,
                };
                if let Some(told) = told {
                    told.extend(
                        source
                            .lines()
                            .map(str::trim)
                            .filter(|line| !line.is_empty() && !line.starts_with('#')),
                    );
                    continue;
                }
                let phrases = source
                    .lines()
                    .map(|line| match line.contains('#') {
                        true => line.split(" #").next().unwrap_or("").trim(),
                        false => line.trim(),
                    })
                    .filter(|line| !line.is_empty() && !line.starts_with('#'));
                lists.entry(name).or_default().extend(phrases);
            } else {
                // Most cards need not be taken apart to see that they depend on language.
                if structure && !source.contains("any_language") {
                    continue;
                }
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
        let mut own = Grammar::default();
        grammar.retain(|(file, source)| !own.take(file, source, &mut faults));
        let mut words = Words::new(own, language == Language::ENGLISH);
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
                        "there is no such grammar; there are language, tells, others, vocabulary, contractions, glued, forms, endings, past, common, names, letter and phrases"
                            .into(),
                }),
            }
        }
        let mut families = Families::default();
        for line in family_lines {
            families.add(line, &mut words);
        }
        let mut opposites = Opposites::default();
        for line in opposite_lines {
            opposites.add(line, &mut words);
        }
        let mut deck = Deck {
            telltale,
            words,
            sets: Sets::default(),
            lists: CompiledLists::default(),
            single_words: SingleWords::default(),
            families,
            opposites,
            cards: Vec::new(),
            learned: None,
            wordings: None,
            listeners: Vec::new(),
            by_kind: Default::default(),
            patterns: Vec::new(),
            indices: Default::default(),
            detectors: Default::default(),
            nots: Vec::new(),
            not_index: Index::default(),
        };
        // In order of their names, so that loading is the same each time.
        let mut names: Vec<&str> = lists.keys().copied().collect();
        names.sort_unstable();
        for name in names {
            match Pattern::compile(
                &format!("<{name}>"),
                &mut deck.words,
                &mut deck.sets,
                &lists,
            ) {
                Ok(pattern) => {
                    deck.lists.add(name, pattern);
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
                    Ok(pattern) => deck.patterns.push((pattern, index as u32)),
                    Err(says) => fault(format!("find: {says}")),
                }
            }
            let first_not = deck.nots.len() as u32;
            for source in &card.front.not {
                match Pattern::compile(source, &mut deck.words, &mut deck.sets, &lists) {
                    Ok(pattern) => deck.nots.push(pattern),
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
            let mut occasions = Vec::new();
            for source in &front.offer {
                match Occasion::parse(source) {
                    Ok(occasion) => occasions.push(occasion),
                    Err(says) => fault(says),
                }
            }
            let detector = front.sense.as_deref().and_then(Detector::named);
            if let (Some(name), None) = (&front.sense, &detector) {
                fault(format!(
                    "there is no detector `{name}`; there are: {}",
                    Detector::names().collect::<Vec<_>>().join(", ")
                ));
            }
            if let Some(detector) = detector {
                deck.detectors[card.kind as usize].push((index as u32, detector));
            }
            deck.by_kind[card.kind as usize].push(index);
            deck.cards.push(Compiled {
                evidence: Evidence::of(&card.front),
                wording: None,
                card,
                not: first_not..deck.nots.len() as u32,
                unless,
                only,
                silent_when,
                pause_when,
                quiet_when,
                look_again_when,
                occasions,
            });
        }
        if !structure {
            deck.listeners = crate::learned::listeners(&deck.cards);
        }
        deck.sets.seal(&deck.words);
        deck.lists.seal();
        let nots = deck.nots.iter().enumerate();
        deck.not_index = Index::new(
            nots.map(|(number, pattern)| (number as u32, pattern)),
            deck.words.len(),
            &deck.sets,
        );
        for kind in KINDS {
            let of_kind =
                deck.patterns
                    .iter()
                    .enumerate()
                    .filter_map(|(number, (pattern, card))| {
                        (deck.cards[*card as usize].card.kind == kind)
                            .then_some((number as u32, pattern))
                    });
            let index = Index::new(of_kind, deck.words.len(), &deck.sets);
            deck.indices[kind as usize] = index;
        }
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
        for found in self.matches(kind, scene) {
            let card = self.patterns[found.pattern as usize].1 as usize;
            if adds(&hits, card, found.found) && self.stands(card, found.found, scene) {
                let hit = Hit {
                    card,
                    found: found.found,
                    says: None,
                    instead: None,
                    fix: None,
                    weight: None,
                };
                add(&mut hits, hit);
            }
        }
        for (card, detector) in &self.detectors[kind as usize] {
            for mut hit in detector.find(scene) {
                hit.card = *card as usize;
                if self.stands(hit.card, hit.found, scene) {
                    add(&mut hits, hit);
                }
            }
        }
        hits.sort_by_key(|hit| (hit.found.show.0, hit.card));
        hits
    }

    /// Takes another reader of single codes, or none.
    pub fn take_wordings(&mut self, wordings: Option<Wordings>) {
        for card in &mut self.cards {
            let code = &card.card.front.code;
            card.wording = wordings.as_ref().and_then(|known| known.place(code));
        }
        self.wordings = wordings;
    }

    /// Where the patterns of `kind` match, in order of the text. A pattern is tried only where a word that it needs stands
    /// as far behind as it does in the pattern.
    fn matches(&self, kind: CardKind, scene: &Scene<'_>) -> Vec<Found> {
        let (text, field) = (scene.text(), &scene.field);
        let index = &self.indices[kind as usize];
        let begins = |number: u32, at: usize| {
            let (token, (pattern, card)) = (&text.tokens[at], &self.patterns[number as usize]);
            !token.skip
                && pattern.may_begin(token.word, field.sets)
                && (!token.masked || self.cards[*card as usize].card.front.everywhere)
                && pattern.may_match_at(at, field)
        };
        let places = text.places();
        // Pattern above, place below, so that what two of its words lie behind is tried once.
        let mut worth: Vec<u64> = Vec::with_capacity(text.tokens.len());
        for (place, token) in text.tokens.iter().enumerate() {
            for entry in index.at_word(token.word, text) {
                let number = entry.pattern;
                let starts = places.before(place, entry.behind);
                let near = text.near(starts.start, entry.reach);
                if entry.words & !near != 0 {
                    continue;
                }
                let may = starts
                    .filter(|at| entry.begins & sketched(text.tokens[*at].word) != 0)
                    .filter(|at| begins(number, *at));
                worth.extend(may.map(|at| u64::from(number) << 32 | at as u64));
            }
        }
        worth.sort_unstable();
        worth.dedup();
        for number in &index.always {
            let may = (0..text.tokens.len()).filter(|at| begins(*number, *at));
            worth.extend(may.map(|at| u64::from(*number) << 32 | at as u64));
        }
        let mut found: Vec<Found> = Vec::new();
        for places in worth.chunk_by(|a, b| a >> 32 == b >> 32) {
            let number = (places[0] >> 32) as u32;
            let pattern = &self.patterns[number as usize].0;
            if !pattern.needs_met(field) {
                continue;
            }
            for place in places {
                let at = *place as u32;
                found.extend(pattern.tried(at as usize, field).map(|m| Found {
                    at,
                    anywhere: pattern.begins_anywhere(),
                    pattern: number,
                    found: m,
                }));
            }
        }
        found.sort_unstable_by_key(|f| (f.at, f.anywhere, f.pattern));
        found
    }

    /// The anti-patterns whose rarest words the text holds, as bits.
    fn cancelling(&self, text: &Text<'_>) -> Vec<u64> {
        let mut bits = vec![0; self.nots.len() / 64 + 1];
        let by_word = text.present.distinct().iter();
        let held = by_word.flat_map(|word| self.not_index.at_word(*word, text));
        let held = held.map(|entry| entry.pattern);
        for number in held.chain(self.not_index.always.iter().copied()) {
            bits[number as usize / 64] |= 1 << (number % 64);
        }
        bits
    }

    /// Whether a hit stands once the card's anti-patterns and conditions have had their say.
    pub fn stands(&self, card: usize, found: Match, scene: &Scene<'_>) -> bool {
        let compiled = &self.cards[card];
        let text = scene.text();
        if found.from < text.tokens.len() && !compiled.not.is_empty() {
            let sentence = text.sentence_of(found.from);
            let there = scene.cancelling.get_or_init(|| self.cancelling(text));
            let cancelled = within(there, &compiled.not).any(|number| {
                let pattern = &self.nots[number];
                pattern.needs_met(&scene.field)
                    && (sentence.from..found.to)
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

    /// What a card adds to heat.
    pub fn points(&self, id: &str) -> i8 {
        self.cards
            .iter()
            .find(|compiled| compiled.card.id == id)
            .map_or(0, |compiled| compiled.card.front.points)
    }

    /// The cards of one kind with their indices.
    pub fn of_kind(&self, kind: CardKind) -> impl Iterator<Item = (usize, &Compiled)> {
        let of_kind = self.by_kind[kind as usize].iter();
        of_kind.map(|at| (*at, &self.cards[*at]))
    }
}

/// The numbers of the bits that are set in `range`, in order.
fn within<'b>(bits: &'b [u64], range: &std::ops::Range<u32>) -> impl Iterator<Item = usize> + 'b {
    let (from, to) = (range.start as usize, range.end as usize);
    (from / 64..to.div_ceil(64)).flat_map(move |at| {
        let mut left = bits[at];
        if at == from / 64 {
            left &= u64::MAX << (from % 64);
        }
        if at == to / 64 {
            left &= !(u64::MAX << (to % 64));
        }
        std::iter::from_fn(move || {
            let lowest = left.trailing_zeros() as usize;
            left &= left.checked_sub(1)?;
            Some(at * 64 + lowest)
        })
    })
}

/// Whether a match of a card would be a hit beside those that there are; asked before the costly conditions are.
fn adds(hits: &[Hit], card: usize, found: Match) -> bool {
    let mut same = 0;
    for known in hits.iter().filter(|known| known.card == card) {
        same += 1;
        if same_place(known, found) {
            let (from, to) = known.found.show;
            return found.show.1 - found.show.0 > to - from;
        }
    }
    same < HITS_PER_CARD_MAX
}

fn same_place(known: &Hit, found: Match) -> bool {
    let (from, to) = known.found.show;
    (from < found.show.1 && found.show.0 < to) || (from, to) == found.show
}

/// Keeps one hit a place: of overlapping hits of the same card the longest stays.
fn add(hits: &mut Vec<Hit>, hit: Hit) {
    if !adds(hits, hit.card, hit.found) {
        return;
    }
    let beaten = hits
        .iter_mut()
        .find(|known| known.card == hit.card && same_place(known, hit.found));
    match beaten {
        Some(known) => *known = hit,
        None => hits.push(hit),
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
