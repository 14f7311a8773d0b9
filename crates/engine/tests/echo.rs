//! What a draft says back of the customer's words, and whether it does so before it explains.

use unruffled_engine::{DraftInput, Echo, Engine};

fn echo(message: &str, draft: &str) -> Echo {
    Engine::embedded()
        .review(&DraftInput {
            draft,
            message: Some(message),
            ..Default::default()
        })
        .echo
        .expect("there is a message to say back")
}

fn words(echo: &Echo) -> Vec<&str> {
    echo.words.iter().map(|span| span.text.as_str()).collect()
}

const LEAK: &str = "The washing machine leaked on Sunday and my kitchen floor is ruined.";

#[test]
fn their_own_words_are_found_where_the_draft_first_uses_each() {
    let draft = "A leaking washing machine on a Sunday. The machine is ours to replace.";
    let echo = echo(LEAK, draft);
    assert_eq!(words(&echo), ["leaking", "washing", "machine", "Sunday"]);
    for span in &echo.words {
        assert_eq!(&draft[span.start..span.end], span.text);
    }
}

#[test]
fn a_situation_named_first_is_shown_whole() {
    let echo = echo(
        LEAK,
        "Your washing machine leaked over the kitchen floor. The reason is a seal that we fitted badly.",
    );
    assert_eq!(
        echo.named_before_explaining
            .map(|span| span.text)
            .as_deref(),
        Some("Your washing machine leaked over the kitchen floor")
    );
}

#[test]
fn one_word_of_theirs_beside_an_apology_names_it() {
    let echo = echo(LEAK, "I'm sorry about the floor. A fitter comes on Monday.");
    assert_eq!(
        echo.named_before_explaining
            .map(|span| span.text)
            .as_deref(),
        Some("I'm sorry about the floor")
    );
}

#[test]
fn what_is_explained_first_is_not_named_first() {
    let echo = echo(
        LEAK,
        "Our system only accepts claims within a week. Your washing machine leaked on Sunday.",
    );
    assert_eq!(echo.named_before_explaining, None);
    assert!(words(&echo).contains(&"washing"));
}

#[test]
fn an_empty_acknowledgement_says_nothing_back() {
    let echo = echo(
        LEAK,
        "Thank you for your message. We understand your concern.",
    );
    assert_eq!(echo, Echo::default());
}

#[test]
fn a_word_of_the_same_family_names_but_is_not_their_word() {
    let echo = echo(
        "You charged my card twice for the broken lamp.",
        "Two payments for one faulty lamp. I've sent one back.",
    );
    assert_eq!(words(&echo), ["lamp"]);
    assert!(echo.named_before_explaining.is_some());
}

#[test]
fn a_quotation_is_not_said_back() {
    let echo = echo(LEAK, "> The washing machine leaked\nNoted.");
    assert_eq!(echo.words, []);
}

#[test]
fn without_a_message_there_is_nothing_to_say_back() {
    let review = Engine::embedded().review(&DraftInput {
        draft: "Your washing machine leaked.",
        ..Default::default()
    });
    assert_eq!(review.echo, None);
}
