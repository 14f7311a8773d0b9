//! Where things stand: text into lines, lines onto pages.

use crate::face::{Faces, Letters};
use crate::limits::{BOTTOM, FOOT, HEIGHT, MARGIN, PIECE_CHARS_MAX, PIECES_MAX, WIDTH};
use crate::lines::broken;
use crate::{Paper, Piece};

/// What a run of text is, for whoever listens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Title,
    Heading,
    Text,
    Quote,
    /// Of the list with this number.
    Item(usize),
}

/// Lines that belong together on one page, as one thing that is read aloud.
pub struct Run {
    pub role: Role,
    /// The same number: the same piece, continued on the next page.
    pub piece: usize,
    pub lines: Vec<Line>,
}

pub struct Line {
    pub x: f32,
    pub y: f32,
    pub letters: Letters,
    pub size: f32,
    pub grey: f32,
    pub text: Vec<u8>,
}

/// A line to write on, or one at the edge of a letter: from, to.
pub struct Rule {
    pub from: (f32, f32),
    pub to: (f32, f32),
    pub grey: f32,
}

#[derive(Default)]
pub struct Page {
    pub runs: Vec<Run>,
    pub rules: Vec<Rule>,
    /// The title and the page's number.
    pub foot: Vec<Line>,
}

/// How a piece is set.
struct Setting {
    role: Role,
    letters: Letters,
    size: f32,
    leading: f32,
    grey: f32,
    before: f32,
    after: f32,
    indent: f32,
    /// A thin line at its left: it is somebody's words.
    edged: bool,
    /// A heading stays with what follows it.
    keeps: f32,
}

const PLAIN: Setting = Setting {
    role: Role::Text,
    letters: Letters::Sans,
    size: 10.5,
    leading: 15.5,
    grey: 0.13,
    before: 0.0,
    after: 7.0,
    indent: 0.0,
    edged: false,
    keeps: 0.0,
};

pub fn pages(paper: &Paper, faces: &mut Faces) -> Vec<Page> {
    let mut desk = Desk {
        faces,
        pages: vec![Page::default()],
        y: HEIGHT - MARGIN,
        piece: 0,
        list: 0,
    };
    for piece in paper.pieces.iter().take(PIECES_MAX) {
        desk.set(piece);
    }
    if !desk.faces.missing.is_empty() {
        let letters: Vec<String> = desk.faces.missing.iter().map(|it| code(*it)).collect();
        desk.set(&Piece::Aside(format!(
            "Some letters could not be printed and stand as \u{fffd}: {}.",
            letters.join(", ")
        )));
    }
    desk.pages
        .retain(|page| !page.runs.is_empty() || !page.rules.is_empty());
    desk.feet(&paper.title);
    desk.pages
}

/// A letter by its number: the letter itself is what cannot be printed.
fn code(letter: char) -> String {
    format!("U+{:04X}", u32::from(letter))
}

struct Desk<'a> {
    faces: &'a mut Faces,
    pages: Vec<Page>,
    /// Where the last line's room ended.
    y: f32,
    piece: usize,
    list: usize,
}

