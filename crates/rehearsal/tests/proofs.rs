//! The three proofs: always well ends calm, always badly ends hot, and mixes stay in order of how good they were.

use std::collections::BTreeSet;
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

#[test]
fn a_hundred_random_mixes_stay_in_order_of_how_good_they_were() {
    let mixes: Vec<Mix> = (0..100)
        .zip(SHELF.stories.iter().cycle())
        .map(|(seed, story)| {
            let bits = drawn(seed);
            let is_good = |turn: usize| bits >> turn & 1 == 1;
            let played = play(story, seed, is_good);
            let turns = played.turns();
            let good = (0..turns.len()).filter(|turn| is_good(*turn)).count();
            let well = heat(&play(story, seed, |_| true));
            let badly = heat(&play(story, seed, |_| false));
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
        out_of_order * 20 <= in_order,
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
