//! The grammar of a language, as its folder `grammar/` says it: what typed things are made of, contractions, forms, letters.
//!
//! | file | a line |
//! | --- | --- |
//! | `vocabulary.txt` | `month 3: march`: a part in dates, times, sums, and the words that play it |
//! | `contractions.txt` | `do\|nt = do not`; `u = you`; `-n't = not`; `-'s ? is has` |
//! | `glued.txt` | `unit minute: min mins`: what may stand right behind a number |
//! | `forms.txt` | `write = wrote written`: forms that no rule gives |
//! | `endings.txt` | `en = e st t te`: what the end of a word turns into; `- = s` for any word |
//! | `past.txt` | past forms that no ending shows; `-ed ! need`: an ending that does, and words that are none |
//! | `phrases.txt` | `by-today = by 16:00 today`: words that a repair puts into a letter |
//! | `names.txt` | `william = bill billy`: short forms of names that share no beginning with the long one; `given: joy`: names that are words too |
//! | `common.txt` | `512: today nothing`: how often words stand in a million words of texts |
//! | `letter.txt` | `greeting: hello`: how letters begin, end and quote; short words with a full stop |
//!
//! A language may lack any of them: then what hangs on it is not seen in that language.

use crate::card::CardFault;
use crate::typed::{Class, Unit};
use std::collections::{HashMap, HashSet};

/// What a word can be in a letter, as bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part(pub u8);

impl Part {
    pub const GREETING: Part = Part(1);
    /// A greeting only before a part of the day.
    pub const GOOD: Part = Part(2);
    pub const DAY: Part = Part(4);
    /// No greeting goes on with it.
    pub const BEGINS: Part = Part(8);
    /// A full stop behind it ends a sentence only before a capital.
    pub const SHORT: Part = Part(16);
    /// A full stop behind it ends no sentence.
    pub const SHORT_BEFORE_NAME: Part = Part(32);
}

/// What may stand right behind a number, without a space.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Glued {
    Ordinal,
    Am,
    Pm,
    OClock,
    Unit(Unit),
    /// What it counts, such as gigabytes.
    Thing,
}

/// Words written together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contraction {
    pub whole: String,
    /// Where the first word ends, in bytes; none where one word is written for another.
    pub cut: Option<usize>,
    pub first: String,
    pub second: String,
}

/// One language's grammar, as read.
#[derive(Debug, Default, Clone)]
pub struct Grammar {
    pub vocabulary: Vec<(String, Class)>,
    pub contractions: Vec<Contraction>,
    /// Endings behind an apostrophe, with the word each is read as.
    pub clitics: Vec<(String, String)>,
    /// Words that an ending may stand for, with the ending.
    pub may_stand: Vec<(String, String)>,
    /// What may stand right behind a number.
    glued: Vec<(String, Glued)>,
    pub forms: HashMap<String, Vec<String>>,
    /// What the end of a word turns into.
    pub endings: Vec<(String, Vec<String>)>,
    /// Common words, with how often each stands in a million words.
    pub common: Vec<(String, u32)>,
    pub past: Vec<String>,
    /// Endings that show a past form, and words that end so and are none.
    pub past_endings: Vec<String>,
    pub past_not: Vec<String>,
    /// Words that a repair puts into a letter, by their key.
    pub phrases: HashMap<String, String>,
    /// Short forms of names that share no beginning with the long one, by the long one.
    pub names: HashMap<String, Vec<String>>,
    /// Names that people are given, as far as a text has to know them.
    given: HashSet<String>,
    /// Words that somebody's own name follows, those that it may follow, and those that may stand behind it.
    pub names_follow: Vec<String>,
    pub names_may_follow: Vec<String>,
    pub behind_names: Vec<String>,
    pub parts: Vec<(String, Part)>,
    /// Lines that end a letter, and those among them that are thanks.
    pub closings: Vec<String>,
    pub thanks: Vec<String>,
    /// Beginnings of a last sentence that closes.
    pub closing_sentences: Vec<String>,
    /// How the line above a quoted letter begins and ends.
    pub attributions: Vec<(String, String)>,
    pub quoted: Vec<String>,
}

