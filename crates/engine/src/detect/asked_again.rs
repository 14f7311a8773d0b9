//! "asked-again": a question for what the thread already holds, a step already tried, "why didn't you", or four at once.

use super::hit;
use crate::deck::Hit;
use crate::pattern::{Field, Typed};
use crate::scene::Scene;
use crate::text::{Kind, NameWords, Sentence, Text};
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
    Number(&'static str),
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
        if let Some((from, to)) = scene.list_in("blame-why", sentence.from, sentence.to) {
            let told = (sentence.from..from).any(|at| {
                scene.word_is_any(at, &["asked", "ask", "wonder", "wondered", "wrote", "said"])
            });
            if !told && !text.tokens[from].masked {
                hits.push(Hit {
                    says: Some("This asks why they did not act, and reads as blame.".into()),
                    ..hit(from, to)
                });
                continue;
            }
        }
        if let Some((from, to)) = scene.list_in("ask-once-more", sentence.from, sentence.to)
            && scene.context.message.is_some()
            && !text.tokens[from].masked
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
            let typed = crate::typed::find(&text, context.now);
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
    let (from, ask) = scene.list_in("slot-ask", sentence.from, sentence.to)?;
    if text.tokens[from].masked
        || scene
            .list_in("slot-other", sentence.from, sentence.to)
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
    const NUMBERS: &[&str] = &[
        "order",
        "booking",
        "invoice",
        "account",
        "policy",
        "meter",
        "ticket",
        "tracking",
        "customer",
        "membership",
        "reference",
        "case",
        "claim",
        "reservation",
        "serial",
    ];
    for at in from..sentence.to {
        let next = scene.word_is_any(
            at + 1,
            &["number", "no", "numbers", "ref", "reference", "id", "code"],
        );
        if let Some(label) = NUMBERS.iter().find(|label| scene.word_is(at, label))
            && (next || *label == "reference")
        {
            return Some((Slot::Number(label), from, at + 1 + usize::from(next)));
        }
        if scene.word_is(at, "which") && scene.word_is(at + 1, "order") {
            return Some((Slot::Number("order"), from, at + 2));
        }
        let reach = scene.word_is(at, "number")
            && (scene.word_is_any(at + 1, &["to", "for", "can"])
                || scene.word_is_any(at + 2, &["can"]));
        let slot = if reach {
            Slot::Phone
        } else if scene.word_is_any(at, &["email", "e-mail"])
            && (at >= ask || !scene.word_is_any(at + 1, &["me", "us", "it", "them"]))
            && !scene.word_is_any(
                at.wrapping_sub(1),
                &["by", "via", "an", "this", "our", "you"],
            )
        {
            Slot::Email
        } else if scene.word_is_any(at, &["phone", "telephone", "mobile", "contact"])
            && scene.word_is_any(at + 1, &["number", "no"])
        {
            Slot::Phone
        } else if at >= ask
            && scene.word_is_any(
                at,
                &[
                    "photo",
                    "photos",
                    "picture",
                    "pictures",
                    "screenshot",
                    "screenshots",
                    "pic",
                    "pics",
                ],
            )
        {
            Slot::Photo
        } else if at + 1 >= ask && scene.word_is(at, "model") {
            Slot::Model
        } else if at + 1 >= ask
            && scene.word_is(at, "size")
            && (at..sentence.to).any(|i| scene.word_is(i, "did"))
        {
            // "What size did you order?"; "What size would you like?" is new.
            Slot::Size
        } else if at + 1 >= ask
            && scene.word_is_any(at, &["address", "postcode"])
            && (scene.word_is_any(
                at.wrapping_sub(1),
                &["your", "delivery", "home", "full", "postal", "shipping"],
            ) || (scene.word_is(at.wrapping_sub(1), "the")
                && text
                    .tokens
                    .get(at + 1)
                    .is_some_and(|_| text.written(at + 1) == "?")))
        {
            Slot::Address
        } else if scene.word_is_any(at, &["amount"])
            || (scene.word_is(at, "how") && scene.word_is(at + 1, "much"))
        {
            Slot::Amount
        } else if (scene.word_is(at, "date") && at >= from) || scene.word_is(at, "when") {
            Slot::Day
        } else {
            continue;
        };
        let to = if matches!(slot, Slot::Day | Slot::Amount) {
            words_of(scene, sentence).1
        } else {
            at + 1 + usize::from(scene.word_is_any(at + 1, &["number", "no", "address"]))
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
                            scene.word_is_any(at, &["was", "did"])
                                && scene.word_is_any(at + 1, &["this", "that"])
                                || scene.word_is_any(at, &["this", "that"])
                                    && scene.word_is_any(at + 1, &["was", "happened"])
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
fn labelled(scene: &Scene<'_>, theirs: &Theirs<'_>, reference: &Typed, label: &str) -> bool {
    const LABELS: &[&str] = &[
        "order",
        "booking",
        "invoice",
        "account",
        "policy",
        "meter",
        "ticket",
        "tracking",
        "customer",
        "membership",
        "case",
        "claim",
        "reservation",
        "serial",
    ];
    // What people write for a label.
    const SHORT: &[(&str, &str)] = &[("acct", "account"), ("a/c", "account"), ("acc", "account")];
    let is =
        |at: usize, word: &str| theirs.text.tokens[at].word == scene.words.get(word.as_bytes());
    let own = (reference.from.saturating_sub(6)..(reference.to + 5).min(theirs.text.tokens.len()))
        .find_map(|at| {
            LABELS.iter().find(|l| is(at, l)).copied().or_else(|| {
                let short = SHORT.iter().find(|(short, _)| is(at, short));
                short.map(|(_, label)| *label)
            })
        });
    match own {
        Some(own) => own == label || label == "reference",
        None => matches!(
            label,
            "order" | "reference" | "booking" | "tracking" | "ticket" | "reservation" | "case"
        ),
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
    let (suggest, _) = scene.list_in("step-suggest", sentence.from, sentence.to)?;
    if text.tokens[suggest].masked {
        return None;
    }
    STEPS.iter().find_map(|step| {
        let (from, to) = scene.list_in(step, suggest, sentence.to)?;
        // "You restarted it twice; did the light change?" builds on it; "a different cable from the one" is new.
        let builds = (sentence.from..from).any(|at| {
            scene.word_is(at, "you")
                && (at + 1..from + 1).all(|i| {
                    i == from || scene.word_is_any(i, &["have", "already", "had", "also", "just"])
                })
                && !scene.word_is_any(
                    at.wrapping_sub(1),
                    &["have", "did", "can", "could", "would", "will"],
                )
                && text.written(from).ends_with("ed")
        });
        let negated = (suggest..from).any(|at| {
            scene.word_is_any(
                at,
                &["not", "never", "without", "instead", "thank", "thanks"],
            )
        }) || (sentence.from..from)
            .any(|at| scene.word_is_any(at, &["thank", "thanks"]));
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
                let is = |at: usize, words: &[&str]| {
                    words.iter().any(|w| {
                        t.text.tokens[at].word == scene.words.get(w.as_bytes())
                            && t.text.tokens[at].word != crate::words::UNKNOWN
                    })
                };
                let ahead = (s.from..from).any(|at| {
                    is(
                        at,
                        &[
                            "will", "shall", "should", "can", "could", "would", "never", "before",
                            "if", "how", "going",
                        ],
                    ) || is(at, &["not"]) && step != "step-spam"
                });
                // "It is not in my spam folder" says that they looked.
                let done = t.text.written(from).ends_with("ed")
                    || (s.from..s.to).any(|at| {
                        is(
                            at,
                            &[
                                "already", "tried", "twice", "have", "did", "done", "times",
                                "again", "trying", "nothing", "still", "checked",
                            ],
                        )
                    });
                (done && !ahead).then(|| t.text.written_span(from, to).to_string())
            })
    })
}
