//! The values of a sentence or a fact: what is typed, and the numbers, references and names beside it.

use super::day::{Day, day};
use super::value::{MINUTES_ROUND, Of, Value, Valued, plain};
use crate::FactKind;
use crate::list;
use crate::pattern::Typed;
use crate::scene::Scene;
use crate::text::{Kind, Text};
use crate::typed::{Calendar, Class, Way};

/// "TD 55 901" is three tokens.
const CODE_TOKENS_MAX: usize = 4;

/// The values in tokens `from..to`, in their order.
pub fn values(
    scene: &Scene<'_>,
    text: &Text<'_>,
    typed: &[Typed],
    from: usize,
    to: usize,
) -> Vec<Value> {
    let mut all: Vec<Value> = Vec::new();
    let within: Vec<&Typed> = typed
        .iter()
        .filter(|t| t.from >= from && t.to <= to && t.kind != FactKind::Count)
        .collect();
    for t in &within {
        // "Two weeks ago" is a day, and no length.
        let is_day = |other: &&Typed| {
            other.kind == FactKind::Date && other.from <= t.from && t.to <= other.to
        };
        if t.kind != FactKind::Date && within.iter().copied().any(|other| is_day(&other)) {
            continue;
        }
        let passed = (t.kind == FactKind::Date && as_of(scene, text, from, t.from))
            || loosely(scene, text, from, t.from);
        // "This year", with a "now" to tell it from: no day at all.
        let vague = |is: &Valued| {
            matches!(is, Valued::Day(day) if day.date.is_none()) && scene.context.now.is_some()
        };
        // "14:00-16:30": it begins, and it ends.
        if t.kind == FactKind::Time
            && let Some((first, _)) = text.written_span(t.from, t.to).split_once(['-', '–'])
            && let Some(minutes) = minutes_of_clock(first)
        {
            all.push(Value {
                is: Valued::Time(minutes),
                at: (t.from, t.to),
            });
        }
        if let Some(is) = of_typed(scene, text, t).filter(|is| !passed && !vague(is)) {
            all.push(Value {
                is,
                at: (t.from, t.to),
            });
        }
    }
    let mut at = from;
    while at < to {
        if let Some(covered) = within.iter().find(|t| t.from <= at && at < t.to) {
            at = covered.to;
            continue;
        }
        let free = |i: usize| i < to && !within.iter().any(|t| t.from <= i && i < t.to);
        let found = if text.tokens[at].masked {
            None
        } else {
            untyped(scene, text, from, at, &free)
        };
        // "10-12" is both of its ends.
        let range = text.written(at).split_once(['-', '–']).map(|(from, to)| {
            let end = |part: &str| match minutes_of_clock(part) {
                Some(minutes) => Some(Valued::Time(minutes)),
                None if part.len() <= 2 => Some(Valued::Number(part.parse().ok()?, None)),
                None => None,
            };
            (end(from), end(to))
        });
        if let Some((Some(first), Some(last))) = range {
            all.extend([first, last].map(|is| Value {
                is,
                at: (at, at + 1),
            }));
            at += 1;
            continue;
        }
        match found {
            Some(value) => {
                at = value.at.1.max(at + 1);
                all.push(value);
            }
            None => at += 1,
        }
    }
    let several = scene.opposites.several(text, from, to);
    all.extend(several.into_iter().map(|(kind, which, at)| Value {
        is: Valued::One(kind, which),
        at: (at, at + 1),
    }));
    all.sort_by_key(|value| value.at);
    all
}

/// "16:30", on a clock's face.
fn minutes_of_clock(written: &str) -> Option<i64> {
    let (hour, minute) = written.split_once(':')?;
    Some((hour.parse::<i64>().ok()? * 60 + minute.parse::<i64>().ok()?) % MINUTES_ROUND)
}

fn of_typed(scene: &Scene<'_>, text: &Text<'_>, typed: &Typed) -> Option<Valued> {
    let value = typed.value.as_deref();
    Some(match typed.kind {
        FactKind::Date => Valued::Day(day(scene, text, typed)),
        FactKind::Time => {
            let (hour, minute) = value?.split_once(':')?;
            let minutes = hour.parse::<i64>().ok()? * 60 + minute.get(..2)?.parse::<i64>().ok()?;
            Valued::Time(minutes % MINUTES_ROUND)
        }
        FactKind::Amount => {
            let number: String = value?
                .chars()
                .filter(|c| c.is_ascii_digit() || *c == '.')
                .collect();
            Valued::Sum(number.parse().ok()?)
        }
        FactKind::Duration => Valued::Length(minutes(value?)?),
        FactKind::Reference => {
            let end = glued(text, typed.to);
            Valued::Code(if end > typed.to {
                plain(text.written_span(typed.from, end))
            } else {
                plain(value?)
            })
        }
        FactKind::Phone | FactKind::Email => Valued::Code(plain(value?)),
        _ => return None,
    })
}

