//! A model that lends its words to the customer of a rehearsal: asked here, held to the story by the rehearsal itself.

use tokio::sync::Semaphore;
use unruffled_rehearsal::{Rehearsal, Role};
use unruffled_voice as voice;
use unruffled_voice::Voice;

/// Rehearsals that wait for a model at once: it works on one after the other, and each of them holds a thread of the desk.
const AT_ONCE_MAX: usize = 4;
static TURNS: Semaphore = Semaphore::const_new(AT_ONCE_MAX);

/// What came of asking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spoken {
    /// The words are the model's.
    Lent,
    /// The words are the story's own; the sentence says why.
    FellBack(String),
    /// There was nothing to ask: no reply yet, or no model.
    Nothing,
}

/// Asks for the customer's words in a model's, after a reply. Whatever happens, the customer has said something.
pub async fn speak(voice: Option<&Voice>, rehearsal: &mut Rehearsal<'_>) -> Spoken {
    let (Some(voice), Some(lines)) = (voice, rehearsal.asks_a_model()) else {
        return Spoken::Nothing;
    };
    let lines: Vec<voice::Line> = lines
        .into_iter()
        .map(|line| voice::Line {
            role: match line.role {
                Role::System => voice::Role::System,
                Role::User => voice::Role::User,
            },
            content: line.words,
        })
        .collect();
    let fell_back = |why: String| {
        Spoken::FellBack(format!(
            "The model {why}, so these are the story's own words."
        ))
    };
    let Ok(_turn) = TURNS.try_acquire() else {
        return fell_back("has its hands full".to_owned());
    };
    match voice.say(&lines, rehearsal.seed()).await {
        Err(trouble) => fell_back(trouble.to_string()),
        Ok(words) => match rehearsal.lend(&words) {
            Ok(()) => Spoken::Lent,
            Err(slip) => fell_back(format!("did not keep to the story: {slip}")),
        },
    }
}

#[cfg(test)]
mod tests;
