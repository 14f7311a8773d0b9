//! A body: what turns word pieces into states. Each file of weights has its own; the table of words they share.

use crate::bytes::{Bytes, ModelFault};
use crate::numbers::dot_real;
use crate::pieces::Pieces;
use serde::Deserialize;

/// Above these a file is not one of ours: nothing is allocated for it.
const WIDTH_MAX: usize = 1024;
const LAYERS_MAX: usize = 12;
const VOCABULARY_MAX: usize = 100_000;
const PIECES_MAX: usize = 512;

#[derive(Debug, Clone, Copy, Deserialize)]
pub struct Shape {
    pub layers: usize,
    pub width: usize,
    pub heads: usize,
    pub inner: usize,
    pub pieces_max: usize,
    pub vocabulary: usize,
}

impl Shape {
    pub fn check(&self) -> Result<(), ModelFault> {
        let fits = (1..=LAYERS_MAX).contains(&self.layers)
            && (8..=WIDTH_MAX).contains(&self.width)
            && self.heads > 0
            && self.width.is_multiple_of(self.heads)
            && (1..=4 * WIDTH_MAX).contains(&self.inner)
            && (2..=PIECES_MAX).contains(&self.pieces_max)
            && self.vocabulary <= VOCABULARY_MAX;
        match fits {
            true => Ok(()),
            false => Err(ModelFault::Head("its sizes are none of ours".into())),
        }
    }
}

/// The head of a file whose body reads two texts as one, in which one looks at the other.
#[derive(Deserialize)]
pub struct LookHead {
    #[serde(flatten)]
    pub shape: Shape,
    /// Numbers by which one looks at the other.
    pub look: usize,
}

impl LookHead {
    /// Refused where its sizes do not go with `words`, or where it reads fewer than `pieces` at once.
    pub fn load(
        bytes: &mut Bytes<'_>,
        words: &WordTable,
        pieces: usize,
    ) -> Result<LookHead, ModelFault> {
        let head: LookHead = bytes.head()?;
        let shape = &head.shape;
        shape.check()?;
        let fits = shape.vocabulary == words.pieces.len()
            && shape.vocabulary * shape.width == words.rows.len()
            && shape.pieces_max >= pieces
            && head.look <= shape.width;
        match fits {
            true => Ok(head),
            false => Err(ModelFault::Head(
                "its sizes do not go with the table of words".into(),
            )),
        }
    }
}

/// Every word piece with its row of numbers, a scale each.
#[derive(Debug)]
pub struct WordTable {
    pub pieces: Pieces,
    pub rows: Vec<i8>,
    pub scales: Vec<f32>,
}

impl WordTable {
    pub fn load(bytes: &mut Bytes<'_>, shape: &Shape) -> Result<WordTable, ModelFault> {
        let pieces = Pieces::new(bytes.text("its vocabulary")?);
        if pieces.len() != shape.vocabulary {
            return Err(ModelFault::Head(format!(
                "it promises {} word pieces, and there are {}",
                shape.vocabulary,
                pieces.len()
            )));
        }
        Ok(WordTable {
            pieces,
            rows: bytes.small(shape.vocabulary * shape.width, "its word table")?,
            scales: bytes.real(shape.vocabulary, "its word table")?,
        })
    }
}

/// A linear map with real weights, one row an output: what a body's states say.
#[derive(Debug)]
pub struct Map {
    weights: Vec<f32>,
    bias: Vec<f32>,
}

impl Map {
    pub fn load(
        bytes: &mut Bytes<'_>,
        inputs: usize,
        outputs: usize,
        what: &'static str,
    ) -> Result<Map, ModelFault> {
        Ok(Map {
            weights: bytes.real(outputs * inputs, what)?,
            bias: bytes.real(outputs, what)?,
        })
    }

    /// The weights of an output and its bias.
    pub fn row(&self, output: usize) -> (&[f32], f32) {
        let inputs = self.weights.len() / self.bias.len();
        let weights = &self.weights[output * inputs..(output + 1) * inputs];
        (weights, self.bias[output])
    }

    pub fn of<const OUTPUTS: usize>(&self, state: &[f32]) -> [f32; OUTPUTS] {
        std::array::from_fn(|output| {
            let (weights, bias) = self.row(output);
            dot_real(weights, state) + bias
        })
    }
}

/// A linear map with int8 weights, one row an output.
#[derive(Debug)]
pub struct Linear {
    pub weights: Vec<i8>,
    pub scales: Vec<f32>,
    pub bias: Vec<f32>,
}

impl Linear {
    fn load(
        bytes: &mut Bytes<'_>,
        outputs: usize,
        inputs: usize,
        what: &'static str,
    ) -> Result<Linear, ModelFault> {
        Ok(Linear {
            weights: bytes.small(outputs * inputs, what)?,
            scales: bytes.real(outputs, what)?,
            bias: bytes.real(outputs, what)?,
        })
    }
}

#[derive(Debug)]
pub struct Norm {
    pub scale: Vec<f32>,
    pub shift: Vec<f32>,
}

impl Norm {
    fn load(bytes: &mut Bytes<'_>, width: usize) -> Result<Norm, ModelFault> {
        Ok(Norm {
            scale: bytes.real(width, "a norm")?,
            shift: bytes.real(width, "a norm")?,
        })
    }
}

#[derive(Debug)]
pub struct Layer {
    pub qkv: Linear,
    pub out: Linear,
    pub norm1: Norm,
    pub up: Linear,
    pub down: Linear,
    pub norm2: Norm,
}

impl Layer {
    fn load(bytes: &mut Bytes<'_>, shape: &Shape) -> Result<Layer, ModelFault> {
        const ATTENTION: &str = "a layer's attention";
        const INNER: &str = "a layer's inner part";
        let (width, inner) = (shape.width, shape.inner);
        Ok(Layer {
            qkv: Linear::load(bytes, 3 * width, width, ATTENTION)?,
            out: Linear::load(bytes, width, width, ATTENTION)?,
            norm1: Norm::load(bytes, width)?,
            up: Linear::load(bytes, inner, width, INNER)?,
            down: Linear::load(bytes, width, inner, INNER)?,
            norm2: Norm::load(bytes, width)?,
        })
    }
}

#[derive(Debug)]
pub struct Body {
    pub shape: Shape,
    /// `pieces_max` rows.
    pub positions: Vec<f32>,
    /// A row for each kind of piece that a text is told apart into; none where all are of one kind.
    pub kinds: Vec<f32>,
    pub norm: Norm,
    pub layers: Vec<Layer>,
}

impl Body {
    pub fn load(bytes: &mut Bytes<'_>, shape: Shape, kinds: usize) -> Result<Body, ModelFault> {
        Ok(Body {
            shape,
            positions: bytes.real(shape.pieces_max * shape.width, "its positions")?,
            kinds: bytes.real(kinds * shape.width, "its kinds of pieces")?,
            norm: Norm::load(bytes, shape.width)?,
            layers: (0..shape.layers)
                .map(|_| Layer::load(bytes, &shape))
                .collect::<Result<_, ModelFault>>()?,
        })
    }
}
