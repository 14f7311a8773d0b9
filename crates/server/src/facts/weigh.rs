//! Claims held against what the sources said: which line each becomes, and how it stands.

use jiff::Zoned;
use unruffled_engine::{DraftInput, Engine, FactState as EngineState, KnownFact, MessageInput};
use unruffled_records::{Answer, By, Question, Source};
use unruffled_store::{FactState, NewFact};

use super::claims::Claim;
use super::ours::Ours;

/// Everything that one look has to weigh.
pub struct Scales<'a> {
    pub engine: &'a Engine,
    pub now: &'a Zoned,
    pub sources: Vec<&'a Source>,
    /// The questions that are about the customer and not about what they wrote.
    pub person: &'a [Question],
    /// What we wrote to them before.
    pub ours: &'a Ours,
}

/// How far the asking has got.
pub struct Heard<'a> {
    pub answers: &'a [Answer],
    /// Every source has answered or was given up.
    pub is_all: bool,
}

impl Scales<'_> {
    /// The lines of the list, in the order of the letter; what is known of the customer beside it comes last.
    pub fn weigh(&self, claims: &[Claim], heard: &Heard<'_>) -> Vec<NewFact> {
        let mut lines = Vec::new();
        let mut said: Vec<(usize, String)> = Vec::new();
        for claim in claims {
            let found = self.found(claim, heard);
            let own = self.ours.saying(claim);
            if let Some((known, source)) = &own {
                lines.push(NewFact {
                    claim: claim.text.clone(),
                    known: known.clone(),
                    source: source.clone(),
                    state: FactState::Checked,
                    of_ours: true,
                });
            }
            for (at, entry, by_number) in &found {
                said.push((*at, entry.clone()));
                lines.push(self.line(claim, *at, entry, *by_number));
            }
            if found.is_empty() {
                lines.extend(self.nothing_found(claim, heard, own.is_some()));
            }
        }
        self.say_absence_once(&mut lines);
        lines.extend(self.of_the_person(heard, &said));
        lines
    }

    /// That a list does not know them is said once, beside the sentence that it speaks against, or else the first.
    fn say_absence_once(&self, lines: &mut Vec<NewFact>) {
        for source in &self.sources {
            let is_absence = |line: &NewFact| {
                !source.absent().is_empty()
                    && line.known == source.absent()
                    && line.source == source.name()
            };
            let mut all = lines
                .iter()
                .enumerate()
                .filter(|(_, line)| is_absence(line));
            let first = all.clone().next().map(|(at, _)| at);
            let denied = all.find(|(_, line)| line.state == FactState::Contradicted);
            let Some(kept) = denied.map(|(at, _)| at).or(first) else {
                continue;
            };
            let mut at = 0;
            lines.retain(|line| {
                let stays = at == kept || !is_absence(line);
                at += 1;
                stays
            });
        }
    }

    /// The entries that a claim is about: those of its own numbers, sums and days, and the customer's own where a source is
    /// about what it says or its values stand there.
    fn found(&self, claim: &Claim, heard: &Heard<'_>) -> Vec<(usize, String, bool)> {
        let mut all: Vec<(usize, String, bool)> = Vec::new();
        for answer in heard.answers {
            for (question, found) in answer.found.iter().flatten() {
                let by_number = claim.questions.contains(question);
                let of_person = self.person.contains(question);
                for entry in &found.entries {
                    let fits = by_number
                        || (of_person
                            && (claim.about.contains(&answer.source)
                                || self.holds_values(claim, entry)));
                    let known = all
                        .iter()
                        .any(|(at, other, _)| *at == answer.source && other == entry);
                    if fits && !known {
                        let is_number = by_number && question.by == By::Reference;
                        all.push((answer.source, entry.clone(), is_number));
                    }
                }
            }
        }
        all
    }

    fn line(&self, claim: &Claim, source: usize, entry: &str, by_number: bool) -> NewFact {
        let state = if self.denies(entry, &claim.text) {
            FactState::Contradicted
        } else if by_number || self.holds_values(claim, entry) {
            FactState::Checked
        } else {
            // The entry is theirs and about this; whether it bears their words out is for a person to see.
            FactState::NotChecked
        };
        NewFact {
            claim: claim.text.clone(),
            known: entry.to_owned(),
            source: self.sources[source].name().to_owned(),
            state,
            of_ours: false,
        }
    }

    /// What is said of a claim for which no source has an entry.
    fn nothing_found(&self, claim: &Claim, heard: &Heard<'_>, is_answered: bool) -> Vec<NewFact> {
        let line = |known: &str, source: String, state| NewFact {
            claim: claim.text.clone(),
            known: known.to_owned(),
            source,
            state,
            of_ours: false,
        };
        let silent = |at: &usize| {
            let answer = heard.answers.iter().find(|answer| answer.source == *at);
            answer.is_none_or(|answer| answer.found.is_err())
        };
        // Where it means something that a list does not know them, that is what we know.
        let absent: Vec<NewFact> = claim
            .about
            .iter()
            .filter(|at| !silent(at) && !self.sources[**at].absent().is_empty())
            .map(|at| {
                let source = self.sources[*at];
                let denied = self.denies(source.absent(), &claim.text);
                let state = if denied {
                    FactState::Contradicted
                } else {
                    FactState::NotFound
                };
                line(source.absent(), source.name().to_owned(), state)
            })
            .collect();
        if !absent.is_empty() || is_answered || !claim.is_worth_a_line() {
            return absent;
        }
        let names = |places: &mut dyn Iterator<Item = usize>| -> String {
            let names: Vec<&str> = places.map(|at| self.sources[at].name()).collect();
            names.join(", ")
        };
        let could: Vec<usize> = (0..self.sources.len())
            .filter(|at| {
                let by = self.sources[*at].by();
                claim.about.contains(at) || claim.questions.iter().any(|q| by.contains(&q.by))
            })
            .collect();
        if could.iter().any(silent) {
            let asked = names(&mut could.iter().copied().filter(silent));
            return vec![line("", asked, FactState::NotChecked)];
        }
        if !heard.is_all {
            return Vec::new();
        }
        match (could.is_empty(), claim.of_us) {
            (false, _) => vec![line("", names(&mut could.into_iter()), FactState::NotFound)],
            (true, true) if self.ours.is_empty() => {
                vec![line("", String::new(), FactState::NotChecked)]
            }
            (true, true) => vec![line("", "our letters".to_owned(), FactState::NotFound)],
            // Nobody could be asked: a number that no record of ours is about.
            (true, false) => Vec::new(),
        }
    }

    /// What the sources know of the customer beside what they wrote. A name alone may be somebody else's.
    fn of_the_person(&self, heard: &Heard<'_>, said: &[(usize, String)]) -> Vec<NewFact> {
        let mut lines: Vec<NewFact> = Vec::new();
        for answer in heard.answers {
            for (question, found) in answer.found.iter().flatten() {
                if !self.person.contains(question) {
                    continue;
                }
                for entry in &found.entries {
                    let source = self.sources[answer.source].name();
                    let is_said = said
                        .iter()
                        .any(|(at, known)| *at == answer.source && known == entry)
                        || lines.iter().any(|line| {
                            line.source == source && line.known.ends_with(entry.as_str())
                        });
                    if is_said {
                        continue;
                    }
                    let sure = question.by == By::Email;
                    lines.push(NewFact {
                        claim: String::new(),
                        known: if sure {
                            entry.clone()
                        } else {
                            format!("under this name: {entry}")
                        },
                        source: source.to_owned(),
                        state: if sure {
                            FactState::Checked
                        } else {
                            FactState::NotChecked
                        },
                        of_ours: false,
                    });
                }
            }
        }
        lines
    }

    /// Whether the entry says otherwise: the engine holds their sentence against it as it would hold a draft's.
    fn denies(&self, entry: &str, claim: &str) -> bool {
        let fact = KnownFact {
            text: entry.to_owned(),
            state: EngineState::Checked,
            source: None,
        };
        let review = self.engine.review(&DraftInput {
            draft: claim,
            facts: std::slice::from_ref(&fact),
            now: Some(self.now),
            ..DraftInput::default()
        });
        let mut notes = review.notes.iter();
        notes.any(|note| note.code == "V19" && note.says.ends_with(entry))
    }

    /// Whether every sum and day of the claim stands in the entry; there has to be one.
    fn holds_values(&self, claim: &Claim, entry: &str) -> bool {
        if claim.values.is_empty() {
            return false;
        }
        let reading = self.engine.read(&MessageInput {
            text: entry,
            now: Some(self.now),
            ..MessageInput::default()
        });
        let known: Vec<String> = reading
            .facts
            .iter()
            .filter_map(|fact| fact.value.as_deref().map(figures))
            .collect();
        let mut values = claim.values.iter();
        values.all(|value| known.contains(&figures(value)))
    }
}

/// "214.50 GBP" and "214.5" are the same sum; a day is its figures.
fn figures(value: &str) -> String {
    let plain: String = value
        .chars()
        .filter(|c| c.is_ascii_digit() || matches!(c, '.' | '-'))
        .collect();
    plain
        .parse::<f64>()
        .map_or_else(|_| plain.clone(), |sum| format!("{sum:.2}"))
}
