//! Five lines for the one who comes: what they ask, what is known, what was tried, what was promised,
//! and how warm the words are. Made from the reading, so that the customer repeats nothing.

use unruffled_engine::{Fact, FactKind, Heat, Reading, Safety, Span};

/// So many things on a line: more would be the letter again.
const THINGS_MAX: usize = 3;
/// One thing, cut where it is longer.
const THING_CHARS_MAX: usize = 160;

/// One of the five.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub label: &'static str,
    /// What there is to say, or one sentence that there is nothing.
    pub things: Vec<String>,
    /// Whether the things are the customer's own words.
    pub theirs: bool,
}

/// What the desk knows beside the letter; the reading's own words stand where it knows nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    /// Facts with what the records say of them.
    pub facts: Vec<String>,
    /// Promises of ours that are still open or were broken.
    pub promises: Vec<String>,
}

/// The five lines, always five and always in this order.
pub fn five_lines(reading: &Reading, before: Option<Heat>, known: &Known) -> [Line; 5] {
    let asks = reading.asks.iter().map(|ask| &ask.span);
    // What can be looked up goes first; how many or how long somebody says comes last.
    let mut facts: Vec<&Fact> = reading
        .facts
        .iter()
        .filter(|fact| fact.kind != FactKind::WeSaid)
        .collect();
    facts.sort_by_key(|fact| (weight(fact.kind), fact.span.start));
    facts.truncate(THINGS_MAX);
    let facts = facts.into_iter().map(|fact| &fact.span);
    let told = reading.told.iter().map(|told| &told.span);
    let we_said = reading
        .facts
        .iter()
        .filter(|fact| fact.kind == FactKind::WeSaid)
        .map(|fact| &fact.span);
    [
        theirs("They ask", asks, "Nothing that is put as a question."),
        first_of(
            &known.facts,
            theirs("Facts", facts, "None that could be looked up."),
        ),
        theirs(
            "They have tried",
            cue(reading, "C18"),
            "Nothing that they say.",
        ),
        first_of(
            &known.promises,
            theirs(
                "Promised",
                told.chain(we_said).chain(cue(reading, "C10")),
                "Nothing that they say.",
            ),
        ),
        Line {
            label: "The words",
            things: vec![warmth(reading, before)],
            theirs: false,
        },
    ]
}

fn weight(kind: FactKind) -> u8 {
    match kind {
        FactKind::Reference | FactKind::Amount => 0,
        FactKind::Date | FactKind::Phone | FactKind::Email => 1,
        FactKind::Time | FactKind::Duration => 2,
        FactKind::Count | FactKind::WeSaid => 3,
    }
}

fn cue<'a>(reading: &'a Reading, code: &'a str) -> impl Iterator<Item = &'a Span> {
    reading
        .cues
        .iter()
        .filter(move |cue| cue.code == code)
        .flat_map(|cue| &cue.evidence)
}

fn theirs<'a>(
    label: &'static str,
    spans: impl Iterator<Item = &'a Span>,
    nothing: &'static str,
) -> Line {
    let things = apart(spans.collect());
    if things.is_empty() {
        return Line {
            label,
            things: vec![nothing.to_owned()],
            theirs: false,
        };
    }
    Line {
        label,
        things,
        theirs: true,
    }
}

/// What the desk knows goes before what the letter says.
fn first_of(known: &[String], line: Line) -> Line {
    if known.is_empty() {
        return line;
    }
    Line {
        things: known.iter().take(THINGS_MAX).map(|it| cut(it)).collect(),
        theirs: false,
        ..line
    }
}

/// The longest of overlapping words and each wording once, in the order of the letter.
fn apart(mut spans: Vec<&Span>) -> Vec<String> {
    spans.sort_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
    let mut end = 0;
    let mut things: Vec<String> = Vec::new();
    for span in spans {
        if span.start < end && !things.is_empty() {
            continue;
        }
        let words = cut(&span.text);
        if !things.contains(&words) {
            end = span.end;
            things.push(words);
        }
    }
    things.truncate(THINGS_MAX);
    things
}

