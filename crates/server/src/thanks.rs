//! Thanks in a customer's words (C28), offered to those whose work it was, and to nobody else.
//!
//! Worked out each time a page is opened, and forgotten with it: what somebody does with thanks is theirs, and the desk
//! never hears of it.

use unruffled_engine::{Heat, Reading, Span};
use unruffled_store::{Direction, Message};

use crate::reader::Heard;
use crate::sheets::{Person, ThanksSheet};
use crate::{Desk, limits};

/// Names that end with a stop without ending a sentence.
const SHORT_FORMS: [&str; 7] = ["Mr", "Mrs", "Ms", "Mx", "Dr", "St", "Prof"];

/// Whom the thanks of the customer's last words are for.
pub enum Thanks {
    /// This agent, and these are the words.
    Mine(ThanksSheet),
    /// A colleague, who has not got the conversation.
    Theirs(Person),
}

/// `read` is the reading of the customer's last words, where there is one.
pub fn of(
    desk: &Desk,
    (agent_id, assignee_id): (&str, Option<&str>),
    members: &[Person],
    thread: &[Message],
    heard: &Heard,
    read: Option<&Reading>,
) -> Option<Thanks> {
    let anew;
    let reading = match read {
        Some(reading) => reading,
        None => {
            anew = heard.read(desk);
            &anew
        }
    };
    let ironic = reading.cues.iter().any(|cue| cue.code == "C06");
    // Praise in hot words is seldom praise, and where somebody is at risk it is not the time.
    if reading.heat >= Heat::Hot || reading.safety.is_some() || ironic {
        return None;
    }
    let thanks = reading.cues.iter().filter(|cue| cue.code == "C28");
    let spans: Vec<&Span> = thanks.flat_map(|cue| &cue.evidence).collect();
    let words = sentences(&heard.text, &spans);
    let at = thread
        .iter()
        .position(|message| message.id.as_str() == heard.message_id)?;
    let letter = format!("{}\n{}", thread[at].subject, heard.text);
    if words.is_empty() {
        return None;
    }
    let whose = whose(&words, &letter, members, &thread[..at], assignee_id);
    if whose.contains(&agent_id) {
        return Some(Thanks::Mine(ThanksSheet {
            message_id: heard.message_id.clone(),
            words,
        }));
    }
    let reached = assignee_id.is_some_and(|id| whose.contains(&id));
    let theirs = members
        .iter()
        .find(|member| !reached && whose.contains(&member.id.as_str()))?;
    Some(Thanks::Theirs(theirs.clone()))
}

/// Those whom the thanks name; else those who answered before they came; else whoever has the conversation.
fn whose<'a>(
    words: &str,
    letter: &str,
    members: &'a [Person],
    before: &'a [Message],
    assignee_id: Option<&'a str>,
) -> Vec<&'a str> {
    for text in [words, letter] {
        let named = members.iter().filter(|member| names(text, &member.name));
        let named: Vec<&str> = named.map(|member| member.id.as_str()).collect();
        if !named.is_empty() {
            return named;
        }
    }
    let answered = before
        .iter()
        .filter(|message| message.direction != Direction::Note)
        .filter_map(|message| message.author_id.as_ref());
    let mut whose: Vec<&str> = answered.map(|id| id.as_str()).collect();
    if whose.is_empty() {
        whose.extend(assignee_id);
    }
    whose
}

/// Whether a text calls somebody by their first name.
fn names(text: &str, name: &str) -> bool {
    let first = name.split_whitespace().next().unwrap_or_default();
    !first.is_empty()
        && text
            .split(|letter: char| !letter.is_alphanumeric())
            .any(|word| word == first)
}