impl Desk<'_> {
    fn set(&mut self, piece: &Piece) {
        match piece {
            Piece::Title(text) => self.paragraph(
                text,
                &Setting {
                    role: Role::Title,
                    letters: Letters::Bold,
                    size: 18.0,
                    leading: 24.0,
                    after: 8.0,
                    keeps: 60.0,
                    ..PLAIN
                },
            ),
            Piece::Heading(text) => self.paragraph(
                text,
                &Setting {
                    role: Role::Heading,
                    letters: Letters::Bold,
                    size: 11.5,
                    before: 9.0,
                    after: 4.0,
                    keeps: 40.0,
                    ..PLAIN
                },
            ),
            Piece::Text(text) => self.paragraph(text, &PLAIN),
            Piece::Aside(text) => {
                self.paragraph(
                    text,
                    &Setting {
                        size: 9.0,
                        leading: 13.0,
                        grey: 0.38,
                        ..PLAIN
                    },
                );
            }
            Piece::Said(text) => self.paragraph(
                text,
                &Setting {
                    role: Role::Quote,
                    letters: Letters::Serif,
                    size: 11.5,
                    leading: 17.5,
                    after: 9.0,
                    ..PLAIN
                },
            ),
            Piece::Answer(text) => self.paragraph(
                text,
                &Setting {
                    role: Role::Quote,
                    indent: 14.0,
                    edged: true,
                    after: 9.0,
                    ..PLAIN
                },
            ),
            Piece::Items(items) => self.list(items, |_| "–".to_owned()),
            Piece::Steps(items) => self.list(items, |at| format!("{}.", at + 1)),
            Piece::Room(lines) => self.room(*lines),
            Piece::NewPage => self.turn(),
        }
    }

    fn list(&mut self, items: &[String], mark: impl Fn(usize) -> String) {
        self.list += 1;
        for (at, item) in items.iter().enumerate() {
            let last = at + 1 == items.len();
            let setting = Setting {
                role: Role::Item(self.list),
                indent: 20.0,
                after: if last { 8.0 } else { 3.0 },
                ..PLAIN
            };
            self.marked(Some(&mark(at)), item, &setting);
        }
    }

    fn paragraph(&mut self, text: &str, setting: &Setting) {
        self.marked(None, text, setting);
    }

    fn marked(&mut self, mark: Option<&str>, text: &str, setting: &Setting) {
        let text: String = text.chars().take(PIECE_CHARS_MAX).collect();
        let width = WIDTH - 2.0 * MARGIN - setting.indent;
        let lines = broken(&text, width, |it| {
            self.faces.width(setting.letters, setting.size, it)
        });
        if !self.fresh() {
            self.y -= setting.before;
        }
        if self.y - setting.leading - setting.keeps < BOTTOM {
            self.turn();
        }
        self.piece += 1;
        let mut mark = mark;
        for line in lines {
            if self.y - setting.leading < BOTTOM {
                self.turn();
            }
            let top = self.y;
            // An empty line parts two paragraphs; it need not be as high as one that says something.
            self.y -= if line.is_empty() {
                setting.leading * 0.5
            } else {
                setting.leading
            };
            if let Some(mark) = mark.take() {
                self.put(MARGIN, mark, setting);
            }
            self.put(MARGIN + setting.indent, &line, setting);
            if setting.edged {
                let below = self.y - setting.leading * 0.2;
                self.rule((MARGIN + 2.0, top - 3.0), (MARGIN + 2.0, below), 0.7);
            }
        }
        self.y -= setting.after;
    }

    fn put(&mut self, x: f32, text: &str, setting: &Setting) {
        let line = Line {
            x,
            y: self.y,
            letters: setting.letters,
            size: setting.size,
            grey: setting.grey,
            text: self.faces.numbers(setting.letters, text),
        };
        let piece = self.piece;
        let Some(page) = self.pages.last_mut() else {
            return;
        };
        match page.runs.last_mut().filter(|run| run.piece == piece) {
            Some(run) => run.lines.push(line),
            None => page.runs.push(Run {
                role: setting.role,
                piece,
                lines: vec![line],
            }),
        }
    }

    fn room(&mut self, lines: u8) {
        for _ in 0..lines {
            if self.y - 22.0 < BOTTOM {
                self.turn();
            }
            self.y -= 22.0;
            let y = self.y;
            self.rule((MARGIN, y), (WIDTH - MARGIN, y), 0.75);
        }
        self.y -= 10.0;
    }

    fn feet(&mut self, title: &str) {
        let all = self.pages.len();
        for at in 0..all {
            let number = format!("{} of {all}", at + 1);
            let wide = self.faces.width(Letters::Sans, 8.5, &number);
            let mut foot = Vec::new();
            for (x, text) in [(MARGIN, title), (WIDTH - MARGIN - wide, &number)] {
                foot.push(Line {
                    x,
                    y: FOOT,
                    letters: Letters::Sans,
                    size: 8.5,
                    grey: 0.38,
                    text: self.faces.numbers(Letters::Sans, text),
                });
            }
            self.pages[at].foot = foot;
        }
    }

    fn rule(&mut self, from: (f32, f32), to: (f32, f32), grey: f32) {
        if let Some(page) = self.pages.last_mut() {
            page.rules.push(Rule { from, to, grey });
        }
    }

    fn fresh(&self) -> bool {
        self.pages
            .last()
            .is_none_or(|page| page.runs.is_empty() && page.rules.is_empty())
    }

    fn turn(&mut self) {
        if !self.fresh() {
            self.pages.push(Page::default());
        }
        self.y = HEIGHT - MARGIN;
    }
}
