//! The style of one message: read from its own words, shown with them, and nothing read into a person.

use unruffled_engine::{Engine, Formality, Length, MessageInput, Style};

fn style(text: &str) -> Style {
    Engine::embedded()
        .read(&MessageInput {
            text,
            ..Default::default()
        })
        .style
}

#[test]
fn length_is_counted_in_the_writers_own_words() {
    assert_eq!(style("Refund. Order 7781.").length, Length::Short);
    let usual = "The kettle leaks from the base since Monday, and I would like to know whether I can bring it to the shop.";
    assert_eq!(style(usual).length, Length::Usual);
    assert_eq!(style(&usual.repeat(7)).length, Length::Long);
    let quoted = format!("Yes please.\n\n> {}", usual.repeat(7));
    assert_eq!(style(&quoted).length, Length::Short);
}

#[test]
fn a_formal_letter_is_formal_by_words_that_are_shown() {
    let text = "Dear Sir or Madam,\n\nI am writing with regard to the invoice of 3 May. I would be grateful for a copy.\n\nYours faithfully,\nB. Moreau";
    let style = style(text);
    assert_eq!(style.formality, Formality::Formal);
    assert!(style.formal_words.len() >= 2);
    for span in &style.formal_words {
        assert_eq!(&text[span.start..span.end], span.text);
    }
    assert_eq!(
        style.greets.map(|span| span.text).as_deref(),
        Some("Dear Sir or Madam")
    );
}

#[test]
fn one_formal_phrase_or_a_plain_one_beside_it_is_plain() {
    assert_eq!(
        style("Thank you in advance, and where is my parcel?").formality,
        Formality::Plain
    );
    assert_eq!(
        style("Hey guys, I am writing regarding the lamp, I would be grateful for a new one lol")
            .formality,
        Formality::Plain
    );
    assert_eq!(style("where is my parcel").formal_words, []);
}

#[test]
fn no_greeting_is_no_greeting() {
    assert_eq!(style("where is my parcel").greets, None);
    assert_eq!(
        style("Hi Ana,\n\nwhere is my parcel?")
            .greets
            .map(|span| span.text)
            .as_deref(),
        Some("Hi Ana")
    );
}

#[test]
fn plain_steps_are_wanted_only_where_they_say_so() {
    let told = style("I can't see well and these menus confuse me. How do I pay?");
    assert!(!told.asks_for_plain_steps.is_empty());
    for silent in [
        "How do I pay? Yours, Ethel Higginbottom, born 1938",
        "Please to explain how pay. Regards, Nguyen",
        "hw do i pay lol",
        "My grandmother gave me a card. How do I pay with it?",
    ] {
        assert_eq!(style(silent).asks_for_plain_steps, [], "{silent}");
    }
}

#[test]
fn the_same_words_under_another_name_have_the_same_style() {
    let letter = |name: &str| style(&format!("Hello,\n\nwhere is my parcel?\n\n{name}"));
    let mut styles = [
        "Jo Smith",
        "Oluwaseun Adeyemi",
        "Nguyen Thi Mai",
        "Hans-Peter Graf",
    ]
    .map(letter);
    for style in &mut styles {
        style.words = 0;
    }
    assert!(styles.iter().all(|style| *style == styles[0]));
}

#[test]
fn an_empty_message_has_a_style_too() {
    let style = style("");
    assert_eq!((style.length, style.words), (Length::Short, 0));
}