/// Where a number ends whose letters hang on it: "5540-BA".
fn glued(text: &Text<'_>, mut to: usize) -> usize {
    let touches = |at: usize| {
        text.tokens
            .get(at)
            .is_some_and(|t| at > 0 && t.start == text.tokens[at - 1].end)
    };
    while touches(to)
        && (matches!(text.tokens[to].kind, Kind::Word | Kind::Number | Kind::Code)
            && !text.tokens[to].contracted
            || (matches!(text.written(to), "-" | "/") && touches(to + 1)))
    {
        to += 1;
    }
    to
}

/// "Just over a year", "about the 5th", "a quarter of an hour": a value that is not said outright.
fn loosely(scene: &Scene<'_>, text: &Text<'_>, from: usize, at: usize) -> bool {
    let near = |back: usize| (at >= from + back).then(|| text.tokens[at - back].word);
    let class = |back: usize| near(back).map(|word| scene.words.class(word));
    let rough =
        |back: usize| near(back).is_some_and(|word| scene.lists_id(list::ROUGHLY_WORD, word));
    let article = matches!(class(1), Some(Class::Article | Class::The));
    rough(1)
        || (article && rough(2))
        || (class(1) == Some(Class::Of) && matches!(class(2), Some(Class::Quarter | Class::Half)))
}

/// "As of today" says when one looked, not when it happened.
fn as_of(scene: &Scene<'_>, text: &Text<'_>, from: usize, at: usize) -> bool {
    at >= from + 2
        && scene.lists_id(list::AS_OF_WORD, text.tokens[at - 1].word)
        && scene.lists_id(list::AS_WORD, text.tokens[at - 2].word)
}

/// Minutes of a length as typed values write it: "PT50M", "P2W"; months and years as days.
fn minutes(iso: &str) -> Option<f64> {
    let (days, clock) = iso.strip_prefix('P')?.split_once('T').map_or_else(
        || (iso.trim_start_matches('P'), ""),
        |(days, clock)| (days, clock),
    );
    let sum = |part: &str, units: &[(char, f64)]| {
        let mut total = 0.0;
        let mut number = String::new();
        for c in part.chars() {
            if c.is_ascii_digit() || c == '.' {
                number.push(c);
                continue;
            }
            let (_, each) = units.iter().find(|(unit, _)| *unit == c)?;
            total += number.parse::<f64>().ok()? * each;
            number.clear();
        }
        Some(total)
    };
    let day = 24.0 * 60.0;
    Some(
        sum(
            days,
            &[
                ('Y', 365.0 * day),
                ('M', 30.0 * day),
                ('W', 7.0 * day),
                ('D', day),
            ],
        )? + sum(clock, &[('H', 60.0), ('M', 1.0), ('S', 1.0 / 60.0)])?,
    )
}

