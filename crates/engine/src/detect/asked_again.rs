//! "asked-again": a question for what the thread already holds, a step already tried, "why didn't you", or four at once.

use super::hit;
use crate::deck::Hit;
use crate::list::{self, ListId};
use crate::pattern::{Field, Typed};
use crate::scene::Scene;
use crate::text::{Kind, NameWords, Sentence, Text};
use crate::words::WordId;
use crate::{FactKind, From};

/// From so many questions on, a letter becomes a form.
const QUESTIONS_MANY: usize = 4;

/// Steps by the list that knows their words.
const STEPS: &[&str] = &[
    "step-restart",
    "step-reset",
    "step-reinstall",
    "step-clear",
    "step-unplug",
    "step-cable",
    "step-update",
    "step-login",
    "step-browser",
    "step-spam",
    "step-battery",
    "step-password",
    "step-wait",
    "step-fuse",
];

/// What one can ask for, and how one sees that it was given.
#[derive(Clone, Copy, PartialEq)]
enum Slot {
    /// By the word for it.
    Number(WordId),
    Email,
    Phone,
    Photo,
    Model,
    Size,
    Address,
    Amount,
    Day,
}

/// A customer's text of the thread with its typed things.
struct Theirs<'a> {
    text: &'a Text<'a>,
    typed: &'a [Typed],
}

pub fn find(scene: &Scene<'_>) -> Vec<Hit> {
    let text = scene.text();
    let mut hits = Vec::new();
    let mut earlier: Option<Vec<(Text<'_>, Vec<Typed>)>> = None;
    let mut questions = 0;
    for sentence in &text.sentences {
        if sentence.masked {
            continue;
        }
        if let Some((from, to)) = scene.list_in(list::BLAME_WHY, sentence.from, sentence.to) {
            let told = (sentence.from..from).any(|at| scene.in_list(at, list::ASKED_TOLD));
            if !told && !text.tokens[from].masked {
                hits.push(Hit {
                    says: Some("This asks why they did not act, and reads as blame.".into()),
                    ..hit(from, to)
                });
                continue;
            }
        }
        if let Some((from, to)) = scene.list_in(list::ASK_ONCE_MORE, sentence.from, sentence.to)
            && scene.context.message.is_some()
            && !text.tokens[from].masked
            && scene
                .list_in(list::TELLING_SPARED, sentence.from, from)
                .is_none()
        {
            hits.push(Hit {
                says: Some("They told this already; their words are above.".into()),
                ..hit(from, to)
            });
            continue;
        }
        if sentence.question && !numbered(scene, *sentence) {
            questions += (sentence.from..sentence.to)
                .filter(|at| text.written(*at) == "?" && !text.tokens[*at].masked)
                .count()
                .clamp(1, QUESTIONS_MANY);
            if questions >= QUESTIONS_MANY
                && !hits
                    .iter()
                    .any(|h: &Hit| h.says.as_deref().is_some_and(|s| s.starts_with("Four")))
            {
                let (from, to) = words_of(scene, *sentence);
                hits.push(Hit {
                    says: Some(
                        "Four questions at once; one or two may be enough to begin with.".into(),
                    ),
                    ..hit(from, to)
                });
                continue;
            }
        }
        if let Some((slot, from, to)) = asked_slot(scene, *sentence) {
            let theirs = theirs(scene, earlier.get_or_insert_with(|| hear(scene)));
            if let Some(given) = given(scene, &theirs, slot, *sentence) {
                hits.push(Hit {
                    says: Some(format!("They gave this already: “{given}”.")),
                    ..hit(from, to)
                });
                continue;
            }
        }
        if let Some((step, from, to)) = suggested_step(scene, *sentence) {
            let theirs = theirs(scene, earlier.get_or_insert_with(|| hear(scene)));
            if let Some(tried) = tried(scene, &theirs, step) {
                hits.push(Hit {
                    says: Some(format!("They wrote that they tried this: “{tried}”.")),
                    ..hit(from, to)
                });
            }
        }
    }
    hits
}

/// Their earlier messages, read again; the last one has been read already.
fn hear<'a>(scene: &Scene<'a>) -> Vec<(Text<'a>, Vec<Typed>)> {
    let context = scene.context;
    context
        .earlier
        .iter()
        .filter(|e| e.from == From::Customer)
        .map(|e| {
            let text = Text::new(&e.text, scene.words, &NameWords::default());
            let typed = crate::typed::find(
                &text,
                scene.words,
                scene.single_words,
                context.now,
                scene.month_first,
            );
            (text, typed)
        })
        .collect()
}

