//! What gives itself away by its shape: addresses, links, account names, long numbers.

use crate::{Kind, lists};
use regex_lite::Regex;
use std::sync::LazyLock;

/// A stretch of bytes that is one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shape {
    pub start: usize,
    pub end: usize,
    pub kind: Kind,
}

/// A word that begins with a capital, from any part of Europe.
const CAP: &str = r"(?:[A-Z]|À|Á|Â|Ä|Å|Ç|É|È|Í|Ñ|Ó|Ö|Ø|Ś|Š|Ú|Ü|Ż|Ž|Ł)[^\s,.;:!?()0-9]*";
const STREET: &str = r"(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Close|Cl|Court|Ct|Crescent|Cres|Terrace|Ter|Place|Pl|Square|Sq|Gardens|Gdns|Grove|Way|Row|Mews|Hill|Walk|Parade|Boulevard|Blvd|Highway|Hwy|Quay|Green|Rise|View|Mount|Park|Circle|Parkway|Pkwy|Embankment|Wharf|Yard|Alley|Broadway|Approach|Reach|Chase|Croft|Mead|Meadow|Meadows|Vale|Fold|Bank|Brow|Heights|Ridge|Path|Fields|Orchard|Cross|Villas|Buildings|Parade|Causeway|Hollow|Dene|Glade)";

