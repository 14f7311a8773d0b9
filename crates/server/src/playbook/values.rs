//! What a field of an option may hold: codes, logins, facts with a state, amounts with a currency, how often.

use super::{FactWanted, Often, Period};

/// The states of a fact that an option can be for, as the facts list says them.
pub const STATES: [&str; 5] = [
    "checked",
    "contradicted",
    "not found",
    "not checked",
    "disputed",
];

pub fn coded(code: &str, letter: char, digits: usize) -> bool {
    code.strip_prefix(letter)
        .is_some_and(|rest| rest.len() == digits && rest.bytes().all(|it| it.is_ascii_digit()))
}

pub fn is_login(who: &str) -> bool {
    !who.is_empty()
        && who
            .chars()
            .all(|c| c.is_alphanumeric() || "._-@+".contains(c))
}

pub fn fact_of(words: &str) -> Result<FactWanted, String> {
    let wanted = words.rsplit_once(':').map(|(what, state)| FactWanted {
        what: what.trim().to_owned(),
        state: state.trim().to_lowercase(),
    });
    match wanted {
        Some(fact) if !fact.what.is_empty() && STATES.contains(&&*fact.state) => Ok(fact),
        _ => Err(format!(
            "`facts`: `{words}` is no fact with its state, such as “membership: not found”; states are {}",
            STATES.join(", ")
        )),
    }
}

/// "£24", "24 GBP", "18.50 €".
pub fn has_currency(amount: &str) -> bool {
    let mark: String = amount
        .chars()
        .filter(|c| !c.is_ascii_digit() && !" .,".contains(*c))
        .collect();
    let is_known = ["£", "€", "$", "¥"].contains(&&*mark)
        || (mark.len() == 3 && mark.bytes().all(|it| it.is_ascii_uppercase()));
    is_known && amount.bytes().any(|it| it.is_ascii_digit())
}

pub fn often_of(words: &str) -> Result<Often, String> {
    let wrong = || {
        format!(
            "`often`: `{words}` is not understood; “once”, “once a year”, “twice a month” or “3 times a week” are"
        )
    };
    let plain: Vec<&str> = words
        .split_whitespace()
        .filter(|word| !["a", "per", "times", "time", "every", "each"].contains(word))
        .collect();
    let (times, per) = match plain[..] {
        [times] => (times, None),
        [times, per] => (times, Some(per)),
        _ => return Err(wrong()),
    };
    let times = match times {
        "once" => 1,
        "twice" => 2,
        number => number
            .parse()
            .ok()
            .filter(|times| (1..=1000).contains(times))
            .ok_or_else(wrong)?,
    };
    let per = match per {
        None => None,
        Some(per) => {
            let known = Period::ALL.iter().find(|(word, _)| *word == per);
            Some(known.ok_or_else(wrong)?.1)
        }
    };
    Ok(Often { times, per })
}