/// A number, a reference or a name that begins at token `at` and is no typed thing.
fn untyped(
    scene: &Scene<'_>,
    text: &Text<'_>,
    from: usize,
    at: usize,
    free: &impl Fn(usize) -> bool,
) -> Option<Value> {
    let token = &text.tokens[at];
    let written = text.written(at);
    let listed = |list, i: usize| scene.lists_id(list, text.tokens[i].word);
    let before = (from..at).rev().find(|i| !text.tokens[*i].step);
    // "Not ten": what it is not needs no record.
    let article =
        before.filter(|i| *i > from && scene.words.class(text.tokens[*i].word) == Class::Article);
    if before.is_some_and(|i| listed(list::NOT_WORD, i))
        || article.is_some_and(|i| listed(list::NOT_WORD, i - 1))
        || loosely(scene, text, from, at)
    {
        return None;
    }
    let matter = |from: usize, to: usize| {
        scene
            .families
            .matters(text, from, to.min(text.tokens.len()))
            .pop()
    };
    let numbered = before.filter(|i| listed(list::NUMBERED_THING, *i));
    match token.kind {
        Kind::Number | Kind::Code => {
            if let Some((rand, to)) = rand(text, at) {
                return Some(Value {
                    is: Valued::Sum(rand),
                    at: (at, to),
                });
            }
            // "TD 55 901", "7421 0098": one number in several pieces.
            let mut end = at + 1;
            let mut joined = plain(written);
            while end - at < CODE_TOKENS_MAX
                && free(end)
                && (matches!(text.tokens[end].kind, Kind::Number | Kind::Code)
                    || text.tokens[end].skip)
            {
                joined.push_str(&plain(text.written(end)));
                end += 1;
            }
            let glued = glued(text, end);
            if glued > end && !text.tokens[end].contracted {
                joined.push_str(&plain(text.written_span(end, glued)));
                end = glued;
            }
            let first = before
                .filter(|i| text.tokens[*i].caps && free(*i) && !text.all_caps)
                // "SGD 48" is a sum.
                .filter(|i| {
                    text.written(*i).len() <= CODE_TOKENS_MAX && !listed(list::CURRENCY_CODE, *i)
                });
            let spoken = crate::typed::number_at(text, scene.words, scene.single_words, at);
            if let Some(said) = spoken.filter(|_| end == at + 1 && first.is_none()) {
                let of = numbered
                    .and_then(|i| matter(i, i + 1))
                    .or_else(|| matter(said.to, said.to + 1));
                return Some(Value {
                    is: Valued::Number(said.value, of),
                    at: (at, said.to),
                });
            }
            let (start, code) = match first {
                Some(i) => (i, format!("{}{joined}", plain(text.written(i)))),
                None => (at, joined),
            };
            Some(Value {
                is: Valued::Code(code),
                at: (start, end),
            })
        }
        Kind::Word => {
            if let Some(times) = times(scene, text, at) {
                return Some(times);
            }
            if let Some(day) = weekly(scene, text, at) {
                return Some(day);
            }
            let number = (!token.contracted)
                .then(|| crate::typed::number_at(text, scene.words, scene.single_words, at))
                .flatten()
                // "One" stands for a thing as often as for its number.
                .filter(|said| said.value != 1.0 || place_in_a_row(scene, text, at));
            if let Some(said) = number {
                let half = before
                    .filter(|i| *i > from)
                    .is_some_and(|i| scene.words.class(text.tokens[i - 1].word) == Class::Half);
                let is = if place_in_a_row(scene, text, said.to - 1) {
                    Valued::Nth(said.value)
                } else if half {
                    // "Half a dozen".
                    Valued::Number(said.value / 2.0, matter(said.to, said.to + 1))
                } else {
                    Valued::Number(said.value, matter(said.to, said.to + 1))
                };
                return Some(Value {
                    is,
                    at: (at, said.to),
                });
            }
            // "An L", "Grade: B"; a letter among capitals belongs to a name.
            let letter = written.len() == 1
                && token.capital
                && scene.words.class(token.word) != Class::Article
                && !scene.lists_id(list::I_WORD, token.word)
                && !touches_mark(text, at)
                && before.is_some_and(|i| numbered.is_none() && !text.tokens[i].capital);
            if letter {
                return Some(Value {
                    is: Valued::Code(plain(written)),
                    at: (at, at + 1),
                });
            }
            // "Row F".
            if let Some(i) = numbered
                && written.len() == 1
                && token.capital
            {
                return Some(Value {
                    is: Valued::Code(plain(written)),
                    at: (i, at + 1),
                });
            }
            let named = written.starts_with(char::is_uppercase)
                && !token.caps
                && !text.all_caps
                && written.len() > 1
                && !scene.families.is_plain(token.word)
                && !first_of_sentence(text, at)
                && !listed(list::TITLE_WORD, at)
                && !before.is_some_and(|i| listed(list::FACT_LEAD, i));
            let place = || {
                before.is_some_and(|i| {
                    listed(list::PLACE_MARK, i)
                        || (scene.words.class(text.tokens[i].word) == Class::The
                            && i > from
                            && listed(list::PLACE_MARK, i - 1))
                })
            };
            let titled = before.is_some_and(|i| listed(list::TITLE_WORD, i))
                || (before.is_some_and(|i| text.written(i) == ".")
                    && at >= from + 2
                    && listed(list::TITLE_WORD, at - 2));
            let of = match () {
                () if titled => Of::Person,
                () if place() => Of::Place,
                () => Of::Unknown,
            };
            named.then(|| Value {
                is: Valued::Name(plain(written), of),
                at: (at, at + 1),
            })
        }
        _ => None,
    }
}