/// In this order, each once; what comes first keeps its place.
static SHAPES: LazyLock<Vec<(Kind, Regex, usize)>> = LazyLock::new(|| {
    let make =
        |text: &str| Regex::new(text).unwrap_or_else(|why| unreachable!("a shape of ours: {why}"));
    vec![
        (
            Kind::Email,
            make(r"(?i)[a-z0-9._%+'-]*[a-z0-9_%+]@[a-z0-9-]+(?:\.[a-z0-9-]+)+"),
            0,
        ),
        // "karen dot blythe at gmail dot com", "k.blythe (at) mail.example".
        (
            Kind::Email,
            make(
                r"(?i)[a-z0-9_+-]+(?:(?: dot |\.)[a-z0-9_+-]+)*(?: at |\s?[\[(]at[\])]\s?)[a-z0-9-]+(?:(?: dot |\s?[\[(]dot[\])]\s?|\.)[a-z]{2,12})+\b",
            ),
            0,
        ),
        (
            Kind::Link,
            make(r"(?i)\b(?:https?://|www\.)[^\s<>()]+[^\s<>().,;:!?'\x22]"),
            0,
        ),
        (
            Kind::Link,
            make(
                r"(?i)\b[a-z0-9-]{2,}(?:\.[a-z0-9-]{2,})*\.(?:com|org|net|co\.uk|org\.uk|de|fr|nl|io|info|biz|eu|uk|example|test)\b(?:/[^\s<>()]*[^\s<>().,;:!?])?",
            ),
            0,
        ),
        (
            Kind::Handle,
            make(r"(?:^|[\s(,;:])(@[A-Za-z0-9_.]*[A-Za-z0-9_])"),
            1,
        ),
        (
            Kind::Handle,
            make(
                r"(?i)\b(?:user ?name|user id|userid|login|log-in|account name|handle|screen name|gamertag|nick ?name)(?: is| was|:| =)?:? [\x22'“‘]?([a-z0-9_.-]*[a-z0-9_])",
            ),
            1,
        ),
        (
            Kind::Secret,
            make(
                r"(?i)\b(?:pass ?word|passcode|pass ?phrase|pin(?: number| code)?|security (?:code|answer|word)|memorable word|cvv|cvc|door code|key code)(?: is| was|:| =|:is)?:? [\x22'“‘]?([a-z0-9!$%&*#@?_.-]*[0-9!$%&*#@?_][a-z0-9!$%&*#@?_-]*)",
            ),
            1,
        ),
        (
            Kind::Secret,
            make(
                r"(?i)\b(?:pass ?word|passcode|pass ?phrase|memorable word|security (?:answer|word))(?: is| was|:)+ [\x22'“‘]?([a-z0-9!$%&*#@?_-]+)",
            ),
            1,
        ),
        (
            Kind::Secret,
            make(r"(?i)\bcode (?:is|was|:)+ (\d{3,8})\b"),
            1,
        ),
        (
            Kind::Account,
            make(r"(?i)\bend(?:s|ing|ed) (?:in|with|on)? ?(\d{3,6})\b"),
            1,
        ),
        (
            Kind::Reference,
            make(
                r"(?i)\bnumber(?: [a-z]+){1,4} (?:is|was) ((?:[a-z]{1,4}-?)?\d[a-z0-9/-]*\d[a-z0-9/-]*)",
            ),
            1,
        ),
        (
            Kind::Amount,
            make(
                r"(?i)\b(?:paid|pay|paying|charged?|costs?|refund(?:ed)?|owed?|worth|took|taken|billed|bill of|price of|total of|fee of)(?: me| us| you)? (\d{1,6}[.,]\d{2})\b",
            ),
            1,
        ),
        (
            Kind::Account,
            make(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b"),
            0,
        ),
        (
            Kind::Account,
            make(r"\b\d{4}[ -]\d{4}[ -]\d{4}[ -]\d{1,7}\b"),
            0,
        ),
        (
            Kind::Account,
            make(r"\b\d{2}-\d{2}-\d{2}\b(?:[ ,]+\d{8}\b)?"),
            0,
        ),
        // National numbers: "QQ 12 34 56 C", "078-05-1120".
        (
            Kind::Reference,
            make(r"\b[A-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b|\b\d{3}-\d{2}-\d{4}\b"),
            0,
        ),
        // A street with its number, before it or behind it, in several tongues.
        (
            Kind::Address,
            make(&format!(
                r"(?:\b(?:Flat|Apartment|Apt\.?|Unit|Suite|Room|Plot|flat|apartment|apt\.?|unit|suite|c/o) ?#?[0-9]+[A-Za-z]?,? )?\b\d{{1,5}}(?:[-/]\d{{1,4}})?[A-Za-z]?,? (?:(?:The |Old |New |Upper |Lower |North |South |East |West |[NSEW]\.? )?(?:{CAP}|\d+(?:st|nd|rd|th)) ){{1,3}}{STREET}\b\.?"
            )),
            0,
        ),
        (
            Kind::Address,
            make(
                r"(?i)\b\d{1,5}[a-z]? [a-z'-]+(?: [a-z'-]+)? (?:street|road|avenue|crescent|terrace|boulevard)\b",
            ),
            0,
        ),
        (
            Kind::Address,
            make(
                r"(?i)\b\d{1,4}[a-z]? (?:[a-z'-]*[a-z'-] )(?:lane|drive|close|court|gardens|grove|mews|way)\b(?: ?[,\n]| [a-z]+,|$)",
            ),
            9,
        ),
        (
            Kind::Address,
            make(&format!(
                r"\b(?:{CAP}[ -])?(?:{CAP})(?:straße|strasse|str\.|weg|platz|allee|gasse|straat|laan|plein|gracht|gatan|vägen|gade|vej) ?\d+[ ]?[a-zA-Z]?\b|\b(?:{CAP}[ -])+(?:Straße|Strasse|Str\.|Weg|Platz|Allee|Straat) ?\d+[a-zA-Z]?\b"
            )),
            0,
        ),
        (
            Kind::Address,
            make(&format!(
                r"(?:\b\d{{1,4}}(?: ?bis| ?ter)?,? )?\b(?:[Rr]ue|[Aa]venue|[Bb]oulevard|[Cc]hemin|[Ii]mpasse|[Qq]uai|[Cc]alle|[Pp]laza|[Pp]aseo|[Aa]venida|Via|Viale|[Pp]iazza|[Cc]orso|[Rr]ua|[Uu]lica|[Uu]l\.) (?:(?:de|du|des|del|della|di|da|do|la|le|los|las|l'|d') ?)*{CAP}(?: {CAP})*(?:,? (?:n[º°.]? ?)?\d{{1,4}}[a-z]?\b)?"
            )),
            0,
        ),
        (
            Kind::Address,
            make(&format!(
                r"\b(?:{CAP} ){{1,2}}(?:Street|Road|Avenue|Lane|Crescent|Terrace|Drive|Mews|Boulevard|Square|Row|Grove|Rise|Rd)\b"
            )),
            0,
        ),
        (Kind::Address, make(r"(?i)\bp\.? ?o\.? box \d+\b"), 0),
        (
            Kind::Address,
            make(r"(?i)\b(?:flat|apartment|apt\.?) ?#?\d+[a-z]?\b"),
            0,
        ),
        // Codes of towns.
        (
            Kind::Address,
            make(
                r"\b(?:GIR ?0AA|[A-Z]{1,2}\d[A-Z0-9]? \d[A-Z]{2}|[A-Z]{1,2}\d[A-Z0-9]?\d[A-Z]{2})\b",
            ),
            0,
        ),
        (
            Kind::Address,
            make(r"\b[a-z]{1,2}\d[a-z0-9]? \d[a-z]{2}\b"),
            0,
        ),
        (
            Kind::Address,
            make(r"\b[A-CEGHJ-NPR-TVXY]\d[A-CEGHJ-NPR-TV-Z] \d[A-CEGHJ-NPR-TV-Z]\d\b"),
            0,
        ),
        (Kind::Address, make(r"\b[A-Z]{2},? \d{5}(?:-\d{4})?\b"), 0),
        (
            Kind::Address,
            make(&format!(
                r"\b(?:[A-Z]{{1,2}}-)?\d{{4,5}}(?: [A-Z]{{2}}\b)? {CAP}(?: {CAP})?,"
            )),
            8,
        ),
        (
            Kind::Address,
            make(&format!(
                r"\b(?:in|at|from|near|to) (\d{{5}} {CAP}|\d{{4}} [A-Z]{{2}} {CAP})"
            )),
            1,
        ),
        // Number plates.
        (
            Kind::Reference,
            make(r"\b[A-Z]{2}\d{2} ?[A-Z]{3}\b|\b[A-Z]{1,3}-[A-Z]{1,2} ?\d{1,4}\b"),
            0,
        ),
        (
            Kind::Link,
            make(
                r"\b\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}\b|\b(?:[0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}\b",
            ),
            0,
        ),
    ]
});

/// A number that is long enough to be one of somebody's; what it is not is left to the caller.
static LONG_NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\+?\(?\d[\d()./ -]{3,}\d")
        .unwrap_or_else(|why| unreachable!("a shape of ours: {why}"))
});

