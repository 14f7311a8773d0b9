//! Headings, paragraphs and lists in, a PDF out: for what a team holds in its hands.
//!
//! The file carries its own letters (three faces of Noto, cut down to those that are used) and says what is a heading, a
//! list and a quotation, so that it can be read aloud. It knows Latin, Greek and Cyrillic; what it has no letter for is
//! shown as � and named in its last line, rather than left out silently.

mod face;
mod layout;
mod limits;
mod lines;
mod write;

pub use limits::PIECES_MAX;

/// What is printed, in its order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// The title of the document; it stands at the foot of each page, and a reader shows it.
    pub title: String,
    pub pieces: Vec<Piece>,
}

/// One piece of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// The title of a part, at its top.
    Title(String),
    Heading(String),
    Text(String),
    /// Small and grey: where it stands, where it comes from.
    Aside(String),
    /// What a customer said or wrote, in the letters of a letter.
    Said(String),
    /// What somebody may answer.
    Answer(String),
    /// Items of a list, each after a dash.
    Items(Vec<String>),
    /// Steps of a list, each after its number.
    Steps(Vec<String>),
    /// Empty lines to write on.
    Room(u8),
    /// What follows begins on a page of its own.
    NewPage,
}

/// The file. Pieces beyond `PIECES_MAX` are not printed.
pub fn pdf(paper: &Paper) -> Vec<u8> {
    let mut faces = face::Faces::ours();
    let pages = layout::pages(paper, &mut faces);
    write::file(&paper.title, &pages, &faces)
}

#[cfg(test)]
mod tests;
