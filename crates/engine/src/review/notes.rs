//! From hits to notes: how loud, what to say instead, which repair; the more specific card wins on the same words.

use crate::condition::clause;
use crate::deck::{Compiled, Deck, Hit};
use crate::engine::any;
use crate::list;
use crate::pattern::Match;
use crate::scene::Scene;
use crate::text::Kind;
use crate::{Fix, Note, Span, Trust, Weight};
use jiff::civil::Weekday;

/// From this hour on "today" is no longer promised.
const LATE_HOUR: i8 = 14;

/// The notes for a draft, loudest first, then in the draft's order. `hints` are what a reader hears where the cards are silent:
/// always quiet, whatever the moment.
pub fn write(deck: &Deck, hits: Vec<Hit>, hints: Vec<Hit>, scene: &Scene<'_>) -> Vec<Note> {
    let mut kept: Vec<(Weight, Hit)> = Vec::new();
    let mut of_patterns = 0;
    let shown = hits.into_iter().map(|hit| (hit, false));
    for (hit, is_hint) in shown.chain(hints.into_iter().map(|hit| (hit, true))) {
        let compiled = &deck.cards[hit.card];
        if hit.found.from < scene.text().tokens.len() && any(&compiled.silent_when, scene, &hit) {
            continue;
        }
        // Hits come in the order of the text.
        let said = compiled.card.front.once && kept.iter().any(|(_, known)| known.card == hit.card);
        if said {
            continue;
        }
        let weight = if is_hint {
            Weight::Quiet
        } else {
            weight(compiled, scene, &hit)
        };
        kept.push((weight, hit));
        of_patterns += usize::from(!is_hint);
    }
    let beaten: Vec<bool> = kept
        .iter()
        .map(|hit| {
            kept.iter().any(|other| {
                beats(deck, scene, other, hit) || repeats(deck, scene, &other.1, &hit.1)
            })
        })
        .collect();
    let mut notes: Vec<Note> = kept
        .iter()
        .enumerate()
        .zip(beaten)
        .filter(|(_, beaten)| !beaten)
        .map(|((at, (weight, hit)), _)| {
            let card = &deck.cards[hit.card].card;
            let fixed = hit.fix.clone().or_else(|| {
                card.front
                    .fix
                    .as_deref()
                    .and_then(|fix| repair(fix, scene, hit))
            });
            Note {
                code: card.front.code.clone(),
                card: card.id.clone(),
                weight: *weight,
                span: span(scene, hit),
                says: hit.says.clone().unwrap_or_else(|| card.front.says.clone()),
                instead: hit
                    .instead
                    .clone()
                    .or_else(|| choices(card.front.fix.as_deref(), fixed.as_ref(), scene))
                    .unwrap_or_else(|| card.instead.clone()),
                fix: fixed,
                hint: at >= of_patterns,
            }
        })
        .collect();
    notes.sort_by(|a, b| {
        b.weight
            .cmp(&a.weight)
            .then(a.span.start.cmp(&b.span.start))
    });
    notes
}

/// The words of a hit; a hit about the text as a whole has an empty span at its end.
fn span(scene: &Scene<'_>, hit: &Hit) -> Span {
    let text = scene.text();
    if hit.found.show.0 >= text.tokens.len() || hit.found.show.0 == hit.found.show.1 {
        let end = text.source.trim_end().len();
        return Span {
            start: end,
            end,
            text: String::new(),
        };
    }
    text.span(hit.found.show.0, hit.found.show.1)
}

fn weight(compiled: &Compiled, scene: &Scene<'_>, hit: &Hit) -> Weight {
    let base = hit
        .weight
        .or(compiled.card.front.weight)
        .unwrap_or(Weight::Quiet);
    if hit.found.from >= scene.text().tokens.len() {
        return base;
    }
    if any(&compiled.pause_when, scene, hit) {
        Weight::Pause
    } else if any(&compiled.quiet_when, scene, hit) {
        Weight::Quiet
    } else if any(&compiled.look_again_when, scene, hit) {
        Weight::LookAgain
    } else {
        base
    }
}

