//! The lists in `lists/`, and the few that are short enough to stand here.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

type Words = HashSet<&'static str>;

fn words(text: &'static str) -> Words {
    text.lines()
        .filter(|line| !line.starts_with('#'))
        .flat_map(str::split_whitespace)
        .collect()
}

static NAMES: LazyLock<Words> = LazyLock::new(|| words(include_str!("../lists/names.txt")));
static SURNAMES: LazyLock<Words> = LazyLock::new(|| words(include_str!("../lists/surnames.txt")));
static NAMES_AND_WORDS: LazyLock<Words> =
    LazyLock::new(|| words(include_str!("../lists/names-and-words.txt")));
static PLACES: LazyLock<Words> = LazyLock::new(|| words(include_str!("../lists/places.txt")));
static PLACES_AND_WORDS: LazyLock<Words> =
    LazyLock::new(|| words(include_str!("../lists/places-and-words.txt")));
static LEFT: LazyLock<Words> = LazyLock::new(|| words(include_str!("../lists/left.txt")));
static EVERYDAY: LazyLock<Words> = LazyLock::new(|| words(include_str!("../lists/everyday.txt")));

/// Short forms of names, the engine's own list: "bill" may be "william".
static SHORT: LazyLock<HashMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
    include_str!("../../../cards/en/grammar/names.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('='))
        .map(|(long, short)| (long.trim(), short.split_whitespace().collect()))
        .collect()
});

pub fn is_name(word: &str) -> bool {
    NAMES.contains(word) || word.contains('-') && word.split('-').all(|half| NAMES.contains(half))
}

pub fn is_surname(word: &str) -> bool {
    SURNAMES.contains(word)
        || word.contains('-') && word.split('-').any(|half| SURNAMES.contains(half))
}

pub fn is_name_and_word(word: &str) -> bool {
    NAMES_AND_WORDS.contains(word)
}

/// A town of up to four words, joined by hyphens.
pub fn is_place(words: &str) -> bool {
    PLACES.contains(words)
}

pub fn is_place_and_word(word: &str) -> bool {
    PLACES_AND_WORDS.contains(word)
}

pub fn is_left(word: &str) -> bool {
    LEFT.contains(word)
}

/// A word that is used as one, in this form or near it.
pub fn is_everyday(word: &str) -> bool {
    let known = |word: &str| EVERYDAY.contains(word);
    if known(word) {
        return true;
    }
    if word.contains('-') {
        return word
            .split('-')
            .all(|part| part.len() < 3 || is_everyday(part));
    }
    if let Some((bare, tail)) = word.split_once('\'') {
        return known(bare) && matches!(tail, "s" | "t" | "ll" | "re" | "ve" | "d" | "m" | "")
            || bare.ends_with('n') && tail == "t";
    }
    const TAILS: [(&str, &[&str]); 12] = [
        ("ies", &["y"]),
        ("es", &["", "e"]),
        ("s", &[""]),
        ("ied", &["y"]),
        ("ed", &["", "e"]),
        ("ing", &["", "e"]),
        ("ly", &["", "le"]),
        ("ness", &[""]),
        ("ment", &[""]),
        ("er", &["", "e"]),
        ("able", &["", "e"]),
        ("ation", &["e", ""]),
    ];
    let bare = ["un", "re", "dis", "non", "over", "mis"]
        .iter()
        .find_map(|head| word.strip_prefix(head).filter(|rest| rest.len() > 3));
    TAILS.iter().any(|(tail, ends)| {
        word.strip_suffix(tail).is_some_and(|stem| {
            stem.len() > 2 && ends.iter().any(|end| known(&format!("{stem}{end}")))
        })
    }) || bare.is_some_and(is_everyday)
}

pub fn is_title(word: &str) -> bool {
    matches!(
        word,
        "mr" | "mrs"
            | "ms"
            | "miss"
            | "mx"
            | "dr"
            | "prof"
            | "professor"
            | "rev"
            | "lady"
            | "lord"
            | "sir"
            | "madam"
            | "herr"
            | "frau"
            | "mme"
            | "mlle"
            | "señor"
            | "señora"
            | "sig"
            | "signora"
            | "mister"
            | "missus"
            | "doctor"
            | "nurse"
            | "sister"
            | "father"
            | "pastor"
            | "imam"
            | "rabbi"
            | "captain"
            | "sergeant"
            | "inspector"
    )
}

