//! What may help at this moment, in order, each with its reason in words. The same moment gives the same order.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashSet};

use jiff::{ToSpan, Zoned};

use super::{Choice, Kind, Often, Period, Playbook};

const TOPIC_POINTS: u32 = 3;
/// A topic of an earlier letter may be settled by now.
const EARLIER_TOPIC_POINTS: u32 = 1;
const FACT_POINTS: u32 = 4;
const CUE_POINTS: u32 = 2;
const WHAT_IF_POINTS: u32 = 1;

/// Reasons that are shown: more would be a paragraph.
const REASONS_MAX: usize = 3;

/// A code and what it is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    pub code: String,
    pub words: String,
}

/// A fact as the facts list has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactStanding {
    pub what: String,
    /// `not found`, and its kin.
    pub state: String,
}

/// What is known of this moment.
#[derive(Debug, Clone, Default)]
pub struct Moment<'a> {
    pub subject: &'a str,
    /// What the customer wrote last.
    pub words: &'a str,
    /// What they wrote before, in this conversation.
    pub earlier: Vec<&'a str>,
    pub cues: Vec<Known>,
    pub what_ifs: Vec<Known>,
    pub facts: Vec<FactStanding>,
    /// Which options this customer was granted, and when (microseconds UTC).
    pub granted: Vec<(String, i64)>,
    pub now: Zoned,
}

/// An option at its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ranked<'a> {
    pub option: &'a Choice,
    /// Why it fits; empty when nothing says that it does.
    pub reasons: Vec<String>,
    /// Said when its limit for this customer is reached.
    pub used_up: Option<String>,
}

impl Ranked<'_> {
    pub fn fits(&self) -> bool {
        !self.reasons.is_empty()
    }
}

/// Every option that may still be offered: first what fits, then what would fit and is used up, then small surprises
/// that fit, then the rest.
pub fn rank<'a>(playbook: &'a Playbook, moment: &Moment<'_>) -> Vec<Ranked<'a>> {
    let heard = Heard::of(moment);
    let today = moment.now.date();
    let mut ranked: Vec<(u32, Ranked<'a>)> = playbook
        .options
        .iter()
        .filter(|option| option.until.is_none_or(|until| until >= today))
        .map(|option| {
            let (points, reasons) = heard.weigh(option, moment);
            let ranked = Ranked {
                option,
                reasons,
                used_up: used_up(option, moment),
            };
            (points, ranked)
        })
        .collect();
    ranked.sort_by_cached_key(|(points, it)| {
        let room = match (it.fits(), it.option.kind, it.used_up.is_some()) {
            (true, Kind::Remedy, false) => 0,
            (true, Kind::Remedy, true) => 1,
            (true, Kind::Wow, _) => 2,
            (false, Kind::Remedy, _) => 3,
            (false, Kind::Wow, _) => 4,
        };
        (room, Reverse(*points), it.option.id.clone())
    });
    ranked.into_iter().map(|(_, ranked)| ranked).collect()
}

/// Which topics of the playbook a letter names.
pub fn topics<'a>(playbook: &'a Playbook, subject: &str, words: &str) -> BTreeSet<&'a str> {
    let heard = Heard::of(&Moment {
        subject,
        words,
        ..Moment::default()
    });
    let names = |topic: &&String| {
        let wanted: Vec<String> = stems(topic).collect();
        let all_in = |sentence: &HashSet<String>| wanted.iter().all(|stem| sentence.contains(stem));
        !wanted.is_empty() && all_in(&heard.anywhere) && heard.now.iter().any(all_in)
    };
    let options = playbook.options.iter();
    options
        .flat_map(|option| &option.fits.topics)
        .filter(names)
        .map(String::as_str)
        .collect()
}

/// The customer's words as stems, a sentence at a time.
struct Heard {
    now: Vec<HashSet<String>>,
    earlier: Vec<HashSet<String>>,
    /// All of it: most topics of a playbook are nowhere in a letter, and this says so at once.
    anywhere: HashSet<String>,
}

impl Heard {
    fn of(moment: &Moment<'_>) -> Self {
        let sentences = |text: &str| -> Vec<HashSet<String>> {
            text.replace("\n\n", ". ")
                .split(['.', '!', '?', ';'])
                .map(|sentence| stems(sentence).collect())
                .collect()
        };
        let mut now = sentences(moment.words);
        now.push(stems(moment.subject).collect());
        let earlier: Vec<HashSet<String>> = moment
            .earlier
            .iter()
            .flat_map(|text| sentences(text))
            .collect();
        let anywhere = now.iter().chain(&earlier).flatten().cloned().collect();
        Self {
            now,
            earlier,
            anywhere,
        }
    }

