//! The demo's way out: letters become files in a folder, and nothing leaves the machine.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use sha2::{Digest, Sha256};

use crate::Envelope;

/// Puts a letter into the folder as an `.eml` file, whole or not at all.
///
/// The file is named by what it holds, so the same letter handed over twice is there once.
/// `Return-Path` and `Delivered-To` are written on top, as a mail server would when delivering.
pub fn send(folder: &Path, envelope: &Envelope, letter: &[u8]) -> io::Result<PathBuf> {
    use io::Write;
    make(folder)?;
    let hash = crate::thread::hex(&Sha256::digest(letter)[..12]);
    let path = folder.join(format!("{hash}.eml"));
    let part = folder.join(format!("{hash}.part"));
    let mut file = fs::File::create(&part)?;
    writeln_crlf(&mut file, "Return-Path", &format!("<{}>", envelope.from))?;
    for to in &envelope.to {
        writeln_crlf(&mut file, "Delivered-To", to)?;
    }
    file.write_all(letter)?;
    file.sync_all()?;
    fs::rename(&part, &path)?;
    Ok(path)
}

/// Makes the folder for its owner alone: what lies in it are letters.
fn make(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

fn writeln_crlf(file: &mut fs::File, name: &str, value: &str) -> io::Result<()> {
    use io::Write;
    // An envelope address with a line break would write a header of its own.
    let value: String = value.chars().filter(|c| !c.is_control()).collect();
    write!(file, "{name}: {value}\r\n")
}

/// The letters in the folder, newest first. A folder that is not there holds none.
pub fn list(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut letters = Vec::new();
    for entry in entries {
        let path = entry?.path();
        if path.extension().is_some_and(|ext| ext == "eml") {
            letters.push((fs::metadata(&path)?.modified()?, path));
        }
    }
    letters.sort_by(|a, b| b.cmp(a));
    Ok(letters.into_iter().map(|(_, path)| path).collect())
}
