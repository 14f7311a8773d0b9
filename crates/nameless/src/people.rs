//! Names, by where they stand: behind a title, under a letter, with a capital where no sentence begins.

use crate::Known;
use crate::introduced::signed;
use crate::lists;
use crate::token::{Sort, Token};

/// What a run of words seems to name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Names {
    Person,
    Place,
    Firm,
    /// Anybody or anything.
    Something,
}

/// Words that name one thing, side by side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    pub start: usize,
    pub end: usize,
    pub names: Names,
    /// The names in small letters, titles and initials left out.
    pub words: Vec<String>,
    pub titled: bool,
    /// "son" in "my son Tom", with where the name's own place begins: a comma before it goes too.
    pub role: Option<String>,
    /// Stands under a letter.
    pub signs: bool,
}

impl Run {
    pub fn is_persons(&self) -> bool {
        self.names == Names::Person
    }

    pub fn is_place(&self) -> bool {
        self.names == Names::Place
    }

    pub fn in_one_line(&self, text: &str) -> bool {
        !text[self.start..self.end].contains('\n')
    }
}

/// What makes a word a part of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Given,
    Family,
    /// Only the capital says so.
    Capital,
    Town,
    /// Belongs to a name that stands beside it ("Baker" in "Tom Baker").
    Beside,
}

/// Every name of the text, in order.
pub fn runs(
    tokens: &[Token],
    text: &str,
    known: &[String],
    own: &[String],
    unread: bool,
    free: &dyn Fn(usize, usize) -> bool,
) -> Vec<Run> {
    let reader = Reader {
        tokens,
        text,
        known,
        own,
        unread,
        free,
    };
    let mut all = Vec::new();
    for (from, to) in signed(tokens, text, free) {
        if let Some(mut run) = reader.whole(from, to) {
            run.signs = true;
            all.push(run);
        }
    }
    let mut at = 0;
    while at < tokens.len() {
        match reader.run(at) {
            Some((run, next)) => {
                if all
                    .iter()
                    .all(|known: &Run| run.end <= known.start || known.end <= run.start)
                {
                    all.push(run);
                }
                at = next.max(at + 1);
            }
            None => at += 1,
        }
    }
    all.sort_by_key(|run| run.start);
    all
}

/// Every word of the names that the desk knows.
pub fn known_words(known: &Known<'_>) -> Vec<String> {
    known
        .customer
        .iter()
        .chain(known.ours)
        .flat_map(|name| name_words(name))
        .collect()
}

/// The words of a name as it is known, in small letters.
pub fn name_words(name: &str) -> Vec<String> {
    crate::token::tokens(name)
        .into_iter()
        .filter(|t| {
            t.word()
                && t.lower.chars().count() > 1
                && !lists::is_title(&t.lower)
                && !lists::is_particle(&t.lower)
        })
        .map(|t| t.lower)
        .collect()
}

struct Reader<'a> {
    tokens: &'a [Token],
    text: &'a str,
    known: &'a [String],
    own: &'a [String],
    /// In a language that we do not read, a capital says nothing.
    unread: bool,
    free: &'a dyn Fn(usize, usize) -> bool,
}