/// Whether `other` is more specific about the same words, or words of the same sentence, than `hit`. A quieter note does
/// not silence a louder one.
fn beats(
    deck: &Deck,
    scene: &Scene<'_>,
    (other_weight, other): &(Weight, Hit),
    (weight, hit): &(Weight, Hit),
) -> bool {
    let beats = &deck.cards[other.card].card.front.beats;
    let code = &deck.cards[hit.card].card.front.code;
    if !beats.contains(code) || other_weight < weight {
        return false;
    }
    let tokens = &scene.text().tokens;
    let sentence = |at: usize| tokens.get(at).map(|t| t.sentence);
    let inside = other.found.from <= hit.found.to && hit.found.from <= other.found.to;
    inside
        || (sentence(other.found.from).is_some()
            && sentence(other.found.from) <= sentence(hit.found.from)
            && sentence(hit.found.from) <= sentence(other.found.to.saturating_sub(1)))
}

/// Whether `other` says the same as `hit` once more in the same sentence: a promise is given one time, at its last vague word.
fn repeats(deck: &Deck, scene: &Scene<'_>, other: &Hit, hit: &Hit) -> bool {
    let tokens = &scene.text().tokens;
    let sentence = |at: usize| tokens.get(at).map(|t| t.sentence);
    other.card == hit.card
        && deck.cards[hit.card].card.front.fix.as_deref() == Some("time")
        && other.found.show.0 > hit.found.show.0
        && sentence(other.found.show.0) == sentence(hit.found.show.0)
}

fn repair(fix: &str, scene: &Scene<'_>, hit: &Hit) -> Option<Fix> {
    let text = scene.text();
    let shown = text.span(hit.found.show.0, hit.found.show.1);
    if let Some(with) = fix.strip_prefix("replace:") {
        let capital = shown.text.starts_with(char::is_uppercase);
        let with = if capital {
            capitalised(with.trim())
        } else {
            with.trim().to_string()
        };
        return Some(Fix {
            start: shown.start,
            end: shown.end,
            with,
            trust: Trust::Safe,
        });
    }
    match fix {
        "full-stop" => full_stop(scene, hit),
        "time" => time(scene, hit),
        _ => None,
    }
}

/// ", but X" becomes ". X": the fact stays, the taking back goes. "While I understand X, Y" becomes "I understand X. Y".
fn full_stop(scene: &Scene<'_>, hit: &Hit) -> Option<Fix> {
    let text = scene.text();
    let joint = hit.found.show.0;
    let sentence = text.sentence_of(joint);
    let opens = (sentence.from..joint).all(|at| {
        !matches!(text.tokens[at].kind, Kind::Word | Kind::Number | Kind::Code)
            || text.tokens[at].masked
    });
    let behind = (hit.found.show.1..sentence.to).find(|at| text.written(*at) != ",")?;
    if !matches!(
        text.tokens[behind].kind,
        Kind::Word | Kind::Number | Kind::Code
    ) {
        return None;
    }
    let (start, end) = (
        text.tokens[joint].start as usize,
        text.tokens[behind].end as usize,
    );
    if opens && hit.found.to > hit.found.show.1 {
        // "While I understand …, we cannot": two sentences, the first without its "while".
        let comma = (behind..sentence.to).find(|at| text.written(*at) == ",")?;
        let next = comma + 1;
        if !matches!(text.tokens.get(next)?.kind, Kind::Word | Kind::Number) {
            return None;
        }
        let middle =
            &text.source[text.tokens[behind].start as usize..text.tokens[comma].start as usize];
        let with = format!(
            "{}. {}",
            capitalised(middle),
            capitalised(text.written(next))
        );
        return Some(Fix {
            start,
            end: text.tokens[next].end as usize,
            with,
            trust: Trust::Safe,
        });
    }
    if opens {
        // "However, X" at the start of a sentence: X stands by itself.
        return Some(Fix {
            start,
            end,
            with: capitalised(text.written(behind)),
            trust: Trust::Safe,
        });
    }
    let before = (sentence.from..joint)
        .rev()
        .find(|at| !matches!(text.written(*at), "," | ";" | "—" | "–" | "-"))?;
    Some(Fix {
        start: text.tokens[before].end as usize,
        end,
        with: format!(". {}", capitalised(text.written(behind))),
        trust: Trust::Safe,
    })
}

/// Three times that may be promised, the soonest first; a day of the week is named only where "now" is known. None in a
/// language that does not say how.
fn times(scene: &Scene<'_>) -> Option<[String; 3]> {
    let say = |key: &str| scene.words.grammar.phrases.get(key).cloned();
    let (today, tomorrow) = (say("by-today")?, say("by-tomorrow")?);
    let by_day = |day: Weekday| {
        let name = say(&format!("day-{}", day.to_monday_zero_offset()))?;
        Some(say("by-day")?.replace("{day}", &name))
    };
    Some(match scene.context.now {
        Some(now) if now.hour() >= LATE_HOUR => {
            [tomorrow, by_day(after(now, 2))?, by_day(after(now, 3))?]
        }
        Some(now) => [today, tomorrow, by_day(after(now, 2))?],
        None => [today, tomorrow, by_day(Weekday::Friday)?],
    })
}