/// Titles that are written with a full stop: it ends no sentence.
pub fn is_short_title(word: &str) -> bool {
    is_plain_title(word) || matches!(word, "rev" | "sig" | "mlle" | "capt" | "sgt")
}

/// Titles that are nothing else, so that a name follows even in small letters.
pub fn is_plain_title(word: &str) -> bool {
    matches!(
        word,
        "mr" | "mrs" | "ms" | "mx" | "dr" | "prof" | "herr" | "frau" | "mme"
    )
}

/// Between the parts of a name.
pub fn is_particle(word: &str) -> bool {
    matches!(
        word,
        "van"
            | "von"
            | "de"
            | "der"
            | "den"
            | "da"
            | "das"
            | "dos"
            | "do"
            | "del"
            | "della"
            | "di"
            | "du"
            | "la"
            | "le"
            | "al"
            | "el"
            | "bin"
            | "ibn"
            | "ter"
            | "ten"
            | "zu"
            | "zur"
            | "y"
            | "st"
    )
}

/// Who somebody is to somebody: "my son Tom".
pub fn is_role(word: &str) -> bool {
    const ROLES: &str = "husband wife son daughter mother father mum mom dad brother sister partner boyfriend girlfriend fiance fiancee \
        fiancé fiancée friend mate neighbour neighbor colleague boss manager supervisor carer caregiver nurse doctor gp driver engineer \
        technician fitter plumber electrician courier postman receptionist lifeguard agent advisor adviser assistant landlord landlady \
        tenant teacher trainer instructor coach therapist lawyer solicitor accountant child baby boy girl kid grandson granddaughter \
        grandmother grandfather gran nan granny grandma grandpa grandad aunt auntie uncle cousin niece nephew stepson stepdaughter \
        twin twins flatmate roommate housemate dog cat puppy kitten pony horse pet rabbit client lad man woman lady guy gentleman chap \
        operator supplier builder cleaner caretaker porter waiter waitress chef stylist hairdresser dentist vet midwife student pupil \
        employee apprentice intern contact representative rep";
    static SET: LazyLock<Words> = LazyLock::new(|| ROLES.split_whitespace().collect());
    SET.contains(word)
}

/// Words that are names far more often than not where they begin a sentence.
pub fn is_mostly_a_name(word: &str) -> bool {
    matches!(
        word,
        "dean"
            | "carol"
            | "jack"
            | "ruby"
            | "jade"
            | "jasmine"
            | "rosemary"
            | "florence"
            | "violet"
            | "ivy"
            | "iris"
            | "holly"
            | "hazel"
            | "terry"
            | "robin"
            | "rowan"
            | "victor"
            | "viola"
            | "melody"
            | "jasper"
            | "max"
            | "nick"
            | "noel"
            | "rob"
            | "gene"
            | "drew"
            | "hank"
            | "ted"
            | "tilly"
            | "penny"
            | "una"
            | "jean"
            | "lily"
            | "daisy"
            | "basil"
            | "heath"
            | "myrtle"
            | "pat"
            | "mo"
            | "willow"
            | "christian"
            | "mercy"
            | "poppy"
            | "nat"
            | "skye"
            | "bonnie"
            | "barry"
    )
}

/// Names that are everyday words before all else where they begin a sentence.
pub fn is_little_word(word: &str) -> bool {
    matches!(
        word,
        "will"
            | "may"
            | "bill"
            | "hope"
            | "price"
            | "love"
            | "joy"
            | "west"
            | "north"
            | "king"
            | "young"
            | "art"
            | "grant"
            | "rich"
            | "happy"
            | "mark"
            | "said"
            | "page"
            | "chance"
            | "may be"
            | "case"
            | "faith"
            | "justice"
            | "patience"
            | "summer"
            | "winter"
    )
}

/// Behind a name, these say that it was somebody's.
pub fn is_deed(word: &str) -> bool {
    const DEEDS: &str = "said told says tells asked promised rang called phoned wrote answered replied came went assured explained \
        confirmed sent gave took helped spoke emailed e-mailed picked insisted offered agreed refused hung put put visited arrived \
        left never who works worked was is has had will would didn't doesn't hasn't wasn't couldn't just";
    static SET: LazyLock<Words> = LazyLock::new(|| DEEDS.split_whitespace().collect());
    SET.contains(word)
}

