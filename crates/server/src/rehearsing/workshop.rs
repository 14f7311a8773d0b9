//! A workshop for a team: what happens in it, a story step by step for the big screen, and the hand-out.

use unruffled_print::{Paper, Piece};
use unruffled_rehearsal::Story;

use crate::sheets::Possibility;

/// A part of the agenda.
#[derive(Debug, Clone, Copy)]
pub struct Part {
    pub minutes: u8,
    pub title: &'static str,
    pub says: &'static str,
}

/// Seventy-five minutes with two stories; a third takes twenty more.
pub const AGENDA: &[Part] = &[
    Part {
        minutes: 5,
        title: "Arrive",
        says: "Somebody reads two sentences aloud: a moment is difficult, a customer never is. What is said in this room about oneself stays here.",
    },
    Part {
        minutes: 10,
        title: "One story together",
        says: "On the big screen. Read the letter aloud, slowly. Everybody says what the letter asks and what may lie behind it; nobody answers yet.",
    },
    Part {
        minutes: 20,
        title: "In pairs, the first story",
        says: "One of you writes the answer, the other has written the letter and hears it. Four minutes to write, two to read it aloud, four to talk. Then change places with the second letter.",
    },
    Part {
        minutes: 20,
        title: "In pairs, the second story",
        says: "Find somebody you have not sat with. The same once more.",
    },
    Part {
        minutes: 10,
        title: "What happened",
        says: "Together: what did we expect, what happened, why, what do we keep, what would we change? About the letters and the work, and never about who wrote how.",
    },
    Part {
        minutes: 5,
        title: "One plan each",
        says: "If this happens, then I do that. Everybody writes one and takes it along; it is shown to nobody unless they want to.",
    },
    Part {
        minutes: 5,
        title: "What would remove the cause",
        says: "Which of these letters need never have been written? Somebody takes that along to where it can be changed.",
    },
];

/// What two people do with a letter.
pub const IN_PAIRS: &[&str] = &[
    "One of you has written the letter. Say it aloud as it was meant.",
    "The other says back what was heard, and asks one question. Then writes.",
    "Read the answer aloud. Whoever wrote the letter says at which words it grew calmer, and at which hotter.",
    "Look at the two ways to answer at the end of the hand-out only then.",
    "Change places with the second letter.",
];

/// One thing on the big screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    pub heading: String,
    /// What they write; in the letters of a letter.
    pub letter: Option<String>,
    pub lines: Vec<String>,
    /// Ways to answer, with what each is called.
    pub answers: Vec<(String, String)>,
}

impl Step {
    fn of(heading: impl Into<String>) -> Self {
        Self {
            heading: heading.into(),
            letter: None,
            lines: Vec::new(),
            answers: Vec::new(),
        }
    }
}

/// A story, one step after the other.
pub fn steps(story: &Story, possibility: &Possibility) -> Vec<Step> {
    let mut steps = vec![Step {
        lines: vec![story.place.clone(), format!("From {}.", story.customer)],
        ..Step::of(&story.title)
    }];
    for (at, letter) in story.letters.iter().enumerate() {
        let heading = if at == 0 {
            "They write"
        } else {
            "They write, once they were heard"
        };
        let words = first(&letter.words);
        steps.push(Step {
            letter: Some(words.clone()),
            ..Step::of(heading)
        });
        if at == 0 {
            steps.push(Step {
                lines: story.facts.iter().map(|fact| fact.text.clone()).collect(),
                ..Step::of("What you can see")
            });
            steps.push(Step {
                lines: story.offers.clone(),
                ..Step::of("What you may offer")
            });
        }
        steps.push(Step {
            letter: Some(words),
            lines: vec![
                "In pairs: four minutes to write, two to read aloud, four to talk.".to_owned(),
            ],
            ..Step::of("Answer it")
        });
        steps.push(Step {
            answers: vec![
                ("One way".to_owned(), first(&letter.badly)),
                ("Another".to_owned(), first(&letter.well)),
            ],
            ..Step::of("Two ways to answer")
        });
    }
    steps.push(Step {
        lines: vec![story.behind.clone()],
        ..Step::of("What they had not said")
    });
    steps.push(Step {
        lines: vec![
            possibility.says.clone(),
            possibility.respond.clone(),
            format!("Ask: {}", possibility.ask),
        ],
        ..Step::of("What if")
    });
    steps.push(Step {
        lines: vec![story.plan.clone(), "Write one of your own.".to_owned()],
        ..Step::of("If, then")
    });
    steps
}

fn first(versions: &[String]) -> String {
    versions.first().cloned().unwrap_or_default()
}