fn cut(words: &str) -> String {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.chars().count() <= THING_CHARS_MAX {
        return words;
    }
    let kept: String = words.chars().take(THING_CHARS_MAX - 2).collect();
    format!("{} …", kept.trim_end())
}

/// Said of the words, never of a person.
fn warmth(reading: &Reading, before: Option<Heat>) -> String {
    match reading.safety {
        Some(Safety::Risk) => return "Somebody may be at risk.".to_owned(),
        Some(Safety::Abuse) => return "They cross a line.".to_owned(),
        None => {}
    }
    let is = match reading.heat {
        Heat::Quiet => "quiet",
        Heat::Warm => "warm",
        Heat::Hot => "hot",
        Heat::VeryHot => "very hot",
    };
    let than_before = match before {
        Some(before) if reading.heat > before => ", warmer than before",
        Some(before) if reading.heat < before => ", cooler than before",
        _ => "",
    };
    format!("{is}{than_before}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use unruffled_engine::{Engine, MessageInput};

    fn read(text: &str) -> Reading {
        Engine::embedded().read(&MessageInput {
            text,
            ..Default::default()
        })
    }

    #[test]
    fn a_hot_letter_makes_five_lines_in_its_own_words() {
        let reading = read(
            "I was told it would be refunded by the 5th. I have rung twice and restarted the box. \
             Order 88213, 42.10 GBP. This is a complete joke! Why was I never told? When do I get my money?",
        );
        let lines = five_lines(&reading, Some(Heat::Quiet), &Known::default());
        let labels = lines.each_ref().map(|line| line.label);
        assert_eq!(
            labels,
            [
                "They ask",
                "Facts",
                "They have tried",
                "Promised",
                "The words"
            ]
        );
        assert!(lines[0].theirs && lines[0].things.len() == 2, "{lines:?}");
        assert!(lines[1].things.iter().any(|it| it.contains("88213")));
        assert!(lines[3].things.iter().any(|it| it.contains("refunded")));
        assert!(
            lines[4].things[0].ends_with("warmer than before"),
            "{lines:?}"
        );
    }

    #[test]
    fn what_is_not_there_is_said_to_be_not_there() {
        let lines = five_lines(&read("The pool was lovely."), None, &Known::default());
        assert_eq!(lines[0].things, ["Nothing that is put as a question."]);
        assert!(lines[..4].iter().all(|line| !line.theirs));
        assert_eq!(lines[4].things, ["quiet"]);
    }

    #[test]
    fn what_the_desk_knows_goes_before_what_the_letter_says() {
        let known = Known {
            facts: vec!["not on the list: mailing list, 10:02".to_owned()],
            promises: vec!["a call by Friday, not kept".to_owned()],
        };
        let lines = five_lines(
            &read("Order 88213. You said it is in the mail."),
            None,
            &known,
        );
        assert_eq!(lines[1].things, known.facts);
        assert_eq!(lines[3].things, known.promises);
    }

    #[test]
    fn a_line_holds_three_things_and_none_is_a_letter() {
        let long = format!("Could you tell me {}?", "why ".repeat(100));
        let many = "Where is it? When does it come? Who has it? What do I do? Can I swim?";
        let lines = five_lines(&read(&long), None, &Known::default());
        assert!(lines[0].things[0].chars().count() <= THING_CHARS_MAX);
        assert!(lines[0].things[0].ends_with('…') || !lines[0].theirs);
        let lines = five_lines(&read(many), None, &Known::default());
        assert_eq!(lines[0].things.len(), THINGS_MAX);
    }

    #[test]
    fn a_risk_is_named_and_not_measured() {
        let lines = five_lines(&read("I smell gas in the flat."), None, &Known::default());
        assert_eq!(lines[4].things, ["Somebody may be at risk."]);
    }
}
