//! A file of weights from its beginning to its end: text with its length before it, then numbers, little-endian.

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

pub struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    /// What comes after `magic`.
    pub fn after(magic: &[u8], file: &'a [u8]) -> Result<Bytes<'a>, ModelFault> {
        file.strip_prefix(magic)
            .map(Bytes)
            .ok_or(ModelFault::Unknown)
    }

    /// The TOML at the beginning.
    pub fn head<T: serde::de::DeserializeOwned>(&mut self) -> Result<T, ModelFault> {
        toml::from_str(self.text("its head")?)
            .map_err(|why| ModelFault::Head(why.message().to_owned()))
    }

    pub fn text(&mut self, what: &'static str) -> Result<&'a str, ModelFault> {
        let length = self.take(4, what)?;
        let length = u32::from_le_bytes([length[0], length[1], length[2], length[3]]) as usize;
        let text = self.take(length, what)?;
        std::str::from_utf8(text).map_err(|_| ModelFault::Head(format!("{what} is not text")))
    }

    pub fn real(&mut self, count: usize, what: &'static str) -> Result<Vec<f32>, ModelFault> {
        let bytes = self.take(count * 4, what)?.as_chunks::<4>().0;
        let numbers: Vec<f32> = bytes.iter().map(|b| f32::from_le_bytes(*b)).collect();
        match numbers.iter().all(|x| x.is_finite()) {
            true => Ok(numbers),
            false => Err(ModelFault::Head(format!("{what} holds what is no number"))),
        }
    }

    pub fn small(&mut self, count: usize, what: &'static str) -> Result<Vec<i8>, ModelFault> {
        Ok(self.take(count, what)?.iter().map(|b| *b as i8).collect())
    }

    /// Nothing may be left.
    pub fn end(self) -> Result<(), ModelFault> {
        match self.0.len() {
            0 => Ok(()),
            more => Err(ModelFault::Long(more)),
        }
    }

    fn take(&mut self, count: usize, what: &'static str) -> Result<&'a [u8], ModelFault> {
        let (taken, rest) = self
            .0
            .split_at_checked(count)
            .ok_or(ModelFault::Short(what))?;
        self.0 = rest;
        Ok(taken)
    }
}