/// What the team holds in its hands: the agenda, each story with room to write, the ways to answer at the end.
pub fn hand_out(stories: &[&Story], possibilities: &[Possibility]) -> Paper {
    let mut pieces = vec![
        Piece::Title("A workshop on difficult moments".to_owned()),
        Piece::Text(
            "A moment is difficult; a customer never is. The letters in here are invented."
                .to_owned(),
        ),
        Piece::Heading("How it goes".to_owned()),
    ];
    for part in AGENDA {
        pieces.push(Piece::Text(format!(
            "{}, {} minutes. {}",
            part.title, part.minutes, part.says
        )));
    }
    pieces.push(Piece::Heading("In pairs".to_owned()));
    pieces.push(Piece::Steps(
        IN_PAIRS.iter().map(|step| (*step).to_owned()).collect(),
    ));
    pieces.push(Piece::NewPage);
    pieces.push(Piece::Title("What if …".to_owned()));
    pieces.push(Piece::Text(
        "Eight possibilities, none of them a verdict. One of them lies behind each story."
            .to_owned(),
    ));
    for possibility in possibilities {
        pieces.push(Piece::Heading(possibility.says.clone()));
        pieces.push(Piece::Text(possibility.respond.clone()));
        pieces.push(Piece::Aside(format!("Ask: {}", possibility.ask)));
    }
    for story in stories {
        pieces.extend(to_write_on(story));
    }
    pieces.push(Piece::NewPage);
    pieces.push(Piece::Title("One plan each".to_owned()));
    pieces.push(Piece::Text(
        "If this happens, then I do that. It is yours; it is shown to nobody unless you want to."
            .to_owned(),
    ));
    pieces.push(Piece::Heading("If".to_owned()));
    pieces.push(Piece::Room(2));
    pieces.push(Piece::Heading("then I".to_owned()));
    pieces.push(Piece::Room(2));
    pieces.push(Piece::Heading(
        "Which of these letters need never have been written?".to_owned(),
    ));
    pieces.push(Piece::Room(3));
    for story in stories {
        pieces.extend(afterwards(story, possibilities));
    }
    Paper {
        title: "A workshop on difficult moments".to_owned(),
        pieces,
    }
}

fn to_write_on(story: &Story) -> Vec<Piece> {
    let mut pieces = vec![
        Piece::NewPage,
        Piece::Title(story.title.clone()),
        Piece::Text(story.place.clone()),
    ];
    for (at, letter) in story.letters.iter().enumerate() {
        if at > 0 {
            pieces.push(Piece::NewPage);
        }
        let again = if at == 0 {
            String::new()
        } else {
            format!("{}: ", story.title)
        };
        pieces.push(Piece::Heading(format!("{again}{} writes", story.customer)));
        pieces.push(Piece::Said(first(&letter.words)));
        if at == 0 {
            pieces.push(Piece::Heading("What you can see".to_owned()));
            pieces.push(Piece::Items(
                story.facts.iter().map(|fact| fact.text.clone()).collect(),
            ));
            pieces.push(Piece::Heading("What you may offer".to_owned()));
            pieces.push(Piece::Items(story.offers.clone()));
        }
        pieces.push(Piece::Heading("Your answer".to_owned()));
        pieces.push(Piece::Room(if at == 0 { 7 } else { 10 }));
    }
    pieces
}

/// What is looked at when everybody has written.
fn afterwards(story: &Story, possibilities: &[Possibility]) -> Vec<Piece> {
    let mut pieces = vec![
        Piece::NewPage,
        Piece::Title(format!("{}, afterwards", story.title)),
    ];
    for (at, letter) in story.letters.iter().enumerate() {
        let which = if at == 0 {
            "The first letter"
        } else {
            "The next letter"
        };
        pieces.push(Piece::Heading(format!("{which}: one way to answer")));
        pieces.push(Piece::Answer(first(&letter.badly)));
        pieces.push(Piece::Heading("Another".to_owned()));
        pieces.push(Piece::Answer(first(&letter.well)));
    }
    pieces.push(Piece::Heading("What they had not said".to_owned()));
    pieces.push(Piece::Text(story.behind.clone()));
    if let Some(possibility) = possibilities.iter().find(|it| it.code == story.what_if) {
        pieces.push(Piece::Heading(possibility.says.clone()));
        pieces.push(Piece::Text(possibility.respond.clone()));
    }
    pieces.push(Piece::Heading("A plan that may be taken along".to_owned()));
    pieces.push(Piece::Text(story.plan.clone()));
    pieces
}
