//! A lesson that becomes a card of the organisation's own: a file in `cards_folder`, in force at once, and seen in use.

use serde::Deserialize;
use unruffled_engine::Engine;
use unruffled_store::{AgentId, Lesson};

use crate::rooms::cut;
use crate::{Desk, Oops, limits, own_words, playbook};

/// A check as the form has it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct NewCard {
    /// One wording a line.
    pub words: String,
    pub instead: String,
    pub why: String,
}

/// Words of the trade, and of the house: what a circle decides not to write is the house's own.
const CODE: &str = "V16";

/// Writes the card and has it read; the name of the card, or a sentence that says why nothing was written.
pub fn put_in_force(desk: &Desk, card: &NewCard) -> Result<String, String> {
    let folder = &desk.settings().cards_folder;
    if folder.as_os_str().is_empty() {
        return Err("There is no folder for cards of your own. Name a cards_folder in the settings; nothing was written.".to_owned());
    }
    let phrases = phrases(&card.words);
    let (Some(first), false) = (phrases.first(), card.instead.trim().is_empty()) else {
        return Err(
            "A card needs at least one wording and what to say instead. Nothing was written."
                .to_owned(),
        );
    };
    let taken: Vec<String> = desk.engine().cards().map(|card| card.id.clone()).collect();
    let id = playbook::id_of(&format!("ours {first}"), &taken);
    let text = text(card, &phrases);
    let path = folder.join("checks").join(format!("{id}.md"));
    let unwritten = |fault: std::io::Error| {
        format!(
            "The folder of your own cards could not be written ({fault}), so nothing was changed. Whoever looks after the machine can see to it."
        )
    };
    let mut files = own_words::own_files(folder).map_err(unwritten)?;
    files.push((path.display().to_string(), text.clone()));
    let all = files
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()));
    if let Err(faults) = Engine::load(all) {
        let says: Vec<String> = faults.iter().map(|fault| fault.says.clone()).collect();
        return Err(format!(
            "These words cannot be a card as they are: {}. Nothing was written.",
            says.join("; ")
        ));
    }
    std::fs::create_dir_all(folder.join("checks")).map_err(unwritten)?;
    playbook::write_whole(&path, text.as_bytes()).map_err(unwritten)?;
    desk.look_at_own_words();
    Ok(id)
}

/// Each line as words of a pattern: letters, figures and apostrophes, nothing that means something to the engine.
fn phrases(words: &str) -> Vec<String> {
    words
        .lines()
        .map(|line| {
            let kept: String = line
                .chars()
                .map(|c| match c {
                    '’' => '\'',
                    c if c.is_alphanumeric() || matches!(c, '\'' | '-') => c,
                    _ => ' ',
                })
                .collect();
            kept.split_whitespace()
                .collect::<Vec<_>>()
                .join(" ")
                .to_lowercase()
        })
        .filter(|line| !line.is_empty())
        .take(limits::LESSON_PHRASES_MAX)
        .collect()
}

fn text(card: &NewCard, phrases: &[String]) -> String {
    let line = |words: &str| words.split_whitespace().collect::<Vec<_>>().join(" ");
    let quoted: Vec<String> = phrases
        .iter()
        .map(|phrase| format!("\"{phrase}\""))
        .collect();
    let why = match line(&card.why) {
        why if why.is_empty() => "The circle decided to say this otherwise.".to_owned(),
        why => why,
    };
    let title = capital(&phrases[0]);
    format!(
        "+++\ncode = \"{CODE}\"\nsays = \"We decided to say this otherwise.\"\nweight = \"quiet\"\nfind = [{}]\n+++\n\n# {title}\n\n{why}\n\n## Instead\n- {}\n\n## Fires\n{title}.\n\n## Stays quiet\nYour lesson is on Friday at four.\n",
        quoted.join(", "),
        line(&card.instead),
    )
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// What a card is called.
pub fn title(engine: &Engine, id: &str) -> String {
    let card = engine.card(id);
    card.map_or_else(|| id.to_owned(), |card| card.title.clone())
}

/// In how many letters its words stand since it is in force. What a note said while somebody wrote is kept nowhere, so only what
/// was sent can be counted, and that by words and never by person.
pub async fn said(desk: &Desk, agent: &AgentId, lesson: &Lesson) -> Result<String, Oops> {
    let engine = desk.engine();
    let Some(card) = engine.card(&lesson.became_name) else {
        return Ok("not among the cards any more".to_owned());
    };
    let (mut ours, mut theirs) = (0, 0);
    for phrase in card.front.find.iter().take(limits::LESSON_PHRASES_MAX) {
        let (them, us) = desk
            .store()
            .said_since(agent, phrase, lesson.learnt_on)
            .await?;
        theirs += them;
        ours += us;
    }
    let letters = |count: i64| match count {
        0 => "no letter".to_owned(),
        1 => "one letter".to_owned(),
        count => format!("{count} letters"),
    };
    let words = format!(
        "in force; its words stand in {} of ours since",
        letters(ours)
    );
    Ok(match theirs {
        0 => words,
        count => format!("{words}, and in {} of theirs", letters(count)),
    })
}

/// A sentence no longer than a field has room for.
pub fn shortened(words: &str) -> &str {
    cut(words, limits::OPTION_LINE_CHARS_MAX)
}