/// The whole sentences in which these words stand, in their order; those that do not follow each other are parted.
fn sentences(text: &str, spans: &[&Span]) -> String {
    let mut parts: Vec<(usize, usize)> = spans
        .iter()
        .map(|span| (begin(text, span.start), end(text, span.end)))
        .collect();
    parts.sort_unstable();
    let mut out = String::new();
    let mut last_end = None;
    for (from, to) in parts {
        if last_end.is_some_and(|last| to <= last) {
            continue;
        }
        if let Some(last) = last_end.filter(|last| *last < from) {
            let between = &text[last..from];
            out.push_str(if between.trim().is_empty() {
                " "
            } else {
                " … "
            });
        }
        let from = last_end.map_or(from, |last| from.max(last));
        let line = text[from..to].split_whitespace();
        out.push_str(&line.collect::<Vec<_>>().join(" "));
        last_end = Some(to);
    }
    let most = limits::KEEPSAKE_CHARS_MAX;
    if let Some((cut, _)) = out.char_indices().nth(most) {
        out.truncate(cut);
        out.push('…');
    }
    out
}

/// Where the sentence begins in which this byte stands.
fn begin(text: &str, at: usize) -> usize {
    let at = text.floor_char_boundary(at);
    let starts = text[..at].char_indices().rev();
    let from = starts
        .map(|(index, _)| index)
        .find(|index| is_break(text, *index))
        .map_or(0, |index| index + 1);
    let rest = &text[from..];
    from + (rest.len() - rest.trim_start_matches([' ', '\n', '\t', '\r']).len())
}

/// Where it ends, with the mark that ends it.
fn end(text: &str, at: usize) -> usize {
    let at = text.ceil_char_boundary(at);
    // The words themselves may take the mark in.
    if at > 0 && is_break(text, text.floor_char_boundary(at - 1)) {
        return at;
    }
    text[at..]
        .char_indices()
        .map(|(index, _)| at + index)
        .find(|index| is_break(text, *index))
        .map_or(text.trim_end().len().max(at), |index| {
            let mark = text[index..].chars().next();
            index + mark.filter(|it| *it != '\n').map_or(0, char::len_utf8)
        })
}

/// Whether the character here is the last of its sentence: a mark before a space, or an empty line.
fn is_break(text: &str, at: usize) -> bool {
    let mut rest = text[at..].chars();
    let Some(mark) = rest.next() else {
        return false;
    };
    let next = rest.next();
    match mark {
        '\n' => next.is_none() || rest.as_str().is_empty() || next == Some('\n'),
        '.' | '!' | '?' => {
            let word = text[..at].rsplit(|it: char| !it.is_alphabetic()).next();
            next.is_none_or(char::is_whitespace)
                && !word.is_some_and(|it| SHORT_FORMS.contains(&it))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, words: &[&str], expect: &str) {
        let spans: Vec<Span> = words
            .iter()
            .map(|words| {
                let start = text.find(words).expect("the words stand there");
                Span {
                    start,
                    end: start + words.len(),
                    text: (*words).to_owned(),
                }
            })
            .collect();
        assert_eq!(sentences(text, &spans.iter().collect::<Vec<_>>()), expect);
    }

    #[test]
    fn thanks_are_kept_as_whole_sentences() {
        check(
            "Hello,\n\nit opened at once. Thank you so\nmuch for that! We went in.\n\nRosa",
            &["Thank you"],
            "Thank you so much for that!",
        );
        check("thank you", &["thank you"], "thank you");
        check(
            "Thanks, Mr. Okoro.\n\nR. Lind",
            &["Thanks"],
            "Thanks, Mr. Okoro.",
        );
        check("", &[], "");
        check(
            "Merci, thank you ünd 🙂! Bye.",
            &["thank you"],
            "Merci, thank you ünd 🙂!",
        );
    }

    #[test]
    fn sentences_that_do_not_follow_each_other_are_parted() {
        let text = "You were so kind. The bus was late. Many thanks again.";
        check(
            text,
            &["so kind", "Many thanks"],
            "You were so kind. … Many thanks again.",
        );
        check(text, &["so kind", "You were"], "You were so kind.");
        check(
            "So kind of you. Thank you.",
            &["So kind", "Thank you"],
            "So kind of you. Thank you.",
        );
    }

    #[test]
    fn somebody_is_named_by_their_first_name_as_a_word() {
        assert!(names("Thank you, Ben.", "Ben Okoro"));
        assert!(!names("The bench is lovely.", "Ben Okoro"));
        assert!(!names("Thank you.", ""));
    }
}
