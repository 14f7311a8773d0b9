//! What they quote: "your agent wrote “you will be refunded by Sunday”". The words between the marks are read as a draft of ours.

use super::{Telling, due};
use crate::Promise;
use crate::learned::ActSpans;
use crate::review::promises;
use crate::scene::Scene;
use crate::text::{NameWords, Text};

/// The quotation begins so many tokens behind the telling.
const QUOTE_BEHIND_MAX: usize = 6;

/// The promise in a quotation right behind the telling.
pub fn promise(scene: &Scene<'_>, telling: &Telling, past: bool) -> Option<Promise> {
    let text = scene.text();
    let quoted = |i: usize| text.tokens.get(i).is_some_and(|t| t.masked);
    let from = (telling.told..telling.told + QUOTE_BEHIND_MAX).find(|i| quoted(*i))?;
    let to = (from..).find(|i| !quoted(*i)).unwrap_or(from + 1);
    let outer = text.span(from, to);
    let inner = Text::new(&outer.text, scene.words, &NameWords::default());
    let typed = crate::typed::find(
        &inner,
        scene.words,
        scene.single_words,
        scene.context.now,
        scene.month_first,
    );
    let inner = scene.beside(&inner, &typed);
    let mut promise = promises::find(&inner, &ActSpans::default())
        .into_iter()
        .next()?;
    let due = due::due_in_quote(scene, telling, &inner, past);
    promise.due = due.map(|due| promises::due::written(&due));
    promise.span = text.span(telling.from, to);
    promise.what = promise.span.clone();
    promise.who = None;
    Some(promise)
}
