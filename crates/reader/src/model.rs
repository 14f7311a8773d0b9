//! The file of weights: a head in TOML, then tensors one behind the other, little-endian.

use crate::pieces::Pieces;
use serde::Deserialize;

const MAGIC: &[u8] = b"unruffled reader 1\n";
/// Above these a file is not one of ours: nothing is allocated for it.
const WIDTH_MAX: usize = 1024;
const LAYERS_MAX: usize = 12;
const VOCABULARY_MAX: usize = 100_000;

/// What may be wrong with a file of weights.
#[derive(Debug, thiserror::Error)]
pub enum ModelFault {
    #[error("this is no file of the encoder's weights, or of another version")]
    Unknown,
    #[error("the file of the encoder's weights ends too early, in {0}")]
    Short(&'static str),
    #[error("the file of the encoder's weights has {0} bytes too many")]
    Long(usize),
    #[error("the head of the encoder's file: {0}")]
    Head(String),
    #[error("the file of the encoder's weights cannot be read: {0}")]
    Io(#[from] std::io::Error),
}

#[derive(Debug, Clone, Deserialize)]
pub struct Act {
    pub name: String,
    /// How strong it has to be before it may show; never without one.
    pub hint: Option<f32>,
}

#[derive(Debug, Deserialize)]
pub struct Head {
    pub layers: usize,
    pub width: usize,
    pub heads: usize,
    pub inner: usize,
    pub pieces_max: usize,
    pub vocabulary: usize,
    pub act: Vec<Act>,
}

/// A linear map with int8 weights, one row an output.
#[derive(Debug)]
pub struct Linear {
    pub weights: Vec<i8>,
    pub scales: Vec<f32>,
    pub bias: Vec<f32>,
}

#[derive(Debug)]
pub struct Norm {
    pub scale: Vec<f32>,
    pub shift: Vec<f32>,
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

#[derive(Debug)]
pub struct Model {
    pub head: Head,
    pub pieces: Pieces,
    pub words: Vec<i8>,
    pub word_scales: Vec<f32>,
    pub positions: Vec<f32>,
    pub norm: Norm,
    pub layers: Vec<Layer>,
    /// For each act: weights on the mean of the first states, then on that of the last; then a bias each.
    pub acts: Vec<f32>,
    pub act_bias: Vec<f32>,
}

struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn take(&mut self, count: usize, what: &'static str) -> Result<&'a [u8], ModelFault> {
        let (taken, rest) = self
            .0
            .split_at_checked(count)
            .ok_or(ModelFault::Short(what))?;
        self.0 = rest;
        Ok(taken)
    }

    fn text(&mut self, what: &'static str) -> Result<&'a str, ModelFault> {
        let length = self.take(4, what)?;
        let length = u32::from_le_bytes([length[0], length[1], length[2], length[3]]) as usize;
        let text = self.take(length, what)?;
        std::str::from_utf8(text).map_err(|_| ModelFault::Head(format!("{what} is not text")))
    }

    fn real(&mut self, count: usize, what: &'static str) -> Result<Vec<f32>, ModelFault> {
        let bytes = self.take(count * 4, what)?.as_chunks::<4>().0;
        let numbers: Vec<f32> = bytes.iter().map(|b| f32::from_le_bytes(*b)).collect();
        match numbers.iter().all(|x| x.is_finite()) {
            true => Ok(numbers),
            false => Err(ModelFault::Head(format!("{what} holds what is no number"))),
        }
    }

    fn small(&mut self, count: usize, what: &'static str) -> Result<Vec<i8>, ModelFault> {
        Ok(self.take(count, what)?.iter().map(|b| *b as i8).collect())
    }

    fn linear(
        &mut self,
        outputs: usize,
        inputs: usize,
        what: &'static str,
    ) -> Result<Linear, ModelFault> {
        Ok(Linear {
            weights: self.small(outputs * inputs, what)?,
            scales: self.real(outputs, what)?,
            bias: self.real(outputs, what)?,
        })
    }

    fn norm(&mut self, width: usize) -> Result<Norm, ModelFault> {
        Ok(Norm {
            scale: self.real(width, "a norm")?,
            shift: self.real(width, "a norm")?,
        })
    }
}

impl Model {
    pub fn load(file: &[u8]) -> Result<Model, ModelFault> {
        let mut bytes = Bytes(file.strip_prefix(MAGIC).ok_or(ModelFault::Unknown)?);
        let head: Head = toml::from_str(bytes.text("its head")?)
            .map_err(|why| ModelFault::Head(why.message().to_owned()))?;
        let fits = (1..=LAYERS_MAX).contains(&head.layers)
            && (8..=WIDTH_MAX).contains(&head.width)
            && head.heads > 0
            && head.width.is_multiple_of(head.heads)
            && (1..=4 * WIDTH_MAX).contains(&head.inner)
            && (2..=512).contains(&head.pieces_max)
            && head.vocabulary <= VOCABULARY_MAX
            && head.act.len() <= 256;
        if !fits {
            return Err(ModelFault::Head("its sizes are none of ours".into()));
        }
        let pieces = Pieces::new(bytes.text("its vocabulary")?);
        if pieces.len() != head.vocabulary {
            return Err(ModelFault::Head(format!(
                "it promises {} word pieces, and there are {}",
                head.vocabulary,
                pieces.len()
            )));
        }
        let (width, inner, acts) = (head.width, head.inner, head.act.len());
        let model = Model {
            pieces,
            words: bytes.small(head.vocabulary * width, "its word table")?,
            word_scales: bytes.real(head.vocabulary, "its word table")?,
            positions: bytes.real(head.pieces_max * width, "its positions")?,
            norm: bytes.norm(width)?,
            layers: (0..head.layers)
                .map(|_| {
                    Ok(Layer {
                        qkv: bytes.linear(3 * width, width, "a layer's attention")?,
                        out: bytes.linear(width, width, "a layer's attention")?,
                        norm1: bytes.norm(width)?,
                        up: bytes.linear(inner, width, "a layer's inner part")?,
                        down: bytes.linear(width, inner, "a layer's inner part")?,
                        norm2: bytes.norm(width)?,
                    })
                })
                .collect::<Result<_, ModelFault>>()?,
            acts: bytes.real(acts * 2 * width, "its acts")?,
            act_bias: bytes.real(acts, "its acts")?,
            head,
        };
        match bytes.0.len() {
            0 => Ok(model),
            more => Err(ModelFault::Long(more)),
        }
    }
}