impl Reader<'_> {
    fn is(&self, at: usize, word: &str) -> bool {
        self.tokens.get(at).is_some_and(|token| token.is(word))
    }

    /// The word before `at`, in the same sentence and line.
    fn before(&self, at: usize) -> Option<&Token> {
        self.tokens
            .get(at.checked_sub(1)?)
            .filter(|token| token.word())
    }

    fn side_by_side(&self, at: usize) -> bool {
        if self.in_a_saints_house(at) {
            return true;
        }
        at > 0
            && self.text[self.tokens[at - 1].end..self.tokens[at].start]
                .chars()
                .all(|c| c == ' ' || c == '\u{a0}')
            && self.tokens[at - 1].sort != Sort::Line
    }

    /// "St Mary's Primary School": a possessive that is part of a place's own name.
    fn in_a_saints_house(&self, at: usize) -> bool {
        at > 0
            && matches!(
                &self.text[self.tokens[at - 1].end..self.tokens[at].start],
                "'s " | "’s "
            )
            && self.tokens[at..]
                .iter()
                .take(3)
                .take_while(|t| t.capital)
                .any(|t| lists::is_place_noun(&t.lower) || lists::is_firm_ending(&t.lower))
    }

    /// Whether a title stands before `at`, with or without its full stop.
    fn titled(&self, at: usize) -> Option<usize> {
        let mut back = at.checked_sub(1)?;
        let stopped = self.is(back, ".");
        if stopped {
            back = back.checked_sub(1)?;
        }
        let token = self.tokens.get(back).filter(|token| token.word())?;
        // "Is that my Lord. Our bill": only a short form goes on behind its stop.
        if stopped && !lists::is_short_title(&token.lower) {
            return None;
        }
        let fits = lists::is_plain_title(&token.lower)
            || lists::is_title(&token.lower) && token.capital && !token.opens
            || lists::is_title(&token.lower)
                && token.capital
                && matches!(
                    token.lower.as_str(),
                    "miss" | "sir" | "professor" | "doctor" | "nurse" | "lady" | "lord" | "pastor"
                );
        fits.then_some(back)
    }

    /// What makes the word at `at` a part of a name, if anything does.
    fn part(&self, at: usize) -> Option<Part> {
        let token = self.tokens.get(at).filter(|token| token.word())?;
        if !(self.free)(token.start, token.end) {
            return None;
        }
        let word = token.lower.as_str();
        let count = word.chars().count();
        let titled = self.titled(at).is_some();
        if titled && !lists::is_title(word) {
            let small =
                lists::is_everyday(word) && !token.capital || lists::is_left(word) || count < 2;
            if !small {
                return Some(Part::Family);
            }
        }
        let everyday = lists::is_everyday(word);
        if self.known.iter().chain(self.own).any(|name| name == word)
            && (token.capital || !everyday && !lists::is_name_and_word(word))
            && (!token.opens || !lists::is_little_word(word) || self.deed_behind(at))
        {
            return Some(Part::Given);
        }
        let lone = !titled && !self.behind_role(at);
        let listed = lists::is_name(word);
        if listed
            && (token.capital || count >= 4 || !lone)
            && !(token.capital && self.town_here(at))
        {
            return Some(Part::Given);
        }
        if lists::is_surname(word) && (token.capital || count >= 5) {
            return Some(Part::Family);
        }
        if lists::is_name_and_word(word) && self.stands_as_a_name(at) {
            return Some(Part::Given);
        }
        if self.town(at).is_some() {
            return Some(Part::Town);
        }
        if lists::is_left(word)
            || lists::is_name_and_word(word)
            || everyday
            || count < 2
            || self.holds_figures(token)
        {
            return None;
        }
        if !token.capital || self.unread {
            return None;
        }
        // Four or five capitals in a row are an abbreviation, which names nobody.
        if token.caps && (!token.loud && count <= 5 || token.loud && count <= 3) {
            return None;
        }
        if token.loud && !self.sounds_unknown(word) {
            return None;
        }
        Some(Part::Capital)
    }

    fn sounds_unknown(&self, word: &str) -> bool {
        word.chars().count() >= 4
    }

    fn holds_figures(&self, token: &Token) -> bool {
        let written = &self.text[token.start..token.end];
        written.chars().any(|c| c.is_ascii_digit())
            // "YouTube", "eBay": capitals inside are a trade's, except "McKay" and "O'Hara".
            || written.chars().skip(1).any(char::is_uppercase)
                && !token.caps
                && !["mc", "mac", "o'", "d'", "de", "di", "le", "la", "van", "fitz"].iter().any(|head| token.lower.starts_with(head))
                && !written.contains('-')
    }

    /// "My son Tom", "our driver, Dean".
    fn behind_role(&self, at: usize) -> bool {
        self.role(at).is_some()
    }

    /// The role, and where the name's place begins.
    fn role(&self, at: usize) -> Option<(String, usize)> {
        let mut back = at.checked_sub(1)?;
        let mut from = self.tokens[at].start;
        if self.is(back, ",") {
            from = self.tokens[back].start;
            back = back.checked_sub(1)?;
        } else if !self.side_by_side(at) {
            return None;
        }
        let token = self
            .tokens
            .get(back)
            .filter(|t| t.word() && !t.opens && lists::is_role(&t.lower) && !t.capital)?;
        // Whose or which: without one, "call mother Teresa" is a name as a whole.
        let lead = self.tokens[..back]
            .iter()
            .rev()
            .take(4)
            .take_while(|t| t.word());
        let owned = lead.into_iter().any(|t| {
            matches!(
                t.lower.as_str(),
                "my" | "our"
                    | "your"
                    | "his"
                    | "her"
                    | "their"
                    | "the"
                    | "a"
                    | "an"
                    | "this"
                    | "that"
                    | "another"
                    | "one"
            )
        });
        owned.then(|| (token.lower.clone(), from))
    }

    fn deed_behind(&self, at: usize) -> bool {
        self.tokens
            .get(at + 1)
            .is_some_and(|t| t.word() && lists::is_deed(&t.lower))
    }

    /// A word such as "Mark" or "May" where it is a name.
    fn stands_as_a_name(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        let word = token.lower.as_str();
        let before = self.before(at);
        let role = self.behind_role(at);
        let called = before.is_some_and(|t| matches!(t.lower.as_str(), "called" | "named"));
        if !token.capital {
            return false;
        }
        if role || called || self.titled(at).is_some() {
            return true;
        }
        let next_is_family = self.tokens.get(at + 1).is_some_and(|t| {
            t.word()
                && t.capital
                && self.side_by_side(at + 1)
                && !token.loud
                && (lists::is_surname(&t.lower)
                    || !lists::is_everyday(&t.lower) && !lists::is_left(&t.lower))
        });
        // "Will Kofi be there?" asks about Kofi.
        let asks = token.opens && lists::is_little_word(word);
        if next_is_family && !lists::is_month_name(word) && !asks {
            return true;
        }
        let persons_deed = self
            .tokens
            .get(at + 1)
            .is_some_and(|t| t.word() && lists::is_persons_deed(&t.lower));
        let owns =
            self.text[token.end..].starts_with("'s ") || self.text[token.end..].starts_with("’s ");
        if lists::is_month_name(word) {
            return persons_deed;
        }
        if token.loud {
            return false;
        }
        if token.opens {
            let beside_a_name = self
                .tokens
                .get(at + 1)
                .is_some_and(|t| t.is("and") || t.is("from"))
                && self
                    .tokens
                    .get(at + 2)
                    .is_some_and(|t| t.capital && (lists::is_name(&t.lower) || t.is("i")));
            let owned = owns
                && !matches!(
                    word,
                    "will" | "price" | "summer" | "winter" | "west" | "north"
                );
            return persons_deed
                || owned
                || beside_a_name
                || lists::is_mostly_a_name(word)
                || self.deed_behind(at)
                    && matches!(
                        word,
                        "mark" | "frank" | "grace" | "joy" | "grant" | "ginger" | "amber" | "cliff"
                    );
        }
        // "The Price", "your Grant": a thing's name in capitals.
        if lists::is_mostly_a_name(word)
            && !before
                .is_some_and(|t| matches!(t.lower.as_str(), "the" | "a" | "an" | "your" | "our"))
        {
            return true;
        }
        let thing = before.is_some_and(|t| {
            matches!(
                t.lower.as_str(),
                "the"
                    | "a"
                    | "an"
                    | "your"
                    | "our"
                    | "this"
                    | "that"
                    | "my"
                    | "any"
                    | "no"
                    | "in"
                    | "on"
                    | "of"
                    | "last"
                    | "next"
                    | "every"
            ) || t.capital && !lists::is_name(&t.lower) && !t.opens
        });
        !thing
    }

    /// How many words from `at` on are a town.
    fn town(&self, at: usize) -> Option<usize> {
        for count in (1..=4).rev() {
            let Some(words) = self.tokens.get(at..at + count) else {
                continue;
            };
            if !words.iter().all(Token::word) || !(at + 1..at + count).all(|i| self.side_by_side(i))
            {
                continue;
            }
            let joined = words
                .iter()
                .map(|t| t.lower.as_str())
                .collect::<Vec<_>>()
                .join("-");
            let first = &words[0];
            if lists::is_place(&joined) {
                let small = first.capital
                    || joined.len() >= 5
                        && !lists::is_everyday(&joined)
                        && (count > 1 || self.place_before(at));
                if small {
                    return Some(count);
                }
            }
            if count == 1
                && lists::is_place_and_word(&joined)
                && first.capital
                && !first.loud
                && self.place_before(at)
            {
                return Some(1);
            }
        }
        None
    }

    fn town_here(&self, at: usize) -> bool {
        self.place_before(at) && self.town(at).is_some()
    }

    fn place_before(&self, at: usize) -> bool {
        at > 0
            && (matches!(
                self.tokens[at - 1].lower.as_str(),
                "in" | "at"
                    | "near"
                    | "to"
                    | "from"
                    | "around"
                    | "outside"
                    | "through"
                    | "via"
                    | "leaving"
                    | "reach"
                    | "of"
                    | "between"
            ) || self.is(at - 1, ",")
                || self.tokens[at - 1].capital
                    && matches!(
                        self.tokens[at - 1].lower.as_str(),
                        "south" | "north" | "east" | "west" | "central" | "greater"
                    ))
    }

    /// All of a line under a letter.
    fn whole(&self, from: usize, to: usize) -> Option<Run> {
        let words: Vec<usize> = (from..to).filter(|at| self.tokens[*at].word()).collect();
        let words: Vec<usize> = words
            .into_iter()
            .filter(|at| !matches!(self.tokens[*at].lower.as_str(), "x" | "xx" | "xxx"))
            .collect();
        let (first, last) = (*words.first()?, *words.last()?);
        Some(Run {
            start: self.tokens[first].start,
            end: self.tokens[last].end,
            names: Names::Person,
            words: words
                .iter()
                .map(|at| &self.tokens[*at])
                .filter(|t| {
                    t.lower.chars().count() > 1
                        && !lists::is_title(&t.lower)
                        && !lists::is_particle(&t.lower)
                })
                .map(|t| t.lower.clone())
                .collect(),
            titled: words
                .iter()
                .any(|at| lists::is_title(&self.tokens[*at].lower)),
            role: None,
            signs: true,
        })
    }

    /// The name that begins at `at`, and the token behind it.
    fn run(&self, at: usize) -> Option<(Run, usize)> {
        let mut parts: Vec<(usize, Part)> = Vec::new();
        let first = self.part(at)?;
        let mut to = at;
        if first == Part::Town
            && let Some(count) = self.town(at)
        {
            parts.extend((at..at + count).map(|i| (i, Part::Town)));
            to = at + count;
        }
        let mut next = to;
        while next < self.tokens.len() {
            let token = &self.tokens[next];
            if !parts.is_empty() && !self.side_by_side(next) && !self.is(next, ".") {
                break;
            }
            let after_initial = next > at && self.is(next, ".") && self.initial(next - 1);
            if after_initial {
                next += 1;
                continue;
            }
            if let Some(part) = self.part(next) {
                parts.push((next, part));
                next += 1;
                to = next;
                continue;
            }
            let beside = token.word()
                && token.capital
                && !token.loud
                && !token.opens
                && (self.free)(token.start, token.end)
                && !lists::is_left(&token.lower)
                && !self.is(next, "i");
            if beside && (!parts.is_empty()) {
                let ends =
                    lists::is_firm_ending(&token.lower) || lists::is_place_noun(&token.lower);
                let named = parts
                    .iter()
                    .any(|(_, part)| matches!(part, Part::Given | Part::Capital | Part::Town));
                if named || ends {
                    parts.push((next, Part::Beside));
                    next += 1;
                    to = next;
                    continue;
                }
            }
            // In small letters behind a given name: "sarah blythe and I".
            let small = token.word()
                && !token.capital
                && parts.len() == 1
                && parts[0].1 == Part::Given
                && !self.tokens[parts[0].0].capital
                && token.lower.chars().count() >= 4
                && !lists::is_everyday(&token.lower)
                && !lists::is_left(&token.lower)
                && (self.free)(token.start, token.end);
            if small {
                parts.push((next, Part::Family));
                next += 1;
                to = next;
                continue;
            }
            let joins = token.word()
                && (lists::is_particle(&token.lower)
                    || self.initial(next)
                    || token.is("and") && self.firm_soon(next))
                || token.sort == Sort::Mark && &self.text[token.start..token.end] == "&";
            let goes_on = self.tokens[next + 1..]
                .iter()
                .take(3)
                .any(|t| t.word() && t.capital && !t.loud);
            if joins
                && goes_on
                && next + 1 < self.tokens.len()
                && self.side_by_side(next + 1) | self.is(next + 1, ".")
                && !self.tokens[next].loud
            {
                // "&" and particles are in the name if another part of it follows.
                let mut ahead = next + 1;
                while ahead < self.tokens.len()
                    && (self.is(ahead, ".")
                        || lists::is_particle(&self.tokens[ahead].lower)
                            && !self.tokens[ahead].capital)
                {
                    ahead += 1;
                }
                let follows = self.tokens.get(ahead).is_some_and(|t| {
                    t.word()
                        && t.capital
                        && !lists::is_left(&t.lower)
                        && (self.free)(t.start, t.end)
                });
                if follows
                    && (!lists::is_everyday(&self.tokens[ahead].lower)
                        || self.part(ahead).is_some()
                        || lists::is_firm_ending(&self.tokens[ahead].lower)
                        || self.initial(next))
                {
                    parts.push((ahead, self.part(ahead).unwrap_or(Part::Beside)));
                    next = ahead + 1;
                    to = next;
                    continue;
                }
            }
            break;
        }
        self.made(at, to, &parts).map(|run| (run, to))
    }

    fn initial(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|t| {
            t.word() && t.capital && t.lower.chars().count() == 1 && !t.is("i") && !t.is("a")
        })
    }

    fn firm_soon(&self, at: usize) -> bool {
        self.tokens[at + 1..]
            .iter()
            .take(2)
            .any(|t| lists::is_firm_ending(&t.lower) && t.capital)
    }

    fn made(&self, from: usize, to: usize, parts: &[(usize, Part)]) -> Option<Run> {
        let mut start = self.tokens[from].start;
        let end = self.tokens[to.checked_sub(1)?].end;
        let has = |wanted: Part| parts.iter().any(|(_, part)| *part == wanted);
        let last = &self.tokens[to - 1];
        let mut first = from;
        let titled = match self.titled(from) {
            Some(back) => {
                start = self.tokens[back].start;
                first = back;
                true
            }
            None => false,
        };
        // Initials before it: "J. R. Whitcombe".
        let mut back = first;
        while back >= 2 && self.is(back - 1, ".") && self.initial(back - 2) {
            back -= 2;
            start = self.tokens[back].start;
        }
        if back == first && first > 0 && self.initial(first - 1) && self.side_by_side(first) {
            start = self.tokens[first - 1].start;
        }
        // "Aunt Peggy", "Grandma Rose": who somebody is to somebody, written as a part of the name.
        if first > 0
            && self.side_by_side(first)
            && self.tokens[first - 1].capital
            && !self.tokens[first - 1].caps
            && matches!(
                self.tokens[first - 1].lower.as_str(),
                "aunt"
                    | "auntie"
                    | "uncle"
                    | "grandma"
                    | "grandpa"
                    | "granny"
                    | "nana"
                    | "nan"
                    | "gran"
                    | "coach"
                    | "chef"
                    | "officer"
            )
        {
            start = self.tokens[first - 1].start;
        }
        let mut saint = first;
        if self.is(saint.wrapping_sub(1), ".") {
            saint -= 1;
        }
        if saint > 0
            && self.tokens[saint - 1].capital
            && matches!(self.tokens[saint - 1].lower.as_str(), "st" | "saint")
        {
            start = self.tokens[saint - 1].start;
        }
        let count = parts.len();
        let firm = count > 1 && lists::is_firm_ending(&last.lower) && last.capital;
        let place_noun = count > 1 && lists::is_place_noun(&last.lower) && last.capital && !titled;
        let only_capital = parts.iter().all(|(_, part)| *part == Part::Capital);
        let names = if firm {
            Names::Firm
        } else if place_noun || has(Part::Town) && !has(Part::Given) {
            Names::Place
        } else if titled || has(Part::Given) || has(Part::Family) || self.behind_role(from) {
            Names::Person
        } else if only_capital
            && self.before(from).is_some_and(|t| {
                matches!(t.lower.as_str(), "in" | "near" | "at") && !self.tokens[from].opens
            })
        {
            Names::Place
        } else {
            Names::Something
        };
        let role = (names == Names::Person || names == Names::Something)
            .then(|| self.role(first))
            .flatten();
        if let Some((_, begins)) = &role {
            start = start.min(*begins);
        }
        Some(Run {
            start,
            end,
            names: if role.is_some() { Names::Person } else { names },
            words: parts
                .iter()
                .map(|(at, _)| self.tokens[*at].lower.clone())
                .collect(),
            titled,
            role: role.map(|(role, _)| role),
            signs: false,
        })
    }
}
