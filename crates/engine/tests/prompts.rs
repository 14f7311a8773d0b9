//! What the practice offers at a moment, on what words, and what it never offers.

use unruffled_engine::{CardKind, DraftInput, Engine, MessageInput, Prompt};

fn of_message(text: &str) -> Vec<Prompt> {
    Engine::embedded()
        .read(&MessageInput {
            text,
            ..Default::default()
        })
        .prompts
}

fn of_draft(message: &str, draft: &str) -> Vec<Prompt> {
    Engine::embedded()
        .review(&DraftInput {
            draft,
            message: Some(message),
            ..Default::default()
        })
        .prompts
}

fn codes(prompts: &[Prompt]) -> Vec<&str> {
    let mut codes: Vec<&str> = prompts.iter().map(|p| p.code.as_str()).collect();
    codes.sort();
    codes
}

#[test]
fn there_are_eight_and_each_says_what_it_never_is() {
    let engine = Engine::embedded();
    let prompts: Vec<_> = engine
        .cards()
        .filter(|card| card.kind == CardKind::Prompt)
        .collect();
    let mut codes: Vec<_> = prompts.iter().map(|card| &card.front.code).collect();
    codes.sort();
    assert_eq!(
        codes,
        ["P01", "P02", "P03", "P04", "P05", "P06", "P07", "P08"]
    );
    let mut keys: Vec<_> = prompts.iter().map(|card| &card.front.key).collect();
    keys.sort();
    keys.dedup();
    assert_eq!(keys.len(), 8, "each has a key of its own: {keys:?}");
    assert!(prompts.iter().all(|card| !card.front.never.is_empty()));
}

#[test]
fn a_hot_message_offers_a_breath_for_the_words_that_are_hot() {
    let text = "This is a complete joke of a service, and you are useless.";
    let prompts = of_message(text);
    let breath = prompts.iter().find(|p| p.code == "P01").expect("it is hot");
    assert!(!breath.evidence.is_empty());
    for span in &breath.evidence {
        assert_eq!(&text[span.start..span.end], span.text);
    }
}

#[test]
fn a_quiet_question_is_offered_nothing() {
    assert_eq!(of_message("Is the pool open on Sunday?"), []);
    assert_eq!(of_draft("Is the pool open?", "Yes, from nine."), []);
}

#[test]
fn what_they_say_we_said_lines_up_the_facts() {
    let prompts = of_message("Your colleague told me on Monday that the refund was sent.");
    assert!(codes(&prompts).contains(&"P02"), "{prompts:?}");
}

#[test]
fn a_no_with_nothing_else_offers_the_options_on_its_own_words() {
    let draft = "Unfortunately we cannot refund this.";
    let prompts = of_draft("Can I get my money back for the lamp?", draft);
    let options = prompts
        .iter()
        .find(|p| p.code == "P03")
        .expect("a no wants options");
    for span in &options.evidence {
        assert_eq!(&draft[span.start..span.end], span.text);
    }
}

#[test]
fn one_what_if_is_offered_and_never_two() {
    let prompts = of_message(
        "I was told it would be refunded by the 5th. You keep telling me different things, and the wedding is on Saturday.",
    );
    assert_eq!(prompts.iter().filter(|p| p.code == "P05").count(), 1);
}

#[test]
fn thanks_may_be_kept_and_irony_may_not() {
    assert!(codes(&of_message("Thank you so much, you saved our holiday!")).contains(&"P06"));
    assert!(!codes(&of_message("Thanks for nothing, it broke again.")).contains(&"P06"));
}

#[test]
fn where_somebody_is_at_risk_only_people_are_offered() {
    let prompts = of_message(
        "This is a joke of a service. If the oxygen doesn't come today my husband cannot breathe tonight. I was told Monday.",
    );
    assert_eq!(codes(&prompts), ["P04"]);
}

#[test]
fn what_depends_on_time_or_on_the_person_is_never_offered_by_the_engine() {
    for text in [
        "I have had a hard day and need a break.",
        "This is a complete joke of a service, and you are useless.",
        "It is the end of your shift, write in your journal.",
    ] {
        let offered = of_message(text);
        assert!(
            !offered
                .iter()
                .any(|p| matches!(p.code.as_str(), "P07" | "P08")),
            "{text}"
        );
    }
}

#[test]
fn a_prompt_card_with_neither_words_nor_a_rule_is_refused() {
    let card = |front: &str| {
        let text = format!(
            "+++\ncode = \"P99\"\nsays = \"Tea?\"\nkey = \"t\"\nnever = [\"cold\"]\n{front}\n+++\n\n# Tea\n\nWhy.\n\n## Fires\nA hot thing.\n\n## Stays quiet\nA cup.\n"
        );
        Engine::of_cards([("prompts/tea.md", text.as_str())])
            .err()
            .map(|faults| faults.iter().map(|f| f.says.clone()).collect::<Vec<_>>())
    };
    assert!(card("").is_some());
    assert!(
        card("offer = [\"often\"]").is_some_and(|says| says[0].contains("`often` offers nothing"))
    );
    assert_eq!(card("offer = [\"hot\"]"), None);
    assert_eq!(card("rule = \"At four o'clock.\""), None);
}
