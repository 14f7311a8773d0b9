//! One figure of the table, and what gathers them.

use crate::sets::{self, Sets};
use std::fmt::Display;
use unruffled_engine::Engine;

/// Which way is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Better {
    More,
    Less,
}

/// One measured figure.
#[derive(Debug, Clone)]
pub struct Figure {
    pub section: &'static str,
    /// What it is, unique within its section: also its key among the floors.
    pub name: String,
    /// A share or a coefficient, 0 to 1.
    pub value: f64,
    pub better: Better,
    /// How many items it rests on.
    pub count: usize,
    /// What to beat, in words, and whether it is.
    pub beat: Option<(String, bool)>,
}

/// Collects figures, and prints what was wrong where somebody asked to see it.
#[derive(Debug)]
pub struct Out {
    pub section: &'static str,
    pub figures: Vec<Figure>,
    /// What could not be measured here, and why.
    pub left_out: Vec<String>,
    pub sets: Sets,
    /// The same engine where 3/5 is 5 March.
    pub month_first: Engine,
    show: bool,
}

impl Out {
    pub fn new(shown: Option<&str>, sets: Sets, month_first: Engine) -> Out {
        Out {
            section: "",
            figures: Vec::new(),
            left_out: Vec::new(),
            sets,
            month_first,
            show: shown.is_some(),
        }
    }

    /// A figure with nothing to beat.
    pub fn plain(&mut self, name: &str, value: f64, count: usize, better: Better) {
        self.figures.push(Figure {
            section: self.section,
            name: name.to_owned(),
            value,
            better,
            count,
            beat: None,
        });
    }

    /// A figure that should reach at least `aim`.
    pub fn at_least(&mut self, name: &str, value: f64, count: usize, aim: f64, whose: &str) {
        self.beat(name, value, count, Better::More, aim, whose);
    }

    /// A figure that should stay at or below `aim`.
    pub fn at_most(&mut self, name: &str, value: f64, count: usize, aim: f64, whose: &str) {
        self.beat(name, value, count, Better::Less, aim, whose);
    }

    fn beat(
        &mut self,
        name: &str,
        value: f64,
        count: usize,
        better: Better,
        aim: f64,
        whose: &str,
    ) {
        let (word, met) = match better {
            Better::More => ("at least", value >= aim),
            Better::Less => ("at most", value <= aim),
        };
        self.figures.push(Figure {
            section: self.section,
            name: name.to_owned(),
            value,
            better,
            count,
            beat: Some((format!("{word} {aim:.3} ({whose})"), met)),
        });
    }

    /// Something that was not right, for whoever asked to see the section.
    pub fn wrong(&self, words: impl Display) {
        if self.show {
            println!("{words}");
        }
    }

    /// The same in one part of our own sets. What is only counted is not shown to those who mend.
    pub fn wrong_in(&self, part: &str, words: impl Display) {
        if part != sets::COUNTED {
            self.wrong(format!("{part} {words}"));
        }
    }

    pub fn leave_out(&mut self, why: impl Into<String>) {
        self.left_out
            .push(format!("{}: {}", self.section, why.into()));
    }
}
