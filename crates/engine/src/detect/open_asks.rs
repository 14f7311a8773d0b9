//! "open-asks": something that the customer asked has no answer in the draft yet.

use super::hit;
use crate::deck::Hit;
use crate::review::answered;
use crate::scene::Scene;

/// A draft of fewer words is still being begun.
const WORDS_MIN: usize = 3;

pub fn find(scene: &Scene<'_>) -> Vec<Hit> {
    if scene.context.asks.is_empty() || scene.text().word_count() < WORDS_MIN {
        return Vec::new();
    }
    let open: Vec<&str> = answered::of_scene(scene)
        .iter()
        .filter(|ask| !ask.answered)
        .map(|ask| ask.text.as_str())
        .collect();
    let Some(first) = open.first() else {
        return Vec::new();
    };
    let first = shortened(first);
    let says = match open.len() {
        1 => format!("One ask is still open: “{first}”."),
        count => format!(
            "{} asks are still open, the first: “{first}”.",
            in_words(count)
        ),
    };
    let end = scene.text().tokens.len();
    vec![Hit {
        says: Some(says),
        ..hit(end, end)
    }]
}

fn in_words(count: usize) -> String {
    match count {
        2 => "Two".into(),
        3 => "Three".into(),
        4 => "Four".into(),
        5 => "Five".into(),
        more => more.to_string(),
    }
}

/// At most a line of the customer's words.
fn shortened(ask: &str) -> String {
    const LETTERS_MAX: usize = 80;
    let line: String = ask.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LETTERS_MAX) {
        Some((cut, _)) => format!("{}…", line[..cut].trim_end()),
        None => line,
    }
}