/// Of those, the ones that a thing cannot do.
pub fn is_persons_deed(word: &str) -> bool {
    is_deed(word)
        && !matches!(
            word,
            "came"
                | "went"
                | "was"
                | "is"
                | "has"
                | "had"
                | "will"
                | "would"
                | "never"
                | "left"
                | "arrived"
                | "didn't"
                | "doesn't"
                | "hasn't"
                | "wasn't"
                | "couldn't"
                | "just"
                | "works"
                | "worked"
                | "helped"
                | "put"
                | "sent"
                | "took"
                | "gave"
                | "picked"
                | "offered"
        )
}

pub fn is_month_name(word: &str) -> bool {
    matches!(
        word,
        "april" | "may" | "june" | "august" | "jan" | "jun" | "july"
    )
}

/// The last word of a place's own name.
pub fn is_place_noun(word: &str) -> bool {
    const NOUNS: &str = "cottage house hall school church cathedral hospital hospice inn hotel arms park farm court primary academy college \
        university clinic surgery library museum theatre mill manor lodge castle station airport bridge abbey chapel mosque \
        synagogue temple nursery kindergarten infirmary barn tower towers mansions wharf quay harbour marina beach island estate \
        village mall plaza stadium arena leisure gardens gym";
    static SET: LazyLock<Words> = LazyLock::new(|| NOUNS.split_whitespace().collect());
    SET.contains(word)
}

pub fn is_firm_ending(word: &str) -> bool {
    matches!(
        word,
        "ltd"
            | "limited"
            | "inc"
            | "llc"
            | "llp"
            | "plc"
            | "gmbh"
            | "ag"
            | "corp"
            | "corporation"
            | "bv"
            | "nv"
            | "ab"
            | "sa"
            | "srl"
            | "sarl"
            | "spa"
            | "oy"
            | "kg"
            | "co"
            | "bros"
            | "brothers"
            | "sons"
            | "associates"
            | "solicitors"
            | "holdings"
            | "bank"
            | "insurance"
            | "energy"
            | "airlines"
            | "airways"
            | "couriers"
            | "plumbing"
            | "motors"
            | "council"
    )
}

pub fn is_greeting(word: &str) -> bool {
    matches!(
        word,
        "dear"
            | "hi"
            | "hello"
            | "hey"
            | "hiya"
            | "hallo"
            | "morning"
            | "afternoon"
            | "evening"
            | "greetings"
    )
}

/// Before a name under a letter.
pub fn is_closing(word: &str) -> bool {
    matches!(
        word,
        "regards"
            | "thanks"
            | "thank"
            | "cheers"
            | "sincerely"
            | "faithfully"
            | "yours"
            | "wishes"
            | "best"
            | "love"
            | "thx"
            | "ta"
            | "warmly"
            | "kind"
            | "warm"
            | "many"
            | "you"
            | "kindly"
            | "truly"
            | "respectfully"
            | "gratefully"
            | "xx"
            | "x"
            | "ttfn"
            | "bye"
            | "cordially"
            | "with"
            | "in"
            | "advance"
            | "a"
            | "lot"
            | "very"
            | "much"
            | "all"
            | "the"
            | "greetings"
    )
}

/// Before a name in our own words or theirs that is no name of anybody.
pub fn is_nobody(word: &str) -> bool {
    matches!(
        word,
        "there"
            | "all"
            | "team"
            | "again"
            | "everyone"
            | "everybody"
            | "both"
            | "folks"
            | "customer"
            | "customers"
            | "friend"
            | "client"
            | "guest"
            | "member"
            | "user"
            | "sir"
            | "madam"
            | "colleague"
            | "to"
            | "or"
            | "and"
            | "you"
            | "valued"
            | "service"
            | "services"
            | "support"
            | "sirs"
            | "whom"
            | "it"
            | "may"
            | "concern"
            | "manager"
            | "good"
    )
}

/// Whether two names may be one person's: the same, or one the short form of the other.
pub fn same_name(a: &str, b: &str) -> bool {
    let short = |long: &str, short: &str| SHORT.get(long).is_some_and(|all| all.contains(&short));
    let begins = |long: &str, short: &str| {
        short.len() >= 3 && long.len() >= short.len() + 2 && long.starts_with(short)
    };
    a == b || short(a, b) || short(b, a) || begins(a, b) || begins(b, a)
}
