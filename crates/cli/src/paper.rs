//! What a person hands over to be read: plain text or a letter, from a file or from standard input.

use crate::failure::Failure;
use crate::limits;
use jiff::Timestamp;
use std::io::{IsTerminal, Read};
use std::path::Path;
use unruffled_mail::{letter, quote};

/// Words to read, and what the letter around them says.
#[derive(Debug)]
pub struct Paper {
    /// What every offset is about.
    pub text: String,
    /// The file's name; none for standard input.
    pub name: Option<String>,
    /// Set when the words came out of a letter.
    pub letter: Option<Header>,
}

/// The parts of a letter's head that matter for reading it.
#[derive(Debug)]
pub struct Header {
    pub from_name: Option<String>,
    pub date: Option<Timestamp>,
}

/// Reads a file, or standard input for `-`.
pub fn bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let limit = limits::FILE_BYTES_MAX + 1;
    let read = if path == Path::new("-") {
        if std::io::stdin().is_terminal() {
            eprintln!("Write or paste the words; Ctrl-D on a line of its own ends them.");
        }
        std::io::stdin().lock().take(limit).read_to_end(&mut bytes)
    } else {
        std::fs::File::open(path).and_then(|file| file.take(limit).read_to_end(&mut bytes))
    };
    read.map_err(|why| Failure::file(named(path), "read", &why))?;
    if bytes.len() as u64 > limits::FILE_BYTES_MAX {
        return Err(Failure::says(format!(
            "{} is larger than 64 MiB; a message never is. With --jsonl a stream may have any length.",
            named(path).display()
        )));
    }
    Ok(bytes)
}

/// A file's text as it stands, for lists and facts.
pub fn text(path: &Path) -> Result<String, Failure> {
    String::from_utf8(bytes(path)?).map_err(|fault| {
        Failure::says(format!(
            "{} is not UTF-8 text: byte {} does not fit.",
            named(path).display(),
            fault.utf8_error().valid_up_to()
        ))
    })
}

/// A message or a draft. Of a letter, the words that are new in it: what it quotes was read before.
pub fn open(path: &Path) -> Result<Paper, Failure> {
    let name = (path != Path::new("-")).then(|| path.display().to_string());
    let raw = bytes(path)?;
    if !is_letter(path, &raw) {
        let text = String::from_utf8(raw).map_err(|_| {
            Failure::says(format!(
                "{} is neither a letter nor UTF-8 text.",
                named(path).display()
            ))
        })?;
        return Ok(Paper {
            text,
            name,
            letter: None,
        });
    }
    let letter = letter::parse(&raw);
    let header = Header {
        from_name: Some(letter.from.name).filter(|name| !name.is_empty()),
        date: letter.date,
    };
    Ok(Paper {
        text: quote::split(&letter.text).0,
        name,
        letter: Some(header),
    })
}

/// By its name, or, where the name says nothing, by a head that only letters have.
fn is_letter(path: &Path, raw: &[u8]) -> bool {
    match path.extension().and_then(|ext| ext.to_str()) {
        Some(ext) if ext.eq_ignore_ascii_case("eml") => return true,
        Some(ext) if ext.eq_ignore_ascii_case("txt") || ext.eq_ignore_ascii_case("md") => {
            return false;
        }
        _ => {}
    }
    let mut from = false;
    let mut dated = false;
    for line in raw.split(|byte| *byte == b'\n').take(200) {
        let line = String::from_utf8_lossy(line)
            .trim_end()
            .to_ascii_lowercase();
        if line.is_empty() {
            return from && dated;
        }
        let folded = line.starts_with([' ', '\t']);
        let named = line.split_once(':').is_some_and(|(name, _)| {
            !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        });
        if !folded && !named && !line.starts_with("from ") {
            return false;
        }
        from |= line.starts_with("from:");
        dated |= line.starts_with("date:") || line.starts_with("message-id:");
    }
    false
}

fn named(path: &Path) -> &Path {
    if path == Path::new("-") {
        Path::new("Standard input")
    } else {
        path
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, text: &str, expect: bool) {
        assert_eq!(
            is_letter(Path::new(name), text.as_bytes()),
            expect,
            "{text:?}"
        );
    }

    #[test]
    fn a_letter_is_known_by_its_name_or_its_head() {
        check("x.eml", "", true);
        check("-", "From: a@b.example\r\nDate: today\r\n\r\nHello", true);
        check(
            "-",
            "Received: by x\n (folded)\nFrom: a@b.example\nMessage-ID: <x>\n\nHello",
            true,
        );
    }

    #[test]
    fn words_with_colons_are_still_words() {
        check("-", "Dear desk: hello\n\nI wait.", false);
        check("-", "From: me\nTo: you\n\nA poem", false);
        check("a.txt", "From: a@b.example\nDate: today\n\nHello", false);
        check("-", "", false);
    }
}
