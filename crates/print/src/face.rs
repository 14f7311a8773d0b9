//! The three faces, how wide their letters are, and which of them were used.

use std::collections::BTreeMap;
use subsetter::GlyphRemapper;

static SANS: &[u8] = include_bytes!("../fonts/NotoSans-Regular.ttf");
static BOLD: &[u8] = include_bytes!("../fonts/NotoSans-Bold.ttf");
static SERIF: &[u8] = include_bytes!("../fonts/NotoSerif-Regular.ttf");

/// Stands for a letter that a face has not got.
const MISSING: char = '\u{fffd}';

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Letters {
    Sans,
    Bold,
    Serif,
}

pub struct Faces {
    faces: [Face; 3],
    /// What was asked for and is in none of them.
    pub missing: Vec<char>,
}

pub struct Face {
    pub name: &'static str,
    pub bytes: &'static [u8],
    /// `None` would mean that a file of ours is broken, which a test rules out; the text is then blank.
    pub font: Option<ttf_parser::Face<'static>>,
    pub used: GlyphRemapper,
    /// New number of a letter's shape → the letter, for whoever copies or listens.
    pub said: BTreeMap<u16, char>,
}

impl Face {
    fn of(name: &'static str, bytes: &'static [u8]) -> Self {
        Self {
            name,
            bytes,
            font: ttf_parser::Face::parse(bytes, 0).ok(),
            used: GlyphRemapper::new(),
            said: BTreeMap::new(),
        }
    }

    /// In thousandths of the letter's size.
    pub fn scale(&self) -> f32 {
        self.font
            .as_ref()
            .map_or(1.0, |font| 1000.0 / f32::from(font.units_per_em()))
    }

    fn width(&self, letter: char) -> f32 {
        let width = self.font.as_ref().and_then(|font| {
            let shape = font
                .glyph_index(letter)
                .or_else(|| font.glyph_index(MISSING))?;
            font.glyph_hor_advance(shape)
        });
        f32::from(width.unwrap_or(0)) * self.scale() / 1000.0
    }
}

impl Faces {
    pub fn ours() -> Self {
        Self {
            faces: [
                Face::of("NotoSans-Regular", SANS),
                Face::of("NotoSans-Bold", BOLD),
                Face::of("NotoSerif-Regular", SERIF),
            ],
            missing: Vec::new(),
        }
    }

    pub fn all(&self) -> &[Face] {
        &self.faces
    }

    pub fn get(&self, letters: Letters) -> &Face {
        &self.faces[letters as usize]
    }

    /// How wide a text is, in points.
    pub fn width(&self, letters: Letters, size: f32, text: &str) -> f32 {
        let face = self.get(letters);
        text.chars().map(|letter| face.width(letter)).sum::<f32>() * size
    }

    /// A text as the numbers that its letters have in the file; remembers that they are used.
    pub fn numbers(&mut self, letters: Letters, text: &str) -> Vec<u8> {
        let face = &mut self.faces[letters as usize];
        let mut numbers = Vec::with_capacity(text.len() * 2);
        for letter in text.chars() {
            let Some(font) = &face.font else { break };
            let known = font.glyph_index(letter);
            if known.is_none() && !self.missing.contains(&letter) {
                self.missing.push(letter);
            }
            let Some(shape) = known.or_else(|| font.glyph_index(MISSING)) else {
                continue;
            };
            let number = face.used.remap(shape.0);
            face.said.entry(number).or_insert(letter);
            numbers.extend(number.to_be_bytes());
        }
        numbers
    }
}