impl Grammar {
    /// Takes in one file; `false` where it is none of the grammar's. What is wrong with it is told line by line.
    pub fn take(&mut self, file: &str, source: &str, faults: &mut Vec<CardFault>) -> bool {
        let name = file.rsplit(['/', '\\']).next().unwrap_or("");
        let read = match name {
            "vocabulary.txt" => Grammar::part_of_typed,
            "contractions.txt" => Grammar::contraction,
            "glued.txt" => Grammar::behind_numbers,
            "forms.txt" => Grammar::form,
            "endings.txt" => Grammar::ending,
            "past.txt" => Grammar::past,
            "common.txt" => Grammar::common,
            "letter.txt" => Grammar::letter,
            "phrases.txt" => Grammar::phrase,
            "names.txt" => Grammar::name,
            _ => return false,
        };
        for (index, line) in source.lines().enumerate() {
            let entry = line.split("  #").next().unwrap_or("").trim();
            if entry.is_empty() || entry.starts_with('#') {
                continue;
            }
            if let Err(says) = read(self, entry) {
                faults.push(CardFault {
                    file: file.to_string(),
                    line: index + 1,
                    says,
                });
            }
        }
        true
    }

    fn part_of_typed(&mut self, entry: &str) -> Result<(), String> {
        let (part, words) = entry
            .split_once(':')
            .ok_or_else(|| format!("`{entry}` is not `PART: WORDS`"))?;
        let class = Class::named(part.trim())
            .ok_or_else(|| format!("there is no part `{}` in typed things", part.trim()))?;
        for word in words.split_whitespace() {
            if self.vocabulary.iter().any(|(known, _)| known == word) {
                return Err(format!("`{word}` has a part already"));
            }
            self.vocabulary.push((word.to_string(), class));
        }
        Ok(())
    }

    fn behind_numbers(&mut self, entry: &str) -> Result<(), String> {
        let (what, endings) = entry
            .split_once(':')
            .ok_or_else(|| format!("`{entry}` is not `WHAT: ENDINGS`"))?;
        let glued = match (what.trim(), Class::named(what.trim())) {
            ("ordinal", _) => Glued::Ordinal,
            (_, Some(Class::Am)) => Glued::Am,
            (_, Some(Class::Pm)) => Glued::Pm,
            (_, Some(Class::OClock)) => Glued::OClock,
            (_, Some(Class::Unit(unit))) => Glued::Unit(unit),
            (_, Some(Class::Thing)) => Glued::Thing,
            _ => {
                return Err(format!(
                    "nothing like `{}` stands behind a number",
                    what.trim()
                ));
            }
        };
        let endings = endings.split_whitespace();
        self.glued
            .extend(endings.map(|ending| (ending.to_string(), glued)));
        Ok(())
    }

    /// What these letters right behind a number make of it.
    pub fn glued(&self, letters: &str) -> Option<Glued> {
        let known = self
            .glued
            .iter()
            .find(|(ending, _)| ending.eq_ignore_ascii_case(letters));
        known.map(|(_, glued)| *glued)
    }

    fn contraction(&mut self, entry: &str) -> Result<(), String> {
        if let Some((ending, words)) = entry.split_once('?') {
            let ending = ending.trim().trim_start_matches('-').to_string();
            self.clitics.push((ending.clone(), ending.clone()));
            let words = words.split_whitespace();
            self.may_stand
                .extend(words.map(|word| (word.to_string(), ending.clone())));
            return Ok(());
        }
        let (written, read) = entry
            .split_once('=')
            .ok_or_else(|| format!("`{entry}` is neither `A|B = READ AS` nor `-ENDING = WORD`"))?;
        let (written, mut read) = (written.trim(), read.split_whitespace());
        let (first, second) = (read.next().unwrap_or(""), read.next().unwrap_or(""));
        if first.is_empty() || read.next().is_some() {
            return Err(format!("`{written}` is read as one word or two"));
        }
        if let Some(ending) = written.strip_prefix('-') {
            self.clitics.push((ending.to_string(), first.to_string()));
            return Ok(());
        }
        let cut = written.find('|');
        if cut.is_some() == second.is_empty() {
            return Err(format!(
                "`{written}` needs a `|` for two words, and none for one"
            ));
        }
        let whole = written.replace('|', "");
        if self.contractions.iter().any(|known| known.whole == whole) {
            return Err(format!("`{whole}` is read as something already"));
        }
        self.contractions.push(Contraction {
            whole,
            cut,
            first: first.to_string(),
            second: second.to_string(),
        });
        Ok(())
    }

    fn form(&mut self, entry: &str) -> Result<(), String> {
        let (word, forms) = entry
            .split_once('=')
            .ok_or_else(|| format!("`{entry}` is not `WORD = FORMS`"))?;
        let forms = forms.split_whitespace().map(str::to_string).collect();
        self.forms.insert(word.trim().to_string(), forms);
        Ok(())
    }

