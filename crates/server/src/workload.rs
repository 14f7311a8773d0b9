//! What arrives at a team: when, and what brings people to write. About moments all together, never about one person.
//!
//! Letters are read anew whenever the page is opened, and nothing of the reading is kept. Heat is not among what is
//! told: nobody is led by how warm their letters were.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;

use unruffled_engine::{Engine, MessageInput};
use unruffled_mail::quote;
use unruffled_store::{Arrival, Coming, ConversationId, Disagreement, PromisesTogether};

use crate::playbook::{Playbook, topics};
use crate::sheets::workload::{
    CauseSheet, HourSheet, SourceSheet, TogetherSheet, Told, TopicSheet,
};
use crate::{limits, words};

/// What brings people to write and can be taken away: the cue that shows it, what it is, and what would remove it.
const CAUSES: [(&str, &str, &str); 7] = [
    (
        "C07",
        "It had been raised before",
        "What was left open the first time: a question that the first reply did not answer, or a fix that did not hold. Worth a circle; its outcome may be an option.",
    ),
    (
        "C08",
        "A wait, named by those who wait",
        "A first reply with a time in it. The hours above show where letters wait for hands.",
    ),
    (
        "C09",
        "Passed from one to another",
        "An option that whoever reads first may grant without a nod, or a colleague called in instead of a hand-over.",
    ),
    (
        "C10",
        "Something that we said or promised",
        "What we say, where everybody finds it: a source of facts, a saved reply, a promise with its time in the ledger.",
    ),
    (
        "C16",
        "An answer needed by a day",
        "How soon we answer, said where people write to us.",
    ),
    (
        "C18",
        "Tried already, and it did not work",
        "Steps that begin where people get stuck, and the question what was tried.",
    ),
    (
        "C21",
        "Something of ours was not clear",
        "The page or the letter that they name, in plainer words.",
    ),
];

/// How many hours are told in one line: one, and more where too little arrives within it.
const HOURS_TOGETHER: [i8; 6] = [1, 2, 3, 4, 6, 12];
const DAY: i8 = 24;

/// So many, if they may be told.
pub fn told(count: i64) -> Told {
    match count {
        ..=0 => Told::None,
        count if count < limits::GROUP_MIN => Told::Few,
        count => Told::Many(count),
    }
}

/// The hours of the day in which anything arrives, from the first to the last.
pub fn hours(
    arrivals: &[Arrival],
    comings: &[Coming],
    zone: &jiff::tz::TimeZone,
) -> Vec<HourSheet> {
    let hour = |at| words::in_zone(at, zone).hour();
    let mut letters: HashMap<i8, HashSet<&ConversationId>> = HashMap::new();
    for arrival in arrivals {
        let those = letters.entry(hour(arrival.created_at)).or_default();
        those.insert(&arrival.conversation_id);
    }
    let mut came: HashMap<(i8, &str), i64> = HashMap::new();
    for coming in comings {
        *came
            .entry((hour(coming.created_at), coming.channel.as_str()))
            .or_default() += 1;
    }
    let busy = || {
        letters
            .keys()
            .copied()
            .chain(came.keys().map(|(hour, _)| *hour))
    };
    let (Some(first), Some(last)) = (busy().min(), busy().max()) else {
        return Vec::new();
    };
    let live = |hours: Range<i8>, channel| {
        let came = |hour| came.get(&(hour, channel)).copied().unwrap_or(0);
        told(hours.map(came).sum())
    };
    let written = |hours: Range<i8>| {
        let those: HashSet<_> = hours
            .filter_map(|hour| letters.get(&hour))
            .flatten()
            .collect();
        told(those.len() as i64)
    };
    let rows = |width: i8| -> Vec<HourSheet> {
        (0..24)
            .step_by(usize::from(width.unsigned_abs()))
            .map(|from| (from, from + width))
            .filter(|(from, until)| *until > first && *from <= last)
            .map(|(from, until)| HourSheet {
                from,
                until,
                letters: written(from..until),
                counter: live(from..until, "counter"),
                phone: live(from..until, "phone"),
            })
            .collect()
    };
    // Where little arrives, several hours are told together rather than nothing of any.
    let mut widths = HOURS_TOGETHER.into_iter().map(rows);
    let tells = |rows: &Vec<HourSheet>| {
        let some = rows.iter().filter(|row| row.letters != Told::None).count();
        let many = rows
            .iter()
            .filter(|row| matches!(row.letters, Told::Many(_)));
        many.count() * 2 > some
    };
    widths.find(tells).unwrap_or_else(|| rows(DAY))
}

