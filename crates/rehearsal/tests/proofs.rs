//! The three proofs: always well ends calm, always badly ends hot, and mixes stay in order of how good they were.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;
use unruffled_engine::{Engine, Heat};
use unruffled_rehearsal::{Ending, Rehearsal, Shelf, Story, Turn};

/// Loaded once for all proofs.
static ENGINE: LazyLock<Engine> = LazyLock::new(Engine::embedded);
static SHELF: LazyLock<Shelf> = LazyLock::new(Shelf::embedded);

const SEEDS: [u64; 2] = [1, 300];

/// Plays a story to its end; `well` says for each reply, by its number, which of the two letters is sent.
fn play(story: &'static Story, seed: u64, well: impl Fn(usize) -> bool) -> Rehearsal<'static> {
    let mut rehearsal = Rehearsal::begin(&ENGINE, &SHELF.lines, story, seed);
    while rehearsal.ending().is_none() {
        let draft = match well(rehearsal.turns().len()) {
            true => rehearsal.well(),
            false => rehearsal.badly(),
        };
        rehearsal.reply(&draft).expect("it is not over");
    }
    rehearsal
}

/// What was said and why, for whoever has to mend a story.
fn told(rehearsal: &Rehearsal<'_>) -> String {
    let mut told = format!("{}\n", rehearsal.story().id);
    for turn in rehearsal.turns() {
        told += &format!("  they: {}\n  we: {}\n", turn.wrote, turn.draft);
        for reason in &turn.reasons {
            let words: Vec<&str> = reason.spans.iter().map(|s| s.text.as_str()).collect();
            told += &format!(
                "    {:?} {words:?} {:?} {:?}\n",
                reason.deed, reason.asks, reason.ways
            );
        }
        told += &format!("  -> {:?} {:?}: {}\n", turn.after, turn.ending, turn.says);
    }
    told
}

#[test]
fn the_shelf_holds_every_possibility_many_trades_and_every_level() {
    let stories = &SHELF.stories;
    assert!(stories.len() >= 24, "{}", stories.len());
    for number in 1..=8 {
        let about = format!("H{number}");
        let of = stories.iter().filter(|story| story.what_if == about);
        assert!(of.count() >= 3, "{about}");
    }
    let trades: BTreeSet<&str> = stories.iter().map(|story| story.trade.as_str()).collect();
    assert!(trades.len() >= 12, "{trades:?}");
    let levels: BTreeSet<_> = stories.iter().map(|story| story.level).collect();
    assert_eq!(levels.len(), 4);
}

#[test]
fn whoever_always_answers_well_ends_calm_in_every_story() {
    for story in &SHELF.stories {
        for seed in SEEDS {
            let played = play(story, seed, |_| true);
            assert_eq!(played.ending(), Some(Ending::Calm), "{}", told(&played));
            assert_eq!(played.state().heat(), Heat::Quiet);
        }
    }
}

#[test]
fn whoever_always_answers_badly_ends_hot_in_every_story() {
    for story in &SHELF.stories {
        for seed in SEEDS {
            let played = play(story, seed, |_| false);
            assert_eq!(played.ending(), Some(Ending::Hot), "{}", told(&played));
            assert!(played.state().heat() >= Heat::Hot);
        }
    }
}

/// Chance of the test's own.
fn drawn(seed: u64) -> u64 {
    let x = seed.wrapping_mul(0x2545_F491_4F6C_DD1D) ^ 0x9E37_79B9_7F4A_7C15;
    let x = (x ^ (x >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    x ^ (x >> 32)
}

/// One mix, as it went.
struct Mix {
    story: String,
    /// How many of its replies were good ones, in a hundred.
    good: usize,
    /// How hot the moment was over the whole of it, in hundredths of the way from what nothing but good replies make of this
    /// story to what nothing but bad ones do: stories begin at different heats.
    heat: usize,
    ending: Option<Ending>,
    how: String,
}

/// How hot a rehearsal was, over the whole of it, in points times a hundred.
fn heat(played: &Rehearsal<'_>) -> usize {
    let points = |turn: &Turn| usize::try_from(turn.after.points().0).unwrap_or_default();
    let turns = played.turns();
    turns.iter().map(points).sum::<usize>() * 100 / turns.len().max(1)
}

/// What nothing but good replies and nothing but bad ones make of each story; worked out once, it takes most of the time.
fn bounds() -> BTreeMap<&'static str, (usize, usize)> {
    let of = |story: &'static Story| {
        let (well, badly) = (
            play(story, SEEDS[0], |_| true),
            play(story, SEEDS[0], |_| false),
        );
        (story.id.as_str(), (heat(&well), heat(&badly)))
    };
    SHELF.stories.iter().map(of).collect()
}

#[test]
fn a_hundred_random_mixes_stay_in_order_of_how_good_they_were() {
    let bounds = bounds();
    let mixes: Vec<Mix> = (0..100)
        .zip(SHELF.stories.iter().cycle())
        .map(|(seed, story)| {
            let bits = drawn(seed);
            let is_good = |turn: usize| bits >> turn & 1 == 1;
            let played = play(story, seed, is_good);
            let turns = played.turns();
            let good = (0..turns.len()).filter(|turn| is_good(*turn)).count();
            let (well, badly) = bounds[story.id.as_str()];
            let own = heat(&played).clamp(well, badly);
            Mix {
                story: story.id.clone(),
                good: good * 100 / turns.len(),
                heat: (own - well) * 100 / (badly - well).max(1),
                ending: played.ending(),
                how: (0..turns.len())
                    .map(|turn| if is_good(turn) { 'w' } else { 'b' })
                    .collect(),
            }
        })
        .collect();
    let (mut in_order, mut out_of_order) = (0, 0);
    for (at, one) in mixes.iter().enumerate() {
        for other in &mixes[..at] {
            let same_story = one.story == other.story;
            let (better, worse) = match one.good > other.good {
                true => (one, other),
                false => (other, one),
            };
            // Nobody ends hot who answered better than somebody who ended calm, in the same story.
            assert!(
                !same_story
                    || better.good == worse.good
                    || better.ending != Some(Ending::Hot)
                    || worse.ending != Some(Ending::Calm),
                "{}: {} and {}",
                one.story,
                better.how,
                worse.how
            );
            if better.good != worse.good && better.heat != worse.heat {
                match better.heat < worse.heat {
                    true => in_order += 1,
                    false => out_of_order += 1,
                }
            }
        }
    }
    println!("{in_order} pairs in order, {out_of_order} not");
    assert!(
        out_of_order * 18 <= in_order + out_of_order,
        "{in_order} pairs in order, {out_of_order} not"
    );
}

#[test]
fn a_reply_that_was_better_never_leaves_a_moment_hotter() {
    for story in &SHELF.stories {
        for seed in SEEDS {
            let mut at = Rehearsal::begin(&ENGINE, &SHELF.lines, story, seed);
            while let Some(contrast) = at.contrast() {
                let (well, badly) = (contrast.well.after, contrast.badly.after);
                assert!(well.heat() <= badly.heat(), "{}", told(&at));
                assert!(well.trust() >= badly.trust(), "{}", told(&at));
                at.reply(&contrast.well.draft);
            }
        }
    }
}

#[test]
fn the_same_story_seed_and_replies_give_the_same_rehearsal() {
    let story = &SHELF.stories[0];
    let once = play(story, 9, |turn| turn % 2 == 1);
    let drafts = once.turns().iter().map(|turn| turn.draft.clone());
    let again = Rehearsal::again(&ENGINE, &SHELF.lines, story, 9, drafts);
    assert_eq!(once.turns(), again.turns());
}

/// What a reply did, by the names of its deeds.
fn deeds(story: &str, draft: &str) -> Vec<&'static str> {
    let story = SHELF.get(story).expect("it is one of ours");
    let mut rehearsal = Rehearsal::begin(&ENGINE, &SHELF.lines, story, 3);
    let turn = rehearsal.reply(draft).expect("it is not over");
    turn.reasons.iter().map(|reason| reason.name).collect()
}