    fn name(&mut self, entry: &str) -> Result<(), String> {
        if let Some(given) = entry.strip_prefix("given:") {
            self.given
                .extend(given.split_whitespace().map(str::to_string));
            return Ok(());
        }
        let (name, short) = entry
            .split_once('=')
            .ok_or_else(|| format!("`{entry}` is not `NAME = SHORT FORMS`"))?;
        let short: Vec<String> = short.split_whitespace().map(str::to_string).collect();
        self.given.insert(name.trim().to_string());
        self.given.extend(short.iter().cloned());
        self.names.insert(name.trim().to_string(), short);
        Ok(())
    }

    fn ending(&mut self, entry: &str) -> Result<(), String> {
        let (ending, others) = entry
            .split_once('=')
            .ok_or_else(|| format!("`{entry}` is not `ENDING = ENDINGS`"))?;
        let others = others.split_whitespace().map(str::to_string).collect();
        let ending = ending.trim().trim_start_matches('-').to_string();
        self.endings.push((ending, others));
        Ok(())
    }

    fn past(&mut self, entry: &str) -> Result<(), String> {
        if let Some(ending) = entry.strip_prefix('-') {
            let (ending, others) = ending.split_once('!').unwrap_or((ending, ""));
            self.past_endings.push(ending.trim().to_string());
            self.past_not
                .extend(others.split_whitespace().map(str::to_string));
            return Ok(());
        }
        self.past
            .extend(entry.split_whitespace().map(str::to_string));
        Ok(())
    }

    fn common(&mut self, entry: &str) -> Result<(), String> {
        let (frequency, words) = entry
            .split_once(": ")
            .ok_or_else(|| format!("`{entry}` is not `FREQUENCY: WORDS`"))?;
        let frequency = frequency
            .parse()
            .map_err(|_| format!("`{frequency}` is no number of times in a million words"))?;
        let words = words.split_whitespace();
        self.common
            .extend(words.map(|word| (word.to_string(), frequency)));
        Ok(())
    }

    fn phrase(&mut self, entry: &str) -> Result<(), String> {
        let (key, words) = entry
            .split_once('=')
            .ok_or_else(|| format!("`{entry}` is not `KEY = WORDS`"))?;
        self.phrases
            .insert(key.trim().to_string(), words.trim().to_string());
        Ok(())
    }

    fn letter(&mut self, entry: &str) -> Result<(), String> {
        let (key, words) = entry
            .split_once(':')
            .ok_or_else(|| format!("`{entry}` is not `KEY: WORDS`"))?;
        let phrases = || words.split('|').map(|phrase| phrase.trim().to_string());
        let key = key.trim();
        let listed = match key {
            "closing" => Some(&mut self.closings),
            "closing-thanks" => Some(&mut self.thanks),
            "closing-sentence" => Some(&mut self.closing_sentences),
            "quoted" => Some(&mut self.quoted),
            "name-follows" => Some(&mut self.names_follow),
            "name-may-follow" => Some(&mut self.names_may_follow),
            "behind-name" => Some(&mut self.behind_names),
            _ => None,
        };
        if let Some(listed) = listed {
            listed.extend(phrases());
            return Ok(());
        }
        let part = match key {
            "greeting" => Part::GREETING,
            "greeting-good" => Part::GOOD,
            "greeting-day" => Part::DAY,
            "begins" => Part::BEGINS,
            "short" => Part::SHORT,
            "short-before-name" => Part::SHORT_BEFORE_NAME,
            "attribution" => {
                let ends = phrases().map(|phrase| {
                    let (from, to) = phrase.split_once("...").unwrap_or((phrase.as_str(), ":"));
                    (from.trim().to_string(), to.trim().to_string())
                });
                self.attributions.extend(ends);
                return Ok(());
            }
            other => return Err(format!("a letter has no `{other}`")),
        };
        self.parts.extend(
            words
                .split_whitespace()
                .map(|word| (word.to_string(), part)),
        );
        Ok(())
    }

    /// Whether `name`, in small letters, is one that people are given.
    pub fn is_given(&self, name: &str) -> bool {
        self.given.contains(name)
    }

    /// All forms of a word: those that are listed, and those that endings give.
    pub fn forms_of(&self, lemma: &str, english: bool) -> Vec<String> {
        if english {
            return crate::words::forms(lemma, self.forms.get(lemma).map_or(&[], Vec::as_slice));
        }
        let mut all = vec![lemma.to_string()];
        all.extend(self.forms.get(lemma).into_iter().flatten().cloned());
        for (ending, others) in &self.endings {
            if let Some(stem) = lemma.strip_suffix(ending.as_str())
                && !stem.is_empty()
            {
                all.extend(others.iter().map(|other| format!("{stem}{other}")));
            }
        }
        all.sort();
        all.dedup();
        all
    }
}
