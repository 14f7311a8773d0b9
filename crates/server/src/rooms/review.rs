//! A draft reviewed while it is typed; spans in the browser's own offsets.

use axum::Json as Answer;
use axum::extract::State;
use serde::Deserialize;
use serde_json::{Value, json};
use unruffled_engine::{Heat, Review, Span, Weight};

use super::around;
use super::form::Json;
use super::here::Here;
use crate::utf16::Ruler;
use crate::{Desk, Oops, limits, promising, reader, safety, soon};

/// Reviewing more than this, or with an encoder, is done on a thread of its own, so that others need not wait.
const ASIDE_BYTES: usize = 8 * 1024;

#[derive(Deserialize)]
pub struct Given {
    draft: String,
    /// Asks of the last message that were ticked by hand.
    #[serde(default)]
    ticks: Vec<usize>,
}

pub async fn review(
    State(desk): State<Desk>,
    here: Here,
    Json(given): Json<Given>,
) -> Result<Answer<Value>, Oops> {
    if given.draft.len() > limits::DRAFT_BYTES_MAX || given.ticks.len() > limits::TICKS_MAX {
        return Err(Oops::TooLarge);
    }
    let thread = desk.store().thread(&here.conversation.id).await?;
    let heard = reader::hear(&thread.messages, &here.conversation.customer_name);
    let last_word = heard.as_ref().map(|heard| heard.message_id.clone());
    let facts = crate::facts::known(&desk, &here.conversation.id).await?;
    let size = given.draft.len() + heard.as_ref().map_or(0, |heard| heard.text.len());
    let work = {
        let desk = desk.clone();
        move || {
            let mut review = match &heard {
                Some(heard) => heard.review(&desk, &given.draft, &facts),
                None => reader::review_alone(&desk, &given.draft),
            };
            // The draft read as a text of its own: is it hot, does it say that somebody is at risk?
            let own = safety::of_text(&desk, &given.draft);
            let hot = reads_hot(&review, own.heat);
            if own.safety.is_some() || heard.as_ref().is_some_and(|heard| heard.is_safety(&desk)) {
                safety::quiet(&mut review);
            }
            tick(&mut review, &given.ticks);
            let now = desk.now();
            let soon = soon::respect_hours(&desk.engine(), desk.hours(), &mut review, now);
            let promised = promising::found(&desk, &review, now);
            measure(&mut review, &given.draft);
            (review, soon, promised, hot, own.safety)
        }
    };
    let (review, soon, promised, hot, safety) = if size > ASIDE_BYTES || desk.leaning().is_there() {
        tokio::task::spawn_blocking(work)
            .await
            // What a panic says may hold words of the draft.
            .map_err(|_| Oops::Broken("a review stopped".to_owned()))?
    } else {
        work()
    };
    Ok(Answer(json!({
        "review": review,
        "soon": soon,
        "promised": promised,
        "standing": around::standing(here.conversation.state),
        "last_word": last_word,
        "hot": hot,
        "safety": safety,
    })))
}

/// Our own heat: what asks for a pause, what raises its voice, or words that read hot by themselves.
fn reads_hot(review: &Review, own: Heat) -> bool {
    own >= Heat::Hot
        || review
            .notes
            .iter()
            .any(|note| note.weight == Weight::Pause || note.code == HEAT_MIRRORED)
}

const HEAT_MIRRORED: &str = "V25";

/// What a person ticks by hand is answered, whatever the engine found.
fn tick(review: &mut Review, ticks: &[usize]) {
    for tick in ticks {
        if let Some(ask) = review.asks.get_mut(*tick) {
            ask.answered = true;
        }
    }
}

/// From bytes of the draft to UTF-16 units of it.
fn measure(review: &mut Review, draft: &str) {
    let ruler = Ruler::new(draft);
    let turn = |span: &mut Span| {
        span.start = ruler.utf16(span.start);
        span.end = ruler.utf16(span.end);
    };
    for note in &mut review.notes {
        turn(&mut note.span);
        if let Some(fix) = &mut note.fix {
            fix.start = ruler.utf16(fix.start);
            fix.end = ruler.utf16(fix.end);
        }
    }
    for virtue in &mut review.virtues {
        turn(&mut virtue.span);
    }
    for ask in &mut review.asks {
        if let Some(by) = &mut ask.by {
            turn(by);
        }
    }
    for promise in &mut review.promises {
        turn(&mut promise.span);
        turn(&mut promise.what);
        promise.who.iter_mut().for_each(&turn);
    }
    for prompt in &mut review.prompts {
        prompt.evidence.iter_mut().for_each(&turn);
    }
    if let Some(echo) = &mut review.echo {
        echo.words.iter_mut().for_each(&turn);
        echo.named_before_explaining.iter_mut().for_each(turn);
    }
}
