//! Tells lines without names: one message a line on standard input, `\n` for the end of a line, what was replaced behind it.

use std::io::BufRead;
use unruffled_engine::Engine;
use unruffled_nameless::{Known, Part, Voice, Wishes, nameless};

fn main() {
    let engine = Engine::embedded();
    for line in std::io::stdin().lock().lines().map_while(Result::ok) {
        let text = line.replace("\\n", "\n");
        let said = [Part {
            voice: Voice::Customer,
            text: &text,
        }];
        let told = nameless(&engine, &said, &Known::default(), &Wishes::default());
        let found: Vec<String> = told
            .groups
            .iter()
            .map(|group| format!("{:?} {}", group.kind, group.was.join("/")))
            .collect();
        println!(
            "{}\t{}",
            told.parts[0].text().replace('\n', "\\n"),
            found.join(" · ")
        );
    }
}