/// What letters are about, by what shows in their words: each conversation once, and nothing of fewer than
/// [`limits::GROUP_MIN`].
pub fn causes(
    engine: &Engine,
    playbook: &Playbook,
    arrivals: &[Arrival],
) -> (Vec<CauseSheet>, Vec<TopicSheet>) {
    let mut by_code: HashMap<&str, HashSet<&ConversationId>> = HashMap::new();
    let mut by_topic: BTreeMap<&str, HashSet<&ConversationId>> = BTreeMap::new();
    for arrival in arrivals {
        let fresh = quote::split(&arrival.text).0;
        let reading = engine.read(&MessageInput {
            text: &fresh,
            ..MessageInput::default()
        });
        // What somebody at risk wrote is no cause of work.
        if reading.safety.is_some() {
            continue;
        }
        for (code, _, _) in CAUSES {
            if reading.cues.iter().any(|cue| cue.code == code) {
                by_code
                    .entry(code)
                    .or_default()
                    .insert(&arrival.conversation_id);
            }
        }
        for topic in topics(playbook, &arrival.subject, &fresh) {
            by_topic
                .entry(topic)
                .or_default()
                .insert(&arrival.conversation_id);
        }
    }
    let mut causes: Vec<CauseSheet> = CAUSES
        .into_iter()
        .map(|(code, says, remedy)| CauseSheet {
            says,
            remedy,
            conversations: by_code.get(code).map_or(0, |those| those.len() as i64),
        })
        .filter(|cause| cause.conversations >= limits::GROUP_MIN)
        .collect();
    causes.sort_by_key(|cause| -cause.conversations);
    let mut topics: Vec<TopicSheet> = by_topic
        .into_iter()
        .map(|(topic, those)| TopicSheet {
            topic: topic.to_owned(),
            conversations: those.len() as i64,
            options: playbook
                .options
                .iter()
                .filter(|option| option.fits.topics.iter().any(|it| it == topic))
                .map(|option| (option.id.clone(), option.says.clone()))
                .collect(),
        })
        .filter(|topic| topic.conversations >= limits::GROUP_MIN)
        .collect();
    topics.sort_by_key(|topic| -topic.conversations);
    topics.truncate(limits::WORKLOAD_TOPICS_MAX);
    (causes, topics)
}

/// Sources that did not agree with people often enough to be told.
pub fn sources(found: Vec<Disagreement>) -> Vec<SourceSheet> {
    found
        .into_iter()
        .map(|source| SourceSheet {
            name: source.source,
            contradicted: told(source.contradicted),
            not_found: told(source.not_found),
        })
        .filter(|source| {
            let many = |it| matches!(it, Told::Many(_));
            many(source.contradicted) || many(source.not_found)
        })
        .collect()
}

/// A sum over fewer than five people is about one of them.
pub fn together(promises: PromisesTogether) -> Option<TogetherSheet> {
    (promises.people >= limits::GROUP_MIN).then(|| TogetherSheet {
        kept: told(promises.kept),
        moved: told(promises.moved),
        broken: told(promises.broken),
        late: told(promises.late),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::{HOUR, Micros};

    const NOON: Micros = 1_777_896_000_000_000; // 2026-05-04 12:00 UTC

    fn arrival(text: &str, at: Micros) -> Arrival {
        Arrival {
            conversation_id: ConversationId::fresh(),
            created_at: at,
            subject: "a letter".into(),
            text: text.into(),
        }
    }

    #[test]
    fn fewer_than_five_are_never_counted_out_loud() {
        assert_eq!(told(0), Told::None);
        assert_eq!((told(1), told(4)), (Told::Few, Told::Few));
        assert_eq!(told(5), Told::Many(5));
        let few = PromisesTogether {
            people: 4,
            kept: 90,
            ..PromisesTogether::default()
        };
        assert_eq!(together(few), None);
        let shown = together(PromisesTogether { people: 5, ..few }).expect("five are enough");
        assert_eq!((shown.kept, shown.broken), (Told::Many(90), Told::None));
    }

    #[test]
    fn hours_count_conversations_and_not_letters() {
        let zone = jiff::tz::TimeZone::UTC;
        let mut letters: Vec<Arrival> = (0..5).map(|_| arrival("", NOON)).collect();
        letters.push(arrival("", NOON + 2 * HOUR));
        for _ in 0..9 {
            let mut again = arrival("", NOON + 2 * HOUR);
            again.conversation_id = letters[5].conversation_id.clone();
            letters.push(again);
        }
        let rang = Coming {
            channel: "phone".into(),
            created_at: NOON + HOUR,
        };
        let told = |letters: &[Arrival]| -> Vec<_> {
            hours(letters, std::slice::from_ref(&rang), &zone)
                .iter()
                .map(|it| (it.from, it.until, it.letters, it.phone))
                .collect()
        };
        // At two there is one conversation, however often it wrote: few, and told with the hours before it.
        assert_eq!(told(&letters), [(12, 15, Told::Many(6), Told::Few)]);
        letters.extend((0..4).map(|_| arrival("", NOON + 2 * HOUR)));
        let expect = [
            (12, 13, Told::Many(5), Told::None),
            (13, 14, Told::None, Told::Few),
            (14, 15, Told::Many(5), Told::None),
        ];
        assert_eq!(told(&letters), expect);
    }

    #[test]
    fn causes_are_what_shows_in_the_words_of_at_least_five() {
        let (engine, playbook) = (Engine::embedded(), Playbook::default());
        let waited = "I have been waiting three weeks for the booklet.";
        let letters =
            |count: usize| -> Vec<Arrival> { (0..count).map(|_| arrival(waited, NOON)).collect() };
        assert_eq!(causes(&engine, &playbook, &letters(4)).0, []);
        let (found, _) = causes(&engine, &playbook, &letters(5));
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!((found[0].says, found[0].conversations), (CAUSES[1].1, 5));
    }

    #[test]
    fn no_cause_is_a_feeling() {
        for (code, _, _) in CAUSES {
            // Heat, harsh words, thanks, worry and what people tell of themselves are nobody's figures.
            assert!(
                ![
                    "C01", "C02", "C03", "C04", "C05", "C06", "C22", "C23", "C28", "C31", "C32"
                ]
                .contains(&code)
            );
        }
    }
}
