//! A story made from a moment without names: what is known of it stands there, and what a person has to write waits as `…`.

use unruffled_engine::{Engine, Heat, MessageInput};

/// What waits to be written: a line with nothing else in it.
pub const WAITS: &str = "…";

/// Letters that a story takes over; the rest of a long moment is told in a sentence by whoever makes it.
const LETTERS_TAKEN: usize = 3;
/// Asks of one letter that are taken over.
const ASKS_TAKEN: usize = 4;

/// A moment as it may be told: who spoke, and what they said, already without names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Telling {
    pub theirs: bool,
    pub words: String,
}

/// The story as a file. It is read by a person before anybody rehearses with it.
pub fn made_from(engine: &Engine, title: &str, told: &[Telling]) -> String {
    let mut letters: Vec<(String, String)> = Vec::new();
    for part in told {
        let taken = letters.len();
        match (part.theirs, letters.last_mut()) {
            (true, Some((words, answer))) if answer.is_empty() => {
                words.push_str("\n\n");
                words.push_str(&plain(&part.words));
            }
            (true, _) if taken < LETTERS_TAKEN => {
                letters.push((plain(&part.words), String::new()));
            }
            (false, Some((_, answer))) if answer.is_empty() => *answer = plain(&part.words),
            _ => {}
        }
    }
    while letters.len() < 2 {
        letters.push((WAITS.to_owned(), String::new()));
    }
    let first = engine.read(&MessageInput {
        text: &letters[0].0,
        ..MessageInput::default()
    });
    let what_if = first
        .what_if
        .as_ref()
        .map_or("H1", |what_if| what_if.code.as_str());
    let heat = match first.heat {
        Heat::Quiet | Heat::Warm => "warm",
        Heat::Hot => "hot",
        Heat::VeryHot => "very hot",
    };
    let mut story = format!(
        "+++\ntrade    = \"{WAITS}\"\nwhat_if  = \"{what_if}\"\nlevel    = \"middle\"\ncustomer = \"The customer\"\nheat     = \"{heat}\"\n\
         trust    = \"thin\"\nclarity  = \"partly\"\nfacts    = [\n  \"{WAITS}\",\n]\noffers   = [\"{WAITS}\"]\nbehind   = \"{WAITS}\"\n\
         plan     = \"If {WAITS}, then I {WAITS}.\"\n+++\n\n# {}\n\n{WAITS}\n",
        one_line(title)
    );
    for (words, answer) in &letters {
        letter(engine, &mut story, words, answer);
    }
    story.push_str(&format!("\n## Calm\n- {WAITS}\n\n## Hot\n- {WAITS}\n"));
    story
}

fn letter(engine: &Engine, story: &mut String, words: &str, answer: &str) {
    let well = if answer.is_empty() { WAITS } else { answer };
    story.push_str(&format!(
        "\n## They write\n{words}\n\n### Well\n{well}\n\n### Badly\n{WAITS}\n\n### Asks\n"
    ));
    let read = engine.read(&MessageInput {
        text: words,
        ..MessageInput::default()
    });
    let asks: Vec<String> = read
        .asks
        .iter()
        .take(ASKS_TAKEN)
        .map(|ask| one_line(&ask.span.text))
        .filter(|ask| !ask.is_empty())
        .collect();
    for ask in asks
        .iter()
        .map(String::as_str)
        .chain(asks.is_empty().then_some(WAITS))
    {
        story.push_str(&format!("- {ask}\n  again: {WAITS}\n  answer: {WAITS}\n"));
    }
}

/// Lines that would be headings, or the line between versions, are words here.
fn plain(words: &str) -> String {
    let lines = words.trim().lines().map(|line| {
        let line = line.trim_end();
        match line.starts_with(['#', '+']) || line == "---" {
            true => format!(" {line}"),
            false => line.to_owned(),
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Lines of a story that still wait for somebody's words, by their number: they hold nothing else, or it in quotes or after "If".
pub fn waiting(text: &str) -> Vec<usize> {
    let waits = |line: &str| {
        let said = line.trim().trim_start_matches("- ");
        let said = said.strip_prefix("again:").unwrap_or(said);
        let said = said.strip_prefix("answer:").unwrap_or(said);
        said.trim() == WAITS || line.contains("\"…\"") || line.contains("\"If …")
    };
    let lines = text.lines().enumerate();
    lines
        .filter(|(_, line)| waits(line))
        .map(|(at, _)| at + 1)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told() -> Vec<Telling> {
        let says = |theirs, words: &str| Telling {
            theirs,
            words: words.to_owned(),
        };
        vec![
            says(
                true,
                "I was promised a call on Tuesday and nobody rang. Where is my order?\n# not a heading",
            ),
            says(
                false,
                "You were promised a call, and nobody rang. I'm sorry.",
            ),
            says(true, "And when will it come?"),
        ]
    }

    #[test]
    fn a_moment_becomes_a_story_whose_gaps_are_a_persons_to_fill() {
        let text = made_from(&Engine::embedded(), "An order that was late", &told());
        assert!(
            text.contains("### Well\nYou were promised a call"),
            "{text}"
        );
        assert!(text.contains("- Where is my order"), "{text}");
        assert!(text.contains("\n # not a heading"), "{text}");
        assert!(!waiting(&text).is_empty());
        let filled = text.replace(WAITS, "words of ours");
        assert_eq!(waiting(&filled), Vec::<usize>::new());
        let parsed = unruffled_rehearsal::parse("an-order.md", &filled);
        assert!(parsed.is_ok(), "{parsed:?}\n{filled}");
    }
}