/// Words that a number stands behind where it is one of somebody's, however short it is.
static LABELLED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)\b(?:order|booking|reservation|invoice|ticket|case|claim|policy|member(?:ship)?|customer|client|account|contract|card|locker|room|seat|table|box|badge|employee|staff|patient|student|licen[cs]e|passport|reference|ref|tracking|parcel|consignment|meter|serial|voucher|confirmation|complaint|incident|permit|plot|pitch|berth|bay)(?:s|'s)?\.? ?(?:(?:number|no\.?|nr\.?|id|code|ref(?:erence)?|is|was|:|#)\.? ?){0,3}((?:[A-Za-z]{1,4}[-/ ]?)?\d[A-Za-z0-9/-]*)",
    )
    .unwrap_or_else(|why| unreachable!("a shape of ours: {why}"))
});

/// Everything that has one of the shapes, in order of how sure it is.
pub fn shapes(text: &str) -> Vec<Shape> {
    let mut all: Vec<Shape> = Vec::new();
    for (kind, regex, group) in SHAPES.iter() {
        for found in regex.captures_iter(text) {
            // 8 and 9 mark shapes that need a look at what is in them.
            let at = match group {
                8 | 9 => found.get(0),
                group => found.get(*group),
            };
            let Some(at) = at else { continue };
            let (start, mut end) = (at.start(), at.end());
            let written = &text[start..end];
            if *group == 9 {
                let inner = written.split(' ').nth(1).unwrap_or("").to_lowercase();
                if inner.ends_with('s') || is_measure(&inner) {
                    continue;
                }
            }
            if matches!(group, 8 | 9) {
                end = start + written.trim_end_matches([',', '\n', ' ']).len();
            }
            if *kind == Kind::Handle && lists::is_everyday(&written.to_lowercase()) {
                continue;
            }
            if *kind == Kind::Secret
                && (lists::is_everyday(&written.to_lowercase()) || is_small_talk(written))
            {
                continue;
            }
            let lower = written.to_lowercase();
            if *kind == Kind::Address && lower.split(' ').nth(1).is_some_and(is_measure) {
                continue;
            }
            // "I'll be at the.gym" is no address of mail; a word before " at " has to look like one of somebody's.
            if *kind == Kind::Email
                && !written.contains('@')
                && !lower.contains("dot ")
                && !lower.contains("(at)")
                && !lower.contains("[at]")
            {
                let domain = lower.rsplit(" at ").next().unwrap_or("");
                if !domain.contains('.') {
                    continue;
                }
                // Only the domain is sure: the word before it may belong to the sentence ("look at shop.example").
                let user = &written[..written.len() - domain.len() - 4];
                if lists::is_everyday(&user.to_lowercase()) {
                    continue;
                }
            }
            add(
                &mut all,
                Shape {
                    start,
                    end,
                    kind: *kind,
                },
            );
        }
    }
    all
}

