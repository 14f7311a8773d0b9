//! An mbox file, read letter by letter whatever its size.

use std::{
    fs::File,
    io::{self, BufRead, BufReader, Read, Seek, SeekFrom},
    path::Path,
};

use crate::limits;

#[derive(Debug)]
pub(super) struct Mbox {
    file: BufReader<File>,
    /// Where the next letter's "From " line begins.
    offset: u64,
    /// That line has been read already.
    inside: bool,
}

/// A line is taken in pieces of this size at most, so that a file without line breaks needs no memory.
const PIECE_BYTES_MAX: u64 = 64 * 1024;

impl Mbox {
    /// Begins at the start, or at `offset` if a letter begins there.
    pub(super) fn open(path: &Path, offset: Option<u64>) -> io::Result<Self> {
        let mut mbox = Self {
            file: BufReader::with_capacity(256 * 1024, File::open(path)?),
            offset: 0,
            inside: false,
        };
        if let Some(offset) = offset {
            mbox.file.seek(SeekFrom::Start(offset))?;
            let at_end = mbox.file.fill_buf()?.is_empty();
            if at_end || mbox.file.fill_buf()?.starts_with(b"From ") {
                mbox.offset = offset;
            } else {
                // The file has changed since. Letters already imported are recognised by their bytes.
                mbox.file.seek(SeekFrom::Start(0))?;
            }
        }
        Ok(mbox)
    }

    pub(super) fn offset(&self) -> u64 {
        self.offset
    }

    pub(super) fn next_letter(&mut self) -> io::Result<Option<Vec<u8>>> {
        let mut letter = Letter::default();
        let mut piece = Vec::new();
        let mut at = self.offset;
        // Whether the piece begins a line, and whether the line before was empty.
        let (mut begins, mut after_empty) = (true, true);
        if self.inside {
            at += self.first_line_bytes()?;
            after_empty = false;
        }
        loop {
            piece.clear();
            let read = (&mut self.file)
                .take(PIECE_BYTES_MAX)
                .read_until(b'\n', &mut piece)?;
            if read == 0 {
                self.offset = at;
                return Ok(letter.finish());
            }
            if begins && after_empty && separates(&piece, at == self.offset) {
                if at > self.offset {
                    self.offset = at;
                    // The separator is read again when its letter is asked for.
                    self.file.seek(SeekFrom::Start(at))?;
                    self.inside = true;
                    if let Some(found) = letter.finish() {
                        return Ok(Some(found));
                    }
                    // Two separators in a row hold nothing between them.
                    letter = Letter::default();
                    at += self.first_line_bytes()?;
                    (begins, after_empty) = (true, false);
                    continue;
                }
            } else {
                let line: &[u8] = if begins && is_escaped(&piece) {
                    &piece[1..]
                } else {
                    &piece
                };
                letter.push(line);
            }
            at += read as u64;
            after_empty = begins && matches!(piece.as_slice(), b"\n" | b"\r\n");
            begins = piece.ends_with(b"\n");
        }
    }

    /// Passes over the "From " line and says how long it was.
    fn first_line_bytes(&mut self) -> io::Result<u64> {
        let mut bytes = 0;
        let mut piece = Vec::new();
        loop {
            piece.clear();
            let read = (&mut self.file)
                .take(PIECE_BYTES_MAX)
                .read_until(b'\n', &mut piece)?;
            bytes += read as u64;
            if read == 0 || piece.ends_with(b"\n") {
                return Ok(bytes);
            }
        }
    }
}

/// "From ada@a.test Mon May  4 10:02:00 2026". Prose may begin with "From " too, so the time is looked for,
/// except at the very beginning.
fn separates(line: &[u8], first: bool) -> bool {
    let Some(rest) = line.strip_prefix(b"From ") else {
        return false;
    };
    first
        || rest.windows(5).any(|at| {
            at[0].is_ascii_digit()
                && at[1].is_ascii_digit()
                && at[2] == b':'
                && at[3].is_ascii_digit()
                && at[4].is_ascii_digit()
        })
}

/// ">From " and ">>From " lost one mark less when they were written.
fn is_escaped(line: &[u8]) -> bool {
    let marks = line.iter().take_while(|&&b| b == b'>').count();
    marks > 0 && line[marks..].starts_with(b"From ")
}

/// A letter as it grows; only its beginning once it is over the limit.
#[derive(Default)]
struct Letter {
    bytes: Vec<u8>,
    size: u64,
}

impl Letter {
    fn push(&mut self, line: &[u8]) {
        self.size += line.len() as u64;
        if self.size <= limits::LETTER_BYTES_MAX {
            self.bytes.extend_from_slice(line);
        } else {
            self.bytes.truncate(limits::LETTER_BYTES_IN_PART as usize);
        }
    }

    fn finish(mut self) -> Option<Vec<u8>> {
        if self.size > limits::LETTER_BYTES_MAX {
            let mut whole = super::in_part(self.size);
            whole.append(&mut self.bytes);
            return Some(whole);
        }
        // The empty line before the next separator is not the letter's.
        for end in [b"\r\n\r\n".as_slice(), b"\n\n"] {
            if self.bytes.ends_with(end) {
                self.bytes.truncate(self.bytes.len() - end.len() / 2);
                break;
            }
        }
        let empty = self.bytes.iter().all(u8::is_ascii_whitespace);
        (!empty).then_some(self.bytes)
    }
}
