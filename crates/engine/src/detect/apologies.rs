//! Apologies one upon another: three in a draft, or a fourth in the thread with nothing new put right.

use super::hit;
use crate::Weight;
use crate::deck::Hit;
use crate::list;
use crate::pattern::{Field, Match};
use crate::review::families::Matter;
use crate::scene::Scene;
use crate::text::{Kind, NameWords, Text};

/// So many in one draft are too many.
const DRAFT_MAX: usize = 2;
/// So many in one thread are too many, when the last comes with nothing new.
const THREAD_MAX: usize = 3;

pub fn find(scene: &Scene<'_>) -> Vec<Hit> {
    let text = scene.text();
    let acts = acts(scene, &scene.field);
    let Some(last) = acts.last() else {
        return Vec::new();
    };
    let repaired = scene
        .list_in(list::REPAIR_ACT, 0, text.tokens.len())
        .is_some();
    let many = acts.len() > DRAFT_MAX && !(repaired && each_for_its_own(scene, &acts));
    if !many && repaired {
        return Vec::new();
    }
    let before: usize = scene
        .context
        .agent_texts()
        .map(|sent| count(scene, sent))
        .sum();
    let thread = before > 0 && before + acts.len() > THREAD_MAX;
    let again = thread && !repaired;
    if !(many || again) {
        return Vec::new();
    }
    let mut found = hit(last.from, last.to);
    found.weight = thread.then_some(Weight::LookAgain);
    vec![found]
}

fn count(scene: &Scene<'_>, sent: &str) -> usize {
    let text = Text::new(sent, scene.words, &NameWords::default());
    let field = Field {
        text: &text,
        sets: scene.field.sets,
        typed: &[],
    };
    acts(scene, &field).len()
}

/// Where somebody of ours says sorry, each once: not their apology, not a name, not "sorry to ask".
fn acts(scene: &Scene<'_>, field: &Field<'_>) -> Vec<Match> {
    let text = field.text;
    let list = |name: &str| scene.lists.get(name);
    let (Some(says), Some(not)) = (list("apology-word"), list("apology-not")) else {
        return Vec::new();
    };
    let mut acts: Vec<Match> = Vec::new();
    let mut at = 0;
    while let Some(found) = says.first_in(at, text.tokens.len(), field) {
        at = found.to.max(found.from + 1);
        let sentence = text.sentence_of(found.from);
        let cancelled = (sentence.from..found.to).any(|from| {
            not.may_begin(text.tokens[from].word, field.sets)
                && not
                    .matches(from, field)
                    .is_some_and(|m| m.from < found.to && m.to > found.from)
        });
        let masked = text.tokens[found.from..found.to].iter().any(|t| t.masked);
        if !cancelled && !masked && !sentence.question {
            acts.push(found);
        }
    }
    acts
}

/// Whether every apology names a wrong of its own: two wrongs are two apologies.
fn each_for_its_own(scene: &Scene<'_>, acts: &[Match]) -> bool {
    let text = scene.text();
    let mut named: Vec<Matter> = Vec::new();
    acts.iter().enumerate().all(|(i, act)| {
        let end = text
            .sentence_of(act.from)
            .to
            .min(acts.get(i + 1).map_or(usize::MAX, |next| next.from));
        let own = (act.to..end).filter(|at| {
            let token = text.tokens[*at];
            matches!(token.kind, Kind::Word | Kind::Code)
                && token.end - token.start > 2
                && scene.list_at(list::GENERIC_WORDS, *at).is_none()
                && scene.list_at(list::FUNCTION_WORDS, *at).is_none()
        });
        let matters: Vec<Matter> = own
            .flat_map(|at| scene.families.matters(text, at, at + 1))
            .collect();
        let new = !matters.is_empty() && !matters.iter().all(|m| named.contains(m));
        named.extend(matters);
        new
    })
}
