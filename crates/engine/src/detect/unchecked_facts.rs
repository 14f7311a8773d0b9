//! "unchecked-facts": a status, an amount, a date or a number stated as a fact that no checked fact shows.

use super::hit;
use crate::deck::Hit;
use crate::list;
use crate::pattern::{Pattern, Typed};
use crate::review::families::Matter;
use crate::scene::Scene;
use crate::text::{Kind, NameWords, Sentence, Text};
use crate::words::CLITIC_S;
use crate::{FactKind, FactState, KnownFact, Weight};

/// A draft with more statements than these has been said enough about.
const NOTES_MAX: usize = 4;

const CLAIMED: &str = "This is what they told us; no record shows it yet.";
const DISPUTED: &str = "Our records and their account differ here, and it is not settled.";

pub fn find(scene: &Scene<'_>) -> Vec<Hit> {
    if scene.structural {
        return super::unchecked_values::find(scene);
    }
    let text = scene.text();
    let mut hits = Vec::new();
    let mut known: Option<Vec<Known>> = None;
    let leads = Leads::of(scene);
    for sentence in &text.sentences {
        if sentence.masked || sentence.question || hits.len() >= NOTES_MAX {
            continue;
        }
        let Some((from, to, weight)) = statement(scene, &leads, *sentence) else {
            continue;
        };
        // "I've sent a new one; it arrives tomorrow": what follows from one's own act needs no record.
        if (sentence.from..from)
            .any(|at| scene.in_list(at, list::I_WORD) && scene.in_list(at + 1, list::FACT_OWN_ACT))
        {
            continue;
        }
        let known = known.get_or_insert_with(|| {
            scene
                .context
                .facts
                .iter()
                .map(|fact| Known::new(scene, fact))
                .collect()
        });
        let said = Stated::new(scene, *sentence, from, to);
        if known
            .iter()
            .any(|k| k.state == FactState::Checked && k.same_words(scene, *sentence))
            || said.shown_by(known, FactState::Checked)
            || said.repeats_the_customer(scene)
        {
            continue;
        }
        let says = if said.touched_by(known, FactState::Disputed) {
            Some(DISPUTED.to_string())
        } else if said.touched_by(known, FactState::Claimed) {
            Some(CLAIMED.to_string())
        } else {
            None
        };
        hits.push(Hit {
            says,
            weight: Some(weight),
            ..hit(from, to)
        });
    }
    hits
}

/// What a statement can begin with, looked up once for a draft.
struct Leads<'a> {
    verb: Option<&'a Pattern>,
    act: Option<&'a Pattern>,
    amount: Option<&'a Pattern>,
    reference: Option<&'a Pattern>,
}