/// The day that comes so many working days later.
fn after(now: &jiff::Zoned, working_days: u8) -> Weekday {
    let mut day = now.weekday();
    for _ in 0..working_days {
        day = day.next();
        while matches!(day, Weekday::Saturday | Weekday::Sunday) {
            day = day.next();
        }
    }
    day
}

/// What may stand in the place of words that a person has to choose: whole replacements, never an example from the card.
fn choices(fix: Option<&str>, fixed: Option<&Fix>, scene: &Scene<'_>) -> Option<Vec<String>> {
    let fixed = fixed.filter(|fixed| fixed.trust == Trust::Choose)?;
    if fix != Some("time") {
        return Some(vec![fixed.with.clone()]);
    }
    let times = times(scene)?;
    Some(
        times
            .iter()
            .map(|by| fixed.with.replace(&times[0], by))
            .collect(),
    )
}

/// A time in the place of a vague one, for the person to choose.
fn time(scene: &Scene<'_>, hit: &Hit) -> Option<Fix> {
    let text = scene.text();
    let (from, to) = hit.found.show;
    let shown = text.span(from, to);
    let [by, ..] = &times(scene)?;
    let choose = |start, end, with| {
        Some(Fix {
            start,
            end,
            with,
            trust: Trust::Choose,
        })
    };
    if scene.list_in(list::TIME_VAGUE, from, to) == Some((from, to)) {
        let next = text.tokens.get(to);
        let inside = hit.found.to > to
            || next.is_some_and(|t| {
                t.kind == Kind::Word
                    && t.sentence == text.tokens[from].sentence
                    && !scene.in_list(to, list::TIME_VAGUE_BEHIND)
            });
        if !inside {
            return choose(shown.start, shown.end, by.clone());
        }
        // "We will shortly send it": the time goes behind the clause.
        let (rest, end) = rest_of_clause(scene, to)?;
        return choose(shown.start, end, format!("{rest} {by}"));
    }
    if scene.list_in(list::LOOKING_INTO, from, to).is_some() {
        // "look into the [gate]": the words shown need not be all that is looked into.
        let goes_on = text.tokens.get(to).is_some_and(|next| {
            next.kind == Kind::Word && next.sentence == text.tokens[from].sentence
        });
        let (said, end) = match goes_on {
            true => {
                let (rest, end) = rest_of_clause(scene, to)?;
                (format!("{} {rest}", shown.text), end)
            }
            false => (shown.text, shown.end),
        };
        return choose(shown.start, end, and_write(scene, &said, by)?);
    }
    // "be in touch", "get back to you": the time follows, unless more words do.
    let ends = (to..text.sentence_of(from).to)
        .all(|at| !matches!(text.tokens[at].kind, Kind::Word | Kind::Number))
        || text.tokens.get(to).is_some_and(|_| text.written(to) == ",");
    if ends && !scene.in_list(to - 1, list::TOUCH_TAIL) && !scene.in_list(from, list::BEAR_WORD) {
        return choose(shown.start, shown.end, format!("{} {by}", shown.text));
    }
    None
}

/// The clause from token `to` on, and the byte it ends at; none where a time is named in it.
fn rest_of_clause<'t>(scene: &Scene<'t>, to: usize) -> Option<(&'t str, usize)> {
    let text = scene.text();
    let behind = Match {
        from: to,
        to,
        show: (to, to),
    };
    let (_, end) = clause(scene, behind);
    let last = (to..end)
        .rev()
        .find(|at| !matches!(text.tokens[*at].kind, Kind::Punct | Kind::Newline))?;
    let named = (to + 1..last).any(|at| scene.in_list(at, list::TIME_NAMED));
    let end = text.tokens[last].end as usize;
    (!named).then_some((&text.source[text.tokens[to].start as usize..end], end))
}

/// "I am looking into it" becomes "I am looking into it and will write to you by noon".
fn and_write(scene: &Scene<'_>, said: &str, by: &str) -> Option<String> {
    let phrase = scene.words.grammar.phrases.get("and-write")?;
    Some(phrase.replace("{said}", said).replace("{by}", by))
}

/// The word as a sentence begins with it.
pub fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars
        .next()
        .map(|first| first.to_uppercase().chain(chars).collect())
        .unwrap_or_default()
}