/// All their messages, oldest first.
fn theirs<'b>(scene: &'b Scene<'_>, earlier: &'b [(Text<'b>, Vec<Typed>)]) -> Vec<Theirs<'b>> {
    let message = scene.context.message.as_ref().map(|m| Theirs {
        text: &m.text,
        typed: &m.typed,
    });
    earlier
        .iter()
        .map(|(text, typed)| Theirs { text, typed })
        .chain(message)
        .collect()
}

fn numbered(scene: &Scene<'_>, sentence: Sentence) -> bool {
    let text = scene.text();
    let first = (sentence.from..sentence.to).find(|at| text.tokens[*at].kind != Kind::Newline);
    first.is_some_and(|at| {
        matches!(text.tokens[at].kind, Kind::Number)
            && text
                .tokens
                .get(at + 1)
                .is_some_and(|_| matches!(text.written(at + 1), "." | ")"))
            || matches!(text.written(at), "-" | "•" | "*")
    })
}

/// The words of a sentence without breaks around them and the end mark.
fn words_of(scene: &Scene<'_>, sentence: Sentence) -> (usize, usize) {
    let text = scene.text();
    let from = (sentence.from..sentence.to)
        .find(|at| {
            matches!(
                text.tokens[*at].kind,
                Kind::Word | Kind::Number | Kind::Code
            )
        })
        .unwrap_or(sentence.from);
    let to = (from..sentence.to)
        .rev()
        .find(|at| {
            matches!(
                text.tokens[*at].kind,
                Kind::Word | Kind::Number | Kind::Code
            )
        })
        .map_or(sentence.to, |at| at + 1);
    (from, to)
}

/// What a sentence asks for, and the words that ask.
fn asked_slot(scene: &Scene<'_>, sentence: Sentence) -> Option<(Slot, usize, usize)> {
    let text = scene.text();
    let (from, ask) = scene.list_in(list::SLOT_ASK, sentence.from, sentence.to)?;
    if text.tokens[from].masked
        || scene
            .list_in(list::SLOT_OTHER, sentence.from, sentence.to)
            .is_some()
    {
        return None;
    }
    // The value itself stands in the question: it confirms.
    let confirms = scene.field.typed.iter().any(|t| {
        t.from >= sentence.from
            && t.to <= sentence.to
            && matches!(
                t.kind,
                FactKind::Reference | FactKind::Email | FactKind::Phone
            )
    });
    if confirms {
        return None;
    }
    for at in from..sentence.to {
        let next = scene.in_list(at + 1, list::NUMBER_WORD);
        let any = scene.in_list(at, list::NUMBER_ANY);
        if any || (next && scene.in_list(at, list::NUMBER_LABEL)) {
            return Some((
                Slot::Number(text.tokens[at].word),
                from,
                at + 1 + usize::from(next),
            ));
        }
        if scene.in_list(at, list::WHICH_WORD) && scene.in_list(at + 1, list::ORDER_WORD) {
            return Some((Slot::Number(text.tokens[at + 1].word), from, at + 2));
        }
        let reach = scene.in_list(at, list::NUMBER_ITSELF)
            && (scene.in_list(at + 1, list::SLOT_REACH) || scene.in_list(at + 2, list::CAN_WORD));
        let slot = if reach {
            Slot::Phone
        } else if scene.in_list(at, list::SLOT_EMAIL)
            && (at >= ask || !scene.in_list(at + 1, list::SLOT_EMAIL_VERB))
            && !scene.in_list(at.wrapping_sub(1), list::SLOT_EMAIL_OTHER)
        {
            Slot::Email
        } else if scene.in_list(at, list::SLOT_PHONE)
            && scene.in_list(at + 1, list::SLOT_PHONE_NUMBER)
        {
            Slot::Phone
        } else if at >= ask && scene.in_list(at, list::SLOT_PHOTO) {
            Slot::Photo
        } else if at + 1 >= ask && scene.in_list(at, list::SLOT_MODEL) {
            Slot::Model
        } else if at + 1 >= ask
            && scene.in_list(at, list::SLOT_SIZE)
            && (at..sentence.to).any(|i| scene.in_list(i, list::DID_WORD))
        {
            // "What size did you order?"; "What size would you like?" is new.
            Slot::Size
        } else if at + 1 >= ask
            && scene.in_list(at, list::SLOT_ADDRESS)
            && (scene.in_list(at.wrapping_sub(1), list::SLOT_ADDRESS_WHOSE)
                || (scene.in_list(at.wrapping_sub(1), list::THE_WORD)
                    && text
                        .tokens
                        .get(at + 1)
                        .is_some_and(|_| text.written(at + 1) == "?")))
        {
            Slot::Address
        } else if scene.in_list(at, list::SLOT_AMOUNT)
            || (scene.in_list(at, list::HOW_WORD) && scene.in_list(at + 1, list::MUCH_WORD))
        {
            Slot::Amount
        } else if (scene.in_list(at, list::SLOT_DATE) && at >= from)
            || scene.in_list(at, list::WHEN_WORD)
        {
            Slot::Day
        } else {
            continue;
        };
        let to = if matches!(slot, Slot::Day | Slot::Amount) {
            words_of(scene, sentence).1
        } else {
            at + 1 + usize::from(scene.in_list(at + 1, list::SLOT_TAIL))
        };
        return Some((slot, from, to.max(at + 1)));
    }
    None
}

/// The customer's words that hold the slot.
fn given(
    scene: &Scene<'_>,
    theirs: &[Theirs<'_>],
    slot: Slot,
    sentence: Sentence,
) -> Option<String> {
    theirs.iter().rev().find_map(|t| {
        let by_kind = |kind: FactKind| {
            t.typed
                .iter()
                .find(|x| x.kind == kind)
                .map(|x| t.text.written_span(x.from, x.to).to_string())
        };
        let by_list = |list: &str| {
            in_theirs(scene, t, list, 0, t.text.tokens.len())
                .map(|(from, to)| t.text.written_span(from, to).to_string())
        };
        match slot {
            Slot::Email => by_kind(FactKind::Email),
            Slot::Phone => by_kind(FactKind::Phone),
            Slot::Amount => by_kind(FactKind::Amount),
            Slot::Photo => by_list("slot-photo-given"),
            Slot::Model => by_list("slot-model-given"),
            Slot::Size => by_list("slot-size-given"),
            Slot::Address => by_list("slot-address-given"),
            Slot::Number(label) => t
                .typed
                .iter()
                .filter(|x| x.kind == FactKind::Reference)
                .find(|x| labelled(scene, t, x, label))
                .map(|x| t.text.written_span(x.from, x.to).to_string()),
            // A day counts as given where the customer tells it about the same thing.
            Slot::Day => {
                let asked = scene
                    .families
                    .matters(scene.text(), sentence.from, sentence.to);
                t.typed
                    .iter()
                    .filter(|x| x.kind == FactKind::Date)
                    .find_map(|x| {
                        // "Which date was this?": whatever they told, it had its day.
                        let this = (sentence.from..sentence.to).any(|at| {
                            scene.in_list(at, list::DAY_VERB)
                                && scene.in_list(at + 1, list::DAY_THIS)
                                || scene.in_list(at, list::DAY_THIS)
                                    && scene.in_list(at + 1, list::DAY_HAPPENED)
                        });
                        let place = t.text.sentence_of(x.from);
                        let told = scene.families.matters(t.text, place.from, place.to);
                        let same = told.iter().any(|m| {
                            asked.binary_search(m).is_ok() && !scene.families.is_general(*m)
                        });
                        ((same || this) && !place.question)
                            .then(|| t.text.written_span(x.from, x.to).to_string())
                    })
            }
        }
    })
}

/// Whether a reference of theirs is the kind of number asked for: its own label says so, or none says otherwise.
fn labelled(scene: &Scene<'_>, theirs: &Theirs<'_>, reference: &Typed, label: WordId) -> bool {
    let any = scene.lists_id(list::NUMBER_ANY, label);
    let near = reference.from.saturating_sub(6)..(reference.to + 5).min(theirs.text.tokens.len());
    let own = near
        .map(|at| theirs.text.tokens[at].word)
        .find(|word| scene.lists_id(list::NUMBER_LABEL, *word));
    match own {
        Some(own) => {
            let account = |word| scene.lists_id(list::NUMBER_ACCOUNT, word);
            any || own == label || (account(own) && account(label))
        }
        None => scene.lists_id(list::NUMBER_USUAL, label),
    }
}

fn in_theirs(
    scene: &Scene<'_>,
    theirs: &Theirs<'_>,
    list: &str,
    from: usize,
    to: usize,
) -> Option<(usize, usize)> {
    let field = Field {
        text: theirs.text,
        sets: scene.field.sets,
        typed: theirs.typed,
    };
    scene
        .lists
        .get(list)?
        .first_in(from, to, &field)
        .map(|m| (m.from, m.to))
}

/// A step that the sentence suggests, and its words.
fn suggested_step(scene: &Scene<'_>, sentence: Sentence) -> Option<(&'static str, usize, usize)> {
    let text = scene.text();
    let (suggest, _) = scene.list_in(list::STEP_SUGGEST, sentence.from, sentence.to)?;
    if text.tokens[suggest].masked {
        return None;
    }
    STEPS.iter().find_map(|step| {
        let (from, to) = scene.list_in(step, suggest, sentence.to)?;
        // "You restarted it twice; did the light change?" builds on it; "a different cable from the one" is new.
        let builds = (sentence.from..from).any(|at| {
            scene.in_list(at, list::YOU_WORD)
                && (at + 1..from + 1).all(|i| i == from || scene.in_list(i, list::STEP_ADVERB))
                && !scene.in_list(at.wrapping_sub(1), list::STEP_ASKS)
                && text.written(from).ends_with("ed")
        });
        let negated = (suggest..from).any(|at| scene.in_list(at, list::STEP_DENIED))
            || (sentence.from..from).any(|at| scene.in_list(at, list::THANK_WORD));
        (!builds && !negated).then_some((*step, suggest.min(from), to))
    })
}

/// The customer's words that say a step was tried.
fn tried(scene: &Scene<'_>, theirs: &[Theirs<'_>], step: &str) -> Option<String> {
    theirs.iter().rev().find_map(|t| {
        t.text
            .sentences
            .iter()
            .filter(|s| !s.question)
            .find_map(|s| {
                let (from, to) = in_theirs(scene, t, step, s.from, s.to)?;
                let is = |at: usize, words: ListId| scene.lists_id(words, t.text.tokens[at].word);
                let ahead = (s.from..from).any(|at| {
                    is(at, list::TRIED_AHEAD) || is(at, list::NOT_WORD) && step != "step-spam"
                });
                // "It is not in my spam folder" says that they looked.
                let done = t.text.written(from).ends_with("ed")
                    || (s.from..s.to).any(|at| is(at, list::TRIED_DONE));
                (done && !ahead).then(|| t.text.written_span(from, to).to_string())
            })
    })
}
