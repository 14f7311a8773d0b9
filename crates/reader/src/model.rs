//! `reader.int8`: the table of words, a body, and a head for each act.

use crate::body::{Body, Map, Shape, WordTable};
use crate::bytes::{Bytes, ModelFault};
use serde::Deserialize;

const MAGIC: &[u8] = b"unruffled reader 1\n";
const ACTS_MAX: usize = 256;

#[derive(Debug, Clone, Deserialize)]
pub struct Act {
    pub name: String,
    /// How strong it has to be before it may show; never without one.
    pub hint: Option<f32>,
    /// How weak, before a card of this code is not believed although its patterns matched.
    pub doubt: Option<f32>,
}

#[derive(Debug, Deserialize)]
struct Head {
    #[serde(flatten)]
    shape: Shape,
    act: Vec<Act>,
}

#[derive(Debug)]
pub struct Model {
    pub words: WordTable,
    pub body: Body,
    pub acts: Vec<Act>,
    /// Of each act: weights on the mean of the first states, then on that of the last.
    pub says: Map,
}

impl Model {
    pub fn load(file: &[u8]) -> Result<Model, ModelFault> {
        let mut bytes = Bytes::after(MAGIC, file)?;
        let head: Head = bytes.head()?;
        head.shape.check()?;
        let (width, acts) = (head.shape.width, head.act.len());
        if acts > ACTS_MAX {
            return Err(ModelFault::Head("its sizes are none of ours".into()));
        }
        let model = Model {
            words: WordTable::load(&mut bytes, &head.shape)?,
            body: Body::load(&mut bytes, head.shape, 0)?,
            says: Map::load(&mut bytes, 2 * width, acts, "its acts")?,
            acts: head.act,
        };
        bytes.end()?;
        Ok(model)
    }
}