    /// Where an option names topics or facts, one of them has to be there: cues and what-ifs say how the moment is and
    /// not what it is about.
    fn weigh(&self, option: &Choice, moment: &Moment<'_>) -> (u32, Vec<String>) {
        let (mut points, mut reasons, mut earlier) = (0, Vec::new(), Vec::new());
        for topic in &option.fits.topics {
            let wanted: Vec<String> = stems(topic).collect();
            let all_in =
                |sentence: &HashSet<String>| wanted.iter().all(|stem| sentence.contains(stem));
            if wanted.is_empty() || !all_in(&self.anywhere) {
                continue;
            }
            if self.now.iter().any(all_in) {
                points += TOPIC_POINTS;
                reasons.push(topic.clone());
            } else if self.earlier.iter().any(all_in) {
                points += EARLIER_TOPIC_POINTS;
                earlier.push(format!("{topic} (earlier)"));
            }
        }
        for wanted in &option.fits.facts {
            let meets = |fact: &&FactStanding| {
                fact.state == wanted.state && {
                    let there: Vec<String> = stems(&fact.what).collect();
                    stems(&wanted.what).all(|stem| there.iter().any(|word| kin(word, &stem)))
                }
            };
            if moment.facts.iter().find(meets).is_some() {
                points += FACT_POINTS;
                reasons.push(format!("{} {}", wanted.what, wanted.state));
            }
        }
        reasons.append(&mut earlier);
        let about = !option.fits.topics.is_empty() || !option.fits.facts.is_empty();
        if about && reasons.is_empty() {
            return (0, reasons);
        }
        for (wanted, there, worth) in [
            (&option.fits.cues, &moment.cues, CUE_POINTS),
            (&option.fits.what_ifs, &moment.what_ifs, WHAT_IF_POINTS),
        ] {
            for known in there.iter().filter(|known| wanted.contains(&known.code)) {
                points += worth;
                reasons.push(known.words.clone());
            }
        }
        let mut seen = HashSet::new();
        reasons.retain(|reason| seen.insert(reason.to_lowercase()));
        reasons.truncate(REASONS_MAX);
        (points, reasons)
    }
}

fn used_up(option: &Choice, moment: &Moment<'_>) -> Option<String> {
    let often = option.limits.often?;
    let since = since(often, &moment.now);
    let mut times: Vec<i64> = moment
        .granted
        .iter()
        .filter(|(id, at)| *id == option.id && since.is_none_or(|since| *at > since))
        .map(|(_, at)| *at)
        .collect();
    times.sort_unstable();
    if times.len() < often.times as usize {
        return None;
    }
    let last = jiff::Timestamp::from_microsecond(*times.last()?).ok()?;
    let last = last.to_zoned(moment.now.time_zone().clone());
    let form = if last.year() == moment.now.year() {
        "%-d %B"
    } else {
        "%-d %B %Y"
    };
    Some(format!(
        "used up: {often}, last granted {}",
        last.strftime(form)
    ))
}

/// The moment from which grants count, in microseconds; none counts from ever.
fn since(often: Often, now: &Zoned) -> Option<i64> {
    let span = match often.per? {
        Period::Day => 1.day(),
        Period::Week => 7.days(),
        Period::Month => 1.month(),
        Period::Quarter => 3.months(),
        Period::Year => 1.year(),
    };
    now.checked_sub(span)
        .ok()
        .map(|then| then.timestamp().as_microsecond())
}

/// "membership" and "the member list" are about the same thing.
fn kin(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    a == b || (short.chars().count() >= 4 && long.starts_with(short))
}

/// Words without their endings; little words count as words, because a topic's own words are chosen by a person.
fn stems(text: &str) -> impl Iterator<Item = String> {
    let text = text.replace(['\'', '’'], "").to_lowercase();
    let words: Vec<String> = text
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(stem)
        .collect();
    words.into_iter()
}

/// The engine cuts words alike and keeps that to itself.
fn stem(word: &str) -> String {
    const ENDINGS: [&str; 12] = [
        "ingly", "ings", "edly", "ing", "ies", "ied", "es", "ed", "ly", "s", "e", "y",
    ];
    let cut = ENDINGS.iter().find_map(|ending| {
        word.strip_suffix(ending)
            .filter(|cut| cut.chars().count() >= 3)
    });
    let mut stem = cut.unwrap_or(word).to_owned();
    // "swimming" and "swim".
    let mut last = stem.chars().rev();
    if let (Some(a), Some(b)) = (last.next(), last.next())
        && a == b
        && a.is_alphabetic()
        && stem.chars().count() > 3
    {
        stem.pop();
    }
    stem
}