#[test]
fn a_reply_in_nobodys_words_but_its_own_is_heard_for_what_it_does() {
    const ANSWERED: &str = "answered what they asked";
    const OPEN: &str = "left something open";
    // None of these is a letter of the stories.
    for (draft, does, does_not) in [
        (
            "Hi Samuel, I checked and they were kept, twelve of them, so nothing is gone. We turned it off by mistake in January \
             when your plan changed and kept billing you. That's on us. Is there one you're waiting for in particular?",
            vec!["took it on", "said back what they lived", ANSWERED],
            vec!["made them the cause"],
        ),
        (
            "Good morning Mr Okafor, that sounds awful. Four months is a very long time to be without messages, and then we did \
             not even ring you when we said so. I'm really sorry about that. I can switch it on now and your 12 messages come \
             back within two hours. And you'll get the money back, 12 pounds.",
            vec![
                "took it on",
                "said back what they lived",
                ANSWERED,
                "said who does what, by when",
            ],
            vec![OPEN],
        ),
        (
            "I can't see yet why you were charged. I'm asking billing now and I'll write to you by four today.",
            vec![ANSWERED, "said who does what, by when", "made it plain"],
            vec![OPEN],
        ),
        ("ok", vec![OPEN], vec![ANSWERED]),
        (
            "Please see our website.",
            vec!["sent them away", OPEN],
            vec![ANSWERED],
        ),
        (
            "I understand. I will look into it.",
            vec!["put them off", OPEN],
            vec![ANSWERED],
        ),
        (
            // Their own words given back answer nothing.
            "Your colleague promised to ring me last Tuesday, and nobody rang.",
            vec![OPEN],
            vec![ANSWERED, "took it on", "said back what they lived"],
        ),
        ("", vec![OPEN], vec![ANSWERED]),
    ] {
        let did = deeds("four-months-of-voicemail", draft);
        assert!(
            does.iter().all(|deed| did.contains(deed)),
            "{draft}: {did:?}"
        );
        assert!(
            !does_not.iter().any(|deed| did.contains(deed)),
            "{draft}: {did:?}"
        );
    }
}
