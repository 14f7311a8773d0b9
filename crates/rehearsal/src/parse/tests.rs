//! Files as they should be, and as they should not.

use super::*;

const WHOLE: &str = r#"+++
trade    = "lamp shop"
what_if  = "H2"
level    = "easy"
customer = "I. Lund"
heat     = "quiet"
trust    = "there"
clarity  = "mostly"
behind   = "He writes from a train."
plan     = "If a letter has three words, then my answer begins with the answer."
facts    = ["£36 was paid", "claimed: the lamp is green"]
+++

# Three words

You sell lamps.

## They write
Refund. Order 7781.

### Well
Refunded.
---
Done: £36.

### Badly
Dear customer, please bear with us.

### Asks
- Can you refund it?
  again: The refund?
  answer: it is refunded
  and on the card

### When put off
- Until when?

## They write
When?

### Well
Thursday.

### Badly
Soon.

### Asks
- When will it come?
  again: When?
  answer: it comes on Thursday

## Calm
- Fine.

## Hot
- Bye.
"#;

fn says(source: &str) -> Vec<String> {
    parse("lamp.md", source)
        .expect_err("it has faults")
        .iter()
        .map(ToString::to_string)
        .collect()
}

#[test]
fn a_story_is_read_whole() {
    let story = parse("ours/three-words.md", WHOLE).expect("it is well");
    assert_eq!(
        (story.id.as_str(), story.title.as_str()),
        ("three-words", "Three words")
    );
    assert_eq!(story.letters.len(), 2);
    assert_eq!(story.letters[0].well, ["Refunded.", "Done: £36."]);
    assert_eq!(
        story.letters[0].asks[0].answers,
        ["it is refunded and on the card"]
    );
    assert_eq!(story.letters[0].reactions[0].lines, ["Until when?"]);
    assert_eq!(story.facts[1].state, unruffled_engine::FactState::Claimed);
}

#[test]
fn every_fault_is_told_at_once_with_its_line() {
    let broken = WHOLE
        .replace("level    = \"easy\"", "level    = \"nasty\"")
        .replace("plan     = ", "plans    = ")
        .replace("### When put off", "### When shouted at")
        .replace("  again: The refund?\n", "")
        .replace("## Calm\n- Fine.\n", "");
    let told = says(&broken);
    for part in [
        "lamp.md:1: `plan` is missing",
        "lamp.md:4: `level`: `nasty` is none of easy, middle, hard, very hard",
        "`plans` is no key of a story",
        "lamp.md:30: `Can you refund it?` needs an `again:`",
        "`When shouted at` is no heading under a letter",
        "the story lacks its `## Calm`",
    ] {
        assert!(
            told.iter().any(|fault| fault.contains(part)),
            "{part}: {told:#?}"
        );
    }
}

#[test]
fn what_is_no_story_is_told_and_never_a_panic() {
    for source in [
        "",
        "+++\n",
        "# A title",
        "+++\n+++\n",
        "+++\na = \n+++\n# X\n#### Y\n",
        "+++\nfacts = 3\n+++\n",
    ] {
        assert!(!says(source).is_empty(), "{source:?}");
    }
}

#[test]
fn a_story_cut_off_anywhere_is_told_and_never_a_panic() {
    for (at, _) in WHOLE.char_indices() {
        let _ = parse("lamp.md", &WHOLE[..at]);
        let _ = parse("lamp.md", &WHOLE[at..]);
    }
}