impl<'a> Leads<'a> {
    fn of(scene: &Scene<'a>) -> Leads<'a> {
        Leads {
            verb: scene.lists.get(list::FACT_VERB),
            act: scene.lists.get(list::FACT_OUR_ACT),
            amount: scene.lists.get(list::FACT_AMOUNT),
            reference: scene.lists.get(list::FACT_REFERENCE),
        }
    }
}

/// The first statement in a sentence that a record could show: its tokens and how loud.
fn statement(
    scene: &Scene<'_>,
    leads: &Leads<'_>,
    sentence: Sentence,
) -> Option<(usize, usize, Weight)> {
    let text = scene.text();
    let typed_in = |from: usize, to: usize| {
        scene
            .field
            .typed
            .iter()
            .filter(|t| matches!(t.kind, FactKind::Date | FactKind::Time))
            .any(|t| t.from >= from && t.to <= to)
    };
    let sum_in = |from: usize, to: usize| {
        scene
            .field
            .typed
            .iter()
            .any(|t| t.kind == FactKind::Amount && t.from >= from && t.to <= to)
    };
    for at in sentence.from..sentence.to {
        let token = &text.tokens[at];
        if token.masked || token.kind != Kind::Word {
            continue;
        }
        let begins = |pattern: Option<&Pattern>| {
            pattern
                .filter(|p| p.may_begin(token.word, scene.field.sets))
                .and_then(|p| p.matches(at, &scene.field))
                .map(|m| m.to)
        };
        if (scene.in_list(at, list::FACT_STATE_VERB) || token.word == CLITIC_S)
            && let Some((to, weight)) = state_behind(scene, at, sentence.to)
            && let Some(from) = subject(scene, sentence.from, at)
        {
            return Some((from, to, weight));
        }
        if let Some(to) = begins(leads.verb)
            && let Some(from) = subject(scene, sentence.from, at)
        {
            return Some((from, to, Weight::LookAgain));
        }
        if let Some(to) = begins(leads.act) {
            let already = (at..sentence.to).any(|i| scene.in_list(i, list::ALREADY_WORD));
            if (already || typed_in(to, sentence.to) || sum_in(to, sentence.to))
                && !guarded(scene, sentence.from, at)
            {
                return Some((at, to, Weight::LookAgain));
            }
            if settles(scene, to) && !guarded(scene, sentence.from, at) {
                return Some((at, to, Weight::Quiet));
            }
        }
        if let Some(to) = begins(leads.amount)
            && !guarded(scene, sentence.from, at)
        {
            return Some((at, to, Weight::LookAgain));
        }
        if let Some(to) = begins(leads.reference)
            && !guarded(scene, sentence.from, at)
        {
            return Some((at, to, Weight::Quiet));
        }
    }
    None
}

/// "We have cancelled your": an act that changes what the customer holds, said of theirs; "we received your" is none.
fn settles(scene: &Scene<'_>, to: usize) -> bool {
    scene.in_list(to, list::FACT_THEIRS) && scene.in_list(to - 1, list::FACT_SETTLES)
}

/// Behind "is" or "has been": adverbs, then a state; gives back where it ends.
fn state_behind(scene: &Scene<'_>, verb: usize, end: usize) -> Option<(usize, Weight)> {
    let has = scene.in_list(verb, list::FACT_HAS);
    let mut at = verb + 1;
    let mut been = false;
    while at < end && scene.in_list(at, list::FACT_ADVERB) {
        been |= scene.in_list(at, list::BEEN_WORD);
        if scene.in_list(at, list::BEING_WORD) {
            return None;
        }
        at += 1;
    }
    if has && !been {
        return None;
    }
    let within = |list: &str| scene.list_at(list, at).filter(|to| *to <= end);
    within("fact-done")
        .map(|to| (to, Weight::LookAgain))
        .or_else(|| within("fact-changed").map(|to| (to, Weight::Quiet)))
}

/// The subject of a verb at `verb` when it is a particular thing of the customer's: where it begins.
fn subject(scene: &Scene<'_>, from: usize, verb: usize) -> Option<usize> {
    const SUBJECT_WORDS_MAX: usize = 9;
    let text = scene.text();
    let mut words = 0;
    for at in (from..verb).rev() {
        let token = &text.tokens[at];
        if token.skip {
            continue;
        }
        if matches!(token.kind, Kind::Newline)
            || (token.kind == Kind::Punct
                && !matches!(text.written(at), "£" | "$" | "€" | "#" | "." | "'"))
        {
            return None;
        }
        if scene.in_list(at, list::FACT_SUBJECT) {
            let generic = scene.in_list(at, list::FACT_GENERIC)
                && words == 0
                && scene.list_at(list::FACT_GUARD, verb).is_some();
            return (!generic && !guarded(scene, from, at)).then_some(at);
        }
        if scene.in_list(at, list::FACT_NO_SUBJECT) {
            return None;
        }
        words += 1;
        if words > SUBJECT_WORDS_MAX {
            return None;
        }
    }
    // "Order 88213 was dispatched": a thing with its number needs no article.
    let named = (from..verb).any(|at| {
        scene
            .field
            .typed
            .iter()
            .any(|t| t.kind == FactKind::Reference && t.from == at)
    });
    let bare = words > 0
        && words <= 2
        && scene.in_list(verb, list::FACT_BARE_VERB)
        && !guarded(scene, from, verb);
    ((named && words > 0) || bare).then_some(from)
}

/// Whether something before token `at` in its clause makes the statement no statement of ours.
fn guarded(scene: &Scene<'_>, from: usize, at: usize) -> bool {
    let text = scene.text();
    let start = (from..at)
        .rev()
        .find(|i| matches!(text.written(*i), ";" | ":" | "—" | "–"))
        .map_or(from, |i| i + 1);
    // A comma ends a condition only where a new subject follows it: "If it is late, the refund was sent".
    (start..at).any(|i| {
        scene
            .list_at(list::FACT_GUARD, i)
            .is_some_and(|to| to <= at + 2)
            && !text.tokens[i].masked
            && !closed_by(scene, i, at)
    })
}

/// "Thank you for waiting. / Sorry about that, it was sent": a comma or joining word closes the guard.
fn closed_by(scene: &Scene<'_>, guard: usize, at: usize) -> bool {
    let text = scene.text();
    let condition = scene.in_list(guard, list::FACT_CONDITION);
    (guard..at)
        .any(|i| (!condition && text.written(i) == ",") || scene.in_list(i, list::FACT_GUARD_CLOSE))
}

/// What one statement says, in values and matters.
struct Stated {
    /// Its subject is "you".
    of_them: bool,
    /// Its subject is "we".
    of_us: bool,
    matters: Vec<Matter>,
    values: Vec<(FactKind, Option<String>)>,
}

fn values(typed: &[Typed], from: usize, to: usize) -> Vec<(FactKind, Option<String>)> {
    let kinds = [
        FactKind::Date,
        FactKind::Time,
        FactKind::Amount,
        FactKind::Reference,
    ];
    typed
        .iter()
        .filter(|t| t.from >= from && t.to <= to && kinds.contains(&t.kind))
        .map(|t| (t.kind, t.value.clone()))
        .collect()
}

impl Stated {
    fn new(scene: &Scene<'_>, sentence: Sentence, from: usize, to: usize) -> Stated {
        Stated {
            of_them: scene.in_list(from, list::YOU_WORD),
            of_us: scene.in_list(from, list::WE_WORD),
            matters: scene.families.matters(scene.text(), from, to),
            values: values(scene.field.typed, from, sentence.to),
        }
    }

