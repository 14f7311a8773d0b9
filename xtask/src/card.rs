//! `cargo x card KIND/NAME CODE`: start a card with everything that loading asks of it.

use crate::machine;
use std::process::ExitCode;

const KINDS: [&str; 5] = ["cues", "checks", "virtues", "what-ifs", "prompts"];

pub fn run(rest: &[String]) -> ExitCode {
    match start(rest) {
        Ok(words) => {
            println!("{words}");
            ExitCode::SUCCESS
        }
        Err(words) => {
            eprintln!("{words}");
            ExitCode::from(2)
        }
    }
}

fn start(rest: &[String]) -> Result<String, String> {
    let [place, code] = rest else {
        return Err("Say which card and its code: cargo x card checks/some-name V16".to_owned());
    };
    let (kind, name) = place.split_once('/').unwrap_or(("", place));
    if !KINDS.contains(&kind) {
        return Err(format!(
            "A card lives in one of {}: `{place}` does not.",
            KINDS.join(", ")
        ));
    }
    let kebab = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if name.is_empty() || !name.chars().all(kebab) {
        return Err(format!(
            "`{name}` is kept for ever as the card's id: small letters, digits and hyphens only."
        ));
    }
    let file = machine::root()
        .join("cards/en")
        .join(kind)
        .join(format!("{name}.md"));
    if file.exists() {
        return Err(format!(
            "cards/en/{kind}/{name}.md is there already; it was left as it is."
        ));
    }
    std::fs::write(&file, text(kind, name, code))
        .map_err(|why| format!("cards/en/{kind}/{name}.md could not be written: {why}"))?;
    Ok(format!(
        "Started cards/en/{kind}/{name}.md. Fill it in, then `cargo test -p unruffled-engine` runs its examples."
    ))
}

fn text(kind: &str, name: &str, code: &str) -> String {
    let title = name.replace('-', " ");
    let (front, instead) = match kind {
        "checks" => (
            "says   = \"One sentence that says what is seen.\"\nweight = \"quiet\"\nfind   = [\"words to look for\"]\n",
            "## Instead\n- Another way to say it.\n\n",
        ),
        // Possibilities are not found in words but in cues, and are written to a person.
        "what-ifs" => (
            "says    = \"What if there is another reason?\"\nask     = \"Which question would show it?\"\n\
             respond = \"What helps if it is so.\"\nstrong  = [\"C00\"]\nweak    = []\n",
            "",
        ),
        "prompts" => (
            "says  = \"One sentence that is shown.\"\noffer = [\"C00\"]\nkey   = \"x\"\nnever = [\"in the way\"]\n",
            "",
        ),
        _ => (
            "says   = \"One sentence that says what is seen.\"\nfind   = [\"words to look for\"]\n",
            "",
        ),
    };
    format!(
        "+++\ncode   = \"{code}\"\n{front}+++\n\n# {title}\n\n\
         Why this matters to the person who reads it.\n\n{instead}\
         ## Fires\nHere are the words to look for.\n             ^^^^^^^^^^^^^^^^^\n\n\
         ## Stays quiet\nHere they are not.\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(words: &[&str]) -> String {
        let words: Vec<String> = words.iter().map(|w| (*w).to_owned()).collect();
        start(&words).expect_err("it should have been refused")
    }

    #[test]
    fn a_card_needs_a_kind_a_name_and_a_code() {
        assert!(refused(&["checks/some-name"]).contains("its code"));
        assert!(refused(&["poems/some-name", "V16"]).contains("lives in one of"));
        assert!(refused(&["checks/Some Name", "V16"]).contains("small letters"));
        assert!(refused(&["checks/../../x", "V16"]).contains("small letters"));
    }

    #[test]
    fn the_carets_of_a_new_card_stand_under_its_words() {
        let card = text("checks", "some-name", "V16");
        let lines: Vec<&str> = card.lines().collect();
        let fires = lines
            .iter()
            .position(|l| *l == "## Fires")
            .expect("it has examples");
        let from = lines[fires + 2].find('^').expect("it has carets");
        assert_eq!(
            &lines[fires + 1][from..lines[fires + 2].len()],
            "words to look for"
        );
    }
}
