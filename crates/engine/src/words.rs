//! The vocabulary: every word that any card mentions, as a small number, so that a text is compared by number.

mod table;

use std::hash::Hasher;
use table::Table;

/// A word's number. `UNKNOWN` is every word that no card mentions.
pub type WordId = u32;

pub const UNKNOWN: WordId = 0;
/// What a masked token turns into: it matches nothing but a gap.
pub const MASKED: WordId = 1;
/// The clitic `'s`, which may be "is", "has" or a possessive.
pub const CLITIC_S: WordId = 2;
/// The clitic `'d`, which may be "would" or "had".
pub const CLITIC_D: WordId = 3;

/// Longest word that is looked up, in bytes; longer ones are unknown anyway.
pub const WORD_BYTES_MAX: usize = 40;

/// For short keys of our own cards, such as the names of word lists: eight bytes at a time.
#[derive(Default)]
pub struct Quick(u64);

impl Hasher for Quick {
    #[inline]
    fn finish(&self) -> u64 {
        self.0.rotate_left(26)
    }
    #[inline]
    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let number = match chunk {
                [a, b, c, d, e, f, g, h] => u64::from_le_bytes([*a, *b, *c, *d, *e, *f, *g, *h]),
                short => short
                    .iter()
                    .rev()
                    .fold(0, |number, byte| number << 8 | u64::from(*byte)),
            };
            self.write_u64(number);
        }
    }
    #[inline]
    fn write_u8(&mut self, number: u8) {
        self.write_u64(u64::from(number));
    }
    #[inline]
    fn write_u32(&mut self, number: u32) {
        self.write_u64(u64::from(number));
    }
    #[inline]
    fn write_usize(&mut self, number: usize) {
        self.write_u64(number as u64);
    }
    #[inline]
    fn write_u64(&mut self, number: u64) {
        self.0 = (self.0.rotate_left(5) ^ number).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

/// Words to numbers and back.
#[derive(Debug, Clone)]
pub struct Words {
    table: Table,
    /// How often the cards mention each word: a word that many name is in many texts too.
    mentions: Vec<u32>,
    /// "is", "has", "would", "had": the words that a clitic may stand for.
    clitics: [WordId; 4],
}

impl Default for Words {
    fn default() -> Self {
        let mut words = Words {
            table: Table::default(),
            mentions: Vec::new(),
            clitics: [UNKNOWN; 4],
        };
        for (id, word) in [
            (UNKNOWN, "\0"),
            (MASKED, "\u{1}"),
            (CLITIC_S, "'s"),
            (CLITIC_D, "'d"),
        ] {
            let given = words.intern(word);
            debug_assert_eq!(given, id);
        }
        // Right behind them, so that each is known by its number alone.
        for (index, (word, _)) in crate::typed::VOCABULARY.iter().enumerate() {
            let given = words.intern(word);
            debug_assert_eq!(given, crate::typed::FIRST + index as u32, "`{word}`");
        }
        words.clitics = ["is", "has", "would", "had"].map(|word| words.intern(word));
        words
    }
}

impl Words {
    /// The number of `word`, which is given one if it has none yet.
    pub fn intern(&mut self, word: &str) -> WordId {
        let id = self.table.intern(word.as_bytes());
        if self.mentions.len() <= id as usize {
            self.mentions.push(0);
        }
        self.mentions[id as usize] += 1;
        id
    }

    /// The number of a word that is already in lower case.
    #[inline]
    pub fn get(&self, word: &[u8]) -> WordId {
        self.table.get(word)
    }

    /// How often the cards mention these words.
    pub fn mentions(&self, ids: &[WordId]) -> u64 {
        ids.iter()
            .map(|id| u64::from(self.mentions[*id as usize]))
            .sum()
    }

    /// The clitic that may stand for this word: "'s" for "is" and "has", "'d" for "would" and "had".
    #[inline]
    pub fn clitic_of(&self, word: WordId) -> Option<WordId> {
        let at = self.clitics.iter().position(|clitic| *clitic == word)?;
        Some(if at < 2 { CLITIC_S } else { CLITIC_D })
    }

    /// Whether a clitic may stand for this word.
    #[inline]
    pub fn is_clitic(&self, word: WordId) -> bool {
        self.clitic_of(word).is_some()
    }

    /// How many words there are.
    pub fn len(&self) -> usize {
        self.table.len()
    }
}

/// The forms of a word: `call` gives call, calls, called, calling. Rules make more than English has, which is harmless.
pub fn forms(lemma: &str) -> Vec<String> {
    let mut all = vec![lemma.to_string()];
    if let Some(rest) = IRREGULAR.iter().find(|(base, _)| *base == lemma) {
        all.extend(rest.1.split(' ').map(str::to_string));
    }
    let irregular_past = all.len() > 1;
    let last = lemma.chars().last().unwrap_or('x');
    let before = lemma.chars().rev().nth(1).unwrap_or('x');
    let vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u');
    let stem = match last {
        'e' => &lemma[..lemma.len() - 1],
        _ => lemma,
    };
    if last == 'y' && !vowel(before) {
        let cut = &lemma[..lemma.len() - 1];
        all.extend([
            format!("{cut}ies"),
            format!("{cut}ied"),
            format!("{lemma}ing"),
        ]);
    } else {
        let sibilant = matches!(last, 's' | 'x' | 'z')
            || lemma.ends_with("ch")
            || lemma.ends_with("sh")
            || last == 'o';
        all.push(if sibilant {
            format!("{lemma}es")
        } else {
            format!("{lemma}s")
        });
        let third = lemma.chars().rev().nth(2).unwrap_or('a');
        let doubles =
            !vowel(last) && !matches!(last, 'w' | 'x' | 'y') && vowel(before) && !vowel(third);
        if doubles {
            all.extend([format!("{lemma}{last}ed"), format!("{lemma}{last}ing")]);
        }
        all.push(format!("{stem}ing"));
        if last == 'e' && before == 'i' {
            all.push(format!("{}ying", &lemma[..lemma.len() - 2]));
        }
        if !irregular_past {
            all.push(format!("{stem}ed"));
        }
    }
    all.sort();
    all.dedup();
    all
}

/// Verbs (and a few nouns) whose forms no rule gives.
const IRREGULAR: &[(&str, &str)] = &[
    ("be", "am is are was were been being 's"),
    ("become", "became"),
    ("begin", "began begun"),
    ("bite", "bit bitten"),
    ("break", "broke broken"),
    ("bring", "brought"),
    ("build", "built"),
    ("burn", "burnt burned"),
    ("buy", "bought"),
    ("catch", "caught"),
    ("child", "children"),
    ("choose", "chose chosen"),
    ("come", "came"),
    ("cost", "cost"),
    ("cut", "cut"),
    ("deal", "dealt"),
    ("die", "died dying"),
    ("do", "does did done"),
    ("draw", "drew drawn"),
    ("drive", "drove driven"),
    ("eat", "ate eaten"),
    ("fall", "fell fallen"),
    ("feel", "felt"),
    ("fight", "fought"),
    ("find", "found"),
    ("fly", "flew flown"),
    ("forget", "forgot forgotten"),
    ("get", "got gotten"),
    ("give", "gave given"),
    ("go", "goes went gone"),
    ("grow", "grew grown"),
    ("hang", "hung"),
    ("have", "has had having 's"),
    ("hear", "heard"),
    ("hide", "hid hidden"),
    ("hit", "hit"),
    ("hold", "held"),
    ("hurt", "hurt"),
    ("keep", "kept"),
    ("know", "knew known"),
    ("lead", "led"),
    ("learn", "learnt learned"),
    ("leave", "left"),
    ("let", "let"),
    ("lie", "lied lying lay lain"),
    ("lose", "lost"),
    ("make", "made"),
    ("man", "men"),
    ("mean", "meant"),
    ("meet", "met"),
    ("mistake", "mistook mistaken"),
    ("misunderstand", "misunderstood"),
    ("pay", "paid"),
    ("person", "people"),
    ("put", "put"),
    ("quit", "quit"),
    ("read", "read"),
    ("ride", "rode ridden"),
    ("ring", "rang rung"),
    ("rise", "rose risen"),
    ("run", "ran"),
    ("say", "said"),
    ("see", "saw seen"),
    ("sell", "sold"),
    ("send", "sent"),
    ("set", "set"),
    ("shake", "shook shaken"),
    ("show", "showed shown"),
    ("shut", "shut"),
    ("sit", "sat"),
    ("sleep", "slept"),
    ("speak", "spoke spoken"),
    ("spend", "spent"),
    ("stand", "stood"),
    ("steal", "stole stolen"),
    ("stick", "stuck"),
    ("swear", "swore sworn"),
    ("take", "took taken"),
    ("teach", "taught"),
    ("tear", "tore torn"),
    ("tell", "told"),
    ("think", "thought"),
    ("throw", "threw thrown"),
    ("understand", "understood"),
    ("wake", "woke woken"),
    ("wear", "wore worn"),
    ("win", "won"),
    ("write", "wrote written"),
];

#[cfg(test)]
mod tests {
    use super::forms;

    #[test]
    fn forms_follow_the_rules_and_the_exceptions() {
        for (lemma, form) in [
            ("call", "called"),
            ("stop", "stopping"),
            ("try", "tried"),
            ("fix", "fixes"),
            ("write", "writing"),
            ("lie", "lying"),
            ("send", "sent"),
            ("wait", "waiting"),
            ("charge", "charged"),
        ] {
            assert!(
                forms(lemma).iter().any(|f| f == form),
                "{lemma} lacks {form}: {:?}",
                forms(lemma)
            );
        }
    }
}