/// Numbers that nothing else explains.
pub fn numbers(text: &str) -> Vec<Shape> {
    let mut all = Vec::new();
    for found in LABELLED.captures_iter(text) {
        let Some(at) = found.get(1) else { continue };
        let (head, written) = (text[..at.start()].to_lowercase(), at.as_str());
        // "Order 2 more", "room 3 hours": a count of things; "booking for 4" does not come here.
        let behind = text[at.end()..]
            .trim_start()
            .split(|c: char| !c.is_alphabetic())
            .next()
            .unwrap_or("");
        let digits = written.bytes().filter(u8::is_ascii_digit).count();
        let labelled = head.trim_end().ends_with(['#', ':', '.'])
            || head.trim_end().ends_with("number")
            || head.trim_end().ends_with(" no")
            || head.trim_end().ends_with(" id")
            || head.trim_end().ends_with(" is");
        if digits < 3
            && !labelled
            && lists::is_everyday(&behind.to_lowercase())
            && behind.ends_with('s')
        {
            continue;
        }
        if text[at.end()..].starts_with(['%', '€', '£', '$', ':'])
            || text[at.end()..].starts_with(".")
                && text[at.end() + 1..].starts_with(|c: char| c.is_ascii_digit())
        {
            continue;
        }
        all.push(Shape {
            start: at.start(),
            end: at.end(),
            kind: Kind::Reference,
        });
    }
    for at in LONG_NUMBER.find_iter(text) {
        let written = at.as_str().trim_end_matches(['(', ' ', '.', '-', '/']);
        let digits = written.bytes().filter(u8::is_ascii_digit).count();
        if digits < 6 || is_day_or_time(written) {
            continue;
        }
        let before = text[..at.start()].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '£' | '$' | '€' | '.' | ','))
        {
            continue;
        }
        let kind = match written.starts_with(['+', '0', '(']) && digits >= 8 {
            true => Kind::Phone,
            false => Kind::Reference,
        };
        all.push(Shape {
            start: at.start(),
            end: at.start() + written.len(),
            kind,
        });
    }
    all.extend(spoken(text));
    all
}

/// "Oh seven seven double nine …": six or more digits said aloud, one after the other.
fn spoken(text: &str) -> Vec<Shape> {
    const DIGITS: [&str; 14] = [
        "zero", "oh", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
        "double", "triple", "nought",
    ];
    let mut all = Vec::new();
    let mut run: Option<(usize, usize, usize)> = None;
    let mut at = 0;
    for word in text.split_inclusive(|c: char| !c.is_alphabetic()) {
        let bare = word.trim_end_matches(|c: char| !c.is_alphabetic());
        let lower = bare.to_lowercase();
        if DIGITS.contains(&lower.as_str()) {
            let (start, _, count) = run.unwrap_or((at, at, 0));
            run = Some((start, at + bare.len(), count + 1));
        } else if !bare.is_empty()
            && let Some((start, end, count)) = run.take()
            && count >= 6
        {
            all.push(Shape {
                start,
                end,
                kind: Kind::Phone,
            });
        }
        at += word.len();
    }
    if let Some((start, end, count)) = run
        && count >= 6
    {
        all.push(Shape {
            start,
            end,
            kind: Kind::Phone,
        });
    }
    all
}

fn add(all: &mut Vec<Shape>, shape: Shape) {
    if all
        .iter()
        .all(|known| shape.end <= known.start || known.end <= shape.start)
    {
        all.push(shape);
    }
}

/// "5 minutes' drive", "2 more people close".
fn is_measure(word: &str) -> bool {
    matches!(
        word.trim_end_matches('\''),
        "minute"
            | "minutes"
            | "min"
            | "mins"
            | "hour"
            | "hours"
            | "day"
            | "days"
            | "week"
            | "weeks"
            | "month"
            | "months"
            | "year"
            | "years"
            | "mile"
            | "miles"
            | "people"
            | "more"
            | "other"
            | "of"
            | "times"
            | "per"
            | "and"
            | "or"
            | "in"
            | "a"
            | "the"
            | "to"
            | "is"
            | "was"
            | "for"
            | "metre"
            | "metres"
            | "km"
    )
}

/// "My password is not working".
fn is_small_talk(word: &str) -> bool {
    matches!(
        word.to_lowercase().as_str(),
        "not" | "wrong" | "too" | "still" | "now" | "no" | "being" | "the"
    )
}

/// "2026-05-03", "3/5/2026", "10.30", "9-5".
fn is_day_or_time(written: &str) -> bool {
    let parts: Vec<&str> = written.split(['/', '.', '-']).collect();
    let plain = parts
        .iter()
        .all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()));
    plain
        && parts.len() == 3
        && parts.iter().filter(|part| part.len() <= 2).count() >= 2
        && parts
            .iter()
            .filter(|part| part.len() == 4 || part.len() <= 2)
            .count()
            == 3
}