    /// A fact in this state is about the same thing, and every value stands in such facts.
    fn shown_by(&self, known: &[Known], state: FactState) -> bool {
        let known = || known.iter().filter(|k| k.state == state);
        let about = known().any(|k| {
            k.matters
                .iter()
                .any(|m| self.matters.binary_search(m).is_ok())
        });
        about
            && self.values.iter().all(|(kind, value)| {
                value.is_none()
                    || known().any(|k| {
                        k.values
                            .iter()
                            .any(|(k, v)| k == kind && (v.is_none() || v == value))
                    })
            })
    }

    fn touched_by(&self, known: &[Known], state: FactState) -> bool {
        known.iter().filter(|k| k.state == state).any(|k| {
            k.values.iter().any(|(kind, value)| {
                value.is_some() && self.values.iter().any(|(s, v)| s == kind && v == value)
            }) || k
                .matters
                .iter()
                .filter(|m| self.matters.binary_search(m).is_ok())
                .count()
                >= 2
        })
    }

    /// Says back what the customer wrote, values and all: a paraphrase, not a claim of ours.
    fn repeats_the_customer(&self, scene: &Scene<'_>) -> bool {
        let Some(message) = &scene.context.message else {
            return false;
        };
        // "Am I in the class?" tells nothing; "Why was I charged twice?" does.
        let telling = || {
            message.text.sentences.iter().filter(|s| {
                !s.question
                    || (s.from..s.to)
                        .any(|at| scene.lists_id(list::WHY_WORD, message.text.tokens[at].word))
            })
        };
        let theirs: Vec<_> = telling()
            .flat_map(|s| values(&message.typed, s.from, s.to))
            .collect();
        let same_values = self
            .values
            .iter()
            .all(|v| v.1.is_some() && theirs.contains(v));
        if !same_values || (self.values.is_empty() && !self.of_them) {
            return false;
        }
        // "We've credited £18" says more than their "You owe me £18".
        if !self.values.is_empty() && !self.of_us {
            return true;
        }
        // "You were charged twice" to somebody who wrote that they were.
        let told: Vec<Matter> = telling()
            .flat_map(|s| scene.families.matters(&message.text, s.from, s.to))
            .collect();
        !self.matters.is_empty() && self.matters.iter().all(|m| told.contains(m))
    }
}

/// A known fact, read once.
struct Known {
    state: FactState,
    words: String,
    matters: Vec<Matter>,
    values: Vec<(FactKind, Option<String>)>,
}

impl Known {
    fn new(scene: &Scene<'_>, fact: &KnownFact) -> Known {
        let text = Text::new(&fact.text, scene.words, &NameWords::default());
        let typed = crate::typed::find(
            &text,
            scene.words,
            scene.single_words,
            scene.context.now,
            scene.month_first,
        );
        let count = text.tokens.len();
        Known {
            state: fact.state,
            words: plain(&fact.text),
            matters: scene.families.matters(&text, 0, count),
            values: values(&typed, 0, count),
        }
    }

    fn same_words(&self, scene: &Scene<'_>, sentence: Sentence) -> bool {
        plain(scene.text().sentence_text(sentence)) == self.words
    }
}

fn plain(words: &str) -> String {
    words
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}
