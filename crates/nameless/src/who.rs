//! Whom the names of a moment mean: the customer, one of us, somebody else; the same person in every part.

use crate::find::{Found, Span};
use crate::introduced::{self, Whose};
use crate::people::{self, Names, Run};
use crate::{Kind, Known, Part, lists};

/// Somebody, by the names that were used for them.
#[derive(Debug, Clone)]
struct Somebody {
    kind: Kind,
    key: String,
    words: Vec<String>,
}

/// A stretch with what it is.
#[derive(Debug, Clone)]
pub struct Settled {
    pub span: Span,
    /// "Son", where that is how the person is known.
    pub role: Option<String>,
    /// The stretch begins with the comma of "my son, Tom," or stands right behind "my son".
    pub told_by_role: bool,
}

/// Every stretch of every part, names among them, in order.
pub fn settle(parts: &[Part<'_>], found: &[Found], known: &Known<'_>) -> Vec<Vec<Settled>> {
    let mut customer: Vec<String> = known
        .customer
        .iter()
        .flat_map(|name| people::name_words(name))
        .collect();
    let mut ours: Vec<Vec<String>> = known
        .ours
        .iter()
        .map(|name| people::name_words(name))
        .filter(|words| !words.is_empty())
        .collect();
    for (part, found) in parts.iter().zip(found) {
        let (own, greeted) = introduced::theirs(part.voice);
        for (whose, words) in [(own, &found.own), (greeted, &found.greeted)] {
            if words.is_empty() {
                continue;
            }
            match whose {
                Whose::Customers => {
                    let of_ours = ours
                        .iter()
                        .any(|known| words.iter().all(|word| known.contains(word)));
                    if !of_ours {
                        customer.extend(words.iter().cloned());
                    }
                }
                Whose::Ours => {
                    let fits = |known: &&mut Vec<String>| {
                        known
                            .iter()
                            .any(|a| words.iter().any(|b| lists::same_name(a, b)))
                    };
                    match ours.iter_mut().find(fits) {
                        Some(known) => {
                            known.extend(words.iter().filter(|word| word.len() > 1).cloned())
                        }
                        None if !words.iter().all(|word| customer.contains(word)) => {
                            ours.push(words.clone())
                        }
                        None => {}
                    }
                }
            }
        }
    }
    customer.sort();
    customer.dedup();
    let others = others(found, &customer, &ours);
    parts
        .iter()
        .zip(found)
        .map(|(part, found)| {
            let mut all: Vec<Settled> = found
                .spans
                .iter()
                .map(|span| Settled {
                    span: span.clone(),
                    role: None,
                    told_by_role: false,
                })
                .collect();
            all.extend(
                found
                    .runs
                    .iter()
                    .map(|run| settled(part, run, &customer, &ours, &others)),
            );
            all.sort_by_key(|it| it.span.start);
            // A role's comma may touch what stands before it: the earlier one keeps its place.
            let mut free_from = 0;
            all.retain(|it| {
                let fits = it.span.start >= free_from;
                free_from = if fits { it.span.end } else { free_from };
                fits
            });
            all
        })
        .collect()
}

/// Whether every one of these words may be one of theirs.
fn all_of(words: &[String], theirs: &[String]) -> bool {
    !words.is_empty()
        && words
            .iter()
            .all(|word| theirs.iter().any(|known| lists::same_name(word, known)))
}

/// Whether it is them: the same words, or the same first name with more behind it.
fn fits(words: &[String], theirs: &[String]) -> bool {
    all_of(words, theirs)
        || words.len() > 1
            && theirs.len() == 1
            && words
                .first()
                .is_some_and(|first| lists::same_name(first, &theirs[0]))
}

fn is_persons(run: &Run) -> bool {
    matches!(run.names, Names::Person | Names::Something)
}

/// Everybody else, longest names first, so that "Tom" is the "Tom Harris" of another line.
fn others(found: &[Found], customer: &[String], ours: &[Vec<String>]) -> Vec<Somebody> {
    let mut all: Vec<Somebody> = Vec::new();
    let mut runs: Vec<&Run> = found
        .iter()
        .flat_map(|found| &found.runs)
        .filter(|run| run.names == Names::Person)
        .collect();
    runs.sort_by_key(|run| std::cmp::Reverse(run.words.len()));
    for run in runs {
        let known = fits(&run.words, customer)
            || ours.iter().any(|one| fits(&run.words, one))
            || all.iter().any(|one| all_of(&run.words, &one.words));
        if !known && !run.words.is_empty() {
            all.push(Somebody {
                kind: Kind::Person,
                key: run.words.join(" "),
                words: run.words.clone(),
            });
        }
    }
    all
}

fn settled(
    part: &Part<'_>,
    run: &Run,
    customer: &[String],
    ours: &[Vec<String>],
    others: &[Somebody],
) -> Settled {
    let one_of_ours = ours.iter().position(|one| fits(&run.words, one));
    let of_customer = fits(&run.words, customer);
    let prefer_ours = matches!(part.voice, crate::Voice::Us) && run.signs;
    let (kind, key) = match (of_customer, one_of_ours) {
        (true, Some(place)) if prefer_ours && is_persons(run) => {
            (Kind::Colleague, place.to_string())
        }
        (true, _) if is_persons(run) && run.role.is_none() => (Kind::Customer, String::new()),
        (_, Some(place)) if is_persons(run) => (Kind::Colleague, place.to_string()),
        _ if is_persons(run) => {
            let known = others.iter().find(|one| all_of(&run.words, &one.words));
            match (known, run.names) {
                (Some(one), _) => (one.kind, one.key.clone()),
                (None, Names::Person) => (Kind::Person, run.words.join(" ")),
                (None, _) => (Kind::Name, run.words.join(" ")),
            }
        }
        _ if run.names == Names::Place => (Kind::Place, run.words.join(" ")),
        _ => (Kind::Firm, run.words.join(" ")),
    };
    let told_by_role = run.role.is_some() && kind == Kind::Person;
    Settled {
        span: Span {
            start: run.start,
            end: run.end,
            kind,
            key,
        },
        role: run.role.clone().filter(|_| kind == Kind::Person),
        told_by_role,
    }
}