/// "First", "eighth"; "second" is a length of time as often.
fn place_in_a_row(scene: &Scene<'_>, text: &Text<'_>, at: usize) -> bool {
    matches!(scene.words.class(text.tokens[at].word), Class::Ordinal(_))
}

fn first_of_sentence(text: &Text<'_>, at: usize) -> bool {
    let sentence = text.sentence_of(at);
    (sentence.from..at).all(|i| text.tokens[i].kind != Kind::Word)
}

/// A letter with a point or a hyphen behind it is short for a word.
fn touches_mark(text: &Text<'_>, at: usize) -> bool {
    let end = text.tokens[at].end;
    text.tokens
        .get(at + 1)
        .is_some_and(|next| next.start == end && !matches!(text.written(at + 1), "," | ";" | ":"))
        && text.sentence_of(at).to > at + 2
        || text.tokens.get(at + 1).is_some_and(|next| next.capital)
}

/// "Twice", "three times", "one time", and "once" where nothing hangs on it.
fn times(scene: &Scene<'_>, text: &Text<'_>, at: usize) -> Option<Value> {
    let class = |at: usize| text.tokens.get(at).map(|t| scene.words.class(t.word));
    if let Some(Class::Twice(times)) = class(at) {
        return Some(Value {
            is: Valued::Times(f64::from(times)),
            at: (at, at + 1),
        });
    }
    let ends = text
        .tokens
        .get(at + 1)
        .is_none_or(|next| next.kind != Kind::Word);
    if ends && scene.lists_id(list::ONCE_WORD, text.tokens[at].word) {
        return Some(Value {
            is: Valued::Times(1.0),
            at: (at, at + 1),
        });
    }
    let said = crate::typed::number_at(text, scene.words, scene.single_words, at)?;
    matches!(class(said.to), Some(Class::Time | Class::Times)).then(|| Value {
        is: Valued::Times(said.value),
        at: (at, said.to + 1),
    })
}

/// "Thursdays": any of them.
fn weekly(scene: &Scene<'_>, text: &Text<'_>, at: usize) -> Option<Value> {
    let written = text.written(at).to_lowercase();
    let name = written.strip_suffix('s')?;
    let Class::Weekday(day) = scene.words.class(scene.words.get(name.as_bytes())) else {
        return None;
    };
    let calendar = Calendar {
        today: Some(scene.context.now?.date()),
        month_first: false,
    };
    Some(Value {
        is: Valued::Day(Day::of_week(calendar.weekday(day, Way::Nearest)?)),
        at: (at, at + 1),
    })
}

/// "R1,899", "R1 899,00": a sum in rand, where its groups or cents show that it is no reference.
fn rand(text: &Text<'_>, at: usize) -> Option<(f64, usize)> {
    let mut written = text.written(at).strip_prefix('R')?.to_string();
    let mut to = at + 1;
    loop {
        // The comma of "R1,899" may be a token of its own.
        let comma = usize::from(to < text.tokens.len() && text.written(to) == ",");
        let Some(next) = text.tokens.get(to + comma) else {
            break;
        };
        let group = text.written(to + comma);
        let three = group.split([',', '.']).next().map(str::len) == Some(3);
        let near = next.start <= text.tokens[to - 1].end + 1;
        if next.kind != Kind::Number || !three || !near {
            break;
        }
        written.push_str(group);
        to += comma + 1;
    }
    let figures = |c: char| c.is_ascii_digit() || matches!(c, ',' | '.');
    if !written.chars().all(figures) || (to == at + 1 && !written.contains([',', '.'])) {
        return None;
    }
    let cents = written
        .len()
        .checked_sub(3)
        .filter(|cut| written.is_char_boundary(*cut) && written[*cut..].starts_with([',', '.']));
    let (whole, cents) = written.split_at(cents.unwrap_or(written.len()));
    let whole: f64 = whole.replace([',', '.'], "").parse().ok()?;
    let cents: f64 = cents.get(1..).map_or(Ok(0.0), str::parse).ok()?;
    Some((whole + cents / 100.0, to))
}
