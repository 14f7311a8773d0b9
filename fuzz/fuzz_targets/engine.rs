//! Any text can be read and reviewed; every span lies on the text that was given, and twice the same gives the same.
#![no_main]

use std::sync::LazyLock;
use unruffled_engine::{DraftInput, Earlier, Engine, From, KnownFact, MessageInput, Reading, Review, Span};

static ENGINE: LazyLock<Engine> = LazyLock::new(Engine::embedded);
static NOW: LazyLock<jiff::Zoned> =
    LazyLock::new(|| "2026-05-04T10:02:00+01:00[Europe/London]".parse().expect("a time"));

/// What stands between the message, the draft and what was written before.
const CUT: &str = "\n---\n";

fn lies_on(span: &Span, text: &str) {
    assert_eq!(text.get(span.start..span.end), Some(span.text.as_str()));
}

fn check_reading(reading: &Reading, message: &str) {
    let what_ifs = reading.what_if.iter().chain(&reading.other_what_ifs);
    let evidence = what_ifs.flat_map(|what_if| &what_if.evidence);
    let cues = reading.cues.iter().flat_map(|cue| &cue.evidence);
    let asks = reading.asks.iter().map(|ask| &ask.span);
    let facts = reading.facts.iter().map(|fact| &fact.span);
    let deadline = reading.deadline.iter().map(|deadline| &deadline.span);
    for span in evidence.chain(cues).chain(asks).chain(facts).chain(deadline) {
        lies_on(span, message);
    }
}

fn check_review(review: &Review, draft: &str) {
    let notes = review.notes.iter().map(|note| &note.span);
    let virtues = review.virtues.iter().map(|virtue| &virtue.span);
    let promises = review.promises.iter().map(|promise| &promise.span);
    let answers = review.asks.iter().filter_map(|ask| ask.by.as_ref());
    for span in notes.chain(virtues).chain(promises).chain(answers) {
        lies_on(span, draft);
    }
    for fix in review.notes.iter().filter_map(|note| note.fix.as_ref()) {
        assert!(draft.get(fix.start..fix.end).is_some(), "a repair lies beside the draft: {fix:?}");
    }
}

libfuzzer_sys::fuzz_target!(|text: &str| {
    let mut parts = text.splitn(4, CUT);
    let message = parts.next().unwrap_or_default();
    let draft = parts.next().unwrap_or(message);
    let earlier: Vec<Earlier> = parts
        .next()
        .into_iter()
        .flat_map(|part| part.split("\n\n"))
        .zip([From::Customer, From::Agent, From::Customer].into_iter().cycle())
        .take(6)
        .map(|(text, from)| Earlier { from, text: text.to_owned() })
        .collect();
    let facts: Vec<KnownFact> = parts
        .next()
        .into_iter()
        .flat_map(str::lines)
        .take(8)
        .map(|line| KnownFact { text: line.to_owned(), state: Default::default(), source: None })
        .collect();
    let message_input = MessageInput { text: message, earlier: &earlier, now: Some(&NOW), ..Default::default() };
    let reading = ENGINE.read(&message_input);
    check_reading(&reading, message);
    assert_eq!(reading, ENGINE.read(&message_input));

    let input = DraftInput {
        draft,
        message: Some(message),
        reading: None,
        earlier: &earlier,
        facts: &facts,
        customer_name: message.lines().last(),
        now: Some(&NOW),
        answers: &[],
        statements: &[],
        leans: &[],
    };
    let review = ENGINE.review(&input);
    check_review(&review, draft);
    assert_eq!(review, ENGINE.review(&input));
    check_review(&ENGINE.review(&DraftInput { draft, ..Default::default() }), draft);
});
